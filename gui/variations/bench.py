"""Where variations are made: a sheet, what of it is painted, and what becomes of a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine import defaults
from engine.costs import forecast
from engine.errors import SettingsError
from engine.geometry import fitted
from engine.recipes.recipe import Recipe
from engine.series.messages import Made
from engine.variations.axes import Axis
from engine.variations.order import VariationsOrder
from engine.variations.sheet import STARTS, Sheet
from gui.run import forecasting
from gui.session import Session
from gui.state import Painted, Result, translate
from gui.worker import Ending, Outcome

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.costs.workload import Workload
    from engine.job import DeviceInfo, Job
    from engine.series.messages import Piece


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as far as it is painted.

    Attributes:
        pixels: uint8 (h, w, 3).
        share: of it that is painted, 0 … 1.
        made: how, once it is done.
    """

    pixels: NDArray[np.uint8]
    share: float
    made: Made | None = None


class Bench(QObject):
    """Plans sheets of the session's pictures and has their cells painted.

    What is painted once is kept for other sheets that have the same cell.

    Attributes:
        sheet: the one at hand; None while it cannot be made.
        painting: whether cells are being painted.

    Signals:
        shown: the index of a cell of which there is more to see.
        stood: painting has begun or ended.
        troubled: `Trouble`; a cell cannot be painted.
        promoted: a cell is painted at full size from now on.
    """

    shown = Signal(int)
    stood = Signal()
    troubled = Signal(object)
    promoted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        state = session.state
        base = state.job
        assert base is not None
        self._session = session
        self._base = replace(base, start=state.now.start)  # whatever is on the canvas
        self._asked = state.settings
        self._seed: int | None = None
        self._known: dict[str, Shown] = {}
        self._order: tuple[str, ...] = ()
        self._again, self._wanted = False, -1
        self._kept: set[str] = set()
        self.sheet: Sheet | None = None
        self.painting = False
        session.series.came.connect(self._take)
        session.series.ended.connect(self._end)

    @property
    def device(self) -> DeviceInfo | None:
        """On which it is painted; None while it is not known."""
        return forecasting.device_of(self._asked, self._session.devices)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a cell, px."""
        whole = self._base.content.size
        side = self.sheet.cells[0].settings.size if self.sheet else None
        return fitted(whole, side or max(whole))

    def plan(self, over: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Make a sheet; where cells are being painted, those of this one are painted next.

        Args:
            over: names of settings, and values as they are written.

        Raises:
            SettingsError: it cannot be made; there is no sheet then.
        """
        self.sheet = None
        try:
            axes = tuple(Axis.of(name, values, self._asked) for name, values in over)
            for axis in axes:
                self._check_starts(axis)
            self.sheet = self._planned(axes)
        finally:
            self._again, self._wanted = self.painting and self.sheet is not None, -1
            self._stop()

    def workload(self) -> Workload | None:
        """What a cell takes; None while the device is not known.

        Raises:
            EngineError: no cell can be painted.
        """
        if self.sheet is None or self.device is None:
            return None
        sizes = tuple(style.size for style in self._base.styles)
        settings = self._session.courtesy.settings(self.sheet.cells[0].settings)
        return forecast.planned(settings, self._base.content.size, sizes, self.device)

    def seen(self, index: int) -> Shown | None:
        """How far a cell is painted; None if it is not begun."""
        return self._known.get(self._key(index))

    @property
    def missing(self) -> tuple[int, ...]:
        """Indices of the cells that are not done."""
        cells = self.sheet.cells if self.sheet else ()
        return tuple(index for index in range(len(cells)) if self.made(index) is None)

    def made(self, index: int) -> Made | None:
        """How a cell was painted, if it is done."""
        seen = self.seen(index)
        return seen.made if seen else None

    def is_kept(self, index: int) -> bool:
        """Whether a cell went into the filmstrip."""
        return self._key(index) in self._kept

    # What is done

    def paint(self) -> None:
        """Paint what is missing."""
        order = self.missing
        if not order or self.painting:
            return
        jobs = tuple(self._job(index) for index in order)
        if self._session.series.start(VariationsOrder(jobs)):
            self._order, self.painting = tuple(map(self._key, order)), True
            self.stood.emit()

    def cancel(self) -> None:
        """Stop painting; what is done stays."""
        self._again, self._wanted = False, -1
        self._stop()

    def _stop(self) -> None:
        if self.painting:
            self._session.cancel()

    def promote(self, index: int) -> None:
        """Paint a cell at full size, starting from its picture; what is being painted is stopped.

        Its settings are taken over, all in one step back.
        """
        if self.made(index) is None:
            return
        if self.painting:
            self.cancel()
            self._wanted = index
            return
        made, sheet = self.made(index), self.sheet
        assert made is not None
        assert sheet is not None
        cell = sheet.cells[index]
        result = Result.of(made.pixels, made.job, self._recipe(made).to_json())
        job = replace(made.job, settings=sheet.promoted(cell), start=result.as_start())
        settings = sheet.chosen(cell).replace(size=sheet.size)
        self.promoted.emit()
        self._session.paint_from(result, job, settings, translate("Session", "variation"))

    def keep(self, index: int) -> None:
        """Put a cell into the filmstrip."""
        made, sheet = self.made(index), self.sheet
        if made is None or sheet is None or self.is_kept(index):
            return
        self._kept.add(self._key(index))
        settings = sheet.chosen(sheet.cells[index])
        painted = Painted(made.pixels, made.job, settings, self._recipe(made), Ending.FINISHED)
        self._session.painted.emit(painted)

    @Slot(object)
    def _take(self, pieces: tuple[Piece, ...]) -> None:
        if not self.painting:
            return
        for piece in pieces:
            share = 1.0 if piece.is_done else piece.share * len(self._order) - piece.index
            self._know(self._order[piece.index], Shown(piece.pixels, share, piece.made))

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        if not self.painting:
            return
        self.painting = False
        for key in [key for key, seen in self._known.items() if seen.made is None]:
            self._know(key, None)  # it would begin anew
        self.stood.emit()
        if outcome.trouble is not None:
            self.troubled.emit(outcome.trouble)
        wanted, self._wanted = self._wanted, -1
        if wanted >= 0:
            self.promote(wanted)
        elif self._again:
            self.paint()

    def _know(self, key: str, seen: Shown | None) -> None:
        """Take down how far a cell is; it may be of a sheet that was there before."""
        if seen is None:
            del self._known[key]
        else:
            self._known[key] = seen
        for index in range(len(self.sheet.cells) if self.sheet else 0):
            if self._key(index) == key:
                self.shown.emit(index)

    def _planned(self, axes: tuple[Axis, ...]) -> Sheet:
        asked = self._asked
        size = asked.size or (asked.scales[-1] if asked.scales else 0)
        if not size:
            # The cell's own size is a scale of whatever size that will be.
            size = (
                defaults.default_size(self.device) if self.device else 2 * defaults.SMALLEST_SCALE
            )
        sheet = Sheet.of(asked, axes, self._base.content.size, size, seed=self._seed)
        self._seed = sheet.cells[0].settings.seed if self._seed is None else self._seed
        return sheet

    def _check_starts(self, axis: Axis) -> None:
        files = [value for value in axis.values if value not in STARTS]
        if axis.knob.name == "init" and any(each != self._asked.init for each in files):
            raise SettingsError(
                f"init: there is no start {files[0]!r}",
                "choose content, style, noise, or name a picture file",
            )

    def _job(self, index: int) -> Job:
        assert self.sheet is not None
        init, start = self._asked.init, self._base.start
        starts = {init: start} if init and start else {}
        return self.sheet.job(self.sheet.cells[index], self._base, starts)

    def _key(self, index: int) -> str:
        return self.sheet.cells[index].settings.to_json() if self.sheet else ""

    @staticmethod
    def _recipe(made: Made) -> Recipe:
        return Recipe.of(made.job, made.started, made.step)
