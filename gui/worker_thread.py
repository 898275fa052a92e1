"""The thread that the worker lives in, from the start of the program to its end."""

from __future__ import annotations

from PySide6.QtCore import QDeadlineTimer, QThread

from gui.process.garbage import GarbageCollector
from gui.worker import Worker


class _Thread(QThread):
    """A thread that is one and the same to Python from its start to its end.

    In one that Qt runs by itself, Python makes a thread state for each slot and drops it again.
    torch keeps hold of the one it was imported in: 2.11 under Python 3.12 crashed in a later one.
    """

    def run(self) -> None:
        """Do what is asked until the end."""
        self.exec()


class WorkerThread:
    """The worker together with its thread, from the start of the program to its end."""

    def __init__(self, worker: Worker | None = None) -> None:
        self.worker = worker or Worker()
        self._garbage = GarbageCollector()
        self.worker.prepared.connect(self._garbage.spare_what_stays)
        self._thread = _Thread()
        self._thread.setObjectName("engine")
        self.worker.moveToThread(self._thread)
        self._thread.start()

    def prepare(self) -> None:
        """Load torch, inside the thread."""
        self.worker.prepare()

    def stop(self, seconds: float | None = None) -> bool:
        """Cancel what runs and wait for the thread's end.

        Args:
            seconds: at most to wait; None for as long as it takes.

        Returns:
            Whether the thread has ended.
        """
        self.worker.cancel()
        self._thread.quit()
        patience = -1 if seconds is None else round(seconds * 1000)
        has_ended = self._thread.wait(QDeadlineTimer(patience))
        if has_ended:
            self._garbage.stop()
            self.worker.forget()
        return has_ended
