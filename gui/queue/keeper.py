"""The queue's disk, for the window: one thread works on it, so that the window never waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from engine.errors import EngineError
from gui.worker import Trouble


class QueueKeeper(QObject):
    """Does one thing after the other, in the order in which it is asked.

    `wait` before it is let go of: its thread may still be writing.
    """

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    def do(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Have something done.

        Args:
            work: done in the keeper's thread.
            then: given what comes of it, or the `Trouble` that it met, on the window's thread.
        """
        self._pool.start(_Task(lambda: self._done.emit(then, self._outcome(work))))

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait until all is done, or for so long; returns whether it is."""
        return self._pool.waitForDone(milliseconds)

    def _outcome(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401
        try:
            return work()
        except EngineError as error:
            return Trouble(error.cause, error.remedy)
        except OSError as error:
            remedy = self.tr("free some space, or set IMPASTO_HOME to another folder")
            return Trouble(self.tr("the queue cannot be kept: {0}").format(error), remedy)
        except Exception as error:  # noqa: BLE001 (the window must hear of it, whatever it is)
            return Trouble.unexpected(error, self.tr("Report it; the queue goes on meanwhile."))

    @Slot(object, object)
    def _announce(self, then: Callable[[Any], object], outcome: object) -> None:
        then(outcome)


class _Task(QRunnable):
    """One thing to do."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Do it, in the thread pool."""
        self._work()
