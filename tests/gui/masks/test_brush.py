"""The brush: what it leaves is the shape that it swept, however it was seen and whichever way."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from gui.masks.brush import Box, Brush, Stroke, Touch

WIDTH, HEIGHT = 48, 36
Values = NDArray[np.uint8]

touches = st.builds(Touch, st.floats(-20, 70), st.floats(-20, 60), st.floats(0.1, 1.0))
paths = st.lists(touches, min_size=1, max_size=5)
brushes = st.builds(
    Brush, st.floats(0.5, 25), st.floats(0, 1), st.floats(0, 1), st.integers(0, 255)
)
bases = st.builds(
    lambda seed, low, high: np.random.default_rng(seed).integers(
        min(low, high), max(low, high) + 1, (HEIGHT, WIDTH), dtype=np.uint8
    ),
    st.integers(0, 99),
    st.integers(0, 255),
    st.integers(0, 255),
)


def painted(base: Values, brush: Brush, path: list[Touch]) -> Values:
    stroke = Stroke(base, brush, path[0])
    for touch in path[1:]:
        stroke.to(touch)
    return stroke.values


def blank(value: int = 0) -> Values:
    return np.full((HEIGHT, WIDTH), value, np.uint8)


def finer(path: list[Touch], parts: int) -> list[Touch]:
    """The same path, seen more often."""
    found = [path[0]]
    for one, other in pairwise(path):
        for part in range(1, parts + 1):
            way = part / parts
            mixed = (
                (1 - way) * getattr(one, name) + way * getattr(other, name)
                for name in ("x", "y", "pressure")
            )
            found.append(Touch(*mixed))
    return found


@settings(max_examples=40)
@given(bases, brushes, paths)
def test_values_only_move_towards_the_target_and_never_beyond(
    base: Values, brush: Brush, path: list[Touch]
) -> None:
    values = painted(base, brush, path).astype(int)
    low, high = np.minimum(base, brush.target), np.maximum(base, brush.target)
    assert (values >= low).all()
    assert (values <= high).all()


@settings(max_examples=40)
@given(bases, brushes, paths)
def test_the_base_stays_as_it_was(base: Values, brush: Brush, path: list[Touch]) -> None:
    before = base.copy()
    painted(base, brush, path)
    assert np.array_equal(base, before)


@settings(max_examples=40)
@given(bases, brushes, paths)
def test_nothing_changes_outside_of_the_box_that_is_told(
    base: Values, brush: Brush, path: list[Touch]
) -> None:
    stroke = Stroke(base, brush, path[0])
    seen = base.copy()
    boxes = [stroke.begun]
    seen[boxes[0].cells] = stroke.values[boxes[0].cells]
    assert np.array_equal(seen, stroke.values)
    for touch in path[1:]:
        box = stroke.to(touch)
        seen[box.cells] = stroke.values[box.cells]
        assert np.array_equal(seen, stroke.values)


@settings(max_examples=40)
@given(brushes, paths, st.integers(2, 9))
def test_a_stroke_is_the_same_however_often_its_path_was_seen(
    brush: Brush, path: list[Touch], parts: int
) -> None:
    brush = replace(brush, target=255)
    steady = [replace(touch, pressure=1.0) for touch in path]
    once, often = painted(blank(), brush, steady), painted(blank(), brush, finer(steady, parts))
    assert np.abs(once.astype(int) - often).max() <= 1


@settings(max_examples=40)
@given(brushes, paths)
def test_backwards_it_is_the_same_stroke(brush: Brush, path: list[Touch]) -> None:
    path = [replace(touch, pressure=0.7) for touch in path]
    there, back = painted(blank(), brush, path), painted(blank(), brush, path[::-1])
    assert np.abs(there.astype(int) - back).max() <= 1


@settings(max_examples=40)
@given(brushes, paths)
def test_erasing_the_same_stroke_leaves_nothing(brush: Brush, path: list[Touch]) -> None:
    there = painted(blank(), replace(brush, target=255), path)
    assert not painted(there, replace(brush, target=0), path).any()


@settings(max_examples=40)
@given(bases, brushes, paths)
def test_erasing_is_painting_seen_from_the_other_side(
    base: Values, brush: Brush, path: list[Touch]
) -> None:
    erased = painted(base, replace(brush, target=0), path)
    inside_out = painted(255 - base, replace(brush, target=255), path)
    assert np.array_equal(255 - erased, inside_out)


@settings(max_examples=40)
@given(paths, st.floats(1, 20), st.floats(0, 1))
def test_more_flow_and_a_harder_brush_never_lay_down_less(
    path: list[Touch], radius: float, hardness: float
) -> None:
    soft = painted(blank(), Brush(radius, hardness * 0.5, 0.5), path)
    assert (painted(blank(), Brush(radius, hardness * 0.5, 1.0), path) >= soft).all()
    assert (painted(blank(), Brush(radius, hardness * 0.5 + 0.5, 0.5), path) >= soft).all()


@settings(max_examples=40)
@given(st.floats(5, 40), st.floats(5, 30), st.floats(2, 12), st.floats(0, 1))
def test_a_dab_covers_its_core_wholly_and_nothing_beyond_its_rim(
    x: float, y: float, radius: float, hardness: float
) -> None:
    values = painted(blank(), Brush(radius, hardness), [Touch(x, y)])
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    distance = np.hypot(columns - x, rows - y)
    assert (values[distance < hardness * radius - 0.5] == 255).all()
    assert (values[distance > radius + 0.5] == 0).all()


def test_half_the_edge_of_a_hard_brush_lies_at_its_radius() -> None:
    values = painted(blank(), Brush(10, hardness=1.0), [Touch(20.5, 18.5), Touch(30.5, 18.5)])
    assert values[18, 20] == values[18, 30] == 255
    assert values[8, 25] == values[28, 25]
    assert int(values[8, 25]) == pytest.approx(127, abs=1)
    assert values[9, 25] == 255
    assert values[7, 25] == 0


def test_a_fast_stroke_has_no_gaps() -> None:
    values = np.zeros((200, 1000), np.uint8)
    swept = painted(values, Brush(3, 1.0), [Touch(20, 100), Touch(980, 100)])
    assert (swept[98:102, 20:980] == 255).all()


def test_two_soft_strokes_side_by_side_add_up_to_an_even_whole() -> None:
    brush, empty = Brush(10, hardness=0.0), np.zeros((60, 60), np.uint8)
    once = painted(empty, brush, [Touch(-30, 20), Touch(90, 20)])
    both = painted(once, brush, [Touch(-30, 30.5), Touch(90, 30.5)])
    assert both[21:30].min() >= 253


def test_strokes_of_less_flow_add_up() -> None:
    values, brush = blank(), Brush(8, 1.0, flow=0.3)
    found = []
    for _ in range(4):
        values = painted(values, brush, [Touch(20, 20)])
        found.append(int(values[20, 20]))
    assert found == [77, 154, 231, 255]


def test_within_one_stroke_going_over_it_again_adds_nothing() -> None:
    there = [Touch(10, 18), Touch(38, 18)]
    once = painted(blank(), Brush(6, 0.2, flow=0.4), there)
    thrice = painted(blank(), Brush(6, 0.2, flow=0.4), [*there, *there[::-1], *there])
    assert np.array_equal(once, thrice)


def test_a_lighter_touch_is_thinner() -> None:
    path = [Touch(5, 18, 0.2), Touch(43, 18, 1.0)]
    values = painted(blank(), Brush(10, 1.0), path)
    widths = (values > 127).sum(axis=0)
    assert widths[8] < widths[24] < widths[40]
    assert widths[40] == pytest.approx(19, abs=2)


def test_pressing_harder_on_one_spot_makes_it_larger() -> None:
    stroke = Stroke(blank(), Brush(10, 1.0), Touch(24, 18, 0.2))
    before = int((stroke.values > 127).sum())
    stroke.to(Touch(24, 18, 1.0))
    assert (stroke.values > 127).sum() == pytest.approx(25 * before, rel=0.2)


def test_a_stroke_beside_the_picture_changes_nothing() -> None:
    stroke = Stroke(blank(7), Brush(5), Touch(-90, -90))
    assert stroke.begun.is_empty
    assert stroke.to(Touch(-80, 300)).is_empty
    assert not stroke.has_changed


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(-5, 9)] * 4), min_size=2, max_size=2))
def test_a_joined_box_holds_both(corners: list[tuple[int, int, int, int]]) -> None:
    one, other = (Box(*each) for each in corners)
    whole = one.joined(other)
    for box in (one, other):
        if not box.is_empty:
            assert whole.left <= box.left
            assert whole.top <= box.top
            assert whole.right >= box.right
            assert whole.bottom >= box.bottom
