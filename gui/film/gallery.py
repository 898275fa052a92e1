"""The pictures that were painted, kept on disk from one start of the program to the next.

Each has a folder of its own, which gets its name when it is whole and loses it in one step, so
that killed programs leave no halves and two may work side by side. Knows no Qt: writing a large
picture takes seconds and belongs into a thread.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import psutil
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine import imageio
from engine.disk import files, folders
from engine.errors import DiskFullError, EngineError, OutputError, PictureError
from engine.recipes.recipe import Ingredient, Name, Recipe
from engine.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.job import Picture

THUMBNAIL_SIDE: Final = 256
"""Pixels of the long side."""

NO_EXTRAS: Final = imageio.Extras()

_TIME: Final = "%Y%m%d-%H%M%S-%f"
_ID: Final = r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{8}"
_UNNAMED: Final = re.compile(rf"\.({_ID})\.([0-9]{{1,9}})\.(part|trash)")
"""A folder that is being written or was deleted, with the process that did it."""

_LARGEST_MADE: Final = 2**18
_PNG_BEGIN: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_PNG_END: Final = b"\0\0\0\0IEND\xaeB`\x82"


class Kind(StrEnum):
    """What a picture is of a run."""

    RENDER = "render"
    SNAPSHOT = "snapshot"


class Made(BaseModel):
    """How a picture was made, for its caption and to go on from; lies beside it as JSON.

    Attributes:
        form: version of this form.
        kind: a run's result, or its state at some moment.
        finished: whether the run had all its steps.
        content: the photograph.
        styles: the paintings.
        network: whose features were used.
        strength: of the style, on the artist's scale.
        step: iterations that the picture has had.
        steps: that were asked for.
        settings_json: as they were in force, before the engine decided what was left open.
    """

    # What a later version adds must not hide its pictures from this one.
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    form: Literal[1] = 1
    kind: Kind = Kind.RENDER
    finished: bool = True
    content: Ingredient | None = None
    styles: Annotated[tuple[Ingredient, ...], Field(max_length=100)] = ()
    network: Name = ""
    strength: float = 50.0
    step: Annotated[int, Field(ge=0)] = 0
    steps: Annotated[int, Field(ge=0)] = 0
    settings_json: Annotated[str, Field(max_length=100_000)] = "{}"

    @classmethod
    def of(
        cls, recipe: Recipe, settings: Settings, *, kind: Kind = Kind.RENDER, finished: bool = True
    ) -> Made:
        """Write down how a picture was made.

        Args:
            recipe: the picture's.
            settings: the user's, in force when it was made.
            kind: what it is of its run.
            finished: whether the run had all its steps.
        """
        return cls(
            kind=kind,
            finished=finished,
            content=recipe.content,
            styles=recipe.styles,
            network=recipe.network.name,
            strength=round(settings.strength, 1),
            step=recipe.step,
            steps=recipe.settings.steps or recipe.step,
            settings_json=settings.to_json(),
        )

    def settings(self) -> Settings:
        """The settings that were in force.

        Raises:
            SettingsError: they were changed, or made by another version.
        """
        return Settings.from_json(self.settings_json)


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture that is kept.

    Attributes:
        id: when it was added, to the microsecond (UTC), and something random.
        folder: its own.
        made: how.
        width: px.
        height: px.
        size: bytes on disk.
    """

    id: str
    folder: Path
    made: Made
    width: int
    height: int
    size: int

    @property
    def time(self) -> datetime:
        """When it was added, by the clock on the wall."""
        return _time_of(self.id)

    @property
    def picture(self) -> Path:
        """The picture's file, with its recipe inside."""
        return self.folder / f"impasto-{self.id}.png"

    @property
    def thumbnail(self) -> Path:
        """A small copy; its file may be missing or damaged."""
        return self.folder / "thumbnail.jpg"


def default_folder() -> Path:
    """Where pictures are kept: with the user's data, or in `IMPASTO_HOME`."""
    return folders.data() / "gallery"


class Gallery:
    """A folder of pictures.

    One thread at a time may use it; other processes may use the same folder meanwhile.

    Args:
        folder: made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._newest = datetime.min.replace(tzinfo=UTC)

    @property
    def size(self) -> int:
        """Bytes on disk, with what can still be restored."""
        return self._taken(self.entries())

    def entries(self) -> tuple[Entry, ...]:
        """All that is whole, oldest first; damaged and foreign files are passed over."""
        read = (_read(path) for path in self._folders() if re.fullmatch(_ID, path.name))
        return tuple(sorted((entry for entry in read if entry), key=lambda entry: entry.id))

    def add(
        self,
        pixels: NDArray[np.float32],
        *,
        made: Made,
        extras: imageio.Extras = NO_EXTRAS,
    ) -> Entry:
        """Keep a picture, with 16 bits a channel.

        Args:
            pixels: float32 (H, W, 3), sRGB, 0 … 1, as if on white.
            made: how.
            extras: recipe, transparency and camera data that go along.

        Raises:
            DiskFullError: no space; nothing is left behind.
            OutputError: the folder cannot be written; likewise.
        """
        entry_id = self._next_id()
        part = self._unnamed_path(entry_id, "part")
        try:
            with self._explaining():
                part.mkdir(parents=True)
                _write(Entry(entry_id, part, made, 0, 0, 0), pixels, extras)
                part.rename(self.folder / entry_id)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return self._whole(entry_id)

    def pixels(self, entry: Entry) -> Picture:
        """Read a picture at its full size and depth.

        Raises:
            PictureError: it is gone or damaged.
        """
        return imageio.read(entry.picture)

    def delete(self, entry_id: str) -> None:
        """Take a picture out; this process can `restore` it until the next `purge`.

        Raises:
            OutputError: the folder cannot be written, or another program holds the file.
        """
        with self._explaining(), suppress(FileNotFoundError):  # another process was faster
            (self.folder / entry_id).rename(self._unnamed_path(entry_id, "trash"))

    def restore(self, entry_id: str) -> Entry:
        """Put back what was deleted.

        Raises:
            PictureError: it is there no more.
            OutputError: the folder cannot be written.
        """
        with self._explaining(), suppress(FileNotFoundError):
            self._unnamed_path(entry_id, "trash").rename(self.folder / entry_id)
        return self._whole(entry_id)

    def purge(self) -> None:
        """Remove for good what was deleted, and what killed programs left half written."""
        for path in (*self._unnamed("trash"), *self._unnamed("part")):
            if _is_forsaken(path):
                shutil.rmtree(path, ignore_errors=True)

    def bounded(self, limit: int, keep: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
        """Remove for good what is beyond a limit: first what was deleted, then the oldest.

        Args:
            limit: bytes.
            keep: ids that stay; the newest picture stays always.

        Returns:
            The pictures that went, oldest first.
        """
        entries = self.entries()
        excess = self._taken(entries) - limit
        for path in self._unnamed("trash"):
            if excess > 0 and _is_forsaken(path) and _id_in(path) not in keep:
                excess -= _bytes(path)
                shutil.rmtree(path, ignore_errors=True)
        gone = []
        for entry in entries[:-1]:
            if excess > 0 and entry.id not in keep and self._removed(entry):
                excess -= entry.size
                gone.append(entry)
        return tuple(gone)

    def _taken(self, entries: tuple[Entry, ...]) -> int:
        return sum(e.size for e in entries) + sum(_bytes(p) for p in self._unnamed("trash"))

    def _removed(self, entry: Entry) -> bool:
        try:
            self.delete(entry.id)
        except OutputError:  # another program holds it: next time
            return False
        shutil.rmtree(self._unnamed_path(entry.id, "trash"), ignore_errors=True)
        return True

    def _next_id(self) -> str:
        """Ids ascend also where the clock is coarse, or is set back."""
        self._newest = max(datetime.now(UTC), self._newest + timedelta(microseconds=1))
        return f"{self._newest.strftime(_TIME)}-{secrets.token_hex(4)}"

    def _whole(self, entry_id: str) -> Entry:
        entry = _read(self.folder / entry_id)
        if entry is None:
            raise PictureError(
                "the picture is no longer in the filmstrip's folder", "render it again"
            )
        return entry

    def _folders(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if not path.is_symlink())
        except OSError:  # there is none yet, or it may not be read: adding says why
            return []

    def _unnamed(self, what: str) -> list[Path]:
        """The folders that are being written (part) or were deleted (trash), oldest first."""
        found = ((path, _UNNAMED.fullmatch(path.name)) for path in self._folders())
        return [path for path, match in found if match and match[3] == what]

    def _unnamed_path(self, entry_id: str, what: str) -> Path:
        return self.folder / f".{entry_id}.{os.getpid()}.{what}"

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            explained = files.explained(self.folder / "picture", error)
            raise self._in_own_words(explained) from error
        except (OutputError, DiskFullError) as error:
            raise self._in_own_words(error) from error

    def _in_own_words(self, error: EngineError) -> EngineError:
        """The remedy is not to name another file: the user has named none."""
        if isinstance(error, DiskFullError):
            remedy = "free some space, or clean up the filmstrip in the preferences"
            return DiskFullError(f"the filmstrip cannot keep the picture: {error.cause}", remedy)
        cause = f"the filmstrip's folder {self.folder} cannot be changed: {error.cause}"
        return OutputError(cause, "close programs that use its files, or check its permissions")


def _write(entry: Entry, pixels: NDArray[np.float32], extras: imageio.Extras) -> None:
    """Fill the folder of an entry."""
    imageio.write(entry.picture, pixels, replace(extras, depth=16))
    _small(pixels).save(entry.thumbnail, quality=90)
    files.write_bytes(_made_path(entry.folder), entry.made.model_dump_json().encode())


def _small(pixels: NDArray[np.float32]) -> Image.Image:
    step = max(1, max(pixels.shape[:2]) // (4 * THUMBNAIL_SIDE))
    image = Image.fromarray(imageio.to_uint8(pixels[::step, ::step]))
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return image


def _read(folder: Path) -> Entry | None:
    """Look at a folder that anyone may have put there; None where it is not whole."""
    try:
        _time_of(folder.name)
        with _made_path(folder).open("rb") as file:
            made = Made.model_validate_json(file.read(_LARGEST_MADE))
        entry = Entry(folder.name, folder, made, 0, 0, _bytes(folder))
        width, height = _png_size(entry.picture)
    except (OSError, OverflowError, ValueError, ValidationError):
        return None
    return replace(entry, width=width, height=height)


def _png_size(path: Path) -> tuple[int, int]:
    """Width and height by the file's head, if it also has an end.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no PNG, is cut off or too large.
    """
    with path.open("rb") as file:
        head = file.read(24)
        file.seek(-min(path.stat().st_size, len(_PNG_END)), os.SEEK_END)
        whole = head.startswith(_PNG_BEGIN) and file.read() == _PNG_END
    width, height = struct.unpack(">II", head[16:]) if whole else (0, 0)
    if not 0 < width * height <= imageio.LARGEST_PICTURE:
        raise ValueError(path.name)
    return width, height


def _made_path(folder: Path) -> Path:
    return folder / "made.json"


def _time_of(entry_id: str) -> datetime:
    return datetime.strptime(entry_id.rpartition("-")[0], _TIME).replace(tzinfo=UTC).astimezone()


def _id_in(unnamed: Path) -> str:
    match = _UNNAMED.fullmatch(unnamed.name)
    return match[1] if match else ""


def _is_forsaken(unnamed: Path) -> bool:
    """Whether no other program can want a folder back; one's own is wanted while it is written."""
    match = _UNNAMED.fullmatch(unnamed.name)
    if match is None:
        return False
    process = int(match[2])
    return match[3] == "trash" if process == os.getpid() else not psutil.pid_exists(process)


def _bytes(folder: Path) -> int:
    """What the files in a folder take."""
    total = 0
    with suppress(OSError):  # another process is removing it
        for path in folder.iterdir():
            total += path.stat().st_size
    return total
