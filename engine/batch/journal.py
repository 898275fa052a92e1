"""What has become of a batch's pictures, kept beside them: a batch that is killed goes on from it.

A picture is taken down before it is begun, and once it is on disk. One that was begun, and whose
file is there all the same, was finished: files appear whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

import filelock
from pydantic import BaseModel, ConfigDict, ValidationError

from engine.batch.plan import Item, Pair, pair
from engine.disk import files
from engine.errors import OutputError, PictureError
from engine.settings import Settings

FOLDER: Final = ".impasto-batch"
"""Beside the pictures."""

_PLACE: Final = frozenset({"device", "threads"})
"""Settings that say where a picture is computed, not what it is."""


MadeOf = tuple[str, str, str]
"""Hashes of the photograph, the painting and the settings."""


class Standing(StrEnum):
    """What has become of a picture."""

    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"


class Entry(BaseModel):
    """One picture.

    Attributes:
        content: the photograph's whole path.
        style: the painting's.
        template: that it was named by.
        made_of: the bytes of both and the settings, as `Sources.made_of` has them.
        standing: what has become of it.
        before: size and time of the file that it is to take the place of, if there was one.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    content: str
    style: str
    template: str
    made_of: MadeOf
    standing: Standing
    before: tuple[int, int] | None = None


class _File(BaseModel):
    form: Literal[1] = 1
    pictures: dict[str, Entry] = {}


class Sources:
    """What pictures are made of; every file is read once."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def made_of(self, item: Item, settings: Settings) -> MadeOf:
        """Differs where a picture would come out otherwise.

        Raises:
            PictureError: a file cannot be read.
        """
        asked = settings.model_dump(mode="json", exclude_defaults=True, exclude=set(_PLACE))
        text = json.dumps(asked, sort_keys=True)
        hashed = hashlib.sha256(text.encode()).hexdigest()
        return self._digest(item.content), self._digest(item.style), hashed

    def _digest(self, path: Path) -> str:
        if path not in self._known:
            try:
                with path.open("rb") as file:
                    self._known[path] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                cause = f"“{path}” cannot be read: {error.strerror or error}"
                raise PictureError(cause, "check the name and its permissions") from error
        return self._known[path]


class Journal:
    """The journal of one folder; nobody else may use it meanwhile.

    Args:
        folder: of the pictures; made where it is missing.

    Attributes:
        note: what the user should know of how it was read.

    Raises:
        OutputError: another batch works in the folder, or nothing can be written there.
        DiskFullError: no space is left.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._place = folder, folder / FOLDER
        self._path = self._place / "journal.json"
        self.note = ""
        try:
            self._place.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(self._place / "lock", timeout=0)
            self._lock.acquire()
        except filelock.Timeout as error:
            cause = f"another batch is painting into “{folder}”"
            raise OutputError(cause, "wait for its end, or choose another folder") from error
        except OSError as error:
            raise files.explained(folder, error) from error
        self._file = self._read()

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let others use it."""
        self._lock.release()

    @property
    def outputs(self) -> frozenset[Path]:
        """The pictures that batches have painted here, whole paths."""
        return frozenset((self._folder / name).resolve() for name in self._file.pictures)

    def names(self, template: str) -> dict[Pair, str]:
        """What pictures were called by a template."""
        entries = self._file.pictures.items()
        return {(e.content, e.style): name for name, e in entries if e.template == template}

    def entry(self, item: Item) -> Entry | None:
        """What is known of a picture."""
        return self._file.pictures.get(item.output.name)

    def checkpoint(self, item: Item) -> Path:
        """Where the state of a picture that is being painted goes."""
        return self._place / f"{item.output.name}.ckpt"

    def is_there(self, item: Item) -> bool:
        """Whether a picture that was begun is finished, as far as its file tells."""
        entry, there = self.entry(item), _signature(item.output)
        if entry is None or there is None or entry.standing is Standing.FAILED:
            return False
        return entry.standing is Standing.DONE or there != entry.before

    def begin(self, item: Item, template: str, made_of: MadeOf) -> None:
        """Take down that a picture is being painted; what was begun of another is thrown away.

        Raises:
            OutputError: it cannot be written.
            DiskFullError: no space is left.
        """
        entry = self.entry(item)
        if entry is None or entry.made_of != made_of or entry.standing is Standing.DONE:
            self.drop_checkpoint(item)
        content, style = pair(item.content, item.style)
        self._file.pictures[item.output.name] = Entry(
            content=content,
            style=style,
            template=template,
            made_of=made_of,
            standing=Standing.BEGUN,
            before=_signature(item.output),
        )
        self._write()

    def end(self, item: Item, standing: Standing) -> None:
        """Take down what has become of a picture that was begun; see `begin`."""
        known = self._file.pictures[item.output.name]
        if known.standing is not standing:
            self._file.pictures[item.output.name] = known.model_copy(update={"standing": standing})
            self._write()
        if standing is Standing.DONE:  # also where it was killed before the state was gone
            self.drop_checkpoint(item)

    def drop_checkpoint(self, item: Item) -> None:
        """Begin this picture afresh."""
        with suppress(OSError):
            self.checkpoint(item).unlink(missing_ok=True)

    def _read(self) -> _File:
        try:
            return _File.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return _File()
        except (OSError, ValidationError):
            bad = self._path.with_suffix(".bad")
            with suppress(OSError):
                self._path.replace(bad)
            self.note = (
                f"what was done before in “{self._folder}” cannot be read: it is kept as {bad.name}"
            )
            return _File()

    def _write(self) -> None:
        data = json.dumps(self._file.model_dump(mode="json"), indent=1).encode()
        files.write_bytes(self._path, data, overwrite=True)


def _signature(path: Path) -> tuple[int, int] | None:
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_size, there.st_mtime_ns
