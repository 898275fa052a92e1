"""A program of its own: opens the window, renders with the real engine, and tells of its sockets.

Python's own are seen before they do anything (audit hooks), those of Qt and of other libraries by
looking at the process's list of connections again and again.
"""

from __future__ import annotations

import json
import sys
from socket import AddressFamily, create_connection, socket

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QHostAddress, QTcpServer
from PySide6.QtWidgets import QApplication

REACHING = ("connect", "bind", "sendto", "sendmsg", "getaddrinfo", "gethostbyname")

tried: set[str] = set()
"""What was asked of Python beyond this machine's own sockets."""

seen: set[str] = set()
"""Kinds of sockets that were open."""


def notice(event: str, details: tuple[object, ...]) -> None:
    library, _, what = event.partition(".")
    if library != "socket" or what not in REACHING:
        return
    if not (isinstance(details[0], socket) and details[0].family is AddressFamily.AF_UNIX):
        tried.add(f"{what} {details[1:] if isinstance(details[0], socket) else details}")


def look() -> None:
    seen.update(each.family.name for each in psutil.Process().net_connections("all"))


def told() -> dict[str, list[str]]:
    return {"tried": [*tried], "seen": [*seen]}


def provoked() -> dict[str, list[str]]:
    """What is told where something does speak over the network, once by Qt and once by Python."""
    tried.clear()
    seen.clear()
    server = QTcpServer()
    assert server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    look()
    with create_connection(("127.0.0.1", server.serverPort())):
        return told()


def main(pictures: list[str], net: str) -> None:
    sys.addaudithook(notice)
    from gui import app
    from gui.process.instance import Instance

    application = app.begin()
    assert application is not None
    instance = Instance()
    assert instance.listen()
    program = app.Application(application, instance)
    session = program.session
    session.set(network=net, content_layer="conv2_1", style_layers="conv1_1,conv2_1", size=32)
    session.set(steps=3, device="cpu")
    session.run_ended.connect(lambda _: QTimer.singleShot(0, QApplication.quit))
    session.changed.connect(lambda state: None if state.why_no_render else begin())
    begun: list[bool] = []

    def begin() -> None:
        if not begun:
            begun.append(True)
            QTimer.singleShot(0, session.render)

    watch = QTimer(interval=5)
    watch.timeout.connect(look)
    watch.start()
    program.open(pictures)
    application.exec()
    look()
    painted = session.state.result is not None
    program.window.retire()
    program.thread_.stop()
    program.end(0)
    found = told()
    sys.stdout.write(json.dumps({"painted": painted, "found": found, "provoked": provoked()}))


if __name__ == "__main__":
    main(sys.argv[1:3], sys.argv[3])
