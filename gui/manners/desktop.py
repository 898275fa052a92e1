"""What the desktop shows of a run while the window is away: progress and a notification.

Nothing here waits or raises: a desktop that knows none of it just shows nothing.
"""

from __future__ import annotations

import html
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QProcess
from PySide6.QtWidgets import QApplication, QWidget

from gui.worker import Ending, Outcome

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_LAUNCHER: Final = "com.canonical.Unity.LauncherEntry"
PORTAL: Final = "org.freedesktop.portal.Desktop"
_STEPS: Final = 100

translate = QCoreApplication.translate


class Taskbar:
    """Progress on the application's icon.

    Linux docks that listen to Unity's launcher signal show it (Ubuntu's, KDE's, Dash to Dock,
    Plank). On Windows and macOS nothing is shown: Qt 6 has no way to, and none is added here.
    """

    def __init__(self, desktop_file: str = "impasto") -> None:
        self._application = f"application://{desktop_file}.desktop"
        self._shown: int | None = None

    def show(self, fraction: float) -> None:
        """Show how much is done, 0 to 1."""
        step = round(_STEPS * min(1.0, max(0.0, fraction)))
        if step != self._shown:
            self._shown = step
            self._send({"progress": step / _STEPS, "progress-visible": True})

    def hide(self) -> None:
        """Take the progress away."""
        if self._shown is not None:
            self._shown = None
            self._send({"progress": 0.0, "progress-visible": False})

    def _send(self, properties: dict[str, object]) -> None:
        bus = session_bus()
        if bus is None:
            return
        from PySide6.QtDBus import QDBusMessage

        path = "/com/canonical/unity/launcherentry/1"
        message = QDBusMessage.createSignal(path, _LAUNCHER, "Update")
        message.setArguments([self._application, properties])
        bus.send(message)


def notify(window: QWidget, title: str, text: str) -> None:
    """Call the user back, unless the window is at the front.

    The window's entry in the taskbar asks for attention on every system. On Linux a notification
    pops up as well, by `notify-send` where it is installed and by the desktop's portal where not:
    the notification service itself wants an unsigned number, which PySide6 cannot send.
    """
    if window.isActiveWindow():
        return
    QApplication.alert(window)
    if sys.platform != "linux" or session_bus() is None:
        return
    program = shutil.which("notify-send")
    if program:
        words = [title, html.escape(text, quote=False)]
        QProcess.startDetached(program, ["--app-name=Impasto", "--icon=impasto", "--", *words])
    else:
        _ask_portal(title, text)


def words_of(outcome: Outcome) -> str:
    """How a render ended, in a few words."""
    has_picture = outcome.pixels is not None
    if outcome.ending is Ending.FINISHED:
        return translate("MainWindow", "The render is done")
    if outcome.ending is Ending.FAILED:
        with_picture = translate("MainWindow", "The render failed; its picture is kept")
        return with_picture if has_picture else translate("MainWindow", "The render failed")
    with_picture = translate("MainWindow", "The render was cancelled; its picture is kept")
    return with_picture if has_picture else translate("MainWindow", "The render was cancelled")


def _ask_portal(title: str, text: str) -> None:
    bus = session_bus()
    if bus is None:
        return
    from PySide6.QtDBus import QDBusMessage

    message = QDBusMessage.createMethodCall(
        PORTAL,
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Notification",
        "AddNotification",
    )
    message.setArguments(["impasto-run", {"title": title, "body": text}])
    bus.send(message)


@cache
def session_bus() -> QDBusConnection | None:
    """The bus of the user's session, where one runs; none is started for it."""
    if sys.platform != "linux" or not _has_bus():
        return None
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:  # a distribution's PySide6 may leave it out
        return None
    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None


def _has_bus() -> bool:
    folder = os.environ.get("XDG_RUNTIME_DIR")
    named = bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
    return named or (folder is not None and (Path(folder) / "bus").exists())
