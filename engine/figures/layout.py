"""Where everything of a figure goes, by arithmetic alone: px from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.figures.boxes import Box
from engine.figures.text import Face

Size = tuple[int, int]
"""Width and height, px."""

SMALLEST_TEXT: Final = 11
"""px, at which the font can be read."""

_TEXT: Final = 1 / 17
"""Size of the text as a share of the panels'."""

_NARROWEST: Final = 20
_WIDEST: Final = 56
"""Widths that a caption is read at with ease, in units of the text's size."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where it is.

    Attributes:
        text: marked up.
        face: its font.
        box: that it fills.
        is_quiet: whether it is read second.
    """

    text: str
    face: Face
    box: Box
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What is laid out for a panel.

    Attributes:
        row: in the grid.
        column: in the grid.
        picture: its size.
        letter: bold, before the label.
        label: marked up; above the picture, wrapped to the column.
        room: text as wide as what may be written below later; empty for none.
    """

    row: int
    column: int
    picture: Size
    letter: str = ""
    label: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a panel is.

    Attributes:
        picture: of it.
        label: its lines.
        below: what may be written in later; of no height where there is no room.
    """

    picture: Box
    label: tuple[Line, ...]
    below: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """A figure laid out.

    Attributes:
        size: of the whole.
        places: of the panels, in the order of their cells.
        heads: above the rows that have one.
        caption: below all.
        small: the font of what is written below panels.
    """

    size: Size
    places: tuple[Place, ...]
    heads: tuple[Line, ...]
    caption: tuple[Line, ...]
    small: Face

    @property
    def lines(self) -> Iterable[Line]:
        """All text that is known from the start."""
        labels = (line for place in self.places for line in place.label)
        return (*self.heads, *labels, *self.caption)


def laid_out(
    cells: Sequence[Cell], heads: Mapping[int, str], title: str, caption: str, side: int
) -> Layout:
    """Lay a figure out: a grid of columns as wide and rows as high as what is in them.

    Args:
        cells: of the panels.
        heads: by row.
        title: begins the caption, bold.
        caption: marked up, wrapped to the grid's width.
        side: of a panel, by which the text's size goes.
    """
    return _Setting(cells, heads, side).layout(title, caption)


def within(size: Size, frame: Size) -> Size:
    """The largest size of the same shape that a frame holds, px."""
    factor = min(frame[0] / size[0], frame[1] / size[1])
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


class _Setting:
    """A grid of cells that is being set."""

    def __init__(self, cells: Sequence[Cell], heads: Mapping[int, str], side: int) -> None:
        size = max(SMALLEST_TEXT, round(side * _TEXT))
        self._cells, self._heads = cells, heads
        self._bold, self._text = Face(size, bold=True), Face(size)
        self._small = Face(max(SMALLEST_TEXT, round(0.86 * size)))
        self._gap = max(8, round(side / 20))
        self._margin = 2 * self._gap
        columns = range(1 + max(cell.column for cell in cells))
        self._widths = {column: self._width(column) for column in columns}
        self._lefts = _edges(self._widths, self._margin, self._gap)

    def layout(self, title: str, caption: str) -> Layout:
        """Set everything."""
        places: dict[int, Place] = {}
        heads: list[Line] = []
        top = self._margin
        for row in sorted({cell.row for cell in self._cells}):
            if row in self._heads:
                top += self._gap if heads else 0
                line = self._line(self._heads[row], self._bold, self._margin, top)
                heads.append(line)
                top += self._bold.line + self._gap // 2
            top = self._set_row(row, top, places) + self._gap
        right = max(
            *(self._lefts[column] + width for column, width in self._widths.items()),
            *(line.box.right for line in heads),
            self._margin + self._bold.widest_word(title),
            self._margin + self._text.widest_word(caption),
            self._margin + _NARROWEST * self._text.size,
        )
        lines = self._caption(title, caption, top, right - self._margin)
        bottom = max((line.box.bottom for line in lines), default=top - self._gap)
        size = right + self._margin, bottom + self._margin
        ordered = tuple(places[index] for index in range(len(self._cells)))
        return Layout(size, ordered, tuple(heads), lines, self._small)

    def _set_row(self, row: int, top: int, places: dict[int, Place]) -> int:
        """Set the panels of a row and return where it ends."""
        own = [(i, cell) for i, cell in enumerate(self._cells) if cell.row == row]
        labels = {i: self._label(cell, top) for i, cell in own}
        pictures = max(
            (line.box.bottom for lines in labels.values() for line in lines), default=top
        )
        pictures += self._gap // 4 if pictures > top else 0
        below = pictures + max(cell.picture[1] for _, cell in own)
        room = self._small.line if any(cell.room for _, cell in own) else 0
        for i, cell in own:
            left, (width, height) = self._lefts[cell.column], cell.picture
            wide = self._widths[cell.column] if cell.room else 0
            under = pictures + height if cell.room else below
            places[i] = Place(
                Box(left, pictures, width, height),
                _lowered(labels[i], pictures - self._gap // 4),
                Box(left, under, wide, room if cell.room else 0),
            )
        return below + room

    def _width(self, column: int) -> int:
        """Of a column; one without any panel is a wider gap."""
        own = [cell for cell in self._cells if cell.column == column]
        return max((self._needed(cell) for cell in own), default=self._gap)

    def _needed(self, cell: Cell) -> int:
        label = self._indent(cell) + self._text.widest_word(cell.label)
        return max(cell.picture[0], label, self._small.width(cell.room))

    def _indent(self, cell: Cell) -> int:
        """Of a label, behind its letter."""
        if not cell.letter:
            return 0
        return self._bold.width(cell.letter) + (self._text.size // 2 if cell.label else 0)

    def _label(self, cell: Cell, top: int) -> tuple[Line, ...]:
        left, indent = self._lefts[cell.column], self._indent(cell)
        lines = []
        if cell.letter:
            lines.append(self._line(cell.letter, self._bold, left, top))
        wrapped = self._text.wrapped(cell.label, self._widths[cell.column] - indent)
        for i, text in enumerate(wrapped):
            lines.append(self._line(text, self._text, left + indent, top + i * self._text.line))
        return tuple(lines)

    def _caption(self, title: str, caption: str, top: int, width: int) -> tuple[Line, ...]:
        """Title and text as one paragraph, the title bold."""
        title_lines = self._bold.wrapped(title, width)
        lines = [
            self._line(text, self._bold, self._margin, top + i * self._bold.line)
            for i, text in enumerate(title_lines)
        ]
        top += len(lines) * self._bold.line
        text = self._text.wrapped(caption, min(width, _WIDEST * self._text.size))
        for i, each in enumerate(text):
            line = self._line(each, self._text, self._margin, top + i * self._text.line)
            lines.append(Line(line.text, line.face, line.box, is_quiet=True))
        return tuple(lines)

    def _line(self, text: str, face: Face, left: int, top: int) -> Line:
        return Line(text, face, Box(left, top, face.width(text), face.line))


def _edges(widths: Mapping[int, int], first: int, gap: int) -> dict[int, int]:
    """Where each column begins."""
    lefts, left = {}, first
    for column, width in widths.items():
        lefts[column] = left
        left += width + gap
    return lefts


def _lowered(lines: tuple[Line, ...], bottom: int) -> tuple[Line, ...]:
    """Have a label that takes fewer lines than its neighbours stand on its picture."""
    if not lines:
        return lines
    by = bottom - max(line.box.bottom for line in lines)
    return tuple(
        Line(
            line.text,
            line.face,
            Box(line.box.left, line.box.top + by, line.box.width, line.box.height),
            line.is_quiet,
        )
        for line in lines
    )
