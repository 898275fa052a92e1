"""Speed and time left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.job import Scale
from gui.pace import Pace, clock
from tests.gui.fake_engine import frame

SCALES = (Scale(100, 50, 10), Scale(200, 100, 5))


def test_nothing_is_known_after_one_frame() -> None:
    pace = Pace(SCALES)
    pace.add(frame(0), 1.0)
    assert pace.steps_a_second == 0
    assert pace.seconds_left(frame(0)) is None


def test_later_scales_take_their_area_into_account() -> None:
    pace = Pace(SCALES)
    for step in range(5):
        pace.add(frame(step), step * 0.5)
    assert pace.steps_a_second == pytest.approx(2.0)
    # 6 steps here at half a second, then 5 at four times the area.
    assert pace.seconds_left(frame(4)) == pytest.approx(6 * 0.5 + 5 * 4 * 0.5)


def test_a_new_scale_is_timed_afresh() -> None:
    pace = Pace(SCALES)
    for step in range(10):
        pace.add(frame(step), step * 0.1)
    pace.add(replace(frame(10), scale=1), 1.0)
    assert pace.steps_a_second == 0
    pace.add(replace(frame(11), scale=1), 3.0)
    assert pace.seconds_left(replace(frame(11), scale=1)) == pytest.approx(4 * 2.0)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (72.4, "1:12"), (3725, "1:02:05")])
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text
