"""The canvas: what it paints is the picture, in place and in colour, where it was pushed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.canvas.canvas import Canvas
from tests.gui.canvas.support import BLUE, RED, noise, plain, rgb, seen

ROOT = Path(__file__).parents[3]


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
