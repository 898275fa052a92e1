"""Strokes on the canvas, and what has come of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.masks.guiding import STRENGTH

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Part = tuple[float, float]


def at(window: MainWindow, part: Part) -> QPoint:
    """The point of the canvas that is nearest to a part of the picture."""
    rect = window.canvas.picture_rect()
    return QPoint(
        round(rect.left() + part[0] * rect.width()), round(rect.top() + part[1] * rect.height())
    )


def stroke(qtbot: QtBot, window: MainWindow, *parts: Part, key: Qt.KeyboardModifier = NONE) -> None:
    first, *others = [at(window, part) for part in parts]
    qtbot.mousePress(window.canvas, LEFT, key, first)
    for point in others:
        qtbot.mouseMove(window.canvas, point)
    qtbot.mouseRelease(window.canvas, LEFT, key, others[-1] if others else first)


def values(window: MainWindow, region: int = 0) -> NDArray[np.uint8]:
    guidance = window.session.state.guidance
    mask = guidance.strength if region == STRENGTH else guidance.masks[region]
    assert mask is not None
    return mask.values


def value_at(window: MainWindow, part: Part, region: int = 0) -> int:
    mask = values(window, region)
    height, width = mask.shape
    return int(mask[int(part[1] * height), int(part[0] * width)])


def middle(mask: NDArray[np.uint8]) -> Part:
    """The part of the picture that the mask lies around."""
    weight = mask / mask.sum()
    height, width = mask.shape
    x = (weight.sum(axis=0) * (np.arange(width) + 0.5)).sum() / width
    y = (weight.sum(axis=1) * (np.arange(height) + 0.5)).sum() / height
    return float(x), float(y)


def seen(window: MainWindow, point: QPoint) -> QColor:
    canvas = window.canvas
    image, ratio = canvas.grab().toImage(), canvas.devicePixelRatioF()
    return image.pixelColor(int(point.x() * ratio), int(point.y() * ratio))
