"""From start to save without a mouse, and nothing that the keyboard cannot reach or see."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QSlider,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui import theme
from gui.main_window import MainWindow
from gui.state import Phase, Role
from tests.gui.acts import drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import STEPS, FakeEngine
from tests.gui.manners.keys import Control, Key, Keyboard, focused
from tests.gui.test_window import settle

INTERACTIVE = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QSlider, QTabBar)


@pytest.fixture
def window(make_window: MakeWindow, engine: FakeEngine, tmp_path: Path) -> MainWindow:
    window = make_window(engine)
    window.tools.preferences.set(quick_save_folder=tmp_path / "saved")
    return window


@pytest.fixture
def keyboard(qtbot: QtBot, window: MainWindow) -> Keyboard:
    return Keyboard(qtbot, window)


def examples_button(window: MainWindow, role: Role) -> QAbstractButton:
    """The one above a picture that shows what comes along."""
    about = f"Example pictures for the {role.value}"
    buttons = window.inputs.findChildren(QAbstractButton)
    return next(each for each in buttons if each.accessibleName() == about)


def has_picture(window: MainWindow, role: Role) -> bool:
    return window.session.state.picture(role) is not None


def phase(window: MainWindow) -> Phase:
    return window.session.state.phase


def test_from_start_to_save_and_quit_by_keys_alone(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, engine: FakeEngine, tmp_path: Path
) -> None:
    session = window.session
    for role in (Role.CONTENT, Role.STYLE):
        keyboard.go_to(examples_button(window, role))
        keyboard.press(Key.Key_Space)
        assert QApplication.activePopupWidget() is not None
        keyboard.press(Key.Key_Return)
        qtbot.waitUntil(partial(has_picture, window, role))
    settle(qtbot, window)

    keyboard.go_to(window.run_bar.render_button)
    keyboard.press(Key.Key_Space)
    assert phase(window) is Phase.RUNNING
    engine.gate.release()
    qtbot.waitUntil(lambda: window.canvas.has_picture)
    keyboard.press(Key.Key_P)
    assert phase(window) is Phase.PAUSED

    slider = window.look.controls["strength"].slider
    assert slider is not None
    keyboard.go_to(slider)
    before = session.state.settings.strength
    with qtbot.waitSignal(session.changed):
        keyboard.press(Key.Key_Right)
    assert session.state.settings.strength > before
    keyboard.press(Key.Key_P)
    assert phase(window) is Phase.RUNNING
    with qtbot.waitSignal(session.run_ended):
        engine.free = True
    assert [live.strength for live in engine.live] == [session.state.settings.strength]

    with qtbot.waitSignal(session.writer.saved):
        keyboard.press(Key.Key_S, Control)
    assert len(list((tmp_path / "saved").iterdir())) == 1
    with qtbot.waitSignal(window.closed):
        keyboard.press(Key.Key_Q, Control)


def test_the_focus_goes_from_render_to_pause_and_back(
    qtbot: QtBot,
    window: MainWindow,
    keyboard: Keyboard,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
) -> None:
    drop(window, *pictures)
    settle(qtbot, window)
    bar = window.run_bar
    for cancel in (False, True):
        keyboard.go_to(bar.render_button)
        keyboard.press(Key.Key_Space)
        assert focused() is bar.pause_button
        with qtbot.waitSignal(window.session.run_ended):
            if cancel:
                keyboard.go_to(bar.cancel_button)
                keyboard.press(Key.Key_Space)
            for _ in range(STEPS + 1):
                engine.gate.release()
        assert focused() is bar.render_button


def test_an_end_while_the_focus_is_elsewhere_leaves_it_there(
    qtbot: QtBot,
    window: MainWindow,
    keyboard: Keyboard,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
) -> None:
    drop(window, *pictures)
    settle(qtbot, window)
    window.session.render()
    keyboard.go_to(window.look.advanced.button)
    with qtbot.waitSignal(window.session.run_ended):
        engine.free = True
    assert focused() is window.look.advanced.button


def name_of(widget: QWidget) -> str:
    about = widget.accessibleName() or widget.toolTip() or widget.objectName()
    return f"{type(widget).__name__} {about!r}"


def is_seen(widget: QWidget) -> bool:
    """Whether a widget is neither hidden nor scrolled out of sight, not even a part of it."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def test_tab_reaches_all_that_can_be_used_and_it_is_seen(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, pictures: tuple[Path, Path]
) -> None:
    drop(window, *pictures)
    settle(qtbot, window)
    window.look.advanced.set_open(True)
    window.show_lower(0)
    reached = keyboard.round()
    assert len(set(reached)) == len(reached)
    usable = [
        each
        for each in window.findChildren(QWidget)
        if isinstance(each, INTERACTIVE)
        and each.isVisibleTo(window)
        and each.isEnabled()
        and each.window() is window
    ]
    missed = [each for each in usable if each not in reached]
    assert [name_of(each) for each in missed] == []


def frame_of(window: MainWindow, widget: QWidget) -> QRect:
    """A widget with the ring around it, in its window."""
    return QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-2, -2, 2, 2)


@pytest.mark.parametrize("colours", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_what_has_the_focus_is_in_sight_and_looks_otherwise(
    qtbot: QtBot,
    application: QApplication,
    window: MainWindow,
    keyboard: Keyboard,
    pictures: tuple[Path, Path],
    colours: theme.Colours,
) -> None:
    theme.wear(application, colours)
    drop(window, *pictures)
    settle(qtbot, window)
    window.look.advanced.set_open(True)
    window.show_lower(0)
    hidden, plain = [], []
    for each in keyboard.round():
        keyboard.go_to(each)
        if not is_seen(each):
            hidden.append(name_of(each))
            continue
        place = frame_of(window, each)
        with_focus = window.grab(place).toImage()
        each.clearFocus()
        if window.grab(place).toImage() == with_focus:
            plain.append(name_of(each))
        each.setFocus()
    assert (hidden, plain) == ([], [])


def test_tab_goes_from_part_to_part_as_they_are_read(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, pictures: tuple[Path, Path]
) -> None:
    drop(window, *pictures)
    settle(qtbot, window)
    keyboard.go_to(window.devices)
    parts = [
        *(window.devices, window.banner, window.inputs, window.canvas),
        *(window.canvas_bar, window.look, window.run_bar, window.tabs),
    ]
    passed: list[QWidget] = []
    for each in keyboard.round():
        part = next(part for part in parts if part is each or part.isAncestorOf(each))
        if not passed or passed[-1] is not part:
            passed.append(part)
    assert passed == parts
