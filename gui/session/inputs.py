"""What goes in: pictures that are read without holding up the window, and settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from engine.errors import EngineError
from engine.job import Job, Picture
from engine.settings import KNOBS, Settings
from gui.files.reading import (
    Read,
    Reading,
    Restored,
    for_enlarging,
    from_data,
    from_file,
    from_recipe,
)
from gui.masks.guiding import plain
from gui.session.model import Model
from gui.state import Result, Role, translate
from gui.styles import slots
from gui.texts import engine_text, phrase
from gui.worker import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gui.look.outfit import Outfit

STARTS = ("content", "style", "noise")
_START, _RECIPE, _STUDY, _OUTFIT = "start", "recipe", "study", "outfit"
"""What is read besides the pictures of the roles."""


class Inputs(Model):
    """Takes in pictures, recipes and settings.

    Signals:
        recipe_found: a `Read` whose picture Impasto painted, and the role that it was meant for.
        study_found: the `Study` that was asked for.
    """

    recipe_found = Signal(object, object)
    study_found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._further = 0
        self._latest: dict[str, Reading] = {}

    def open(self, role: Role, path: Path) -> None:
        """Read a picture file without holding up the window; a bad one changes nothing.

        Where Impasto painted it, its recipe is offered first.
        """
        self._begin_reading(role, lambda: from_file(path))

    def open_data(self, role: Role, data: bytes, name: str) -> None:
        """As `open`, from a file's bytes, such as the clipboard's."""
        self._begin_reading(role, lambda: from_data(data, name))

    def open_start(self, path: Path) -> None:
        """Read the picture that runs are to start from."""
        self._begin_reading(_START, lambda: replace(from_file(path), recipe=None))

    def restore_recipe(self, read: Read) -> None:
        """Bring back how a picture was made: settings and, where they are found, pictures."""
        self._begin_reading(_RECIPE, lambda: from_recipe(read))

    def study(self, result: Result, folders: Iterable[Path] = ()) -> None:
        """Find what it takes to paint a picture larger, in some folders; see `study_found`."""
        state, beside = self.state, tuple(folders)
        self._begin_reading(_STUDY, lambda: for_enlarging(result, state, beside))

    def take(self, role: Role, read: Read) -> None:
        """Take up a picture that was read."""
        picture = read.picture
        assert picture is not None
        if role is Role.CONTENT:
            self._change_picture(translate("Session", "content picture"), content=picture)
            self._say_notes(picture)
        else:
            what = translate("Session", "style picture")
            self.exchange_styles(self.state.styles[:1], (picture,), what)

    def read_styles(self, read: Callable[[], Read]) -> None:
        """Read further styles, or such as take the place of others; see `styles_from`."""
        self._further += 1
        self._begin_reading(f"style {self._further}", read)

    def exchange_styles(self, old: Sequence[Picture], new: Sequence[Picture], what: str) -> None:
        """Let styles take the place of others, or go; see `slots.exchanged`."""
        self._change(what, **slots.exchanged(self.state.now, old, new))
        for picture in new:
            self._say_notes(picture)

    def remove(self, role: Role) -> None:
        """Take a picture away."""
        self._latest.pop(role, None)
        self._set(reading=self._roles_in_reading())
        if self.state.picture(role) is None:
            return
        if role is Role.CONTENT:
            what = translate("Session", "removal of the content picture")
            self._change_picture(what, content=None)
        else:
            what = translate("Session", "removal of the style picture")
            self.exchange_styles(self.state.styles[:1], (), what)

    def swap(self) -> None:
        """Let content and style change places."""
        now = self.state.now
        if not self.state.reading and now.content is not now.style:
            what = translate("Session", "swap of content and style")
            self._change_picture(what, **slots.swapped(now))

    # Settings

    def set(self, **changes: object) -> None:
        """Change settings; live ones act on the run at once."""
        try:
            settings = self.state.settings.replace(**changes)
        except EngineError as error:
            self.troubled.emit(Trouble(error.cause, error.remedy))
            self.changed.emit(self.state)  # the views go back to what holds
            return
        self.use(settings)

    def use(self, settings: Settings, what: str = "") -> None:
        """Take over settings as a whole.

        Args:
            settings: for the next run; live ones act at once.
            what: the change in words, where it is not that of single settings; then a picture
                file to start from is read too.
        """
        old = self.state.settings
        init = settings.init
        if what and init not in (None, *STARTS, old.init):
            self.open_start(Path(init or ""))  # it comes with its picture, or not at all
            settings = settings.replace(init=old.init)
        names = [name for name in KNOBS if getattr(settings, name) != getattr(old, name)]
        if names:
            labels = (engine_text(KNOBS[name].label) for name in names[:3])
            label = what or translate("Session", ", ").join(labels)
            self._change(label, kind="" if what else " ".join(names), settings=settings)

    def wear(self, outfit: Outfit) -> None:
        """Put on a preset in one step; one whose style is still being read is given up."""
        if self._latest.pop(_OUTFIT, None):
            self._set(reading=self._roles_in_reading())
        self._change(outfit.what, **outfit.changes(self.state.now))

    def read_outfit(self, read: Callable[[], Read]) -> None:
        """Put on a preset once its style is read; only the last one that was asked for."""
        self._begin_reading(_OUTFIT, read)

    def bring_back(self, job: Job, what: str) -> None:
        """Put a job's pictures and settings into the panels, in one step of that name."""
        named = job.settings.init not in (None, *STARTS)
        result = None if named or job.start is None else Result.of_file(job.start, "")
        start = job.start if named else None
        pictures = (job.content, *job.styles)
        restored = Restored(job.settings, pictures, start, guidance=plain(job.guidance))
        self._restore(restored, what, result=result, from_result=result is not None)

    def _restore(self, restored: Restored, what: str, **changes: Any) -> None:  # noqa: ANN401
        self._change_picture(what, **restored.changes, **changes)
        for note in restored.notes:
            self.noted.emit(phrase(note))

    # Reading

    def _begin_reading(self, what: str, read: Callable[[], Read]) -> None:
        began = self._latest[what] = Reading(read)
        began.done.connect(self._picture_read)
        self._set(reading=self._roles_in_reading())
        began.begin()

    def _roles_in_reading(self) -> frozenset[str]:
        roles = frozenset(self._latest) - {_START}
        return frozenset(Role) if {_RECIPE, _STUDY} & self._latest.keys() else roles

    @Slot(object, object)
    def _picture_read(self, reading: Reading, read: Read) -> None:
        what = next((key for key, latest in self._latest.items() if latest is reading), None)
        if what is None:
            return  # another picture was chosen meanwhile
        del self._latest[what]
        if read.restored is not None:
            self._restore(read.restored, translate("Session", "restored recipe"))
        elif what == _START and read.picture is not None:
            settings = self.state.settings.replace(init=str(read.path))
            start = translate("Session", "start")
            self._change(start, start=read.picture, settings=settings, from_result=False)
        elif read.outfit is not None:
            self.wear(read.outfit)
        elif read.recipe is not None:
            self.recipe_found.emit(read, what)
        elif read.picture is not None:
            self.take(Role(what), read)
        elif read.styles:
            new = translate("Session", "style pictures")
            self.exchange_styles(read.instead, read.styles, new)
        self._set(reading=self._roles_in_reading())
        self.troubled.emit(read.trouble)
        if read.study is not None:
            self.study_found.emit(read.study)

    def _say_notes(self, picture: Picture) -> None:
        for note in picture.notes:
            said = translate("Session", "{0}: {1}")
            self.noted.emit(said.format(picture.name, engine_text(note)))
