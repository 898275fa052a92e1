"""A process that is killed or quits in the middle of a run, and what the next one makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gui.film.gallery import Gallery

ROOT = Path(__file__).parents[3]
GONE = 3.0
"""Seconds within which a process that is asked to quit is gone."""

Begin = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def begin(home: Path, net: Path, pictures: tuple[Path, Path]) -> Begin:
    """Start the application in a process of its own."""

    def begin(what: str) -> subprocess.Popen[str]:
        arguments = [what, *map(str, (*pictures, net))]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.gui.trouble.other_process", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )

    return begin


def heard(process: subprocess.Popen[str]) -> str:
    """The next line that a process says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def all_heard(process: subprocess.Popen[str]) -> list[str]:
    """All that a process says until it has ended well."""
    with process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return said.splitlines()


def leftovers(home: Path) -> list[Path]:
    return list((home / "recovery").glob("*/*/job.json"))


def test_a_run_whose_process_is_killed_is_resumed_by_the_next_to_its_end(
    begin: Begin, home: Path
) -> None:
    with begin("paint") as process:
        assert heard(process) == "painting"
        process.kill()
    assert Gallery(home / "gallery").entries() == ()
    assert len(leftovers(home)) == 1
    offered, ended = all_heard(begin("resume"))
    assert "was interrupted" in offered
    assert ended == "finished 40/40"
    (entry,) = Gallery(home / "gallery").entries()
    assert entry.made.finished
    assert (entry.width, entry.height) == (48, 36)
    assert leftovers(home) == []


def test_a_system_that_shuts_down_ends_a_run_with_its_picture_kept(
    begin: Begin, home: Path
) -> None:
    with begin("paint") as process:
        assert heard(process) == "painting"
        process.terminate()
        assert process.wait(30) == 0
    (entry,) = Gallery(home / "gallery").entries()
    assert not entry.made.finished
    assert leftovers(home) == []


def test_a_process_that_quits_during_a_run_is_gone_in_time_with_its_picture_kept(
    begin: Begin, home: Path
) -> None:
    with begin("quit") as process:
        assert heard(process) == "painting"
        begun = time.monotonic()
        assert process.wait(30) == 0
        assert time.monotonic() - begun < GONE
    (entry,) = Gallery(home / "gallery").entries()
    assert not entry.made.finished
    assert leftovers(home) == []


def test_a_step_that_takes_too_long_is_cut_off_and_offered_at_the_next_start(
    begin: Begin, home: Path
) -> None:
    with begin("quit stuck") as process:
        assert heard(process) == "painting"
        begun = time.monotonic()
        assert process.wait(30) == 0
        assert time.monotonic() - begun < GONE
    assert len(leftovers(home)) == 1
    offered, ended = all_heard(begin("resume"))
    assert "was interrupted" in offered
    assert ended == "failed"  # this engine's state is no checkpoint of the real one's
    assert len(leftovers(home)) == 1  # what nothing was painted of is not thrown away
