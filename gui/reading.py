"""Reads pictures in Qt's thread pool, so that the window never waits for a disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from engine import imageio, recipe, replay
from engine.errors import EngineError, RecipeError
from engine.job import Picture
from engine.recipe import Recipe
from engine.settings import Settings
from gui.worker import Trouble


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a file.

    Attributes:
        picture: None where it could not be read.
        recipe: how it was painted, where Impasto painted it.
        path: of the file; None for pasted data.
        trouble: why there is no picture.
        restored: what a recipe was followed to.
    """

    picture: Picture | None = None
    recipe: Recipe | None = None
    path: Path | None = None
    trouble: Trouble | None = None
    restored: Restored | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a recipe was followed to on this machine.

    Attributes:
        settings: of the recipe.
        pictures: content, then styles; none where they were not found.
        start: the picture that the run started from, if any.
        notes: what differs from the recipe.
    """

    settings: Settings
    pictures: tuple[Picture, ...] = ()
    start: Picture | None = None
    notes: tuple[str, ...] = ()


class Reading(QObject):
    """One picture that is being read.

    Signals:
        done: this object and the `Read`, on the thread that began it.
    """

    done = Signal(object, object)
    _read_in_pool = Signal(object)

    def __init__(self, read: Callable[[], Read]) -> None:
        super().__init__()
        self._read = read
        self._read_in_pool.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Start reading."""
        QThreadPool.globalInstance().start(_Runnable(self))

    def read(self) -> None:
        """Read, in the pool, and hand over the picture or why there is none."""
        try:
            self._read_in_pool.emit(self._read())
        except EngineError as error:
            self._read_in_pool.emit(Read(trouble=Trouble(error.cause, error.remedy)))
        except Exception as error:  # noqa: BLE001 (else the window waited for it for ever)
            self._read_in_pool.emit(Read(trouble=Trouble.unexpected(error, "Try another picture.")))

    @Slot(object)
    def _finish(self, read: Read) -> None:
        self.done.emit(self, read)


class _Runnable(QRunnable):
    """Keeps the reading alive for as long as the pool is at it."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading

    def run(self) -> None:
        """See `Reading.read`."""
        self._reading.read()


def from_file(path: Path) -> Read:
    """Read a picture file, with its recipe where it has one.

    Raises:
        PictureError: it is none.
    """
    return Read(imageio.read(path), _recipe_in(path), path)


def from_data(data: bytes, name: str) -> Read:
    """Read a picture from a file's bytes, such as the clipboard's.

    Raises:
        PictureError: it is none.
    """
    return Read(imageio.decode(data, name))


def from_recipe(read: Read) -> Read:
    """Follow the recipe of a picture: its settings, and its pictures where they are found.

    Raises:
        EngineError: a picture that was found cannot be read.
    """
    recipe, path = read.recipe, read.path
    assert recipe is not None
    assert path is not None
    try:
        found = replay.replay(recipe, path, (), {})
    except RecipeError as error:
        settings = recipe.settings.replace(init=None) if recipe.start else recipe.settings
        return replace(read, restored=Restored(settings, notes=(error.cause,)))
    pictures = tuple(imageio.read(each) for each in found.pictures)
    start = imageio.read(Path(found.settings.init or "")) if recipe.start else None
    return replace(read, restored=Restored(found.settings, pictures, start, found.notes))


def _recipe_in(path: Path) -> Recipe | None:
    try:
        return recipe.read(path)
    except RecipeError:
        return None  # most pictures have none, and a broken one does not spoil its picture
