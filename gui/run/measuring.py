"""Has the machine's speed measured while nothing else is done, so that times can be forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.choices import Precision
from engine.costs import rates
from engine.costs.workload import Workload
from gui.state import Phase, State

if TYPE_CHECKING:
    from engine.costs.rates import Rate
    from gui.worker import Worker

QUIET = 1000
"""Milliseconds without any change after which the window counts as idle."""


class Measuring(QObject):
    """Waits until the window is idle, and has the worker measure.

    Signals:
        measured: a speed is known that was not.
    """

    measured = Signal()

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._wanted: Workload | None = None
        self._is_idle = True
        self._in_vain: set[tuple[object, ...]] = set()
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self._measure)
        worker.measured.connect(self._take)

    def want(self, work: Workload) -> None:
        """Ask for the speed at which this will go, where it is not known."""
        if rates.known(work) is None and _kind(work) not in self._in_vain:
            self._wanted = work
            self._later()

    @Slot(object)
    def follow(self, state: State) -> None:
        """See whether the window is idle."""
        self._is_idle = state.phase is Phase.IDLE and not state.reading
        self._later()

    def _later(self) -> None:
        if self._wanted is not None and self._is_idle:
            self._quiet.start()
        else:
            self._quiet.stop()

    @Slot()
    def _measure(self) -> None:
        if self._wanted is not None:
            self._worker.measure(self._wanted)

    @Slot(object, object)
    def _take(self, work: Workload, rate: Rate | None) -> None:
        if rate is None:
            self._in_vain.add(_kind(work))
        if self._wanted is not None and _kind(work) == _kind(self._wanted):
            self._wanted = None
        self.measured.emit()


def _kind(work: Workload) -> tuple[object, ...]:
    """What is measured but once."""
    settings = work.settings
    is_wide = settings.precision is Precision.FLOAT32
    return work.device, is_wide, settings.threads, work.width
