"""The line between before and after, and the two words, painted over the picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from gui import theme

GRAB: Final = theme.SPACE
"""How far from the line the mouse still takes hold of it."""
_LINE: Final = 2
_GRIP: Final = 14
_CHIP_HEIGHT: Final = 3 * theme.SPACE


def paint_line(painter: QPainter, x: float, shown: QRect) -> None:
    """Paint the line with its grip in the middle, legible on any picture.

    Args:
        painter: of the canvas.
        x: where the one picture ends and the other begins.
        shown: the visible part of the picture.
    """
    colours = theme.current()
    top, height = shown.top(), shown.height()
    painter.fillRect(QRectF(x - _LINE, top, 2 * _LINE, height), QColor(colours.panel))
    painter.fillRect(QRectF(x - _LINE / 2, top, _LINE, height), QColor(colours.accent))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(x, top + height / 2)
    painter.setPen(QColor(colours.panel))
    painter.setBrush(QColor(colours.accent))
    painter.drawEllipse(middle, _GRIP, _GRIP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.on_accent))
    for side in (-1, 1):
        tip, back = side * 9, side * 4
        corners = (QPointF(tip, 0), QPointF(back, -5), QPointF(back, 5))
        painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))


def paint_word(painter: QPainter, word: str, side: QRect, *, right: bool = False) -> None:
    """Paint a word in an upper corner, where its side of the picture has room for it."""
    colours = theme.current()
    width = painter.fontMetrics().horizontalAdvance(word) + 2 * theme.SPACE
    if side.width() < width + 2 * theme.SPACE or side.height() < _CHIP_HEIGHT + 2 * theme.SPACE:
        return
    left = side.right() + 1 - theme.SPACE - width if right else side.left() + theme.SPACE
    chip = QRect(left, side.top() + theme.SPACE, width, _CHIP_HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(chip, 5, 5)
    painter.setPen(QColor(colours.text))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
