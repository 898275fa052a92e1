"""Loss and gradient: against an independent computation, finite differences, and in tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
import torch
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from torch import Tensor
from torchvision.models import vgg19

from engine import geometry, tiling, weights
from engine.choices import Objective, Padding, Pooling, Statistic
from engine.layers import LAYERS
from engine.settings import Settings
from engine.tiling import Evaluation
from engine.vgg import Network
from tests.engine.support import finish, from_state, network, noise, resolved

PAPER_LAYERS = ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")


def positive(deepest: str, padding: Padding = Padding.ZEROS) -> Network:
    """Filters without a negative value: every halo pixel counts, none cancels."""
    state = {
        key: value.abs() / (value[0].numel() if value.dim() > 1 else 10)
        for key, value in weights.seeded(1, deepest, width=2).items()
    }
    return replace(from_state(state).to("cpu", torch.float64), padding=padding)


def evaluated(net: Network, x: Tensor, p: Tensor, a: Tensor, settings: Settings) -> Evaluation:
    goal = finish(tiling.targets(net, p, [a], settings))
    return finish(tiling.evaluate(net, x, goal, settings))


def independent_paper_loss(
    state: Mapping[str, Tensor], x: Tensor, p: Tensor, a: Tensor, alpha: float, beta: float
) -> tuple[Tensor, dict[str, float]]:
    """The paper's formulas written out over torchvision's architecture in float64."""
    model = vgg19(weights=None).features.double().eval()
    model.load_state_dict({key.removeprefix("features."): v for key, v in state.items()})
    mean, std = (torch.tensor(v).double() for v in (weights.IMAGENET_MEAN, weights.IMAGENET_STD))

    def maps(picture: Tensor) -> dict[str, Tensor]:
        y, names, found = ((picture - mean) / std).permute(2, 0, 1)[None], iter(LAYERS), {}
        for module in model:
            if isinstance(module, torch.nn.MaxPool2d):
                y = torch.nn.functional.avg_pool2d(y, 2)
            else:
                y = module(y.clone())
            if isinstance(module, torch.nn.ReLU):
                found[next(names)] = y[0].flatten(1)  # (N, M)
        return found

    f, pf, af = maps(x), maps(p), maps(a)
    content = 0.5 * (f["conv4_2"] - pf["conv4_2"]).square().sum()
    raw = {"content": content.item()}
    total = alpha * content
    for name in PAPER_LAYERS:
        n, m = f[name].shape
        loss = (f[name] @ f[name].T - af[name] @ af[name].T).square().sum() / (4 * n**2 * m**2)
        raw[name] = loss.item()
        total = total + beta * loss / 5
    return total, raw


def test_the_paper_objective_is_the_papers_formulas_to_the_letter() -> None:
    state = weights.seeded(5)
    net = from_state(state).to("cpu", torch.float64).down_to("conv5_1")
    x, p, a = (noise(64, 80, seed) for seed in range(3))
    settings = resolved(objective="paper")
    own = evaluated(net, x, p, a, settings)
    leaf = x.clone().requires_grad_()
    total, raw = independent_paper_loss(state, leaf, p, a, 1.0, 1000.0)
    total.backward()
    assert own.losses.total == pytest.approx(total.item(), rel=1e-5)
    assert own.losses.content == pytest.approx(raw["content"], rel=1e-5)
    for name in PAPER_LAYERS:
        assert own.losses.style[name] == pytest.approx(raw[name], rel=1e-5)
    assert leaf.grad is not None
    error = (own.gradient - leaf.grad).norm() / leaf.grad.norm()
    assert float(error) < 1e-5  # the loader keeps filters in float32


@pytest.mark.parametrize("objective", list(Objective))
@pytest.mark.parametrize("tile", [4096, 128])
def test_the_gradient_agrees_with_finite_differences(objective: Objective, tile: int) -> None:
    net = network("conv2_1", width=4).to("cpu", torch.float64)
    settings = resolved(
        objective=objective,
        content_layer="conv2_1",
        style_layers="conv1_1,conv2_1",
        tv_weight=0.7,
        style_fit="whole",
        tile=tile,
    )
    x, p, a = (noise(50, 150, seed) for seed in range(3))
    own = evaluated(net, x, p, a, settings)
    for position in ((0, 0, 0), (25, 64, 1), (49, 149, 2), (10, 80, 0)):
        step = torch.zeros_like(x)
        step[position] = 1e-5
        above = evaluated(net, x + step, p, a, settings).losses.total
        below = evaluated(net, x - step, p, a, settings).losses.total
        assert own.gradient[position].item() == pytest.approx((above - below) / 2e-5, rel=1e-4)


LOSSES = [
    (Objective.PAPER, Statistic.GRAM),
    (Objective.BALANCED, Statistic.GRAM),
    (Objective.BALANCED, Statistic.WASSERSTEIN),
]


@pytest.mark.parametrize(("objective", "statistic"), LOSSES)
@pytest.mark.parametrize("deepest", ["conv3_1", "conv5_1", "conv5_2"])
def test_tiled_equals_untiled(objective: Objective, statistic: Statistic, deepest: str) -> None:
    check_tiled(333, 391, deepest, objective=objective, statistic=statistic)


@pytest.mark.parametrize("deepest", ["conv1_2", "conv5_1"])
def test_tiled_equals_untiled_where_edges_are_replicated(deepest: str) -> None:
    check_tiled(333, 391, deepest, padding=Padding.REPLICATE)


@pytest.mark.parametrize("pooling", list(Pooling))
def test_tiled_equals_untiled_where_the_lower_part_has_tiles_of_its_own(
    monkeypatch: pytest.MonkeyPatch, pooling: Pooling
) -> None:
    monkeypatch.setattr(geometry, "_GROWTH", 1.0)
    check_tiled(300, 420, "conv5_1", pooling=pooling)


@pytest.mark.parametrize("content", ["conv1_1", "conv2_2", "conv3_4", "conv4_2"])
def test_tiled_equals_untiled_where_the_contents_features_are_computed_anew(
    monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setattr(geometry, "_LARGEST_CONTENT", 0)
    check_tiled(300, 300, "conv5_1", content_layer=content)


@pytest.mark.parametrize("largest", [0, 2**29])
@pytest.mark.parametrize("tile", [128, 512])
def test_a_photograph_in_bytes_gives_what_its_numbers_give(
    monkeypatch: pytest.MonkeyPatch, largest: int, tile: int
) -> None:
    monkeypatch.setattr(geometry, "_LARGEST_CONTENT", largest)
    net, settings = network("conv2_1", width=8), settings_of("conv2_1", tile=tile)
    x, a = noise(200, 300).float(), noise(90, 80, 2).float()
    p = (noise(200, 300, 1) * 255).to(torch.uint8)
    own, other = (evaluated(net, x, content, a, settings) for content in (p, p.float().div_(255)))
    assert own.losses == other.losses
    assert torch.equal(own.gradient, other.gradient)


@pytest.mark.parametrize("start", ["content", "style", "noise"])
def test_tiled_equals_untiled_from_every_start(start: str) -> None:
    settings = settings_of("conv4_1", init=start)
    pictures = {"content": noise(300, 300, 1), "style": noise(300, 300, 2)}
    x = pictures.get(start, torch.rand(300, 300, 3, dtype=torch.float64))
    assert_same(positive("conv4_1"), x, pictures["content"], pictures["style"], settings)


@pytest.mark.parametrize("padding", list(Padding))
def test_tiled_equals_untiled_in_float32(padding: Padding) -> None:
    net = replace(network("conv5_1", width=8), padding=padding)
    x, p, a = (noise(333, 391, seed).float() for seed in range(3))
    assert_same(net, x, p, a, settings_of("conv5_1"), within=1e-4)


@pytest.mark.slow
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    height=st.integers(64, 420),
    width=st.integers(64, 420),
    tile=st.sampled_from([128, 144, 176, 256]),
    deepest=st.sampled_from(["conv1_1", "conv2_2", "conv3_4", "conv4_2", "conv5_1", "conv5_4"]),
    padding=st.sampled_from(Padding),
    pooling=st.sampled_from(Pooling),
    losses=st.sampled_from(LOSSES),
    growth=st.sampled_from([1.0, 1.5, 2.75]),
    largest=st.sampled_from([0, 2**29]),
    tv=st.sampled_from([0.0, 1.0]),
)
def test_tiled_equals_untiled_at_any_size(
    height: int,
    width: int,
    tile: int,
    deepest: str,
    padding: Padding,
    pooling: Pooling,
    losses: tuple[Objective, Statistic],
    growth: float,
    largest: int,
    tv: float,
) -> None:
    objective, statistic = losses
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geometry, "_GROWTH", growth)
        patch.setattr(geometry, "_LARGEST_CONTENT", largest)
        check_tiled(
            height,
            width,
            deepest,
            padding,
            pooling,
            tile=tile,
            objective=objective,
            statistic=statistic,
            tv_weight=tv,
        )


def check_tiled(
    height: int,
    width: int,
    deepest: str,
    padding: Padding = Padding.ZEROS,
    pooling: Pooling = Pooling.AVERAGE,
    **values: object,
) -> None:
    net = replace(positive(deepest, padding), pooling=pooling)
    x, p, a = noise(height, width), noise(height, width, 1), noise(200, 170, 2)
    assert_same(net, x, p, a, settings_of(deepest, **values))


def settings_of(deepest: str, **values: object) -> Settings:
    layers = "conv1_1=1" if deepest == "conv1_1" else f"conv1_1=1,{deepest}=2"
    return resolved(**{"content_layer": deepest, "style_layers": layers, "tile": 128, **values})


def assert_same(
    net: Network, x: Tensor, p: Tensor, a: Tensor, settings: Settings, *, within: float = 1e-10
) -> None:
    """Loss and gradient in tiles are those in one piece."""
    one = evaluated(net, x, p, a, settings.replace(tile=4096))
    many = evaluated(net, x, p, a, settings)
    assert many.losses.total == pytest.approx(one.losses.total, rel=within)
    assert many.losses.content == pytest.approx(one.losses.content, rel=within)
    assert many.losses.tv == pytest.approx(one.losses.tv, rel=within)
    assert many.losses.style == pytest.approx(one.losses.style, rel=within)
    error = (many.gradient - one.gradient).abs().max() / one.gradient.abs().max()
    assert float(error) < within


@given(
    length=st.integers(1, 5000),
    tile=st.sampled_from([128, 160, 512]),
    deepest=st.sampled_from(LAYERS),
)
def test_the_halo_is_what_the_tiles_features_see_and_lies_on_their_grid(
    length: int, tile: int, deepest: str
) -> None:
    seen = 0
    for part in geometry.parts(length, tile, deepest):
        above, seen = seen, geometry.reach(part.deepest)
        assert part.halo >= seen - above
        is_cut = part.deepest != deepest
        for _, stop, before, after in geometry.spans(length, part):
            assert before % (geometry.stride(part.deepest) * (2 if is_cut else 1)) == 0
            assert stop == length or stop % 16 == 0
            assert after <= length
    assert part.deepest == deepest


@given(length=st.integers(1, 2000), tile=st.sampled_from([128, 160, 512]))
def test_tiles_cover_the_picture_once_on_multiples_of_the_deepest_stride(
    length: int, tile: int
) -> None:
    (part,) = geometry.parts(0, tile, "conv5_1")
    tiles = tiling.plan(length, 16, part)
    edges = [(t.inner.top, t.inner.bottom) for t in tiles]
    assert edges[0][0] == 0
    assert edges[-1][1] == length
    assert all(before[1] == after[0] for before, after in pairwise(edges))
    assert all(top % 16 == 0 for top, _ in edges)
    assert all(bottom - top <= tile + 16 for top, bottom in edges)
    assert all(
        t.outer.top == max(0, t.inner.top - 80)
        and t.outer.bottom == min(length, t.inner.bottom + 80)
        for t in tiles
    )


def test_without_content_weight_there_is_no_content_loss_and_without_style_weight_no_style() -> (
    None
):
    net = network("conv2_1").to("cpu", torch.float64)
    x, p, a = (noise(40, 40, seed) for seed in range(3))
    layers = {"content_layer": "conv2_1", "style_layers": "conv1_1,conv2_1"}
    texture = evaluated(net, x, p, a, resolved(content_weight=0, **layers))
    assert texture.losses.content == 0
    assert set(texture.losses.style) == {"conv1_1", "conv2_1"}
    reconstruction = evaluated(net, x, p, a, resolved(style_weight=0, **layers))
    assert reconstruction.losses.style == {}
    assert reconstruction.losses.content > 0


def test_balanced_losses_hardly_change_with_the_size() -> None:
    net = network("conv2_1")
    blobs = torch.nn.functional.interpolate(
        noise(6, 8).permute(2, 0, 1)[None], size=(192, 256), mode="bicubic"
    )[0].permute(1, 2, 0)
    other = noise(6, 8, 1)
    values = []
    for factor in (1, 2):
        size = (192 * factor, 256 * factor)
        x, p = (
            torch.nn.functional.interpolate(t.permute(2, 0, 1)[None], size=size, mode="bilinear")[0]
            .permute(1, 2, 0)
            .float()
            for t in (blobs, other)
        )
        settings = resolved(content_layer="conv2_1", style_layers="conv1_1,conv2_1")
        values.append(evaluated(net, x, p, p.flip(0), settings).losses)
    assert values[1].content == pytest.approx(values[0].content, rel=0.1)
    assert values[1].style["conv2_1"] == pytest.approx(values[0].style["conv2_1"], rel=0.1)
