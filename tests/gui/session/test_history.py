"""Undo and redo, against the plainest model of them: a list of moments and a place in it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.settings import Settings
from gui.session import history
from gui.session.history import History
from gui.state import Moment, Result


def moment(number: int) -> Moment:
    return Moment(settings=Settings(seed=number))


def result(megabytes: int) -> Result:
    # A view of one number: as large as it says, without taking the memory.
    return Result(np.broadcast_to(np.float32(0), (megabytes, 512, 512)))


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=60))
def test_undo_and_redo_walk_to_and_fro_over_what_was_changed(actions: list[str]) -> None:
    past: list[Moment] = []
    ahead: list[Moment] = []
    present = moment(0)
    tested, count = History(), 0
    for action in actions:
        if action == "change":
            count += 1
            tested.record(f"change {count}", "", present, float(count))
            past, present, ahead = [*past, present], moment(count), []
        elif action == "undo" and past:
            ahead, went, past = [present, *ahead], past[-1], past[:-1]
            assert tested.undo(present) is went
            present = went
        elif action == "redo" and ahead:
            past, went, ahead = [*past, present], ahead[0], ahead[1:]
            assert tested.redo(present) is went
            present = went
        assert (tested.back is not None) == bool(past)
        assert (tested.forth is not None) == bool(ahead)


def test_a_slider_that_is_dragged_is_one_step_back() -> None:
    tested = History()
    for index in range(10):
        tested.record("strength", "style_weight", moment(index), index * 0.1)
    assert tested.undo(moment(10)) == moment(0)
    assert tested.back is None


def test_the_same_slider_moved_later_or_another_one_is_a_step_of_its_own() -> None:
    tested = History()
    tested.record("strength", "style_weight", moment(0), 0.0)
    tested.record("strength", "style_weight", moment(1), history.MERGED + 0.1)
    tested.record("size", "size", moment(2), history.MERGED + 0.2)
    present = moment(3)
    for expected in (2, 1, 0):
        present = tested.undo(present)
        assert present == moment(expected)


def test_a_change_after_undo_does_not_merge_into_what_was_undone() -> None:
    tested = History()
    tested.record("strength", "style_weight", moment(0), 0.0)
    assert tested.undo(moment(1)) == moment(0)
    tested.record("strength", "style_weight", moment(0), 0.1)
    assert tested.forth is None
    assert tested.undo(moment(2)) == moment(0)


def test_the_oldest_are_forgotten_when_their_pictures_take_too_much_memory() -> None:
    tested, present = History(), Moment()
    results = [result(300) for _ in range(6)]
    for index, painted in enumerate(results):
        tested.record("render", "", present, float(index))
        present = Moment(result=painted)
    held = []
    while tested.back:
        present = tested.undo(present)
        held.append(present.result)
    kept = [painted for painted in held if painted is not None]
    assert 0 < sum(painted.pixels.nbytes for painted in kept) <= history.MOST_BYTES
    newest_first = results[-2::-1]  # the last one is on the canvas, and is not held by undo
    assert all(one is other for one, other in zip(kept, newest_first, strict=False))
    assert len(kept) == 3


def test_settings_alone_are_told_from_a_change_of_pictures() -> None:
    before = Moment(result=result(1))
    tested = History()
    tested.record("size", "size", before, 0.0)
    assert tested.back is not None
    assert tested.back.is_settings_only(
        Moment(before.content, (), Settings(size=99), before.result)
    )
    assert not tested.back.is_settings_only(Moment(result=result(1)))
