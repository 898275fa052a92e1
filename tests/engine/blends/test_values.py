"""How shares, scales and crops are written, what is refused, and how shares move."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.blends import values
from engine.errors import SettingsError
from engine.settings import Settings
from tests.engine.pictures import quick

SHARES = st.lists(st.floats(0, 100), min_size=1, max_size=20)
SIDES = st.tuples(st.integers(0, 99), st.integers(1, 100)).filter(lambda pair: pair[0] < pair[1])
CROPS = st.tuples(SIDES, SIDES).map(lambda s: (s[0][0], s[1][0], s[0][1], s[1][1]))


def refusal(**given_: object) -> str:
    with pytest.raises(SettingsError) as refused:
        Settings.of(given_)
    return refused.value.cause


def test_text_and_values_come_to_the_same() -> None:
    written = Settings.of(
        {"style_shares": "0.7, 0.3", "style_scales": "1,0.5", "style_crops": "whole/0,0.25,0.5,1"}
    )
    assert written.style_shares == (0.7, 0.3)
    assert written.style_scales == (1, 0.5)
    assert written.style_crops == (None, (0, 0.25, 0.5, 1))
    assert Settings.from_json(written.to_json()) == written


@given(st.lists(st.none() | CROPS, min_size=1, max_size=20))
@quick
def test_written_crops_are_read_back(crops: list[tuple[int, int, int, int] | None]) -> None:
    parts = [None if crop is None else tuple(side / 100 for side in crop) for crop in crops]
    whole = (0.0, 0.0, 1.0, 1.0)
    expected = tuple(None if part == whole else part for part in parts)
    text = values.written_crops(expected)  # type: ignore[arg-type]
    assert Settings.of({"style_crops": text}).style_crops == expected


@pytest.mark.parametrize("text", ["a,1", "", "1,,2", "-0.1,1", "nan,1", "1,inf", "1;2"])
def test_shares_that_are_none_are_refused(text: str) -> None:
    assert refusal(style_shares=text).startswith("style_shares: ")


def test_shares_that_are_all_zero_are_refused_with_the_reason() -> None:
    assert "all shares are 0" in refusal(style_shares=(0, 0, 0))


@pytest.mark.parametrize("text", ["0", "0.05", "8.1", "x", ""])
def test_scales_that_are_none_are_refused(text: str) -> None:
    assert refusal(style_scales=text).startswith("style_scales: ")


@pytest.mark.parametrize(
    "text",
    ["", "half", "0,0,1", "0,0,1,1,1", "0.5,0,0.5,1", "0.6,0,0.5,1", "0,0,1.1,1", "-1,0,1,1"],
)
def test_crops_that_are_none_are_refused_and_their_form_is_told(text: str) -> None:
    assert "left,top,right,bottom" in refusal(style_crops=text)


@given(SHARES, st.data())
@quick
def test_a_moved_share_is_what_was_asked_and_the_others_keep_their_proportions(
    shares: list[float], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(shares) - 1))
    share = data.draw(st.floats(0, 1))
    moved = values.with_share(shares, index, share)
    assert sum(moved) == pytest.approx(1)
    assert min(moved) >= 0
    if len(shares) == 1:
        return
    assert moved[index] == share
    before = [part for each, part in enumerate(shares) if each != index]
    after = [part for each, part in enumerate(moved) if each != index]
    if sum(before):
        assert after == pytest.approx([part / sum(before) * (1 - share) for part in before])
    else:
        assert after == pytest.approx([(1 - share) / len(before)] * len(before))
