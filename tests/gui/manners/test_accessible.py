"""Every window and dialog as a screen reader meets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.files.reading import Read
from gui.inputs.picture_input import PictureInput
from gui.main_window import MainWindow
from gui.offers.bar import Offer
from gui.trouble.dialog import show_trouble
from gui.worker import Trouble
from tests.gui.acts import drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, FakeEngine
from tests.gui.manners.tree import elements, faults, is_for_use
from tests.gui.test_window import settle

NAME = QAccessible.Text.Name


@pytest.fixture
def window(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    """A window with two pictures and a painted one."""
    engine.network, engine.free = "sketch", True
    window = make_window(engine)
    drop(window, *pictures)
    settle(qtbot, window)
    window.devices.show_devices((replace(CPU, remark="a GPU is there; in a terminal: do it"),))
    with qtbot.waitSignal(window.session.run_ended):
        window.session.render()
    return window


def test_an_empty_window_says_what_is_in_it(make_window: MakeWindow, engine: FakeEngine) -> None:
    assert faults(make_window(engine)) == ""


@pytest.mark.parametrize("lower", [0, 1, 2])
def test_a_full_window_says_what_is_in_it(qtbot: QtBot, window: MainWindow, lower: int) -> None:
    qtbot.waitUntil(lambda: window.film.count > 0)
    window.look.advanced.set_open(True)
    window.queue.add()
    window.show_lower(lower)
    window.actions_.by_name["masks"].trigger()
    QApplication.processEvents()
    assert faults(window) == ""


OPENED: dict[str, Callable[[MainWindow], object]] = {
    "preferences": lambda window: window.open_preferences(),
    "shortcuts": lambda window: window.show_shortcuts(),
    "about": lambda window: window.show_about(),
    "enlarge": lambda window: window.enlarge(),
    "figures": lambda window: window.actions_.by_name["figures"].trigger(),
    "variations": lambda window: window.actions_.by_name["variations"].trigger(),
    "timelapse": lambda window: window.actions_.by_name["timelapse"].trigger(),
    "gpu": lambda window: window.devices.menu().actions()[-1].trigger(),
    "trouble": lambda window: show_trouble(window, Trouble("a", "b", "c")),
    "part": lambda window: window.inputs.styles.choose_part(0),
}


def test_a_window_in_a_pause_says_what_is_in_it(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    window.session.read_styles(lambda: Read(styles=(window.session.state.styles[0],)))
    settle(qtbot, window)
    engine.free = False
    window.session.render()
    for _ in range(3):
        engine.gate.release()
    qtbot.waitUntil(lambda: engine.at == 3)
    window.session.pause()
    assert len(window.session.state.styles) == 2
    window.offers.offer(Offer("One thing", (("Do it", lambda: None),)))
    window.message.show_trouble(Trouble("cause", "remedy", "details"))
    QApplication.processEvents()
    assert faults(window) == ""
    with qtbot.waitSignal(window.session.run_ended):
        window.session.cancel()


def told(root: QWidget, name: str) -> QAccessibleInterface:
    """The one element of that name that can be pressed."""
    return next(each for each in elements(root) if is_for_use(each) and each.text(NAME) == name)


def test_what_is_on_or_cannot_be_pressed_is_told(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    assert not told(window, "Masks").state().checked
    window.actions_.by_name["masks"].trigger()
    assert told(window, "Masks").state().checked
    assert not told(window, "Render").state().disabled
    engine.free = False
    window.session.render()
    render, pause = told(window, "Render"), told(window, "Pause")
    assert render.state().disabled
    assert render.text(QAccessible.Text.Description) == "A render is running"
    assert not pause.state().disabled
    window.session.pause()
    assert told(window, "Resume").object() is pause.object()
    with qtbot.waitSignal(window.session.run_ended):
        window.session.cancel()


def test_what_paints_itself_has_a_role(window: MainWindow) -> None:
    assert told(window, "Canvas").role() is QAccessible.Role.Graphic
    assert told(window, "Content").role() is QAccessible.Role.Button


def test_an_element_without_a_name_is_found_out(window: MainWindow) -> None:
    window.run_bar.queue_button.setAccessibleName("")
    assert faults(window).startswith("no name: Button QPushButton in RunBar")


def dialogs() -> list[QWidget]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible()
    ]


@pytest.mark.parametrize("what", OPENED)
def test_a_dialog_says_what_is_in_it(qtbot: QtBot, window: MainWindow, what: str) -> None:
    OPENED[what](window)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    try:
        assert dialog.windowTitle()
        assert faults(dialog) == ""
    finally:
        dialog.close()


def test_the_menus_name_what_is_in_them(window: MainWindow) -> None:
    for title in window.menuBar().actions():
        menu = title.menu()
        assert isinstance(menu, QMenu)
        menu.popup(window.pos())
        assert len(list(elements(menu))) > 1
        assert faults(menu) == ""
        menu.close()


def test_the_examples_to_choose_from_have_names(window: MainWindow) -> None:
    popup = window.inputs.findChildren(PictureInput)[0].examples()
    popup.show()
    assert faults(popup) == ""
    popup.hide()
