"""The colours of a run: what the network sees of the pictures, and what is shown of the painting.

Where only light is painted, the picture that is optimised is grey: it is what a checkpoint holds,
and the photograph's chroma is put back into whatever leaves the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from engine import pyramid
from engine.choices import Colours
from engine.colours.palette import ColourMap, Mixture, Palette, content_map, fit, style_map
from engine.job import Picture
from engine.settings import Settings

NAMES: Final = frozenset({"colours", "colour_strength"})
"""Settings that say which picture is painted so that another one is shown."""

_AT_ONCE: Final = 2**18
"""Positions whose colours are computed at once on the CPU: at print size, a copy of all counts."""


@dataclass(slots=True)
class Tones:
    """Colours pictures as the settings say.

    Attributes:
        content: the photograph.
    """

    content: Picture
    _palette: Palette | None = None
    _at_hand: tuple[tuple[int, int], str, Tensor] | None = None

    def photograph(self, settings: Settings, size: tuple[int, int]) -> Tensor:
        """What the network sees of the photograph at a width and height; on the CPU.

        Returns:
            (H, W, 3), float32 in 0 … 1 or bytes, not to be changed.
        """
        seen = pyramid.at_size(self.content, *size)
        tone = content_map(settings.colours, settings.colour_strength)
        if tone.is_identity:
            return seen
        return _mapped(_as_light(seen), tone)

    def painting(self, settings: Settings, style: Picture, pixels: Tensor) -> Tensor:
        """What the network sees of a painting.

        Args:
            settings: that say how.
            style: what counts of it, as it was read.
            pixels: (H, W, 3) in 0 … 1, of it, on the CPU; changed in place.
        """
        if settings.colours is Colours.STYLE or not settings.colour_strength:
            return pixels
        if self._palette is None:
            self._palette = Palette.of(self.content.pixels)
        palettes = Palette.of(style.pixels), self._palette
        return _mapped(pixels, style_map(settings.colours, settings.colour_strength, *palettes))

    def begun(self, settings: Settings, shown: Tensor) -> Tensor:
        """What to go on painting from so that it shows as a picture does.

        Args:
            settings: that say what is shown of what is painted.
            shown: (H, W, 3) in 0 … 1, on the CPU; changed in place.
        """
        mixture = _mixture(settings, settings.colour_blend)
        return shown if mixture.is_plain else self._turned(shown, mixture.unmix)

    def carried_over(self, old: Settings, new: Settings, painted: Tensor) -> Tensor:
        """What is painted, (H, W, 3), so that it shows as before under changed settings."""
        before, after = _mixture(old), _mixture(new)
        if before == after:
            return painted
        return self._turned(painted.clone(), before.mix, after.unmix)

    def shown(self, settings: Settings, painted: Tensor, *, often: bool = False) -> Tensor:
        """The painting as it is shown.

        Args:
            settings: that say how.
            painted: (H, W, 3) in 0 … 1; changed in place.
            often: whether the next one will be of the same size.
        """
        mixture = _mixture(settings, settings.colour_blend)
        if mixture.is_plain:
            return painted
        return self._turned(painted, mixture.mix, often=often)

    def _turned(
        self,
        picture: Tensor,
        *turns: Callable[[Tensor, Tensor], None],
        often: bool = False,
    ) -> Tensor:
        """Turn a picture's colours beside the photograph's, in place, a few rows at a time."""
        photograph = self._beside(picture, keep=often)
        for rows in _blocks(picture):
            beside = _as_light(photograph[rows]).to(picture.device)
            for turn in turns:
                turn(picture[rows], beside)
            fit(picture[rows])
        return picture

    def _beside(self, picture: Tensor, *, keep: bool) -> Tensor:
        """The photograph at a picture's size."""
        height, width = picture.shape[:2]
        key = (width, height), str(picture.device)
        if self._at_hand is not None and self._at_hand[:2] == key:
            return self._at_hand[2]
        photograph = pyramid.at_size(self.content, width, height)
        if keep:
            photograph = photograph.to(picture.device)
            self._at_hand = *key, photograph
        return photograph


def is_grey(settings: Settings) -> bool:
    """Whether only light is painted, so that the picture has to stay grey."""
    return settings.colours is Colours.LUMINANCE and settings.colour_strength == 1


def hold(settings: Settings, gradient: Tensor) -> None:
    """Keep a grey picture grey: leave of a gradient (H, W, 3) what lies along grey, in place."""
    if is_grey(settings):
        gradient.copy_(gradient.mean(2, keepdim=True).expand_as(gradient))


def grey(settings: Settings, picture: Tensor) -> Tensor:
    """A picture (H, W, 3) that shows nothing, such as noise, to start from; grey where it must."""
    return _mapped(picture, content_map(settings.colours, 1.0)) if is_grey(settings) else picture


def _mixture(settings: Settings, blend: float = 0.0) -> Mixture:
    return Mixture.of(settings.colours, settings.colour_strength, blend)


def _mapped(picture: Tensor, tone: ColourMap) -> Tensor:
    """Map colours (H, W, 3) and bring them into 0 … 1, in place."""
    for rows in _blocks(picture):
        tone.apply(picture[rows])
        fit(picture[rows])
    return picture


def _blocks(picture: Tensor) -> Iterator[slice]:
    """Some rows at a time; on a device, where each call costs time, all."""
    height, width = picture.shape[:2]
    rows = max(1, _AT_ONCE // width) if picture.device.type == "cpu" else height
    return (slice(begin, begin + rows) for begin in range(0, height, rows))


def _as_light(picture: Tensor) -> Tensor:
    """Bytes as float32 in 0 … 1."""
    return picture.float().div_(255) if picture.dtype == torch.uint8 else picture
