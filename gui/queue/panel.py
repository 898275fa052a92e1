"""The queue's tab: its list, and beside it what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCursor, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from engine.costs.pace import Pace, clock
from engine.job import Frame
from gui import icons, theme
from gui.inputs.dropped import dropped_files
from gui.queue.acts import Act
from gui.queue.entry import Entry, Standing
from gui.queue.items import HEIGHT, QueueModel
from gui.queue.queue import Queue
from gui.queue.view import QueueView
from gui.texts import plain

_COLUMN: Final = 236


class QueuePanel(QWidget):
    """Shows the queue and asks it for changes.

    Signals:
        files_dropped: picture files (list of Path), and the row that they are to come before.
        saving_asked: whether each finished render is to be saved.
        folder_asked: another folder to save them in is to be chosen.
    """

    files_dropped = Signal(object, int)
    saving_asked = Signal(bool)
    folder_asked = Signal()

    def __init__(self, queue: Queue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._shown_running = queue.running
        self._model = QueueModel(self)
        self.view = QueueView(self._model)
        self.view.setAccessibleName(self.tr("Queue"))
        self.view.setAccessibleDescription(
            self.tr("Renders that wait; Enter edits one, Delete removes it, Alt+Up moves it up")
        )
        self.start_button = QPushButton()
        self.clear_button = QToolButton()
        self.saves = QCheckBox()
        self.folder_button = QToolButton()
        self.summary = QLabel()
        self.summary.setObjectName("quiet")
        self._empty = QLabel(
            self.tr(
                "Renders wait here for their turn: Ctrl+Shift+Enter adds what is in the window.\n"
                "Photographs that are dropped here are painted in its style."
            )
        )
        self._empty.setObjectName("quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.actions_by = {act: self._make_action(act) for act in Act}
        self.buttons = {act: self._make_button(act) for act in Act}
        self.menu = self._make_menu()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.refresh()

    # What is shown

    @Slot()
    def refresh(self) -> None:
        """Show the queue as it is."""
        queue = self._queue
        if queue.running != self._shown_running:
            self._shown_running = queue.running
            self._model.show_progress("", 0.0)
        ids = tuple(each.id for each in self.view.selected())
        current = max(0, self.view.currentIndex().row())
        entries = tuple(queue.line)
        is_same = [e.id for e in entries] == [e.id for e in self._model.entries]
        self._model.show_entries(entries, queue.editing)
        if not is_same:
            self.view.select(ids, current)
        self._stack.setCurrentWidget(self.view if len(queue.line) else self._empty)
        self._show_start()
        self.summary.setText(self._words())
        self._show_acts()

    def show_frame(self, frame: Frame, pace: Pace) -> None:
        """Say how far the render of the queue is."""
        if self._queue.running:
            left = pace.seconds_left(frame)
            parts = [
                f"{frame.step}/{frame.steps}",
                self.tr("{0} left").format(clock(left)) if left is not None else "",
            ]
            text = " · ".join(part for part in parts if part)
            self._model.show_progress(text, frame.step / max(1, frame.steps))

    def show_saving(self, on: bool, folder: str) -> None:
        """Say whether and where finished renders are saved."""
        self.saves.setChecked(on)
        where = self.tr("Each finished render is saved in {0} too").format(folder)
        self.saves.setToolTip(where)
        self.saves.setAccessibleDescription(where)
        self.folder_button.setToolTip(self.tr("Choose another folder than {0}").format(folder))

    def _show_start(self) -> None:
        queue = self._queue
        icons.want(self.start_button, "pause" if queue.is_started else "render")
        if queue.is_started:
            self.start_button.setText(self.tr("Pause the queue"))
            what = self.tr("Begin no further render; the present one is painted to its end")
        else:
            self.start_button.setText(self.tr("Start the queue"))
            what = self.tr("Paint what waits, one after the other")
        why = ""
        if not queue.is_started and not queue.line.count(Standing.WAITING):
            why = self.tr("Nothing waits in the queue")
        self.start_button.setEnabled(not why)
        self.start_button.setToolTip(why or what)
        self.start_button.setAccessibleDescription(why or what)
        nothing_done = "" if queue.line.count(Standing.DONE) else self.tr("No render is done yet")
        self.clear_button.setEnabled(not nothing_done)
        self.clear_button.setToolTip(
            nothing_done or self.tr("Take those that are done out of the list")
        )

    def _words(self) -> str:
        counts = (
            (Standing.WAITING, self.tr("{0} waiting")),
            (Standing.DONE, self.tr("{0} done")),
            (Standing.FAILED, self.tr("{0} failed")),
            (Standing.CANCELLED, self.tr("{0} cancelled")),
        )
        found = ((words, self._queue.line.count(standing)) for standing, words in counts)
        return " · ".join(words.format(number) for words, number in found if number)

    @Slot()
    def _show_acts(self) -> None:
        titles = self._titles()
        for act, action in self.actions_by.items():
            why_not = self.why_not(act)
            action.setText(titles[act][0])
            action.setEnabled(not why_not)
            action.setToolTip(why_not or titles[act][1])
            self.buttons[act].setEnabled(not why_not)
            self.buttons[act].setToolTip(why_not or titles[act][1])
            self.buttons[act].setAccessibleName(plain(titles[act][0]))

    # What is asked

    def why_not(self, act: Act) -> str:
        """Why something cannot be done with what is selected; empty if it can."""
        selected = self.view.selected()
        if not selected:
            return self.tr("Select a render of the queue first")
        if act is Act.EDIT and len(selected) > 1:
            return self.tr("Select one render only")
        if act is Act.EDIT and selected[0].id == self._queue.running:
            return self.tr("It is being painted")
        if act is Act.AGAIN and not any(entry.can_wait for entry in selected):
            return self.tr("It has not been painted yet")
        return self._why_not_further(act, selected)

    def _why_not_further(self, act: Act, selected: tuple[Entry, ...]) -> str:
        ids = [entry.id for entry in self._model.entries]
        chosen = [ids.index(entry.id) for entry in selected]
        if act is Act.UP and chosen == list(range(len(chosen))):
            return self.tr("It is the first already")
        if act is Act.DOWN and chosen == list(range(len(ids) - len(chosen), len(ids))):
            return self.tr("It is the last already")
        return ""

    @Slot(object)
    def ask(self, act: Act) -> None:
        """Do something with what is selected, or show why it cannot be done."""
        why_not = self.why_not(act)
        if why_not:
            QToolTip.showText(QCursor.pos(), why_not, self.view)
            return
        ids = tuple(entry.id for entry in self.view.selected())
        queue = self._queue
        by_act: dict[Act, Callable[[], object]] = {
            Act.EDIT: lambda: self._edit(ids[0]),
            Act.AGAIN: lambda: queue.again(ids),
            Act.DUPLICATE: lambda: queue.duplicate(ids),
            Act.UP: lambda: queue.shift(ids, -1),
            Act.DOWN: lambda: queue.shift(ids, 1),
            Act.REMOVE: lambda: queue.remove(ids),
        }
        by_act[act]()

    def _edit(self, entry_id: str) -> None:
        if self._queue.editing == entry_id:
            self._queue.leave_edit()
        else:
            self._queue.edit(entry_id)

    def toggle(self) -> None:
        """Start the queue, or pause it."""
        if self._queue.is_started:
            self._queue.pause()
        elif self.start_button.isEnabled():
            self._queue.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take files anywhere on the tab."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 (Qt's name)
        """As it came in."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Files that fall beside the list come at its end."""
        files = dropped_files(event.mimeData())
        if files:
            self.files_dropped.emit(files, len(self._queue.line))
            event.acceptProposedAction()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Three rows."""
        return QSize(60 * theme.SPACE, 3 * HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Two rows."""
        return QSize(60 * theme.SPACE, 2 * HEIGHT)

    # What it is made of

    def _titles(self) -> dict[Act, tuple[str, str]]:
        """What each act is called, and what it does."""
        selected = self.view.selected()
        is_edited = len(selected) == 1 and selected[0].id == self._queue.editing
        return {
            Act.EDIT: (
                (self.tr("Stop &Editing"), self.tr("Leave it as it was"))
                if is_edited
                else (
                    self.tr("&Edit"),
                    self.tr("Put its pictures and settings into the window, to change them"),
                )
            ),
            Act.AGAIN: (self.tr("Paint &Again"), self.tr("Let it wait for its turn once more")),
            Act.DUPLICATE: (self.tr("&Duplicate"), self.tr("Put it in once more, after it")),
            Act.UP: (self.tr("Move &Up"), self.tr("Paint it earlier (Alt+Up)")),
            Act.DOWN: (self.tr("Move D&own"), self.tr("Paint it later (Alt+Down)")),
            Act.REMOVE: (
                self.tr("&Remove"),
                self.tr("Take it out; if it is being painted, its picture so far is kept"),
            ),
        }

    def _make_action(self, act: Act) -> QAction:
        action = QAction(self)
        action.triggered.connect(lambda: self.ask(act))
        icons.want(action, act.value)
        return action

    def _make_button(self, act: Act) -> QToolButton:
        button = QToolButton()
        icons.want(button, act.value)
        button.clicked.connect(lambda: self.ask(act))
        return button

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for act, action in self.actions_by.items():
            menu.addAction(action)
            if act in (Act.DUPLICATE, Act.DOWN):
                menu.addSeparator()
        return menu

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.start_button)
        column.addLayout(self._row(*self.buttons.values()))
        self.saves.setText(self.tr("Save each in a folder"))
        self.folder_button.setAccessibleName(self.tr("Folder for the queue's renders"))
        icons.want(self.folder_button, "open")
        column.addLayout(self._row(self.saves, None, self.folder_button))
        self.clear_button.setAccessibleName(self.tr("Clear what is done"))
        icons.want(self.clear_button, "clear")
        column.addLayout(self._row(self.summary, None, self.clear_button))
        column.addStretch()
        side = QWidget()
        side.setFixedWidth(_COLUMN)
        side.setLayout(column)
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(side)
        layout.addWidget(room, 1)

    def _row(self, *widgets: QWidget | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        for widget in widgets:
            if widget is None:
                row.addStretch()
            else:
                row.addWidget(widget)
        return row

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.toggle)
        self.clear_button.clicked.connect(self._queue.clear_done)
        self.saves.clicked.connect(self.saving_asked)
        self.folder_button.clicked.connect(self.folder_asked)
        self._queue.changed.connect(self.refresh)
        self._model.move_asked.connect(self._queue.move)
        self._model.files_dropped.connect(self.files_dropped)
        self.view.selectionModel().selectionChanged.connect(self._show_acts)
        self.view.doubleClicked.connect(lambda: self.ask(Act.EDIT))
        self.view.keyed.connect(self.ask)
        self.view.customContextMenuRequested.connect(self._open_menu)

    def _open_menu(self, position: QPoint) -> None:
        if self.view.selected():
            self.menu.popup(self.view.viewport().mapToGlobal(position))
