"""Keeps what the keyboard is on in sight, where it lies in a panel that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from gui import theme


class FocusInSight(QObject):
    """Scrolls to whatever gets the focus below a widget.

    Qt does that only while Tab goes from one field of the panel to the next, not on entering it.
    """

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._root = root
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        area = now
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and now is not None and self._root.isAncestorOf(area):
            area.ensureWidgetVisible(now, 0, theme.SPACE)
