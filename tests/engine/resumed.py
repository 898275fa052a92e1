"""Runs that are saved at a step and resumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from engine import checkpoint
from engine.job import Frame, Job, Note
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import picture


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": (32, 48),
        "steps": 9,
        "threads": 1,
        "device": "cpu",
        "seed": 3,
        **values,
    }
    return Job(picture(36, 48), (picture(40, 40, 1),), Settings.of(small))


def saved_at(job: Job, step: int, path: Path, *, scale: int | None = None) -> list[Frame]:
    """Run a job to its end, with a whole checkpoint at one of its frames."""
    seen = []
    for message in stylise(job):
        if isinstance(message, Frame):
            seen.append(message)
            if message.step == step and scale in (None, message.scale):
                message.state.write(path, whole=True)
    return seen


def resumed(job: Job, path: Path, **changes: object) -> Job:
    """The same pictures, with the settings of the checkpoint."""
    saved = checkpoint.read_header(path).settings
    return replace(job, settings=saved.replace(**changes), resume=path)


def told(messages: Iterator[object]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Note)]


def assert_same_end(path: Path, whole: list[Frame], rest: list[Frame]) -> None:
    last, again = whole[-1], rest[-1]
    assert [(f.step, f.scale) for f in rest] == [
        (f.step, f.scale) for f in whole[len(whole) - len(rest) :]
    ]
    assert [f.losses for f in rest] == [f.losses for f in whole[len(whole) - len(rest) :]]
    assert again.evaluations == last.evaluations
    assert again.snapshot().tobytes() == last.snapshot().tobytes()
