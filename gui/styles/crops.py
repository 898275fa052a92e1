"""The geometry of a crop that is dragged: rectangles in 0 … 1 that stay within their picture."""

from __future__ import annotations

from enum import Enum
from typing import Final

from engine.blends.values import Crop

WHOLE: Final[Crop] = (0.0, 0.0, 1.0, 1.0)

Point = tuple[float, float]


class Grip(Enum):
    """What a crop is held by: which of its sides move along, left or right, top or bottom."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    LEFT = (-1, 0)
    INSIDE = (0, 0)
    RIGHT = (1, 0)
    BOTTOM_LEFT = (-1, 1)
    BOTTOM = (0, 1)
    BOTTOM_RIGHT = (1, 1)

    def place(self, crop: Crop) -> Point:
        """Where it is."""
        left, top, right, bottom = crop
        across, down = self.value
        return (left + right + across * (right - left)) / 2, (
            top + bottom + down * (bottom - top)
        ) / 2


def least(size: tuple[int, int], side: int) -> Point:
    """The smallest width and height of a crop whose sides have so many px; all where there are."""
    width, height = size
    return min(1.0, side / width), min(1.0, side / height)


def moved(crop: Crop, by: Point) -> Crop:
    """Move a crop, as far as the picture goes."""
    left, top, right, bottom = crop
    across = min(max(by[0], -left), 1 - right)
    down = min(max(by[1], -top), 1 - bottom)
    return _within((left + across, top + down, right + across, bottom + down))


def pulled(crop: Crop, grip: Grip, by: Point, smallest: Point) -> Crop:
    """Pull at a crop: a side goes no further than the picture, nor too near to the other one."""
    if grip is Grip.INSIDE:
        return moved(crop, by)
    left, right = _pulled(crop[0], crop[2], grip.value[0], by[0], smallest[0])
    top, bottom = _pulled(crop[1], crop[3], grip.value[1], by[1], smallest[1])
    return _within((left, top, right, bottom))


def drawn(start: Point, end: Point, smallest: Point) -> Crop:
    """The crop between two points of a picture, no smaller than allowed."""
    left, right = _spanned(start[0], end[0], smallest[0])
    top, bottom = _spanned(start[1], end[1], smallest[1])
    return _within((left, top, right, bottom))


def _pulled(low: float, high: float, which: int, by: float, least: float) -> tuple[float, float]:
    if which < 0:
        low = min(max(low + by, 0.0), high - least)
    elif which > 0:
        high = max(min(high + by, 1.0), low + least)
    return low, high


def _spanned(one: float, other: float, least: float) -> tuple[float, float]:
    low, high = sorted((min(max(one, 0.0), 1.0), min(max(other, 0.0), 1.0)))
    if high - low < least:
        low = min(max(low, 0.0), 1 - least)
        high = low + least
    return low, high


def _within(crop: Crop) -> Crop:
    """Without what rounding adds beyond the picture."""
    left, top, right, bottom = (min(max(side, 0.0), 1.0) for side in crop)
    return left, top, right, bottom
