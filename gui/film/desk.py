"""Between session, filmstrip and gallery: what is painted is kept, what is kept can be used."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from engine import imageio
from engine.blends.portions import NAMES
from engine.errors import EngineError
from engine.recipes.recipe import PROPERTY
from gui.canvas.layer import bgrx, borrowed
from gui.film.gallery import Entry, Kind, Made
from gui.film.keeper import GalleryKeeper
from gui.film.strip import Act, Filmstrip
from gui.offers.bar import Offer
from gui.preferences.model import PreferencesModel
from gui.session import Session
from gui.state import Looking, Painted, Phase, Result, State
from gui.worker import Ending, Trouble

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.job import Picture

_MEGABYTE = 10**6
_ANY = "any.png"
"""As the gallery's files are."""


class _Use(StrEnum):
    """What a picture of the gallery is read for."""

    LOOK = "look"
    CONTINUE = "continue"
    ENLARGE = "enlarge"
    SAVE = "save"
    QUICK_SAVE = "quick save"
    COPY = "copy"


class FilmDesk(QObject):
    """Keeps what the session paints, and does what the filmstrip asks.

    Signals:
        opened: the `Picture` that is looked at, and the one to compare it with or None.
        save_asked: a `Result` to be saved under a name of the user's.
        quick_save_asked: a `Result` to be saved at once.
        enlarge_asked: a `Result` to be painted larger.
        offered: an `Offer`.
    """

    opened = Signal(object, object)
    save_asked = Signal(object)
    quick_save_asked = Signal(object)
    enlarge_asked = Signal(object)
    offered = Signal(object)

    def __init__(
        self,
        session: Session,
        keeper: GalleryKeeper,
        filmstrip: Filmstrip,
        preferences: PreferencesModel,
    ) -> None:
        super().__init__(filmstrip)
        self._session, self._keeper, self._film = session, keeper, filmstrip
        self._retired = False
        self._preferences = preferences
        self._deleted: set[str] = set()
        self._connect()
        self._show(session.state)

    def retire(self) -> None:
        """Leave what is painted from now on to another desk."""
        self._retired = True

    def bound(self) -> None:
        """Keep the gallery within what the preferences allow."""
        self._keeper.bound(self._preferences.preferences.gallery_limit_mb * _MEGABYTE)

    def copy(self) -> None:
        """Put the picture that is looked at, or the result, on the clipboard."""
        state = self._session.state
        if state.looking is not None:
            self._open(_Use.COPY, state.looking.shown)
        elif state.result is not None:
            _copy(imageio.to_uint8(state.result.pixels))
            self._session.noted.emit(self.tr("The picture is on the clipboard"))

    def continue_from_looked_at(self) -> None:
        """Put the picture that is looked at on the canvas."""
        if self._session.state.looking is not None:
            self._open(_Use.CONTINUE, self._session.state.looking.shown)

    def enlarge_looked_at(self) -> None:
        """Have the picture that is looked at painted larger."""
        if self._session.state.looking is not None:
            self._open(_Use.ENLARGE, self._session.state.looking.shown)

    def use_settings_of_looked_at(self) -> None:
        """Take over the settings of the picture that is looked at."""
        if self._session.state.looking is not None:
            self._restore_settings(self._session.state.looking.shown)

    def save_looked_at(self, *, quick: bool) -> None:
        """Have the picture that is looked at saved."""
        if self._session.state.looking is not None:
            use = _Use.QUICK_SAVE if quick else _Use.SAVE
            self._open(use, self._session.state.looking.shown)

    def _connect(self) -> None:
        film, keeper = self._film, self._keeper
        film.look_asked.connect(lambda entry: self._session.look(Looking(entry)))
        film.compare_asked.connect(lambda older, newer: self._session.look(Looking(newer, older)))
        film.settings_asked.connect(self._restore_settings)
        film.continue_asked.connect(lambda entry: self._open(_Use.CONTINUE, entry))
        film.enlarge_asked.connect(lambda entry: self._open(_Use.ENLARGE, entry))
        film.save_asked.connect(lambda entry: self._open(_Use.SAVE, entry))
        film.copy_asked.connect(lambda entry: self._open(_Use.COPY, entry))
        film.delete_asked.connect(self._delete)
        keeper.loaded.connect(film.set_entries)
        keeper.added.connect(self._added)
        keeper.removed.connect(self._removed)
        keeper.restored.connect(film.add)
        keeper.opened.connect(self._opened)
        keeper.unopened.connect(self._unopened)
        keeper.troubled.connect(self._session.troubled)
        self._session.painted.connect(self._keep)
        self._session.changed.connect(self._show)
        self._looking: Looking | None = None

    @Slot(object)
    def _show(self, state: State) -> None:
        running = state.phase is not Phase.IDLE
        why = self.tr("Wait for the end of the render, or cancel it") if running else ""
        for act in (Act.CONTINUE, Act.ENLARGE):
            self._film.block(act, why)
        if state.looking is not self._looking:
            self._looking = state.looking
            if state.looking is None:
                self._film.select("")
            else:
                beside = state.looking.beside
                self._open(_Use.LOOK, state.looking.shown, *([beside] if beside else []))

    @Slot(object)
    def _keep(self, painted: Painted) -> None:
        if self._retired:
            return
        made = Made.of(
            painted.recipe,
            painted.settings,
            kind=Kind.SNAPSHOT if painted.ending is None else Kind.RENDER,
            finished=painted.ending is Ending.FINISHED,
        )
        deep = painted.settings.replace(depth=16)
        recipe = painted.recipe.to_json()
        extras = imageio.Extras.of(Path(_ANY), painted.job.content, deep, recipe)
        then = painted.record.forget if painted.record else None
        self._keeper.add(painted.pixels, made=made, extras=extras, then=then)

    @Slot(object)
    def _added(self, entry: Entry) -> None:
        self._film.add(entry)
        self.bound()

    @Slot(object)
    def _delete(self, entry: Entry) -> None:
        self._deleted.add(entry.id)
        self._keeper.delete(entry)

    @Slot(object)
    def _removed(self, entry: Entry) -> None:
        self._film.remove(entry.id)
        looking = self._session.state.looking
        if looking and entry.id in (looking.shown.id, looking.beside.id if looking.beside else ""):
            self._session.look(None)
        if entry.id not in self._deleted:
            return  # it went for good, as the space is bounded
        self._deleted.discard(entry.id)
        self.offered.emit(
            Offer(
                self.tr("The picture was deleted from the filmstrip."),
                ((self.tr("Put it back"), lambda: self._keeper.restore(entry)),),
            )
        )

    def _restore_settings(self, entry: Entry) -> None:
        try:
            settings = entry.made.settings()
        except EngineError as error:
            self._session.troubled.emit(Trouble(error.cause, error.remedy))
            return
        self._session.use(settings, self.tr("settings of a kept picture"))
        now = self._session.state.settings
        if any(getattr(now, name) != getattr(settings, name) for name in NAMES):
            text = self.tr(
                "Its settings are in use again, but for how its {0} styles were blended: there are "
                "{1} now"
            )
            styles = len(self._session.state.styles)
            self._session.noted.emit(text.format(len(entry.made.styles), styles))
            return
        self._session.noted.emit(self.tr("Its settings are in use again"))

    def _enlarge(self, result: Result) -> None:
        if result.recipe:
            self.enlarge_asked.emit(result)
        else:
            cause = self.tr("how this picture was painted is not known")
            remedy = self.tr("choose another picture")
            self._session.troubled.emit(Trouble(cause, remedy))

    def _open(self, use: _Use, *entries: Entry) -> None:
        self._keeper.open(*entries, purpose=use)

    @Slot(str)
    def _unopened(self, purpose: str) -> None:
        if purpose == _Use.LOOK:
            self._session.look(None)

    @Slot(object, object, str)
    def _opened(
        self, entries: tuple[Entry, ...], pictures: tuple[Picture, ...], purpose: str
    ) -> None:
        picture = pictures[0]
        if purpose == _Use.LOOK:
            if self._looking is not None and entries[0] is self._looking.shown:
                self.opened.emit(picture, pictures[1] if len(pictures) > 1 else None)
        elif purpose == _Use.COPY:
            _copy(imageio.to_uint8(picture.pixels))
            self._session.noted.emit(self.tr("The picture is on the clipboard"))
        else:
            result = _result(picture, entries[0])
            if purpose == _Use.SAVE:
                self.save_asked.emit(result)
            elif purpose == _Use.QUICK_SAVE:
                self.quick_save_asked.emit(result)
            elif purpose == _Use.ENLARGE:
                self._enlarge(result)
            else:
                self._session.adopt(result, self.tr("a kept picture on the canvas"))


def _result(picture: Picture, entry: Entry) -> Result:
    try:
        recipe = imageio.read_property(entry.picture, PROPERTY) or ""
        network = entry.made.settings().network
    except EngineError:
        recipe = network = ""  # it went since its pixels were read, or is of another version
    return Result.of_file(picture, recipe, network)


def _copy(pixels: NDArray[np.uint8]) -> None:
    ordered = bgrx(pixels)
    QGuiApplication.clipboard().setImage(borrowed(ordered).copy())
