"""Starts the application: the window shows before torch is loaded."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from gui import system, theme
from gui.main_window import MainWindow
from gui.session import Session
from gui.worker import WorkerThread


def run(paths: list[str]) -> int:
    """Open the window, with up to two pictures, and stay until it is closed.

    Returns:
        The exit code: 1 where no window can be opened, with one line on stderr that says why.
    """
    reason = system.why_no_window()
    if reason:
        sys.stderr.write(reason + "\n")
        return 1
    system.preload_torch()
    application = QApplication([sys.argv[0]])
    if not QFontDatabase.families():
        sys.stderr.write("impasto: there is no font: install the package fonts-dejavu-core\n")
        return 1
    return _show(application, paths)


def _show(application: QApplication, paths: list[str]) -> int:
    application.setApplicationName("Impasto")
    application.setDesktopFileName("impasto")
    theme.follow_system(application)
    thread = WorkerThread()
    session = Session(thread.worker)
    window = MainWindow(session)
    window.show()
    for path in paths:
        session.open_next(Path(path))
    # Torch stalls the window while it loads, so it waits for the first paint.
    QTimer.singleShot(150, thread.prepare)
    _quit_on_interrupt(application)
    try:
        return application.exec()
    finally:
        thread.stop()


def _quit_on_interrupt(application: QApplication) -> None:
    """Let Ctrl-C in the terminal close the window: Python runs its handler between events."""
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    heartbeat = QTimer(application)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(300)
