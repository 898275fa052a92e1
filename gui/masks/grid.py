"""The grid of bytes that masks are painted on, and what is done to all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageFilter

from gui.masks.brush import FULL

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST: Final = 1024
"""Cells along the long side."""

_SOFTENING: Final = 0.01
"""The blur of one press, as a share of the long side."""
_NEAR: Final = 0.01


def grid_of(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height in cells of the masks of a picture of this size in px."""
    scale = LONGEST / max(size)
    width, height = (max(1, round(side * scale)) for side in size)
    return width, height


def have_one_shape(size: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the ratios of width to height agree to 1 %, so that nothing would be stretched."""
    return abs(size[0] * other[1] / (size[1] * other[0]) - 1) <= _NEAR


def even(grid: tuple[int, int], value: int) -> NDArray[np.uint8]:
    """The same value everywhere."""
    return np.full((grid[1], grid[0]), value, np.uint8)


def fitted(values: NDArray[np.uint8], grid: tuple[int, int]) -> NDArray[np.uint8]:
    """A mask of any size on the grid; the same array where it lies on it already."""
    if (values.shape[1], values.shape[0]) == grid:
        return values
    return np.asarray(Image.fromarray(values).resize(grid, Image.Resampling.BILINEAR))


def inverted(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Out becomes in."""
    return FULL - values


def softened(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Softer borders: a Gaussian blur of a hundredth of the long side."""
    blur = ImageFilter.GaussianBlur(_SOFTENING * max(values.shape))
    return np.asarray(Image.fromarray(values).filter(blur))


def covered(values: NDArray[np.uint8]) -> float:
    """How much of the picture a mask covers, 0 … 1."""
    return float(values.mean()) / FULL
