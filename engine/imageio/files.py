"""Files that appear whole or not at all, and what the system says when they cannot."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import DiskFullError, OutputError

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_bytes(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: it cannot be written.
        DiskFullError: no space is left; nothing is left behind.
    """
    try:
        with replacing(path, overwrite=overwrite) as file:
            file.write(data)
    except OSError as error:
        raise explained(path, error, len(data)) from error


@contextmanager
def replacing(path: Path, *, overwrite: bool) -> Iterator[io.BufferedWriter]:
    """Give a file that takes `path`'s place once it is complete and on disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        _take_place(part, path, overwrite=overwrite)
    finally:
        part.unlink(missing_ok=True)


def explained(path: Path, error: OSError, size: int = 0) -> OutputError | DiskFullError:
    """Put what the system says about a file of `size` bytes into the user's words."""
    if error.errno in _FULL:
        return DiskFullError(
            f"no space is left in {path.parent}{_missing(path.parent, size)}",
            "free some space, or save somewhere else",
        )
    if error.errno == errno.EEXIST:
        return OutputError(f"“{path}” exists already", "choose another name, or allow overwriting")
    reason = error.strerror or str(error)
    return OutputError(f"“{path}” cannot be written: {reason}", "save somewhere else")


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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
