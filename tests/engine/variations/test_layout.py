"""Nothing overlaps on a sheet, and no words are cut."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.settings import Settings
from engine.variations import drawing
from engine.variations.axes import Axis
from engine.variations.layout import laid_out, wrapped
from engine.variations.sheet import Sheet
from tests.engine.pictures import quick

sizes = st.tuples(st.integers(1, 400), st.integers(1, 60))


@quick
@given(
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
    sizes,
    st.lists(sizes, min_size=1, max_size=8),
    sizes,
    st.lists(sizes, max_size=8),
)
def test_every_box_has_its_size_and_its_own_place(
    picture: tuple[int, int],
    across: tuple[int, int],
    columns: list[tuple[int, int]],
    down: tuple[int, int],
    rows: list[tuple[int, int]],
) -> None:
    found = laid_out(picture, across, columns, down if rows else None, rows)
    assert len(found.pictures) == len(columns) * (len(rows) or 1)
    boxes = [*found.pictures, *found.columns, *found.rows, found.across]
    boxes += [found.down] if found.down else []
    wanted = [picture] * len(found.pictures) + columns + rows + [across] + ([down] if rows else [])
    assert [(box.width, box.height) for box in boxes] == wanted
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    assert min(box.left for box in boxes) >= 0
    assert min(box.top for box in boxes) >= 0
    assert max(box.right for box in boxes) <= found.width
    assert max(box.bottom for box in boxes) <= found.height


@quick
@given(
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
    sizes,
    st.lists(sizes, min_size=1, max_size=8),
    st.integers(1, 8),
)
def test_a_single_axis_wraps_with_each_cell_under_its_own_words(
    picture: tuple[int, int], across: tuple[int, int], words: list[tuple[int, int]], columns: int
) -> None:
    found = wrapped(picture, across, words, min(columns, len(words)))
    boxes = [*found.pictures, *found.columns, found.across]
    assert [(box.width, box.height) for box in boxes] == [picture] * len(words) + words + [across]
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    for cell, label in zip(found.pictures, found.columns, strict=True):
        assert label.bottom <= cell.top
        assert abs((label.left + label.right) - (cell.left + cell.right)) <= 2
    assert min(min(box.left, box.top) for box in boxes) >= 0
    assert max(box.right for box in boxes) <= found.width
    assert max(box.bottom for box in boxes) <= found.height


@pytest.mark.parametrize(
    "over",
    [("strength", "style_scale"), ("style_layers=conv1_1;conv1_1,conv2_1", "init"), ("seed",)],
)
def test_every_cell_is_on_the_sheet_and_words_stand_outside_them(over: tuple[str, ...]) -> None:
    axes = tuple(Axis.parse(each) for each in over)
    sheet = Sheet.of(Settings(), axes, (64, 48), 128, side=64)
    pictures = [
        np.full((24, 32, 3), (255, index, 0), np.uint8) for index in range(len(sheet.cells))
    ]
    drawn = drawing.drawn(sheet, pictures)
    for index in range(len(pictures)):
        place = (drawn == (255, index, 0)).all(-1)
        assert place.sum() == 24 * 32 * 10**2  # shown ten times as large, and nothing over it
    edge = np.ones(drawn.shape[:2], bool)
    edge[16:-16, 16:-16] = False
    assert len(np.unique(drawn[edge], axis=0)) == 1  # no words reach the sheet's border


def test_a_cell_that_is_missing_leaves_its_place_empty() -> None:
    sheet = Sheet.of(Settings(), (Axis.parse("strength=30,70"),), (64, 48), 128, side=64)
    picture = np.full((48, 64, 3), 7, np.uint8)
    whole, part = drawing.drawn(sheet, [picture] * 2), drawing.drawn(sheet, [picture, None])
    assert whole.shape == part.shape
    assert (part == 7).all(-1).sum() == (whole == 7).all(-1).sum() // 2
