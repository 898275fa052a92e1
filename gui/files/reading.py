"""Reads pictures in Qt's thread pool, so that the window never waits for a disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from engine import defaults, imageio, networks
from engine.errors import EngineError, RecipeError, RecipeNetworkError
from engine.job import DeviceInfo, Guidance, Picture
from engine.knobs import Group, Knob
from engine.recipes import recipe, replay
from engine.recipes.recipe import Ingredient, Recipe
from engine.settings import KNOBS, Settings
from gui.masks.guiding import UNGUIDED, plain
from gui.state import Result, State, Study, translate
from gui.worker import Trouble

if TYPE_CHECKING:
    from gui.look.outfit import Outfit

_under_way: set[Reading] = set()
"""Held until each has come back to its thread: one that nobody waits for any longer would else be
destroyed in the pool, while the window's thread is being told of its end."""

_ANY: Final = DeviceInfo("cpu", "", 0, bfloat16=False)
"""No part of the look is decided by the device."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a file.

    Attributes:
        picture: None where it could not be read.
        recipe: how it was painted, where Impasto painted it.
        path: of the file; None for pasted data.
        trouble: why there is no picture.
        restored: what a recipe was followed to.
        study: what it takes to paint a picture larger.
        styles: that were read together; `instead` says what they take the place of.
        instead: the styles that go.
        outfit: a preset with the style that it brings.
    """

    picture: Picture | None = None
    recipe: Recipe | None = None
    path: Path | None = None
    trouble: Trouble | None = None
    restored: Restored | None = None
    study: Study | None = None
    styles: tuple[Picture, ...] = ()
    instead: tuple[Picture, ...] = ()
    outfit: Outfit | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a recipe was followed to on this machine.

    Attributes:
        settings: of the recipe.
        pictures: content, then styles; none where they were not found.
        start: the picture that the run started from, if any.
        notes: what differs from the recipe.
        guidance: which style goes where; of no use without the pictures.
    """

    settings: Settings
    pictures: tuple[Picture, ...] = ()
    start: Picture | None = None
    notes: tuple[str, ...] = ()
    guidance: Guidance = UNGUIDED

    @property
    def changes(self) -> dict[str, object]:
        """What becomes another in the moment; pictures that were not found stay as they are."""
        pictures = (
            {
                "content": self.pictures[0],
                "styles": self.pictures[1:],
                "guidance": self.guidance,
            }
            if self.pictures
            else {}
        )
        return {"settings": self.settings, "start": self.start, **pictures}


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
        _under_way.add(self)
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
        _under_way.discard(self)
        self.done.emit(self, read)
        self.deleteLater()  # here, whoever lets go of it last


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


def styles_from(
    readers: Sequence[Callable[[], Picture]], instead: tuple[Picture, ...] = ()
) -> Read:
    """Read several styles; those that cannot be read are left out, and told.

    Args:
        readers: each reads one, or raises EngineError.
        instead: the styles that these take the place of.
    """
    pictures: list[Picture] = []
    errors: list[EngineError] = []
    for read in readers:
        try:
            pictures.append(read())
        except EngineError as error:
            errors.append(error)
    causes = "; ".join(dict.fromkeys(error.cause for error in errors))
    trouble = Trouble(causes, errors[0].remedy) if errors else None
    return Read(styles=tuple(pictures), instead=instead, trouble=trouble)


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
    guidance = plain(recipe.masks)
    restored = Restored(found.settings, pictures, start, found.notes, guidance)
    return replace(read, restored=restored)


def for_enlarging(result: Result, state: State, beside: tuple[Path, ...]) -> Read:
    """Find what it takes to paint a picture larger: the command line's `--enlarge-from`.

    Args:
        result: the picture.
        state: whose pictures may be those that it was painted of, and whose settings say where it
            is computed and how it is saved.
        beside: folders to look through.

    Raises:
        EngineError: something is not found, or cannot be read.
    """
    made = Recipe.from_json(result.recipe, result.kept.name if result.kept else "")
    wanted = (made.content, *made.styles)
    own = (result.content, *result.styles, state.content, *state.styles)
    known = {item: each for item in wanted for each in own if each and _is(each, item)}
    here = [knob.name for knob in KNOBS.values() if _is_here(knob)]
    given = {name: getattr(state.settings, name) for name in here}
    if made.start is not None:
        given["init"] = None  # what it was painted from itself is not needed
    folders = (*beside, Path(result.network).parent)
    try:
        found = replay.original(made, Path(), known, given, folders)
    except RecipeNetworkError as error:
        remedy = translate("Session", "put its file beside one of the pictures, or download it")
        raise RecipeError(error.cause, remedy) from error
    except RecipeError as error:
        remedy = translate("Session", "open the pictures that it was painted of, then enlarge it")
        raise RecipeError(error.cause, remedy) from error
    pictures = known | {item: imageio.read(path) for item, path in found.pictures.items()}
    content, *styles = (pictures[item] for item in wanted)
    settings = _reopened(found.settings)
    guidance = plain(made.masks)
    return Read(study=Study(result, settings, content, tuple(styles), found.notes, guidance))


def _is(picture: Picture, item: Ingredient) -> bool:
    """By its bytes; what never was a file, by its name."""
    same = picture.sha256 == item.sha256
    return same if item.sha256 else same and picture.name == item.name


def _reopened(settings: Settings) -> Settings:
    """Leave open again what comes to the same when it is: the panel shows what is special."""
    chosen = networks.chosen("auto")
    if settings.network == chosen.name:
        settings = settings.replace(network="auto")
    names = [name for name, knob in KNOBS.items() if knob.optional and knob.look]
    opened = settings.replace(**dict.fromkeys(names))
    layers = networks.chosen(settings.network).layers
    decided = defaults.resolved(opened, _ANY, threads=1, seed=0, layers=layers)
    same = [name for name in names if getattr(decided, name) == getattr(settings, name)]
    return settings.replace(**dict.fromkeys(same))


def _is_here(knob: Knob) -> bool:
    """Whether a setting belongs to the run or the file rather than to the look."""
    return knob.group in (Group.COMPUTATION, Group.SAVING) and knob.name != "dpi"


def _recipe_in(path: Path) -> Recipe | None:
    try:
        return recipe.read(path)
    except RecipeError:
        return None  # most pictures have none, and a broken one does not spoil its picture
