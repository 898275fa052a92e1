"""Records a run as it is painted: few frames of a modest size, on disk, evenly spread."""

from __future__ import annotations

import io
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from engine.disk import files
from engine.geometry import fitted
from engine.imageio.colour import to_uint16
from engine.job import Frame, Note
from engine.timelapse import scratch, spacing

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST: Final = 240
"""Frames that are kept of a run."""

SIDE: Final = 1024
"""Pixels of their long side, at most."""

SHARE: Final = 0.03
"""Of the time may go into recording, after the first second of it."""

WHOLES: Final = 6
"""Pictures that are kept at full size and 16 bit besides, to begin another run from."""

WHOLE_BYTES: Final = 2**29
"""That these take on disk, at most."""

_GRACE: Final = 1.0
_POINTS: Final = 96
"""A side of the grid of points that the change is measured at: a tenth of a millisecond."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame that was recorded.

    Attributes:
        step: iterations done by then.
        scale: index of the scale, 0 the coarsest.
        side: of the picture that was worked on then, long side, px.
        seconds: since the first frame.
        change: of the picture up to here, summed over all frames: mean absolute difference of the
            values between 0 and 1, from frame to frame.
    """

    step: int
    scale: int
    side: int
    seconds: float
    change: float


@dataclass(frozen=True, slots=True)
class Film:
    """What was recorded of a run, all of it in memory.

    Attributes:
        shots: in the order of their steps.
        files: of each, the bytes of its JPEG.
    """

    shots: tuple[Shot, ...]
    files: tuple[bytes, ...] = field(repr=False)

    def picture(self, index: int, side: int | None = None) -> Image.Image:
        """One of them, RGB; where a long side is named, perhaps smaller, but not than that."""
        return opened(self.files[index], side)


@dataclass(slots=True)
class Recorder:
    """Takes a run's frames as they come, from the thread that pulls them; any may look at them.

    JPEG at 95 without subsampling: not to be told from lossless when it is seen for a twelfth of a
    second, and written five times as quickly as WebP. Recording never ends the run: what went
    wrong comes back as a `Note`, once.

    Attributes:
        most: frames that are kept; at least 3.
        side: of their long side, px, at most.
        wholes: pictures that are kept at full size besides.
        clock: seconds that never jump.
    """

    most: int = MOST
    side: int = SIDE
    wholes: int = 0
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _folder: Path | None = None
    _shots: list[Shot] = field(default_factory=list)
    _wholes: list[Shot] = field(default_factory=list)
    _waiting: tuple[Shot, NDArray[np.uint8]] | None = None
    _points: NDArray[np.int16] | None = None
    _began: float | None = None
    _spent: float = 0.0
    _failed: bool = False

    @property
    def shots(self) -> tuple[Shot, ...]:
        """What is recorded, but for the newest frame where that is not on disk."""
        with self._lock:
            return tuple(self._shots)

    @property
    def count(self) -> int:
        """How many frames `film` would hold."""
        with self._lock:
            return len(self._shots) + (self._waiting is not None)

    def add(self, frame: Frame) -> Note | None:
        """Take in the next frame; says what went wrong."""
        if self._failed:
            return None
        begun = self.clock()
        try:
            with self._lock:
                self._take(frame, begun)
        except OSError as error:
            self._failed = True
            cause = files.explained(self._folder or Path(), error).cause
            return Note(f"the rest of the timelapse is not recorded: {cause}; the render goes on")
        finally:
            self._spent += self.clock() - begun
        return None

    def film(self) -> Film:
        """All that is recorded up to the newest frame.

        Raises:
            OSError: it cannot be read.
        """
        with self._lock:
            self._write_waiting()
            folder, shots = self._folder, tuple(self._shots)
            assert folder is not None or not shots
            return Film(shots, tuple(_path(folder, shot).read_bytes() for shot in shots if folder))

    def picture(self, shot: Shot) -> Image.Image | None:
        """One of `shots`, RGB; None where it was thinned out meanwhile."""
        with self._lock:
            if self._folder is None or shot not in self._shots:
                return None
            try:
                data = _path(self._folder, shot).read_bytes()
            except OSError:
                return None
        return opened(data)

    def has_whole(self, shot: Shot) -> bool:
        """Whether `whole` gives it at full size."""
        with self._lock:
            return shot in self._wholes

    def whole(self, shot: Shot) -> NDArray[np.uint16] | None:
        """One of `shots` at full size, (H, W, 3) sRGB; None where it is not kept so."""
        with self._lock:
            if self._folder is None or shot not in self._wholes:
                return None
            try:
                loaded: NDArray[np.uint16] = np.load(_whole_path(self._folder, shot))
            except (OSError, ValueError):
                return None
        return loaded

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._failed, self._waiting = True, None
            self._shots.clear()
            self._wholes.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _take(self, frame: Frame, now: float) -> None:
        self._forget_from(frame.step)
        points = _points(frame.pixels)
        change = 0.0
        if self._points is not None:
            change = float(np.abs(points - self._points).mean()) / 255
        self._points = points
        before = self._newest
        self._began = now if self._began is None else self._began
        total = change + (before.change if before else 0.0)
        shot = Shot(frame.step, frame.scale, max(frame.size), now - self._began, total)
        if self._waiting is not None and self._is_wanted(shot, now):
            self._write_waiting()
            self._thin_out()
        self._waiting = shot, frame.pixels
        if frame.step and self._is_wanted_whole(shot, now):
            self._write_whole(shot, frame)

    @property
    def _newest(self) -> Shot | None:
        if self._waiting is not None:
            return self._waiting[0]
        return self._shots[-1] if self._shots else None

    def _forget_from(self, step: int) -> None:
        """After a step back: what is overtaken did not happen."""
        if self._waiting is not None and self._waiting[0].step >= step:
            self._waiting = None
        while self._wholes and self._wholes[-1].step >= step:
            self._discard_whole(len(self._wholes) - 1)
        while self._shots and self._shots[-1].step >= step:
            self._discard(len(self._shots) - 1)

    def _is_wanted(self, shot: Shot, now: float) -> bool:
        """Whether the frame that waits would be missed between the last one kept and this one."""
        if not self._shots:
            return True
        return self._has_time(now) and self._gap(self._shots[-1], shot) > 2 / self.most

    def _is_wanted_whole(self, shot: Shot, now: float) -> bool:
        if not self.wholes or not self._has_time(now):
            return False
        origin = self._shots[0] if self._shots else shot
        last = self._wholes[-1] if self._wholes else origin
        return self._gap(last, shot) > 2 / self.wholes

    def _has_time(self, now: float) -> bool:
        assert self._began is not None
        return self._spent <= _GRACE + SHARE * (now - self._began)

    def _gap(self, last: Shot, shot: Shot) -> float:
        """How far a frame is from one before it, of the way so far."""
        way = _ways((self._shots[0] if self._shots else last, last, shot))
        return float(way[2] - way[1])

    def _thin_out(self) -> None:
        if len(self._shots) > self.most:
            way = _ways(self._shots)
            kept = [index for index, shot in enumerate(self._shots) if shot in self._wholes]
            self._discard(spacing.expendable(way, kept))

    def _write_waiting(self) -> None:
        if self._waiting is None:
            return
        shot, pixels = self._waiting
        if self._folder is None:
            scratch.sweep()
            self._folder = scratch.folder_name()
            self._folder.mkdir()
        image = Image.fromarray(pixels)
        if max(image.size) > self.side:
            image = image.resize(fitted(image.size, self.side), Image.Resampling.BOX)
        data = io.BytesIO()
        image.save(data, "JPEG", quality=95, subsampling=0)
        _path(self._folder, shot).write_bytes(data.getvalue())
        self._shots.append(shot)
        self._waiting = None

    def _write_whole(self, shot: Shot, frame: Frame) -> None:
        pixels = to_uint16(frame.snapshot())
        most = min(self.wholes, WHOLE_BYTES // pixels.nbytes)
        if most < 1:
            self.wholes = 0  # this run's pictures are too large
            return
        self._write_waiting()
        self._thin_out()
        assert self._folder is not None
        np.save(_whole_path(self._folder, shot), pixels)
        self._wholes.append(shot)
        if len(self._wholes) > most:
            places = [self._shots[0], *self._wholes]
            self._discard_whole(spacing.expendable(_ways(places)) - 1)

    def _discard_whole(self, index: int) -> None:
        shot = self._wholes.pop(index)
        if self._folder is not None:
            with suppress(OSError):
                _whole_path(self._folder, shot).unlink(missing_ok=True)

    def _discard(self, index: int) -> None:
        shot = self._shots.pop(index)
        if self._folder is not None:
            with suppress(OSError):
                _path(self._folder, shot).unlink(missing_ok=True)


def opened(data: bytes, side: int | None = None) -> Image.Image:
    """A recorded picture, RGB."""
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    if side is not None:
        image.draft("RGB", fitted(image.size, side))  # several times as quick
    image.load()
    return image


def _points(pixels: NDArray[np.uint8]) -> NDArray[np.int16]:
    """The picture at a grid of points, whatever its size."""
    height, width = pixels.shape[:2]
    rows, columns = (np.arange(_POINTS) * side // _POINTS for side in (height, width))
    return pixels[rows[:, None], columns].astype(np.int16)


def _ways(shots: Sequence[Shot]) -> NDArray[np.float64]:
    return spacing.ways([shot.step for shot in shots], [shot.change for shot in shots])


def _whole_path(folder: Path, shot: Shot) -> Path:
    return folder / f"{shot.step:09}.npy"


def _path(folder: Path, shot: Shot) -> Path:
    return folder / f"{shot.step:09}.jpg"
