"""Writes a timelapse without holding up the window, and can be stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from engine import timelapse
from engine.errors import EngineError
from gui.worker import Trouble

if TYPE_CHECKING:
    from PIL import Image

    from engine.timelapse import Animation

_TOLD_EVERY: Final = 0.05
"""Seconds between two words on how far it is."""


class _Stopped(Exception):  # noqa: N818 (nothing went wrong)
    """It is not wanted any more."""


class Exporter(QObject):
    """Writes one animation at a time. `stop` it before it is let go of.

    Signals:
        advanced: how many frames are drawn, and of how many.
        written: the path of an animation that is on disk.
        failed: the `Trouble` with one that is not.
        stopped: it was given up, and nothing is left of it.
    """

    advanced = Signal(int, int)
    written = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_busy = False
        self._unwanted = Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    def write(self, path: Path, animation: Animation) -> None:
        """Begin to write; a file that is there is replaced."""
        self.is_busy = True
        self._unwanted.clear()
        self._pool.start(_Task(self, path, animation))

    def cancel(self) -> None:
        """Give up what is being written; `stopped` says when that is done."""
        self._unwanted.set()

    def stop(self, milliseconds: int = -1) -> bool:
        """Give up and wait; returns whether the thread has ended."""
        self.cancel()
        return self._pool.waitForDone(milliseconds)

    def work(self, path: Path, animation: Animation) -> None:
        """Write, inside the thread."""
        try:
            timelapse.write(path, animation, self._watched(animation))
            self._done.emit(path, None)
        except _Stopped:
            self._done.emit(None, None)
        except EngineError as error:
            self._done.emit(path, Trouble(error.cause, error.remedy))
        except Exception as error:  # noqa: BLE001 (the window must hear of it, whatever it is)
            remedy = self.tr("choose another format; if it happens again, report it")
            self._done.emit(path, Trouble.unexpected(error, remedy))

    def _watched(self, animation: Animation) -> Iterator[Image.Image]:
        total, told = len(animation.stills), 0.0
        for count, frame in enumerate(animation.frames(), 1):
            if self._unwanted.is_set():
                raise _Stopped
            if time.monotonic() - told >= _TOLD_EVERY or count == total:
                told = time.monotonic()
                self.advanced.emit(count, total)
            yield frame

    @Slot(object, object)
    def _announce(self, path: Path | None, trouble: Trouble | None) -> None:
        self.is_busy = False
        if path is None:
            self.stopped.emit()
        elif trouble is None:
            self.written.emit(path)
        else:
            self.failed.emit(trouble)


class _Task(QRunnable):
    """One animation to write."""

    def __init__(self, exporter: Exporter, path: Path, animation: Animation) -> None:
        super().__init__()
        self._exporter, self._path, self._animation = exporter, path, animation

    def run(self) -> None:
        """Write it, in the thread pool."""
        self._exporter.work(self._path, self._animation)
