"""Colours in a run: what is shown, what is painted, resumed, tiled, live and switched off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine import checkpoint, tiling
from engine.colours import tones
from engine.colours.palette import Palette, light
from engine.colours.tones import Tones
from engine.job import Frame, Job, Message, Picture, Rewind
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import finish, frames, network, noise, picture, resolved

LIGHT = {"colours": "luminance"}


def soft(height: int, width: int, seed: int = 0) -> Picture:
    """A picture whose colours are far from the range's ends, so that any light has room."""
    pixels = picture(height, width, seed).pixels
    return Picture((96 + pixels * 0.25).astype(np.uint8), f"soft-{seed}")


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": (32, 48),
        "steps": 6,
        "threads": 1,
        "device": "cpu",
        "seed": 3,
        "precision": "float32",
        **values,
    }
    return Job(soft(36, 48), (picture(40, 40, 1),), Settings.of(small))


def chroma(picture: NDArray[Any]) -> NDArray[Any]:
    found: NDArray[Any] = picture - light(picture)
    return found


def last(asked: Job) -> NDArray[np.float32]:
    return frames(stylise(asked))[-1].snapshot()


def painted(frame: Frame) -> torch.Tensor:
    assert isinstance(frame.state, checkpoint.Snapshot)
    return frame.state.picture


@pytest.mark.parametrize("init", ["content", "noise", "style"])
@pytest.mark.parametrize("deep", [False, True])
def test_painted_in_light_only_a_picture_keeps_the_photographs_chroma(
    net: Path, init: str, deep: bool
) -> None:
    asked = job(net, init=init, **LIGHT)
    if deep:
        wide = asked.content.pixels.astype(np.uint16) * np.uint16(256) + np.uint16(77)
        asked = replace(asked, content=replace(asked.content, pixels=wide))
    shown = last(asked)
    top = 65535 if deep else 255
    photograph = asked.content.pixels.astype(np.float32) / top
    grey = light(shown)
    room = (np.abs(chroma(photograph)).max(-1, keepdims=True) < np.minimum(grey, 1 - grey))[..., 0]
    assert room.mean() > 0.9
    np.testing.assert_allclose(chroma(shown)[room], chroma(photograph)[room], atol=1e-5)
    difference = np.abs(grey - light(photograph)).mean()
    assert difference > 0.01  # it was painted


def test_what_is_painted_stays_grey(net: Path) -> None:
    for frame in frames(stylise(job(net, steps=20, **LIGHT))):
        grey = painted(frame)
        assert float((grey - grey.mean(2, keepdim=True)).abs().max()) < 1e-4


@pytest.mark.parametrize("init", ["content", "noise"])
def test_every_frame_is_shown_in_the_photographs_colours(net: Path, init: str) -> None:
    asked = job(net, init=init, **LIGHT)
    for frame in frames(stylise(asked)):
        height, width = frame.pixels.shape[:2]
        assert frame.snapshot().shape[:2] in ((24, 32), (36, 48))
        theirs = asked.content.pixels.reshape(-1, 3).mean(0) / 255
        ours = frame.pixels.reshape(-1, 3).mean(0) / 255
        assert (height, width) in ((24, 32), (36, 48))
        np.testing.assert_allclose(chroma(ours), chroma(theirs), atol=0.01)


@pytest.mark.parametrize("colours", ["luminance", "match", "match-cholesky"])
def test_without_strength_the_bytes_are_those_of_the_styles_own_colours(
    net: Path, colours: str
) -> None:
    plain = last(job(net))
    assert last(job(net, colours=colours, colour_strength=0)).tobytes() == plain.tobytes()
    assert last(job(net, colours=colours, colour_strength=0.5)).tobytes() != plain.tobytes()


def test_wholly_put_back_the_chroma_is_the_photographs(net: Path) -> None:
    plain, blended = last(job(net)), last(job(net, colour_blend=1))
    photograph = job(net).content.pixels.astype(np.float32) / 255
    grey = light(plain)
    np.testing.assert_allclose(light(blended), grey, atol=1e-5)
    room = (np.abs(chroma(photograph)).max(-1, keepdims=True) < np.minimum(grey, 1 - grey))[..., 0]
    np.testing.assert_allclose(chroma(blended)[room], chroma(photograph)[room], atol=1e-5)


@pytest.mark.parametrize("colours", ["match", "match-cholesky"])
def test_each_of_several_styles_is_brought_to_the_photographs_colours(
    net: Path, colours: str
) -> None:
    content = soft(36, 48)
    held = Tones(content)
    settings = job(net, colours=colours).settings
    wanted = Palette.of(content.pixels)
    for seed in (1, 2, 3):
        style = picture(30, 50, seed)
        pixels = torch.from_numpy(style.pixels / np.float32(255))
        found = Palette.of(held.painting(settings, style, pixels).numpy())
        np.testing.assert_allclose(found.mean, wanted.mean, atol=1e-4)
        np.testing.assert_allclose(found.covariance, wanted.covariance, atol=1e-4)


@pytest.mark.parametrize("values", [LIGHT, {"colours": "match"}, {**LIGHT, "colour_strength": 0.6}])
def test_in_tiles_the_picture_is_the_same(net: Path, values: dict[str, object]) -> None:
    large = {"scales": (160,), "steps": 2, "optimizer": "gradient", **values}
    whole, tiled = (last(job(net, tile=tile, **large)) for tile in (1024, 128))
    np.testing.assert_allclose(tiled, whole, atol=2e-4)


def test_the_gradient_is_that_of_the_light() -> None:
    settings = resolved(
        style_layers="conv1_1,conv2_1", content_layer="conv2_1", tv_weight=2, **LIGHT
    )
    net = network(width=16)
    photograph, style, x = (noise(20, 24, seed).mean(2, keepdim=True) for seed in (1, 2, 3))
    grey = [each.expand(-1, -1, 3).contiguous() for each in (photograph, style, x)]
    net = net.to("cpu", torch.float64)
    net = replace(net, mean=net.mean.double())
    goal = finish(tiling.targets(net, grey[0], [grey[1]], settings))
    found = finish(tiling.evaluate(net, grey[2], goal, settings))
    tones.hold(settings, found.gradient)
    assert bool((found.gradient == found.gradient[..., :1]).all())
    for row, column in ((0, 0), (7, 11), (19, 23)):
        step = torch.zeros_like(grey[2])
        step[row, column] = 1e-5
        ends = [
            finish(tiling.evaluate(net, grey[2] + sign * step, goal, settings)).losses.total
            for sign in (1, -1)
        ]
        slope = float((found.gradient[row, column]).sum())
        assert slope == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-4)


# Resumed and steered


def saved_at(asked: Job, step: int, path: Path) -> list[Frame]:
    seen = []
    for message in stylise(asked):
        if isinstance(message, Frame):
            seen.append(message)
            if message.step == step:
                message.state.write(path, whole=True)
    return seen


def goes_on(asked: Job, path: Path) -> Job:
    return replace(asked, settings=checkpoint.read_header(path).settings, resume=path, start=None)


@pytest.mark.parametrize("init", ["content", "noise", "picture"])
@pytest.mark.parametrize("step", [2, 5])
def test_resumed_the_bytes_are_the_same(net: Path, tmp_path: Path, init: str, step: int) -> None:
    asked = job(net, colour_blend=0.3, init=None if init == "picture" else init, **LIGHT)
    if init == "picture":
        asked = replace(asked, start=picture(36, 48, 5))
    path = tmp_path / "c"
    whole = saved_at(asked, step, path)
    first, *rest = frames(stylise(goes_on(asked, path)))
    there = [frame for frame in whole if frame.step == step][-1]
    assert first.pixels.tobytes() == there.pixels.tobytes()
    assert rest[-1].snapshot().tobytes() == whole[-1].snapshot().tobytes()


def test_a_run_that_goes_on_from_a_picture_is_resumed_twice_without_it(
    net: Path, tmp_path: Path
) -> None:
    asked = replace(job(net, scales=(32, 40, 48), steps=9, **LIGHT), start=picture(36, 48, 5))
    first, second = tmp_path / "first", tmp_path / "second"
    whole = saved_at(asked, 1, first)
    saved_at(goes_on(asked, first), 3, second)
    again = frames(stylise(goes_on(asked, second)))
    assert again[-1].snapshot().tobytes() == whole[-1].snapshot().tobytes()


def steered(asked: Job, settings: Settings, at: int) -> Iterator[Message]:
    messages, reply = stylise(asked), None
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            return
        yield message
        is_there = isinstance(message, Frame) and message.step == at
        reply = settings if is_there else None


@pytest.mark.parametrize(("before", "after"), [({}, LIGHT), (LIGHT, {})])
@pytest.mark.parametrize("start", [None, picture(36, 48, 5)])
def test_changed_during_a_run_and_resumed_after_it_the_bytes_are_the_same(
    net: Path,
    tmp_path: Path,
    before: dict[str, object],
    after: dict[str, object],
    start: Picture | None,
) -> None:
    asked = replace(job(net, steps=9, **before), start=start)
    changed = asked.settings.replace(colours=after.get("colours", "style"))
    path = tmp_path / "c"
    whole = []
    for message in steered(asked, changed, 1):
        if isinstance(message, Frame):
            whole.append(message)
            if message.step == 3:
                message.state.write(path, whole=True)
    rest = frames(stylise(goes_on(asked, path)))
    assert rest[-1].snapshot().tobytes() == whole[-1].snapshot().tobytes()
    is_light = bool(after)
    grey = painted(whole[-1])
    assert (float((grey - grey.mean(2, keepdim=True)).abs().max()) < 1e-4) == is_light


@pytest.mark.parametrize("strength", [0.0, 0.4, 0.8])
@pytest.mark.parametrize("blend", [0.0, 0.5])
def test_a_change_of_strength_leaves_what_is_shown(strength: float, blend: float) -> None:
    content = soft(20, 30)
    held = Tones(content)
    old = Settings.of({"colours": "luminance", "colour_strength": 0.5, "colour_blend": blend})
    new = old.replace(colour_strength=strength)
    x = noise(20, 30).float() * 0.2 + 0.4
    shown = held.shown(old, x.clone())
    carried = held.carried_over(old, new, x)
    torch.testing.assert_close(held.shown(new, carried.clone()), shown, atol=1e-6, rtol=0)


@pytest.mark.parametrize(
    "values",
    [{}, LIGHT, {**LIGHT, "colour_strength": 0.5}, {"colour_blend": 0.6}, {"colours": "match"}],
    ids=str,
)
def test_a_run_goes_on_from_the_picture_as_it_was_shown(
    net: Path, values: dict[str, object]
) -> None:
    asked = job(net, **values)
    shown = last(asked)
    deep = Picture((shown * 65535 + 0.5).astype(np.uint16), "the picture on the canvas")
    again = replace(asked, start=deep, settings=asked.settings.replace(steps=0))
    np.testing.assert_allclose(last(again), shown, atol=1e-4)


def test_what_is_put_back_changes_at_once_and_unpaints_nothing(net: Path) -> None:
    asked = job(net, scales=(48,), steps=8)
    plain = frames(stylise(asked))
    changed = [
        message
        for message in steered(asked, asked.settings.replace(colour_blend=1.0), 4)
        if isinstance(message, Frame)
    ]
    for before, after in zip(plain, changed, strict=True):
        assert painted(before).numpy().tobytes() == painted(after).numpy().tobytes()
        same = before.snapshot().tobytes() == after.snapshot().tobytes()
        assert same == (after.step <= 4)


@pytest.mark.parametrize("start", [None, picture(36, 48, 5)])
def test_sent_back_to_before_a_change_of_colours_the_bytes_are_the_same(
    net: Path, tmp_path: Path, start: Picture | None
) -> None:
    asked = replace(job(net, steps=9), start=start)
    path, light_only = tmp_path / "c", asked.settings.replace(**LIGHT)
    plain = frames(stylise(asked))
    reply: Settings | Rewind | None = None
    messages, seen = stylise(asked), list[Frame]()
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            break
        reply = None
        if isinstance(message, Frame):
            seen.append(message)
            if len(seen) == 2:
                message.state.write(path, whole=True)
                reply = light_only
            elif len(seen) == 4:
                reply = Rewind(path, asked.settings)
    assert seen[4].step == seen[1].step
    assert seen[4].pixels.tobytes() == plain[1].pixels.tobytes()
    assert seen[-1].snapshot().tobytes() == plain[-1].snapshot().tobytes()
