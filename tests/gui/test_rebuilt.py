"""A window that is built anew, as in another language, stands as the one before it did."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.state import Role
from tests.gui.acts import begin, click, drop, pause, save, shade
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import STEPS, FakeEngine
from tests.gui.test_window import settle


@pytest.fixture
def painted(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    """A window in which a render has ended."""
    window = make_window(engine)
    drop(window, *pictures)
    settle(qtbot, window)
    engine.free = True
    with qtbot.waitSignal(window.session.run_ended):
        qtbot.mouseClick(window.run_bar.render_button, Qt.MouseButton.LeftButton)
    return window


def anew(qtbot: QtBot, old: MainWindow) -> MainWindow:
    """Another window in the old one's place, as `Application` makes it."""
    old.remember()
    window = MainWindow(old.session, old.tools)
    qtbot.addWidget(window, before_close_func=MainWindow.retire)
    window.setGeometry(old.geometry())
    window.take_over(old)
    window.show()
    return window


def test_it_says_how_the_last_render_ended(qtbot: QtBot, painted: MainWindow) -> None:
    assert anew(qtbot, painted).run_bar.status == f"Done · {STEPS}/{STEPS} · 32 × 24 px"


def test_it_does_not_speak_of_a_render_that_was_taken_off_the_canvas(
    qtbot: QtBot, painted: MainWindow
) -> None:
    painted.session.start_over()
    assert anew(qtbot, painted).run_bar.status == "Ready"


def test_it_draws_the_losses_of_the_last_render(qtbot: QtBot, painted: MainWindow) -> None:
    painted.show_lower(1)
    window = anew(qtbot, painted)
    window.show_lower(1)
    qtbot.waitUntil(lambda: window.loss.chart is not None and not window.loss.pending)
    assert window.loss.history.steps[-1] == STEPS


def test_the_moments_of_the_last_render_stand_at_now(qtbot: QtBot, painted: MainWindow) -> None:
    bar = anew(qtbot, painted).steering.bar
    assert bar.slider.value() == bar.slider.maximum() > 0


def test_it_compares_where_the_one_before_did(qtbot: QtBot, painted: MainWindow) -> None:
    painted.toggle_compare()
    painted.canvas.set_divider(0.25)
    window = anew(qtbot, painted)
    assert window.canvas.comparing
    assert window.canvas.divider == 0.25


def test_the_loss_opens_high_enough_for_its_legend(qtbot: QtBot, painted: MainWindow) -> None:
    painted.show_lower(0)
    painted.show_lower(1)
    assert painted.splitter.sizes()[1] >= 200


def test_opening_advanced_by_hand_brings_it_up(qtbot: QtBot, painted: MainWindow) -> None:
    bar = painted.look._scroll.verticalScrollBar()
    assert bar.value() == 0
    painted.look.advanced.button.click()
    qtbot.waitUntil(lambda: bar.value() > 0)
    top = painted.look.advanced.mapTo(painted.look._scroll.viewport(), painted.rect().topLeft()).y()
    assert 0 <= top < 24


def test_it_shows_the_picture_of_a_render_that_is_paused(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    window = make_window(engine)
    drop(window, *pictures)
    settle(qtbot, window)
    begin(qtbot, window, engine, steps=3)
    step = pause(qtbot, window, engine)
    qtbot.waitUntil(lambda: shade(window) == step)
    other = anew(qtbot, window)
    assert shade(other) == step
    assert other.run_bar.status == window.run_bar.status
    other.session.cancel()
    qtbot.waitUntil(lambda: other.session.run is None)


def test_it_shows_the_photograph_of_a_render_that_has_not_painted_yet(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    window = make_window(engine)
    drop(window, *pictures)
    settle(qtbot, window)
    click(qtbot, window.run_bar.render_button)
    click(qtbot, window.run_bar.pause_button)
    other = anew(qtbot, window)
    assert other.canvas.image == window.canvas.image
    assert not other.canvas.image.isNull()
    other.session.cancel()
    qtbot.waitUntil(lambda: other.session.run is None)


def test_it_shows_the_same_part_of_the_picture(qtbot: QtBot, painted: MainWindow) -> None:
    painted.canvas.zoom_to(3.0, QPointF(9, 9))
    painted.canvas.pan(QPointF(20, -10))
    seen = painted.canvas.device_rect()
    window = anew(qtbot, painted)
    qtbot.waitUntil(lambda: window.canvas.size() == painted.canvas.size())
    assert window.canvas.zoom == 3.0
    assert window.canvas.device_rect() == seen


def test_it_offers_what_the_one_before_offered(
    qtbot: QtBot, painted: MainWindow, tmp_path: Path
) -> None:
    save(qtbot, painted, tmp_path / "saved.png")
    with qtbot.waitSignal(painted.session.recipe_found):
        painted.session.open(Role.CONTENT, tmp_path / "saved.png")
    window = anew(qtbot, painted)
    assert window.offers.text == painted.offers.text != ""
    with qtbot.waitSignal(window.session.changed):
        click(qtbot, window.offers.buttons[2])  # Use as content
    content = window.session.state.content
    assert content is not None
    assert content.name == "saved.png"
