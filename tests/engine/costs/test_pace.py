"""Remaining time: a run that goes as planned, however slowly, ends when it was said to."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.choices import Precision
from engine.costs import forecast, rates
from engine.costs.pace import Course, Pace, clock
from engine.costs.rates import Rate
from engine.costs.workload import Workload
from engine.job import DeviceInfo, Frame, Losses
from engine.settings import Settings

CPU = DeviceInfo("cpu", "A processor", 2**34, bfloat16=True)
CARD = DeviceInfo("cuda:0", "A card", 2**34, bfloat16=True)
RATE = Rate(1e11, 1e10)


def work(device: DeviceInfo = CPU, **changes: object) -> Workload:
    values: dict[str, object] = {"size": 512, "steps": 100, "threads": 2, "network": "sketch"}
    settings = Settings.of({**values, **changes})
    return Workload.of(settings, (640, 480), ((500, 500),), device)


def course(device: DeviceInfo = CPU, **changes: object) -> Course:
    return Course(work(device, **changes), RATE, Rate(RATE.flops / 2, RATE.traffic))


def frame(scale: int, step: int, evaluations: int | None = None) -> Frame:
    losses = Losses(1.0, 0.0, {}, 0.0)
    pixels = np.zeros((2, 2, 3), np.uint8)
    counted = step + scale + 1 if evaluations is None else evaluations
    return Frame(step, 100, scale, 3, (4, 4), losses, counted, pixels, lambda: pixels / 255, None)  # type: ignore[arg-type, return-value]


def frames(planned: Course) -> list[Frame]:
    """All that a run shows."""
    shown, before = [], 0
    for index, scale in enumerate(planned.work.scales):
        shown += [frame(index, before + step) for step in range(scale.steps + 1)]
        before += scale.steps
    return shown


@given(
    precision=st.sampled_from(["float32", "mixed"]),
    tile=st.sampled_from([None, 128]),
    size=st.integers(100, 600),
    slowness=st.floats(0.01, 100),
    seen=st.sets(st.integers(0, 90), min_size=2, max_size=20),
)
def test_what_goes_as_planned_but_slower_ends_when_it_is_said_to(
    precision: str, tile: int | None, size: int, slowness: float, seen: set[int]
) -> None:
    planned = course(precision=precision, tile=tile, size=size)
    shown = frames(planned)
    pulse = Pace(planned)
    for index in sorted(seen):
        pulse.add(shown[index], 1000 + slowness * planned.position(shown[index]))
    last = shown[max(seen)]
    left = slowness * (planned.position(shown[-1]) - planned.position(last))
    # A step that is not tried twice takes a little less than the average one.
    assert pulse.seconds_left(last) == pytest.approx(left, rel=0.051)


@given(precision=st.sampled_from(["float32", "mixed"]), tile=st.sampled_from([None, 128]))
def test_time_only_goes_forth_and_ends_at_the_end(precision: str, tile: int | None) -> None:
    planned = course(precision=precision, tile=tile)
    positions = [planned.position(each) for each in frames(planned)]
    assert all(one < other for one, other in pairwise(positions))
    assert positions[0] > 0  # the first look at the pictures
    assert positions[-1] == pytest.approx(planned.end)


def test_on_a_card_it_is_what_the_forecast_says() -> None:
    planned = course(CARD, precision="float32")
    of_scales = [forecast.seconds_of(planned.work, scale, RATE) for scale in planned.work.scales]
    assert planned.end == pytest.approx(sum(of_scales))


def test_the_float32_tail_of_a_mixed_run_takes_longer_and_begins_with_a_look() -> None:
    planned = course(CARD, precision="mixed", scales=(512,), size=None, steps=20)
    steps = np.diff([planned.position(each) for each in frames(planned)])
    narrow, wide = steps[5], steps[-1]
    work, (scale,) = planned.work, planned.work.scales
    of_flops = 1.05 * work.flops(scale) / RATE.flops
    assert wide - narrow == pytest.approx(of_flops, rel=0.05)  # twice the operations' time
    # Of 20 steps 2 are float32; what they begin with is done before the frame that is before them.
    again = (work.flops_of_looking(scale) + work.flops(scale)) / planned.wide.flops
    assert steps[17] == pytest.approx(narrow + again, rel=0.02)
    assert steps[18] == pytest.approx(wide, rel=0.02)
    whole = course(CARD, precision="mixed", scales=(512,), size=None, steps=1)
    wide_alone = Course(
        course(CARD, precision="float32", scales=(512,), size=None, steps=1).work,
        whole.wide,
        whole.wide,
    )
    assert whole.end == pytest.approx(wide_alone.end)


def test_small_pictures_take_longer_than_their_area_says_on_a_processor() -> None:
    planned = course(precision="float32")
    each = [
        planned.position(frame(index, before + 2)) - planned.position(frame(index, before + 1))
        for index, before in ((0, 0), (2, sum(s.steps for s in planned.work.scales[:2])))
    ]
    assert 8 < each[1] / each[0] < 16


def test_nothing_is_known_after_one_frame_after_a_pause_or_without_a_plan() -> None:
    pulse = Pace(course())
    pulse.add(frame(0, 0), 1.0)
    assert pulse.steps_a_second == 0
    assert pulse.seconds_left(frame(0, 0)) is None
    pulse.add(frame(0, 1), 1.5)
    assert pulse.steps_a_second == pytest.approx(2)
    assert pulse.seconds_left(frame(0, 1)) is not None
    pulse.rest()
    pulse.add(frame(0, 2), 100.0)
    assert pulse.seconds_left(frame(0, 2)) is None
    unplanned = Pace()
    for step in range(4):
        unplanned.add(frame(0, step), step / 4)
    assert unplanned.steps_a_second == pytest.approx(4)
    assert unplanned.seconds_left(frame(0, 3)) is None


def test_steps_a_second_are_those_of_the_current_scale() -> None:
    pulse = Pace(course())
    for step in range(5):
        pulse.add(frame(0, step), step * 0.1)
    pulse.add(frame(1, 57, 59), 6.0)
    assert pulse.steps_a_second == 0
    pulse.add(frame(1, 58, 60), 8.0)
    assert pulse.steps_a_second == pytest.approx(0.5)


def test_steps_that_were_left_out_are_no_speed() -> None:
    pulse = Pace(course())
    pulse.add(frame(0, 0, 1), 0.0)
    pulse.add(frame(0, 1, 2), 1.0)
    pulse.add(frame(1, 57, 3), 2.0)  # the coarse scale had flattened early
    assert pulse.seconds_left(frame(1, 57, 3)) is None


def test_a_measured_speed_is_used_and_an_unsound_one_of_float32_is_not(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path))
    mixed = work(precision="mixed")
    wide = replace(mixed, settings=mixed.settings.replace(precision=Precision.FLOAT32))
    assert Course.planned(mixed).rate == Course.typical(mixed).rate
    rates.keep(mixed, RATE)
    assert Course.planned(mixed) == Course(mixed, RATE, Rate(RATE.flops / 2, RATE.traffic))
    for flops, is_sound in ((4e10, True), (3e11, False), (1e9, False)):
        rates.keep(wide, Rate(flops, 1e10))
        assert (Course.planned(mixed).wide == Rate(flops, 1e10)) == is_sound


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (72.4, "1:12"), (3725, "1:02:05")])
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text
