"""A sheet of variations planned: which cells it has, how coarse they are, how one is promoted.

A cell is the beginning of the render that it stands for: its size is one of that pyramid's, and it
begins where the pyramid does. So what is promoted, starting from its picture, keeps its look.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Final

from engine import defaults, geometry
from engine.choices import Objective
from engine.errors import SettingsError
from engine.imageio import SMALLEST_SIDE
from engine.job import Job, Picture
from engine.settings import Settings
from engine.variations.axes import Axis

SIDE: Final = 224
"""Long side in px near which a cell is painted: large enough for its look, and cheap."""

STEPS: Final = 40
"""Of a cell: the look is there, and no more is asked of it."""

STARTS: Final = (None, "content", "style", "noise")
"""What a render begins at that is no file."""

_ONE_OF: Final = (frozenset({"strength", "style_weight"}),)
"""Settings that stand for each other."""

Choice = tuple[object, ...]
"""A value of each axis."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One small render.

    Attributes:
        column: along the first axis.
        row: along the second; 0 where there is none.
        choice: the value of each axis.
        settings: that it is painted with: the sheet's, but for those of the axes.
    """

    column: int
    row: int
    choice: Choice
    settings: Settings


@dataclass(frozen=True, slots=True)
class Sheet:
    """One or two settings varied, all others alike.

    Attributes:
        axes: the first goes across, the second down.
        cells: row by row.
        asked: settings that all have in common, as the user left them.
        size: long side in px of the render that a cell stands for.
    """

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    asked: Settings
    size: int

    @classmethod
    def of(
        cls,
        settings: Settings,
        axes: tuple[Axis, ...],
        content: tuple[int, int],
        size: int,
        *,
        side: int | None = None,
        steps: int = STEPS,
        seed: int | None = None,
    ) -> Sheet:
        """Plan a sheet.

        Args:
            settings: as the user left them.
            axes: one or two.
            content: width and height of the photograph, px.
            size: long side in px of the render that a cell stands for.
            side: of a cell; None for one of that render's scales, near `SIDE`.
            steps: of a cell.
            seed: where none is given; None to draw one, the same for all cells.

        Raises:
            SettingsError: no axis or more than two, both of one setting, or values that do not go
                together.
        """
        _check(axes)
        common = coarse(settings, content, size, side=side, steps=steps)
        if common.seed is None:
            common = common.replace(seed=secrets.randbelow(2**32) if seed is None else seed)
        columns = axes[0].values
        rows = axes[1].values if len(axes) > 1 else (None,)
        cells = []
        for (row, down), (column, across) in product(enumerate(rows), enumerate(columns)):
            choice = (across, down)[: len(axes)]
            cells.append(Cell(column, row, choice, varied(common, axes, choice)))
        return cls(axes, tuple(cells), settings, size)

    @property
    def columns(self) -> int:
        """How many cells stand side by side."""
        return len(self.axes[0].values)

    @property
    def rows(self) -> int:
        """How many stand one above the other."""
        return len(self.axes[1].values) if len(self.axes) > 1 else 1

    def job(self, cell: Cell, base: Job, starts: Mapping[str, Picture]) -> Job:
        """What paints a cell.

        Args:
            cell: of this sheet.
            base: with the pictures and all else that no cell differs in.
            starts: pictures that cells begin at, by `init`.
        """
        init = cell.settings.init
        start = None if init in STARTS else starts[init or ""]
        return replace(base, settings=cell.settings, start=start)

    def chosen(self, cell: Cell) -> Settings:
        """The user's settings with a cell's choice among them."""
        return varied(self.asked, self.axes, cell.choice)

    def promoted(self, cell: Cell) -> Settings:
        """How a cell is painted at full size, starting from its picture.

        What it starts from is decided by the job's start; where the size is no larger than the
        cell, the render only goes on.
        """
        settings = self.chosen(cell).replace(init=None, size=self.size)
        assert cell.settings.size is not None
        if self.size > cell.settings.size:
            return defaults.for_enlarging(settings, cell.settings.size, self.size)
        return settings


def varied(settings: Settings, axes: tuple[Axis, ...], choice: Choice) -> Settings:
    """Put a cell's values among settings.

    Raises:
        SettingsError: they do not go together.
    """
    values = {axis.knob.name: value for axis, value in zip(axes, choice, strict=True)}
    return settings.replace(**values)


def coarse(
    settings: Settings,
    content: tuple[int, int],
    size: int,
    *,
    side: int | None = None,
    steps: int = STEPS,
) -> Settings:
    """Settings for a small render that begins as a large one does.

    Args:
        settings: of the large one.
        content: width and height of the photograph, px.
        size: long side of the large one, px.
        side: of the small one; None for the scale that is nearest to `SIDE`.
        steps: of the small one, unless the large one has fewer.
    """
    pyramid = settings.scales or defaults.scales_to(size)
    last = _nearest(pyramid, content) if side is None else side
    scales = tuple(each for each in pyramid if each <= last) if side is None else None
    if settings.objective is Objective.PAPER and settings.scales is None:
        scales = (last,)
    fewer = steps if settings.steps is None else min(steps, settings.steps)
    return settings.replace(size=last, scales=scales, steps=fewer, tile=None, dpi=None)


def _nearest(pyramid: tuple[int, ...], content: tuple[int, int]) -> int:
    """The scale nearest to `SIDE` at which a narrow picture is still wide enough."""
    wide = [side for side in pyramid if min(geometry.fitted(content, side)) >= SMALLEST_SIDE]
    return min(wide or pyramid[-1:], key=lambda side: abs(math.log(side / SIDE)))


def _check(axes: tuple[Axis, ...]) -> None:
    if not 1 <= len(axes) <= 2:
        raise SettingsError(
            f"a sheet varies one or two settings, not {len(axes)}",
            "name one to go across and, if you like, one to go down",
        )
    for one, other in combinations((axis.knob for axis in axes), 2):
        if one.name == other.name:
            raise SettingsError(f"{one.label} is varied twice", "vary another setting as well")
        if {one.name, other.name} in _ONE_OF:
            raise SettingsError(
                f"{one.label} and {other.label} are the same setting",
                "vary another setting as well",
            )
