"""A result with the style that it was painted by in its lower left corner, as in figure 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from engine.geometry import fitted
from engine.imageio import to_uint8

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.job import Picture

SHARE: Final = 0.36
"""Long side of the inset relative to the result's short side."""

_BORDER: Final = 1 / 120
"""Width of the white border, relative to the result's short side."""


def size_of(result: tuple[int, int], style: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the inset in px, of the style's shape and without its border."""
    return fitted(style, max(1, round(SHARE * min(result))))


def border_of(result: tuple[int, int]) -> int:
    """Width in px of the white border above the inset and to its right."""
    return max(1, round(_BORDER * min(result)))


def inlaid(pixels: NDArray[np.float32], style: Picture) -> NDArray[np.float32]:
    """Lay a style on a result.

    Args:
        pixels: the result, float32 [0, 1] sRGB (H, W, 3); it stays as it is.
        style: of any size and depth.

    Returns:
        A copy, changed only in its lower left corner: the inset and its border.
    """
    height, width = pixels.shape[:2]
    small = _scaled(style, size_of((width, height), style.size))
    border = border_of((width, height))
    whole = pixels.copy()
    whole[-small.shape[0] - border :, : small.shape[1] + border] = 1
    whole[-small.shape[0] :, : small.shape[1]] = np.divide(small, 255, dtype=np.float32)
    return whole


def _scaled(style: Picture, size: tuple[int, int]) -> NDArray[np.uint8]:
    image = Image.fromarray(to_uint8(style.pixels))
    return np.asarray(image.resize(size, Image.Resampling.LANCZOS))
