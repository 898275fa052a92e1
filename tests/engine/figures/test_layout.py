"""Whatever the pictures and labels: nothing overlaps, nothing is cut off, all is inside."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.figures.boxes import Box
from engine.figures.layout import Cell, Layout, laid_out, within
from engine.figures.sheet import Sheet
from engine.figures.text import Face, can_be_drawn, parsed, plain
from tests.engine.figures.conftest import MakeOrder
from tests.engine.pictures import quick

WORDS = st.sampled_from(
    ["", "conv1_1", "+ conv5_1", "from the content", "10^{-4}", "a rather long label of words"]
)
SIZES = st.tuples(st.integers(8, 200), st.integers(8, 200))
CELLS = st.builds(
    Cell,
    row=st.integers(0, 3),
    column=st.integers(0, 4),
    picture=SIZES,
    letter=st.sampled_from(["", "A", "e"]),
    label=WORDS,
    room=st.sampled_from(["", "E_{l} = 8.88 · 10^{-88}"]),
)
GRIDS = st.lists(CELLS, min_size=1, max_size=14, unique_by=lambda cell: (cell.row, cell.column))
HEADS = st.dictionaries(st.integers(0, 3), st.sampled_from(["Style reconstructions", "x"]))


def boxes(layout: Layout) -> list[Box]:
    pictures = [place.picture for place in layout.places]
    room = [place.below for place in layout.places if place.below.height]
    return [*pictures, *room, *(line.box for line in layout.lines)]


def overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


@quick
@given(GRIDS, HEADS, st.sampled_from(["", "A caption. " * 20]), st.integers(16, 400))
def test_nothing_overlaps_and_all_is_inside(
    cells: list[Cell], heads: dict[int, str], caption: str, side: int
) -> None:
    layout = laid_out(cells, heads, "Figure 9: A title", caption, side)
    width, height = layout.size
    for box in boxes(layout):
        assert box.left >= 0 <= box.top
        assert box.right <= width
        assert box.bottom <= height
    for one, other in combinations(boxes(layout), 2):
        assert not overlap(one, other)


@quick
@given(GRIDS, st.integers(16, 400))
def test_labels_are_complete_above_their_pictures_and_pictures_keep_their_sizes(
    cells: list[Cell], side: int
) -> None:
    layout = laid_out(cells, {}, "", "", side)
    for cell, place in zip(cells, layout.places, strict=True):
        assert (place.picture.width, place.picture.height) == cell.picture
        words = " ".join(line.text for line in place.label)
        assert words == f"{cell.letter} {cell.label}".strip()
        for line in place.label:
            assert line.box.bottom <= place.picture.top
            assert line.box.left >= place.picture.left
        assert layout.small.width(cell.room) <= max(place.below.width, 0)
    pairs = [(cell, place.picture) for cell, place in zip(cells, layout.places, strict=True)]
    for (one, at), (other, there) in combinations(pairs, 2):
        assert one.column != other.column or at.left == there.left
        assert one.row != other.row or at.top == there.top


@quick
@given(GRIDS, HEADS)
def test_all_ink_is_in_its_box(cells: list[Cell], heads: dict[int, str]) -> None:
    layout = laid_out(cells, heads, "Figure 9: gjpqy", "E_{l} and 10^{-4}, gjpqy", 60)
    inked = (Sheet(layout).pixels != 255).any(-1)
    for box in boxes(layout):
        inked[box.top : box.bottom, box.left : box.right] = False
    assert not inked.any()


@quick
@given(st.integers(11, 30), st.booleans(), st.sampled_from(["gjpq|E", "10^{-88}", "L_{gjpq}"]))
def test_no_letter_is_cut_off(size: int, bold: bool, text: str) -> None:
    face = Face(size, bold)
    sheet = Image.new("L", (face.width(text) + 40, face.line + 40), 255)
    face.draw(sheet, (20, 20), text, "#000000")
    ink = np.argwhere(np.asarray(sheet) < 128)
    (top, left), (bottom, right) = ink.min(0), ink.max(0)
    assert top > 20
    assert bottom < 19 + face.line
    assert left >= 20
    assert right < 20 + face.width(text)


@quick
@given(st.integers(11, 30), st.text("ab _c", max_size=60), st.integers(20, 300))
def test_wrapped_lines_fit_and_hold_every_word(size: int, text: str, width: int) -> None:
    face = Face(size)
    lines = face.wrapped(text, width)
    assert " ".join(lines).split() == text.split()
    for line in lines:
        assert face.width(line) <= max(width, face.widest_word(line))


def test_marks_are_raised_and_lowered() -> None:
    assert [(run.text, run.level) for run in parsed("L_{content} = 10^{-4}")] == [
        ("L", 0), ("content", -1), (" = 10", 0), ("-4", 1),
    ]  # fmt: skip
    assert plain("10^{-4}") == "10^-4"
    assert plain("conv1_1") == "conv1_1"


def test_it_is_known_what_the_font_cannot_draw() -> None:
    assert can_be_drawn("E_l = 8.88 · 10 “a”")
    assert not can_be_drawn("港")
    assert not can_be_drawn("α/β")


@quick
@given(SIZES, SIZES)
def test_what_is_fitted_is_in_its_frame_and_fills_one_way(
    size: tuple[int, int], frame: tuple[int, int]
) -> None:
    fitted = within(size, frame)
    assert fitted[0] <= frame[0] and fitted[1] <= frame[1]
    assert fitted[0] == frame[0] or fitted[1] == frame[1]


def test_a_panels_picture_comes_into_its_place_and_nowhere_else(order: MakeOrder) -> None:
    made = order(4)
    sheet = Sheet(made.layout)
    before = sheet.pixels
    box = sheet.layout.places[2].picture
    red = np.zeros((9, 12, 3), np.uint8)
    red[..., 0] = 200
    sheet.put(2, red)
    after = sheet.pixels
    changed = np.argwhere((before != after).any(-1))
    assert changed.min(0).tolist() == [box.top, box.left]
    assert changed.max(0).tolist() == [box.bottom - 1, box.right - 1]
    assert (after[box.top : box.bottom, box.left : box.right] == [200, 0, 0]).all()


def test_names_that_cannot_be_drawn_stay_out_of_the_caption(order: MakeOrder) -> None:
    from dataclasses import replace

    made = order(4)
    named = replace(made, content=replace(made.content, name="photo.one.jpg"))
    assert "Content: photo.one." in named.caption
    foreign = replace(made, content=replace(made.content, name="港口.jpg"))
    assert foreign.caption == made.figure.caption
