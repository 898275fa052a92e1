"""Masks together: which are refused and why, and which styles share a region."""

from __future__ import annotations

import numpy as np
import pytest

from engine import masks
from engine.errors import MaskError
from engine.job import Guidance, Mask


def mask(value: int = 128, *, height: int = 30, width: int = 40, name: str = "m.png") -> Mask:
    return Mask(np.full((height, width), value, np.uint8), name)


def half(*, left: bool = True) -> Mask:
    values = np.zeros((30, 40), np.uint8)
    values[:, slice(20) if left else slice(20, None)] = 255
    return Mask(values, "left.png" if left else "right.png")


def refusal(guidance: Guidance, styles: int) -> str:
    with pytest.raises(MaskError) as refused:
        masks.settled(guidance, (400, 300), styles)
    return f"{refused.value.cause}; {refused.value.remedy}"


def test_styles_with_the_same_mask_share_a_region() -> None:
    own, copy = mask(), mask(name="copy.png")
    found = masks.regions(Guidance((own, None, copy, half(), None)), 5)
    assert [region.styles for region in found] == [(0, 2), (1, 4), (3,)]
    assert [region.mask for region in found] == [own, None, found[2].mask]
    assert masks.guided(Guidance((own, None, copy, half(), None)), 5) == 3


def test_without_masks_there_is_one_region_and_nothing_to_guide() -> None:
    assert [region.styles for region in masks.regions(Guidance(), 3)] == [(0, 1, 2)]
    assert masks.guided(Guidance(), 3) == masks.guided(Guidance((None, None)), 2) == 0
    assert masks.guided(Guidance(strength=mask()), 3) == 1


def test_a_mask_of_another_shape_is_refused() -> None:
    text = refusal(Guidance((mask(width=30),)), 1)
    assert "“m.png” is 30 × 30 px, of another shape than the content, 400 × 300" in text
    assert "crop or paint it" in text


@pytest.mark.parametrize("size", [(40, 30), (800, 600), (409, 300), (393, 300)])
def test_a_mask_of_another_size_or_cropped_a_little_is_laid_over(size: tuple[int, int]) -> None:
    width, height = size
    settled, notes = masks.settled(Guidance((mask(width=width, height=height),)), (400, 300), 1)
    assert settled.masks[0] is not None
    assert notes == ()


def test_an_empty_mask_is_refused() -> None:
    assert "the mask “m.png” is empty" in refusal(Guidance((None, mask(0))), 2)
    assert "the mask “m.png” is empty" in refusal(Guidance(strength=mask(0)), 1)


def test_a_mask_where_the_strength_map_is_black_covers_nothing_and_is_refused() -> None:
    guidance = Guidance((half(), half(left=False)), half())
    assert "“left.png” is black wherever the mask “right.png” is not" in refusal(guidance, 2)


@pytest.mark.parametrize(("count", "styles"), [(1, 2), (3, 2), (1, 0), (19, 20)])
def test_there_is_a_mask_for_each_style_or_none_at_all(count: int, styles: int) -> None:
    text = refusal(Guidance((mask(),) * count), styles)
    assert f"masks, {count}, is not that of the styles, {styles}" in text
    assert "name a mask for each style" in text


def test_twenty_masks_are_twenty_regions() -> None:
    many = Guidance(tuple(mask(value) for value in range(1, 21)))
    settled, _ = masks.settled(many, (400, 300), 20)
    assert masks.guided(settled, 20) == 20


def test_a_white_mask_is_the_same_as_none_and_that_is_said() -> None:
    settled, notes = masks.settled(Guidance((mask(255), half())), (400, 300), 2)
    assert settled.masks[0] is None
    assert notes == ("the mask “m.png” is white everywhere: the same as none",)
    alone, _ = masks.settled(Guidance((mask(255), None), mask(255)), (400, 300), 2)
    assert alone == Guidance()


def test_guidances_are_the_same_by_their_values() -> None:
    assert masks.are_same(Guidance((mask(), None)), Guidance((mask(name="other"), None)))
    assert masks.are_same(Guidance(), Guidance())
    assert not masks.are_same(Guidance((mask(),)), Guidance((mask(9),)))
    assert not masks.are_same(Guidance((mask(),)), Guidance((None,)))
    assert not masks.are_same(Guidance((mask(),)), Guidance((mask(),), mask()))
    assert not masks.are_same(Guidance((mask(), None)), Guidance((mask(),)))


@pytest.mark.parametrize(
    ("guidance", "words"),
    [
        (Guidance(), "no masks"),
        (Guidance((half(), None)), "masks left.png, none"),
        (Guidance((half(),), mask()), "masks left.png; strength map m.png"),
        (Guidance(strength=mask()), "strength map m.png"),
    ],
)
def test_masks_are_told_by_their_names(guidance: Guidance, words: str) -> None:
    assert masks.described(guidance) == words
