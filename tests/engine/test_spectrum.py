"""What steps teach of the loss's curvature by frequency: sums, gains and a loss that is known."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from engine import spectrum
from engine.optimise import LBFGS
from engine.spectrum import BANDS, Spectrum
from tests.engine.support import noise
from tests.engine.test_optimise import quadratic_of, run

sides = st.integers(min_value=2, max_value=40)


def dot(a: Tensor, b: Tensor) -> float:
    return float((a * b).sum())


def grating(period: int, colour: tuple[float, float, float], side: int = 128) -> Tensor:
    wave = torch.cos(torch.arange(side) * (2 * math.pi / period))
    return wave[None, :, None].expand(side, side, 1) * torch.tensor(colour)


@given(height=sides, width=sides, seed=st.integers(0, 99))
def test_the_bands_share_out_the_whole_of_a_vector(height: int, width: int, seed: int) -> None:
    vector = noise(height, width, seed) - 0.5
    energies = Spectrum.of(vector).energies(vector)
    assert energies.shape == (3, BANDS)
    assert float(energies.min()) >= 0
    assert float(energies.sum()) == pytest.approx(dot(vector, vector), rel=1e-4)


@given(height=sides, width=sides, seed=st.integers(0, 99))
def test_scaling_is_symmetric_and_its_form_is_the_energies_times_the_gains(
    height: int, width: int, seed: int
) -> None:
    u, v = noise(height, width, seed) - 0.5, noise(height, width, seed + 100) - 0.5
    frequencies = Spectrum.of(u)
    gains = torch.rand(3, BANDS, generator=torch.Generator().manual_seed(seed)) * 30 + 0.03
    across = dot(u, frequencies.scaled(v, gains))
    assert across == pytest.approx(dot(frequencies.scaled(u, gains), v), rel=1e-3, abs=1e-3)
    own = dot(u, frequencies.scaled(u, gains))
    assert own == pytest.approx(float((gains * frequencies.energies(u)).sum()), rel=1e-3)


def test_gains_of_one_change_nothing() -> None:
    vector = noise(31, 44)
    whole = Spectrum.of(vector).scaled(vector, torch.ones(3, BANDS))
    torch.testing.assert_close(whole, vector, atol=1e-5, rtol=0)


@pytest.mark.parametrize("octave", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    ("plane", "colour"), [(0, (1, 1, 1)), (1, (1, -1, 0)), (2, (1, 1, -2))], ids=["light", "r", "y"]
)
def test_a_grating_lies_in_its_octave_and_its_colour(
    octave: int, plane: int, colour: tuple[float, float, float]
) -> None:
    vector = grating(2**octave, colour)
    energies = Spectrum.of(vector).energies(vector)
    assert float(energies[plane, BANDS - 1 - octave]) == pytest.approx(
        dot(vector, vector), rel=1e-4
    )


def test_a_band_that_bends_less_is_given_the_longer_steps() -> None:
    changes, curvatures = torch.ones(3, BANDS), torch.logspace(-0.5, 0.5, 3 * BANDS).view(3, BANDS)
    gains = spectrum.lengths(changes, changes * curvatures.square())
    ratio = gains * curvatures
    torch.testing.assert_close(ratio, ratio.mean().expand_as(ratio))


def test_a_band_that_never_moved_takes_the_mean() -> None:
    changes, slopes = torch.ones(3, BANDS), torch.full((3, BANDS), 4.0)
    changes[1, 2] = slopes[1, 2] = 0
    torch.testing.assert_close(spectrum.lengths(changes, slopes), torch.ones(3, BANDS))


def test_lbfgs_learns_how_a_loss_bends_by_frequency() -> None:
    """Against torch's own L-BFGS, which starts from one length for all frequencies."""
    start = noise(48, 48)
    frequencies = Spectrum.of(start)
    curvature = torch.logspace(3, 0, BANDS).expand(3, BANDS)  # coarse forms bend most
    goal = 0.5 + 0.2 * (noise(48, 48, 1) - 0.5)

    def bent(difference: Tensor) -> Tensor:
        return frequencies.scaled(difference, curvature)

    ours, _ = run(LBFGS(10, 0.0), quadratic_of(goal, bent), start, 25)

    other = start.clone().requires_grad_()
    rule = torch.optim.LBFGS(
        [other], max_iter=25, history_size=10, tolerance_change=0, line_search_fn="strong_wolfe"
    )

    def closure() -> Tensor:
        difference = other.detach() - goal
        other.grad = bent(difference)
        return 0.5 * (difference * other.grad).sum()

    rule.step(closure)
    theirs = other.detach() - goal
    assert ours.evaluation.losses.total < 0.05 * dot(theirs, bent(theirs))
