"""Mixed precision: bfloat16 where it is faster, float32 for the last steps, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from engine import checkpoint, defaults
from engine.choices import Precision
from engine.job import Frame, Job, Message, Note, Started
from engine.optimise import LBFGS, Point
from engine.settings import Settings
from engine.stylise import stylise
from engine.vgg import Network, Visit
from tests.engine.support import PLAIN_CPU, frames, picture

NARROW, WIDE = torch.bfloat16, torch.float32


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": (48,),
        "steps": 20,
        "threads": 1,
        "device": "cpu",
        "seed": 3,
        "precision": "mixed",
        **values,
    }
    return Job(picture(36, 48), (picture(40, 40, 1),), Settings.of(small))


def formats(asked: Job, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[int, int], torch.dtype]:
    """The number format of the features whose gradient led to each frame, by scale and step."""
    real, seen = Network.walk, list[torch.dtype]()

    def walk(self: Network, tile: Tensor) -> Iterator[Visit]:
        for visit in real(self, tile):
            seen.append(visit.output.dtype)
            yield visit

    monkeypatch.setattr(Network, "walk", walk)
    return {(m.scale, m.step): seen[-1] for m in stylise(asked) if isinstance(m, Frame)}


def notes(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Note)]


def test_auto_is_mixed_where_bfloat16_is_faster_and_else_float32() -> None:
    for is_faster, precision in ((True, Precision.MIXED), (False, Precision.FLOAT32)):
        device = replace(PLAIN_CPU, bfloat16=is_faster)
        settings = defaults.resolved(Settings(), device, threads=1, seed=0)
        assert settings.precision is precision


def test_the_last_tenth_is_float32(net: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = formats(job(net), monkeypatch)
    assert {step: seen[0, step] for step in range(18)} == dict.fromkeys(range(18), NARROW)
    assert {step: seen[0, step] for step in (18, 19, 20)} == dict.fromkeys((18, 19, 20), WIDE)


def test_it_is_of_the_last_scales_steps(net: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = formats(job(net, scales=(32, 48), steps=30), monkeypatch)
    wide = [place for place, dtype in seen.items() if dtype is WIDE]
    assert wide == [(1, 28), (1, 29), (1, 30)]
    seen = formats(job(net, scales=(32, 40, 48, 56, 64), steps=12), monkeypatch)
    assert {place for place, dtype in seen.items() if dtype is WIDE} == {(4, 11), (4, 12)}


def test_an_evaluation_alone_is_float32(net: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert formats(job(net, steps=0), monkeypatch) == {(0, 0): WIDE}


@pytest.mark.parametrize(("precision", "dtype"), [("bfloat16", NARROW), ("float32", WIDE)])
def test_what_is_asked_for_stays_to_the_end(
    net: Path, monkeypatch: pytest.MonkeyPatch, precision: str, dtype: torch.dtype
) -> None:
    asked = job(net, precision=precision)
    assert notes(list(stylise(asked))) == []
    assert set(formats(asked, monkeypatch).values()) == {dtype}


def test_it_is_said_once(net: Path) -> None:
    assert notes(list(stylise(job(net)))) == ["float32 from step 19 on"]
    asked = job(net, scales=(32, 40, 48, 56, 64), steps=31)
    assert notes(list(stylise(asked))) == ["float32 from step 31 on"]


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam"])
def test_the_loss_goes_on_from_where_it_was(net: Path, optimizer: str) -> None:
    totals = [frame.losses.total for frame in frames(stylise(job(net, optimizer=optimizer)))]
    assert totals[18] == pytest.approx(totals[17], rel=0.05)
    assert totals[20] <= totals[18]
    exact = frames(stylise(job(net, optimizer=optimizer, precision="float32")))[-1]
    assert totals[-1] == pytest.approx(exact.losses.total, rel=0.05)


def test_lbfgs_forgets_nothing(net: Path) -> None:
    held = []
    for frame in frames(stylise(job(net))):
        assert isinstance(frame.state, checkpoint.Snapshot)
        held.append(len(frame.state.memory.numbers))
    assert held[18] >= held[17] > 10
    assert held[20] >= held[18]


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam", "gradient"])
@pytest.mark.parametrize("step", [16, 17, 18, 19])
def test_a_run_resumed_around_the_change_ends_in_the_same_bytes(
    net: Path, tmp_path: Path, optimizer: str, step: int
) -> None:
    asked = job(net, optimizer=optimizer, scales=(32, 48))
    whole = []
    for message in stylise(asked):
        if isinstance(message, Frame):
            whole.append(message)
            if (message.step, message.scale) == (step, 1):
                message.state.write(tmp_path / "c", whole=True)
    saved = checkpoint.read_header(tmp_path / "c").settings
    rest = frames(stylise(replace(asked, settings=saved, resume=tmp_path / "c")))
    assert [f.losses for f in rest] == [f.losses for f in whole[-len(rest) :]]
    assert rest[-1].evaluations == whole[-1].evaluations
    assert rest[-1].snapshot().tobytes() == whole[-1].snapshot().tobytes()


def test_what_was_decided_repeats_the_picture(net: Path) -> None:
    messages = list(stylise(job(net)))
    started = next(m for m in messages if isinstance(m, Started))
    assert started.settings.precision is Precision.MIXED
    last = [m for m in messages if isinstance(m, Frame)][-1]
    again = frames(stylise(replace(job(net), settings=started.settings)))[-1]
    assert again.snapshot().tobytes() == last.snapshot().tobytes()


def test_where_bfloat16_leads_no_further_float32_takes_over(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LBFGS._direction

    def uphill_at_first(self: LBFGS, at: Point) -> Tensor:
        is_narrow = self.noise > 1e-4
        return at.evaluation.gradient * 1e6 if is_narrow else real(self, at)

    monkeypatch.setattr(LBFGS, "_direction", uphill_at_first)
    seen = frames(stylise(job(net)))
    assert [frame.step for frame in seen] == [0, 18, 19, 20]
    assert seen[-1].losses.total < seen[1].losses.total
