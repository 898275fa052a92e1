"""When a run's state is written: often enough to lose little, seldom enough to cost little.

The picture is written every few seconds. What the optimiser has learnt can be forty times as
large, so it is written along only as often as a small share of the time pays for, and always
where it is cheap (at the start of a scale) or wanted (when the run pauses or stops).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from engine.disk import files
from engine.errors import EngineError
from engine.job import Frame, Note

EVERY: Final = 5.0
"""Seconds; where the next frame would come later than this after the last write, write now."""

SHARE: Final = 0.05
"""Of the time may go into writing what the optimiser has learnt."""


class Autosave:
    """Writes the state of one run to one file, from the thread that pulls its messages.

    Writing never ends the run: what went wrong comes back as a `Note`, once for each cause, and is
    tried again when the next write is due.

    Args:
        path: of the checkpoint; what is there is replaced.
        every: seconds between two writes.
        clock: seconds that never jump.

    Raises:
        OutputError: nothing can be written there.
        DiskFullError: no space is left.
    """

    def __init__(
        self, path: Path, *, every: float = EVERY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        files.check_writable(path)
        files.sweep(path)
        self._path, self._every, self._clock = path, every, clock
        self._scale = -1
        self._frame_at = self._written_at = self._whole_at = clock()
        self._seconds_per_byte = 0.0
        self._trouble = ""

    def add(self, frame: Frame) -> Note | None:
        """Write the frame's state if it is time to."""
        now = self._clock()
        iteration = now - self._frame_at
        new_scale, self._scale = frame.scale != self._scale, frame.scale
        writing = self._seconds(frame, whole=False)
        if new_scale or now + iteration + writing - self._written_at >= self._every:
            trouble = self._write(frame, whole=self._is_affordable(frame, now))
        else:
            trouble = ""
        self._frame_at = self._clock()
        return Note(f"{trouble}; the render goes on") if trouble else None

    def settle(self, frame: Frame, *, whole: bool = True) -> Note | None:
        """Write the state at once, as a run pauses, stops or ends, however large it is.

        Args:
            frame: the run's last.
            whole: whether with what the optimiser has learnt; a finished run needs it no more.
        """
        trouble = self._write(frame, whole=whole)
        return Note(trouble) if trouble else None

    def _is_affordable(self, frame: Frame, now: float) -> bool:
        if frame.state.size(whole=True) == frame.state.size(whole=False):
            return True
        return self._seconds(frame, whole=True) <= SHARE * (now - self._whole_at)

    def _seconds(self, frame: Frame, *, whole: bool) -> float:
        """How long a write will take, by the pace of the last one."""
        return self._seconds_per_byte * frame.state.size(whole=whole)

    def _write(self, frame: Frame, *, whole: bool) -> str:
        """Write, and return what went wrong if that is news; else nothing."""
        if whole and self._seconds(frame, whole=True) > EVERY:
            self._attempt(frame, whole=False)  # so that nothing is lost while the rest is written
        error = self._attempt(frame, whole=whole)
        if error is None:
            self._trouble = ""
            return ""
        # The picture alone may fit where both do not.
        has_picture = whole and self._attempt(frame, whole=False) is None
        what = "only the picture was written as" if has_picture else "there is no new"
        before, self._trouble = self._trouble, f"{what} checkpoint: {error.cause}; {error.remedy}"
        return "" if self._trouble == before else self._trouble

    def _attempt(self, frame: Frame, *, whole: bool) -> EngineError | None:
        begun = self._clock()
        self._written_at = begun  # also where it fails: not again at each frame
        try:
            frame.state.write(self._path, whole=whole)
        except EngineError as error:
            return error
        now = self._clock()
        self._seconds_per_byte = (now - begun) / frame.state.size(whole=whole)
        if whole:
            self._whole_at = now
        return None
