"""Random walks over all that users do: no warning, no dead button, no lost picture."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.gui.acts import drop
from tests.gui.conftest import one_window
from tests.gui.fake_engine import FakeEngine, no_devices
from tests.gui.walker import Walker

NAMES = (
    *("render", "step", "steps", "pause", "cancel", "fail", "snapshot", "undo", "redo"),
    *("there and back", "start over", "continue", "strength", "size", "drop", "drop one"),
    *("drop bad", "remove", "swap", "look", "compare two", "back", "continue from"),
    *("enlarge", "enlarge kept", "scrub", "branch", "timelapse", "vary"),
    *("settings of", "copy kept", "save kept", "delete", "offer", "compare", "save", "save as"),
    *("copy", "drop saved", "close", "from canvas", "language"),
    *("masks", "paint mask", "clear mask"),
    *("add style", "share", "only", "part", "remove style"),
    *("queue", "run queue", "on queue"),
)
UNSHRUNK = hypothesis_settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
"""A walk that fails is not made shorter, which would take longer than to read it."""

BEGINNING = (("render", 0), ("steps", 0))
"""So that there is something to do something with."""


def walks(longest: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    names = st.sampled_from(NAMES)
    return st.lists(st.tuples(names, st.integers(0, 9)), min_size=8, max_size=longest)


@hypothesis_settings(UNSHRUNK, max_examples=15, derandomize=True)
@given(steps=walks(30))
def test_whatever_is_done_the_window_stays_true_and_keeps_every_picture(
    qtbot: QtBot,
    home: Path,
    tmp_path: Path,
    pictures: tuple[Path, Path],
    steps: list[tuple[str, int]],
) -> None:
    walk(qtbot, home, tmp_path, pictures, steps)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@hypothesis_settings(UNSHRUNK, max_examples=400)
@given(steps=walks(60))
def test_whatever_is_done_at_length(
    qtbot: QtBot,
    home: Path,
    tmp_path: Path,
    pictures: tuple[Path, Path],
    steps: list[tuple[str, int]],
) -> None:
    walk(qtbot, home, tmp_path, pictures, steps)


def walk(
    qtbot: QtBot,
    home: Path,
    folder: Path,
    pictures: tuple[Path, Path],
    steps: list[tuple[str, int]],
) -> None:
    shutil.rmtree(home, ignore_errors=True)
    engine = FakeEngine()
    with one_window(home, engine, no_devices) as window:
        walker = Walker(qtbot, window, engine, pictures, folder)
        assert set(NAMES) == set(walker.actions())
        drop(window, *pictures)
        walker.settle()
        walker.walk([*BEGINNING, *steps])
