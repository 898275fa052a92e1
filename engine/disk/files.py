"""Files that appear whole or not at all, also where their writer is killed."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import psutil

from engine.errors import DiskFullError, OutputError

_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_bytes(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: it cannot be written, or exists and may not be replaced.
        DiskFullError: no space is left; nothing is left behind.
    """
    with replacing(path, overwrite=overwrite, size=len(data)) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, *, overwrite: bool = True, size: int = 0) -> Iterator[BinaryIO]:
    """Give a file that takes `path`'s place once it is complete and on disk.

    It lies beside `path` under a name with the writer's process in it, so that `sweep` can tell
    what a killed writer left behind from what is being written.

    Args:
        path: where it goes.
        overwrite: whether what is there may be replaced.
        size: bytes that it will have, for the message of a full disk; 0 if not known.

    Raises:
        OutputError: it cannot be written; what was at `path` is still there.
        DiskFullError: no space is left; likewise.
    """
    part = _part(path, os.getpid())
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_place(part, path, overwrite=overwrite)
    except OSError as error:
        _discard(part)  # before its space is counted as taken
        raise explained(path, error, size) from error
    finally:
        _discard(part)


def sweep(path: Path) -> None:
    """Remove what killed writers of `path` left beside it."""
    start, _, end = _part(path, 0).name.rpartition("0")
    pattern = re.compile(rf"{re.escape(start)}(\d{{1,9}}){re.escape(end)}")
    with suppress(OSError):
        for other in path.parent.iterdir():
            found = pattern.fullmatch(other.name)
            if found and not psutil.pid_exists(int(found[1])):
                other.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Find out before a long run whether `path` can be written.

    Raises:
        OutputError: a folder, or no folder to write into.
        DiskFullError: no space is left.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise OutputError(f"“{path}” cannot be written", "name a file in a folder that exists")
    part = _part(path, os.getpid())
    try:
        part.touch()
        part.unlink()
    except OSError as error:
        raise explained(path, error) from error


def explained(path: Path, error: OSError, size: int = 0) -> OutputError | DiskFullError:
    """Put what the system says about a file of `size` bytes into the user's words."""
    if error.errno in _FULL:
        return DiskFullError(
            f"no space is left in {path.parent}{_missing(path.parent, size)}",
            "free some space, or name a file on another disk",
        )
    if error.errno == errno.EEXIST:
        return OutputError(f"“{path}” exists already", "choose another name, or allow overwriting")
    reason = error.strerror or str(error)
    return OutputError(f"“{path}” cannot be written: {reason}", "name a file somewhere else")


def _part(path: Path, process: int) -> Path:
    # Shortened, as the whole name may be as long as the system allows.
    return path.with_name(f".{path.name[:40]}.{process}.part")


def _discard(part: Path) -> None:
    with suppress(OSError):  # a drive that vanished keeps its own
        part.unlink(missing_ok=True)


def _missing(folder: Path, size: int) -> str:
    """How much space is missing, as far as the system tells: quotas are not in its figures."""
    if not size:
        return ""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return f": the file needs {_megabytes(size)}"
    return f": the file needs {_megabytes(size)}, {_megabytes(free)} are free"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _take_place(part: Path, path: Path, *, overwrite: bool) -> None:
    if not overwrite:
        # A hard link, unlike a rename, fails where a file has come to exist meanwhile.
        with suppress(NotImplementedError, PermissionError, OSError):
            os.link(part, path)
            return
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    part.replace(path)
