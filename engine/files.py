"""Files that appear whole or not at all, also where their writer is killed."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import psutil

from engine.errors import DiskFullError, OutputError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file that takes `path`'s place once it is complete and on disk.

    It lies beside `path` under a name with the writer's process in it, so that `sweep` can tell
    what a killed writer left behind from what is being written.

    Raises:
        OutputError: it cannot be written; what was at `path` is still there.
        DiskFullError: no space is left; likewise.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _explained(path, error) from error
    finally:
        with suppress(OSError):  # a drive that vanished keeps its own
            part.unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove what killed writers of `path` left beside it."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.(\d{{1,9}})\.part")
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
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch()
        part.unlink()
    except OSError as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: OSError) -> OutputError | DiskFullError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(
            f"no space is left in {path.parent}", "free some space, or name a file on another disk"
        )
    reason = error.strerror or str(error)
    return OutputError(f"“{path}” cannot be written: {reason}", "name a file somewhere else")
