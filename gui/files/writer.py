"""Writes pictures where the user wants them, without holding up the window."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from engine import imageio
from engine.errors import EngineError
from engine.figures import inset
from gui.state import Result, translate
from gui.texts import engine_text
from gui.worker import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.settings import Settings


class Writer(QObject):
    """Writes one picture after the other, in the order in which it is asked to.

    Every signal arrives on the writer's own thread, the window's. `wait` before it is let go of:
    its pool's thread may still be writing.

    Signals:
        saved: the path of a picture that is on disk, and what its format could not hold
            (Path, tuple of str).
        failed: the path of one that is not, and the `Trouble`.
        emptied: nothing is left to be written.
        noted: what became of a picture, in a line for the user.
        troubled: the `Trouble` of one that is not on disk.
    """

    saved = Signal(object, object)
    failed = Signal(object, object)
    emptied = Signal()
    noted = Signal(str)
    troubled = Signal(object)
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: list[Path] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is still to be written."""
        return bool(self._pending)

    def is_writing(self, path: Path) -> bool:
        """Whether a file of this name is about to be there."""
        return path in self._pending

    def write(self, path: Path, result: Result, settings: Settings, *, overwrite: bool) -> None:
        """Write a picture, which must not change any more.

        Args:
            path: where it goes; its suffix names the format.
            result: the picture.
            settings: say with which depth, resolution and EXIF.
            overwrite: whether a file that is there by then is replaced.
        """
        self.add(path, partial(_write, path, result, settings, overwrite=overwrite))

    def add(self, path: Path, work: Callable[[], tuple[str, ...]]) -> None:
        """Do what writes a file once its turn comes; it returns what was left out.

        Args:
            path: of the file.
            work: raises EngineError where it cannot be written; what it reads must not change.
        """
        self._pending.append(path)
        self._pool.start(_Task(partial(self._run, path, work)))

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait until all is on disk, or for so long; returns whether it is."""
        return self._pool.waitForDone(milliseconds)

    def _run(self, path: Path, work: Callable[[], tuple[str, ...]]) -> None:
        """Work, inside the thread."""
        try:
            self._done.emit(path, work())
        except EngineError as error:
            self._done.emit(path, Trouble(error.cause, error.remedy))
        except Exception as error:  # noqa: BLE001 (the window must hear of it, whatever it is)
            remedy = self.tr("save it under another name; if it happens again, report it")
            self._done.emit(path, Trouble.unexpected(error, remedy))

    @Slot(object, object)
    def _announce(self, path: Path, outcome: tuple[str, ...] | Trouble) -> None:
        self._pending.remove(path)
        if isinstance(outcome, Trouble):
            self.failed.emit(path, outcome)
            self.noted.emit("")
            self.troubled.emit(outcome)
        else:
            self.saved.emit(path, outcome)
            saved = translate("Session", "Saved {0}").format(path)
            self.noted.emit(translate("Session", "; ").join((saved, *map(engine_text, outcome))))
        if not self._pending:
            self.emptied.emit()


def _write(path: Path, result: Result, settings: Settings, *, overwrite: bool) -> tuple[str, ...]:
    extras, dressed = imageio.Extras(), result.content or result.kept
    if dressed is not None:
        extras = imageio.Extras.of(path, dressed, settings, result.recipe)
    if not result.inset:
        return imageio.write(path, result.pixels, extras, overwrite=overwrite)
    alpha = inset.opaque(extras.alpha, result.pixels, result.inset)
    pixels = inset.inlaid(result.pixels, result.inset)
    return imageio.write(path, pixels, replace(extras, alpha=alpha), overwrite=overwrite)


class _Task(QRunnable):
    """One picture to write."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Write it, in the thread pool."""
        self._work()
