"""What each style gives to a job: its share, its scale and its part of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.blends import values
from engine.blends.values import Crop
from engine.errors import SettingsError
from engine.imageio import SMALLEST_SIDE
from engine.job import Picture
from engine.settings import KNOBS, Settings

Size = tuple[int, int]
"""Width and height, px."""

NAMES: Final = ("style_shares", "style_scales", "style_crops")
"""The settings that say something of each style."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A style that has a share.

    Attributes:
        index: among the job's styles.
        share: of 1.
        scale: its size relative to the content, stroke size and own scale together.
        crop: the part of it that counts; None for all of it.
    """

    index: int
    share: float
    scale: float
    crop: Crop | None

    def size(self, whole: Size) -> Size:
        """Width and height of the part, of a picture of this size."""
        left, top, right, bottom = _box(whole, self.crop)
        return right - left, bottom - top

    def of(self, styles: Sequence[Picture]) -> Picture:
        """The part, out of a job's styles; its pixels are a view."""
        picture = styles[self.index]
        if self.crop is None:
            return picture
        left, top, right, bottom = _box(picture.size, self.crop)
        return replace(picture, pixels=picture.pixels[top:bottom, left:right], alpha=None)


def portions(settings: Settings, count: int) -> tuple[Portion, ...]:
    """What the styles with a share above 0 give; the others are not looked at.

    Args:
        settings: of the job.
        count: how many styles it has.

    Raises:
        SettingsError: shares, scales or crops are of another number of styles.
    """
    _check_lengths(settings, count)
    shares = values.of_one(settings.style_shares or (1.0,) * count)
    scales = settings.style_scales or (1.0,) * count
    crops = settings.style_crops or (None,) * count
    return tuple(
        Portion(index, share, settings.style_scale * scale, crop)
        for index, (share, scale, crop) in enumerate(zip(shares, scales, crops, strict=True))
        if share
    )


def check(settings: Settings, styles: Sequence[Picture]) -> None:
    """Refuse what the styles cannot be blended by.

    Raises:
        SettingsError: of another number of styles, too small a crop, or too large a scale.
    """
    largest = KNOBS["style_scale"].maximum or values.LARGEST_SCALE
    for portion in portions(settings, len(styles)):
        name, size = styles[portion.index].name, portion.size(styles[portion.index].size)
        if min(size) < SMALLEST_SIDE:
            raise SettingsError(
                f"the crop of “{name}” has {size[0]}×{size[1]} px, and a side takes "
                f"{SMALLEST_SIDE} px at least",
                "choose a larger crop of it, or the whole picture",
            )
        if portion.scale > largest:
            raise SettingsError(
                f"“{name}” would be {portion.scale:g} times as large as the content: stroke size "
                f"and its own scale together are {largest:g} at most",
                "choose a smaller scale for it, or a smaller stroke size",
            )


def _check_lengths(settings: Settings, count: int) -> None:
    for name in NAMES:
        given = getattr(settings, name)
        if given is not None and len(given) != count:
            knob = KNOBS[name]
            raise SettingsError(
                f"the number of {name} is {len(given)}, that of the styles {count}",
                f"name one for each style, or say {knob.flag} auto",
            )


def _box(size: Size, crop: Crop | None) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in whole px."""
    width, height = size
    left, top, right, bottom = crop or (0.0, 0.0, 1.0, 1.0)
    return round(left * width), round(top * height), round(right * width), round(bottom * height)
