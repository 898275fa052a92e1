"""What masks mean together: checked against the pictures, and sorted into regions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from engine.errors import MaskError
from engine.job import Guidance, Mask
from engine.masks.reading import canonical

_SHAPES_DIFFER: Final = 0.03
"""Share by which a mask's aspect may differ from the content's: exports round and crop."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where some styles go together, their statistics blended.

    Attributes:
        mask: None for everywhere.
        styles: by their places among all styles.
    """

    mask: Mask | None
    styles: tuple[int, ...]


def regions(guidance: Guidance, styles: int) -> tuple[Region, ...]:
    """Put styles with the same mask together, in the order of their first ones.

    Args:
        guidance: settled.
        styles: how many there are.
    """
    masks = guidance.masks or (None,) * styles
    groups: list[tuple[Mask | None, list[int]]] = []
    for index, mask in enumerate(masks):
        alike = next((members for own, members in groups if is_same(own, mask)), None)
        if alike is None:
            groups.append((mask, [index]))
        else:
            alike.append(index)
    return tuple(Region(mask, tuple(members)) for mask, members in groups)


def guided(guidance: Guidance, styles: int) -> int:
    """How many regions need a guide; 0 where the styles go everywhere and fully."""
    return 0 if guidance.is_everywhere else len(regions(guidance, styles))


def only(guidance: Guidance, styles: Sequence[int]) -> Guidance:
    """What is left of it where some styles are not looked at."""
    masks = tuple(guidance.masks[index] for index in styles) if guidance.masks else ()
    return Guidance(masks, guidance.strength)


def is_same(one: Mask | None, other: Mask | None) -> bool:
    """Whether two masks have the same values, whatever their names."""
    if one is None or other is None:
        return one is other
    return np.array_equal(one.values, other.values)


def are_same(one: Guidance, other: Guidance) -> bool:
    """Whether two settled guidances mean the same."""
    pairs = zip((*one.masks, one.strength), (*other.masks, other.strength), strict=False)
    return len(one.masks) == len(other.masks) and all(is_same(*pair) for pair in pairs)


def described(guidance: Guidance) -> str:
    """Say which masks there are: `masks sky.png, none; strength map fog.png`."""
    names = ", ".join(mask.name if mask else "none" for mask in guidance.masks)
    strength = f"strength map {guidance.strength.name}" if guidance.strength else ""
    masks = f"masks {names}" if names else ""
    return "; ".join(filter(None, (masks, strength))) or "no masks"


def settled(
    guidance: Guidance, content: tuple[int, int], styles: int
) -> tuple[Guidance, tuple[str, ...]]:
    """Bring masks into the form that is used, and refuse those that cannot be.

    Args:
        guidance: of any masks.
        content: width and height of the photograph.
        styles: how many there are.

    Returns:
        The same, its masks canonical; a mask that is everywhere is None. And what the user should
        know of it.

    Raises:
        MaskError: too few or too many, of another shape than the content, or empty.
    """
    if len(guidance.masks) not in (0, styles):
        raise MaskError(
            f"the number of masks, {len(guidance.masks)}, is not that of the styles, {styles}",
            "name a mask for each style: a file, none (everywhere), rest or alpha",
        )
    notes: list[str] = []
    masks = tuple(_settled(mask, content, notes) for mask in guidance.masks)
    strength = _settled(guidance.strength, content, notes)
    for mask in masks:
        _check_meeting(mask, strength)
    return Guidance(masks if any(masks) else (), strength), tuple(notes)


def _settled(mask: Mask | None, content: tuple[int, int], notes: list[str]) -> Mask | None:
    if mask is None:
        return None
    _check_shape(mask, content)
    mask = canonical(mask.values, mask.name, mask.sha256)
    if not mask.values.any():
        raise MaskError(
            f"the mask “{mask.name}” is empty: it is black, or transparent, everywhere",
            "paint white where the style is to go, or leave the style out",
        )
    if mask.values.min() == 255:
        notes.append(f"the mask “{mask.name}” is white everywhere: the same as none")
        return None
    return mask


def _check_shape(mask: Mask, content: tuple[int, int]) -> None:
    (height, width), (content_width, content_height) = mask.values.shape, content
    ratio = (width * content_height) / (height * content_width)
    if abs(math.log(ratio)) > math.log(1 + _SHAPES_DIFFER):
        raise MaskError(
            f"the mask “{mask.name}” is {width} × {height} px, of another shape than the content, "
            f"{content_width} × {content_height}",
            "a mask lies over the whole content: crop or paint it in the content's shape",
        )


def _check_meeting(mask: Mask | None, strength: Mask | None) -> None:
    if mask is None or strength is None:
        return
    height, width = mask.values.shape
    over = Image.fromarray(strength.values).resize((width, height), Image.Resampling.BILINEAR)
    if not np.minimum(mask.values, np.asarray(over)).any():
        raise MaskError(
            f"the strength map “{strength.name}” is black wherever the mask “{mask.name}” is not",
            "brighten the map there, or leave the style out",
        )
