"""What can be seen and undone: the state, its changes, and the way back."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.job import Guidance
from gui.masks.guiding import followed
from gui.session.history import History
from gui.state import Looking, Moment, Phase, Result, State, translate
from gui.styles import slots


class Model(QObject):
    """Holds the state; whatever changes it goes through here.

    Signals:
        changed: the new `State`.
        noted: a line for the user.
        troubled: `Trouble`; None when something is done that makes the last one stale.
    """

    changed = Signal(object)
    noted = Signal(str)
    troubled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State()
        self._history = History()

    def start_from_result(self, yes: bool) -> None:
        """Choose whether the next run goes on from the picture on the canvas."""
        yes = yes and self.state.result is not None
        if yes != self.state.from_result:
            self._change(translate("Session", "start"), from_result=yes)

    def repaint(self, result: Result) -> None:
        """Let another version of the picture on the canvas take its place."""
        self._set(now=replace(self.state.now, result=result))

    def start_over(self) -> None:
        """Take the painted picture off the canvas and go back to the chosen start."""
        if not self.state.why_no_start_over:
            self._change_picture(translate("Session", "start over"))

    def guide(self, guidance: Guidance, what: str) -> None:
        """Change which style goes where; acts on the run at once."""
        self._change(what, guidance=guidance)

    def look(self, looking: Looking | None) -> None:
        """Look at a picture of the filmstrip, or at the canvas's own again."""
        self._set(looking=looking)

    def adopt(self, result: Result, what: str) -> None:
        """Put a picture of the filmstrip on the canvas, to go on from it."""
        if self.state.phase is Phase.IDLE:
            self._change(what, looking=None, result=result, from_result=True)

    # The way back

    def undo(self) -> None:
        """Take the last change back, the picture with it."""
        if self._history.back and not self.state.why_no_undo:
            self._go(self._history.undo(self.state.now))

    def redo(self) -> None:
        """Bring back what undo took."""
        if self._history.forth and not self.state.why_no_redo:
            self._go(self._history.redo(self.state.now))

    def _go(self, there: Moment) -> None:
        before = self.state.now
        self._set(now=there, looking=None)
        self._act_live(before, self._history.way)

    def _change(self, what: str, *, kind: str = "", **changes: Any) -> None:  # noqa: ANN401
        """Change what can be undone, and what goes with it, in one step, if anything changes."""
        before = self.state.now
        besides = {name: changes.pop(name) for name in ("looking", "phase") if name in changes}
        now = followed(before, slots.fitting(replace(before, **changes)))
        if not now.is_like(before):
            self._history.record(what, kind, before, time.monotonic())
        self._set(now=now, **besides)
        self._act_live(before)

    def _change_picture(self, what: str, **changes: Any) -> None:  # noqa: ANN401
        """Change what is painted: what was painted of another picture leaves the canvas."""
        self._change(what, **{"looking": None, "result": None, "from_result": False, **changes})

    def _act_live(self, before: Moment, way: tuple[int, int] | None = None) -> None:
        """Let what is painted take up a change; nothing is, here.

        Args:
            before: the moment that was changed.
            way: of undo and redo through the run's trail; None for a change of another kind.
        """

    def _set(self, **changes: Any) -> None:  # noqa: ANN401
        self.state = self._history.known(replace(self.state, **changes))
        self.changed.emit(self.state)
