"""Text in figures: the font that comes with Pillow, raised and lowered marks, lines that fit.

Marked up text has `^{…}` for what is raised and `_{…}` for what is lowered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from PIL import ImageDraw, ImageFont

_MARKS: Final = re.compile(r"([\^_])\{([^}]*)\}")
_SMALL: Final = 0.72
"""Size of what is raised or lowered."""
_RAISED: Final = 0.34
_LOWERED: Final = 0.22
"""How far, as shares of the size."""
_BOLD: Final = 0.025
"""Half of what a bold stroke is wider by, as a share of the size."""
_LINE: Final = 1.3
"""From line to line, as a share of the size."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one height: 0 on the line, 1 raised, −1 lowered."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Face:
    """The font at a size.

    Attributes:
        size: px.
        bold: whether its strokes are thicker.
    """

    size: int
    bold: bool = False

    @cached_property
    def line(self) -> int:
        """Height of a line, px."""
        return round(self.size * _LINE)

    def width(self, text: str) -> int:
        """Of marked up text on one line, px, rounded up."""
        return -int(-sum(self._length(run) for run in parsed(text)) // 1)

    def wrapped(self, text: str, width: int) -> tuple[str, ...]:
        """Break text at its spaces into lines of at most `width`; a longer word has its own."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)

    def widest_word(self, text: str) -> int:
        """Below which text cannot be wrapped, px."""
        return max(map(self.width, text.split()), default=0)

    def draw(self, to: ImageDraw.ImageDraw, at: tuple[int, int], text: str, colour: str) -> None:
        """Draw marked up text, `at` being the upper left corner of its line."""
        x, baseline = float(at[0]), at[1] + round(self.size * 1.02)
        for run in parsed(text):
            rise = {1: _RAISED, 0: 0.0, -1: -_LOWERED}[run.level] * self.size
            font = _font(self._size(run))
            to.text((x, baseline - rise), run.text, colour, font, "ls", stroke_width=self._stroke)
            x += self._length(run)

    @property
    def _stroke(self) -> float:
        return self.size * _BOLD if self.bold else 0

    def _size(self, run: Run) -> int:
        return round(self.size * _SMALL) if run.level else self.size

    def _length(self, run: Run) -> float:
        return _font(self._size(run)).getlength(run.text) + 2 * self._stroke


@cache
def parsed(text: str) -> tuple[Run, ...]:
    """Split marked up text into its runs."""
    runs, end = [], 0
    for mark in _MARKS.finditer(text):
        runs += [Run(text[end : mark.start()]), Run(mark[2], 1 if mark[1] == "^" else -1)]
        end = mark.end()
    return tuple(run for run in (*runs, Run(text[end:])) if run.text)


def plain(text: str) -> str:
    """Marked up text as it is read aloud or written where nothing is raised: `10^-4`, `E_l`."""
    return _MARKS.sub(r"\1\2", text)


def can_be_drawn(text: str) -> bool:
    """Whether the font has every character."""
    missing = _shape("\uffff")
    return all(letter == " " or _shape(letter) != missing for letter in text)


@cache
def _shape(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(16).getmask(letter)
    return mask.size, bytes(mask)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
