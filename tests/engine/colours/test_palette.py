"""Colour statistics and maps, against independent computation and what they promise."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.choices import Colours
from engine.colours.palette import (
    GREY,
    LARGEST_GAIN,
    ColourMap,
    Mixture,
    Palette,
    content_map,
    fit,
    light,
    style_map,
)
from tests.engine.pictures import quick

YIQ = np.array([[0.299, 0.587, 0.114], [0.5959, -0.2746, -0.3213], [0.2115, -0.5227, 0.3112]])
"""The NTSC's, rounded as it published it."""

MATCHES = [Colours.MATCH, Colours.CHOLESKY]
few = settings(quick, max_examples=5)
seeds = st.integers(0, 2**32 - 1)


def cloud(seed: int, least: float = 0.06, most: float = 0.28) -> NDArray[np.float64]:
    """A picture whose colours deviate by so much along three random directions."""
    draw = np.random.default_rng(seed)
    directions, _ = np.linalg.qr(draw.normal(size=(3, 3)))
    deviations = draw.uniform(least, most, 3)
    spread = draw.normal(size=(24, 40, 3)) * deviations
    return spread @ directions.T + draw.uniform(0.2, 0.8, 3)


def mapped(way: ColourMap, picture: NDArray[np.float64]) -> NDArray[np.float64]:
    colours = picture.copy()
    way.apply(colours)
    return colours


def statistics(picture: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    colours = picture.reshape(-1, 3)
    return colours.mean(0), np.cov(colours.T, bias=True)


def way(colours: Colours, style: NDArray[np.float64], content: NDArray[np.float64]) -> ColourMap:
    return style_map(colours, 1.0, Palette.of(style), Palette.of(content))


@quick
@given(seed=seeds, kind=st.sampled_from(["uint8", "uint16", "float32"]))
def test_a_palette_is_the_mean_and_the_covariance(seed: int, kind: str) -> None:
    picture = np.random.default_rng(seed).random((37, 53, 3))
    top = 1 if kind == "float32" else np.iinfo(kind).max
    pixels = (picture * top).astype(kind)
    mean, covariance = statistics(pixels / np.float64(top))
    found = Palette.of(pixels)
    np.testing.assert_allclose(found.mean, mean, atol=1e-9)
    np.testing.assert_allclose(found.covariance, covariance, atol=1e-9)


def test_a_palette_of_many_rows_is_that_of_the_whole() -> None:
    picture = np.random.default_rng(1).random((3000, 70, 3))
    mean, covariance = statistics(picture)
    found = Palette.of(picture)
    np.testing.assert_allclose(found.mean, mean, atol=1e-12)
    np.testing.assert_allclose(found.covariance, covariance, atol=1e-12)


@pytest.mark.parametrize("colours", MATCHES)
@quick
@given(style=seeds, content=seeds)
def test_matching_makes_mean_and_covariance_equal(
    colours: Colours, style: int, content: int
) -> None:
    theirs, wanted = cloud(style), cloud(content)
    found = statistics(mapped(way(colours, theirs, wanted), theirs))
    for ours, other in zip(found, statistics(wanted), strict=True):
        np.testing.assert_allclose(ours, other, atol=1e-4)


@quick
@given(style=seeds, content=seeds)
def test_symmetric_roots_leave_a_palette_that_matches_already_alone(
    style: int, content: int
) -> None:
    theirs = cloud(style)
    for colours in MATCHES:
        found = way(colours, theirs, theirs)
        np.testing.assert_allclose(found.matrix, np.eye(3), atol=1e-6)
        np.testing.assert_allclose(found.offset, 0, atol=1e-6)


def poor(kind: str, seed: int) -> NDArray[np.float64]:
    """A picture whose colours do not span all three dimensions."""
    whole = cloud(seed)
    if kind == "grey":
        return np.repeat(light(whole), 3, -1)
    if kind == "constant":
        return np.full_like(whole, whole.mean())
    return whole @ np.diag([1.0, 1.0, 0.0])  # planar


@pytest.mark.parametrize("colours", [*MATCHES, Colours.LUMINANCE])
@pytest.mark.parametrize("style", ["grey", "constant", "planar"])
@pytest.mark.parametrize("content", ["grey", "constant", "planar", "full"])
@few
@given(seed=seeds)
def test_poor_palettes_blow_nothing_up(
    colours: Colours, style: str, content: str, seed: int
) -> None:
    draw = np.random.default_rng(seed)
    theirs = poor(style, seed)
    wanted = cloud(seed + 1) if content == "full" else poor(content, seed + 1)
    found = way(colours, theirs, wanted)
    speckled = theirs + draw.uniform(-0.5, 0.5, theirs.shape) / 255  # as 8 bits have it
    change = mapped(found, speckled) - mapped(found, theirs)
    assert np.abs(change).max() < 2 * 16 / 255
    mean = mapped(found, theirs).mean((0, 1))
    np.testing.assert_allclose(mean, wanted_mean(colours, wanted), atol=1e-9)


def wanted_mean(colours: Colours, content: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = content.mean((0, 1))
    return np.repeat(light(mean), 3) if colours is Colours.LUMINANCE else mean


@quick
@given(seed=seeds, ratio=st.floats(0.1, 100))
def test_no_difference_of_colour_is_stretched_more_than_that(seed: int, ratio: float) -> None:
    theirs, wanted = cloud(seed, 0.2 / ratio, 0.2 / ratio), cloud(seed + 1, 0.2, 0.2)
    stretched = np.linalg.norm(way(Colours.MATCH, theirs, wanted).matrix, 2)
    assert stretched <= LARGEST_GAIN * 1.2  # the picture's own directions are no more exact
    assert stretched == pytest.approx(min(ratio, LARGEST_GAIN), rel=0.2)


@quick
@given(style=seeds, content=seeds)
def test_painting_in_light_brings_the_styles_light_to_the_photographs(
    style: int, content: int
) -> None:
    theirs, wanted = cloud(style), cloud(content)
    found = mapped(way(Colours.LUMINANCE, theirs, wanted), theirs)
    np.testing.assert_allclose(found[..., 0], found[..., 2], atol=1e-12)
    y = light(wanted)
    assert found[..., 0].mean() == pytest.approx(y.mean(), abs=1e-9)
    assert found[..., 0].std() == pytest.approx(y.std(), abs=1e-9)


@pytest.mark.parametrize("colours", list(Colours))
def test_without_strength_every_map_is_the_identity_to_the_bit(colours: Colours) -> None:
    palettes = Palette.of(cloud(1)), Palette.of(cloud(2))
    assert style_map(colours, 0.0, *palettes).is_identity
    assert content_map(colours, 0.0).is_identity
    assert Mixture.of(colours, 0.0, 0.0).is_plain


@pytest.mark.parametrize("colours", MATCHES)
def test_half_the_strength_goes_half_the_way(colours: Colours) -> None:
    theirs, wanted = cloud(3), cloud(4)
    palettes = Palette.of(theirs), Palette.of(wanted)
    half = mapped(style_map(colours, 0.5, *palettes), theirs)
    whole = mapped(style_map(colours, 1.0, *palettes), theirs)
    np.testing.assert_allclose(half, (theirs + whole) / 2, atol=1e-12)


def test_a_map_of_statistics_is_the_statistics_of_the_mapped() -> None:
    theirs = cloud(5)
    found = way(Colours.CHOLESKY, theirs, cloud(6))
    after = found.of(Palette.of(theirs))
    mean, covariance = statistics(mapped(found, theirs))
    np.testing.assert_allclose(after.mean, mean, atol=1e-9)
    np.testing.assert_allclose(after.covariance, covariance, atol=1e-9)


# What is shown


@quick
@given(seed=seeds)
def test_whatever_is_painted_the_photographs_chroma_is_shown(seed: int) -> None:
    draw = np.random.default_rng(seed)
    painted = draw.random((9, 7, 3)).astype(np.float32)
    photograph = draw.random((9, 7, 3)).astype(np.float32)
    light_before = painted @ YIQ[0]
    Mixture.of(Colours.LUMINANCE, 1.0, 0.0).mix(painted, photograph)
    np.testing.assert_allclose(painted @ YIQ[1:].T, photograph @ YIQ[1:].T, atol=2e-4)  # YIQ's own
    chroma = painted - light(painted), photograph - light(photograph)
    np.testing.assert_allclose(*chroma, atol=1e-6)
    np.testing.assert_allclose(painted @ YIQ[0], light_before, atol=1e-6)


@quick
@given(seed=seeds, blend=st.floats(0, 1))
def test_a_blend_goes_evenly_from_the_paintings_chroma_to_the_photographs(
    seed: int, blend: float
) -> None:
    draw = np.random.default_rng(seed)
    painted, photograph = draw.random((2, 5, 6, 3))
    before, theirs = painted - light(painted), photograph - light(photograph)
    Mixture.of(Colours.MATCH, 1.0, blend).mix(painted, photograph)
    wanted = (1 - blend) * before + blend * theirs
    np.testing.assert_allclose(painted - light(painted), wanted, atol=1e-12)


@quick
@given(seed=seeds, strength=st.floats(0, 1), blend=st.floats(0, 0.8))
def test_what_was_painted_is_told_from_what_is_shown(
    seed: int, strength: float, blend: float
) -> None:
    mixture = Mixture.of(Colours.LUMINANCE, strength, blend)
    draw = np.random.default_rng(seed)
    painted, photograph = draw.random((2, 5, 6, 3))
    if strength == 1:
        GREY.apply(painted)
    shown = painted.copy()
    mixture.mix(shown, photograph)
    mixture.unmix(shown, photograph)
    np.testing.assert_allclose(shown, painted, atol=1e-9)


@quick
@given(seed=seeds)
def test_colours_beyond_the_range_get_paler_and_keep_light_and_hue(seed: int) -> None:
    colours = np.random.default_rng(seed).uniform(-0.7, 1.7, (8, 9, 3))
    wild = colours.copy()
    fit(colours)
    assert colours.min() >= 0
    assert colours.max() <= 1
    y = light(wild).clip(0, 1)
    np.testing.assert_allclose(light(colours), y, atol=1e-9)
    chroma, before = colours - light(colours), wild - light(wild)
    share = (chroma * before).sum(-1, keepdims=True) / (before * before).sum(-1, keepdims=True)
    np.testing.assert_allclose(chroma, share * before, atol=1e-9)  # one direction, shorter
    assert share.max() <= 1 + 1e-9
    inside = (wild >= 0).all(-1) & (wild <= 1).all(-1)
    np.testing.assert_allclose(colours[inside], wild[inside], atol=1e-12)


@quick
@given(seed=seeds)
def test_torch_computes_as_numpy_does(seed: int) -> None:
    draw = np.random.default_rng(seed)
    painted, photograph = draw.uniform(-0.2, 1.2, (2, 6, 5, 3)).astype(np.float32)
    other, beside = torch.tensor(painted), torch.tensor(photograph)
    tone = way(Colours.MATCH, cloud(seed), cloud(seed + 1))
    mixture = Mixture.of(Colours.LUMINANCE, 0.7, 0.2)
    for colours, ground in ((painted, photograph), (other, beside)):
        tone.apply(colours)
        mixture.mix(colours, ground)
        mixture.unmix(colours, ground)
        fit(colours)
    np.testing.assert_allclose(other.numpy(), painted, atol=2e-5)
