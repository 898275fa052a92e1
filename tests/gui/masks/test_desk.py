"""Masks in the window: the way back, runs, keys, pictures that change, files, accessibility."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.job import Job
from gui.main_window import MainWindow
from gui.masks.guiding import STRENGTH, UNGUIDED
from gui.run.forecasting import Forecasting
from gui.state import Phase, Role
from gui.trouble.recovery import Recovery
from tests.gui.acts import active, begin, click, drop, end, pause, step, trigger
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, FakeEngine, frame
from tests.gui.masks.support import ALT, LEFT, NONE, at, stroke, value_at, values

# The way back


def test_each_stroke_is_one_step_back_and_forth(qtbot: QtBot, desk: MainWindow) -> None:
    session = desk.session
    moments = [session.state.guidance]
    for x in (0.2, 0.5, 0.8):
        stroke(qtbot, desk, (x, 0.3), (x, 0.6))
        moments.append(session.state.guidance)
    assert "brush" in session.state.undo
    for guidance in moments[-2::-1]:
        trigger(desk, "undo")
        assert session.state.guidance is guidance
    for guidance in moments[1:]:
        trigger(desk, "redo")
        assert session.state.guidance is guidance


def test_undo_in_the_middle_of_a_stroke_gives_it_up(qtbot: QtBot, desk: MainWindow) -> None:
    stroke(qtbot, desk, (0.2, 0.2))
    qtbot.mousePress(desk.canvas, LEFT, NONE, at(desk, (0.7, 0.7)))
    trigger(desk, "undo")
    qtbot.mouseMove(desk.canvas, at(desk, (0.8, 0.7)))
    qtbot.mouseRelease(desk.canvas, LEFT, NONE, at(desk, (0.8, 0.7)))
    assert desk.session.state.guidance is UNGUIDED


def test_fill_invert_soften_and_clear_act_on_all_of_the_mask(
    qtbot: QtBot, desk: MainWindow
) -> None:
    bar, state = desk.masks.bar, lambda: desk.session.state
    click(qtbot, bar.fill_button)
    assert (values(desk) == 255).all()
    desk.masks.model.choose(size=0.3, hardness=1.0)
    stroke(qtbot, desk, (0.5, 0.5), key=ALT)
    hole = values(desk)
    click(qtbot, bar.invert_button)
    assert np.array_equal(values(desk), 255 - hole)
    click(qtbot, bar.soften_button)
    between = (values(desk) > 10) & (values(desk) < 245)
    assert between.sum() > 3 * ((hole > 10) & (hole < 245)).sum()
    click(qtbot, bar.clear_button)
    assert state().guidance is UNGUIDED
    assert not bar.clear_button.isEnabled()
    assert "paint" in bar.clear_button.toolTip()


# A run


def test_paint_run_pause_repaint_resume(qtbot: QtBot, desk: MainWindow, engine: FakeEngine) -> None:
    session = desk.session
    stroke(qtbot, desk, (0.2, 0.3), (0.8, 0.3))
    first = session.state.guidance
    begin(qtbot, desk, engine, 2)
    assert engine.jobs[0].guidance is first
    pause(qtbot, desk, engine)
    stroke(qtbot, desk, (0.2, 0.6), (0.8, 0.6))
    stroke(qtbot, desk, (0.2, 0.8), (0.8, 0.8))
    last = session.state.guidance
    assert engine.guided == []
    click(qtbot, desk.run_bar.pause_button)
    step(qtbot, desk, engine, 2)
    assert [each is last for each in engine.guided] == [True]
    stroke(qtbot, desk, (0.5, 0.1), (0.5, 0.9))
    trigger(desk, "undo")
    step(qtbot, desk, engine, 2)
    assert engine.guided[-1] is last
    assert desk.masks.bar.isVisible()
    end(qtbot, desk)
    assert session.state.result is not None
    assert session.state.result.guidance is last


def test_undo_of_a_stroke_takes_the_picture_before_it_back_too(
    qtbot: QtBot, desk: MainWindow, engine: FakeEngine
) -> None:
    stroke(qtbot, desk, (0.2, 0.3), (0.8, 0.3))
    first = desk.session.state.guidance
    begin(qtbot, desk, engine, 3)
    stroke(qtbot, desk, (0.2, 0.6), (0.8, 0.6))
    step(qtbot, desk, engine, 3)
    seen = engine.at
    trigger(desk, "undo")
    engine.gate.release()
    qtbot.waitUntil(lambda: bool(engine.rewinds))
    for _ in range(2):
        engine.gate.release()
    qtbot.waitUntil(lambda: len(engine.guided) == 2)
    assert engine.at < seen
    assert engine.guided[-1] is first
    end(qtbot, desk)


def test_a_resumed_run_brings_the_masks_that_its_checkpoint_holds(
    qtbot: QtBot, desk: MainWindow, engine: FakeEngine, home: Path
) -> None:
    stroke(qtbot, desk, (0.2, 0.3), (0.8, 0.3))
    engine.held = desk.session.state.guidance
    other = Recovery(home / "recovery")
    content, styles = desk.session.state.content, desk.session.state.styles
    assert content is not None
    other.record(Job(content, styles, desk.session.state.settings)).add(frame(1))
    other.close()
    desk.masks.model.clear()
    found = Recovery(home / "recovery")
    (leftover,) = found.leftovers()
    assert desk.session.resume_run(leftover)
    step(qtbot, desk, engine)
    assert desk.session.state.guidance is engine.held
    end(qtbot, desk)
    qtbot.waitUntil(lambda: desk.film.count == 1)
    found.close()


def test_the_forecast_knows_of_the_regions(qtbot: QtBot, desk: MainWindow) -> None:
    forecasting = desk.findChild(Forecasting)
    assert forecasting is not None
    assert forecasting._work(desk.session.state, CPU).regions == 0
    stroke(qtbot, desk, (0.2, 0.3), (0.8, 0.3))
    assert forecasting._work(desk.session.state, CPU).regions == 1


def test_frames_come_while_a_stroke_is_drawn(
    qtbot: QtBot, desk: MainWindow, engine: FakeEngine
) -> None:
    begin(qtbot, desk, engine)
    desk.masks.model.choose(size=0.1, hardness=1.0)
    qtbot.mousePress(desk.canvas, LEFT, NONE, at(desk, (0.3, 0.5)))
    step(qtbot, desk, engine, 3)
    assert desk.canvas.image.pixelColor(0, 0).red() == 3
    qtbot.mouseMove(desk.canvas, at(desk, (0.7, 0.5)))
    qtbot.mouseRelease(desk.canvas, LEFT, NONE, at(desk, (0.7, 0.5)))
    assert value_at(desk, (0.5, 0.5)) == 255
    end(qtbot, desk)


def test_an_emptied_mask_is_not_sent_and_bars_the_next_run_with_the_reason(
    qtbot: QtBot, desk: MainWindow, engine: FakeEngine
) -> None:
    said: list[str] = []
    desk.session.noted.connect(said.append)
    model = desk.masks.model
    model.choose(size=0.05)
    stroke(qtbot, desk, (0.5, 0.5))
    begin(qtbot, desk, engine)
    model.choose(size=0.4, hardness=1.0)
    stroke(qtbot, desk, (0.5, 0.5), key=ALT)
    assert not values(desk).any()
    assert any("empty" in text for text in said)
    step(qtbot, desk, engine, 2)
    assert engine.guided == []
    end(qtbot, desk)
    assert "empty" in desk.run_bar.render_button.toolTip()
    assert not desk.run_bar.render_button.isEnabled()
    trigger(desk, "undo")  # the run's picture
    trigger(desk, "undo")
    assert desk.run_bar.render_button.isEnabled()


def test_masks_are_painted_while_before_and_after_are_compared(
    qtbot: QtBot, desk: MainWindow, engine: FakeEngine
) -> None:
    click(qtbot, desk.masks.bar.done_button)
    begin(qtbot, desk, engine)
    for ask in (desk.actions_.by_name["masks"].trigger, desk.canvas_bar.masks_button.click):
        desk.masks.model.open(False)
        desk.canvas.compare(True)
        ask()
        assert desk.masks.bar.isVisible()
        assert not desk.canvas.comparing
    desk.canvas.compare(True)
    stroke(qtbot, desk, (0.2, 0.3), (0.8, 0.3))
    assert desk.canvas.comparing
    assert value_at(desk, (0.3, 0.3)) == 255
    drag_from = at(desk, (0.5, 0.6))  # the line, which is still there to be dragged
    qtbot.mousePress(desk.canvas, LEFT, NONE, drag_from)
    qtbot.mouseMove(desk.canvas, at(desk, (0.7, 0.6)))
    qtbot.mouseRelease(desk.canvas, LEFT, NONE, at(desk, (0.7, 0.6)))
    assert desk.canvas.divider == pytest.approx(0.7, abs=0.02)
    assert value_at(desk, (0.6, 0.6)) == 0
    end(qtbot, desk)


def test_escape_leaves_the_masks_first_and_the_run_next(
    qtbot: QtBot, desk: MainWindow, engine: FakeEngine
) -> None:
    active(qtbot, desk)
    begin(qtbot, desk, engine)
    desk.canvas.setFocus()
    qtbot.keyClick(desk.canvas, Qt.Key.Key_Escape)
    assert not desk.masks.bar.isVisible()
    assert desk.session.state.phase is Phase.RUNNING
    with qtbot.waitSignal(desk.session.run_ended):
        qtbot.keyClick(desk.canvas, Qt.Key.Key_Escape)


def test_keys_choose_the_tool_while_masks_are_painted_only(qtbot: QtBot, desk: MainWindow) -> None:
    active(qtbot, desk)
    desk.canvas.setFocus()
    model = desk.masks.model
    size = model.tool.size
    qtbot.keyClick(desk.canvas, Qt.Key.Key_BracketRight)
    assert model.tool.size > size
    qtbot.keyClick(desk.canvas, Qt.Key.Key_BracketLeft)
    assert model.tool.size == pytest.approx(size)
    qtbot.keyClick(desk.canvas, Qt.Key.Key_E)
    assert desk.masks.bar.eraser_button.isChecked()
    for region in (STRENGTH, 0):
        qtbot.keyClick(desk.canvas, Qt.Key.Key_X)
        assert model.tool.region == region
    qtbot.keyClick(desk.canvas, Qt.Key.Key_O)
    assert not model.tool.overlay
    qtbot.keyClick(desk.canvas, Qt.Key.Key_F)
    assert (values(desk) == 255).all()
    qtbot.keyClick(desk.canvas, Qt.Key.Key_M)
    assert not desk.masks.bar.isVisible()
    qtbot.keyClick(desk.canvas, Qt.Key.Key_E)
    assert model.tool.erasing


# Pictures come and go


def test_masks_go_with_a_photograph_of_another_shape_and_undo_brings_them_back(
    qtbot: QtBot, desk: MainWindow, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.session.noted.connect(said.append)
    stroke(qtbot, desk, (0.5, 0.5))
    guidance = desk.session.state.guidance
    for name, size in (("same", (512, 384)), ("tall", (192, 256))):
        Image.new("RGB", size, "teal").save(tmp_path / f"{name}.png")
        drop(desk.inputs.target(Role.CONTENT), tmp_path / f"{name}.png")
        qtbot.waitUntil(lambda: not desk.session.state.reading)
        assert (desk.session.state.guidance is guidance) == (name == "same")
    assert "Undo brings both back" in said[-1]
    assert desk.masks.bar.isVisible()
    trigger(desk, "undo")
    assert desk.session.state.guidance is guidance


def test_without_a_photograph_or_a_style_masks_say_why_not(
    make_window: MakeWindow, engine: FakeEngine, qtbot: QtBot, pictures: tuple[Path, Path]
) -> None:
    window = make_window(engine)
    button, action = window.canvas_bar.masks_button, window.actions_.by_name["masks"]
    assert not button.isEnabled()
    assert not action.isEnabled()
    assert "content" in button.toolTip()
    drop(window, pictures[0])
    qtbot.waitUntil(lambda: not window.session.state.reading)
    assert "style" in button.toolTip()
    assert "style" in action.toolTip()


def test_the_tools_close_where_the_photograph_is_taken_away(desk: MainWindow) -> None:
    desk.session.remove(Role.CONTENT)
    assert not desk.masks.bar.isVisible()
    assert not desk.canvas_bar.masks_button.isChecked()
    assert desk.actions_.by_name["cancel"].shortcuts()


# Files


def test_a_mask_that_was_saved_is_loaded_as_it_was(
    qtbot: QtBot, desk: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mask"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_, **__: (str(path.with_suffix(".png")), "")
    )
    stroke(qtbot, desk, (0.3, 0.5), (0.6, 0.4))
    painted = values(desk)
    with qtbot.waitSignal(desk.session.writer.saved):
        desk.masks.bar.save_action.trigger()
    click(qtbot, desk.masks.bar.clear_button)
    desk.masks.bar.load_action.trigger()
    qtbot.waitUntil(lambda: desk.session.state.guidance is not UNGUIDED)
    assert np.array_equal(values(desk), painted)


@pytest.mark.parametrize("kind", ["tall", "text"])
def test_a_file_that_is_no_mask_for_this_photograph_changes_nothing_and_says_why(
    qtbot: QtBot, desk: MainWindow, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"{kind}.png"
    if kind == "tall":
        Image.new("L", (60, 90), 255).save(path)
    else:
        path.write_text("no picture")
    stroke(qtbot, desk, (0.3, 0.5))
    before = desk.session.state.guidance
    with qtbot.waitSignal(desk.session.troubled):
        desk.masks.load(path)
    assert desk.session.state.guidance is before
    assert desk.message.isVisible()


def test_the_photographs_transparency_becomes_a_mask(
    qtbot: QtBot, desk: MainWindow, tmp_path: Path
) -> None:
    bar = desk.masks.bar
    assert not bar.alpha_action.isEnabled()
    assert "transparent" in bar.alpha_action.toolTip()
    pixels = np.full((96, 128, 4), 90, np.uint8)
    pixels[..., 3] = np.linspace(0, 255, 128)
    Image.fromarray(pixels).save(tmp_path / "fading.png")
    drop(desk.inputs.target(Role.CONTENT), tmp_path / "fading.png")
    qtbot.waitUntil(lambda: not desk.session.state.reading)
    bar.alpha_action.trigger()
    assert values(desk)[0, 0] == 0
    assert values(desk)[0, -1] == 255


# For all users


def test_the_tools_say_what_painting_does_and_what_the_mask_is(
    qtbot: QtBot, desk: MainWindow
) -> None:
    bar, model = desk.masks.bar, desk.masks.model
    assert bar.hint == "Paint where this style goes"
    model.choose(size=0.5, hardness=1.0)
    stroke(qtbot, desk, (0.25, 0.0), (0.25, 1.0))
    assert bar.hint == f"Covers {round(values(desk).mean() / 2.55)} %"
    model.choose(region=STRENGTH, level=0.0)
    assert bar.hint == "Paint where the styles act less"
    model.fill()
    assert bar.hint == "0 % on the whole"
    assert "empty" in desk.run_bar.render_button.toolTip()


def test_every_tool_has_a_name_and_a_tip_and_is_reached_by_the_keyboard(
    desk: MainWindow,
) -> None:
    bar = desk.masks.bar
    for button in bar.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()
        assert button.toolTip()
    for slider in bar.findChildren(QSlider):
        assert slider.accessibleName()
        assert slider.accessibleDescription().endswith("%")
        assert slider.toolTip()
    reached: set[QWidget] = set()
    widget = bar.regions.nextInFocusChain()
    while widget is not None and widget is not bar.regions:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    assert {bar.brush_button, bar.size_slider.slider, bar.done_button} <= reached


def test_another_window_over_the_same_session_goes_on_painting(desk: MainWindow) -> None:
    desk.masks.model.choose(size=0.33, region=STRENGTH)
    other = MainWindow(desk.session, desk.tools)
    other.take_over(desk)
    other.show()
    assert other.masks.bar.isVisible()
    assert other.masks.model.tool == desk.masks.model.tool
    other.retire()
