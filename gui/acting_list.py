"""A list of pictures whose keys do something with those that are selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView


class ActingList(QListView):
    """Several may be selected; it lies on its panel without a frame or a ground of its own.

    Signals:
        keyed: an act whose key was pressed.
    """

    keyed = Signal(object)

    def __init__(self, model: QAbstractItemModel, act_of: Callable[[QKeyEvent], object]) -> None:
        super().__init__()
        self._act_of = act_of
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def event(self, event: QEvent) -> bool:
        """Claim our keys before the window's shortcuts get them."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._act_of(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Keys for what is selected."""
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            self.keyed.emit(act)
