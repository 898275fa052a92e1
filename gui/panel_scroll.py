"""What the two panels beside the canvas scroll in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

SCROLL_BAR: Final = 10
"""Its width, px, as in the style sheet."""


class PanelScroll(QScrollArea):
    """Scrolls a column up and down, through which the panel shows.

    The bar takes its room from the column's right margin, so that the fields stay where they are.

    Args:
        inner: the column, laid out, with a right margin of at least the bar's width.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        for each in (self.viewport(), inner):
            each.setAutoFillBackground(False)
        layout = inner.layout()
        assert layout is not None
        self._column, self._right = layout, layout.contentsMargins().right()
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, _: int, end: int) -> None:
        margins = self._column.contentsMargins()
        margins.setRight(self._right - (SCROLL_BAR if end else 0))
        self._column.setContentsMargins(margins)
