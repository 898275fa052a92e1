"""Undo during a run, going back through it, branching from it: over a scripted engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.session.history import MERGED
from gui.state import Phase
from tests.gui import acts
from tests.gui.acts import click, end, paint, pause, shade, shown_step, trigger
from tests.gui.fake_engine import STEPS, FakeEngine


def weight(window: MainWindow) -> float | None:
    return window.session.state.settings.style_weight


def change(window: MainWindow, value: int) -> None:
    """Another step back than the one before, however quickly they follow each other."""
    window.session.set(style_weight=float(value))
    back = window.session._history._back
    back[-1] = replace(back[-1], at=back[-1].at - 2 * MERGED)


def begin(qtbot: QtBot, window: MainWindow, engine: FakeEngine, steps: int = 1) -> None:
    acts.begin(qtbot, window, engine, steps)
    qtbot.waitUntil(lambda: engine.at == shown_step(window) + 1)


def step(qtbot: QtBot, window: MainWindow, engine: FakeEngine, steps: int = 1) -> None:
    acts.step(qtbot, window, engine, steps)
    qtbot.waitUntil(lambda: engine.at == shown_step(window) + 1)


def let_through(qtbot: QtBot, window: MainWindow, engine: FakeEngine, shown: int) -> None:
    """Let one step pass; what is then on the canvas is that of a step."""
    engine.gate.release()
    qtbot.waitUntil(lambda: shown_step(window) == shown and engine.at == shown + 1)


# Undo


def test_undo_takes_settings_and_picture_back_and_redo_forth_again(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    before = weight(ready)
    begin(qtbot, ready, engine, 3)  # at step 2
    change(ready, 80)
    step(qtbot, ready, engine, 3)  # taken up at step 3, now at step 5
    trigger(ready, "undo")
    assert weight(ready) == before
    let_through(qtbot, ready, engine, 3)
    assert shade(ready) == 3
    assert len(engine.rewinds) == 1
    assert engine.rewinds[0].settings.style_weight == before
    step(qtbot, ready, engine)
    assert shown_step(ready) == 4
    trigger(ready, "redo")
    assert weight(ready) == 80
    let_through(qtbot, ready, engine, 6)  # where it was left
    step(qtbot, ready, engine)
    assert shade(ready) == 7
    engine.gate.release(STEPS)
    qtbot.waitUntil(lambda: ready.session.state.phase is Phase.IDLE)
    assert shade(ready) == STEPS


def test_in_a_pause_the_picture_goes_back_at_once_and_the_run_waits_on(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    before = weight(ready)
    begin(qtbot, ready, engine, 3)
    change(ready, 80)
    step(qtbot, ready, engine, 2)
    at = pause(qtbot, ready, engine)
    assert at > 3
    trigger(ready, "undo")
    qtbot.waitUntil(lambda: shade(ready) == 3)
    assert ready.session.state.phase is Phase.PAUSED
    trigger(ready, "redo")
    qtbot.waitUntil(lambda: shade(ready) == at)
    trigger(ready, "undo")
    qtbot.waitUntil(lambda: shade(ready) == 3)
    assert weight(ready) == before
    click(qtbot, ready.run_bar.pause_button)
    let_through(qtbot, ready, engine, 4)
    assert [each.settings.style_weight for each in engine.rewinds] == [before, 80, before]


def test_a_change_that_the_run_has_not_met_yet_costs_no_step_back(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    before = weight(ready)
    begin(qtbot, ready, engine, 3)
    at = pause(qtbot, ready, engine)
    change(ready, 80)
    change(ready, 20)
    trigger(ready, "undo")
    trigger(ready, "undo")
    click(qtbot, ready.run_bar.pause_button)
    let_through(qtbot, ready, engine, at + 1)
    assert engine.rewinds == []
    assert [each.style_weight for each in engine.live] == [before]


def test_several_changes_are_taken_back_one_by_one(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    before = weight(ready)
    begin(qtbot, ready, engine, 2)
    change(ready, 80)  # taken up at step 2
    step(qtbot, ready, engine, 2)
    change(ready, 20)  # taken up at step 4
    step(qtbot, ready, engine, 2)
    trigger(ready, "undo")
    let_through(qtbot, ready, engine, 4)
    trigger(ready, "undo")
    let_through(qtbot, ready, engine, 2)
    assert [each.settings.style_weight for each in engine.rewinds] == [80, before]


def test_what_was_changed_before_the_run_takes_only_the_settings_back(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    change(ready, 80)
    begin(qtbot, ready, engine, 3)
    with qtbot.waitSignal(ready.session.noted) as noted:
        trigger(ready, "undo")
    assert "no picture of then is kept" in noted.args[0]
    step(qtbot, ready, engine, 2)
    assert engine.rewinds == []
    assert len(engine.live) == 1


def test_the_losses_and_the_timelapse_forget_what_was_undone(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    begin(qtbot, ready, engine, 3)
    change(ready, 80)
    step(qtbot, ready, engine, 3)
    trigger(ready, "undo")
    let_through(qtbot, ready, engine, 3)
    steps = ready.loss.history.steps  # of the frames that were seen
    assert steps[-1] == 3
    assert steps == sorted(set(steps))
    film = ready.session.reel.recorder.film()
    assert [shot.step for shot in film.shots] == [0, 1, 2, 3]


# Going back through a run


def test_the_bar_is_there_once_there_are_moments(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    bar = ready.steering.bar
    assert not bar.isVisible()
    begin(qtbot, ready, engine, 4)
    assert bar.isVisible()
    assert bar.text == "Now"
    assert not bar.branch_button.isVisible()
    assert (bar.slider.minimum(), bar.slider.maximum()) == (0, 3)


def test_a_moment_stays_on_the_canvas_while_the_run_goes_on(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    bar = ready.steering.bar
    begin(qtbot, ready, engine, 6)
    bar.slider.setValue(2)
    assert shade(ready) == 2
    assert bar.text == "Step 2 · 32 px"
    step(qtbot, ready, engine, 2)
    assert shade(ready) == 2
    assert bar.slider.value() == 2
    bar.slider.setValue(bar.slider.maximum())
    assert shade(ready) == 7
    step(qtbot, ready, engine)
    assert shade(ready) == 8
    assert bar.step is None


def test_a_finished_run_can_be_gone_through_and_another_picture_ends_that(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    paint(qtbot, ready, engine, 6)
    bar, full = ready.steering.bar, ready.canvas.picture_rect()
    bar.slider.setValue(1)
    assert shade(ready) == 1
    assert ready.canvas.picture_rect() == full
    trigger(ready, "start-over")
    assert ready.session.state.content is not None
    assert shade(ready) == ready.session.state.content.pixels[0, 0, 0]
    assert bar.step is None


def test_the_loss_plot_shows_the_moment_under_the_pointer_and_a_click_stays(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    begin(qtbot, ready, engine, 6)
    ready.loss.pointed_at.emit(3)
    assert shade(ready) == 3
    ready.loss.pointed_at.emit(None)
    assert shade(ready) == 5
    ready.loss.chosen.emit(2)
    ready.loss.pointed_at.emit(None)
    assert shade(ready) == 2
    assert ready.steering.bar.slider.value() == 2


def test_a_new_run_begins_with_its_own_moments(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 6)
    ready.steering.bar.slider.setValue(1)
    begin(qtbot, ready, engine, 3)
    assert shade(ready) == 2
    assert ready.steering.bar.slider.maximum() == 2


# Branching


def test_a_branch_ends_the_run_keeps_its_picture_and_begins_from_the_moment(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    begin(qtbot, ready, engine, 6)
    ready.steering.bar.slider.setValue(2)
    change(ready, 80)
    click(qtbot, ready.steering.bar.branch_button)
    qtbot.waitUntil(lambda: len(engine.jobs) == 2)
    branch = engine.jobs[1]
    assert branch.start is not None
    assert np.unique(branch.start.pixels // 257).tolist() == [2]
    assert branch.settings.style_weight == 80
    assert branch.content is engine.jobs[0].content
    qtbot.waitUntil(lambda: ready.film.count == 1)
    engine.gate.release(5)
    qtbot.waitUntil(lambda: shown_step(ready) == 4)
    end(qtbot, ready)
    trigger(ready, "undo")  # the branch's picture
    assert shade(ready) == 2
    trigger(ready, "undo")  # the branch: the run that it left
    assert shade(ready) in (5, 6)
    assert ready.film.count >= 1


def test_a_branch_of_a_finished_run_begins_at_once(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 6)
    ready.steering.bar.slider.setValue(3)
    trigger(ready, "branch")
    qtbot.waitUntil(lambda: len(engine.jobs) == 2)
    assert engine.jobs[1].start is not None
    assert engine.jobs[1].start.pixels[0, 0, 0] // 257 == 3
    end(qtbot, ready)


def test_why_there_can_be_no_branch_is_said(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    with qtbot.waitSignal(ready.session.noted) as noted:
        trigger(ready, "branch")
    assert "Go back to a moment" in noted.args[0]
    paint(qtbot, ready, engine, 6)
    ready.steering.bar.slider.setValue(3)
    assert ready.steering.bar.branch_button.isEnabled()
    ready.session.swap()
    ready.steering.bar.slider.setValue(3)
    button = ready.steering.bar.branch_button
    assert not button.isEnabled()
    assert button.toolTip() == "The run was of another content picture"
