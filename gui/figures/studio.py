"""A figure that is being made: its order, its sheet as it grows, and what came of its renders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine.costs import forecast
from engine.errors import EngineError
from engine.figures import record
from engine.figures.order import FigureOrder
from engine.figures.sheet import Sheet
from engine.knobs import Group
from engine.settings import KNOBS, Settings
from gui.run import forecasting
from gui.session import Session
from gui.worker import Ending, Outcome

if TYPE_CHECKING:
    from engine.costs.workload import Workload
    from engine.job import Picture
    from engine.series.messages import Made, Piece


class Studio(QObject):
    """Makes one figure at a time.

    Attributes:
        order: what is made or shown; None before there is any.
        sheet: as it is now.
        is_making: whether it is being made.
        is_done: whether every panel is as it stays.

    Signals:
        changed: the sheet, or what is done with it.
        shared: how much of the work is done, 0 … 1.
        ended: `Outcome`.
    """

    changed = Signal()
    shared = Signal(float)
    ended = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.order: FigureOrder | None = None
        self.sheet: Sheet | None = None
        self.is_making = self.is_done = False
        self._made: dict[int, Made] = {}
        session.series.came.connect(self._take)
        session.series.ended.connect(self._end)

    def lay_out(self, number: int, pictures: tuple[Picture, ...], size: int) -> None:
        """Show a figure of these pictures, the content first, without its renders.

        Raises:
            EngineError: it cannot be made of these.
        """
        content, *styles = pictures
        given = {**_of_machine(self._session.state.settings), "size": size}
        self.order = FigureOrder.of(number, content, tuple(styles), given)
        self._begin_anew()
        self.changed.emit()

    def clear(self) -> None:
        """Show no figure."""
        self.order = self.sheet = None
        self.is_done = False
        self.changed.emit()

    def make(self) -> None:
        """Begin; what cannot begin just now says why in the session."""
        if self.order is None or self.is_making:
            return
        self._begin_anew()
        self.is_making = self._session.series.start(self.order)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop within the panel that is being painted; the panels before stay shown."""
        if self.is_making:
            self._session.cancel()

    def save(self, path: Path) -> None:
        """Have the figure written."""
        if self.order is None or self.sheet is None:
            return
        order, image, made = self.order, self.sheet.image.copy(), dict(self._made)

        def work() -> tuple[str, ...]:
            record.write(path, image, order, made, overwrite=True)
            return ()

        self._session.writer.add(path, work)

    def expected(self) -> tuple[str, bool]:
        """What it takes, in a few words, and whether it fits; nothing before torch is loaded."""
        if self.order is None:
            return "", True
        try:
            works = self._works(self.order)
        except EngineError as error:
            return error.cause, False
        if not works:
            return "", True
        self._session.speed.want(works[0])
        return forecasting.words_of(forecast.of_all(works), works[0].device)

    def _works(self, order: FigureOrder) -> list[Workload]:
        works = []
        for job in order.jobs.values():
            device = forecasting.device_of(job.settings, self._session.devices)
            if device is None:
                return []
            sizes = tuple(style.size for style in job.styles)
            settings = self._session.courtesy.settings(job.settings)
            works.append(forecast.planned(settings, job.content.size, sizes, device))
        return works

    def _begin_anew(self) -> None:
        assert self.order is not None
        self._made, self.is_done = {}, False
        self.sheet = Sheet(self.order.layout)
        for piece in self.order.pictures:
            self.sheet.put(piece.index, piece.pixels)

    @Slot(object)
    def _take(self, pieces: tuple[Piece, ...]) -> None:
        if not self.is_making or self.sheet is None:
            return
        for piece in pieces:
            self.sheet.put(piece.index, piece.pixels, piece.caption)
            if piece.made is not None:
                self._made[piece.index] = piece.made
        self.changed.emit()
        self.shared.emit(max(piece.share for piece in pieces))

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        if not self.is_making:
            return
        self.is_making = False
        self.is_done = outcome.ending is Ending.FINISHED
        self.changed.emit()
        self.ended.emit(outcome)


def _of_machine(settings: Settings) -> dict[str, object]:
    """Where and with which network it is computed, as the window has it."""
    names = [name for name, knob in KNOBS.items() if knob.group is Group.COMPUTATION]
    names = ["network", "weights_input", *(name for name in names if name != "seed")]
    return {name: value for name in names if (value := getattr(settings, name)) is not None}
