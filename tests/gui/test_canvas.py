"""The canvas: what it paints is the picture, in place and in colour."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui.canvas import Canvas


def test_a_picture_is_fitted_and_centred_and_keeps_its_colours(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(432, 332)
    canvas.show()
    pixels = np.zeros((100, 200, 3), np.uint8)
    pixels[:, :100] = (250, 10, 20)
    pixels[:, 100:] = (5, 200, 90)
    canvas.show_pixels(pixels)
    rect = canvas.picture_rect()
    assert (rect.x(), rect.y(), rect.width(), rect.height()) == (16, 66, 400, 200)
    grabbed = canvas.grab().toImage()
    assert grabbed.pixelColor(rect.left() + 40, rect.center().y()) == QColor(250, 10, 20)
    assert grabbed.pixelColor(rect.right() - 40, rect.center().y()) == QColor(5, 200, 90)
    assert grabbed.pixelColor(rect.left() + 40, rect.top() - 2) != QColor(250, 10, 20)


def test_sixteen_bits_are_shown_with_eight(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show_pixels(np.full((20, 20, 3), 77 * 257, np.uint16))
    assert canvas.image.pixelColor(3, 3).red() == 77


def test_the_shown_memory_is_the_canvass_own(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    pixels = np.full((20, 20, 3), 77, np.uint8)
    canvas.show_pixels(pixels)
    pixels[:] = 0
    assert canvas.image.pixelColor(3, 3).red() == 77


def test_without_a_picture_it_invites(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show_pixels(np.zeros((20, 20, 3), np.uint8))
    canvas.show_pixels(None)
    assert canvas.image.isNull()
    assert len({canvas.grab().toImage().pixel(x, 100) for x in range(0, 300)}) > 1
