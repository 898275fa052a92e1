"""Between window and queue: adds what the panels show, reads what is dropped, says what is done."""

from __future__ import annotations

from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from gui.files.reading import Read, Reading, from_file
from gui.film.gallery import Entry as Kept
from gui.manners import desktop
from gui.preferences.store import Preferences
from gui.queue.edit_bar import EditBar
from gui.queue.panel import QueuePanel
from gui.state import Looking, Painted, Phase, State
from gui.worker import Trouble

if TYPE_CHECKING:
    from engine.job import Picture
    from gui.main_window import MainWindow


class QueueDesk(QObject):
    """Makes the queue's tab and the bar over an entry that is edited.

    Attributes:
        panel: the tab.
        edit_bar: the bar.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        session, tools = window.session, window.tools
        self._session, self._queue = session, tools.queue
        self._preferences, self._window = tools.preferences, window
        self.panel = QueuePanel(tools.queue)
        self.edit_bar = EditBar(session, tools.queue)
        self._to_read: deque[tuple[Path, State, int]] = deque()
        self._reading: Reading | None = None
        self._last: Kept | None = None
        self._awaited = self._is_over = False
        self._before = session.state.now
        window.run_bar.queue_asked.connect(self.add)
        self.panel.files_dropped.connect(self.read)
        self.panel.saving_asked.connect(lambda on: tools.preferences.set(queue_saves=on))
        self.panel.folder_asked.connect(self._choose_folder)
        session.paced.connect(self.panel.show_frame)
        tools.queue.changed.connect(self._note_begin)
        tools.queue.finished.connect(self._await)
        tools.queue.emptied.connect(self._say_end)
        tools.keeper.added.connect(self._come)
        tools.preferences.changed.connect(self._prefer)
        self._prefer(tools.preferences.preferences)
        if session.run is not None and session.run.frame is not None:
            self.panel.show_frame(session.run.frame, session.run.pace)

    def add(self) -> None:
        """Put what the panels show into the queue, or back into the entry that is edited."""
        if self._queue.editing:
            self._queue.save_back()
            self._session.noted.emit(self.tr("The render of the queue is changed"))
            return
        job = None if self._session.state.why_no_queueing else self._session.state.job
        if job is not None:
            self._queue.add(job)
            self._session.noted.emit(
                self.tr("Added to the queue as number {0}").format(len(self._queue.line))
            )

    def read(self, paths: list[Path], row: int) -> None:
        """Put photographs into the queue, to be painted in the style that is chosen now."""
        state = self._session.state
        if state.style is None:
            cause = self.tr("there is no style to paint these photographs in")
            self._session.troubled.emit(Trouble(cause, self.tr("choose a style picture first")))
            return
        self._to_read += [(path, state, row + place) for place, path in enumerate(paths)]
        self._read_next()

    def _read_next(self) -> None:
        """One after the other: a folder full of photographs does not fit into memory."""
        if self._reading is None and self._to_read:
            path, state, row = self._to_read.popleft()
            self._reading = Reading(partial(from_file, path))
            self._reading.done.connect(partial(self._take, state, row))
            self._reading.begin()

    def _take(self, state: State, row: int, _: Reading, read: Read) -> None:
        self._reading = None
        if read.picture is not None:
            self._add_of(read.picture, state, row)
        else:
            self._session.troubled.emit(read.trouble)
        self._read_next()

    def _add_of(self, content: Picture, state: State, row: int) -> None:
        job = state.job_of(content)
        if job is not None:
            self._queue.add(job, min(row, len(self._queue.line)))

    def _choose_folder(self) -> None:
        kept = self._preferences.preferences
        title = self.tr("Where the queue's renders are saved")
        folder = QFileDialog.getExistingDirectory(self._window, title, str(kept.queue_folder))
        if folder:
            self._preferences.set(queue_folder=Path(folder), queue_saves=True)

    @Slot(object)
    def _prefer(self, preferences: Preferences) -> None:
        self.panel.show_saving(preferences.queue_saves, str(preferences.queue_folder))

    @Slot(int, int)
    def _say_end(self, painted: int, failed: int) -> None:
        done = self.tr("The queue is done: {0} painted").format(painted)
        with_failed = self.tr("The queue is done: {0} painted, {1} failed").format(painted, failed)
        text = with_failed if failed else done
        self._session.noted.emit(text)
        if self._preferences.preferences.notify:
            desktop.notify(self._window, self.tr("Impasto"), text)
        self._is_over = bool(painted)
        self._show_last()

    @Slot()
    def _note_begin(self) -> None:
        if self._queue.running:
            self._before, self._is_over = self._session.state.now, False

    @Slot(object)
    def _await(self, _: Painted) -> None:
        self._last, self._awaited = None, True

    @Slot(object)
    def _come(self, kept: Kept) -> None:
        if self._awaited:
            self._last, self._awaited = kept, False
            self._show_last()

    def _show_last(self) -> None:
        """Look at the last picture of the queue, unless the user has gone on with something."""
        state = self._session.state
        is_alone = state.phase is Phase.IDLE and state.looking is None and not self._queue.editing
        is_alone = is_alone and state.now.is_like(self._before)
        if self._is_over and self._last is not None and is_alone:
            self._session.look(Looking(self._last))
            self._is_over = False
