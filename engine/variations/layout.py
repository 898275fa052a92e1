"""Where everything stands on a sheet: arithmetic alone, of sizes that were measured elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from engine.figures.boxes import Box

GAP: Final = 12
"""Px between cells, and between what belongs together."""

MARGIN: Final = 32
"""Px around it all."""

Size = tuple[int, int]
"""Width and height, px."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a sheet.

    Attributes:
        width: of the sheet, px.
        height: likewise.
        pictures: of the cells, row by row.
        columns: of the words above the columns, or above each cell of a single axis.
        rows: of the words before the rows; none where the rows have none.
        across: of the title above the columns.
        down: of the title above the rows' words; None where they have none.
    """

    width: int
    height: int
    pictures: tuple[Box, ...]
    columns: tuple[Box, ...]
    rows: tuple[Box, ...]
    across: Box
    down: Box | None


def laid_out(
    picture: Size,
    across: Size,
    columns: Sequence[Size],
    down: Size | None = None,
    rows: Sequence[Size] = (),
) -> Layout:
    """Lay a sheet out: nothing overlaps, and no words are cut.

    Args:
        picture: of every cell.
        across: of the title above the columns.
        columns: of the words above each.
        down: of the title above the rows' words.
        rows: of the words before each; one row where there are none.

    Returns:
        Columns all as wide as the widest needs, words centred above their cells and close before
        them.
    """
    wide = max(picture[0], *(width for width, _ in columns))
    wide = max(wide, -(-(across[0] - GAP * (len(columns) - 1)) // len(columns)))
    high = max(picture[1], *(height for _, height in rows)) if rows else picture[1]
    before = max(width for width, _ in (down or (0, 0), *rows)) + GAP if rows else 0
    head = max(height for _, height in (down or (0, 0), *columns))
    lefts = _places(MARGIN + before, wide, len(columns))
    tops = _places(MARGIN + across[1] + 2 * GAP + head, high, len(rows) or 1)
    right, heads = lefts[-1] + wide, MARGIN + across[1] + GAP
    return Layout(
        width=right + MARGIN,
        height=tops[-1] + high + MARGIN,
        pictures=tuple(
            _centred(Box(left, top, wide, high), picture) for top in tops for left in lefts
        ),
        columns=tuple(
            _centred(Box(left, heads, wide, head), size)
            for left, size in zip(lefts, columns, strict=True)
        ),
        rows=tuple(
            _centred(Box(lefts[0] - GAP - size[0], top, size[0], high), size)
            for top, size in zip(tops, rows, strict=False)
        ),
        across=_centred(Box(lefts[0], MARGIN, right - lefts[0], across[1]), across),
        down=_centred(Box(lefts[0] - GAP - down[0], heads, down[0], head), down) if down else None,
    )


def wrapped(picture: Size, across: Size, words: Sequence[Size], columns: int) -> Layout:
    """Lay out a single axis in several rows, each cell under its own words.

    Args:
        picture: of every cell.
        across: of the title above it all.
        words: of each cell.
        columns: cells side by side.
    """
    wide = max(picture[0], *(width for width, _ in words))
    wide = max(wide, -(-(across[0] - GAP * (columns - 1)) // columns))
    head = max(height for _, height in words)
    lefts = _places(MARGIN, wide, columns)
    tops = _places(MARGIN + across[1] + GAP, head + GAP + picture[1], -(-len(words) // columns))
    places = [(left, top) for top in tops for left in lefts][: len(words)]
    right = lefts[-1] + wide
    return Layout(
        width=right + MARGIN,
        height=tops[-1] + head + GAP + picture[1] + MARGIN,
        pictures=tuple(
            _centred(Box(left, top + head + GAP, wide, picture[1]), picture) for left, top in places
        ),
        columns=tuple(
            _centred(Box(left, top, wide, head), size)
            for (left, top), size in zip(places, words, strict=True)
        ),
        rows=(),
        across=_centred(Box(MARGIN, MARGIN, right - MARGIN, across[1]), across),
        down=None,
    )


def _places(first: int, length: int, count: int) -> list[int]:
    return list(accumulate([length + GAP] * (count - 1), initial=first))


def _centred(room: Box, size: Size) -> Box:
    width, height = size
    left, top = (room.width - width) // 2, (room.height - height) // 2
    return Box(room.left + left, room.top + top, width, height)
