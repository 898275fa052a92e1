"""The queue on disk: what waits outlives a crash. Knows no Qt.

As in `gui.trouble.recovery`, each process has a folder of its own and holds its lock for as long
as it lives; what a process has left is taken over by the next one. A picture that several renders
have in common lies there once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import filelock
import numpy as np
from pydantic import BaseModel, ValidationError

from engine.disk import files, folders
from gui.queue.entry import Entry, Standing
from gui.trouble.recovery import pictures_of, read_job, write_job

if TYPE_CHECKING:
    from engine.job import Job, Picture

_LIST: Final = "queue.json"
_LOCK: Final = "lock"
_PATIENCE: Final = 1.0
"""Seconds to wait for another process that makes or takes over folders, which takes less."""


def default_folder() -> Path:
    """With the user's data, or in `IMPASTO_HOME`."""
    return folders.data() / "queue"


class _List(BaseModel):
    form: Literal[1] = 1
    entries: tuple[Entry, ...] = ()


class QueueStore:
    """Entries in order, and the job of each.

    One thread at a time may use it.

    Args:
        base: folder of all processes.
    """

    def __init__(self, base: Path) -> None:
        self._base = base
        self._own = base / f"{time.time_ns():x}-{os.getpid()}"
        self._locks: dict[Path, filelock.FileLock] = {}
        self._places: dict[str, Path] = {}

    def restore(self) -> tuple[Entry, ...]:
        """What other processes have left, those that are done left out; nobody else gets it too."""
        if not self._base.is_dir():
            return ()
        try:
            with self._alone():
                return tuple(self._found())
        except OSError:
            return ()  # another one looks through it, or nobody can

    def keep(self, entries: tuple[Entry, ...]) -> None:
        """Write down what there is, in order, and throw away what is no longer needed.

        Raises:
            EngineError: it cannot be written.
            OSError: likewise.
        """
        # Each folder has the whole list, as the order is one, though not all of the jobs.
        data = _List(entries=entries).model_dump_json().encode()
        for folder in self._locks:
            files.write_bytes(folder / _LIST, data, overwrite=True)
            _sweep(folder, entries)

    def put(self, entry_id: str, job: Job) -> None:
        """Write down the job of an entry.

        Raises:
            EngineError: it cannot be written.
            OSError: likewise.
        """
        self._hold_own()
        path = self._places.get(entry_id, self._own) / f"{entry_id}.job"
        write_job(job, path, lambda picture, _: f"{_digest(picture)}.npz")
        self._places[entry_id] = path.parent

    def copy(self, entry_id: str, twin_id: str) -> None:
        """Give one entry the job of another.

        Raises:
            OSError: it cannot be written.
        """
        path = self._job(entry_id)
        shutil.copyfile(path, path.with_name(f"{twin_id}.job"))
        self._places[twin_id] = path.parent

    def job(self, entry_id: str) -> Job:
        """The job of an entry.

        Raises:
            EngineError: it cannot be read.
        """
        return read_job(self._job(entry_id))

    def close(self) -> None:
        """Let the next process have what is left; a folder in which nothing is goes."""
        for folder, lock in self._locks.items():
            lock.release()
            if not any(folder.glob("*.job")):
                shutil.rmtree(folder, ignore_errors=True)
        self._locks.clear()

    def _job(self, entry_id: str) -> Path:
        return self._places.get(entry_id, self._own) / f"{entry_id}.job"

    def _hold_own(self) -> None:
        if self._own in self._locks:
            return
        self._base.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._own.mkdir()
            self._hold(self._own)

    def _hold(self, folder: Path) -> None:
        """Hold a folder, or raise what `filelock` does."""
        lock = filelock.FileLock(folder / _LOCK, thread_local=False)
        lock.acquire(timeout=0)
        self._locks[folder] = lock

    def _alone(self) -> filelock.BaseFileLock:
        """Held while a folder is made or looked through: one may just be without its lock."""
        return filelock.FileLock(self._base / _LOCK, timeout=_PATIENCE)

    def _found(self) -> Iterator[Entry]:
        """Each once, in the order of the first list that has it."""
        found: dict[str, Entry] = {}
        for folder in self._held():
            for entry in _read(folder):
                found.setdefault(entry.id, entry)
                if (folder / f"{entry.id}.job").exists():
                    self._places[entry.id] = folder
        for entry in found.values():
            if entry.standing is not Standing.DONE and entry.id in self._places:
                yield entry

    def _held(self) -> Iterator[Path]:
        """Folders that nobody has held so far; what is added later goes to the first of them."""
        for folder in sorted(self._base.iterdir()):
            if not folder.is_dir() or folder in self._locks:
                continue
            try:
                self._hold(folder)
            except (filelock.Timeout, OSError):
                continue  # its process lives, or it cannot be ours
            self._own = self._own if self._own in self._locks else folder
            yield folder


def _sweep(folder: Path, entries: tuple[Entry, ...]) -> None:
    jobs = {folder / f"{entry.id}.job" for entry in entries}
    needed = frozenset[str]().union(*map(pictures_of, jobs))
    for path in [*folder.glob("*.npz"), *folder.glob("*.job")]:
        if path not in jobs and path.name not in needed:
            with suppress(OSError):
                path.unlink()


def _read(folder: Path) -> tuple[Entry, ...]:
    try:
        return _List.model_validate_json((folder / _LIST).read_bytes()).entries
    except (OSError, ValidationError):
        return ()


def _digest(picture: Picture) -> str:
    """By what there is to see, as a name."""
    digest = hashlib.sha256(f"{picture.pixels.shape} {picture.pixels.dtype}".encode())
    for array in (picture.pixels, picture.alpha):
        if array is not None:
            digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()[:32]
