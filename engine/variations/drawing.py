"""A sheet as one picture, with what varies written along its sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.figures.boxes import Box
from engine.variations.layout import Layout, Size, laid_out, wrapped
from engine.variations.sheet import Sheet

SHOWN: Final = 320
"""Long side in px near which a cell is shown: a small one twice as large as it is."""

_GROUND: Final = (250, 250, 251)
_TEXT: Final = (31, 32, 35)
_QUIET: Final = (88, 91, 99)
_MISSING: Final = (228, 229, 233)
_MOST_COLUMNS: Final = 4
_VALUE: Final = 20
_TITLE: Final = 17
"""Heights of writing, px."""

Pixels = NDArray[np.uint8]


def drawn(sheet: Sheet, pictures: Sequence[Pixels | None]) -> Pixels:
    """Draw a sheet.

    Args:
        sheet: whose axes are written along the sides.
        pictures: of its cells, uint8 (h, w, 3), all of one size; None for one that is missing.

    Returns:
        uint8 (H, W, 3).
    """
    there = [picture for picture in pictures if picture is not None]
    height, width = there[0].shape[:2]
    factor = max(1, round(SHOWN / max(width, height)))
    size = width * factor, height * factor
    layout = _laid_out(sheet, size)
    image = Image.new("RGB", (layout.width, layout.height), _GROUND)
    draw = ImageDraw.Draw(image)
    for box, picture in zip(layout.pictures, pictures, strict=True):
        if picture is None:
            draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), _MISSING)
        else:
            shown = Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC)
            image.paste(shown, (box.left, box.top))
    _write(draw, sheet, layout)
    return np.asarray(image)


def _laid_out(sheet: Sheet, picture: Size) -> Layout:
    first, *others = sheet.axes
    values = [_measured(words, _VALUE) for words in first.words]
    title = _measured(first.knob.label, _TITLE)
    if not others:
        return wrapped(picture, title, values, _columns(len(values)))
    (second,) = others
    rows = [_measured(words, _VALUE) for words in second.words]
    return laid_out(picture, title, values, _measured(second.knob.label, _TITLE), rows)


def _columns(count: int) -> int:
    """Of a single axis: rows of about the same length, none long."""
    return -(-count // -(-count // _MOST_COLUMNS))


def _write(draw: ImageDraw.ImageDraw, sheet: Sheet, layout: Layout) -> None:
    first, *others = sheet.axes
    _put(draw, layout.across, first.knob.label, _TITLE, _QUIET)
    for box, words in zip(layout.columns, first.words, strict=True):
        _put(draw, box, words, _VALUE, _TEXT)
    for second in others:
        assert layout.down is not None
        _put(draw, layout.down, second.knob.label, _TITLE, _QUIET)
        for box, words in zip(layout.rows, second.words, strict=True):
            _put(draw, box, words, _VALUE, _TEXT)


def _put(
    draw: ImageDraw.ImageDraw, box: Box, text: str, height: int, colour: tuple[int, int, int]
) -> None:
    draw.text((box.left, box.top), _writable(text), colour, _font(height))


def _measured(text: str, height: int) -> Size:
    """The room of a line, with what hangs below it."""
    font = _font(height)
    _, _, right, bottom = font.getbbox(_writable(text))
    ascent, descent = font.getmetrics()
    return int(right) + 1, max(int(bottom) + 1, ascent + descent)


def _writable(text: str) -> str:
    """What Pillow's own font, which is the same everywhere, has signs for."""
    return text.replace("×", "x")


def _font(height: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(height)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font
