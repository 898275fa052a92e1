"""A series of pictures, run by the worker in a render's stead: figures, variations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.state import Phase
from gui.texts import phrase

if TYPE_CHECKING:
    from engine.series.making import Order
    from gui.session import Session
    from gui.worker import Outcome, Worker

SHORTEST_PAINT = 50
"""Milliseconds between two pieces that are shown."""


class SeriesRun(QObject):
    """Begins a series, hands its pieces on, and keeps the session's phase true.

    `Session.cancel` stops it, as it does a render.

    Signals:
        came: the newest pieces (tuple of `Piece`), at most 20 times a second.
        activity: what is being done.
        ended: `Outcome` without a picture, once a series; all pieces have come.
    """

    came = Signal(object)
    activity = Signal(str)
    ended = Signal(object)

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(session)
        self._session, self._worker = session, worker
        self._timer = QTimer(self, singleShot=True, interval=SHORTEST_PAINT)
        self._timer.timeout.connect(self._hand_on)
        worker.pieces_ready.connect(self._later)
        worker.series_busy_with.connect(self._say)
        worker.series_ended.connect(self._end)

    def start(self, order: Order) -> bool:
        """Begin a series.

        Returns:
            False where that has to wait for something else, which is said.
        """
        if self._session.state.why_no_series:
            self._session.noted.emit(self._session.state.why_no_series)
            return False
        self._session.troubled.emit(None)
        self._session.occupy(Phase.SERIES)
        self._worker.start_series(self._session.courtesy.order(order))
        return True

    @Slot()
    def _later(self) -> None:
        self._timer.start()

    @Slot()
    def _hand_on(self) -> None:
        pieces = self._worker.take_pieces()
        if pieces:
            self.came.emit(pieces)

    @Slot(str)
    def _say(self, text: str) -> None:
        self.activity.emit(self.tr("{0} …").format(phrase(text)))

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        self._timer.stop()
        self._hand_on()
        self._session.occupy(Phase.IDLE)
        self.ended.emit(outcome)
