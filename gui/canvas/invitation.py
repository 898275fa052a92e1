"""What the canvas shows while there is no picture: what to do, and room for a way to start."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui import theme

_FRAME_MARGIN: Final = 2 * theme.SPACE
_LARGER: Final = 1.6
_HEIGHT_WITH_EMBLEM: Final = 40 * theme.SPACE


class Invitation(QWidget):
    """An emblem, two lines of text and, beneath them, a widget of the window's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Drop a photograph and a painting"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        title.setFont(font)
        subtitle = QLabel(self.tr("then press Render and watch it being painted"))
        subtitle.setObjectName("quiet")
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(theme.SPACE)
        self._layout.setContentsMargins(*4 * (3 * theme.SPACE,))
        self._layout.addStretch()
        self._emblem = _Emblem()
        for each in (self._emblem, title, subtitle):
            if isinstance(each, QLabel):
                each.setAlignment(Qt.AlignmentFlag.AlignCenter)
                each.setWordWrap(True)
            self._layout.addWidget(each)
        self._layout.addStretch()

    def set_widget(self, widget: QWidget) -> None:
        """Place a widget in the middle beneath the text."""
        last = self._layout.count() - 1
        self._layout.insertSpacing(last, theme.SPACE)
        self._layout.insertWidget(last + 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """The emblem goes first where room is short."""
        self._emblem.setVisible(event.size().height() >= _HEIGHT_WITH_EMBLEM)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint a frame to drop into."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().line), 1.5, Qt.PenStyle.DashLine))
        frame = self.rect().adjusted(_FRAME_MARGIN, _FRAME_MARGIN, -_FRAME_MARGIN, -_FRAME_MARGIN)
        painter.drawRoundedRect(frame, 10, 10)
        painter.end()


class _Emblem(QWidget):
    """A photograph, and in front of it a painting."""

    _CARD: Final = QRectF(-34, -26, 68, 52)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(14 * theme.SPACE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the two cards."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QPointF(self.rect().center()))
        for shift, tilt, colour, drawing in (
            (QPointF(-27, -7), -8, colours.quiet, _hills()),
            (QPointF(27, 7), 6, colours.accent, _strokes()),
        ):
            painter.save()
            painter.translate(shift)
            painter.rotate(tilt)
            pen = QPen(QColor(colour), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(QColor(colours.canvas))
            painter.drawRoundedRect(self._CARD, 6, 6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(drawing)
            painter.restore()
        painter.end()


def _hills() -> QPainterPath:
    """Two hills and a sun."""
    path = QPainterPath(QPointF(-26, 16))
    for x, y in ((-12, -4), (0, 10), (10, 0), (26, 16)):
        path.lineTo(x, y)
    path.addEllipse(QPointF(14, -13), 5, 5)
    return path


def _strokes() -> QPainterPath:
    """A swirl of the brush, and two strokes that flow around it."""
    path = QPainterPath(QPointF(8, -5))
    for step in range(1, 45):
        radius, angle = step * 0.3, step * pi / 12
        path.lineTo(8 + radius * cos(angle), -5 + radius * sin(angle))
    for y in (-8, 6):
        path.moveTo(-26, y)
        path.cubicTo(-18, y - 9, -12, y - 6, -10, y + 4)
    path.moveTo(-22, 18)
    path.cubicTo(-8, 8, 0, 20, 24, 15)
    return path
