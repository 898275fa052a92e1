"""What you see small is what you get big: by the loss of one independent function, scaled down.

Sizes are a quarter of the real ones, so that it takes less than a minute: the real ones are
`tests.benchmarks.same_look`'s.
"""

from __future__ import annotations

import pytest
import torch

from engine import examples, geometry, imageio
from engine.settings import Settings
from tests.benchmarks import same_look
from tests.benchmarks.judging import Pair, judge_of
from tests.benchmarks.textbook import Judge

SMALL, LARGE = 128, 512

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def anchored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large pictures are held to the look at 128 px, as real ones to that at 512 px."""
    monkeypatch.setattr(geometry, "ANCHOR", SMALL)


@pytest.fixture(scope="module")
def pair() -> Pair:
    example = examples.named("harbour+impasto")
    return Pair(example.name, imageio.read(example.content), imageio.read(example.style))


@pytest.fixture(scope="module")
def settings() -> Settings:
    values = {"network": "sketch", "size": SMALL, "steps": 60, "threads": 1, "seed": 0}
    return Settings.of({**values, "device": "cpu"})


@pytest.fixture(scope="module")
def judge(pair: Pair, settings: Settings) -> Judge:
    return judge_of(settings, pair, SMALL)


@pytest.fixture(scope="module")
def small(pair: Pair, settings: Settings) -> torch.Tensor:
    return same_look.painted(settings, pair)


def test_a_large_render_begins_as_the_small_one(pair: Pair, settings: Settings) -> None:
    (first,) = same_look.scales_of(settings, pair)
    scales = same_look.scales_of(same_look.continued(settings, pair, LARGE), pair)
    assert [max(scale.width, scale.height) for scale in scales] == [128, 256, 512]
    assert scales[0].steps >= first.steps


def test_scaled_down_a_large_render_looks_as_the_small_one(
    pair: Pair, settings: Settings, judge: Judge, small: torch.Tensor
) -> None:
    large = same_look.painted(same_look.continued(settings, pair, LARGE), pair)
    found = same_look.look(judge, same_look.scaled_to(large, small))
    assert found.beside(same_look.look(judge, small)).is_same


def test_a_render_of_one_scale_does_not(
    pair: Pair, settings: Settings, judge: Judge, small: torch.Tensor
) -> None:
    whole = same_look.continued(settings, pair, LARGE)
    single = same_look.painted(same_look.at_once(whole, pair), pair)
    found = same_look.look(judge, same_look.scaled_to(single, small))
    assert not found.beside(same_look.look(judge, small)).is_same


def test_nor_does_one_that_nothing_holds(
    pair: Pair,
    settings: Settings,
    judge: Judge,
    small: torch.Tensor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(geometry, "anchor", lambda *_: None)
    large = same_look.painted(same_look.continued(settings, pair, LARGE), pair)
    found = same_look.look(judge, same_look.scaled_to(large, small))
    assert not found.beside(same_look.look(judge, small)).is_same
