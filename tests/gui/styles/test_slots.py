"""Shares, scales and crops stay with their styles, whichever come and go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.blends.portions import portions
from engine.job import Job, Picture
from engine.settings import Settings
from gui.state import Moment
from gui.styles import slots
from tests.engine.pictures import quick

CROP = (0.0, 0.25, 0.5, 1.0)


def picture(name: str) -> Picture:
    return Picture(np.zeros((20, 20, 3), np.uint8), name)


A, B, C, D = (picture(name) for name in "abcd")


def moment(*styles: Picture, **values: object) -> Moment:
    return Moment(picture("photo"), styles, Settings.of(values))


def after(now: Moment, changes: dict[str, object]) -> Moment:
    return replace(now, **changes)  # type: ignore[arg-type]


def names(now: Moment) -> list[str]:
    return [style.name for style in now.styles]


def test_an_added_style_has_as_much_as_the_others_have_on_average() -> None:
    now = moment(A, B, style_shares=(0.6, 0.2), style_scales=(1, 2), style_crops=(CROP, None))
    then = after(now, slots.exchanged(now, (), (C,)))
    assert names(then) == ["a", "b", "c"]
    assert then.settings.style_shares == pytest.approx((0.5, 0.1667, 0.3333), abs=1e-4)
    assert then.settings.style_scales == (1, 2, 1)
    assert then.settings.style_crops == (CROP, None, None)


def test_equal_shares_stay_unsaid() -> None:
    now = moment(A)
    for new in (B, C):
        now = after(now, slots.exchanged(now, (), (new,)))
    assert now.settings == Settings()


def test_what_is_removed_takes_its_share_along_and_the_rest_keep_their_proportions() -> None:
    now = moment(A, B, C, style_shares=(0.5, 0.2, 0.3), style_crops=(None, CROP, None))
    then = after(now, slots.exchanged(now, (A,), ()))
    assert names(then) == ["b", "c"]
    assert then.settings.style_shares == pytest.approx((0.4, 0.6))
    assert then.settings.style_crops == (CROP, None)
    last = after(then, slots.exchanged(then, (B,), ()))
    assert last.settings == Settings()


def test_where_only_styles_without_a_share_are_left_they_share_evenly() -> None:
    now = moment(A, B, C, style_shares=(1, 0, 0))
    then = after(now, slots.exchanged(now, (A,), ()))
    assert then.settings.style_shares is None


def test_what_takes_a_place_has_its_share_and_scale_but_not_its_crop() -> None:
    now = moment(A, B, C, style_shares=(0.5, 0.2, 0.3), style_scales=(1, 2, 1))
    now = replace(now, settings=now.settings.replace(style_crops=(CROP, CROP, None)))
    then = after(now, slots.exchanged(now, (B,), (D,)))
    assert names(then) == ["a", "d", "c"]
    assert then.settings.style_shares == (0.5, 0.2, 0.3)
    assert then.settings.style_scales == (1, 2, 1)
    assert then.settings.style_crops == (CROP, None, None)


def test_content_and_first_style_change_places_and_the_others_stay() -> None:
    now = moment(A, B, style_shares=(0.9, 0.1))
    then = after(now, slots.swapped(now))
    assert then.content is A
    assert [style is other for style, other in zip(then.styles, (now.content, B), strict=True)]
    assert then.settings.style_shares == (0.9, 0.1)
    empty = replace(now, content=None)
    then = after(empty, slots.swapped(empty))
    assert (then.content, names(then)) == (A, ["b"])
    none = moment()
    then = after(none, slots.swapped(none))
    assert (then.content, names(then)) == (None, ["photo"])


@given(st.data())
@quick
def test_whatever_comes_and_goes_the_settings_suit_the_styles(data: st.DataObject) -> None:
    now = moment(*(picture(str(number)) for number in range(data.draw(st.integers(0, 4)))))
    for step in range(data.draw(st.integers(1, 8))):
        count = len(now.styles)
        if count > 1:
            shares = data.draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
            if any(shares):
                settings = now.settings.replace(style_shares=shares)
                now = replace(now, settings=settings)
        if count:
            index = data.draw(st.integers(0, count - 1))
            scale = data.draw(st.sampled_from([0.5, 1, 2]))
            crop = data.draw(st.sampled_from([None, CROP]))
            part = slots.with_part(now.settings, count, index, scale, crop)
            now = replace(now, settings=now.settings.replace(**part))
        going = [style for style in now.styles if data.draw(st.booleans())]
        coming = [picture(f"{step}{each}") for each in range(data.draw(st.integers(0, 3)))]
        before = {id(style): each for style, each in zip(now.styles, scales(now), strict=True)}
        staying = [style for style in now.styles if not any(style is gone for gone in going)]
        now = after(now, slots.exchanged(now, going, coming))
        assert slots.fitting(now) is now
        assert {id(s) for s in now.styles} == {id(s) for s in (*staying, *coming)}
        for style, scale in zip(now.styles, scales(now), strict=True):
            assert scale == before.get(id(style), scale)
        if now.styles:
            given_ = portions(now.settings, len(now.styles))
            assert sum(portion.share for portion in given_) == pytest.approx(1)


def scales(now: Moment) -> tuple[float, ...]:
    return now.settings.style_scales or (1.0,) * len(now.styles)


def test_settings_for_other_styles_than_there_are_are_left_out() -> None:
    now = moment(A, style_shares=(1, 2), style_scales=(2,), style_crops=(None, CROP), seed=3)
    then = slots.fitting(now)
    assert then.settings == Settings(seed=3, style_scales=(2,))


def test_a_run_is_told_of_its_own_styles_alone() -> None:
    job = Job(picture("photo"), (A, B), Settings(style_shares=(3, 1)))
    same = moment(A, B, style_shares=(1, 3), style_weight=7)
    other = moment(A, B, C, style_shares=(1, 3, 1), style_weight=9)
    assert slots.in_run(same, job, job.settings) == same.settings
    told = slots.in_run(other, job, same.settings)
    assert (told.style_shares, told.style_weight) == ((1, 3), 9)


def test_scales_and_crops_that_are_nothing_special_are_unsaid(tmp_path: Path) -> None:
    settings = Settings().replace(**slots.with_part(Settings(), 2, 1, 0.5, CROP))
    assert (settings.style_scales, settings.style_crops) == ((1, 0.5), (None, CROP))
    again = settings.replace(**slots.with_part(settings, 2, 1, 1, None))
    assert again == Settings()
