"""Puts the photograph's colours back into the picture on the canvas, as soon as that is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, SignalInstance, Slot

from engine.colours.blending import blended, unblended
from engine.recipes.recipe import Recipe
from gui.state import Phase

if TYPE_CHECKING:
    from gui.session import Session
    from gui.state import Result, State


class Blending(QObject):
    """Follows `colour_blend` while nothing is painted, without holding up the window."""

    _done = Signal(object, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._before = session, session.state
        session.changed.connect(self._follow)
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _follow(self, state: State) -> None:
        before, self._before = self._before, state
        result, blend = state.result, state.settings.colour_blend
        if result is None or result is not before.result or state.phase is not Phase.IDLE:
            return
        only_that = before.settings.replace(colour_blend=blend) == state.settings
        if only_that and before.settings != state.settings and result.content and result.recipe:
            QThreadPool.globalInstance().start(_Task(self._done, result, blend))

    @Slot(object, object)
    def _take(self, base: Result, new: Result) -> None:
        """Show it, unless the canvas or the wish is another one by now."""
        state = self._session.state
        wanted = Recipe.from_json(new.recipe, "").settings.colour_blend
        if state.result is base and state.settings.colour_blend == wanted:
            self._session.repaint(new)


class _Task(QRunnable):
    """One picture, with another share of the photograph's colours."""

    def __init__(self, done: SignalInstance, base: Result, blend: float) -> None:
        super().__init__()
        self._done, self._base, self._blend = done, base, blend

    def run(self) -> None:
        """Blend it, in the thread pool."""
        self._done.emit(self._base, reblended(self._base, self._blend))


def reblended(result: Result, blend: float) -> Result:
    """A painted picture with another share of the photograph's colours, and its recipe so."""
    recipe, content = Recipe.from_json(result.recipe, ""), result.content
    assert content is not None
    bare = result.bare
    if bare is None:
        bare = unblended(result.pixels, content, recipe.settings.colour_blend)
    settings = recipe.settings.replace(colour_blend=blend)
    text = recipe.model_copy(update={"settings": settings}).to_json()
    return replace(result, pixels=blended(bare, content, blend), recipe=text, bare=bare)
