"""The filmstrip: every picture that was painted, to look at, compare and go on from."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QCursor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QMenu,
    QScrollBar,
    QStackedLayout,
    QStyle,
    QStyleOptionSlider,
    QToolTip,
    QWidget,
)

from engine.errors import EngineError
from gui import icons, theme
from gui.acting_list import ActingList
from gui.film.gallery import Entry
from gui.film.items import ENTRY, LOWEST, FilmDelegate, FilmModel, around


class Act(StrEnum):
    """What can be done with pictures of the filmstrip."""

    LOOK = "look"
    COMPARE = "compare"
    SETTINGS = "settings"
    CONTINUE = "continue"
    ENLARGE = "enlarge"
    SAVE = "save"
    COPY = "copy"
    DELETE = "delete"


_KEYS: Final = {
    Qt.Key.Key_Return: Act.LOOK,
    Qt.Key.Key_Enter: Act.LOOK,
    Qt.Key.Key_Delete: Act.DELETE,
    Qt.Key.Key_Backspace: Act.DELETE,
}
_ENDS_A_GROUP: Final = (Act.COMPARE, Act.ENLARGE, Act.COPY)


class Filmstrip(QWidget):
    """Shows the entries of the gallery, the newest at the right; the session does what it asks.

    Signals:
        look_asked: an `Entry` was clicked, or chosen by Enter.
        compare_asked: two of them, the older first.
        settings_asked: the settings of an `Entry` are to be used.
        continue_asked: the next run is to start from an `Entry`.
        enlarge_asked: an `Entry` is to be painted larger.
        save_asked: an `Entry` is to be saved under a name of the user's.
        copy_asked: an `Entry` is to be put on the clipboard.
        delete_asked: an `Entry` is to go; once for each that is selected.
    """

    look_asked = Signal(object)
    compare_asked = Signal(object, object)
    settings_asked = Signal(object)
    continue_asked = Signal(object)
    enlarge_asked = Signal(object)
    save_asked = Signal(object)
    copy_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocked: dict[Act, str] = {}
        self._model = FilmModel()
        self._model.setParent(self)
        self.view = _Strip(self._model)
        self.view.setAccessibleName(self.tr("Filmstrip"))
        self.view.setAccessibleDescription(
            self.tr("Every render; Enter looks at one, Delete removes it")
        )
        self._empty = QLabel(self.tr("Every render is kept here"))
        self._empty.setObjectName("quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self.view)
        self.actions_by = {act: self._make_action(act) for act in Act}
        self.menu = self._make_menu()
        self._connect()
        self._refresh()

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these, scrolled to the newest."""
        self._model.set_entries(entries)
        self._show_newest()
        self._refresh()

    def add(self, entry: Entry) -> None:
        """Show one more, at its place in time; the newest comes into view."""
        self._model.insert(entry)
        row = self._model.row_of(entry.id)
        self._refresh()
        if row == self._model.rowCount() - 1:
            self._show_newest()
        else:
            self.view.scrollTo(self._model.index(row))

    def remove(self, entry_id: str) -> None:
        """Show one less."""
        self._model.remove(entry_id)
        self._refresh()

    def select(self, entry_id: str) -> None:
        """Mark one as the picture that is looked at; none where there is no such entry."""
        index = self._model.index(self._model.row_of(entry_id))
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(index, flag)
        if index.isValid():
            self.view.scrollTo(index)
        else:
            self.view.clearSelection()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The pictures, oldest first."""
        return tuple(self._model.entries)

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return len(self._model.entries)

    @property
    def bytes_kept(self) -> int:
        """What the pictures that are shown take on disk."""
        return sum(entry.size for entry in self._model.entries)

    def selected(self) -> tuple[Entry, ...]:
        """The entries that are selected, oldest first."""
        indexes = sorted(self.view.selectionModel().selectedIndexes(), key=lambda i: i.row())
        return tuple(index.data(ENTRY) for index in indexes)

    def block(self, act: Act, why: str) -> None:
        """Say why something cannot be done at the moment; an empty text: it can again."""
        self._blocked[act] = why
        self._refresh()

    def why_not(self, act: Act) -> str:
        """Why something cannot be done with what is selected; empty if it can."""
        selected = self.selected()
        if not selected:
            return self.tr("Select a picture first")
        if act is Act.COMPARE and len(selected) != 2:
            return self.tr("Select two pictures: Ctrl-click adds one")
        if act not in (Act.COMPARE, Act.DELETE) and len(selected) > 1:
            return self.tr("Select one picture only")
        if act is Act.SETTINGS and not _has_settings(selected[0]):
            return self.tr("Its settings are those of another version of Impasto")
        return self._blocked.get(act, "")

    @Slot(object)
    def ask(self, act: Act) -> None:
        """Ask for something with what is selected, or show why it cannot be done."""
        why_not = self.why_not(act)
        if why_not:
            QToolTip.showText(QCursor.pos(), why_not, self.view)
            return
        selected = self.selected()
        if act is Act.COMPARE:
            self.compare_asked.emit(*selected)
            return
        for entry in selected:
            self._signal(act).emit(entry)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A row of small thumbnails with its scroll bar; they grow with the height."""
        height = LOWEST + around(self.view.fontMetrics()) + theme.SPACE
        return QSize(60 * theme.SPACE, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high, and as narrow as a few pictures."""
        return QSize(20 * theme.SPACE, self.sizeHint().height())

    def _signal(self, act: Act) -> SignalInstance:
        by_act = {
            Act.LOOK: self.look_asked,
            Act.SETTINGS: self.settings_asked,
            Act.CONTINUE: self.continue_asked,
            Act.ENLARGE: self.enlarge_asked,
            Act.SAVE: self.save_asked,
            Act.COPY: self.copy_asked,
            Act.DELETE: self.delete_asked,
        }
        return by_act[act]

    def _titles(self) -> dict[Act, tuple[str, str]]:
        """What each action is called, and what it does."""
        return {
            Act.LOOK: (self.tr("&Look at It"), self.tr("Show the picture on the canvas")),
            Act.COMPARE: (
                self.tr("Co&mpare These Two"),
                self.tr("Show both on the canvas with a line to drag between them"),
            ),
            Act.SETTINGS: (self.tr("Use Its Se&ttings"), self.tr("Set everything as it was")),
            Act.CONTINUE: (
                self.tr("Conti&nue from It"),
                self.tr("Let the next render start from this picture"),
            ),
            Act.ENLARGE: (
                self.tr("&Enlarge …"),
                self.tr("Paint it larger in the same look, such as for print"),
            ),
            Act.SAVE: (self.tr("&Save As …"), self.tr("Save the picture in a file of your own")),
            Act.COPY: (self.tr("&Copy"), self.tr("Copy the picture to the clipboard")),
            Act.DELETE: (self.tr("&Delete"), self.tr("Delete it; Undo brings it back")),
        }

    def _make_action(self, act: Act) -> QAction:
        action = QAction(self._titles()[act][0], self)
        action.triggered.connect(lambda: self.ask(act))
        if act.value in icons.NAMES:
            icons.want(action, act.value)
        return action

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for act, action in self.actions_by.items():
            menu.addAction(action)
            if act in _ENDS_A_GROUP:
                menu.addSeparator()
        menu.setDefaultAction(self.actions_by[Act.LOOK])
        return menu

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(self._refresh)
        self.view.clicked.connect(self._clicked)
        self.view.keyed.connect(self.ask)
        self.view.customContextMenuRequested.connect(self._open_menu)

    @Slot()
    def _refresh(self) -> None:
        self._layout.setCurrentWidget(self.view if self._model.rowCount() else self._empty)
        for act, action in self.actions_by.items():
            why_not = self.why_not(act)
            action.setEnabled(not why_not)
            action.setToolTip(why_not or self._titles()[act][1])
            action.setStatusTip(action.toolTip())

    def _clicked(self) -> None:
        """A click that adds to a selection wants to compare, not to look."""
        if len(self.selected()) == 1:
            self.ask(Act.LOOK)

    def _open_menu(self, position: QPoint) -> None:
        if self.selected():
            self.menu.popup(self.view.viewport().mapToGlobal(position))

    def _show_newest(self) -> None:
        newest = self._model.index(self._model.rowCount() - 1)
        if not self.view.selectionModel().hasSelection():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.view.selectionModel().setCurrentIndex(newest, flag)  # where the keyboard begins
        self.view.scrollTo(newest)


class _Strip(ActingList):
    """One row that scrolls sideways."""

    def __init__(self, model: FilmModel) -> None:
        super().__init__(model, _act_of)
        self._delegate = FilmDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBar(_ThinBar(Qt.Orientation.Horizontal))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Let the thumbnails grow; room for the scroll bar is left also where it is hidden."""
        if self._delegate.fit(self.height() - theme.SPACE, self.fontMetrics()):
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)


class _ThinBar(QScrollBar):
    """A scroll bar that leaves the room to the pictures, and stays at the end if it is there."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._at_end = True
        self.valueChanged.connect(self._note_end)
        self.rangeChanged.connect(self._stay)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Thin."""
        return QSize(super().sizeHint().width(), theme.SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw nothing but the handle."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar,
            option,
            QStyle.SubControl.SC_ScrollBarSlider,
            self,
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().quiet))
        painter.drawRoundedRect(QRectF(handle).adjusted(1, 2, -1, -2), 2, 2)
        painter.end()

    @Slot(int)
    def _note_end(self, value: int) -> None:
        self._at_end = value >= self.maximum() - theme.SPACE

    @Slot(int, int)
    def _stay(self, _: int, end: int) -> None:
        if self._at_end:
            self.setValue(end)


def _act_of(event: QKeyEvent) -> Act | None:
    if event.matches(QKeySequence.StandardKey.Copy):
        return Act.COPY
    plain = event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )
    return _KEYS.get(Qt.Key(event.key())) if plain else None


def _has_settings(entry: Entry) -> bool:
    try:
        entry.made.settings()
    except EngineError:
        return False
    return True
