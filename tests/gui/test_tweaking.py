"""What the window promises while a picture is tweaked, looked at and kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from engine.settings import Settings
from gui.film.gallery import Kind
from gui.film.strip import Act
from gui.main_window import MainWindow
from gui.state import Phase, Role
from tests.gui.acts import (
    begin,
    click,
    end,
    look_at,
    paint,
    pause,
    shade,
    shown_step,
    step,
    trigger,
)
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import FakeEngine

# Tweaking


def test_undo_brings_the_picture_back_with_its_settings(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 3)
    first = ready.session.state
    ready.session.set(size=128)
    paint(qtbot, ready, engine, 6)
    assert shade(ready) == 5
    trigger(ready, "undo")
    assert shade(ready) == 2
    trigger(ready, "undo")
    assert ready.session.state.now == first.now
    trigger(ready, "redo")
    trigger(ready, "redo")
    assert shade(ready) == 5
    assert ready.session.state.settings.size == 128


def test_undo_during_a_run_is_felt_by_the_engine(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    before = ready.session.state.settings
    begin(qtbot, ready, engine)
    ready.session.set(style_weight=0.5)
    trigger(ready, "undo")
    step(qtbot, ready, engine, 2)
    assert engine.live[-1].style_weight == before.style_weight
    assert "Wait for the end" in ready.session.state.why_no_undo  # the pictures came before
    end(qtbot, ready)


def test_no_step_passes_while_paused_and_a_change_is_taken_up_on_going_on(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    begin(qtbot, ready, engine)
    at = pause(qtbot, ready, engine)
    engine.gate.release()
    ready.session.set(style_weight=0.25)
    trigger(ready, "snapshot")
    qtbot.waitUntil(lambda: ready.film.count == 1)
    assert shown_step(ready) == at
    assert engine.live == []
    assert ready.film._model.entries[0].made.kind is Kind.SNAPSHOT
    assert ready.film._model.entries[0].made.step == at
    click(qtbot, ready.run_bar.pause_button)
    qtbot.waitUntil(lambda: shown_step(ready) > at)
    assert [settings.style_weight for settings in engine.live] == [0.25]
    assert not ready.run_bar.status.startswith("Paused")
    end(qtbot, ready)


def test_start_over_takes_the_picture_off_and_begins_at_the_chosen_start(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine)
    trigger(ready, "start-over")
    content = ready.session.state.content
    assert content is not None
    assert shade(ready) == content.pixels[0, 0, 0]
    paint(qtbot, ready, engine)
    assert engine.jobs[-1].start is None
    trigger(ready, "continue")
    assert ready.session.state.phase is Phase.RUNNING
    end(qtbot, ready)
    assert engine.jobs[-1].start is not None


def test_a_run_starts_from_a_picture_file_also_where_a_kept_picture_did(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    ready.inputs.start_file_chosen.emit(pictures[1])
    qtbot.waitUntil(lambda: ready.session.state.now.start is not None)
    paint(qtbot, ready, engine)
    assert engine.jobs[-1].start is ready.session.state.now.start
    trigger(ready, "undo")
    trigger(ready, "undo")
    assert ready.session.state.settings.init is None
    ready.session.use(Settings())
    look_at(ready, 0)
    click(qtbot, ready.look_bar.settings_button)
    qtbot.waitUntil(lambda: ready.session.state.settings.init == str(pictures[1]))
    start = ready.session.state.now.start
    assert start is not None
    assert start.name == pictures[1].name


# The canvas shows what is


def test_back_from_a_kept_picture_shows_the_run_also_while_it_is_paused(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 8)
    ready.session.start_over()
    begin(qtbot, ready, engine, 2)
    at = pause(qtbot, ready, engine)
    look_at(ready, 0)
    qtbot.waitUntil(lambda: shade(ready) == 7)
    trigger(ready, "back")
    assert shade(ready) == at
    end(qtbot, ready)


def test_render_leaves_the_picture_that_was_looked_at(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 3)
    paint(qtbot, ready, engine, 6)
    look_at(ready, 0)
    qtbot.waitUntil(lambda: shade(ready) == 2)
    click(qtbot, ready.run_bar.render_button)
    assert shade(ready) == 5  # of the canvas, until there is a frame
    end(qtbot, ready)


def test_frames_are_compared_with_the_photograph_that_is_painted(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    painted = ready.session.state.content
    begin(qtbot, ready, engine)
    ready.session.open(Role.CONTENT, pictures[1])
    qtbot.waitUntil(lambda: ready.session.state.content is not painted)
    step(qtbot, ready, engine)
    assert ready.session.run is not None
    assert ready.session.run.content is painted
    end(qtbot, ready)
    assert ready.session.state.result is not None
    assert ready.session.state.result.content is painted
    assert not ready.session.state.from_result


def test_a_new_photograph_is_shown_also_while_a_kept_picture_is_looked_at(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    paint(qtbot, ready, engine)
    look_at(ready, 0)
    ready.session.open(Role.CONTENT, pictures[1])
    qtbot.waitUntil(lambda: ready.session.state.looking is None)
    content = ready.session.state.content
    assert content is not None
    assert shade(ready) == content.pixels[0, 0, 0]


def test_two_kept_pictures_are_compared_and_the_line_goes_with_them(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 3)
    paint(qtbot, ready, engine, 6)
    ready.film.view.selectAll()
    ready.film.ask(Act.COMPARE)
    qtbot.waitUntil(lambda: ready.canvas.comparing)
    assert shade(ready) == 5
    trigger(ready, "back")
    assert not ready.canvas.comparing


# The filmstrip


def test_what_is_kept_survives_a_restart(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, make_window: MakeWindow
) -> None:
    paint(qtbot, ready, engine)
    following = make_window(engine)
    qtbot.waitUntil(lambda: following.film.count == 1)
    look_at(following, 0)
    qtbot.waitUntil(lambda: shade(following) == 2)


def test_a_kept_picture_goes_on_and_is_compared_with_the_photograph(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine)
    ready.session.start_over()
    look_at(ready, 0)
    click(qtbot, ready.look_bar.continue_button)
    qtbot.waitUntil(lambda: ready.session.state.result is not None)
    assert shade(ready) == 2
    assert ready.session.state.looking is None
    ready.canvas.hold(True)
    content = ready.session.state.content
    assert content is not None
    before = ready.canvas._before
    assert before is not None
    assert before.image.pixelColor(0, 0).red() == content.pixels[0, 0, 0]
    paint(qtbot, ready, engine)
    start = engine.jobs[-1].start
    assert start is not None
    assert (start.pixels == round(2 / 255 * 65535)).all()


def test_a_kept_picture_remembers_the_settings_that_painted_it(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    ready.session.set(size=128)
    begin(qtbot, ready, engine)
    ready.session.set(size=999, style_weight=0.75)  # the next run's, and one that acts at once
    step(qtbot, ready, engine)
    end(qtbot, ready)
    qtbot.waitUntil(lambda: ready.film.count == 1)
    made = ready.film._model.entries[0].made.settings()
    assert (made.size, made.style_weight) == (128, 0.75)
    look_at(ready, 0)
    click(qtbot, ready.look_bar.settings_button)
    assert ready.session.state.settings.size == 128


def test_what_was_deleted_is_offered_to_be_put_back(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine)
    look_at(ready, 0)
    ready.film.ask(Act.DELETE)
    qtbot.waitUntil(ready.offers.isVisible)
    assert ready.film.count == 0
    assert ready.session.state.looking is None
    assert shade(ready) == 2
    click(qtbot, ready.offers.buttons[0])
    qtbot.waitUntil(lambda: ready.film.count == 1)


def test_what_goes_as_space_is_bounded_cannot_be_put_back(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine)
    paint(qtbot, ready, engine)
    ready.tools.keeper.bound(1)
    qtbot.waitUntil(lambda: ready.film.count == 1)
    assert not ready.offers.isVisible()


def test_copying_does_not_keep_a_picture_from_being_looked_at(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 3)
    paint(qtbot, ready, engine, 6)
    look_at(ready, 0)
    ready.film.ask(Act.COPY)
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: shade(ready) == 2)
    qtbot.waitUntil(lambda: not clipboard.image().isNull())
    assert clipboard.image().pixelColor(0, 0).red() == 2


def test_a_kept_picture_that_went_is_told_and_the_canvas_stays(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine)
    ready.film._model.entries[0].picture.unlink()
    look_at(ready, 0)
    qtbot.waitUntil(ready.message.isVisible)
    assert ready.session.state.looking is None
    assert shade(ready) == 2
