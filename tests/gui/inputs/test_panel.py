"""The input panel over a session: thumbnails, swaps, recent pictures, examples, the start."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from engine import examples
from engine.choices import Objective
from gui import icons
from gui.inputs import example_menu
from gui.inputs.example_menu import ExampleButtons, ExamplePopup
from gui.inputs.panel import CANVAS, InputPanel
from gui.inputs.picture_input import RecentList
from gui.session import Session
from gui.state import Result, Role
from tests.gui.inputs.support import RED, as_png, drop, png, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_thumbnail_shows_the_picture(qtbot: QtBot, panel: InputPanel) -> None:
    target = panel.target(Role.CONTENT)
    data = QMimeData()
    as_png(data)
    drop(target, data)
    settle(qtbot, panel)
    shown = target.grab().toImage()
    assert shown.pixelColor(shown.rect().center()) == QColor(*RED)
    panel._session.remove(Role.CONTENT)
    shown = target.grab().toImage()
    middle = [shown.pixelColor(x, shown.height() // 2) for x in range(shown.width())]
    assert QColor(*RED) not in middle
    assert panel.input(Role.CONTENT).caption == ("", "")


def test_a_long_name_is_elided_and_can_be_read_in_full(
    qtbot: QtBot, panel: InputPanel, tmp_path: Path
) -> None:
    path = tmp_path / ("a very long name of a picture " * 3 + ".png")
    path.write_bytes(png())
    panel.open(Role.STYLE, path)
    settle(qtbot, panel)
    label = panel.input(Role.STYLE)._name
    qtbot.waitUntil(lambda: "…" in label.text())
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert label.toolTip() == path.name
    assert panel.width() == 236


def test_swap_exchanges_the_pictures(
    qtbot: QtBot, panel: InputPanel, pictures: tuple[Path, Path]
) -> None:
    button = panel.swap_button
    assert not button.isEnabled()
    assert button.toolTip() == "There is no picture yet"
    panel.open(Role.CONTENT, pictures[0])
    assert button.toolTip() == "A picture is being read"
    settle(qtbot, panel)
    photo = panel._session.state.content
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (panel._session.state.content, panel._session.state.style) == (None, photo)
    panel.open(Role.CONTENT, pictures[1])
    settle(qtbot, panel)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel._session.state.content is photo
    assert panel.target(Role.CONTENT).picture is photo
    assert panel.input(Role.STYLE).caption[0] == "painting.jpg"


def test_nothing_is_swapped_while_a_picture_is_read(
    qtbot: QtBot, session: Session, panel: InputPanel, pictures: tuple[Path, Path]
) -> None:
    session.open(Role.CONTENT, pictures[0])
    settle(qtbot, panel)
    session.open(Role.STYLE, pictures[1])
    before = session.state
    session.swap()
    assert session.state is before


def test_opened_files_are_recent_and_missing_ones_are_left_out(
    qtbot: QtBot, panel: InputPanel, pictures: tuple[Path, Path], recent: RecentList
) -> None:
    recent.add(pictures[0].with_name("gone.png"))
    for role, path in zip(Role, pictures, strict=True):
        panel.open(role, path)
        settle(qtbot, panel)
    assert recent.paths()[:2] == (pictures[1], pictures[0])
    menu = panel.input(Role.CONTENT).recent_menu
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["painting.jpg", "photo.png"]
    menu.actions()[0].trigger()
    settle(qtbot, panel)
    assert panel.input(Role.CONTENT).caption[0] == "painting.jpg"


def test_an_empty_list_of_recent_pictures_says_so(panel: InputPanel) -> None:
    menu = panel.input(Role.STYLE).recent_menu
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    assert action.text() == "No picture was opened yet"


@given(st.lists(st.integers(0, 20), max_size=60))
def test_recent_pictures_are_few_newest_first_and_never_twice(opened: list[int]) -> None:
    recent = RecentList(most=5)
    for number in opened:
        recent.add(Path(str(number)))
    newest_first = list(dict.fromkeys(Path(str(number)) for number in reversed(opened)))
    assert recent.paths() == tuple(newest_first[:5])


def test_one_press_takes_the_first_bundled_pair(qtbot: QtBot, panel: InputPanel) -> None:
    buttons = ExampleButtons()
    qtbot.addWidget(buttons)
    buttons.chosen.connect(panel.open_example)
    qtbot.mouseClick(buttons.first_button, Qt.MouseButton.LeftButton)
    settle(qtbot, panel)
    assert panel._session.state.why_no_render == ""
    assert panel.input(Role.CONTENT).caption[0] == "harbour.jpg"
    assert panel.input(Role.STYLE).caption[0] == "impasto.jpg"
    assert panel._recent.paths() == ()


def test_every_bundled_picture_has_a_name_and_is_among_the_pairs() -> None:
    names = set(example_menu.names())
    assert names == {*examples.CONTENTS, *examples.STYLES}
    parts = {part for pair in example_menu.PAIRS for part in pair.split("+")}
    assert parts == names
    assert all(choice.picture.is_file() for choice in example_menu.pairs())
    for role in Role:
        assert all(choice.picture.is_file() for choice in example_menu.of_role(role))


def arrived(popup: ExamplePopup) -> bool:
    shown = popup.grab().toImage()
    ratio = shown.devicePixelRatio()
    middles = [tile.geometry().center() * ratio for tile in popup.tiles]
    return len({shown.pixelColor(at).name() for at in middles}) == len(popup.tiles)


def test_an_example_is_chosen_from_its_thumbnail(qtbot: QtBot, panel: InputPanel) -> None:
    each = panel.input(Role.STYLE)
    each._examples.trigger()
    popup = each.examples()
    assert popup.isVisible()
    assert [tile.text() for tile in popup.tiles][:2] == ["Impasto", "Woodcut"]
    qtbot.waitUntil(lambda: arrived(popup))
    qtbot.mouseClick(popup.tiles[1], Qt.MouseButton.LeftButton)
    assert not popup.isVisible()
    settle(qtbot, panel)
    assert each.caption == ("woodcut.jpg", "1024 × 1024")


def test_examples_are_chosen_by_keyboard(qtbot: QtBot, panel: InputPanel) -> None:
    each = panel.input(Role.CONTENT)
    each._examples.trigger()
    popup = each.examples()
    QTest.keyClick(popup.tiles[0], Qt.Key.Key_Right)
    assert popup.tiles[1].hasFocus()
    QTest.keyClick(popup.tiles[1], Qt.Key.Key_Return)
    settle(qtbot, panel)
    assert each.caption[0] == "mountains.jpg"


def test_the_popup_stays_on_the_screen(qtbot: QtBot, panel: InputPanel) -> None:
    screen = panel.screen().availableGeometry()
    for corner in (screen.topLeft(), screen.bottomRight()):
        panel.move(corner - QPoint(100, 100))
        popup = panel.input(Role.STYLE).examples()
        popup.open_at(panel.target(Role.STYLE))
        assert screen.contains(popup.geometry())
        popup.hide()


def entries(panel: InputPanel) -> list[str]:
    return [panel.start_box.itemText(row) for row in range(panel.start_box.count())]


def choose(panel: InputPanel, data: str | None) -> None:
    panel.start_box.setCurrentIndex(panel.start_box.findData(data))
    panel.start_box.activated.emit(panel.start_box.currentIndex())


def painted(session: Session) -> None:
    session.adopt(Result(np.zeros((20, 20, 3), np.float32)), "a picture")
    session.start_from_result(False)


def test_the_start_is_chosen_among_what_there_is(session: Session, panel: InputPanel) -> None:
    assert panel.start_box.currentText() == "Content (auto)"
    assert entries(panel) == ["Content (auto)", "Content", "Style", "Noise", "A picture file …"]
    choose(panel, "noise")
    assert session.state.settings.init == "noise"
    assert panel.start_box.currentText() == "Noise"
    painted(session)
    assert entries(panel)[0] == "The picture on the canvas"
    assert panel.start_box.currentText() == "Noise"
    choose(panel, CANVAS)
    assert session.state.from_result
    assert panel.start_box.currentText() == "The picture on the canvas"
    choose(panel, None)
    assert not session.state.from_result
    assert session.state.settings.init is None
    session.set(objective=Objective.PAPER)
    assert panel.start_box.currentText() == "Noise (auto)"


def test_a_start_of_a_file_shows_its_name(session: Session, panel: InputPanel) -> None:
    session.set(init="/pictures/half done.png")
    assert panel.start_box.currentText() == "half done.png"


def test_a_picture_file_to_start_from_is_asked_for(
    qtbot: QtBot,
    session: Session,
    panel: InputPanel,
    pictures: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [("", ""), (str(pictures[0]), "")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: answers.pop(0))
    asked: list[Path] = []
    panel.start_file_chosen.connect(asked.append)
    choose(panel, ":file")
    assert panel.start_box.currentText() == "Content (auto)"
    assert asked == []
    choose(panel, ":file")
    assert asked == [pictures[0]]


def test_every_control_has_a_name_an_icon_or_a_text_and_is_reached_by_keyboard(
    panel: InputPanel,
) -> None:
    icons.paint(panel)
    buttons = panel.findChildren(QToolButton)
    assert len(buttons) == 14
    for button in buttons:
        assert button.accessibleName()
        assert button.toolTip()
        assert not button.icon().isNull()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert len({button.accessibleName() for button in buttons}) == 13  # Recent is there twice
    assert panel.start_box.accessibleName()


def test_a_low_window_scrolls_and_cuts_nothing_off_sideways(
    qtbot: QtBot, panel: InputPanel
) -> None:
    target, start = panel.target(Role.STYLE), panel.start_box
    panel.setFixedSize(236, 700)
    qtbot.waitUntil(lambda: panel.height() == 700)
    widths = target.width(), start.width()
    panel.setFixedSize(236, 240)
    qtbot.waitUntil(lambda: panel.height() == 240)
    assert (target.width(), start.width()) == widths  # the scroll bar takes none of it
    right = target.mapTo(panel, target.rect().topRight()).x()
    assert right < panel.width()
    assert target.height() >= 80


def test_the_place_of_the_keyboard_is_seen(qtbot: QtBot, panel: InputPanel) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.target(Role.STYLE).setFocus()
    button = next(each for each in panel.findChildren(QToolButton) if each.isVisible())
    plain = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.hasFocus()
    assert button.grab().toImage() != plain
