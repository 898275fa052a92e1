"""The canvas: what it paints is the picture, in place and in colour, where it was pushed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.canvas.canvas import Canvas

ROOT = Path(__file__).parents[3]
RED, BLUE = (250, 10, 20), (5, 20, 240)


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """432 x 332 on the screen, without a picture."""
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(432, 332)
    canvas.show()
    canvas.setFocus()
    return canvas


def plain(colour: tuple[int, int, int], width: int = 200, height: int = 100) -> NDArray[np.uint8]:
    return np.full((height, width, 3), colour, np.uint8)


def noise(width: int, height: int, seed: int = 0) -> NDArray[np.uint8]:
    shape = (height, width, 3)
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def seen(canvas: Canvas) -> NDArray[np.uint8]:
    """What is on the screen, (H, W, 3)."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return rows[..., 2::-1].copy()


def rgb(name: str) -> tuple[int, int, int]:
    colour = QColor(name)
    return colour.red(), colour.green(), colour.blue()


def wheel(canvas: Canvas, at: QPointF, angle: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def drag(qtbot: QtBot, canvas: Canvas, button: Qt.MouseButton, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(canvas, button, pos=start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, button, pos=end)


# What is shown


def test_a_picture_is_fitted_and_centred_and_keeps_its_colours(canvas: Canvas) -> None:
    pixels = np.hstack([plain(RED, 100), plain(BLUE, 100)])
    canvas.show_pixels(pixels)
    rect = canvas.picture_rect()
    assert (rect.x(), rect.y(), rect.width(), rect.height()) == (16, 66, 400, 200)
    grabbed = canvas.grab().toImage()
    assert grabbed.pixelColor(rect.left() + 40, rect.center().y()) == QColor(*RED)
    assert grabbed.pixelColor(rect.right() - 40, rect.center().y()) == QColor(*BLUE)
    assert grabbed.pixelColor(rect.left() + 40, rect.top() - 2) == QColor(theme.current().canvas)


def test_sixteen_bits_are_shown_with_eight(canvas: Canvas) -> None:
    canvas.show_pixels(np.full((20, 20, 3), 77 * 257, np.uint16))
    assert canvas.image.pixelColor(3, 3).red() == 77


def test_memory_of_any_order_is_shown(canvas: Canvas) -> None:
    pixels = noise(31, 21)
    canvas.show_pixels(pixels[::-1, ::-1])
    assert canvas.image.pixelColor(0, 0) == QColor(*(int(value) for value in pixels[-1, -1]))


def test_a_frame_that_was_seen_is_the_canvass_own(canvas: Canvas) -> None:
    pixels = plain(RED)
    canvas.show_pixels(pixels)
    seen(canvas)
    pixels[:] = 0
    canvas.zoom_to(3.0)
    assert tuple(seen(canvas)[166, 216]) == RED


def test_a_frame_that_nobody_sees_is_not_worked_on(canvas: Canvas) -> None:
    canvas.hide()
    pixels = plain(RED)
    canvas.show_pixels(pixels)
    QApplication.processEvents()
    pixels[:] = BLUE  # shows only if the pixels have not been converted yet
    canvas.show()
    assert tuple(seen(canvas)[166, 216]) == BLUE


def test_the_newest_frame_wins(canvas: Canvas) -> None:
    canvas.show_pixels(plain(RED))
    canvas.show_pixels(plain(BLUE))
    assert tuple(seen(canvas)[166, 216]) == BLUE


def test_shrinking_averages_rather_than_skips(canvas: Canvas) -> None:
    stripes = np.zeros((600, 1200, 3), np.uint8)
    stripes[:, ::2] = 255
    canvas.show_pixels(stripes)
    middle = seen(canvas)[150:180, 100:300].astype(int)
    assert middle.min() > 80
    assert middle.max() < 175


def test_a_part_of_a_much_larger_picture_is_averaged_too(canvas: Canvas) -> None:
    stripes = np.zeros((1500, 3000, 3), np.uint8)
    stripes[:, ::2] = 255
    canvas.show_pixels(stripes)
    canvas.zoom_to(0.3)
    assert canvas.picture_rect().width() > canvas.width()
    middle = seen(canvas)[150:180, 100:300].astype(int)
    assert middle.min() > 110
    assert middle.max() < 145


def test_above_twice_its_size_every_pixel_is_a_square(canvas: Canvas) -> None:
    pixels = noise(200, 150)
    canvas.show_pixels(pixels)
    canvas.zoom_to(4.0)
    rect, shown = canvas.picture_rect(), seen(canvas)
    rows = (np.arange(332) - rect.top()) // 4
    columns = (np.arange(432) - rect.left()) // 4
    assert (shown == pixels[rows][:, columns]).all()


def test_up_to_twice_its_size_it_is_smooth(canvas: Canvas) -> None:
    stripes = np.zeros((150, 200, 3), np.uint8)
    stripes[:, ::2] = 255
    canvas.show_pixels(stripes)
    canvas.zoom_to(2.0)
    assert len(np.unique(seen(canvas)[100:200, 100:300])) > 2


def test_at_its_own_size_every_pixel_is_exact(canvas: Canvas) -> None:
    pixels = noise(600, 500)
    canvas.show_pixels(pixels)
    canvas.zoom_to(1.0)
    rect = canvas.picture_rect()
    part = pixels[-rect.top() : -rect.top() + 332, -rect.left() : -rect.left() + 432]
    assert (seen(canvas) == part).all()


_AT_A_DENSITY = """
import sys
import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from gui.canvas.canvas import Canvas
application = QApplication([])
canvas = Canvas()
canvas.resize(432, 332)
canvas.show()
pixels = np.random.default_rng(0).integers(0, 256, (100, 120, 3), dtype=np.uint8)
canvas.set_before(255 - pixels)
canvas.show_pixels(pixels)
canvas.zoom_to(1.0)
canvas.compare(True)
canvas.set_divider(0.25)
image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
ratio = float(sys.argv[1])
assert (image.width(), image.height()) == (432 * ratio, 332 * ratio), image.size()
rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
left, top = round((image.width() - 120) / 2), round((image.height() - 100) / 2)
shown = rows[top : top + 100, left : left + 120, 2::-1]
beside = round(3 * ratio)  # the line
assert (shown[:6, : 30 - beside] == (255 - pixels)[:6, : 30 - beside]).all()
assert (shown[:6, 30 + beside :] == pixels[:6, 30 + beside :]).all()
assert not (shown[:6, 30 - beside : 30 + beside] == pixels[:6, 30 - beside : 30 + beside]).all()
"""


@pytest.mark.parametrize("ratio", ["1", "1.5", "2"])
def test_on_screens_of_any_density_a_pixel_is_a_pixel(ratio: str) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": ratio}
    command = [sys.executable, "-c", _AT_A_DENSITY, ratio]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


# Alpha


def test_what_is_transparent_shows_a_checkerboard(canvas: Canvas) -> None:
    alpha = np.zeros((100, 200), np.uint8)
    alpha[:, 100:] = 255
    canvas.show_pixels(np.hstack([plain((255, 255, 255), 100), plain(RED, 100)]), alpha=alpha)
    shown, rect = seen(canvas), canvas.picture_rect()
    light, dark = rgb(theme.current().panel), rgb(theme.current().line)
    squares = shown[rect.top() + 4 : rect.bottom() : 8, rect.left() + 4 : rect.left() + 180 : 8]
    for row, column in np.ndindex(*squares.shape[:2]):
        assert tuple(squares[row, column]) == ((light, dark)[(row + column + 1) % 2])
    assert tuple(shown[rect.center().y(), rect.right() - 20]) == RED


def test_what_is_half_transparent_is_taken_off_its_white_ground(canvas: Canvas) -> None:
    half_black_on_white = plain((127, 127, 127))
    canvas.show_pixels(half_black_on_white, alpha=np.full((100, 200), 128, np.uint8))
    shown, rect = seen(canvas), canvas.picture_rect()
    ground = rgb(theme.current().line)
    square = shown[rect.top() + 4, rect.left() + 4]
    assert np.abs(square.astype(int) - np.array(ground) * 127 / 255).max() <= 1


def test_alpha_of_another_size_and_depth_is_stretched_to_the_frame(canvas: Canvas) -> None:
    alpha = np.zeros((40, 51), np.uint16)
    alpha[:, 26:] = 65535
    canvas.show_pixels(plain(RED), alpha=alpha)
    assert canvas.image.size().toTuple() == (200, 100)
    assert canvas.image.pixelColor(10, 50).alpha() == 0
    assert canvas.image.pixelColor(190, 50) == QColor(*RED)


# The view stays put


def test_frames_of_growing_scales_come_to_the_same_place(canvas: Canvas) -> None:
    full = (1024, 683)
    canvas.show_pixels(noise(128, 85), full_size=full)
    canvas.zoom_to(1.0, QPointF(100, 100))
    canvas.pan(QPointF(31, -17))
    rect, zoom = canvas.picture_rect(), canvas.zoom
    for width, height in ((256, 171), (512, 342), full):
        canvas.show_pixels(noise(width, height), full_size=full)
        assert (canvas.picture_rect(), canvas.zoom) == (rect, zoom)


def test_what_is_seen_of_a_picture_is_the_same_at_every_scale(canvas: Canvas) -> None:
    large = np.repeat(np.repeat(noise(64, 48), 8, 0), 8, 1)
    canvas.show_pixels(large)
    canvas.zoom_to(4.0, QPointF(50, 60))
    before = seen(canvas)
    canvas.show_pixels(large[::8, ::8], full_size=(512, 384))
    assert (seen(canvas) == before).all()


def test_scales_stay_in_place_even_where_the_full_size_is_unknown(canvas: Canvas) -> None:
    canvas.show_pixels(noise(128, 85))
    canvas.zoom_to(8.0, QPointF(100, 100))
    rect = canvas.picture_rect()
    canvas.show_pixels(noise(1024, 680))
    assert canvas.picture_rect() == rect
    assert canvas.zoom == pytest.approx(1.0, rel=0.01)


def test_a_picture_of_another_shape_is_fitted(canvas: Canvas) -> None:
    canvas.show_pixels(noise(200, 100))
    canvas.zoom_to(6.0)
    canvas.show_pixels(noise(100, 200))
    assert canvas.fitted


def test_a_fitted_picture_is_fitted_to_a_resized_window(canvas: Canvas) -> None:
    canvas.show_pixels(noise(200, 100))
    canvas.resize(832, 532)
    assert canvas.picture_rect().width() == 800


# Looking closer


def test_the_wheel_zooms_about_the_cursor(canvas: Canvas) -> None:
    canvas.show_pixels(noise(216, 166))
    canvas.zoom_to(4.0)
    cursor = QPoint(301, 97)
    pixel = tuple(seen(canvas)[cursor.y(), cursor.x()])
    for _ in range(5):
        wheel(canvas, QPointF(cursor) + QPointF(0.5, 0.5), 120)
        assert tuple(seen(canvas)[cursor.y(), cursor.x()]) == pixel
    assert canvas.zoom == pytest.approx(4.0 * 1.25**5)
    wheel(canvas, QPointF(cursor), -600)
    assert canvas.zoom == pytest.approx(4.0)


def test_a_touchpad_zooms_by_parts_of_a_notch(canvas: Canvas) -> None:
    canvas.show_pixels(noise(200, 100))
    canvas.zoom_to(1.0)
    for _ in range(8):
        wheel(canvas, QPointF(200, 150), 15)
    assert canvas.zoom == pytest.approx(1.25)


def test_a_pinch_zooms(canvas: Canvas) -> None:
    canvas.show_pixels(noise(200, 100))
    canvas.zoom_to(2.0)
    at = QPointF(200, 150)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        canvas.mapToGlobal(at),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.zoom == pytest.approx(3.0)


def test_a_double_click_looks_closer_where_it_was_and_the_next_comes_back(
    qtbot: QtBot, canvas: Canvas
) -> None:
    pixels = noise(1600, 1200)
    canvas.show_pixels(pixels)
    at = QPoint(120, 80)
    rect = canvas.picture_rect()
    column = (at.x() - rect.left()) / rect.width() * 1600
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.zoom == 1
    assert at.x() - canvas.picture_rect().left() == pytest.approx(column, abs=1)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.fitted
    assert canvas.picture_rect() == rect


def test_the_middle_button_pushes_the_picture(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.show_pixels(noise(1600, 1200))
    canvas.zoom_to(1.0)
    corner = canvas.picture_rect().topLeft()
    drag(qtbot, canvas, Qt.MouseButton.MiddleButton, QPoint(200, 150), QPoint(230, 110))
    assert canvas.picture_rect().topLeft() == corner + QPoint(30, -40)
    qtbot.mouseMove(canvas, QPoint(10, 10))
    assert canvas.picture_rect().topLeft() == corner + QPoint(30, -40)


def test_space_makes_the_left_button_push(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.show_pixels(noise(1600, 1200))
    canvas.zoom_to(1.0)
    corner = canvas.picture_rect().topLeft()
    left = Qt.MouseButton.LeftButton
    drag(qtbot, canvas, left, QPoint(200, 150), QPoint(230, 110))
    assert canvas.picture_rect().topLeft() == corner
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    drag(qtbot, canvas, left, QPoint(200, 150), QPoint(230, 110))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert canvas.picture_rect().topLeft() == corner + QPoint(30, -40)


def test_keys_fit_and_zoom_and_push(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.show_pixels(noise(1600, 1200))
    fit = canvas.zoom
    for key, zoom in (("2", 1.0), ("3", 2.0), ("+", 3.0), ("-", 2.0), ("1", fit), ("0", fit)):
        qtbot.keyClick(canvas, key)
        assert canvas.zoom == pytest.approx(zoom)
    qtbot.keyClick(canvas, "2")
    left = canvas.picture_rect().left()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.picture_rect().left() < left
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.picture_rect().left() == left


def test_without_a_picture_nothing_can_be_done_to_it(qtbot: QtBot, canvas: Canvas) -> None:
    for key in "123+-0b":
        qtbot.keyClick(canvas, key)
    wheel(canvas, QPointF(100, 100), 120)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    canvas.compare(True)
    assert canvas.fitted
    assert not canvas.comparing
    assert canvas.picture_rect().isNull()


def test_a_frame_is_no_news_about_the_view(qtbot: QtBot, canvas: Canvas) -> None:
    with qtbot.waitSignal(canvas.view_changed, timeout=1000):
        canvas.show_pixels(noise(100, 80), full_size=(400, 320))
    with qtbot.assertNotEmitted(canvas.view_changed):
        canvas.show_pixels(noise(200, 160), full_size=(400, 320))
    with qtbot.waitSignal(canvas.view_changed, timeout=1000):
        canvas.zoom_in()


# Before and after


@pytest.fixture
def comparing(canvas: Canvas) -> Canvas:
    """Red before, blue after, in 400 x 200 at (16, 66)."""
    canvas.set_before(plain(RED, 100, 50))
    canvas.show_pixels(plain(BLUE))
    canvas.compare(True)
    return canvas


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.801, 1.0])
def test_the_line_parts_before_and_after(comparing: Canvas, share: float) -> None:
    comparing.set_divider(share)
    row = seen(comparing)[250]
    split = 16 + round(share * 400)
    left, right = row[16 : max(16, split - 2)], row[split + 2 : 416]
    assert (left == RED).all()
    assert (right == BLUE).all()
    accent = rgb(theme.current().accent)
    assert tuple(row[split]) == accent == tuple(row[split - 1])


def test_the_line_is_dragged(qtbot: QtBot, comparing: Canvas) -> None:
    drag(qtbot, comparing, Qt.MouseButton.LeftButton, QPoint(218, 200), QPoint(316, 210))
    assert comparing.divider == pytest.approx(0.75)
    drag(qtbot, comparing, Qt.MouseButton.LeftButton, QPoint(316, 200), QPoint(900, 210))
    assert comparing.divider == 1
    drag(qtbot, comparing, Qt.MouseButton.LeftButton, QPoint(216, 200), QPoint(116, 210))
    assert comparing.divider == 1  # there was no line to take hold of
    qtbot.mouseDClick(comparing, Qt.MouseButton.LeftButton, pos=QPoint(416, 200))
    assert comparing.divider == 0.5
    assert comparing.fitted


def test_the_line_is_moved_by_keys(qtbot: QtBot, comparing: Canvas) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(comparing, Qt.Key.Key_Left, shift)
    assert comparing.divider == pytest.approx(0.48)
    qtbot.keyClick(comparing, Qt.Key.Key_Right, shift)
    assert comparing.divider == pytest.approx(0.5)


def test_the_line_stays_within_sight_when_zoomed(comparing: Canvas) -> None:
    comparing.zoom_to(8.0)
    row = seen(comparing)[250]
    assert (row[:214] == RED).all()
    assert (row[218:] == BLUE).all()


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_Backslash])
def test_a_held_key_shows_before(qtbot: QtBot, canvas: Canvas, key: Qt.Key) -> None:
    canvas.set_before(plain(RED))
    canvas.show_pixels(plain(BLUE))
    qtbot.keyPress(canvas, key)
    assert (seen(canvas)[200, 16:416] == RED).all()
    qtbot.keyRelease(canvas, key)
    assert (seen(canvas)[200, 16:416] == BLUE).all()


def test_what_is_held_is_let_go_when_the_keyboard_goes_elsewhere(
    qtbot: QtBot, canvas: Canvas
) -> None:
    canvas.set_before(plain(RED))
    canvas.show_pixels(plain(BLUE))
    qtbot.keyPress(canvas, Qt.Key.Key_B)
    canvas.clearFocus()
    assert tuple(seen(canvas)[200, 216]) == BLUE


def test_comparing_ends_with_the_picture_before(qtbot: QtBot, comparing: Canvas) -> None:
    with qtbot.waitSignal(comparing.compare_changed, timeout=1000) as changed:
        comparing.set_before(None)
    assert changed.args == [False]
    assert (seen(comparing)[200, 16:416] == BLUE).all()
    with qtbot.assertNotEmitted(comparing.compare_changed):
        comparing.compare(True)
    assert not comparing.comparing


def test_comparing_goes_on_while_frames_come(comparing: Canvas) -> None:
    comparing.set_divider(0.25)
    comparing.show_pixels(plain((9, 99, 9), 400))
    assert comparing.comparing
    assert comparing.divider == 0.25


# The rest


def test_without_a_picture_it_invites(qtbot: QtBot, canvas: Canvas) -> None:
    button = QPushButton("Try an example")
    canvas.set_invitation(button)
    QApplication.processEvents()
    middle = button.mapTo(canvas, button.rect().center())
    assert button.isVisible()
    assert abs(middle.x() - canvas.width() / 2) <= 1
    assert middle.y() > canvas.height() / 2
    canvas.show_pixels(plain(RED))
    assert not button.isVisible()
    canvas.show_pixels(None)
    assert button.isVisible()
    assert canvas.image.isNull()


@pytest.mark.parametrize("size", [(320, 240), (400, 330), (900, 700)])
def test_the_invitation_finds_room_in_any_canvas(canvas: Canvas, size: tuple[int, int]) -> None:
    button = QPushButton("Try an example")
    canvas.set_invitation(button)
    canvas.resize(*size)
    QApplication.processEvents()
    labels = [label for label in canvas.findChildren(QLabel) if label.isVisible()]
    bottom = 0
    for each in (*labels, button):
        place = QRect(each.mapTo(canvas, QPoint()), each.size())
        assert canvas.rect().contains(place)
        assert place.top() >= bottom
        assert place.height() >= each.fontMetrics().height()
        bottom = place.bottom()
    assert len(labels) == 2


def test_screen_readers_hear_what_is_shown(canvas: Canvas) -> None:
    assert canvas.accessibleDescription() == ""
    canvas.show_pixels(plain(RED), rendered=False)
    assert canvas.accessibleDescription() == "The photograph, at 200 %"
    canvas.set_before(plain(RED))
    canvas.show_pixels(plain(BLUE))
    canvas.zoom_to(1.0)
    assert canvas.accessibleDescription() == "The painted picture, at 100 %"
    canvas.compare(True)
    canvas.set_divider(0.3)
    expected = "The photograph on the left 30 %, painted on the right, at 100 %"
    assert canvas.accessibleDescription() == expected
    canvas.hold(True)
    assert canvas.accessibleDescription() == "The photograph before it was painted, at 100 %"


def test_the_keyboards_place_is_seen_by_those_who_use_it(canvas: Canvas) -> None:
    canvas.clearFocus()
    accent = rgb(theme.current().accent)
    assert tuple(seen(canvas)[0, 100]) != accent
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert tuple(seen(canvas)[0, 100]) == accent
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert tuple(seen(canvas)[0, 100]) != accent


def test_a_menu_is_asked_for_where_the_mouse_is(qtbot: QtBot, canvas: Canvas) -> None:
    at = QPoint(30, 40)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
    with qtbot.waitSignal(canvas.menu_asked, timeout=1000) as asked:
        QApplication.sendEvent(canvas, event)
    assert asked.args == [canvas.mapToGlobal(at)]


def test_other_keys_are_left_to_the_window(qtbot: QtBot) -> None:
    passed = []

    class Window(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            passed.append(Qt.Key(event.key()))

    window = Window()
    qtbot.addWidget(window)
    canvas = Canvas(window)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(canvas, "1")
    assert passed == [Qt.Key.Key_Escape]
