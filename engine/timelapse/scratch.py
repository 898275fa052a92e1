"""Temporary folders that know whose they are, so that nothing of a killed program stays."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

_NAME: Final = re.compile(r"impasto-timelapse-(\d{1,9})-.+")


def folder_name() -> Path:
    """The name of a folder of this process, where the system keeps what is temporary (TMPDIR)."""
    name = f"impasto-timelapse-{os.getpid()}-{secrets.token_hex(4)}"
    return Path(tempfile.gettempdir()) / name


def sweep() -> None:
    """Remove the folders of processes that are no more."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).iterdir():
            found = _NAME.fullmatch(folder.name)
            if found and folder.is_dir() and not psutil.pid_exists(int(found[1])):
                shutil.rmtree(folder, ignore_errors=True)
