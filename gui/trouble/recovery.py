"""What a crash leaves behind: a run's pictures, settings and checkpoint, offered at the next start.

Each process has a folder of its own and holds its lock for as long as it lives; a folder whose lock
is free is a leftover. A lock over all folders is held while one is made or cleared. Knows no Qt.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import filelock
import numpy as np
from pydantic import Base64Bytes, BaseModel, ConfigDict

from engine.disk import files, folders
from engine.disk.autosave import Autosave
from engine.errors import EngineError
from engine.job import Frame, Guidance, Job, Note, Picture
from engine.masks import EmbeddedGuidance
from engine.settings import Settings

_JOB: Final = "job.json"
_CHECKPOINT: Final = "run.ckpt"
_LOCK: Final = "lock"
_PATIENCE: Final = 1.0
"""Seconds to wait for another process that makes or clears folders, which takes less."""


def default_folder() -> Path:
    """With the user's data, or in `IMPASTO_HOME`."""
    return folders.data() / "recovery"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Kept(_Strict):
    """A picture's file and what the pixels do not say."""

    file: str
    name: str
    sha256: str
    exif: Base64Bytes

    @classmethod
    def of(cls, picture: Picture, folder: Path, file: str) -> _Kept:
        """Write a picture without loss, and quickly."""
        arrays = {"pixels": picture.pixels}
        if picture.alpha is not None:
            arrays["alpha"] = picture.alpha
        if not (folder / file).exists():
            with files.replacing(folder / file) as target:
                np.savez(target, allow_pickle=False, **arrays)
        name = picture.name.encode(errors="replace").decode()
        return cls.model_construct(file=file, name=name, sha256=picture.sha256, exif=picture.exif)

    def read(self, folder: Path) -> Picture:
        with np.load(folder / Path(self.file).name, allow_pickle=False) as arrays:
            alpha = arrays.get("alpha")
            return Picture(
                arrays["pixels"], self.name, self.sha256, alpha=alpha, exif=bytes(self.exif)
            )


class _JobFile(_Strict):
    settings: Settings
    content: _Kept
    styles: tuple[_Kept, ...]
    start: _Kept | None = None
    guidance: EmbeddedGuidance | None = None


def write_job(job: Job, path: Path, file_of: Callable[[Picture, str], str]) -> None:
    """Write down a job; its pictures go beside, where they are not there already.

    Args:
        job: whose checkpoint, if any, is left out.
        path: of the file.
        file_of: names the file of a picture, given what it is for: content, style0, start …

    Raises:
        EngineError: it cannot be written.
        OSError: likewise.
    """

    def kept(picture: Picture, role: str) -> _Kept:
        return _Kept.of(picture, path.parent, file_of(picture, role))

    written = _JobFile.model_construct(
        settings=job.settings,
        content=kept(job.content, "content"),
        styles=tuple(kept(style, f"style{index}") for index, style in enumerate(job.styles)),
        start=None if job.start is None else kept(job.start, "start"),
        guidance=EmbeddedGuidance.of(job.guidance),
    )
    files.write_bytes(path, written.model_dump_json().encode(), overwrite=True)


def read_job(path: Path, resume: Path | None = None) -> Job:
    """Read a job that was written down.

    Raises:
        EngineError: it cannot be read.
    """
    folder = path.parent
    try:
        kept = _JobFile.model_validate_json(path.read_bytes())
        begun = kept.guidance.guidance() if kept.guidance else Guidance()
        return Job(
            kept.content.read(folder),
            tuple(style.read(folder) for style in kept.styles),
            kept.settings,
            None if kept.start is None else kept.start.read(folder),
            resume,
            Guidance() if resume else begun,  # the checkpoint holds those of its moment
        )
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise EngineError(
            "the render that was interrupted cannot be read any more", "start it afresh"
        ) from error


def pictures_of(path: Path) -> frozenset[str]:
    """The files of the pictures of a job that was written down; none where it cannot be read."""
    try:
        kept = _JobFile.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return frozenset()
    start = () if kept.start is None else (kept.start,)
    return frozenset(each.file for each in (kept.content, *kept.styles, *start))


class Recovery:
    """The folder of this process, and what others have left beside it.

    Args:
        base: folder of all processes.
    """

    def __init__(self, base: Path) -> None:
        self._base = base
        self._own = base / f"{time.time_ns():x}-{os.getpid()}"
        self._locks: list[filelock.FileLock] = []
        self._runs = 0

    def record(self, job: Job, leftover: Leftover | None = None) -> RunRecord:
        """Begin to keep a run.

        Args:
            job: of the run.
            leftover: that the run goes on with, thrown away once it is needed no more.
        """
        self._runs += 1
        return RunRecord(self, self._own / f"{self._runs}", job, leftover)

    def leftovers(self) -> tuple[Leftover, ...]:
        """Runs of processes that did not get to end them, oldest first; empty folders are cleared.

        Whoever gets them holds them: no other process is offered the same.
        """
        if not self._base.is_dir():
            return ()
        try:
            with self._alone():
                return tuple(self._found())
        except OSError:
            return ()  # another one looks through it, or nobody can

    def close(self) -> None:
        """Give the locks back, and the folder where nothing in it is needed."""
        for lock in self._locks:
            lock.release()
        self._locks.clear()
        _clear(self._own)

    def lock(self) -> None:
        """Make the folder of this process and hold it.

        Raises:
            OSError: it cannot be made.
        """
        if self._own.exists():
            return
        self._base.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._own.mkdir()
            lock = filelock.FileLock(self._own / _LOCK)
            lock.acquire(timeout=0)
            self._locks.append(lock)

    def _alone(self) -> filelock.BaseFileLock:
        """Held while a folder is made or cleared: one without a lock may just have been made."""
        return filelock.FileLock(self._base / _LOCK, timeout=_PATIENCE)

    def _found(self) -> Iterator[Leftover]:
        for folder in sorted(self._base.iterdir()):
            lock = filelock.FileLock(folder / _LOCK)
            if folder == self._own or not folder.is_dir():
                continue
            try:
                lock.acquire(timeout=0)
            except (filelock.Timeout, OSError):
                continue  # its process lives, or it cannot be ours
            runs = [run for run in sorted(folder.iterdir()) if (run / _CHECKPOINT).exists()]
            if runs:
                self._locks.append(lock)
                yield from (Leftover(run) for run in runs if (run / _JOB).exists())
            else:
                lock.release()
                _clear(folder)


class RunRecord:
    """Keeps one run; called on the worker's thread.

    Attributes:
        folder: where, from the first frame on.
    """

    def __init__(
        self, recovery: Recovery, folder: Path, job: Job, leftover: Leftover | None = None
    ) -> None:
        self._recovery, self.folder, self._job = recovery, folder, job
        self._leftover = leftover
        self._autosave: Autosave | None = None
        self._failed = self._has_frame = False

    def add(self, frame: Frame) -> Note | None:
        """Take the frame's state down if it is time to; the job's pictures at the first one."""
        self._has_frame = True
        if self._autosave is None and not self._failed:
            try:
                self._autosave = self._begin()
            except (EngineError, OSError) as error:
                self._failed = True
                return Note(f"a crash would lose this render, as it cannot be kept: {error}")
        note = self._autosave.add(frame) if self._autosave else None
        if (self.folder / _CHECKPOINT).exists():
            self._discard_leftover()
        return note

    def settle(self, frame: Frame, *, whole: bool) -> Note | None:
        """Take it down now."""
        return self._autosave.settle(frame, whole=whole) if self._autosave else None

    def forget(self) -> None:
        """The picture is safe elsewhere, or there is none: keep nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._has_frame:
            self._discard_leftover()

    def _discard_leftover(self) -> None:
        if self._leftover is not None:
            self._leftover.discard()
            self._leftover = None

    def _begin(self) -> Autosave:
        self._recovery.lock()
        self.folder.mkdir()
        autosave = Autosave(self.folder / _CHECKPOINT)
        write_job(self._job, self.folder / _JOB, lambda _, role: f"{role}.npz")
        return autosave


@dataclass(frozen=True, slots=True)
class Leftover:
    """A run that was not ended.

    Attributes:
        folder: where it lies.
    """

    folder: Path

    @property
    def is_there(self) -> bool:
        """Whether it was neither thrown away nor gone on with."""
        return (self.folder / _JOB).exists()

    def job(self) -> Job:
        """What goes on with it.

        Raises:
            EngineError: it cannot be read.
        """
        return read_job(self.folder / _JOB, self.folder / _CHECKPOINT)

    def discard(self) -> None:
        """Throw it away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Remove a process's folder unless a run lies in it."""
    runs = folder.glob(f"*/{_CHECKPOINT}")
    if next(runs, None) is None:
        shutil.rmtree(folder, ignore_errors=True)
