"""Scales, steps and resampling."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from engine import geometry, pyramid
from engine.choices import StyleFit
from engine.errors import PictureError
from engine.job import Picture
from tests.engine.support import noise, picture, resolved


@given(steps=st.integers(0, 5000), size=st.integers(64, 4096))
def test_every_step_is_given_to_some_scale_and_the_last_has_the_size(steps: int, size: int) -> None:
    scales = geometry.scales(resolved(steps=steps, size=size), (1000, 700))
    assert sum(scale.steps for scale in scales) == steps
    assert scales[-1].width == size
    assert abs(scales[-1].height - size * 0.7) < 0.501
    assert all(scale.steps >= 1 for scale in scales) or steps == 0
    assert [s.width for s in scales] == sorted(s.width for s in scales)


@given(steps=st.integers(1, 5000), size=st.integers(64, 4096))
def test_coarser_scales_take_more_steps_until_they_have_had_enough(steps: int, size: int) -> None:
    scales = geometry.scales(resolved(steps=steps, size=size), (1000, 700))
    counts = [scale.steps for scale in scales]
    decided = sum(scale.width < geometry.ANCHOR * 2**0.5 for scale in scales) - 1
    if decided > 0:
        assert max(counts[:decided]) <= geometry.MOST
    if counts[0] < geometry.MOST:
        assert counts == sorted(counts, reverse=True)
    rest = counts[max(decided, 0) :]
    assert rest == sorted(rest, reverse=True)


def test_coarser_scales_take_more_of_the_steps_and_large_ones_few() -> None:
    scales = geometry.scales(resolved(steps=90, scales=(256, 512, 1024, 2048)), (1000, 750))
    assert [(s.width, s.height, s.steps) for s in scales] == [
        (256, 192, 38), (512, 384, 25), (1024, 768, 18), (2048, 1536, 9)
    ]  # fmt: skip


def test_no_steps_means_the_last_scale_alone() -> None:
    assert len(geometry.scales(resolved(steps=0, scales=(128, 256)), (10, 10))) == 1


def test_scales_too_narrow_for_the_network_are_left_out_or_refused() -> None:
    wide = geometry.scales(resolved(steps=100, scales=(128, 512)), (1000, 100))
    assert [s.width for s in wide] == [512]
    with pytest.raises(PictureError, match="only 5 px on its short side"):
        geometry.scales(resolved(scales=(128,)), (1000, 40))


def test_resampling_keeps_a_flat_colour_and_the_range() -> None:
    flat = torch.full((37, 53, 3), 0.3)
    torch.testing.assert_close(pyramid.resized(flat, 20, 91), torch.full((91, 20, 3), 0.3))
    edges = (noise(40, 40).float() > 0.5).float()
    enlarged = pyramid.resized(edges, 100, 100)
    assert 0 <= float(enlarged.min()) <= float(enlarged.max()) <= 1


def test_scaling_down_averages_instead_of_skipping() -> None:
    stripes = torch.zeros(64, 64, 3)
    stripes[:, ::2] = 1.0
    small = pyramid.resized(stripes, 16, 16)
    torch.testing.assert_close(small, torch.full((16, 16, 3), 0.5), atol=0.05, rtol=0)


@pytest.mark.parametrize("style", [(300, 200), (200, 300), (40, 500)])
def test_a_style_is_fitted_as_its_choice_says(style: tuple[int, int]) -> None:
    width, height = 240, 180
    own = noise(style[1], style[0]).float()
    cover = pyramid.style_resized(own, (width, height), StyleFit.COVER, 1.0)
    stretch = pyramid.style_resized(own, (width, height), StyleFit.STRETCH, 1.0)
    whole = pyramid.style_resized(own, (width, height), StyleFit.WHOLE, 1.0)
    assert cover.shape == stretch.shape == (height, width, 3)
    assert whole.shape[0] * whole.shape[1] == pytest.approx(width * height, rel=0.03)
    assert whole.shape[1] / whole.shape[0] == pytest.approx(style[0] / style[1], rel=0.05)


def test_noise_depends_on_the_seed_alone() -> None:
    assert torch.equal(pyramid.noise(8, 6, 3), pyramid.noise(8, 6, 3))
    assert not torch.equal(pyramid.noise(8, 6, 3), pyramid.noise(8, 6, 4))
    assert pyramid.noise(8, 6, 3).shape == (6, 8, 3)


def test_a_picture_becomes_numbers_between_nought_and_one() -> None:
    own = picture(20, 30)
    values = pyramid.tensor_of(own)
    assert values.dtype == torch.float32
    assert torch.equal((values * 255).round().to(torch.uint8), torch.from_numpy(own.pixels))


def test_a_picture_of_the_size_stays_in_its_own_bytes() -> None:
    own = picture(20, 30)
    own.pixels.flags.writeable = False
    assert torch.equal(pyramid.at_size(own, 30, 20), torch.from_numpy(own.pixels.copy()))
    expected = pyramid.resized(pyramid.tensor_of(own), 24, 16)
    assert torch.equal(pyramid.at_size(own, 24, 16), expected)


def test_a_picture_of_sixteen_bits_becomes_numbers_at_any_size() -> None:
    own = Picture(picture(20, 30).pixels.astype(np.uint16) * 257, "deep")
    assert torch.equal(pyramid.at_size(own, 30, 20), pyramid.tensor_of(own))


def test_a_picture_of_the_size_is_not_copied() -> None:
    own = picture(20, 30)
    assert pyramid.at_size(own, 30, 20).data_ptr() == own.pixels.ctypes.data


def test_a_picture_is_scaled_down_without_a_copy_of_it() -> None:
    large = noise(512, 512).float()
    with torch.autograd.profiler.profile(profile_memory=True) as profiler:
        small = F.interpolate(pyramid.planes(large), size=(64, 64), mode="area")
    assert profiler.kineto_results is not None
    taken = [e.nbytes() for e in profiler.kineto_results.events() if e.name() == "[memory]"]
    assert small.nbytes <= max(taken) < large.nbytes / 8
    cells = large.reshape(64, 8, 64, 8, 3).mean((1, 3))
    torch.testing.assert_close(small[0].permute(1, 2, 0), cells)
