"""The filmstrip as a user meets it: looked at, clicked, dragged, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolTip
from pytestqt.qtbot import QtBot

from engine.recipes.recipe import Ingredient
from engine.settings import Settings
from gui import theme
from gui.film.gallery import Entry, Gallery, Kind, Made
from gui.film.items import ENTRY
from gui.film.strip import Act, Filmstrip

CTRL = Qt.KeyboardModifier.ControlModifier
SIGNALS = ("look", "compare", "settings", "continue", "enlarge", "save", "copy", "delete")


class Heard(list[tuple[Any, ...]]):
    """What a strip asked for: the act's name and its entries."""

    def __init__(self, strip: Filmstrip) -> None:
        super().__init__()
        for name in SIGNALS:
            signal = getattr(strip, f"{name}_asked")
            signal.connect(lambda *entries, name=name: self.append((name, *entries)))


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    return Gallery(tmp_path / "gallery")


@pytest.fixture
def entries(gallery: Gallery) -> tuple[Entry, ...]:
    """Four pictures of one colour each."""
    colours = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0))
    made = Made(settings_json=Settings().to_json())
    return tuple(
        gallery.add(np.full((60, 90, 3), colour, np.float32), made=made) for colour in colours
    )


@pytest.fixture
def strip(qtbot: QtBot, entries: tuple[Entry, ...]) -> Filmstrip:
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.set_entries(entries)
    strip.resize(600, strip.sizeHint().height())
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


@pytest.fixture
def heard(strip: Filmstrip) -> Heard:
    return Heard(strip)


def middle_of(strip: Filmstrip, row: int) -> QPoint:
    return strip.view.visualRect(strip.view.model().index(row, 0)).center()


def click(
    qtbot: QtBot,
    strip: Filmstrip,
    row: int,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    place = middle_of(strip, row)
    qtbot.mouseClick(strip.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def said(strip: Filmstrip, row: int, role: Qt.ItemDataRole) -> str:
    return str(strip.view.model().index(row, 0).data(role))


def described(qtbot: QtBot, gallery: Gallery, made: Made) -> str:
    """What a screen reader says of a picture that was made so."""
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.set_entries((gallery.add(np.zeros((16, 24, 3), np.float32), made=made),))
    return said(strip, 0, Qt.ItemDataRole.AccessibleTextRole)


# Looking


def test_a_click_looks_at_a_picture(
    qtbot: QtBot, strip: Filmstrip, heard: Heard, entries: tuple[Entry, ...]
) -> None:
    click(qtbot, strip, 1)
    assert heard == [("look", entries[1])]


def test_enter_looks_at_the_picture_that_the_arrows_reached(
    qtbot: QtBot, strip: Filmstrip, heard: Heard, entries: tuple[Entry, ...]
) -> None:
    strip.view.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_End):
        qtbot.keyClick(strip.view, key)
    qtbot.keyClick(strip.view, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert heard == [("look", entries[1]), ("look", entries[3])]


def test_each_thumbnail_is_painted_in_its_own_colour(strip: Filmstrip) -> None:
    image = strip.view.viewport().grab().toImage()
    seen = [image.pixelColor(middle_of(strip, row) - QPoint(0, 12)) for row in range(4)]
    for colour, (r, g, b) in zip(seen, ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0)), strict=True):
        assert abs(colour.redF() - r) < 0.05
        assert abs(colour.greenF() - g) < 0.05
        assert abs(colour.blueF() - b) < 0.05


def accented(strip: Filmstrip) -> bool:
    accent = QColor(theme.current().accent).rgb()
    image: QImage = strip.view.viewport().grab().toImage()
    return any(
        image.pixel(x, y) == accent for x in range(image.width()) for y in range(image.height())
    )


def test_the_picture_that_is_looked_at_is_outlined(
    strip: Filmstrip, entries: tuple[Entry, ...]
) -> None:
    assert not accented(strip)
    strip.select(entries[2].id)
    assert strip.selected() == (entries[2],)
    assert accented(strip)
    strip.select("")
    assert strip.selected() == ()
    assert not accented(strip)


@pytest.mark.qt_log_ignore("Not a JPEG file", extend=True)
def test_a_missing_or_damaged_thumbnail_leaves_its_place_empty(
    qtbot: QtBot, gallery: Gallery, entries: tuple[Entry, ...]
) -> None:
    entries[0].thumbnail.unlink()
    entries[1].thumbnail.write_bytes(b"no picture")
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.set_entries(entries)
    strip.resize(600, 100)
    image = strip.view.grab().toImage()
    for row in (0, 1):
        place = middle_of(strip, row) - QPoint(0, 12)
        assert image.pixelColor(place) == QColor(theme.current().canvas)


def test_thumbnails_grow_with_the_strip(strip: Filmstrip) -> None:
    def width() -> int:
        return strip.view.visualRect(strip.view.model().index(0, 0)).width()

    before = width()
    strip.resize(600, strip.height() + 40)
    QApplication.processEvents()
    assert width() == before + 60  # pictures of 3:2


# What is said


def test_an_empty_strip_says_what_it_is_for(qtbot: QtBot, entries: tuple[Entry, ...]) -> None:
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.show()
    words = strip.findChild(QLabel)
    assert isinstance(words, QLabel)
    assert words.text() == "Every render is kept here"
    assert (words.isVisible(), strip.view.isVisible()) == (True, False)
    strip.add(entries[0])
    assert (words.isVisible(), strip.view.isVisible()) == (False, True)
    strip.remove(entries[0].id)
    assert (words.isVisible(), strip.view.isVisible()) == (True, False)


def test_every_picture_is_described_for_eyes_and_ears(qtbot: QtBot, gallery: Gallery) -> None:
    made = Made(
        content=Ingredient(name="photo.jpg"),
        styles=(Ingredient(name="night.jpg"), Ingredient(name="day.jpg")),
        network="sketch",
        strength=61.8,
        step=500,
        steps=500,
    )
    text = described(qtbot, gallery, made)
    assert text.startswith("photo.jpg in the style of night.jpg and day.jpg, ")
    assert text.endswith("24 × 16 px, strength 62, 500 of 500 steps, network sketch")
    stopped = made.model_copy(update={"finished": False, "step": 120})
    assert "stopped at step 120 of 500" in described(qtbot, gallery, stopped)
    snapshot = made.model_copy(update={"kind": Kind.SNAPSHOT, "step": 7})
    assert "snapshot at step 7 of 500" in described(qtbot, gallery, snapshot)


def test_foreign_names_are_no_markup_and_break_no_line(gallery: Gallery, qtbot: QtBot) -> None:
    name = "<img src='x'>\u202e\nphoto\x00.jpg"
    strip = Filmstrip()
    qtbot.addWidget(strip)
    made = Made(content=Ingredient(name=name), styles=(Ingredient(name="b"),))
    strip.set_entries((gallery.add(np.zeros((16, 24, 3), np.float32), made=made),))
    assert said(strip, 0, Qt.ItemDataRole.AccessibleTextRole).startswith(
        "<img src='x'> photo .jpg in the style of b, "
    )
    assert "<img" not in said(strip, 0, Qt.ItemDataRole.ToolTipRole)


def test_screen_readers_find_the_pictures(strip: Filmstrip) -> None:
    interface = QAccessible.queryAccessibleInterface(strip.view)
    assert interface.text(QAccessible.Text.Name) == "Filmstrip"
    said_of = [
        interface.child(i).text(QAccessible.Text.Name) for i in range(interface.childCount())
    ]
    assert sum("90 × 60 px" in text for text in said_of) == 4


# Acting


def test_two_pictures_are_compared_the_older_first(
    qtbot: QtBot, strip: Filmstrip, heard: Heard, entries: tuple[Entry, ...]
) -> None:
    click(qtbot, strip, 2)
    click(qtbot, strip, 0, CTRL)
    strip.actions_by[Act.COMPARE].trigger()
    assert heard == [("look", entries[2]), ("compare", entries[0], entries[2])]


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.COMPARE])
def test_every_action_of_the_menu_asks_for_the_selected_picture(
    strip: Filmstrip, heard: Heard, entries: tuple[Entry, ...], act: Act
) -> None:
    strip.select(entries[1].id)
    action = strip.actions_by[act]
    assert action in strip.menu.actions()
    assert action.isEnabled()
    action.trigger()
    assert heard == [(act.value, entries[1])]


def test_keys_delete_and_copy(
    qtbot: QtBot, strip: Filmstrip, heard: Heard, entries: tuple[Entry, ...]
) -> None:
    strip.select(entries[1].id)
    strip.view.setFocus()
    qtbot.keyClick(strip.view, Qt.Key.Key_C, CTRL)
    qtbot.keyClick(strip.view, Qt.Key.Key_Delete)
    assert heard == [("copy", entries[1]), ("delete", entries[1])]


def test_in_the_strip_its_keys_go_before_the_windows(
    qtbot: QtBot, entries: tuple[Entry, ...]
) -> None:
    window, strip = QMainWindow(), Filmstrip()
    qtbot.addWidget(window)
    window.setCentralWidget(strip)
    heard = Heard(strip)
    action = QAction("Delete something else", window)
    action.setShortcut("Del")
    action.triggered.connect(lambda: heard.append(("else",)))
    window.addAction(action)
    strip.set_entries(entries)
    with qtbot.waitActive(window):
        window.show()
    strip.select(entries[0].id)
    strip.view.setFocus()
    qtbot.keyClick(strip.view, Qt.Key.Key_Delete)
    assert heard == [("delete", entries[0])]


def test_all_that_is_selected_is_deleted(
    qtbot: QtBot, strip: Filmstrip, heard: Heard, entries: tuple[Entry, ...]
) -> None:
    click(qtbot, strip, 0)
    click(qtbot, strip, 2, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(strip.view, Qt.Key.Key_Delete)
    assert heard[1:] == [("delete", entry) for entry in entries[:3]]


def test_nothing_is_greyed_out_without_a_reason(
    qtbot: QtBot, strip: Filmstrip, entries: tuple[Entry, ...]
) -> None:
    reasons = {act: action.toolTip() for act, action in strip.actions_by.items()}
    assert set(reasons.values()) == {"Select a picture first"}
    click(qtbot, strip, 0)
    assert strip.actions_by[Act.COMPARE].toolTip() == "Select two pictures: Ctrl-click adds one"
    click(qtbot, strip, 1, CTRL)
    assert strip.actions_by[Act.SAVE].toolTip() == "Select one picture only"
    assert strip.actions_by[Act.DELETE].isEnabled()
    strip.block(Act.CONTINUE, "A render is running")
    strip.select(entries[0].id)
    assert not strip.actions_by[Act.CONTINUE].isEnabled()
    assert strip.actions_by[Act.CONTINUE].toolTip() == "A render is running"
    strip.block(Act.CONTINUE, "")
    assert strip.actions_by[Act.CONTINUE].isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_cannot_be_done_by_key_says_why(
    qtbot: QtBot, strip: Filmstrip, heard: Heard, entries: tuple[Entry, ...]
) -> None:
    strip.select(entries[0].id)
    strip.block(Act.DELETE, "It is being saved")
    qtbot.keyClick(strip.view, Qt.Key.Key_Delete)
    assert heard == []
    assert QToolTip.text() == "It is being saved"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_settings_of_another_version_are_not_offered(qtbot: QtBot, gallery: Gallery) -> None:
    strip = Filmstrip()
    qtbot.addWidget(strip)
    made = Made(settings_json='{"mood": "blue"}')
    entry = gallery.add(np.zeros((16, 24, 3), np.float32), made=made)
    strip.set_entries((entry,))
    strip.select(entry.id)
    assert "another version" in strip.why_not(Act.SETTINGS)
    assert strip.why_not(Act.LOOK) == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_right_click_opens_the_menu_on_the_picture_under_it(
    qtbot: QtBot, strip: Filmstrip, entries: tuple[Entry, ...]
) -> None:
    place = middle_of(strip, 1)
    qtbot.mousePress(strip.view.viewport(), Qt.MouseButton.RightButton, pos=place)
    strip.view.customContextMenuRequested.emit(place)
    assert strip.menu.isVisible()
    assert strip.selected() == (entries[1],)
    strip.menu.close()


# Coming and going


def newest_is_in_view(strip: Filmstrip) -> bool:
    last = strip.view.model().index(strip.view.model().rowCount() - 1, 0)
    place = strip.view.visualRect(last)
    return bool(place.left() >= 0 and place.right() <= strip.view.viewport().width())


def test_the_newest_comes_into_view(
    qtbot: QtBot, strip: Filmstrip, gallery: Gallery, entries: tuple[Entry, ...]
) -> None:
    strip.resize(200, strip.height())
    strip.view.scrollTo(strip.view.model().index(0, 0))
    assert not newest_is_in_view(strip)
    entry = gallery.add(np.zeros((60, 90, 3), np.float32), made=Made())
    strip.add(entry)
    strip.add(entry)  # twice is once
    assert strip.view.model().rowCount() == 5
    assert newest_is_in_view(strip)


def test_a_strip_filled_before_it_shows_begins_at_the_newest(
    qtbot: QtBot, entries: tuple[Entry, ...]
) -> None:
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.set_entries(entries)
    strip.resize(250, 100)
    strip.show()
    QApplication.processEvents()
    assert newest_is_in_view(strip)
    strip.resize(180, 130)
    QApplication.processEvents()
    assert newest_is_in_view(strip)


def test_what_is_restored_returns_to_its_place(
    strip: Filmstrip, entries: tuple[Entry, ...]
) -> None:
    strip.select(entries[1].id)
    strip.remove(entries[1].id)
    strip.remove(entries[1].id)
    assert strip.selected() == ()
    assert strip.why_not(Act.LOOK) == "Select a picture first"
    strip.add(entries[1])
    rows = [strip.view.model().index(row, 0).data(ENTRY) for row in range(4)]
    assert rows == list(entries)


def test_dragging_out_hands_over_copies_of_the_files(
    strip: Filmstrip, entries: tuple[Entry, ...]
) -> None:
    model = strip.view.model()
    data = model.mimeData([model.index(0, 0), model.index(2, 0)])
    assert [Path(url.toLocalFile()) for url in data.urls()] == [
        entries[0].picture,
        entries[2].picture,
    ]
    assert model.supportedDragActions() == Qt.DropAction.CopyAction
    assert strip.view.dragEnabled()
    assert not strip.view.acceptDrops()
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled
