"""Undo finds the picture before a change, whenever the worker comes to what was asked of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import DiskFullError
from engine.settings import Settings
from gui.session.history import History
from gui.state import Moment
from gui.steering import trail
from gui.steering.trail import Trail
from tests.gui.fake_engine import StepState, frame


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def attend(tested: Trail, step: int) -> int | None:
    """What the worker does at a frame; the step that the run goes back to."""
    turn = tested.turn()
    assert tested.write(turn, frame(step, shade=0)) is None
    return None if turn.target is None else int(turn.target.read_text())


class Model:
    """A run, its changes and the way back, where everything is done at once.

    Attributes:
        picture: that a user would say is there: where undo has led, though not yet the worker.
    """

    def __init__(self) -> None:
        self.picture, self.settings = 0, 0
        self.back: list[tuple[int, int]] = []
        self.forth: list[tuple[int, int]] = []

    def change(self) -> None:
        self.back.append((self.picture, self.settings))
        self.forth.clear()
        self.settings += 100

    def go(self, here: list[tuple[int, int]], there: list[tuple[int, int]]) -> None:
        there.append((self.picture, self.settings))
        self.picture, self.settings = here.pop()


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["step", "change", "undo", "redo"]), min_size=12, max_size=50))
def test_undo_and_redo_lead_to_the_picture_that_was_there(actions: list[str]) -> None:
    model, history, tested = Model(), History(), Trail()
    present, number, waits, newest, steps = Moment(), 0, False, 0, 0
    for action in actions:
        if action == "change":
            number += 1
            model.change()
            history.record("change", "", present, float(number))
            present, waits = Moment(settings=Settings(seed=number)), True
            assert history.back is not None
            tested.mark(history.back.mark)
        elif action == "step":
            back = attend(tested, newest) if waits else None
            waits = False
            shown = newest if back is None else back
            assert shown == model.picture
            steps += 1
            newest = model.picture = steps
        elif action == "undo" and model.back:
            model.go(model.back, model.forth)
            present, waits = history.undo(present), True
            assert tested.go(*history.way)
        elif action == "redo" and model.forth:
            model.go(model.forth, model.back)
            present, waits = history.redo(present), True
            assert tested.go(*history.way)
    tested.clear()


def test_a_change_of_another_run_has_no_picture() -> None:
    tested = Trail()
    tested.mark(1)
    attend(tested, 3)
    tested.clear()
    assert not tested.go(1, 2)
    assert not tested.is_going


def test_only_so_many_are_kept_and_the_newest_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "MOST", 3)
    tested = Trail()
    for step in range(6):
        tested.mark(step)
        attend(tested, step)
    assert [tested.go(step, 100 + step) for step in range(6)] == [False] * 3 + [True] * 3
    assert attend(tested, 9) == 5
    tested.clear()


def test_large_pictures_are_kept_without_what_the_optimiser_learnt_and_fewer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrote: list[bool] = []

    class Large(StepState):
        def size(self, *, whole: bool) -> int:
            return trail.MOST_BYTES * (20 if whole else 1)

        def write(self, path: Path, *, whole: bool) -> None:
            wrote.append(whole)
            super().write(path, whole=whole)

    tested = Trail()
    for step in range(4):
        tested.mark(step)
        turn = tested.turn()
        tested.write(turn, replace(frame(step), state=Large(step)))
    assert wrote == [False] * 4
    assert [tested.go(step, 100 + step) for step in range(4)] == [False, False, True, True]
    tested.clear()


def test_where_it_cannot_be_kept_that_is_said() -> None:
    class Full(StepState):
        def write(self, path: Path, *, whole: bool) -> None:
            raise DiskFullError("no space is left", "free some")

    tested = Trail()
    tested.mark(1)
    note = tested.write(tested.turn(), replace(frame(1), state=Full(1)))
    assert note is not None
    assert "no space is left" in note.text
    tested.clear()
