"""Starts the application: the window shows before torch is loaded."""

from __future__ import annotations

import os
import signal
import sys
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QFileOpenEvent, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.film.gallery import Gallery
from gui.film.gallery import default_folder as gallery_folder
from gui.film.keeper import GalleryKeeper
from gui.language import Language
from gui.look.presets import PresetStore
from gui.main_window import MainWindow
from gui.manners import accessible
from gui.manners.awake import Awake
from gui.offers.downloads import Download
from gui.preferences.model import PreferencesModel
from gui.preferences.store import Preferences, PreferencesStore
from gui.process import system
from gui.process.instance import Instance
from gui.queue.queue import Queue
from gui.queue.store import QueueStore
from gui.queue.store import default_folder as queue_folder
from gui.session import Session
from gui.tools import Tools
from gui.trouble import log_file
from gui.trouble.recovery import Leftover, Recovery
from gui.trouble.recovery import default_folder as recovery_folder
from gui.worker_thread import WorkerThread

LEAVING = 0.4
"""Seconds that a quitting program waits for the engine's thread; its checkpoint is on disk."""

_REST = 100
"""Milliseconds after the first paint: the icons are put on meanwhile."""


def run(paths: list[str]) -> int:
    """Open the window, with up to two pictures, and stay until it is closed.

    Returns:
        The exit code: 1 where no window can be opened.
    """
    application = begin()
    if application is None:
        return 1
    instance = Instance()
    if instance.hand_over(paths):
        return 0
    instance.listen()
    log_file.start()
    return Application(application, instance).run(paths)


def begin() -> QApplication | None:
    """Get Qt ready; None where no window can be opened, with one line on stderr that says why."""
    reason = system.why_no_window()
    if reason:
        sys.stderr.write(reason + "\n")
        return None
    system.preload_torch()
    application = QApplication([sys.argv[0]])
    if not QFontDatabase.families():
        sys.stderr.write("impasto: there is no font: install the package fonts-dejavu-core\n")
        return None
    return application


class Application(QObject):
    """Everything that lives as long as the program, and the window of the moment."""

    def __init__(self, application: QApplication, instance: Instance | None = None) -> None:
        super().__init__()
        self._application = application
        accessible.install()
        self._painted = False
        self._instance = instance or Instance()
        self._instance.asked.connect(self._come_forward)
        application.setApplicationName("Impasto")
        application.setDesktopFileName("impasto")
        application.setWindowIcon(QIcon(str(files("resources").joinpath("icons", "impasto.svg"))))
        if sys.platform == "darwin":  # elsewhere files come as arguments, and all events pass here
            application.installEventFilter(self)
        application.setQuitOnLastWindowClosed(False)
        self.preferences = PreferencesModel(PreferencesStore())
        kept = self.preferences.preferences
        self._worn = (kept.scheme, kept.language)
        theme.follow_system(application)
        theme.choose(application, kept.scheme)
        self._language = Language(application)
        self._language.speak(kept.language)
        self.thread_ = WorkerThread()
        self.recovery = Recovery(recovery_folder())
        self.session = Session(self.thread_.worker, self.recovery)
        self.tools = Tools(
            self.preferences,
            PresetStore(),
            GalleryKeeper(Gallery(gallery_folder())),
            Download(),
            Queue(self.session, QueueStore(queue_folder()), self.preferences),
        )
        Awake(self.session)
        self._leftovers: tuple[Leftover, ...] = ()
        self.window = self._make_window()
        self.preferences.changed.connect(self._prefer)

    def run(self, paths: list[str]) -> int:
        """Show the window and stay until it is closed."""
        self.open(paths)
        self._quit_on_interrupt()
        code = self._application.exec()
        self.end(code)
        return code

    def open(self, paths: list[str]) -> None:
        """Show the window, with a photograph and any number of paintings."""
        self.window.show()
        self.window.inputs.open_all([Path(path) for path in paths])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """See the first paint, as torch stalls the window while it loads; and files of macOS."""
        if isinstance(event, QFileOpenEvent):
            self._come_forward([event.file()])
            return True
        if event.type() is QEvent.Type.Paint and watched is not self._application:
            watched.removeEventFilter(self)
            if not self._painted:
                self._painted = True
                QTimer.singleShot(_REST, self, self._after_paint)
        return False

    def end(self, code: int) -> None:
        """Leave nothing behind; what does not end in time is cut off, its checkpoint kept."""
        self._instance.close()
        ended = self.thread_.stop(LEAVING)
        self.session.writer.wait()
        self.tools.keeper.wait()
        self.tools.queue.close()
        downloaded = self.tools.download.stop(300)
        self.recovery.close()
        if not (ended and downloaded):
            log_file.stop()
            sys.stdout.flush()
            os._exit(code)

    @Slot(object)
    def _come_forward(self, paths: list[str]) -> None:
        """Show the window to whoever started Impasto again, with the pictures that were named."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.open(paths)
        self.window.raise_()
        self.window.activateWindow()

    def _after_paint(self) -> None:
        self.thread_.prepare()
        found = self.tools.queue.restore(self.recovery.leftovers())
        self._leftovers += found
        self.window.leftovers.offer(found)

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.session, self.tools)
        window.closed.connect(self._application.quit)
        if not self._painted:
            window.canvas.installEventFilter(self)
        return window

    @Slot(object)
    def _prefer(self, preferences: Preferences) -> None:
        """Wear the scheme and speak the language that are preferred now."""
        before, self._worn = self._worn, (preferences.scheme, preferences.language)
        if before[0] is not preferences.scheme:
            theme.choose(self._application, preferences.scheme)
        if before[1] is not preferences.language:
            self._language.speak(preferences.language)
            # After the dialog that asked for it, which belongs to the window that goes.
            QTimer.singleShot(0, self, self._rebuild)

    def _rebuild(self) -> None:
        old = self.window
        old.remember()
        self.window = self._make_window()
        self.window.setGeometry(old.geometry())
        self.window.take_over(old)
        self.window.show()
        old.retire()
        self.window.leftovers.offer(tuple(each for each in self._leftovers if each.is_there))

    def _quit_on_interrupt(self) -> None:
        """Let Ctrl-C, and a system that shuts down, end the program with the picture kept.

        Python runs its handlers between events, so there must be events.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.window.quit())
        heartbeat = QTimer(self)
        heartbeat.timeout.connect(lambda: None)
        heartbeat.start(300)
