"""Masks follow their styles and their photograph, and what is done to all of one is exact."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.job import Guidance, Job, Mask, Picture
from engine.settings import Settings
from gui.masks import grid, guiding
from gui.masks.guiding import UNGUIDED, followed, guides, mask_of, with_mask
from gui.session import history
from gui.state import Moment, State

sides = st.integers(16, 9000)


def picture(name: str, width: int = 40, height: int = 30) -> Picture:
    return Picture(np.zeros((height, width, 3), np.uint8), name)


def mask(value: int = 128) -> Mask:
    return Mask(np.full((30, 40), value, np.uint8), f"{value}")


PHOTO, OTHER, TALL = picture("photo"), picture("other", 80, 60), picture("tall", 30, 40)
A, B, C = picture("a"), picture("b"), picture("c")
MA, MB, STRONG = mask(1), mask(2), mask(3)


def moment(*styles: Picture, guidance: Guidance = UNGUIDED, content: Picture = PHOTO) -> Moment:
    """A moment with styles."""
    return restyled(Moment(content=content, guidance=guidance), styles)


def restyled(now: Moment, styles: tuple[Picture, ...]) -> Moment:
    return replace(now, styles=styles)


@given(st.lists(st.tuples(st.integers(-1, 3), st.booleans()), max_size=8))
def test_each_region_holds_the_mask_that_it_was_given_last(
    given: list[tuple[int, bool]],
) -> None:
    guidance = UNGUIDED
    wanted: dict[int, Mask | None] = dict.fromkeys(range(-1, 4))
    for region, some in given:
        wanted[region] = mask(region + 1) if some else None
        guidance = with_mask(guidance, 4, region, wanted[region])
    assert {region: mask_of(guidance, region) for region in wanted} == wanted
    assert guiding.count_of(guidance) == sum(each is not None for each in wanted.values())
    assert len(guidance.masks) in (0, 4)
    assert (guidance is UNGUIDED) == (not guiding.count_of(guidance))


def test_masks_stay_with_a_photograph_of_the_same_shape_only() -> None:
    before = moment(A, guidance=Guidance((MA,), STRONG))
    assert followed(before, replace(before, content=OTHER)).guidance is before.guidance
    assert followed(before, replace(before, content=TALL)).guidance is UNGUIDED
    assert followed(before, replace(before, content=None)).guidance is UNGUIDED


def test_a_removed_style_takes_its_mask_along_and_the_strength_stays() -> None:
    before = moment(A, guidance=Guidance((MA,), STRONG))
    assert followed(before, restyled(before, ())).guidance == Guidance((), STRONG)


def test_masks_stay_with_their_styles_whatever_comes_and_goes_beside_them() -> None:
    before = moment(A, B, guidance=Guidance((MA, MB)))
    for styles, wanted in (
        ((B, A), (MB, MA)),
        ((B,), (MB,)),
        ((A, B, C), (MA, MB, None)),
        ((A, C), (MA, MB)),
        ((C, A, B), (None, MA, MB)),
        ((C, B), (MA, MB)),
        ((C,), (MA,)),
    ):
        assert followed(before, restyled(before, styles)).guidance.masks == wanted, styles


def test_an_exchanged_style_leaves_its_mask_to_the_other() -> None:
    before = moment(A, guidance=Guidance((MA,)))
    assert followed(before, restyled(before, (C,))).guidance.masks == (MA,)


def test_masks_that_were_given_are_not_touched() -> None:
    before, given = moment(A, guidance=Guidance((MA,))), Guidance((MB,))
    assert followed(before, replace(before, content=TALL, guidance=given)).guidance is given


def test_masks_reach_a_run_only_of_these_pictures_and_only_as_news() -> None:
    now = moment(A, guidance=Guidance((MA,)))
    job = Job(PHOTO, (A,), Settings())
    assert guides(now, job)
    assert not guides(now, replace(job, guidance=now.guidance))
    assert not guides(now, replace(job, content=OTHER))
    assert not guides(now, replace(job, styles=(A, B)))
    assert not guides(now, replace(job, styles=(B,)))


def test_a_job_has_the_masks_and_one_of_another_photograph_where_they_fit_it() -> None:
    guidance = Guidance((MA,))
    state = State(moment(A, guidance=guidance))
    for job, wanted in (
        (state.job, guidance),
        (state.job_of(OTHER), guidance),
        (state.job_of(TALL), UNGUIDED),
    ):
        assert job is not None
        assert job.guidance is wanted


def test_an_empty_mask_does_not_reach_a_run_and_says_why() -> None:
    now = moment(A, guidance=Guidance((mask(0),)))
    assert not guides(now, Job(PHOTO, (A,), Settings()))
    assert "empty" in guiding.why_useless(now)
    assert guiding.has_empty(now.guidance)
    assert not guiding.has_empty(Guidance((MA, None), STRONG))


def test_undo_keeps_no_more_masks_than_find_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_BYTES", 2500)  # two masks of 1200 bytes
    tested, shared = history.History(), mask(9)
    for number in range(1, 6):
        guidance = Guidance((mask(number), shared))
        tested.record("stroke", "", moment(A, B, guidance=guidance), float(number))
    assert tested.back is not None
    assert tested.back.before.guidance.masks[0] is not None
    assert tested.undo(Moment()).guidance.masks[0] is not None
    assert tested.back is None


@given(sides, sides)
def test_the_grid_has_the_pictures_shape_and_no_side_above_its_longest(w: int, h: int) -> None:
    width, height = grid.grid_of((w, h))
    assert max(width, height) == grid.LONGEST
    assert abs(width - w * grid.LONGEST / max(w, h)) <= 1
    assert abs(height - h * grid.LONGEST / max(w, h)) <= 1


@given(st.integers(0, 99))
def test_inverted_twice_is_the_same(seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 256, (9, 12), dtype=np.uint8)
    assert np.array_equal(grid.inverted(grid.inverted(values)), values)
    assert np.array_equal(grid.inverted(values).astype(int) + values, np.full((9, 12), 255))


def test_softening_spreads_a_border_and_keeps_how_much_is_covered() -> None:
    values = grid.even((1024, 768), 0)
    values[:, 512:] = 255
    soft = grid.softened(values)
    assert grid.covered(soft) == pytest.approx(grid.covered(values), abs=0.002)
    assert (np.diff(soft[300].astype(int)) >= 0).all()
    assert 5 < ((soft[300] > 5) & (soft[300] < 250)).sum() < 80
    assert soft[0, 0] == 0
    assert soft[0, -1] == 255


def test_what_lies_on_the_grid_is_not_copied() -> None:
    values = grid.even((64, 48), 9)
    assert grid.fitted(values, (64, 48)) is values
    assert grid.fitted(values, (32, 24)).shape == (24, 32)
    assert (grid.fitted(values, (128, 96)) == 9).all()
