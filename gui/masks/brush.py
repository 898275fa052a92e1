"""A soft brush over a grid of bytes. Knows no Qt.

A stroke is the shape that a round brush sweeps: its coverage at a point is the brush's profile at
the distance to the path, so it has no gaps, and it is the same however densely the path was seen.
Coverage then moves values towards a target by at most so much: twice the same stroke, painted and
erased, leaves nothing, and neighbouring soft strokes add up to an even whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, hypot
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FULL: Final = 255
_LONGEST_PIECE: Final = 64.0
"""Cells; a long thin stroke is laid down in pieces, whose boxes hold little that it misses."""
_SOFT_EDGE: Final = 0.5
"""Cells around the rim within which the hardest brush still goes from all to nothing."""


@dataclass(frozen=True, slots=True)
class Brush:
    """How a stroke is laid down.

    Attributes:
        radius: in cells, at full pressure.
        hardness: share of the radius within which it covers wholly, 0 … 1.
        flow: how much a stroke moves what it covers wholly, 0 … 1.
        target: that it moves values towards, 0 … 255.
    """

    radius: float
    hardness: float = 0.5
    flow: float = 1.0
    target: int = FULL

    def profile(self, distance: NDArray[np.float32], radius: NDArray[np.float32] | float) -> None:
        """Turn distances from the path into coverage 0 … 1, in place.

        Args:
            distance: in cells.
            radius: in cells, where the pressure makes it vary as large as `distance`.
        """
        rim = np.maximum((1 - self.hardness) * radius + _SOFT_EDGE, 2 * _SOFT_EDGE)
        np.subtract(radius + _SOFT_EDGE, distance, out=distance)
        np.divide(distance, rim, out=distance)
        np.clip(distance, 0, 1, out=distance)
        distance *= distance * (3 - 2 * distance)  # smoothstep: two rims add up to one


@dataclass(frozen=True, slots=True)
class Box:
    """Cells left ≤ x < right, top ≤ y < bottom."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_empty(self) -> bool:
        """Whether it holds no cell."""
        return self.left >= self.right or self.top >= self.bottom

    @property
    def cells(self) -> tuple[slice, slice]:
        """As an index of an array (H, W)."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def joined(self, other: Box) -> Box:
        """The least box around both."""
        if self.is_empty or other.is_empty:
            return other if self.is_empty else self
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


NOTHING: Final = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Touch:
    """A point of the path.

    Attributes:
        x: in cells from the left edge; the first cell's middle is 0.5.
        y: from the upper edge.
        pressure: of the pen, 0 … 1, as a share of the brush's radius.
    """

    x: float
    y: float
    pressure: float = 1.0


class Stroke:
    """One stroke over values that stay as they were; `values` shows what becomes of them.

    Attributes:
        values: uint8 (H, W), changed as the stroke goes on.
    """

    def __init__(self, base: NDArray[np.uint8], brush: Brush, start: Touch) -> None:
        self.values = base.copy()
        self._base, self._brush, self._last = base, brush, start
        self._coverage = np.zeros(base.shape, np.float32)
        self.begun = self._lay(start, start)
        """The box that the first touch has changed."""

    def to(self, touch: Touch) -> Box:
        """Go on in a straight line; returns the box outside of which nothing changed."""
        changed = NOTHING
        for before, after in _pieces(self._last, touch, self._brush.radius):
            changed = changed.joined(self._lay(before, after))
        self._last = touch
        return changed

    @property
    def has_changed(self) -> bool:
        """Whether anything came of it."""
        return not np.array_equal(self.values, self._base)

    @property
    def end(self) -> Touch:
        """Where it is."""
        return self._last

    def _lay(self, one: Touch, other: Touch) -> Box:
        box = self._box_around(one, other)
        if box.is_empty:
            return NOTHING
        coverage = self._coverage[box.cells]
        np.maximum(coverage, self._swept(one, other, box), out=coverage)
        self._apply(box, coverage)
        return box

    def _apply(self, box: Box, coverage: NDArray[np.float32]) -> None:
        """Move the values towards the target by at most the coverage."""
        base, target = self._base[box.cells], np.uint8(self._brush.target)
        most = coverage * np.float32(FULL * self._brush.flow)
        most += np.float32(0.5)
        step = most.astype(np.uint8)
        up = np.minimum(step, target - np.minimum(base, target))
        down = np.minimum(step, base - np.minimum(base, target))
        self.values[box.cells] = base + up - down

    def _swept(self, one: Touch, other: Touch, box: Box) -> NDArray[np.float32]:
        """The coverage of a straight piece within a box."""
        x = np.arange(box.left, box.right, dtype=np.float32) + np.float32(0.5 - one.x)
        y = np.arange(box.top, box.bottom, dtype=np.float32)[:, None] + np.float32(0.5 - one.y)
        distance: NDArray[np.float32]
        right, down = np.float32(other.x - one.x), np.float32(other.y - one.y)
        squared = right * right + down * down
        if squared == 0:
            distance = np.sqrt(x * x + y * y)
            self._brush.profile(distance, self._brush.radius * max(one.pressure, other.pressure))
            return distance
        share = x * (right / squared) + y * (down / squared)
        np.clip(share, 0, 1, out=share)
        distance = np.sqrt(np.square(x - share * right) + np.square(y - share * down))
        radius: NDArray[np.float32] | float = self._brush.radius * one.pressure
        if one.pressure != other.pressure:
            share *= np.float32(self._brush.radius * (other.pressure - one.pressure))
            radius = np.add(share, np.float32(radius), out=share)
        self._brush.profile(distance, radius)
        return distance

    def _box_around(self, one: Touch, other: Touch) -> Box:
        reach = self._brush.radius * max(one.pressure, other.pressure) + _SOFT_EDGE
        height, width = self._base.shape
        return Box(
            max(0, floor(min(one.x, other.x) - reach)),
            max(0, floor(min(one.y, other.y) - reach)),
            min(width, ceil(max(one.x, other.x) + reach)),
            min(height, ceil(max(one.y, other.y) + reach)),
        )


def _pieces(one: Touch, other: Touch, radius: float) -> Iterator[tuple[Touch, Touch]]:
    length = hypot(other.x - one.x, other.y - one.y)
    count = max(1, ceil(length / max(_LONGEST_PIECE, 2 * radius)))
    ways = np.linspace(0, 1, count + 1).tolist()
    touches = [one, *(_between(one, other, way) for way in ways[1:-1]), other]
    yield from pairwise(touches)


def _between(one: Touch, other: Touch, way: float) -> Touch:
    return Touch(
        one.x + way * (other.x - one.x),
        one.y + way * (other.y - one.y),
        one.pressure + way * (other.pressure - one.pressure),
    )
