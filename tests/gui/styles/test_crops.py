"""A crop stays within its picture and large enough, however it is dragged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.styles import crops
from gui.styles.crops import WHOLE, Grip
from tests.engine.pictures import quick

POINTS = st.tuples(st.floats(-2, 3), st.floats(-2, 3))
LEAST = (0.1, 0.2)


def is_sound(crop: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = crop
    inside = 0 <= left < right <= 1 and 0 <= top < bottom <= 1
    return inside and right - left >= LEAST[0] - 1e-9 and bottom - top >= LEAST[1] - 1e-9


@given(st.lists(st.tuples(st.sampled_from(list(Grip)), POINTS), max_size=12))
@quick
def test_whatever_is_dragged_the_crop_is_one(moves: list[tuple[Grip, tuple[float, float]]]) -> None:
    crop = WHOLE
    for grip, by in moves:
        before, crop = crop, crops.pulled(crop, grip, by, LEAST)
        assert is_sound(crop)
        if grip is Grip.INSIDE:
            assert crop[2] - crop[0] == pytest.approx(before[2] - before[0])
            assert crop[3] - crop[1] == pytest.approx(before[3] - before[1])
        across, down = grip.value
        if not across and grip is not Grip.INSIDE:
            assert (crop[0], crop[2]) == (before[0], before[2])
        if not down and grip is not Grip.INSIDE:
            assert (crop[1], crop[3]) == (before[1], before[3])


@given(POINTS, POINTS)
@quick
def test_whatever_is_drawn_is_a_crop(start: tuple[float, float], end: tuple[float, float]) -> None:
    assert is_sound(crops.drawn(start, end, LEAST))


def test_a_crop_is_drawn_from_any_corner_to_any_other() -> None:
    assert crops.drawn((0.8, 0.1), (0.2, 0.9), LEAST) == (0.2, 0.1, 0.8, 0.9)


def test_grips_lie_on_the_corners_and_the_middles_of_the_sides() -> None:
    crop = (0.2, 0.4, 0.6, 1.0)
    places = {grip.name: grip.place(crop) for grip in Grip}
    assert places["TOP_LEFT"] == pytest.approx((0.2, 0.4))
    assert places["RIGHT"] == pytest.approx((0.6, 0.7))
    assert places["BOTTOM"] == pytest.approx((0.4, 1.0))
    assert places["INSIDE"] == pytest.approx((0.4, 0.7))


def test_of_a_tiny_picture_the_crop_is_all() -> None:
    assert crops.least((10, 160), 16) == (1.0, 0.1)
