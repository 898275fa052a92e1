"""How shares, scales and crops of several styles are written, checked and changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator

Numbers = tuple[float, ...]
"""One for each style."""

Crop = tuple[float, float, float, float]
"""Left, top, right and bottom in 0 … 1 of a picture's sides."""

WHOLE: Final = "whole"
LARGEST_SHARE: Final = 1e6
SMALLEST_SCALE: Final = 0.1
LARGEST_SCALE: Final = 8.0

_FORM: Final = f"a crop is {WHOLE}, or left,top,right,bottom from 0 to 1, such as 0,0.25,0.5,1"


def parse_numbers(text: object) -> object:
    """Read `0.7,0.3`; anything but text is left as it is.

    Raises:
        ValueError: one is no number.
    """
    return _numbers(text) if isinstance(text, str) else text


def parse_crops(text: object) -> object:
    """Read `whole/0,0.25,0.5,1`; anything but text is left as it is.

    Raises:
        ValueError: one is no crop.
    """
    if not isinstance(text, str):
        return text
    return tuple(parse_crop(part.strip()) for part in text.split("/"))


def parse_crop(text: str) -> Crop | None:
    """Read `0,0.25,0.5,1`, or None for `whole`.

    Raises:
        ValueError: it is neither.
    """
    if text == WHOLE:
        return None
    try:
        left, top, right, bottom = _numbers(text)
    except ValueError:
        raise ValueError(f"{text!r} is not one: {_FORM}") from None
    return checked_crop((left, top, right, bottom))


def checked_shares(shares: Numbers) -> Numbers:
    """Check how much of each style there is; only their ratios count.

    Raises:
        ValueError: none, one below 0 or too large, or nothing but zeros.
    """
    if not shares or not all(0 <= share <= LARGEST_SHARE for share in shares):
        raise ValueError(f"each style's share is a number from 0 to {LARGEST_SHARE:.0f}")
    if not any(shares):
        raise ValueError("all shares are 0; for no style set the style weight to 0")
    return shares


def checked_scales(scales: Numbers) -> Numbers:
    """Check how large each style is.

    Raises:
        ValueError: none, or one out of range.
    """
    if not scales or not all(SMALLEST_SCALE <= scale <= LARGEST_SCALE for scale in scales):
        raise ValueError(
            f"each style's scale is a number from {SMALLEST_SCALE:g} to {LARGEST_SCALE:g}"
        )
    return scales


def checked_crops(crops: tuple[Crop | None, ...]) -> tuple[Crop | None, ...]:
    """Check which part of each style counts; all of it is None.

    Raises:
        ValueError: none, or one that is no rectangle within the picture.
    """
    if not crops:
        raise ValueError(_FORM)
    return tuple(None if crop is None else checked_crop(crop) for crop in crops)


def checked_crop(crop: Crop) -> Crop | None:
    """Check a rectangle; None where it is the whole picture.

    Raises:
        ValueError: it is empty, or reaches beyond the picture.
    """
    left, top, right, bottom = crop
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise ValueError(f"{written_crop(crop)} is not one: {_FORM}")
    return None if crop == (0, 0, 1, 1) else crop


def written_numbers(numbers: Iterable[float]) -> str:
    """As `parse_numbers` reads it."""
    return ",".join(f"{number:.6g}" for number in numbers)


def written_crops(crops: Iterable[Crop | None]) -> str:
    """As `parse_crops` reads it."""
    return "/".join(map(written_crop, crops))


def written_crop(crop: Crop | None) -> str:
    """As `parse_crop` reads it."""
    return WHOLE if crop is None else written_numbers(crop)


def of_one(shares: Sequence[float]) -> Numbers:
    """The shares as parts of 1; equal ones where all are 0."""
    total = sum(shares)
    return tuple(share / total if total else 1 / len(shares) for share in shares)


def with_share(shares: Sequence[float], index: int, share: float) -> Numbers:
    """Give one style a share of 1; the others divide the rest among them as they did before.

    Args:
        shares: of all styles, in any unit.
        index: of the style.
        share: from 0 to 1; all of it where there is no other style.
    """
    others = [0.0 if each == index else part for each, part in enumerate(shares)]
    if len(others) == 1:
        return (1.0,)
    if not any(others):
        others = [float(each != index) for each in range(len(others))]
    rest = (1 - share) / sum(others)
    return tuple(share if i == index else part * rest for i, part in enumerate(others))


def _numbers(text: str) -> Numbers:
    return tuple(_number(part) for part in text.split(","))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text.strip()!r} is not a number") from None


Shares = Annotated[Numbers, BeforeValidator(parse_numbers), AfterValidator(checked_shares)]
Scales = Annotated[Numbers, BeforeValidator(parse_numbers), AfterValidator(checked_scales)]
Crops = Annotated[
    tuple[Crop | None, ...], BeforeValidator(parse_crops), AfterValidator(checked_crops)
]
