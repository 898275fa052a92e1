"""Killed at any instant, the newest complete picture is intact, young, and can be gone on from."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine import checkpoint, imageio
from engine.disk import autosave
from engine.job import Frame, Job
from engine.stylise import stylise
from tests.engine.disk import victim
from tests.engine.support import picture

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")

SIZES = (48, 36), (64, 48)
"""Of the pictures of both scales, px."""


@pytest.fixture(scope="module")
def forks() -> Any:
    """One process imports torch; the victims are its forks, before it ever computed anything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["engine.stylise", "engine.commands.terminal", "tests.engine.disk.victim"]
    )
    return context


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.fromarray(picture(48, 64).pixels).save(tmp_path / "photo.png")
    Image.fromarray(picture(40, 40, 1).pixels).save(tmp_path / "painting.png")
    return tmp_path


def killed(forks: Any, folder: Path, asked: list[str], seconds: float, *, every: float) -> float:
    """Let a render run for so long once it has begun; return when it was killed."""
    log = folder / "log"
    log.write_text("")
    process = forks.Process(target=victim.render, args=(folder, asked, every))
    process.start()
    begun = time.monotonic()
    while not (log.stat().st_size and (folder / "c").exists()):
        assert process.is_alive()
        assert time.monotonic() < begun + 120
        process.join(0.005)
    process.join(seconds)
    process.kill()
    at = time.monotonic()
    process.join()
    assert process.exitcode == -9, "it ended by itself"
    process.close()
    return at


def check(folder: Path, at: float) -> int:
    """Read the checkpoint of a killed render, whole; return its step."""
    header = checkpoint.read_header(folder / "c")
    scale = SIZES[header.scale]
    _, memory, _ = checkpoint.load(folder / "c", header, scale, scale)
    assert memory is not None
    made: dict[int, float] = {}
    for line in (folder / "log").read_text().splitlines():
        moment, step = line.split()
        made.setdefault(int(step), float(moment))
    iterations = [b - a for a, b in zip(list(made.values()), list(made.values())[1:], strict=False)]
    age = at - made[header.step]
    assert age <= max(10.0, *iterations, 0.0)
    assert header.step >= min(made)
    return header.step


def uninterrupted(folder: Path, step: int, scale: int) -> Frame:
    """The same render without a kill, up to a step."""
    header = checkpoint.read_header(folder / "c")
    content, style = (imageio.read(folder / name) for name in ("photo.png", "painting.png"))
    messages = stylise(Job(content, (style,), header.settings))
    frames = (m for m in messages if isinstance(m, Frame))
    return next(f for f in frames if (f.step, f.scale) == (step, scale))


def kill_again_and_again(
    forks: Any, folder: Path, net: Path, times: int, optimizer: str, *, seed: int
) -> None:
    chance = random.Random(seed)
    asked = victim.arguments(folder, net, optimizer)
    steps = []
    for _ in range(times):
        at = killed(forks, folder, asked, chance.uniform(0, 0.6), every=0.0)
        steps.append(check(folder, at))
        assert len(list(folder.glob(".c.*.part"))) <= 1
    assert steps == sorted(steps)
    assert steps[-1] > steps[0]
    header = checkpoint.read_header(folder / "c")
    scale = SIZES[header.scale]
    there, _, _ = checkpoint.load(folder / "c", header, scale, scale)
    frame = uninterrupted(folder, header.step, header.scale)
    assert isinstance(frame.state, checkpoint.Snapshot)
    assert there.numpy().tobytes() == frame.state.picture.numpy().tobytes()
    assert header.evaluations == frame.evaluations


def test_killed_a_few_times_it_is_where_it_would_be_without(
    forks: Any, folder: Path, net: Path
) -> None:
    kill_again_and_again(forks, folder, net, 4, "lbfgs", seed=0)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(("optimizer", "times"), [("adam", 200), ("lbfgs", 100)])
def test_killed_hundreds_of_times_it_is_where_it_would_be_without(
    forks: Any, folder: Path, net: Path, optimizer: str, times: int
) -> None:
    kill_again_and_again(forks, folder, net, times, optimizer, seed=1)


@pytest.mark.slow
def test_at_its_usual_pace_the_picture_is_not_older_than_ten_seconds(
    forks: Any, folder: Path, net: Path
) -> None:
    chance = random.Random(2)
    asked = victim.arguments(folder, net, "adam")
    for _ in range(5):
        check(folder, killed(forks, folder, asked, chance.uniform(4, 14), every=autosave.EVERY))
