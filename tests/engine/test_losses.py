"""Losses against values computed by hand and by independent formulas."""

from __future__ import annotations

import itertools

import pytest
import torch
from torch import Tensor

from engine.choices import Objective, Statistic
from engine.losses import (
    Moments,
    MomentsGradient,
    StyleTarget,
    add_content,
    add_total_variation,
    content_scale,
    energy,
    style_gradient,
    style_loss,
)

OBJECTIVES = list(Objective)


def features(*shape: int, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(1, *shape, generator=generator, dtype=torch.float64)


def target_of(values: Tensor) -> StyleTarget:
    return StyleTarget.blend([Moments.of(values)])


def test_gram_matrix_of_two_maps_of_three_positions_is_as_by_hand() -> None:
    maps = torch.tensor([[1.0, 2.0, 3.0], [0.0, 1.0, -1.0]]).reshape(1, 2, 1, 3)
    moments = Moments.of(maps)
    assert moments.second.tolist() == [[14.0, -1.0], [-1.0, 2.0]]
    assert moments.first.tolist() == [6.0, 0.0]
    assert moments.count == 3


def test_paper_style_loss_is_as_by_hand() -> None:
    maps = torch.tensor([[1.0, 2.0], [0.0, 1.0]]).reshape(1, 2, 1, 2)  # G = [[5, 2], [2, 1]]
    style = torch.tensor([[1.0, 1.0], [1.0, 0.0]]).reshape(1, 2, 1, 2)  # A = [[2, 1], [1, 1]]
    loss = style_loss(Moments.of(maps), target_of(style), Objective.PAPER, Statistic.GRAM)
    assert loss.item() == pytest.approx((9 + 1 + 1 + 0) / (4 * 2**2 * 2**2))


def test_balanced_style_loss_is_as_by_hand() -> None:
    maps = torch.tensor([[1.0, 2.0], [0.0, 1.0]]).reshape(1, 2, 1, 2)
    style = torch.tensor([[1.0, 1.0], [1.0, 0.0]]).reshape(1, 2, 1, 2)
    loss = style_loss(Moments.of(maps), target_of(style), Objective.BALANCED, Statistic.GRAM)
    assert loss.item() == pytest.approx(11 / (4 + 1 + 1 + 1))


def test_content_losses_are_as_by_hand() -> None:
    result, photograph = torch.tensor([[[[1.0, 4.0]]]]), torch.tensor([[[[3.0, 4.0]]]])
    gradient = torch.ones_like(result)
    assert add_content(gradient, result, photograph, 0.5).item() == 4.0
    assert gradient.flatten().tolist() == [-1.0, 1.0]
    assert energy(photograph) == 25.0
    assert content_scale(25.0, Objective.PAPER) == 0.5
    assert content_scale(25.0, Objective.BALANCED) == pytest.approx(1 / 25)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("statistic", list(Statistic))
def test_permuting_positions_keeps_the_style_and_changes_the_content(
    objective: Objective, statistic: Statistic
) -> None:
    maps, target = features(5, 6, 7), target_of(features(5, 6, 7, seed=1))
    shuffled = maps.flatten(2)[:, :, torch.randperm(42)].reshape(maps.shape)
    before = style_loss(Moments.of(maps), target, objective, statistic)
    after = style_loss(Moments.of(shuffled), target, objective, statistic)
    assert after.item() == pytest.approx(before.item(), rel=1e-12)
    assert add_content(torch.zeros_like(maps), maps, shuffled, 1.0).item() > 1


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("statistic", list(Statistic))
def test_style_gradient_agrees_with_finite_differences(
    objective: Objective, statistic: Statistic
) -> None:
    maps, target = features(4, 5, 6), target_of(features(4, 5, 6, seed=1))
    _, by_moments = style_gradient(Moments.of(maps), target, objective, statistic)
    gradient = by_moments.pull(maps)
    for position in ((0, 0, 0, 0), (0, 3, 4, 5), (0, 2, 1, 3)):
        step = torch.zeros_like(maps)
        step[position] = 1e-5
        above, below = (
            style_loss(Moments.of(moved), target, objective, statistic).item()
            for moved in (maps + step, maps - step)
        )
        assert gradient[position].item() == pytest.approx((above - below) / 2e-5, rel=1e-5)


@pytest.mark.parametrize("statistic", list(Statistic))
def test_the_styles_own_features_have_no_style_loss(statistic: Statistic) -> None:
    maps = features(4, 8, 8)
    loss = style_loss(Moments.of(maps), target_of(maps), Objective.BALANCED, statistic)
    assert abs(loss.item()) < 2e-3  # the floor under the eigenvalues leaves a trace


def test_wasserstein_of_diagonal_gaussians_is_the_closed_formula() -> None:
    generator = torch.Generator().manual_seed(3)
    raw = torch.randn(100_000, 2, generator=generator, dtype=torch.float64)
    white = (raw - raw.mean(0)) @ torch.linalg.inv(torch.linalg.cholesky(torch.cov(raw.T))).T
    factor = (len(white) - 1) / len(white)
    spread, other = torch.tensor([2.0, 0.5]).double(), torch.tensor([1.0, 1.5]).double()
    shift = torch.tensor([0.3, -0.2]).double()
    first, second = white * spread + shift, white * other
    as_maps = [values.T.reshape(1, 2, 1, -1) for values in (first, second)]
    loss = style_loss(
        Moments.of(as_maps[0]), target_of(as_maps[1]), Objective.BALANCED, Statistic.WASSERSTEIN
    )
    squared = shift.square().sum() + (spread - other).square().sum() * factor
    energy = other.square().sum() * factor
    assert loss.item() == pytest.approx((squared / energy).item(), rel=5e-3)


def test_sums_of_parts_are_the_sum_of_the_whole() -> None:
    maps = features(6, 9, 11)
    left, right = Moments.of(maps[..., :4]), Moments.of(maps[..., 4:])
    both, whole = left + right, Moments.of(maps)
    torch.testing.assert_close(both.second, whole.second, rtol=1e-13, atol=0)
    torch.testing.assert_close(both.first, whole.first, rtol=1e-13, atol=0)
    assert both.count == whole.count


def test_bfloat16_features_are_summed_in_float32_without_overflow() -> None:
    maps = torch.full((1, 3, 100, 100), 250.0, dtype=torch.bfloat16)
    moments = Moments.of(maps)
    assert moments.second.dtype == torch.float32
    # Blocks of products are rounded to eight bits.
    torch.testing.assert_close(
        moments.second, torch.full((3, 3), 250.0**2 * 10_000), rtol=2**-8, atol=0
    )


def test_pull_in_bfloat16_is_the_float32_one_rounded() -> None:
    maps = features(4, 40, 40).float()
    gradient = MomentsGradient(torch.randn(4), torch.randn(4, 4))
    half = gradient.pull(maps.bfloat16()).float()
    torch.testing.assert_close(half, gradient.pull(maps), rtol=2e-2, atol=5e-2)


def variation(pixels: torch.Tensor) -> torch.Tensor:
    whole = slice(0, pixels.shape[0]), slice(0, pixels.shape[1])
    return add_total_variation(torch.zeros_like(pixels), pixels, *whole, 0.0)


def test_total_variation_of_a_single_edge_counts_its_height_once() -> None:
    pixels = torch.zeros(4, 4, 3, dtype=torch.float64)
    pixels[:, 2:] = 1.0
    total = variation(pixels).item()
    one = (3 + 0.02**2) ** 0.5 - 0.02  # a grey step of 1 is √3 in light, and nothing in colour
    assert total == pytest.approx(4 * one)


def test_a_difference_of_colour_counts_three_times_as_much_as_one_of_light() -> None:
    def edge(colour: tuple[float, float, float]) -> float:
        pixels = torch.zeros(4, 4, 3, dtype=torch.float64)
        pixels[:, 2:] = torch.tensor(colour, dtype=torch.float64) * 100  # far above the softness
        return variation(pixels).item()

    light = edge((1 / 3**0.5,) * 3)
    for opponent in ((1 / 2**0.5, -(1 / 2**0.5), 0.0), (1 / 6**0.5, 1 / 6**0.5, -2 / 6**0.5)):
        assert edge(opponent) == pytest.approx(3 * light, rel=1e-3)


def test_the_gradient_of_total_variation_is_that_of_its_differences() -> None:
    generator = torch.Generator().manual_seed(0)
    pixels = torch.rand(5, 4, 3, generator=generator, dtype=torch.float64)
    gradient = torch.ones_like(pixels)
    add_total_variation(gradient, pixels, slice(1, 4), slice(0, 4), 0.5)
    for place in itertools.product(range(5), range(4), range(3)):
        sides = []
        for change in (1e-6, -1e-6):
            moved = pixels.clone()
            moved[place] += change
            args = torch.zeros_like(pixels), moved, slice(1, 4), slice(0, 4), 0.0
            sides.append(add_total_variation(*args).item())
        expected = 1 + 0.5 * (sides[0] - sides[1]) / 2e-6
        assert gradient[place].item() == pytest.approx(expected, abs=1e-6)


def test_blended_styles_count_the_same_whatever_their_size() -> None:
    small, large = features(3, 4, 4), features(3, 20, 20, seed=1)
    blended = StyleTarget.blend([Moments.of(small), Moments.of(large)])
    expected = (Moments.of(small).second / 16 + Moments.of(large).second / 400) / 2
    torch.testing.assert_close(blended.second, expected)
