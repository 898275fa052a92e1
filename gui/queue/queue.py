"""The queue: renders are added, changed and painted one after the other, through the session."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.errors import EngineError
from gui.files.saving import Saving
from gui.queue.entry import Entry, Standing
from gui.queue.keeper import QueueKeeper
from gui.queue.line import Line
from gui.queue.store import QueueStore
from gui.state import Painted, Phase, Result, State
from gui.texts import phrase
from gui.trouble.recovery import Leftover
from gui.worker import Ending, Outcome, Trouble

if TYPE_CHECKING:
    from engine.job import Job
    from gui.preferences.model import PreferencesModel
    from gui.session import Session


class Queue(QObject):
    """Holds the entries, keeps them on disk, and paints them while it is started.

    An entry is frozen when it is added: what the panels show later does not change it. Each is
    painted once; one that fails or is cancelled stays in the list with the reason. Cancelling a
    render of the queue pauses the queue.

    Signals:
        changed: the entries, or what the queue is doing.
        finished: `Painted`, of an entry that had all its steps.
        emptied: nothing is left that waits: the number of those painted, and of those that failed.
    """

    changed = Signal()
    finished = Signal(object)
    emptied = Signal(int, int)

    def __init__(
        self,
        session: Session,
        store: QueueStore,
        preferences: PreferencesModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._store, self._preferences = session, store, preferences
        self._saving = Saving(session, preferences)
        self.keeper = QueueKeeper(self)
        self.line = Line()
        self.is_started = False
        self.running = self.editing = ""
        self._fetching = ""
        self._jobs: dict[str, Job] = {}
        self._unwanted = self._leaving = False
        self._painted = self._failed = 0
        self._phase = session.state.phase
        session.changed.connect(self._follow)
        session.painted.connect(self._hand_on)
        session.run_ended.connect(self._end)

    # What is in it

    def restore(self, leftovers: Iterable[Leftover]) -> tuple[Leftover, ...]:
        """Take over what was left; nothing starts by itself.

        Args:
            leftovers: runs that a crash has interrupted.

        Returns:
            Those that are not the queue's.
        """
        found = self._store.restore()
        ours = {folder for entry in found for folder in entry.runs}
        self.line.extend(map(_stopped, found))
        self.changed.emit()
        return tuple(each for each in leftovers if str(each.folder) not in ours)

    def add(self, job: Job, row: int | None = None) -> Entry:
        """Put a render in, at the end unless told where."""
        entry = Entry.of(job)
        self.line.insert(entry, row)
        self._put(entry, job)
        self._changed()
        return entry

    def remove(self, ids: Collection[str]) -> None:
        """Take some out; the one that is being painted is cancelled, and the queue goes on."""
        if self.running in ids:
            self._unwanted = True
            self._session.cancel()
        if self.editing in ids:
            self.editing = ""
        self._drop(set(ids) - {self.running})
        self._changed()

    def move(self, ids: Collection[str], row: int) -> None:
        """Bring some before the one that is at `row` now."""
        self.line.move(ids, row)
        self._changed()

    def shift(self, ids: Collection[str], by: int) -> None:
        """Bring some one place forwards (-1) or backwards (1)."""
        self.line.shift(ids, by)
        self._changed()

    def duplicate(self, ids: Collection[str]) -> None:
        """Put each of some in once more, after it."""
        for entry in [each for each in self.line if each.id in ids]:
            twin = entry.twin()
            self.line.insert(twin, self.line.row(entry.id) + 1)
            if entry.id in self._jobs:
                self._put(twin, self._jobs[entry.id])
            else:
                self.keeper.do(partial(self._store.copy, entry.id, twin.id), self._complain)
        self._changed()

    def again(self, ids: Collection[str]) -> None:
        """Let those that are done, failed or cancelled wait for their turn again."""
        for entry in [each for each in self.line if each.id in ids and each.can_wait]:
            self.line.replace(entry.at(Standing.WAITING))
        self._changed()

    def clear_done(self) -> None:
        """Take out those that are done."""
        self._drop({each.id for each in self.line if each.standing is Standing.DONE})
        self._changed()

    # What is changed

    def edit(self, entry_id: str) -> None:
        """Put an entry's pictures and settings into the panels; it is not painted meanwhile."""
        if entry_id != self.running and self.line.get(entry_id) is not None:
            self.editing = entry_id
            self.changed.emit()
            self._fetch(entry_id, partial(self._show, entry_id))

    def save_back(self) -> None:
        """Let what the panels show take the place of the entry that is edited."""
        job = None if self._session.state.why_no_queueing else self._session.state.job
        entry = self.line.get(self.editing)
        if job is None or entry is None:
            return
        for folder in entry.runs:
            Leftover(Path(folder)).discard()
        fresh = Entry.of(job, entry.id)
        self.line.replace(fresh)
        self.editing = ""
        self._put(fresh, job)
        self._changed()

    def leave_edit(self) -> None:
        """Leave the entry that is edited as it was."""
        self.editing = ""
        self._changed()

    def _show(self, entry_id: str, job: Job | Trouble) -> None:
        if self.editing != entry_id:
            return
        if isinstance(job, Trouble):
            self.editing = ""
            self._session.troubled.emit(job)
            self.changed.emit()
        else:
            self._session.bring_back(job, self.tr("a render of the queue"))

    # What is painted

    def start(self) -> None:
        """Paint what waits, one after the other."""
        self.is_started = True
        self._painted = self._failed = 0
        self._changed()

    def pause(self) -> None:
        """Begin no further render; the present one goes on to its end."""
        self.is_started = False
        self._changed()

    def leave(self) -> None:
        """The program ends: what is being painted waits again the next time."""
        self._leaving, self.is_started = True, False

    def close(self) -> None:
        """Write all that is left to be written, and let the next process have it."""
        self.keeper.wait()
        self._store.close()

    @Slot()
    def _advance(self) -> None:
        """Begin the next one, if it is time to."""
        if not self.is_started or self.running or self._fetching:
            return
        if self._session.state.phase is not Phase.IDLE:
            return
        entry = self.line.next(leave_out=self.editing)
        if entry is not None:
            self._fetching = entry.id
            self._fetch(entry.id, partial(self._begin, entry.id))
        elif self.line.next() is None:
            self.is_started = False
            self.changed.emit()
            if self._painted + self._failed:
                self.emptied.emit(self._painted, self._failed)

    def _begin(self, entry_id: str, job: Job | Trouble) -> None:
        self._fetching = ""
        entry = self.line.get(entry_id)
        is_free = self._session.state.phase is Phase.IDLE
        if entry is None or not self.is_started or not is_free or entry_id == self.editing:
            self._soon()
        elif isinstance(job, Trouble):
            self._failed += 1
            self.line.replace(entry.at(Standing.FAILED, job.cause, job.remedy))
            self._changed()
        else:
            self.running = entry_id
            folder = self._session.paint(job, _leftover(entry) if job.resume else None)
            runs = (*entry.runs, str(folder)) if folder else entry.runs
            self.line.replace(entry.at(Standing.RUNNING, runs=runs))
            self._changed()

    @Slot(object)
    def _hand_on(self, painted: Painted) -> None:
        if self.running and painted.ending is Ending.FINISHED:
            self._save(painted)
            self.finished.emit(painted)

    def _save(self, painted: Painted) -> None:
        """Save a finished render where the user wants them all, if he does."""
        kept = self._preferences.preferences
        if kept.queue_saves:
            result = Result.of(painted.pixels, painted.job, painted.recipe.to_json())
            self._saving.into(kept.queue_folder, result, painted.recipe.settings)

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        entry, self.running = self.line.get(self.running), ""
        unwanted, self._unwanted = self._unwanted, False
        if entry is None:
            return
        if unwanted:
            self.line.remove({entry.id})  # its picture is on the way to the filmstrip
            self._jobs.pop(entry.id, None)
        else:
            self.line.replace(self._ended(entry, outcome))
        self._changed()

    def _ended(self, entry: Entry, outcome: Outcome) -> Entry:
        if outcome.ending is Ending.FINISHED:
            self._painted += 1
            return entry.at(Standing.DONE)
        if outcome.ending is Ending.FAILED:
            self._failed += 1
            trouble = outcome.trouble or Trouble("", "")
            failed = self.tr("A render of the queue failed: {0}")
            self._session.noted.emit(failed.format(phrase(trouble.cause)))
            if trouble.details:  # nobody foresaw it, so its details must be to be had
                self._session.troubled.emit(trouble)
            return entry.at(Standing.FAILED, trouble.cause, trouble.remedy)
        if self._leaving:
            return entry.at(Standing.WAITING)
        return entry.at(Standing.CANCELLED)

    @Slot(object)
    def _follow(self, state: State) -> None:
        """Pause where a render of the queue is cancelled; go on once a run, of whomever, ends."""
        before, self._phase = self._phase, state.phase
        is_cancelled = before is not Phase.CANCELLING and state.phase is Phase.CANCELLING
        if is_cancelled and self.running and not self._unwanted:
            self.is_started = False
            self.changed.emit()
        if before is not Phase.IDLE and state.phase is Phase.IDLE:
            self._soon()

    def _soon(self) -> None:
        """Begin the next one after all has been told of what has just happened."""
        QTimer.singleShot(0, self, self._advance)

    # The disk

    def _put(self, entry: Entry, job: Job) -> None:
        """Write a job down; until it is on disk it is held in memory."""
        self._jobs[entry.id] = job
        self.keeper.do(
            partial(self._store.put, entry.id, job), partial(self._stored, entry.id, job)
        )

    def _stored(self, entry_id: str, job: Job, trouble: Trouble | None) -> None:
        if trouble is None and self._jobs.get(entry_id) is job:
            del self._jobs[entry_id]
        self._complain(trouble)

    def _fetch(self, entry_id: str, then: Callable[[Job | Trouble], None]) -> None:
        entry = self.line.get(entry_id)
        assert entry is not None
        job = self._jobs.get(entry_id)
        leftover = _leftover(entry)

        def work() -> Job:
            if leftover is not None:
                try:
                    return leftover.job()
                except EngineError:
                    leftover.discard()  # it is begun afresh
            return job or self._store.job(entry_id)

        self.keeper.do(work, then)

    def _drop(self, ids: Collection[str]) -> None:
        for entry in [each for each in self.line if each.id in ids]:
            for folder in entry.runs:
                Leftover(Path(folder)).discard()
            self._jobs.pop(entry.id, None)
        self.line.remove(ids)

    def _changed(self) -> None:
        entries = tuple(self.line)
        self.keeper.do(partial(self._store.keep, entries), self._complain)
        self.changed.emit()
        self._soon()

    def _complain(self, trouble: Trouble | None) -> None:
        if isinstance(trouble, Trouble):
            self._session.troubled.emit(trouble)


def _stopped(entry: Entry) -> Entry:
    """One that was being painted when its process was killed goes on when its turn comes."""
    runs = entry.standing is Standing.RUNNING
    return entry.at(Standing.WAITING, runs=entry.runs) if runs else entry


def _leftover(entry: Entry) -> Leftover | None:
    """The newest state of its run, where a crash has left one."""
    found = (Leftover(Path(folder)) for folder in reversed(entry.runs))
    return next((each for each in found if each.is_there), None)
