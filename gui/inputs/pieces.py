"""Small parts of the panel: buttons with a ring of focus, a line that is shortened, a drop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QStyleOptionToolButton, QToolButton

from gui import theme

BUTTON: Final = 24
"""Pixels a side."""


class ToolButton(QToolButton):
    """A small button that shows the focus, without an arrow that would lie on its icon."""

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:  # noqa: N802 (Qt's name)
        """Leave out that there is a menu: the icon says so."""
        super().initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Add a ring where the keyboard is, which the style leaves out."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
            painter.end()


class Elided(QLabel):
    """A line whose middle is left out where it is too long."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self.whole = ""

    def show_text(self, text: str) -> None:
        """Show a text, and the whole of it on hovering."""
        self.whole = text
        self.setToolTip(text)
        self._elide()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for a line, even while there is none."""
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Elide anew."""
        self._elide()

    def _elide(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self.whole, middle, self.width()))


def dressed(button: QToolButton, action: QAction) -> QToolButton:
    """A small button that does what an action says, or opens its menu."""
    button.setDefaultAction(action)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setAccessibleName(action.toolTip())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedSize(BUTTON, BUTTON)
    return button
