"""When checkpoints are written, by a clock that the test moves."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.disk import files
from engine.disk.autosave import EVERY, SHARE, Autosave
from engine.errors import DiskFullError, OutputError
from engine.job import Frame, Losses, Note
from tests.engine.support import NO_PIXELS

LONGEST_AGE = 10.0


@dataclass
class Disk:
    """A clock, and a disk that takes its time and may be full.

    Attributes:
        now: seconds.
        seconds_per_unit: that writing takes, a unit being a picture.
        written: when, of which step, whether whole.
        full: why nothing is written.
        only_whole: whether a picture still fits.
    """

    now: float = 0.0
    seconds_per_unit: float = 0.01
    written: list[tuple[float, int, bool]] = field(default_factory=list)
    full: str = ""
    only_whole: bool = False


@dataclass
class State:
    """A run's state, whose optimiser is so many times as large as its picture."""

    disk: Disk
    step: int
    memory: int

    def size(self, *, whole: bool) -> int:
        return 1000 * (1 + self.memory * whole)

    def write(self, path: Path, *, whole: bool) -> None:
        if self.disk.full and whole >= self.disk.only_whole:
            raise DiskFullError(self.disk.full, "free some space")
        self.disk.now += self.disk.seconds_per_unit * (1 + self.memory * whole)
        self.disk.written.append((self.disk.now, self.step, whole))


def _no_snapshot() -> NDArray[np.float32]:
    raise AssertionError("nobody asked for the picture")


def frame(disk: Disk, step: int, *, memory: int = 40, scale: int = 0) -> Frame:
    losses = Losses(1.0, 0.0, {}, 0.0)
    state = State(disk, step, memory)
    return Frame(step, 100, scale, 2, (1, 1), losses, step, NO_PIXELS, _no_snapshot, state)


@pytest.fixture
def disk() -> Disk:
    return Disk()


def autosave(disk: Disk, path: Path) -> Autosave:
    return Autosave(path, clock=lambda: disk.now)


def run(disk: Disk, keeper: Autosave, iterations: list[float], *, memory: int = 40) -> None:
    """A start of a scale without memory, then frames after so many seconds each."""
    keeper.add(frame(disk, 0, memory=0))
    for step, seconds in enumerate(iterations, 1):
        disk.now += seconds
        keeper.add(frame(disk, step, memory=memory))


def test_the_first_frame_is_written_at_once_and_then_one_every_few_seconds(
    disk: Disk, tmp_path: Path
) -> None:
    run(disk, autosave(disk, tmp_path / "c"), [0.1] * 600)
    times = [time for time, _, _ in disk.written]
    gaps = np.diff(times)
    assert times[0] < 0.1
    assert EVERY - 0.5 < gaps.min() <= gaps.max() < EVERY + 0.5


def test_iterations_longer_than_that_are_all_written(disk: Disk, tmp_path: Path) -> None:
    run(disk, autosave(disk, tmp_path / "c"), [0.1] * 3 + [30.0] * 5)
    assert [step for _, step, _ in disk.written] == [0, 4, 5, 6, 7, 8]


def test_a_small_memory_is_written_each_time(disk: Disk, tmp_path: Path) -> None:
    disk.seconds_per_unit = 0.005
    run(disk, autosave(disk, tmp_path / "c"), [0.5] * 100)
    assert len(disk.written) > 9
    assert all(whole for _, _, whole in disk.written)


def test_a_large_memory_costs_a_small_share_of_the_time_and_the_picture_is_still_written(
    disk: Disk, tmp_path: Path
) -> None:
    disk.seconds_per_unit = 0.2  # 8.2 s for the whole state
    run(disk, autosave(disk, tmp_path / "c"), [0.5] * 4000)
    wholes = [time for time, _, whole in disk.written if whole][1:]
    assert wholes
    assert (len(wholes) * 8.2) / disk.now <= SHARE
    assert np.diff([time for time, _, _ in disk.written]).max() <= LONGEST_AGE
    # Before each long write the same picture goes alone, so that a kill meanwhile costs nothing.
    for before, after in pairwise(disk.written):
        if after[2]:
            assert before[1] == after[1]
    assert sum(not whole for _, _, whole in disk.written) > 10 * len(wholes)


def test_a_new_scale_is_written_at_once(disk: Disk, tmp_path: Path) -> None:
    keeper = autosave(disk, tmp_path / "c")
    keeper.add(frame(disk, 0, memory=0))
    disk.now += 0.1
    keeper.add(frame(disk, 1))
    keeper.add(frame(disk, 1, scale=1, memory=0))
    assert [(step, whole) for _, step, whole in disk.written] == [(0, True), (1, True)]


def test_settling_writes_everything_however_long_it_takes(disk: Disk, tmp_path: Path) -> None:
    disk.seconds_per_unit = 10.0
    keeper = autosave(disk, tmp_path / "c")
    keeper.add(frame(disk, 0, memory=0))
    assert keeper.settle(frame(disk, 1)) is None
    assert disk.written[-1][1:] == (1, True)
    keeper.settle(frame(disk, 2), whole=False)
    assert disk.written[-1][1:] == (2, False)


def test_a_full_disk_is_said_once_and_tried_again(disk: Disk, tmp_path: Path) -> None:
    keeper = autosave(disk, tmp_path / "c")
    keeper.add(frame(disk, 0, memory=0))
    disk.full = "no space is left in folder"
    notes = []
    for step in range(1, 61):
        disk.now += 1
        notes.append(keeper.add(frame(disk, step)))
    said = [note for note in notes if note is not None]
    assert said == [
        Note(
            "there is no new checkpoint: no space is left in folder; free some space; the render "
            "goes on"
        )
    ]
    disk.full = ""
    for step in range(61, 71):
        disk.now += 1
        assert keeper.add(frame(disk, step)) is None
    assert disk.written[-1][1] > 61
    disk.full = "no space is left in folder"
    assert keeper.settle(frame(disk, 71)) == Note(
        "there is no new checkpoint: no space is left in folder; free some space"
    )


def test_where_the_whole_does_not_fit_the_picture_is_written(disk: Disk, tmp_path: Path) -> None:
    keeper = autosave(disk, tmp_path / "c")
    keeper.add(frame(disk, 0, memory=0))
    disk.full, disk.only_whole = "no space is left in folder", True
    note = keeper.settle(frame(disk, 1))
    assert note is not None
    assert note.text.startswith("only the picture was written as checkpoint: no space is left")
    assert disk.written[-1][1:] == (1, False)


def test_where_nothing_can_be_written_it_is_found_before_the_run(
    disk: Disk, tmp_path: Path
) -> None:
    for path in (tmp_path, tmp_path / "none" / "c"):
        with pytest.raises(OutputError):
            autosave(disk, path)


def test_what_killed_writers_left_is_swept_and_nothing_else(disk: Disk, tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    kept = {f".c.{os.getpid()}.part", f".d.{gone.pid}.part", "c", ".c.x.part"}
    for name in (*kept, f".c.{gone.pid}.part"):
        (tmp_path / name).write_text("…")
    (tmp_path / f".c.{os.getpid()}.part").write_text("being written")
    files.sweep(tmp_path / "c")
    assert {p.name for p in tmp_path.iterdir()} == kept


@settings(derandomize=True, database=None, max_examples=60, deadline=None)
@given(
    iterations=st.lists(st.floats(0.01, 4), min_size=1, max_size=60),
    memory=st.integers(1, 400),
    pace=st.floats(1e-4, 0.3),
)
def test_whenever_it_is_killed_the_picture_is_not_older_than_ten_seconds_or_an_iteration(
    tmp_path_factory: pytest.TempPathFactory, iterations: list[float], memory: int, pace: float
) -> None:
    disk = Disk(seconds_per_unit=pace)
    keeper = autosave(disk, tmp_path_factory.mktemp("c") / "c")
    keeper.add(frame(disk, 0, memory=0))
    made = [disk.now]  # when each step's picture was there
    for step, seconds in enumerate(iterations, 1):
        disk.now += seconds
        made.append(disk.now)
        _, on_disk, _ = disk.written[-1]
        assert made[step] - made[on_disk] <= max(LONGEST_AGE, *iterations)
        keeper.add(frame(disk, step, memory=memory))
        made[step] = disk.now  # no newer picture comes, or is lost, while one is written
