"""The folders that networks are kept in: locks, whole files, and names that hold a hash."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import filelock

from engine.errors import DiskFullError, NetworkError
from engine.job import Progress

PROGRESS_EVERY: Final = 0.25
"""Seconds after which waiting gives a sign of life, and may be broken off."""

_CHUNK: Final = 2**24


def locked(path: Path) -> Generator[Progress, None, AbstractContextManager[object]]:
    """Wait until nobody else, in this process or another, works on a file.

    Args:
        path: of the file, which need not exist; the lock lies beside it.

    Returns:
        A context that gives the lock back.

    Raises:
        NetworkError: the folder cannot be written.
        DiskFullError: no space is left in it.
    """
    with explaining_writes(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    # A generator may be closed by another thread than the one that took the lock.
    lock = filelock.FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
    while True:
        with explaining_writes(path.parent):
            try:
                return lock.acquire(timeout=PROGRESS_EVERY)
            except filelock.Timeout:
                pass
        yield Progress(f"waiting for another Impasto that works on {path.name}")


@contextmanager
def explaining_writes(folder: Path) -> Iterator[None]:
    """Turn what the system says about a folder that takes no file into words for the user.

    Raises:
        NetworkError: in place of an OSError.
        DiskFullError: in place of an OSError that says that no space is left.
    """
    try:
        yield
    except (OSError, NotImplementedError) as error:
        elsewhere = "set IMPASTO_HOME to another folder"
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            cause = f"no space is left in {folder}"
            raise DiskFullError(cause, f"free some space, or {elsewhere}") from error
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise NetworkError(f"networks cannot be kept in {folder}: {reason}", elsewhere) from error


def digest_in(name: str) -> str:
    """The beginning of a SHA-256 that a file's name ends in: `vgg19-dcbb9e9d.pth` → dcbb9e9d."""
    return name.rpartition("-")[2].partition(".")[0]


def hashed(path: Path) -> Generator[Progress, None, str]:
    """Compute a file's SHA-256, hexadecimal, with signs of life.

    Raises:
        NetworkError: it cannot be read.
    """
    digest, done = hashlib.sha256(), 0
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                yield Progress(f"checking {path.name}", done, size)
    except OSError as error:
        reason = error.strerror or str(error)
        raise NetworkError(f"{path} cannot be read: {reason}", "check the disk") from error
    return digest.hexdigest()


def intact(path: Path) -> Generator[Progress, None, bool]:
    """Compare a whole file with the hash in its name."""
    return (yield from hashed(path)).startswith(digest_in(path.name))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is either there as a whole or not at all; its lock must be held.

    It is not forced to the disk, which may take long: what a power cut leaves, its hash finds.

    Raises:
        NetworkError: the folder cannot be written.
        DiskFullError: no space is left in it.
    """
    part = path.with_name(f"{path.name}.part")
    with explaining_writes(path.parent):
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def is_file(path: Path) -> bool:
    """Whether a file is there, also where the system does not let one look."""
    try:
        return path.is_file()
    except OSError:  # a name too long for the system, a folder that may not be looked into
        return False


def size_of(path: Path) -> int:
    """Its size in bytes, 0 where there is no file."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
