"""Killed at any instant and started again, a batch redoes nothing that is finished, loses none."""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.engine.batch import victim
from tests.engine.support import picture

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")

NAMES = {"a-x.png", "a-y.png", "b-x.png", "b-y.png"}


@pytest.fixture(scope="module")
def forks() -> Any:
    """One process imports torch; the victims are its forks, before it ever computed anything."""
    context = multiprocessing.get_context("forkserver")
    preload = ["engine.stylise", "engine.batch.painting", "tests.engine.batch.victim"]
    context.set_forkserver_preload(preload)
    return context


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for index, name in enumerate(("photos/a.png", "photos/b.png", "paint/x.png", "paint/y.png")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(picture(36, 48, index).pixels).save(path)
    return tmp_path


def painted(folder: Path) -> dict[str, tuple[int, bytes]]:
    """The finished pictures: when each was written, and what it holds."""
    paths = sorted((folder / "out").glob("*.png"))
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


def log(folder: Path) -> list[tuple[str, int, int]]:
    """Which picture, step and scale were come to, in order."""
    path = folder / "log"
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    parts = (line.rsplit(" ", 2) for line in lines)
    return [(name, int(step), int(scale)) for name, step, scale in parts]


def run(forks: Any, folder: Path, asked: list[str], frames: int | None, delay: float) -> int:
    """Run until some more frames are there and a delay is over, then kill; None: to its end."""
    there = len(log(folder))
    process = forks.Process(target=victim.paint, args=(folder, asked))
    process.start()
    end = time.monotonic() + 120
    while frames is None or len(log(folder)) < there + frames:
        process.join(0.01)
        if process.exitcode is not None or time.monotonic() > end:
            break
    process.join(delay)
    process.kill()
    process.join()
    code = process.exitcode
    process.close()
    assert isinstance(code, int)
    return code


def kill_again_and_again(
    forks: Any, folder: Path, net: Path, *, steps: int, seed: int, frames: int
) -> None:
    chance = random.Random(seed)
    asked = victim.arguments(folder, net, steps)
    kills = 0
    while True:
        before, begun = painted(folder), len(log(folder))
        there = {name: (step, scale) for name, step, scale in log(folder)}
        code = run(forks, folder, asked, chance.randint(1, frames), chance.uniform(0, 0.02))
        after = painted(folder)
        assert before.items() <= after.items(), "what was finished was painted again, or lost"
        came = log(folder)[begun:]
        assert not {name for name, *_ in came} & before.keys()
        if came and came[0][0] in there:  # it goes on with the picture that was being painted
            name, step, scale = came[0]
            assert (step, scale) >= there[name]
        if code != -9:
            break
        kills += 1
    assert code == 0
    assert kills >= 2
    assert painted(folder).keys() == NAMES
    assert json.loads((folder / "report.json").read_text())["outcome"] == "finished"
    assert list((folder / "out").glob(".impasto-batch/*.ckpt")) == []
    killed = {name: data for name, (_, data) in painted(folder).items()}
    shutil.rmtree(folder / "out")
    assert run(forks, folder, asked, None, 0) == 0
    assert {name: data for name, (_, data) in painted(folder).items()} == killed


def test_a_batch_that_is_killed_goes_on_where_it_was_and_ends_in_the_same_pictures(
    forks: Any, folder: Path, net: Path
) -> None:
    kill_again_and_again(forks, folder, net, steps=8, seed=0, frames=14)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("seed", range(1, 9))
def test_a_batch_that_is_killed_dozens_of_times_too(
    forks: Any, folder: Path, net: Path, seed: int
) -> None:
    kill_again_and_again(forks, folder, net, steps=30, seed=seed, frames=8)
