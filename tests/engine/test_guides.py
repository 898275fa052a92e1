"""Guided statistics: against independent computation, finite differences, and in tiles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from torch import Tensor

from engine import geometry, guides, losses, tiling
from engine.choices import Objective, Padding, Statistic
from engine.guides import Guides
from engine.job import Guidance, Mask
from engine.layers import LAYERS
from engine.losses import Moments
from engine.settings import Settings
from engine.tiling import Evaluation
from engine.vgg import Network
from tests.engine.support import finish, network, noise, resolved
from tests.engine.test_tiling import LOSSES, positive, settings_of

quick = hypothesis_settings(deadline=None, max_examples=25, derandomize=True)
thorough = hypothesis_settings(deadline=None, max_examples=40)


def mask(*rows: object) -> Mask:
    return Mask(np.array(rows, np.uint8), "a mask")


def random_mask(seed: int, height: int = 12, width: int = 16) -> Mask:
    """Values of all kinds, many of them wholly or nowhere."""
    values = np.random.default_rng(seed).normal(127, 200, (height, width))
    return Mask(values.clip(0, 255).astype(np.uint8), f"mask {seed}")


def regions(width: int, height: int, count: int = 3, *, strength: bool = True) -> Tensor:
    parts = [None, *(random_mask(seed) for seed in range(1, count))]
    return guides.laid(parts, random_mask(99) if strength else None, width, height)


def guided(values: Tensor, settings: Settings) -> Guides:
    styles = tuple((index,) for index in range(values.shape[1]))
    return Guides.of(values, styles, dict(settings.style_layers or ()), "cpu")


def evaluated(
    net: Network, x: Tensor, styles: list[Tensor], settings: Settings, guide: Guides | None
) -> Evaluation:
    content = noise(x.shape[0], x.shape[1], 1).to(x.dtype)
    goal = finish(tiling.targets(net, content, styles, settings, guides=guide))
    return finish(tiling.evaluate(net, x, goal, settings))


def small() -> tuple[Network, Settings]:
    net = network("conv2_1", width=6).to("cpu", torch.float64)
    return net, resolved(content_layer="conv2_1", style_layers="conv1_1,conv2_1=2")


# Where regions are


@quick
@given(
    seeds=st.lists(st.integers(0, 50), min_size=1, max_size=5),
    everywhere=st.booleans(),
    width=st.integers(1, 40),
    height=st.integers(1, 40),
)
def test_where_masks_overlap_they_share_and_where_they_leave_something_it_stays_left(
    seeds: list[int], everywhere: bool, width: int, height: int
) -> None:
    parts = [*map(random_mask, seeds), *([None] if everywhere else [])]
    alone = torch.cat([guides.laid([part], None, width, height) for part in parts], 1)
    laid = guides.laid(parts, None, width, height)
    total = alone.sum(1, keepdim=True)
    torch.testing.assert_close(laid.sum(1, keepdim=True), total.clamp_max(1))
    torch.testing.assert_close(laid, alone / total.clamp_min(1))


@quick
@given(seed=st.integers(0, 50), weight=st.floats(0.1, 9))
def test_weights_decide_only_where_masks_overlap(seed: int, weight: float) -> None:
    one, other = mask([255, 255, 0, 102]), mask([0, 255, 255, 102])
    laid = guides.laid([one, other], random_mask(seed, 1, 4), 4, 1, [weight, 1.0])[0, :, 0]
    strength = guides.laid([random_mask(seed, 1, 4)], None, 4, 1)[0, 0, 0]
    share = weight / (weight + 1)
    expected = torch.tensor([[1, share, 0, 0.8 * share], [0, 1 - share, 1, 0.8 * (1 - share)]])
    torch.testing.assert_close(laid, expected * strength)


def test_a_style_without_weight_is_nowhere_and_takes_nothing_from_the_others() -> None:
    one, other = mask([255, 255, 0]), mask([0, 255, 255])
    laid = guides.laid([one, other], None, 3, 1, [0.0, 1.0])[0, :, 0]
    assert laid.tolist() == [[0, 0, 0], [0, 1, 1]]


def test_where_styles_of_one_mask_meet_another_each_has_its_share() -> None:
    left = mask([255, 0])
    guidance = Guidance((None, left, None))
    found = guides.over((32, 16), guidance, (1.0, 2.0, 1.0), ("conv1_1",), "cpu")
    assert found is not None
    assert found.styles == ((0, 2), (1,))
    everywhere, masked = found.grids["conv1_1"][0]
    torch.testing.assert_close(everywhere[:, 0], torch.full((16,), 0.5))
    torch.testing.assert_close(masked[:, 0], torch.full((16,), 0.5))
    torch.testing.assert_close(everywhere[:, -1], torch.ones(16))
    assert guides.over((32, 16), Guidance(), (1.0,), ("conv1_1",), "cpu") is None
    assert guides.over((32, 16), guidance, (1.0, 2.0, 1.0), (), "cpu") is None


@quick
@given(
    width=st.integers(16, 70),
    height=st.integers(16, 70),
    layers=st.sets(st.sampled_from(LAYERS), min_size=1, max_size=4),
)
def test_each_layer_s_grid_holds_the_means_over_its_cells(
    width: int, height: int, layers: set[str]
) -> None:
    values = regions(width, height)
    found = dict(guides.carried(values, layers))
    assert found.keys() == layers
    for name, grid in found.items():
        stride = geometry.stride(name)
        rows, columns = height // stride, width // stride
        assert grid.shape == (1, 3, rows, columns)
        cells = values[:, :, : rows * stride, : columns * stride]
        means = cells.reshape(1, 3, rows, stride, columns, stride).mean((3, 5))
        torch.testing.assert_close(grid, means)


# Statistics


def test_a_guided_gram_matrix_is_that_of_the_paper() -> None:
    """T² = g / Σ g, F' = T ∘ F, G = F' F'ᵀ: equations 3 and 4 of Gatys et al., CVPR 2017."""
    features, guide = torch.rand(1, 5, 7, 9).double(), torch.rand(1, 1, 7, 9)
    moments = Moments.of(features, guide=guide)
    normalised = (guide.double() / guide.double().sum()).sqrt().flatten()  # T
    guided_features = features[0].flatten(1) * normalised  # F', (N, M)
    gram = moments.second / moments.count
    torch.testing.assert_close(gram, guided_features @ guided_features.T)


def test_guided_means_and_covariances_are_weighted_ones() -> None:
    features, guide = torch.rand(1, 5, 7, 9).double(), torch.rand(1, 1, 7, 9)
    moments = Moments.of(features, guide=guide)
    values, weights = features[0].flatten(1).numpy(), guide.double().flatten().numpy()
    mean = (moments.first / moments.count).numpy()
    covariance = (moments.second / moments.count).numpy() - np.outer(mean, mean)
    np.testing.assert_allclose(mean, np.average(values, 1, weights))
    np.testing.assert_allclose(covariance, np.cov(values, aweights=weights, ddof=0))


@quick
@given(
    width=st.integers(16, 60),
    height=st.integers(16, 60),
    seeds=st.lists(st.integers(0, 9), max_size=4),
)
def test_area_weighted_gram_matrices_of_regions_add_up_to_the_whole_one(
    width: int, height: int, seeds: list[int]
) -> None:
    values = guides.laid([None, *map(random_mask, seeds)], None, width, height)
    grids = Guides.of(values, (), ("conv2_1",), "cpu")
    features = torch.rand(1, 4, height // 2, width // 2).double()
    whole = Moments.of(features)
    parts = [Moments.of(features, guide=g) for g in grids.grids["conv2_1"].split(1, 1)]
    shares = grids.shares["conv2_1"]
    gram = sum(share * part.second / part.count for share, part in zip(shares, parts, strict=True))
    torch.testing.assert_close(gram, whole.second / whole.count, rtol=1e-5, atol=0)


@pytest.mark.parametrize("channels_last", [True, False])
def test_blocks_of_a_guide_are_those_of_the_features(
    monkeypatch: pytest.MonkeyPatch, channels_last: bool
) -> None:
    features, guide = torch.rand(1, 4, 23, 8).double(), torch.rand(1, 1, 23, 8)
    if channels_last:
        features = features.contiguous(memory_format=torch.channels_last)
    once = Moments.of(features, guide=guide)
    monkeypatch.setattr(losses, "_AT_ONCE", 40)
    again = Moments.of(features, guide=guide)
    torch.testing.assert_close(once.second, again.second)


# Losses


@pytest.mark.parametrize(("objective", "statistic"), LOSSES)
def test_a_mask_over_everything_equals_no_mask(objective: Objective, statistic: Statistic) -> None:
    net, settings = small()
    settings = settings.replace(objective=objective, statistic=statistic)
    x, styles = noise(37, 50), [noise(30, 40, 2)]
    everywhere = guided(guides.laid([mask([255])], None, 50, 37), settings)
    one, other = (evaluated(net, x, styles, settings, g) for g in (everywhere, None))
    assert one.losses == other.losses
    torch.testing.assert_close(one.gradient, other.gradient, rtol=1e-12, atol=1e-18)


@pytest.mark.parametrize(("objective", "statistic"), LOSSES)
def test_half_the_strength_everywhere_is_half_of_the_style_loss(
    objective: Objective, statistic: Statistic
) -> None:
    net, settings = small()
    settings = settings.replace(objective=objective, statistic=statistic)
    x, styles = noise(37, 50), [noise(30, 40, 2)]
    fully, half = (torch.full((1, 1, 37, 50), strength) for strength in (1.0, 0.5))
    one, other = (evaluated(net, x, styles, settings, guided(g, settings)) for g in (fully, half))
    for name, loss in one.losses.style.items():
        assert other.losses.style[name] == pytest.approx(loss / 2, rel=1e-12)
    assert other.losses.content == one.losses.content


def test_a_pixel_is_pushed_as_hard_whatever_the_size_of_its_region() -> None:
    net, settings = small()
    net = replace(net, padding=Padding.REPLICATE)
    settings = settings.replace(content_weight=0.0, tv_weight=0.0)
    x, styles = torch.full((48, 64, 3), 0.4).double(), [noise(30, 40, 2), noise(30, 40, 3)]
    pushes = []
    for border in (48, 32, 16):
        values = torch.zeros(1, 2, 48, 64)
        values[:, 0, :, :border] = 1
        values[:, 1, :, border:] = 1
        pushes.append(evaluated(net, x, styles, settings, guided(values, settings)).gradient[24, 4])
    assert float(pushes[0].abs().max()) > 0
    torch.testing.assert_close(pushes[0], pushes[1])
    torch.testing.assert_close(pushes[0], pushes[2])


@pytest.mark.parametrize("deepest", ["conv1_1", "conv2_2", "conv3_4", "conv4_1", "conv5_1"])
def test_a_region_s_style_gradient_vanishes_beyond_its_receptive_field(deepest: str) -> None:
    border, stride, reach = 32, geometry.stride(deepest), geometry.reach(deepest)
    settings = settings_of(deepest, content_weight=0, tv_weight=0)
    width = border + stride + reach + 20
    values = torch.zeros(1, 1, 48, width)
    values[..., :border] = 1
    x, styles = noise(48, width), [noise(60, 60, 2)]
    push = evaluated(positive(deepest), x, styles, settings, guided(values, settings)).gradient
    by_column = push.abs().amax((0, 2))
    assert float(by_column[border + reach :].max()) == 0
    assert float(by_column[: border + reach - stride].min()) > 0


def test_the_gradient_agrees_with_finite_differences() -> None:
    net, settings = small()
    settings = settings.replace(statistic=Statistic.WASSERSTEIN, tile=128)
    x, styles = noise(40, 150), [noise(30, 40, seed) for seed in (2, 3, 4)]
    guide = guided(regions(150, 40), settings)
    own = evaluated(net, x, styles, settings, guide)
    for position in ((0, 0, 0), (25, 64, 1), (39, 149, 2)):
        step = torch.zeros_like(x)
        step[position] = 1e-5
        above = evaluated(net, x + step, styles, settings, guide).losses.total
        below = evaluated(net, x - step, styles, settings, guide).losses.total
        assert own.gradient[position].item() == pytest.approx((above - below) / 2e-5, rel=1e-4)


def test_a_region_that_a_grid_is_too_coarse_for_counts_for_nothing_there() -> None:
    """The last row and column of an odd size have no cell on the next layers' grids."""
    net, settings = small()
    values = torch.zeros(1, 2, 37, 51)
    values[:, 0, :36, :50] = 1
    values[:, 1, :, 50] = 1
    x, styles = noise(37, 51), [noise(30, 40, seed) for seed in (2, 3)]
    guide = guided(values, settings)
    assert guide.shares["conv2_1"][1] == 0
    own = evaluated(net, x, styles, settings, guide)
    assert torch.isfinite(own.gradient).all()
    assert own.losses.style["conv2_1"] > 0
    nowhere = evaluated(net, x, styles, settings, guided(values * 0, settings))
    assert list(nowhere.losses.style.values()) == [0, 0]


# Tiles


def check_tiled(
    height: int,
    width: int,
    deepest: str,
    count: int = 3,
    padding: Padding = Padding.ZEROS,
    **values: object,
) -> None:
    settings = settings_of(deepest, **values)
    x, styles = noise(height, width), [noise(80, 70, seed) for seed in range(2, 2 + count)]
    guide = guided(regions(width, height, count), settings)
    assert_same(positive(deepest, padding), x, styles, settings, guide, within=1e-10)


def assert_same(
    net: Network, x: Tensor, styles: list[Tensor], settings: Settings, guide: Guides, within: float
) -> None:
    one = evaluated(net, x, styles, settings.replace(tile=4096), guide)
    many = evaluated(net, x, styles, settings, guide)
    assert many.losses.total == pytest.approx(one.losses.total, rel=within)
    assert many.losses.style == pytest.approx(one.losses.style, rel=within)
    error = (many.gradient - one.gradient).abs().max() / one.gradient.abs().max()
    assert float(error) < within


@pytest.mark.parametrize(("objective", "statistic"), LOSSES)
@pytest.mark.parametrize(("deepest", "tile"), [("conv2_2", 144), ("conv4_1", 128)])
def test_tiled_equals_untiled(
    objective: Objective, statistic: Statistic, deepest: str, tile: int
) -> None:
    check_tiled(209, 301, deepest, objective=objective, statistic=statistic, tile=tile)


@pytest.mark.parametrize("padding", list(Padding))
def test_tiled_equals_untiled_where_the_lower_part_has_tiles_of_its_own(
    monkeypatch: pytest.MonkeyPatch, padding: Padding
) -> None:
    monkeypatch.setattr(geometry, "_GROWTH", 1.0)
    check_tiled(211, 293, "conv5_1", padding=padding)


def test_tiled_equals_untiled_in_float32() -> None:
    net, settings = network("conv4_1", width=8), settings_of("conv4_1")
    x, styles = noise(209, 301).float(), [noise(80, 70, seed).float() for seed in (2, 3, 4)]
    guide = guided(regions(301, 209), settings)
    assert_same(net, x, styles, settings, guide, within=1e-4)


@pytest.mark.slow
@thorough
@given(
    height=st.integers(64, 400),
    width=st.integers(64, 400),
    tile=st.sampled_from([128, 144, 176, 256]),
    deepest=st.sampled_from(["conv1_1", "conv2_2", "conv3_4", "conv4_2", "conv5_1"]),
    kind=st.sampled_from(LOSSES),
    growth=st.sampled_from([1.0, 2.75]),
    count=st.integers(1, 4),
)
def test_tiled_equals_untiled_at_any_size(
    height: int,
    width: int,
    tile: int,
    deepest: str,
    kind: tuple[Objective, Statistic],
    growth: float,
    count: int,
) -> None:
    objective, statistic = kind
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geometry, "_GROWTH", growth)
        check_tiled(
            height, width, deepest, count, tile=tile, objective=objective, statistic=statistic
        )
