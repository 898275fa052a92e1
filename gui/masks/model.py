"""What is painted and with which brush, while masks are edited. Views ask it and show it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from engine import masks
from engine.job import Guidance, Mask
from gui.masks import grid, guiding
from gui.masks.brush import FULL, Brush
from gui.masks.guiding import STRENGTH
from gui.state import Phase
from gui.styles.slots import same
from gui.texts import phrase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.job import Picture
    from gui.session import Session
    from gui.state import State

SMALLEST: Final = 0.004
LARGEST: Final = 0.5
"""Of the brush's diameter, as a share of the picture's long side."""

_STEP: Final = 1.2
"""How much larger the next size is."""
_HARDER: Final = 0.1


@dataclass(frozen=True, slots=True)
class Tool:
    """How the next stroke paints.

    Attributes:
        region: of a style, or `STRENGTH`.
        erasing: whether it takes away.
        size: diameter as a share of the picture's long side.
        hardness: share of it that is covered wholly, 0 … 1.
        flow: how much one stroke lays down of a style's region, 0 … 1.
        level: that the strength is painted to, 0 … 1.
        overlay: whether the masks are seen.
    """

    region: int = 0
    erasing: bool = False
    size: float = 0.1
    hardness: float = 0.5
    flow: float = 1.0
    level: float = 0.3
    overlay: bool = True

    @property
    def is_strength(self) -> bool:
        """Whether the map of the strength is painted."""
        return self.region == STRENGTH

    def brush(self, *, erasing: bool) -> Brush:
        """On the grid; what is erased from the strength is as if it never was painted."""
        radius = self.size * grid.LONGEST / 2
        if self.is_strength:
            target = FULL if erasing else round(self.level * FULL)
            return Brush(radius, self.hardness, 1.0, target)
        return Brush(radius, self.hardness, self.flow, 0 if erasing else FULL)


class MaskModel(QObject):
    """Holds the tool and changes the session's masks, each time in one step that can be undone.

    Attributes:
        tool: how the next stroke paints.
        is_open: whether masks are edited.

    Signals:
        changed: anything of it, or of the masks.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state = session.state
        self.tool = Tool()
        self.is_open = False
        session.changed.connect(self._follow)

    # What there is

    @property
    def guidance(self) -> Guidance:
        """Of the session."""
        return self._state.guidance

    @property
    def styles(self) -> tuple[Picture, ...]:
        """The paintings."""
        return self._state.styles

    @property
    def content(self) -> Picture | None:
        """The photograph."""
        return self._state.content

    @property
    def cells(self) -> tuple[int, int]:
        """Width and height of the grid."""
        return grid.grid_of(self._state.content.size) if self._state.content else (1, 1)

    @property
    def mask(self) -> Mask | None:
        """Of the region that is painted."""
        return guiding.mask_of(self.guidance, self.tool.region)

    def values(self, *, erasing: bool = False) -> NDArray[np.uint8]:
        """Of the region that is painted, on the grid: what a stroke begins with.

        Where there is no mask yet, what is painted is all that there will be of a style, and what
        is erased is all that there will not be; the strength begins with all.
        """
        mask = self.mask
        if mask is None:
            return grid.even(self.cells, FULL if erasing or self.tool.is_strength else 0)
        return grid.fitted(mask.values, self.cells)

    @property
    def why_not(self) -> str:
        """Why masks cannot be painted just now; empty if they can."""
        run = self._session.run
        if self._state.why_no_masks:
            return self._state.why_no_masks
        if run is not None and run.content is not self._state.content:
            return self.tr("The render that is running paints another photograph")
        return ""

    @property
    def why_no_mask(self) -> str:
        """Why there is nothing to clear, invert, soften or save; empty if there is."""
        return "" if self.mask else self.tr("There is no mask yet: paint one first")

    @property
    def why_no_alpha(self) -> str:
        """Why the photograph's transparency is no mask; empty if it is."""
        has_alpha = self.content is not None and self.content.alpha is not None
        return "" if has_alpha else self.tr("The photograph has no transparent parts")

    @property
    def why_no_rest(self) -> str:
        """Why there is no rest to be filled; empty if there is."""
        if self.tool.is_strength:
            return self.tr("Choose a style first")
        return "" if self._others() else self.tr("No other style has a mask")

    # What the user asks

    def open(self, on: bool) -> None:
        """Begin to edit, or leave."""
        why = self.why_not
        if on and why:
            self._session.noted.emit(why)
        elif on and self._state.looking is not None:
            self._session.look(None)
        self.is_open = on and not why
        self.changed.emit()

    def choose(self, **changes: Any) -> None:  # noqa: ANN401
        """Change the tool; see `Tool`."""
        self.tool = replace(self.tool, **changes)
        self.changed.emit()

    def chosen(self) -> dict[str, Any]:
        """The tool as `choose` takes it."""
        return {each.name: getattr(self.tool, each.name) for each in fields(self.tool)}

    def choose_next(self) -> None:
        """The next style's region; the strength comes after the last one."""
        following = self.tool.region + 1
        self.choose(region=following if following < len(self.styles) else STRENGTH)

    def resize(self, larger: bool) -> None:
        """To the next size."""
        size = self.tool.size * (_STEP if larger else 1 / _STEP)
        self.choose(size=min(max(size, SMALLEST), LARGEST))

    def harden(self, harder: bool) -> None:
        """To the next hardness."""
        hardness = self.tool.hardness + (_HARDER if harder else -_HARDER)
        self.choose(hardness=min(max(round(hardness, 2), 0.0), 1.0))

    def put(self, values: NDArray[np.uint8], what: str) -> None:
        """Let a region have other values.

        Args:
            values: uint8 (H, W) on the grid, not written to any more.
            what: the change in words.
        """
        values.setflags(write=False)
        self.use(Mask(values, self.tr("painted mask")), what)

    def use(self, mask: Mask | None, what: str, region: int | None = None) -> None:
        """Let a region have another mask; the one that is painted, where none is named."""
        region = self.tool.region if region is None else region
        guidance = guiding.with_mask(self.guidance, len(self.styles), region, mask)
        self._session.guide(guidance, what)
        why = guiding.why_useless(self._state.now)
        if why and self._state.phase is not Phase.IDLE:
            words = self.tr("{0} – the render goes on with the masks before")
            self._session.noted.emit(words.format(phrase(why)))

    def fill(self) -> None:
        """All of the picture belongs to the region; the strength is painted to its level."""
        value = round(self.tool.level * FULL) if self.tool.is_strength else FULL
        self.put(grid.even(self.cells, value), self.tr("filling of a mask"))

    def fill_rest(self) -> None:
        """What belongs to no other style belongs to this one."""
        others = [mask for mask, _ in self._others()]
        if others and not self.tool.is_strength:
            self.use(masks.rest(others), self.tr("filling of the rest"))

    def clear(self) -> None:
        """Take the mask away: the style goes everywhere again."""
        if self.mask is not None:
            self.use(None, self.tr("clearing of a mask"))

    def invert(self) -> None:
        """Let out become in."""
        if self.mask is not None:
            self.put(grid.inverted(self.values()), self.tr("inversion of a mask"))

    def soften(self) -> None:
        """Soften the borders."""
        if self.mask is not None:
            self.put(grid.softened(self.values()), self.tr("softening of a mask"))

    def take_alpha(self) -> None:
        """Take the part of the photograph that is not transparent."""
        if self.content is not None and self.content.alpha is not None:
            self.use(masks.of_alpha(self.content), self.tr("mask from transparency"))

    def others(self) -> list[tuple[NDArray[np.uint8], int]]:
        """The masks of the other styles, on the grid, each with its region."""
        return [(grid.fitted(mask.values, self.cells), region) for mask, region in self._others()]

    def _others(self) -> list[tuple[Mask, int]]:
        regions = (each for each in range(len(self.styles)) if each != self.tool.region)
        found = ((guiding.mask_of(self.guidance, each), each) for each in regions)
        return [(mask, region) for mask, region in found if mask is not None]

    @Slot(object)
    def _follow(self, state: State) -> None:
        before, self._state = self._state, state
        if self.tool.region >= max(1, len(state.styles)):
            self.tool = replace(self.tool, region=0)
        was_open = self.is_open
        self.is_open = was_open and not self.why_not and state.looking is None
        if was_open or _differ(before, state):
            self.changed.emit()
        self._tell_of_loss(before, state)

    def _tell_of_loss(self, before: State, state: State) -> None:
        """Another photograph may have cost the masks."""
        had, has = guiding.count_of(before.guidance), guiding.count_of(state.guidance)
        if had and not has and before.content is not state.content and not state.redo:
            self._session.noted.emit(
                self.tr("The masks belonged to another photograph: Undo brings both back")
            )


def _differ(before: State, state: State) -> bool:
    return (
        before.content is not state.content
        or before.guidance is not state.guidance
        or not same(before.styles, state.styles)
        or before.phase is not state.phase
    )
