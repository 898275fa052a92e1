"""Fetches a network beside the window: how much is here, how fast it comes, when it will be done.

The engine's generator is pulled, and closed, by a thread of its own. What came before a cancel is
kept on the disk, and the next download goes on from there.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal, Slot

from engine.disk.storage import size_of
from engine.errors import EngineError
from engine.job import Note, Progress
from engine.networks import NetworkEntry, cache_folder
from gui.texts import phrase
from gui.worker import Trouble

Fetch = Callable[[NetworkEntry], Generator[Progress | Note, None, Path]]

WINDOW: Final = 5.0
"""Seconds over which the speed is taken."""

SHORTEST: Final = 1.0
"""Seconds before there is a speed: the first bytes come in bursts."""


class Stage(StrEnum):
    """What a fetch is doing, by how the engine's word for it begins."""

    WAITING = "waiting"
    CHECKING = "checking"
    DOWNLOADING = "downloading"

    @classmethod
    def of(cls, activity: str) -> Stage:
        """The stage of an activity of the engine's."""
        return next((stage for stage in cls if activity.startswith(stage)), cls.DOWNLOADING)


@dataclass(frozen=True, slots=True)
class Transfer:
    """How far a download is.

    Attributes:
        stage: what is being done.
        done: bytes that are here, or checked.
        total: bytes in all.
        speed: bytes a second; 0 while nothing comes, None while unknown.
        seconds_left: of this stage, None while unknown.
    """

    stage: Stage
    done: int
    total: int
    speed: float | None = None
    seconds_left: float | None = None


class Ending(StrEnum):
    """The three ways in which a download ends."""

    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DownloadOutcome:
    """How a download ended.

    Attributes:
        ending: which of the three ways.
        entry: what was fetched.
        path: the file, where it finished.
        trouble: where it failed.
    """

    ending: Ending
    entry: NetworkEntry
    path: Path | None = None
    trouble: Trouble | None = None


@dataclass(slots=True)
class Meter:
    """Takes the speed from how much was here when. Knows no Qt."""

    _seen: deque[tuple[float, int]] = field(default_factory=deque)

    def add(self, done: int, now: float) -> None:
        """Note that `done` bytes were here at `now`, seconds."""
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()  # begun anew: the server cannot go on in the middle
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] <= now - WINDOW:
            self._seen.popleft()

    @property
    def speed(self) -> float | None:
        """Bytes a second over the last seconds; None while unknown."""
        if not self._seen:
            return None
        (start, first), (end, last) = self._seen[0], self._seen[-1]
        return (last - first) / (end - start) if end - start >= SHORTEST else None

    def seconds_left(self, total: int) -> float | None:
        """Until `total` bytes are here; None while unknown, or while nothing comes."""
        speed = self.speed
        return max(0, total - self._seen[-1][1]) / speed if speed else None


def part_size(entry: NetworkEntry) -> int:
    """Bytes of a download that was broken off, on which the next one builds."""
    if entry.published is None:
        return 0
    return size_of(cache_folder() / f"{entry.published.file}.part")


class Download(QObject):
    """Fetches one network at a time.

    Signals:
        began: the `NetworkEntry`.
        progressed: `Transfer`, some four times a second.
        noted: a line that the user should see, such as a broken connection that was taken up.
        ended: `DownloadOutcome`, once for each that began.
    """

    began = Signal(object)
    progressed = Signal(object)
    noted = Signal(str)
    ended = Signal(object)

    def __init__(
        self,
        fetch: Fetch | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._clock = clock
        self._thread: _Transferring | None = None

    @property
    def entry(self) -> NetworkEntry | None:
        """What is being fetched."""
        return self._thread.entry if self._thread else None

    def start(self, entry: NetworkEntry) -> None:
        """Begin, or go on where the last one stopped; does nothing while one runs."""
        if self._thread is not None:
            return
        self._thread = _Transferring(self._fetch, entry, self._clock)
        self._thread.progressed.connect(self._progressed)
        self._thread.noted.connect(self._noted)
        self._thread.finished.connect(self._finished)
        self.began.emit(entry)
        self._thread.start()

    def cancel(self) -> None:
        """Break off within a fraction of a second; what came is kept."""
        if self._thread is not None:
            self._thread.cancelled.set()

    def stop(self, timeout_ms: int = 3000) -> bool:
        """Cancel and wait for the end, for a program that quits.

        Returns:
            Whether nothing runs any more.
        """
        self.cancel()
        if self._thread is None:
            return True
        ended = self._thread.wait(timeout_ms)
        self._finished()
        return ended

    # What the thread says arrives here, on the window's own; some of it later than a `stop`.

    @Slot(object)
    def _progressed(self, transfer: Transfer) -> None:
        if self._thread is not None:
            self.progressed.emit(transfer)

    @Slot(str)
    def _noted(self, text: str) -> None:
        if self._thread is not None:
            self.noted.emit(phrase(text))

    @Slot()
    def _finished(self) -> None:
        thread = self._thread
        if thread is None or thread.outcome is None:
            return
        thread.wait()  # it has nothing left to do but to end
        self._thread = None
        self.ended.emit(thread.outcome)


class _Transferring(QThread):
    """Pulls one fetch to its end, or to a cancel."""

    progressed = Signal(object)
    noted = Signal(str)

    def __init__(
        self, fetch: Fetch | None, entry: NetworkEntry, clock: Callable[[], float]
    ) -> None:
        super().__init__()
        self.setObjectName("download")
        self.entry = entry
        self.cancelled = Event()
        self.outcome: DownloadOutcome | None = None
        self._fetch = fetch
        self._clock = clock
        self._stage: Stage | None = None
        self._meter = Meter()

    def run(self) -> None:
        """Leave the outcome behind, whatever happens."""
        try:
            path = self._pull()
            ending = Ending.FINISHED if path else Ending.CANCELLED
            self.outcome = DownloadOutcome(ending, self.entry, path)
        except EngineError as error:
            self.outcome = self._failed(Trouble(error.cause, error.remedy))
        except Exception as error:  # noqa: BLE001 (a download must end in exactly one signal)
            self.outcome = self._failed(_unexpected(error))

    def _pull(self) -> Path | None:
        """Fetch; None when cancelled."""
        with closing(self._work()) as work:
            while not self.cancelled.is_set():
                try:
                    message = next(work)
                except StopIteration as done:
                    path: Path = done.value
                    return path
                if isinstance(message, Note):
                    self.noted.emit(message.text)
                else:
                    self.progressed.emit(self._measured(message))
        return None

    def _work(self) -> Generator[Progress | Note, None, Path]:
        if self._fetch is None:
            from engine.fetch import fetch  # loads httpx, for which no window need wait

            self._fetch = fetch
        return self._fetch(self.entry)

    def _measured(self, progress: Progress) -> Transfer:
        stage = Stage.of(progress.activity)
        if stage is not self._stage:
            self._stage, self._meter = stage, Meter()
        self._meter.add(progress.done, self._clock())
        published = self.entry.published
        total = progress.total or (published.size if published else 0)
        left = self._meter.seconds_left(total)
        return Transfer(stage, progress.done, total, self._meter.speed, left)

    def _failed(self, trouble: Trouble) -> DownloadOutcome:
        return DownloadOutcome(Ending.FAILED, self.entry, trouble=trouble)


def _unexpected(error: Exception) -> Trouble:
    first = (str(error).splitlines() or [""])[0]
    return Trouble(
        f"Unexpected {type(error).__name__}: {first}",
        "What came is kept. Try again; if it happens again, report it.",
        "".join(traceback.format_exception(error)),
    )
