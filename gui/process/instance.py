"""One Impasto for each user: a second start hands its files to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE: Final = 1000
"""Milliseconds that the first one has to answer."""

_LONGEST: Final = 2**16
"""Bytes of a message."""

_TAKEN: Final = b"taken"


class Instance(QObject):
    """The first Impasto of a user, or a later one that has handed its files over.

    Signals:
        asked: paths, as text, that another start was called with; none where it was called alone.
    """

    asked = Signal(object)

    def __init__(self, name: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name or _own_name()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)

    def hand_over(self, paths: list[str]) -> bool:
        """Give the files to an Impasto that runs already.

        Returns:
            Whether there is one and it has taken them.
        """
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE):
            return False
        socket.write(json.dumps([str(Path(path).absolute()) for path in paths]).encode() + b"\n")
        socket.waitForBytesWritten(PATIENCE)
        # The answer may have come meanwhile: waiting would wait for more.
        is_answered = socket.canReadLine() or socket.waitForReadyRead(PATIENCE)
        return is_answered and bytes(socket.readLine().data()).strip() == _TAKEN

    def listen(self) -> bool:
        """Be the one that others hand their files to; False where that cannot be."""
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)  # of a process that has crashed
        return self._server.listen(self._name)

    def close(self) -> None:
        """Let the next start be the first."""
        self._server.close()

    @Slot()
    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(self._read)
        self._take(socket)  # what came before anybody listened

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST:
            socket.abort()
        elif socket.canReadLine():
            paths = _paths(bytes(socket.readLine().data()))
            if paths is None:
                socket.abort()
                return
            socket.write(_TAKEN + b"\n")
            socket.flush()
            self.asked.emit(paths)


def _paths(line: bytes) -> list[str] | None:
    """What a message names; None where it is none."""
    try:
        paths = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_list = isinstance(paths, list) and all(isinstance(path, str) for path in paths)
    return paths if is_list else None


def _own_name() -> str:
    """One for each user and each folder of data."""
    seed = f"{getpass.getuser()} {os.environ.get('IMPASTO_HOME', '')}"
    return f"impasto-{hashlib.sha256(seed.encode()).hexdigest()[:16]}"
