"""From a film to an animation: which frames, for how long, how large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
from PIL import Image

from engine.choices import Spacing
from engine.errors import OutputError
from engine.geometry import fitted
from engine.job import Picture
from engine.timelapse import spacing
from engine.timelapse.recorder import Film

SHORTEST, LONGEST = 1.0, 120.0
"""Seconds of an animation."""

SMALLEST, LARGEST = 16, 1024
"""Pixels of its long side."""

_GRID: Final = 10
"""Milliseconds: GIF counts in hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a timelapse is to be.

    Attributes:
        seconds: of the whole.
        spacing: what is even from frame to frame.
        side: of the long side, px, at most; it is never larger than what was recorded.
        photograph: whether it opens with the photograph.
        hold: seconds for the last frame, and half of it for the photograph; together no more than
            half of the whole.
        fps: frames a second between.
        loop: whether it begins anew at its end; an MP4 leaves that to whoever shows it.
    """

    seconds: float = 8.0
    spacing: Spacing = Spacing.CHANGE
    side: int = 640
    photograph: bool = False
    hold: float = 1.5
    fps: int = 12
    loop: bool = True

    def check(self) -> None:
        """Find out whether there can be such a timelapse.

        Raises:
            OutputError: too short, too long, too small or too large.
        """
        if not SHORTEST <= self.seconds <= LONGEST:
            raise OutputError(
                f"a timelapse cannot last {self.seconds:g} s",
                f"choose between {SHORTEST:g} and {LONGEST:g} s",
            )
        if not SMALLEST <= self.side <= LARGEST:
            raise OutputError(
                f"a timelapse cannot have {self.side} px on its long side",
                f"choose between {SMALLEST} and {LARGEST} px",
            )


@dataclass(frozen=True, slots=True)
class Still:
    """A frame of an animation.

    Attributes:
        index: in the film; None for the photograph.
        milliseconds: that it is shown, a multiple of ten.
    """

    index: int | None
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Animation:
    """A film cut to its length; its frames are drawn when they are asked for.

    Attributes:
        film: with one frame at least.
        options: how it is to be.
        photograph: for the opening, where the options want one.
        stills: all frames, in order; the last is the film's last.
        size: width and height, px.
    """

    film: Film
    options: Options
    photograph: Picture | None = None
    stills: tuple[Still, ...] = field(init=False)
    size: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        if not self.film.shots:
            raise OutputError("no frame was recorded", "make a timelapse of a run that has begun")
        last = self.film.picture(-1).size
        size = fitted(last, min(self.options.side, max(last)))
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "stills", tuple(self._cut()))

    @property
    def milliseconds(self) -> int:
        """From the beginning to the end."""
        return sum(still.milliseconds for still in self.stills)

    def draw(self, still: Still) -> Image.Image:
        """A frame at the animation's size, RGB."""
        return self._source(still, max(self.size)).resize(self.size, Image.Resampling.LANCZOS)

    def glimpse(self, still: Still, side: int) -> Image.Image:
        """A frame for a preview, quickly, RGB.

        Args:
            still: one of `stills`.
            side: of its long side, px; it is never larger than the animation.
        """
        size = fitted(self.size, min(side, max(self.size)))
        return self._source(still, max(size)).resize(size, Image.Resampling.BILINEAR)

    def _source(self, still: Still, side: int) -> Image.Image:
        if still.index is not None:
            return self.film.picture(still.index, side)
        assert self.photograph is not None
        return _image(self.photograph)

    def frames(self) -> Iterator[Image.Image]:
        """All frames, one after the other."""
        return (self.draw(still) for still in self.stills)

    def _cut(self) -> Iterator[Still]:
        options = self.options
        opening, hold = self._holds()
        moving = options.seconds - opening - hold
        count = max(2, round(moving * options.fps) + 1)
        chosen = spacing.evenly([getattr(s, options.spacing) for s in self.film.shots], count)
        # The film's last frame begins where the moving part ends.
        edges = [opening + moving * place / (count - 1) for place in range(count)]
        ticks = [*map(partial(_on_grid, total=options.seconds), [*edges, options.seconds])]
        if opening:
            yield Still(None, ticks[0])
        begun = 0
        for place in range(1, count + 1):
            if place == count or chosen[place] != chosen[begun]:
                lasts = ticks[place] - ticks[begun]
                if lasts:
                    yield Still(chosen[begun], lasts)
                begun = place

    def _holds(self) -> tuple[float, float]:
        """Seconds of the photograph and of the last frame."""
        has_photograph = self.options.photograph and self.photograph is not None
        wanted = self.options.hold * (1.5 if has_photograph else 1.0)
        factor = min(1.0, self.options.seconds / 2 / wanted) if wanted else 0.0
        hold = self.options.hold * factor
        return (hold / 2 if has_photograph else 0.0), hold


def _on_grid(seconds: float, total: float) -> int:
    return min(round(seconds * 1000 / _GRID), round(total * 1000 / _GRID)) * _GRID


def _image(picture: Picture) -> Image.Image:
    pixels = picture.pixels
    return Image.fromarray(pixels if pixels.dtype == np.uint8 else (pixels >> 8).astype(np.uint8))
