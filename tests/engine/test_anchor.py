"""Large pictures are held to a smaller one's look: the resampling, its gradient, and the sum."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from torch import Tensor

from engine import anchor, geometry, pyramid, tiling, weights
from engine.anchor import Reduction
from engine.choices import Objective
from engine.stylise import stylise
from tests.engine.resumed import assert_same_end, job, resumed, saved_at
from tests.engine.support import finish, frames, network, noise, paint, resolved

sides = st.integers(8, 40)


@hypothesis_settings(deadline=None)
@given(height=sides, width=sides, factor=st.sampled_from([2, 4]), seed=st.integers(0, 9))
def test_the_gradient_is_the_adjoint_of_scaling_down(
    height: int, width: int, factor: int, seed: int
) -> None:
    large, small = (width * factor, height * factor), (width, height)
    reduction = Reduction.between(large, small, "cpu")
    picture = noise(*large[::-1], seed).float()
    gradient = noise(*small[::-1], seed + 1).float()
    pulled = torch.zeros_like(picture)
    reduction.add_gradient(pulled, gradient)
    below = float((reduction.down(picture) * gradient).sum())
    assert float((picture * pulled).sum()) == pytest.approx(below, rel=1e-4)


def test_it_scales_down_as_the_pyramid_does() -> None:
    picture = pyramid.resized(noise(9, 12).float(), 96, 72)  # smooth, so that nothing is clipped
    small = Reduction.between((96, 72), (24, 18), "cpu").down(picture)
    torch.testing.assert_close(small, pyramid.resized(picture, 24, 18), atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    ("size", "expected"), [(724, None), (725, (362, 272)), (1280, (640, 480)), (4096, (512, 384))]
)
def test_it_is_the_power_of_two_that_comes_nearest(
    size: int, expected: tuple[int, int] | None
) -> None:
    settings = resolved(size=size)
    scales = geometry.scales(settings, (1280, 960))
    assert geometry.anchor(settings, scales, len(scales) - 1) == expected


def test_what_was_not_begun_smaller_is_not_held_nor_is_the_paper_s() -> None:
    single, paper = resolved(scales=(2048,)), resolved(scales=(512, 2048), objective="paper")
    assert paper.objective is Objective.PAPER
    for settings in (single, paper):
        scales = geometry.scales(settings, (1280, 960))
        assert geometry.anchor(settings, scales, len(scales) - 1) is None
    enlarged = single.replace(init="small.png")
    scales = geometry.scales(enlarged, (1280, 960))
    assert geometry.anchor(enlarged, scales, 0) == (512, 384)


def test_the_gradient_of_the_sum_is_that_of_the_sum() -> None:
    """By finite differences along a random direction, in float64."""
    net = network("conv2_1", width=8)
    net = net.to("cpu", torch.float64)
    settings = resolved(
        content_layer="conv2_1", style_layers="conv1_1,conv2_1", precision="float32", size=48
    )
    large, small = noise(36, 48, 1), noise(18, 24, 1)
    goals = [finish(tiling.targets(net, p, [noise(30, 30, 2)], settings)) for p in (large, small)]
    plain = Reduction.between((48, 36), (24, 18), "cpu")
    reduction = Reduction(plain.rows.double(), plain.columns.double())

    def evaluate(x: Tensor) -> tiling.Evaluation:
        whole = finish(tiling.evaluate(net, x, goals[0], settings))
        below = finish(tiling.evaluate(net, reduction.down(x), goals[1], settings))
        return anchor.added(whole, below, reduction)

    at, along = noise(36, 48, 5), noise(36, 48, 6) - 0.5
    here = evaluate(at)
    ends = [evaluate(at + step * along).losses.total for step in (-1e-6, 1e-6)]
    slope = float((here.gradient * along).sum())
    assert (ends[1] - ends[0]) / 2e-6 == pytest.approx(slope, rel=1e-4)


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("net") / "seeded.pth"
    torch.save(weights.seeded(0, "conv2_1", width=16), path)
    return path


@pytest.fixture
def near_32(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold whatever is larger than a little above 32 px, so that tests are quick."""
    monkeypatch.setattr(geometry, "ANCHOR", 32)


@pytest.mark.usefixtures("near_32")
def test_a_large_scale_s_total_holds_more_than_its_own_terms(net: Path) -> None:
    seen = paint(net, size=96, scales=(32, 96), steps=6)

    def rest(index: int) -> float:
        frame = seen[index]
        own = frame.losses.content + 30 * sum(frame.losses.style.values()) / 2 + frame.losses.tv
        return frame.losses.total - own

    assert rest(0) == pytest.approx(0, abs=1e-5)
    assert rest(-1) > 1e-3


@pytest.mark.usefixtures("near_32")
def test_resumed_it_ends_in_the_same_bytes(net: Path, tmp_path: Path) -> None:
    asked = job(net, size=96, scales=(32, 96), steps=8)
    whole = saved_at(asked, 6, tmp_path / "c")
    assert whole[-1].scale == 1
    rest = frames(stylise(resumed(asked, tmp_path / "c")))
    assert_same_end(tmp_path / "c", whole, rest)
