"""The one bridge to the engine: a long-lived thread that pulls `stylise` and hands frames over.

The window never waits for it. Frames lie in a slot of one, the newest wins; cancel and live
settings are left where the loop looks before it pulls again. One thread for the whole session, as
torch's thread pool belongs to the thread that calls it. However a job ends, `ended` is emitted
once.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from engine.errors import EngineError
from engine.job import DeviceInfo, Frame, Job, Message, Note, Progress, Started
from engine.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

Stylise = Callable[[Job], Generator[Message, Settings | None, None]]
ListDevices = Callable[[], tuple[DeviceInfo, ...]]


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


class Worker(QObject):
    """Runs one job after another inside its thread.

    Signals:
        prepared: the devices there are (tuple of DeviceInfo); torch is loaded.
        started: `Started`, what was decided.
        frame_ready: there is a newer frame to `take_frame`; not repeated until it is taken.
        noted: a line that the user should see.
        busy_with: what is being done, before the first frame.
        ended: `Outcome`, once for each job.
    """

    prepared = Signal(object)
    started = Signal(object)
    frame_ready = Signal()
    noted = Signal(str)
    busy_with = Signal(str)
    ended = Signal(object)
    _job_given = Signal(object)
    _preparation_asked = Signal()

    def __init__(
        self, stylise: Stylise | None = None, list_devices: ListDevices | None = None
    ) -> None:
        super().__init__()
        self._stylise = stylise
        self._list_devices = list_devices
        self._cancelled = Event()
        self._lock = Lock()
        self._newest: Frame | None = None
        self._live: Settings | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._job_given.connect(self._run, queued)
        self._preparation_asked.connect(self._prepare, queued)

    # Called by the window, on its own thread: none of these waits.

    def prepare(self) -> None:
        """Load torch and look for devices."""
        self._preparation_asked.emit()

    def start(self, job: Job) -> None:
        """Begin a job; the one before must have ended."""
        self._cancelled.clear()
        self._take_live()  # what the job before did not get to is in this job's settings
        self._job_given.emit(job)

    def cancel(self) -> None:
        """Stop at the next message; the loop may be busy, so this is no signal."""
        self._cancelled.set()

    def change(self, settings: Settings) -> None:
        """Leave live settings for the next iteration."""
        with self._lock:
            self._live = settings

    def take_frame(self) -> Frame | None:
        """The newest frame, if it was not taken before."""
        with self._lock:
            frame, self._newest = self._newest, None
        return frame

    # Inside the thread.

    @Slot()
    def _prepare(self) -> None:
        self.prepared.emit(self._devices()())

    @Slot(object)
    def _run(self, job: Job) -> None:
        last: list[Frame] = []
        try:
            ending = self._pull(job, last)
            trouble = None
        except EngineError as error:
            ending, trouble = Ending.FAILED, Trouble(error.cause, error.remedy)
        except Exception as error:  # noqa: BLE001 (a job must end in exactly one signal)
            ending, trouble = Ending.FAILED, _unexpected(error)
        self.ended.emit(self._outcome(ending, last, trouble))

    def _pull(self, job: Job, last: list[Frame]) -> Ending:
        with closing(self._engine()(job)) as messages:
            reply: Settings | None = None
            while not self._cancelled.is_set():
                try:
                    message = messages.send(reply)
                except StopIteration:
                    return Ending.FINISHED
                reply = self._take_live() if isinstance(message, Frame) else None
                self._hand_over(message, last)
        return Ending.STOPPED

    def _hand_over(self, message: Message, last: list[Frame]) -> None:
        if isinstance(message, Frame):
            last[:] = [message]
            self._put_frame(message)
        elif isinstance(message, Started):
            self.started.emit(message)
        elif isinstance(message, Note):
            self.noted.emit(message.text)
        elif isinstance(message, Progress) and not last:
            self.busy_with.emit(message.text)

    def _put_frame(self, frame: Frame) -> None:
        with self._lock:
            waiting = self._newest is not None
            self._newest = frame
        if not waiting:
            self.frame_ready.emit()

    def _take_live(self) -> Settings | None:
        with self._lock:
            settings, self._live = self._live, None
        return settings

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

    def _devices(self) -> ListDevices:
        if self._list_devices is None:
            from engine.devices import list_devices

            self._list_devices = list_devices
        return self._list_devices


class WorkerThread:
    """The worker together with its thread, from the start of the program to its end."""

    def __init__(self, worker: Worker | None = None) -> None:
        self.worker = worker or Worker()
        self._thread = QThread()
        self._thread.setObjectName("engine")
        self.worker.moveToThread(self._thread)
        self._thread.start()

    def prepare(self) -> None:
        """Load torch, inside the thread."""
        self.worker.prepare()

    def stop(self) -> None:
        """Cancel what runs and wait for the thread's end."""
        self.worker.cancel()
        self._thread.quit()
        self._thread.wait()


def _unexpected(error: Exception) -> Trouble:
    first = (str(error).splitlines() or [""])[0]
    return Trouble(
        f"Unexpected {type(error).__name__}: {first}",
        "The picture is kept. Try again with other settings; if it happens again, report it.",
        "".join(traceback.format_exception(error)),
    )
