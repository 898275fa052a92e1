"""The update rule that is chosen where the user leaves it open: by what fits into memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import checkpoint
from engine.choices import Optimizer
from engine.costs import forecast, frugal, memory
from engine.costs.workload import Workload
from engine.defaults import HISTORY
from engine.job import Frame, Job, Message, Note, Started
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import PLAIN_CPU, picture

CONTENT, STYLES = (2048, 2048), ((1024, 1024),)
OPEN = Settings(network="sketch", scales=(2048,), steps=100)


def needed(**values: object) -> int:
    work = Workload.of(OPEN.replace(**values), CONTENT, STYLES, PLAIN_CPU)
    return sum(memory.peak(work).values())


def chosen(there: int, **values: object) -> tuple[Optimizer | None, int | None]:
    asked = OPEN.replace(**values)
    found = frugal.decided(asked, CONTENT, STYLES, PLAIN_CPU, there)
    assert found.replace(optimizer=asked.optimizer, history=asked.history) == asked
    return found.optimizer, found.history


def test_lbfgs_remembers_as_much_as_fits_and_where_little_fits_adam_is_taken() -> None:
    for history in (HISTORY, 10, 5):
        there = needed(optimizer="lbfgs", history=history)
        assert chosen(there) == (Optimizer.LBFGS, history)
    assert chosen(there - 1)[0] is Optimizer.ADAM
    assert chosen(0)[0] is Optimizer.ADAM


def test_what_the_user_chose_stays_however_little_memory_there_is() -> None:
    assert chosen(0, optimizer="lbfgs", history=50) == (Optimizer.LBFGS, 50)
    assert chosen(0, optimizer="lbfgs") == (Optimizer.LBFGS, frugal.SHORTEST)
    assert chosen(0, history=50)[0] is Optimizer.ADAM
    assert chosen(0, optimizer="gradient")[0] is Optimizer.GRADIENT


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"optimizer": "adam", "history": 5}, "the optimiser is adam"),
        ({"optimizer": "lbfgs", "history": 10}, "L-BFGS remembers 10 steps"),
        ({"optimizer": "lbfgs", "history": HISTORY}, ""),
    ],
)
def test_what_was_cut_down_is_told(changes: dict[str, object], words: str) -> None:
    told = frugal.remark(OPEN, OPEN.replace(**changes))
    assert told.startswith(words)
    assert bool(told) == bool(words)
    assert frugal.remark(OPEN.replace(**changes), OPEN.replace(**changes)) == ""


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": (64,),
        "steps": 3,
        "threads": 1,
        "device": "cpu",
        **values,
    }
    return Job(picture(48, 64), (picture(40, 40, 1),), Settings.of(small))


def run(asked: Job) -> list[Message]:
    return list(stylise(asked))


def test_a_render_says_what_it_chose_and_its_checkpoint_holds_it(
    net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecast, "available", lambda device: 0)
    seen = run(job(net))
    (started,) = (message for message in seen if isinstance(message, Started))
    assert started.settings.optimizer is Optimizer.ADAM
    assert any("the optimiser is adam" in m.text for m in seen if isinstance(m, Note))
    last = [message for message in seen if isinstance(message, Frame)][-1]
    last.state.write(tmp_path / "c", whole=True)
    assert checkpoint.read_header(tmp_path / "c").settings.optimizer is Optimizer.ADAM


def test_a_live_change_does_not_bring_the_long_memory_back(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecast, "available", lambda device: 0)
    asked = job(net, optimizer="lbfgs", steps=6)
    messages, reply, last = stylise(asked), None, None
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            break
        is_time = isinstance(message, Frame) and message.step == 2
        reply = asked.settings.replace(style_weight=90.0) if is_time else None
        last = message if isinstance(message, Frame) else last
    assert last is not None
    assert isinstance(last.state, checkpoint.Snapshot)
    assert last.state.header.settings.history == frugal.SHORTEST
    assert last.state.header.settings.style_weight == 90.0
