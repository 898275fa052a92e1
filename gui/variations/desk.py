"""Opens the variations of what is in the window, one dialog at a time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QWidget

from gui import icons, theme
from gui.session import Session
from gui.variations.dialog import VariationsDialog

_EDGE: Final = 5 * theme.SPACE
"""Of the window, that stays to be seen around the dialog."""


class Variations(QObject):
    """Between the window and the dialog.

    Attributes:
        dialog: the one that is open, if any.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.dialog: VariationsDialog | None = None

    @Slot()
    def begin(self) -> None:
        """Open the dialog, or say why there is nothing to vary."""
        why = self._session.state.why_no_render
        if why:
            self._session.noted.emit(why)
            return
        if self.dialog is not None:
            return
        dialog = self.dialog = VariationsDialog(self._session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.resize(self._window.size() - QSize(2 * _EDGE, 2 * _EDGE))
        dialog.finished.connect(self._forget)
        icons.paint(dialog)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None
