"""Looking closer, and at before and after: by wheel, mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.canvas.canvas import Canvas
from tests.gui.canvas.support import BLUE, RED, noise, plain, rgb, seen


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
