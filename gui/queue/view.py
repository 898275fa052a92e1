"""The list of the queue: rows to drag, choose and remove; files to drop between them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from gui.acting_list import ActingList
from gui.queue.acts import Act
from gui.queue.entry import Entry
from gui.queue.items import ENTRY, QueueDelegate, QueueModel

_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_KEYS: Final = {
    (Qt.Key.Key_Return, _PLAIN): Act.EDIT,
    (Qt.Key.Key_Enter, _PLAIN): Act.EDIT,
    (Qt.Key.Key_Delete, _PLAIN): Act.REMOVE,
    (Qt.Key.Key_Backspace, _PLAIN): Act.REMOVE,
    (Qt.Key.Key_Up, _ALT): Act.UP,
    (Qt.Key.Key_Down, _ALT): Act.DOWN,
    (Qt.Key.Key_D, _CONTROL): Act.DUPLICATE,
}


class QueueView(ActingList):
    """Rows, first to last."""

    def __init__(self, model: QueueModel) -> None:
        super().__init__(model, _act_of)
        self._delegate = QueueDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def selected(self) -> tuple[Entry, ...]:
        """The entries that are selected, first to last."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda i: i.row())
        return tuple(index.data(ENTRY) for index in indexes)

    def select(self, ids: tuple[str, ...], current: int) -> None:
        """Select these, and let the keyboard be at a row, or at the last one."""
        model, chosen = self.model(), QItemSelection()
        for row in range(model.rowCount()):
            if model.index(row, 0).data(ENTRY).id in ids:
                chosen.select(model.index(row, 0), model.index(row, 0))
        selection = self.selectionModel()
        row = min(current, model.rowCount() - 1)
        flag = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(model.index(row, 0), flag.NoUpdate)
        selection.select(chosen, flag.ClearAndSelect)


def _act_of(event: QKeyEvent) -> Act | None:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _KEYS.get((Qt.Key(event.key()), modifiers))
