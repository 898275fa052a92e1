"""Keeps what the keyboard is on in sight, where it lies in a panel that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Slot
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
        if now is None or not self._root.isAncestorOf(now):
            return
        area = now.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inner = None if area is None else area.widget()
        if area is None or inner is None or not inner.isAncestorOf(now):
            return
        place = now.mapTo(inner, QPoint())
        # `ensureWidgetVisible` shows no more of a field than its cursor. The top counts most.
        for y in (place.y() + now.height(), place.y()):
            area.ensureVisible(place.x(), y, 0, theme.SPACE)
