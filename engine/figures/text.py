"""Text in figures: the font that comes with Pillow, raised and lowered marks, lines that fit.

Marked up text has `^{…}` for what is raised and `_{…}` for what is lowered.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_FINER: Final = 4
"""How much finer letters are drawn and set: at their own size each would stand on a whole px."""

_MARKS: Final = re.compile(r"([\^_])\{([^}]*)\}")
_SMALL: Final = 0.72
"""Size of what is raised or lowered."""
_RAISED: Final = 0.34
_LOWERED: Final = 0.18
"""How far, as shares of the size."""
_BOLD: Final = 0.022
"""Half of what a bold stroke is wider by, as a share of the size."""
_BASELINE: Final = 1.02
"""Below the top of a line, as a share of the size."""
_LINE: Final = 1.45
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
        return math.ceil(self.size * _LINE)

    def width(self, text: str) -> int:
        """Of marked up text on one line, px, rounded up."""
        return math.ceil(sum(self._length(run) for run in parsed(text)) / _FINER)

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

    def draw(self, to: Image.Image, at: tuple[int, int], text: str, colour: str) -> None:
        """Draw marked up text, `at` being the upper left corner of its line."""
        width, height = self.width(text), self.line
        mask = Image.new("L", (width * _FINER, height * _FINER))
        pen, x = ImageDraw.Draw(mask), self._stroke
        for run in parsed(text):
            rise = {1: _RAISED, 0: 0.0, -1: -_LOWERED}[run.level] * self.size
            foot = (x, (self.size * _BASELINE - rise) * _FINER)
            self._write(pen, foot, run)
            x += self._length(run)
        small = mask.resize((width, height), Image.Resampling.BOX)
        to.paste(colour, (*at, at[0] + width, at[1] + height), small)

    def _write(self, pen: ImageDraw.ImageDraw, foot: tuple[float, float], run: Run) -> None:
        """Letter by letter where they are bold: each is wider than the font knows."""
        font, text = self._font(run), run.text
        parts = ((i, i + 1) for i in range(len(text))) if self.bold else ((0, len(text)),)
        for begin, end in parts:
            x = foot[0] + font.getlength(text[:begin]) + begin * 2 * self._stroke
            pen.text((x, foot[1]), text[begin:end], 255, font, "ls", stroke_width=self._stroke)

    @property
    def _stroke(self) -> float:
        return self.size * _FINER * _BOLD if self.bold else 0

    def _font(self, run: Run) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
        return _font(round(self.size * _FINER * (_SMALL if run.level else 1)))

    def _length(self, run: Run) -> float:
        """In finer px."""
        return self._font(run).getlength(run.text) + 2 * self._stroke * len(run.text)


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
