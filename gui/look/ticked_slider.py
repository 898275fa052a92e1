"""A slider with ticks, which Qt leaves out as soon as a style sheet draws the rest."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from gui import theme

_HANDLE = 16
_TICK = 4


class TickedSlider(QSlider):
    """Horizontal; a tick below every `tickInterval` of its range."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for the ticks below the handle, and as much above, to keep it in the middle."""
        return QSize(super().sizeHint().width(), _HANDLE + 2 * (_TICK + 2))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high as it wants to be."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The ticks, then the slider."""
        painter = QPainter(self)
        for tick in self._ticks():
            painter.fillRect(tick, QColor(theme.current().quiet))
        painter.end()
        super().paintEvent(event)

    def _ticks(self) -> list[QRect]:
        low, high, span = self.minimum(), self.maximum(), self.width() - _HANDLE
        places = [
            QStyle.sliderPositionFromValue(low, high, value, span)
            for value in range(low, high + 1, max(1, self.tickInterval()))
        ]
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            places = [span - place for place in places]
        return [QRect(_HANDLE // 2 + x, self.height() - _TICK, 1, _TICK) for x in places]
