"""The one bridge to the engine: a long-lived thread that pulls `stylise` and hands frames over.

A series of pictures, such as a figure, is pulled likewise: see `engine.series`.

The window never waits for it. Frames lie in a slot of one, the newest wins; what the window wishes
(pause, cancel, live settings) is left where the loop looks before it pulls again. One thread for
the whole session, as torch's thread pool belongs to the thread that calls it. However a job ends,
`ended` is emitted once.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from threading import Condition
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from engine.costs.rates import Rate
from engine.costs.workload import Workload
from engine.errors import EngineError
from engine.job import DeviceInfo, Frame, Guidance, Job, Message, Note, Progress, Rewind, Started
from engine.live import Change, Wish
from engine.series.messages import Piece, SeriesMessage
from engine.settings import Settings
from gui.steering.reel import Reel
from gui.steering.trail import Trail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.series.making import Order

translate = QCoreApplication.translate

Stylise = Callable[[Job], Generator[Message, Wish | None, None]]
ListDevices = Callable[[], tuple[DeviceInfo, ...]]
Probe = Callable[[Workload], Generator[None, None, Rate]]
MakeSeries = Callable[["Order"], Generator[SeriesMessage, None, None]]


class Ending(StrEnum):
    """The three ways in which a job ends."""

    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, in plain words; details for a report of the fault."""

    cause: str
    remedy: str
    details: str = ""

    @classmethod
    def unexpected(cls, error: Exception, remedy: str) -> Trouble:
        """What nobody foresaw, with all that a report needs."""
        first = (str(error).splitlines() or [""])[0]
        cause = f"Unexpected {type(error).__name__}: {first}"
        return cls(cause, remedy, "".join(traceback.format_exception(error)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended.

    Attributes:
        ending: which of the three ways.
        frame: the last one, None if there was none.
        pixels: its picture at full size and precision, float32 (H, W, 3).
        trouble: where it failed.
    """

    ending: Ending
    frame: Frame | None = None
    pixels: NDArray[np.float32] | None = None
    trouble: Trouble | None = None


class Record(Protocol):
    """Where a run's state goes, so that a crash costs little; see `gui.trouble.recovery`."""

    def add(self, frame: Frame) -> Note | None:
        """Take the frame's state down if it is time to; says what went wrong."""

    def settle(self, frame: Frame, *, whole: bool) -> Note | None:
        """Take it down now, as the run pauses or ends."""


class Worker(QObject):
    """Runs one job after another inside its thread.

    Attributes:
        taken_at: when the frame that was taken last had come, seconds that never jump.
        reel: the newest run's frames; another one for each run.

    Signals:
        prepared: the devices there are (tuple of DeviceInfo); torch is loaded.
        started: `Started`, what was decided.
        frame_ready: there is a newer frame to `take_frame`; not repeated until it is taken.
        noted: a line that the user should see.
        settled: the settings in force from now on, where the engine changed them.
        guided: the `Guidance` in force from now on.
        busy_with: what is being done, before the first frame.
        paused: the run waits.
        kept: a frame and its picture at full size and precision, as `keep` asked.
        ended: `Outcome`, once for each job.
        measured: a `Workload` whose speed is known now, and the `Rate`; None where it cannot be.
        pieces_ready: there are newer pieces of a series to `take_pieces`; not repeated until then.
        series_busy_with: what is being done, between two pieces.
        series_ended: `Outcome` without a picture, once for each series.
    """

    prepared = Signal(object)
    started = Signal(object)
    frame_ready = Signal()
    noted = Signal(str)
    settled = Signal(object)
    guided = Signal(object)
    busy_with = Signal(str)
    paused = Signal()
    kept = Signal(object, object)
    ended = Signal(object)
    measured = Signal(object, object)
    pieces_ready = Signal()
    series_busy_with = Signal(str)
    series_ended = Signal(object)
    _series_given = Signal(object)
    _job_given = Signal(object, object)
    _preparation_asked = Signal()
    _measurement_asked = Signal(object)

    def __init__(
        self,
        stylise: Stylise | None = None,
        list_devices: ListDevices | None = None,
        probe: Probe | None = None,
        make_series: MakeSeries | None = None,
    ) -> None:
        super().__init__()
        self._stylise = stylise
        self._make_series = make_series
        self._list_devices = list_devices
        self._probe = probe
        self._wishes = Condition()
        self._cancelled = self._pausing = self._keeping = self._measuring = False
        self._newest: Frame | None = None
        self._newest_at = self.taken_at = 0.0
        self._live: Settings | None = None
        self._guidance: Guidance | None = None
        self._trail = Trail()
        self.reel = Reel()
        self._pieces: dict[int, Piece] = {}
        queued = Qt.ConnectionType.QueuedConnection
        self._job_given.connect(self._run, queued)
        self._series_given.connect(self._run_series, queued)
        self._preparation_asked.connect(self._prepare, queued)
        self._measurement_asked.connect(self._measure, queued)

    # Called by the window, on its own thread: none of these waits.

    def prepare(self) -> None:
        """Load torch and look for devices."""
        self._preparation_asked.emit()

    def measure(self, work: Workload) -> None:
        """Find the machine's speed, unless a job begins meanwhile; `measured` hands it over."""
        self._wish(measuring=True)
        self._measurement_asked.emit(work)

    def start(self, job: Job, record: Record | None = None) -> None:
        """Begin a job; the one before must have ended. What is being measured is given up."""
        with self._wishes:
            self._cancelled = self._pausing = self._keeping = self._measuring = False
            self._live = self._guidance = None  # what is left of the job before is in this one's
            self._trail.clear()
        self.reel.recorder.close()
        self.reel = Reel(job.content)
        self._job_given.emit(job, record)

    def start_series(self, order: Order) -> None:
        """Begin a series; what was begun before must have ended. `cancel` stops it."""
        with self._wishes:
            self._cancelled = self._measuring = False
            self._pieces = {}
        self._series_given.emit(order)

    def cancel(self) -> None:
        """Stop at the next message; the loop may be busy, so this is no signal."""
        self._wish(cancelled=True, measuring=False)

    def pause(self) -> None:
        """Wait before the next iteration; `paused` says when it does."""
        self._wish(pausing=True)

    def resume(self) -> None:
        """Go on after a pause."""
        self._wish(pausing=False)

    def keep(self) -> None:
        """Have the next frame's picture, or that of the pause, emitted by `kept`."""
        self._wish(keeping=True)

    def change(self, settings: Settings, mark: int = 0) -> None:
        """Leave live settings for the next iteration; `mark` numbers the picture before it."""
        with self._wishes:
            self._live = settings
            self._trail.mark(mark)

    def go(self, settings: Settings, mark: int, leaving: int) -> None:
        """Go back or forth to a marked picture, also in a pause, and on from there.

        Args:
            settings: the live ones to go on with.
            mark: of the picture.
            leaving: the mark that the present picture gets.
        """
        with self._wishes:
            self._live = settings
            is_kept = self._trail.go(mark, leaving)
            self._wishes.notify_all()
        if not is_kept:
            self.noted.emit(
                translate("Worker", "Only the settings go back: no picture of then is kept")
            )

    def forget(self) -> None:
        """Remove what was recorded of the last run; the thread must have ended."""
        self._trail.clear()
        self.reel.recorder.close()

    def change_guidance(self, guidance: Guidance, mark: int = 0) -> None:
        """Leave other masks for the next iteration, or the one after if settings changed too.

        Args:
            guidance: which style goes where.
            mark: numbers the picture before it; to `go` there takes the masks of then along.
        """
        with self._wishes:
            self._guidance = guidance
            self._trail.mark(mark)

    def take_frame(self) -> Frame | None:
        """The newest frame, if it was not taken before."""
        with self._wishes:
            frame, self._newest = self._newest, None
            self.taken_at = self._newest_at
        return frame

    def take_pieces(self) -> tuple[Piece, ...]:
        """The newest piece of each index that has one which was not taken before."""
        with self._wishes:
            pieces, self._pieces = self._pieces, {}
        return tuple(pieces.values())

    def _wish(self, **wishes: object) -> None:
        with self._wishes:
            for name, value in wishes.items():
                setattr(self, f"_{name}", value)
            self._wishes.notify_all()

    # Inside the thread.

    @Slot()
    def _prepare(self) -> None:
        self.prepared.emit(self._devices()())

    @Slot(object)
    def _measure(self, work: Workload) -> None:
        try:
            self._pull_probe(work)
        except Exception:  # noqa: BLE001 (it costs the forecast of the time, and nothing else)
            self.measured.emit(work, None)

    def _pull_probe(self, work: Workload) -> None:
        with closing(self._speed()(work)) as steps:
            while self._measuring:
                try:
                    next(steps)
                except StopIteration as done:
                    self.measured.emit(work, done.value)
                    return

    @Slot(object, object)
    def _run(self, job: Job, record: Record | None) -> None:
        last: list[Frame] = []
        ending, trouble = _ending_of(lambda: self._pull(job, last, record))
        self.ended.emit(self._outcome(ending, last, trouble))

    @Slot(object)
    def _run_series(self, order: Order) -> None:
        ending, trouble = _ending_of(lambda: self._pull_series(order))
        self.series_ended.emit(Outcome(ending, trouble=trouble))

    def _pull_series(self, order: Order) -> Ending:
        with closing(self._series()(order)) as messages:
            while not self._cancelled:
                message = next(messages, None)
                if message is None:
                    return Ending.FINISHED
                if isinstance(message, Piece):
                    self._put_piece(message)
                elif isinstance(message, Note):
                    self.noted.emit(message.text)
                else:
                    self.series_busy_with.emit(message.text)
        return Ending.STOPPED

    def _put_piece(self, piece: Piece) -> None:
        with self._wishes:
            waiting = bool(self._pieces)
            self._pieces[piece.index] = piece
        if not waiting:
            self.pieces_ready.emit()

    def _pull(self, job: Job, last: list[Frame], record: Record | None) -> Ending:
        with closing(self._engine()(job)) as messages:
            reply: Wish | None = None
            while not self._cancelled:
                try:
                    message = messages.send(reply)
                except StopIteration:
                    return Ending.FINISHED
                reply = None
                self._hand_over(message, last)
                if isinstance(message, Frame):
                    self._remark(record.add(message) if record else None)
                    self._remark(self.reel.recorder.add(message))
                    reply = self._attend(message, record)
        return Ending.STOPPED

    def _attend(self, frame: Frame, record: Record | None) -> Wish | None:
        """Do what the window asks for between two iterations; returns what to send to the engine.

        Pause is not pulling: the thread waits here until it is to go on or to stop.
        """
        settled = False
        while True:
            with self._wishes:
                keeping, self._keeping = self._keeping, False
                waiting = self._pausing and not (self._cancelled or self._trail.is_going)
                if not waiting:
                    change = self._take_change()
                    turn = self._trail.turn() if change is not None else None
            if keeping:
                self.kept.emit(frame, frame.snapshot())
            if not waiting:
                if change is None or turn is None:
                    return None
                self._remark(self._trail.write(turn, frame))
                if turn.target is None or isinstance(change, Guidance):
                    return change
                return Rewind(turn.target, change)
            if not settled:
                self._remark(record.settle(frame, whole=True) if record else None)
                self.paused.emit()
                settled = True
            with self._wishes:
                self._wishes.wait_for(self._is_wanted)

    def _is_wanted(self) -> bool:
        """Whether a pause has something to do, or is over."""
        return self._keeping or self._cancelled or not self._pausing or self._trail.is_going

    def _take_change(self) -> Change | None:
        """What was left for the next iteration; the lock must be held."""
        change: Change | None
        if self._live is not None:
            change, self._live = self._live, None
        else:
            change, self._guidance = self._guidance, None
        return change

    def _hand_over(self, message: Message, last: list[Frame]) -> None:
        if isinstance(message, Frame):
            last[:] = [message]
            self._put_frame(message)
        elif isinstance(message, Started):
            self.started.emit(message)
        elif isinstance(message, Note):
            self.noted.emit(message.text)
            if message.settings is not None:
                self.settled.emit(message.settings)
            if message.guidance is not None:
                self.guided.emit(message.guidance)
        elif isinstance(message, Progress) and not last:
            self.busy_with.emit(message.text)

    def _remark(self, note: Note | None) -> None:
        if note is not None:
            self.noted.emit(note.text)

    def _put_frame(self, frame: Frame) -> None:
        with self._wishes:
            waiting = self._newest is not None
            self._newest, self._newest_at = frame, time.monotonic()
        if not waiting:
            self.frame_ready.emit()

    def _outcome(self, ending: Ending, last: list[Frame], trouble: Trouble | None) -> Outcome:
        if not last:
            return Outcome(ending, trouble=trouble)
        try:
            return Outcome(ending, last[0], last[0].snapshot(), trouble)
        except Exception as error:  # noqa: BLE001 (a lost device must not lose the ending too)
            pixels = np.divide(last[0].pixels, 255, dtype=np.float32)
            return Outcome(Ending.FAILED, last[0], pixels, trouble or _unexpected(error))

    def _engine(self) -> Stylise:
        if self._stylise is None:
            from engine.stylise import stylise

            self._stylise = stylise
        return self._stylise

    def _series(self) -> MakeSeries:
        if self._make_series is None:
            from engine.series.making import made

            self._make_series = made
        return self._make_series

    def _speed(self) -> Probe:
        if self._probe is None:
            from engine.costs.probe import rate

            self._probe = rate
        return self._probe

    def _devices(self) -> ListDevices:
        if self._list_devices is None:
            from engine.devices import list_devices

            self._list_devices = list_devices
        return self._list_devices


def _ending_of(pull: Callable[[], Ending]) -> tuple[Ending, Trouble | None]:
    """How what is pulled ends, whatever it raises."""
    try:
        return pull(), None
    except EngineError as error:
        return Ending.FAILED, Trouble(error.cause, error.remedy)
    except Exception as error:  # noqa: BLE001 (a job must end in exactly one signal)
        return Ending.FAILED, _unexpected(error)


def _unexpected(error: Exception) -> Trouble:
    return Trouble.unexpected(
        error,
        "The picture is kept. Try again with other settings; if it happens again, report it.",
    )
