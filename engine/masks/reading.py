"""Masks from pictures of any kind, in one form: 8 bits, no larger than a recipe can hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine import geometry, imageio
from engine.errors import MaskError
from engine.job import Mask, Picture

LONGEST: Final = 1024
"""Px of a mask's long side: what is embedded in a recipe is what was used."""

_LIGHT: Final = np.array([0.299, 0.587, 0.114], np.float32)
"""Of red, green and blue, as pictures are made grey (ITU-R BT.601)."""

_ROUNDED: Final = 1.5 / 255
"""By how much a colour laid on white may be off."""


def read(path: Path) -> Mask:
    """Read a mask from a picture file; see `of_picture`.

    Raises:
        PictureError: as `imageio.read`.
    """
    return of_picture(imageio.read(path))


def of_picture(picture: Picture) -> Mask:
    """Take a picture for a mask: white is wholly, black is nowhere.

    What is transparent is nowhere. Where all that can be seen is of one colour, as of a shape that
    was drawn on nothing, the colour says nothing and the alpha is the mask.
    """
    white = np.float32(2**picture.depth - 1)
    pixels = picture.pixels.astype(np.float32) / white
    if picture.alpha is None:
        return canonical(pixels @ _LIGHT, picture.name, picture.sha256)
    alpha = picture.alpha.astype(np.float32) / white
    values = alpha if _is_one_colour(pixels, alpha) else pixels @ _LIGHT - (1 - alpha)
    return canonical(values, picture.name, picture.sha256)


def of_alpha(content: Picture) -> Mask:
    """The photograph's own transparency as a mask: nowhere where it is transparent.

    Raises:
        MaskError: it has none.
    """
    if content.alpha is None:
        raise MaskError(
            f"“{content.name}” has no transparency that could be a mask",
            "name a mask's file, or a content with alpha",
        )
    return canonical(content.alpha, f"alpha of {content.name}")


def rest(masks: Sequence[Mask | None]) -> Mask:
    """What the others leave.

    Args:
        masks: of the other styles.

    Raises:
        MaskError: they leave nothing.
    """
    own = [mask for mask in masks if mask is not None]
    if not own or len(own) < len(masks):
        raise MaskError(
            "the mask “rest” is what other masks leave, and there is none, or one is everywhere",
            "name a mask's file for every other style",
        )
    height, width = max((mask.values.shape for mask in own), key=lambda shape: max(shape))
    covered = sum((_at(mask, width, height).astype(np.int32) for mask in own), np.int32(0))
    return canonical((255 - np.minimum(covered, 255)).astype(np.uint8), "rest")


def canonical(values: NDArray[Any], name: str, sha256: str = "") -> Mask:
    """Bring a mask into the form that is used and embedded; one that has it stays as it is.

    Args:
        values: (H, W), uint8, uint16, or float in 0 … 1.
        name: for messages.
        sha256: of the file's bytes; empty where it never was a file.
    """
    height, width = values.shape
    if values.dtype != np.uint8:
        largest = 65535 if values.dtype == np.uint16 else 1
        scaled = values.astype(np.float32) * np.float32(255 / largest)
        values = np.rint(scaled).clip(0, 255).astype(np.uint8)
    mask = Mask(np.ascontiguousarray(values), name, sha256)
    if max(width, height) <= LONGEST:
        return mask
    return Mask(_at(mask, *geometry.fitted((width, height), LONGEST)), name, sha256)


def _at(mask: Mask, width: int, height: int) -> NDArray[np.uint8]:
    """The values at another size; scaling down takes their mean."""
    if mask.values.shape == (height, width):
        return mask.values
    image = Image.fromarray(mask.values)
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))


def _is_one_colour(pixels: NDArray[np.float32], alpha: NDArray[np.float32]) -> bool:
    """Whether a picture that lies on white (H, W, 3) is one colour but for its alpha (H, W)."""
    densest = np.unravel_index(int(alpha.argmax()), alpha.shape)
    if not alpha[densest]:
        return True
    paint = (1 - pixels[densest]) / alpha[densest]  # what it takes from the white
    return bool(np.abs(1 - alpha[..., None] * paint - pixels).max() < _ROUNDED)
