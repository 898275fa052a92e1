"""A run that is sent back to one of its moments goes on from there as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engine.job import Frame, Job, Message, Note, Rewind
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import picture

Wish = Settings | Rewind
SCALES = (32, 48)


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": SCALES,
        "steps": 8,
        "threads": 1,
        "device": "cpu",
        "seed": 3,
        "precision": "float32",
        **values,
    }
    return Job(picture(36, 48), (picture(30, 50, 1),), Settings.of(small))


def steered(asked: Job, steer: Callable[[int, Frame], Wish | None]) -> list[Message]:
    """Run a job; `steer` answers each frame, told which one in the order of coming it is."""
    seen: list[Message] = []
    messages, reply, count = stylise(asked), None, 0
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            return seen
        seen.append(message)
        reply = None
        if isinstance(message, Frame):
            message = seen[-1] = replace(message, snapshot=partial(np.copy, message.snapshot()))
            reply = steer(count, message)
            count += 1


def frames_of(messages: list[Message]) -> list[Frame]:
    return [message for message in messages if isinstance(message, Frame)]


def assert_same(one: Frame, other: Frame) -> None:
    assert (one.step, one.scale, one.losses) == (other.step, other.scale, other.losses)
    assert np.array_equal(one.snapshot(), other.snapshot())
    assert np.array_equal(one.pixels, other.pixels)


@pytest.mark.parametrize(
    ("values", "changed_at", "back_at"),
    [
        ({}, 3, 5),  # within a scale
        ({}, 3, 9),  # from the next scale to the one before
        ({"optimizer": "adam"}, 7, 9),
        ({"init": "noise"}, 2, 9),
    ],
)
def test_undoing_a_live_change_leads_to_the_bytes_of_a_run_without_it(
    net: Path, tmp_path: Path, values: dict[str, object], changed_at: int, back_at: int
) -> None:
    asked = job(net, **values)
    plain = frames_of(steered(asked, lambda count, frame: None))
    path = tmp_path / "before.ckpt"
    loud = asked.settings.replace(style_weight=3000.0)

    def steer(count: int, frame: Frame) -> Wish | None:
        if count == changed_at:
            frame.state.write(path, whole=True)
            return loud
        return Rewind(path, asked.settings) if count == back_at else None

    messages = steered(asked, steer)
    frames = frames_of(messages)
    assert not np.array_equal(
        frames[changed_at + 1].snapshot(), plain[changed_at + 1].snapshot()
    )  # the change did something
    after = frames[back_at + 1 :]
    assert len(after) == len(plain) - changed_at
    for one, other in zip(after, plain[changed_at:], strict=True):
        assert_same(one, other)
    assert any(isinstance(m, Note) and m.text.startswith("back at step") for m in messages)


def test_without_what_the_optimiser_had_learnt_the_picture_is_the_same_and_the_loss_falls(
    net: Path, tmp_path: Path
) -> None:
    asked, path = job(net), tmp_path / "before.ckpt"

    def steer(count: int, frame: Frame) -> Wish | None:
        if count == 3:
            frame.state.write(path, whole=False)
            return asked.settings.replace(style_weight=3000.0)
        return Rewind(path, asked.settings) if count == 5 else None

    frames = frames_of(steered(asked, steer))
    assert_same(frames[6], frames[3])
    assert frames[7].losses.total < frames[6].losses.total
    assert frames[-1].step == frames[-1].steps


def test_back_and_forth_again(net: Path, tmp_path: Path) -> None:
    asked, before, left = job(net), tmp_path / "before.ckpt", tmp_path / "left.ckpt"
    loud = asked.settings.replace(style_weight=3000.0)

    def steer(count: int, frame: Frame) -> Wish | None:
        if count == 2:
            frame.state.write(before, whole=True)
            return loud
        if count == 4:
            frame.state.write(left, whole=True)
            return Rewind(before, asked.settings)
        return Rewind(left, loud) if count == 6 else None

    frames = frames_of(steered(asked, steer))
    without = frames_of(steered(asked, lambda count, frame: loud if count == 2 else None))
    for one, other in zip(frames[7:], without[4:], strict=True):
        assert_same(one, other)


def test_a_rewind_may_bring_other_settings_along(net: Path, tmp_path: Path) -> None:
    asked, path = job(net), tmp_path / "before.ckpt"
    loud = asked.settings.replace(style_weight=3000.0)

    def steer(count: int, frame: Frame) -> Wish | None:
        if count == 2:
            frame.state.write(path, whole=True)
        return Rewind(path, loud) if count == 4 else None

    frames = frames_of(steered(asked, steer))
    without = frames_of(steered(asked, lambda count, frame: loud if count == 2 else None))
    for one, other in zip(frames[5:], without[2:], strict=True):
        assert_same(one, other)


@pytest.mark.parametrize("content", [None, b"no checkpoint"])
def test_where_it_cannot_go_back_it_goes_on_with_the_settings(
    net: Path, tmp_path: Path, content: bytes | None
) -> None:
    asked, path = job(net), tmp_path / "gone.ckpt"
    if content is not None:
        path.write_bytes(content)
    loud = asked.settings.replace(style_weight=3000.0)
    messages = steered(asked, lambda count, frame: Rewind(path, loud) if count == 2 else None)
    without = frames_of(steered(asked, lambda count, frame: loud if count == 2 else None))
    for one, other in zip(frames_of(messages), without, strict=True):
        assert_same(one, other)
    notes = [message.text for message in messages if isinstance(message, Note)]
    assert any(text.startswith("the picture stays as it is") for text in notes)
