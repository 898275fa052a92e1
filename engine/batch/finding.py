"""The picture files that names, folders and patterns stand for."""

from __future__ import annotations

import glob
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.errors import PictureError

SUFFIXES: Final = frozenset(
    [
        *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".webp", ".avif"),
        *(".heic", ".heif", ".gif", ".bmp", ".dib", ".jp2", ".j2k", ".psd", ".tga", ".qoi"),
        *(".ppm", ".pgm", ".pbm", ".pnm"),
    ]
)
"""What a picture's name ends in. A file that is named itself is taken whatever it is called."""


@dataclass(frozen=True, slots=True)
class Found:
    """What some names stand for.

    Attributes:
        pictures: each once, in the order of the names; those of one folder by name.
        passed_over: hidden files and those that are no pictures by their names.
    """

    pictures: tuple[Path, ...]
    passed_over: tuple[Path, ...] = ()


def find(names: Iterable[str], leave_out: Container[Path] = ()) -> Found:
    """Find picture files.

    Args:
        names: of files, folders, and patterns such as `photos/*.jpg` or `photos/**/*.jpg`. Of a
            folder those directly in it.
        leave_out: resolved paths that folders and patterns do not stand for.

    Raises:
        PictureError: there is no such file, no such folder, or no picture in it.
    """
    pictures: dict[Path, Path] = {}
    passed_over: dict[Path, None] = {}
    for name in names:
        path = Path(name).expanduser()
        several = _several(path)
        if several is None:
            pictures.setdefault(path.resolve(), path)
            continue
        taken = [each for each in several if _is_picture(each) and each.resolve() not in leave_out]
        if not taken:
            raise PictureError(f"there is no picture in “{name}”", "name a file, a folder or *.jpg")
        passed_over |= dict.fromkeys(each for each in several if not _is_picture(each))
        for each in taken:
            pictures.setdefault(each.resolve(), each)
    return Found(tuple(pictures.values()), tuple(passed_over))


def _several(path: Path) -> list[Path] | None:
    """The files of a folder or a pattern, by name; None where it is neither."""
    if path.is_dir():
        return _sorted(path.iterdir())
    if not path.exists() and glob.has_magic(str(path)):
        matches = glob.iglob(str(path), recursive=True)  # noqa: PTH207 (takes whole patterns)
        return _sorted(map(Path, matches))
    return None


def _sorted(paths: Iterator[Path]) -> list[Path]:
    return sorted((path for path in paths if path.is_file()), key=str)


def _is_picture(path: Path) -> bool:
    return not path.name.startswith(".") and path.suffix.lower() in SUFFIXES
