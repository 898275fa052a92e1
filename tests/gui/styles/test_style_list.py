"""Several styles in the window: how they come and go, their shares, crops and scales, live."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from engine.job import Picture
from engine.settings import Settings
from gui.main_window import MainWindow
from gui.state import Role
from gui.styles import slots
from gui.styles.names import listed
from gui.styles.part_dialog import PartDialog
from gui.styles.row import FurtherRow, percent
from tests.gui.acts import click, drop
from tests.gui.styles.support import Open, names, settle, share, shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def further(window: MainWindow, index: int) -> FurtherRow:
    row = window.inputs.styles.rows[index]
    assert isinstance(row, FurtherRow)
    return row


# How they come and go


def test_one_style_looks_as_it_always_did(open_window: Open) -> None:
    window = open_window(1)
    assert not window.inputs.styles.isVisible()
    assert not window.inputs.input(Role.STYLE).more_button.isVisible()
    assert window.inputs.add_button.isVisible()


def test_without_a_style_none_can_be_added_and_the_menu_says_why(open_window: Open) -> None:
    window = open_window(0)
    assert not window.inputs.add_button.isVisible()
    action = window.actions_.by_name["add-style"]
    assert not action.isEnabled()
    assert action.toolTip() == "Choose a style picture first"


def test_styles_come_by_button_by_drop_and_by_paste(
    qtbot: QtBot, open_window: Open, paintings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(1)
    chosen = ([str(paintings[1])], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: chosen)
    click(qtbot, window.inputs.add_button)
    settle(qtbot, window)
    assert window.inputs.styles.isVisible()
    drop(window.inputs.styles, paintings[2])
    settle(qtbot, window)
    data = QMimeData()
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)
    assert window.inputs.styles.paste()
    QGuiApplication.clipboard().clear()  # it would outlive Python, and crash with it
    settle(qtbot, window)
    assert names(window) == ["style0.png", "style1.png", "style2.png", "unnamed picture"]
    assert [row._name.whole for row in map(lambda i: further(window, i), (1, 2, 3))] == names(
        window
    )[1:]
    assert window.recent.paths()[:2] == (paintings[2], paintings[1])


def test_several_files_on_the_style_are_the_styles_in_their_order(
    qtbot: QtBot, open_window: Open, paintings: list[Path]
) -> None:
    window = open_window(2)
    content = window.session.state.content
    drop(window.inputs.target(Role.STYLE), paintings[3], paintings[1], paintings[2])
    settle(qtbot, window)
    assert names(window) == ["style3.png", "style1.png", "style2.png"]
    assert window.session.state.content is content


def test_a_single_file_on_the_style_takes_the_place_of_the_first(
    qtbot: QtBot, open_window: Open, paintings: list[Path]
) -> None:
    window = open_window(2)
    share(qtbot, window, 0, 80)
    drop(window.inputs.target(Role.STYLE), paintings[3])
    settle(qtbot, window)
    assert names(window) == ["style3.png", "style1.png"]
    assert window.session.state.settings.style_shares == (0.8, 0.2)


def test_a_bad_file_among_good_ones_is_told_and_the_good_ones_come(
    qtbot: QtBot, open_window: Open, paintings: list[Path], tmp_path: Path
) -> None:
    window = open_window(1)
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    dot = tmp_path / "dot.png"
    Image.new("RGB", (10, 10)).save(dot)
    drop(window.inputs.styles, paintings[1], bad, dot, paintings[2])
    settle(qtbot, window)
    assert names(window) == ["style0.png", "style1.png", "style2.png"]
    assert "bad.png" in window.message.text
    assert "dot.png" in window.message.text


def test_twenty_styles_find_room_and_no_more(
    qtbot: QtBot, open_window: Open, paintings: list[Path]
) -> None:
    window = open_window(1)
    drop(window.inputs.styles, *[paintings[1]] * 25)
    settle(qtbot, window)
    assert len(names(window)) == slots.MOST == len(window.inputs.styles.rows)
    assert not window.inputs.add_button.isEnabled()
    assert "20 styles" in window.inputs.add_button.toolTip()
    assert window.session.state.why_no_render == ""


def test_removed_styles_come_back_with_their_shares_by_undo(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window(3)
    share(qtbot, window, 0, 60)
    before = window.session.state.now
    click(qtbot, further(window, 1).remove_button)
    assert names(window) == ["style0.png", "style2.png"]
    assert window.session.state.settings.style_shares == (0.75, 0.25)
    click(qtbot, further(window, 1).remove_button)
    assert window.session.state.settings == Settings()
    assert not window.inputs.styles.isVisible()
    window.session.undo()
    window.session.undo()
    assert window.session.state.now is before
    assert shown(window) == ["60 %", "20 %", "20 %"]
    window.session.redo()
    assert names(window) == ["style0.png", "style2.png"]


def test_replace_takes_another_picture_at_the_same_place(
    qtbot: QtBot, open_window: Open, paintings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(3)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(paintings[3]), ""))
    further(window, 1).replace_asked.emit()
    settle(qtbot, window)
    assert names(window) == ["style0.png", "style3.png", "style2.png"]


# Shares


def test_a_slider_is_a_share_and_the_others_divide_the_rest(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window(3)
    assert shown(window) == ["33 %", "33 %", "33 %"]
    share(qtbot, window, 0, 50)
    assert shown(window) == ["50 %", "25 %", "25 %"]
    share(qtbot, window, 1, 40)
    assert window.session.state.settings.style_shares == pytest.approx((0.4, 0.4, 0.2))
    assert [row.slider.value() for row in window.inputs.styles.rows] == [40, 40, 20]


def test_a_slider_dragged_to_the_end_and_back_leaves_the_others_as_they_were(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window(3)
    share(qtbot, window, 1, 10)
    before = window.session.state.settings.style_shares
    slider = window.inputs.styles.rows[0].slider
    slider.setSliderDown(True)
    for value in (100, 60, 45):
        share(qtbot, window, 0, value)
    slider.setSliderDown(False)
    assert window.session.state.settings.style_shares == before


def test_only_and_equal_are_one_step_each(open_window: Open) -> None:
    window = open_window(3)
    rows = window.inputs.styles.rows
    rows[2].only_asked.emit()
    assert window.session.state.settings.style_shares == (0, 0, 1)
    assert shown(window) == ["0 %", "0 %", "100 %"]
    rows[2].equal_asked.emit()
    assert window.session.state.settings.style_shares is None


def test_a_little_is_not_called_nothing() -> None:
    assert [percent(share) for share in (0, 0.001, 0.01, 0.996)] == ["0 %", "< 1 %", "1 %", "100 %"]


# Crop and scale


def dialog_of(window: MainWindow, index: int) -> PartDialog:
    window.inputs.styles.rows[index].part_asked.emit()
    dialog = window.inputs.styles.dialog
    assert dialog is not None
    return dialog


def test_a_crop_is_dragged_on_the_picture_and_taken_back(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(2)
    dialog = dialog_of(window, 1)
    view = dialog.view
    room = view._room()
    corner = QPoint(round(room.left()), round(room.top()))
    middle = QPoint(round(room.center().x()), round(room.center().y()))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(view, middle)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    assert view.crop == pytest.approx((0.5, 0.5, 1, 1), abs=0.02)
    assert dialog.about.text() == "25 × 30 of 50 × 60 px, aspect 0.83 : 1"
    click(qtbot, dialog.use_button)
    crops = window.session.state.settings.style_crops
    assert crops is not None
    assert crops[0] is None
    assert crops[1] == view.crop
    window.session.undo()
    assert window.session.state.settings.style_crops is None


def test_a_crop_is_moved_by_keys_and_never_smaller_than_the_engine_takes(
    open_window: Open,
) -> None:
    dialog = dialog_of(open_window(2), 1)
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(200):
        QTest.keyClick(dialog.view, Qt.Key.Key_Left, shift)
        QTest.keyClick(dialog.view, Qt.Key.Key_Up, shift)
    assert dialog.view.crop == pytest.approx((0, 0, 16 / 50, 16 / 60))
    QTest.keyClick(dialog.view, Qt.Key.Key_Right)
    assert dialog.view.crop[0] == pytest.approx(0.01)
    dialog.reset_button.click()
    assert dialog.crop is None
    assert not dialog.reset_button.isEnabled()
    dialog.reject()


def test_scale_is_kept_with_its_style_and_cancel_keeps_what_was(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window(2)
    dialog = dialog_of(window, 1)
    dialog.scale_slider.setValue(0)
    qtbot.waitUntil(lambda: dialog.scale == 0.25)
    click(qtbot, dialog.use_button)
    assert window.session.state.settings.style_scales == (1, 0.25)
    assert further(window, 1)._scale.text() == "0.25×"
    dialog = dialog_of(window, 1)
    dialog.reset_button.click()
    dialog.reject()
    assert window.session.state.settings.style_scales == (1, 0.25)


def test_the_crop_of_the_first_style_shows_in_its_picture(open_window: Open) -> None:
    window = open_window(1)
    window.inputs.part_action.trigger()
    dialog = window.inputs.styles.dialog
    assert dialog is not None
    dialog.view.show_crop((0, 0, 0.5, 1))
    dialog.accept()
    assert window.session.state.settings.style_crops == ((0, 0, 0.5, 1),)
    assert window.inputs.target(Role.STYLE)._small.width() == 20


# The list


def test_a_swap_keeps_the_other_styles(open_window: Open) -> None:
    window = open_window(2)
    window.session.swap()
    content = window.session.state.content
    assert content is not None
    assert content.name == "style0.png"
    assert names(window) == ["photo.png", "style1.png"]


def test_every_control_of_the_list_has_a_name_and_is_reached_by_keyboard(
    open_window: Open,
) -> None:
    window = open_window(3)
    row = further(window, 2)
    for each in (row.slider, row.thumbnail, row.more_button, row.remove_button):
        assert "style2.png" in each.accessibleName()
        assert each.toolTip()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert row.slider.accessibleDescription() == "33 %"


def test_the_keyboard_goes_through_the_rows_in_their_order(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(3)
    click(qtbot, further(window, 1).remove_button)
    window.session.undo()
    rows = window.inputs.styles.rows
    qtbot.waitUntil(rows[2].isVisible)
    expected = [each for row in rows for each in row.in_order]
    each: QWidget | None = window.inputs.input(Role.STYLE).remove_button
    met: list[QWidget] = []
    while each is not None and len(met) < len(expected):
        each = each.nextInFocusChain()
        assert each is not None
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible():
            met.append(each)
    assert met == expected


def test_a_window_that_is_built_anew_shows_the_same_styles(open_window: Open) -> None:
    old = open_window(3)
    old.session.set(style_shares=(0.5, 0.3, 0.2))
    new = MainWindow(old.session, old.tools)
    try:
        assert shown(new) == shown(old) == ["50 %", "30 %", "20 %"]
        assert new.inputs.input(Role.STYLE).more_button.menu() is new.inputs.styles.rows[0].menu
    finally:
        new.retire()


def test_several_names_are_said_shortly() -> None:
    assert [listed(list("abcdef")[:count]) for count in range(1, 6)] == [
        "a",
        "a and b",
        "a, b and c",
        "a, b and 2 more",
        "a, b and 3 more",
    ]


def test_thumbnails_show_the_part_that_counts(open_window: Open, tmp_path: Path) -> None:
    window = open_window(2)
    pixels = np.zeros((40, 80, 3), np.uint8)
    pixels[:, 40:] = 255
    row = further(window, 1)
    row.show_style(Picture(pixels, "half"), 0.5, 1.0, (0.5, 0.0, 1.0, 1.0))
    assert row.thumbnail.grab().toImage().pixelColor(20, 20).lightness() > 250
    row.show_style(Picture(pixels, "half"), 0.5, 1.0, (0.0, 0.0, 0.5, 1.0))
    assert row.thumbnail.grab().toImage().pixelColor(20, 20).lightness() < 5
