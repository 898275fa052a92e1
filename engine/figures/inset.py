"""A result with the styles that it was painted by in its lower left corner, as in figure 3."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import Image

from engine.geometry import fitted
from engine.imageio import to_uint8

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.job import Picture

Size = tuple[int, int]
"""Width and height, px."""

SHARE: Final = 0.36
"""Long side of a single inset relative to the result's short side; of several, less."""

_WIDEST: Final = 0.9
"""What all of them may take of the result's width."""

_BORDER: Final = 1 / 120
"""Width of the white border, relative to the result's short side."""


def sizes(result: Size, styles: Sequence[Size]) -> tuple[Size, ...]:
    """Of the insets, each of its style's shape, side by side from the left, borders left out."""
    count = max(1, len(styles))
    room = _WIDEST * result[0] / count - border(result)
    side = max(1, int(min(SHARE * min(result) / math.sqrt(count), room)))
    return tuple(fitted(style, side) for style in styles)


def border(result: Size) -> int:
    """Width of the white border above each inset and to its right."""
    return max(1, round(_BORDER * min(result)))


def inlaid(pixels: NDArray[np.float32], styles: Sequence[Picture]) -> NDArray[np.float32]:
    """Lay styles on a result.

    Args:
        pixels: the result, float32 [0, 1] sRGB (H, W, 3); it stays as it is.
        styles: of any size and depth.

    Returns:
        A copy, changed only in its lower left corner: the insets and their borders.
    """
    whole = pixels.copy()
    for style, (left, (width, height)) in zip(styles, _placed(pixels, styles), strict=True):
        image = Image.fromarray(to_uint8(style.pixels))
        small = image.resize((width, height), Image.Resampling.LANCZOS)
        rim = border((pixels.shape[1], pixels.shape[0]))
        whole[-height - rim :, left : left + width + rim] = 1
        whole[-height:, left : left + width] = np.asarray(small, np.float32) / 255
    return whole


def opaque(
    alpha: NDArray[Any] | None, pixels: NDArray[np.float32], styles: Sequence[Picture]
) -> NDArray[Any] | None:
    """A result's alpha (h, w), of whatever size, with nothing of the insets transparent."""
    if alpha is None:
        return None
    whole, rim = alpha.copy(), border((pixels.shape[1], pixels.shape[0]))
    down, across = alpha.shape[0] / pixels.shape[0], alpha.shape[1] / pixels.shape[1]
    for left, (width, height) in _placed(pixels, styles):
        right = math.ceil((left + width + rim) * across)
        whole[-math.ceil((height + rim) * down) :, int(left * across) : right] = np.iinfo(
            alpha.dtype
        ).max
    return whole


def _placed(pixels: NDArray[np.float32], styles: Sequence[Picture]) -> tuple[tuple[int, Size], ...]:
    """Where each inset begins, and its size."""
    result = pixels.shape[1], pixels.shape[0]
    left, places = 0, []
    for size in sizes(result, [style.size for style in styles]):
        places.append((left, size))
        left += size[0] + border(result)
    return tuple(places)
