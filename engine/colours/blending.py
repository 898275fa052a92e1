"""A finished picture given more or less of the photograph's colours, without painting it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from engine.choices import Colours
from engine.colours.palette import Mixture, fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.job import Picture


def unblended(
    pixels: NDArray[np.float32], photograph: Picture, blend: float
) -> NDArray[np.float32]:
    """A picture as it would be without any of the photograph's colours put back.

    Args:
        pixels: (H, W, 3) in 0 … 1.
        photograph: that it was painted of.
        blend: how much was put back; from 0.9 on what was painted is told the less from it.
    """
    return _turned(pixels, photograph, blend, back=True) if blend else pixels


def blended(pixels: NDArray[np.float32], photograph: Picture, blend: float) -> NDArray[np.float32]:
    """A picture that `unblended` gave, with the photograph's colours put back."""
    return _turned(pixels, photograph, blend, back=False) if blend else pixels


def _turned(
    pixels: NDArray[np.float32], photograph: Picture, blend: float, *, back: bool
) -> NDArray[np.float32]:
    mixture = Mixture.of(Colours.STYLE, 1.0, blend)
    beside, turned = _at_size(photograph, pixels.shape[1], pixels.shape[0]), pixels.copy()
    for rows in _blocks(pixels):
        (mixture.unmix if back else mixture.mix)(turned[rows], beside[rows])
        fit(turned[rows])
    return turned


def _at_size(picture: Picture, width: int, height: int) -> NDArray[np.float32]:
    """As the engine scales it: antialiased, bicubic."""
    planes = np.divide(picture.pixels, 2**picture.depth - 1, dtype=np.float32)
    if picture.size == (width, height):
        return planes
    scaled = [
        np.asarray(Image.fromarray(plane).resize((width, height), Image.Resampling.BICUBIC))
        for plane in np.moveaxis(planes, 2, 0)
    ]
    return np.stack(scaled, 2).clip(0, 1)


def _blocks(pixels: NDArray[np.float32]) -> list[slice]:
    rows = max(1, 2**18 // pixels.shape[1])
    return [slice(begin, begin + rows) for begin in range(0, len(pixels), rows)]
