"""Through the moments of a run, and from one of them on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

from gui.canvas.easel import Easel
from gui.losses.plot import LossPlot
from gui.session import Session
from gui.state import Phase, Result, State
from gui.steering.moment_bar import MomentBar

if TYPE_CHECKING:
    from engine.job import Frame
    from engine.timelapse import Shot


class Scrubbing(QObject):
    """Shows on the easel the moment that the bar or the loss plot points at.

    Attributes:
        shown: the moment that is on the canvas; None for now.
    """

    def __init__(self, session: Session, bar: MomentBar, easel: Easel, loss: LossPlot) -> None:
        super().__init__(bar)
        self._session, self._bar, self._easel = session, bar, easel
        self._state = session.state
        self.shown: Shot | None = None
        self._branch: Result | None = None
        bar.moved.connect(self._go)
        bar.branch_asked.connect(self.branch)
        loss.pointed_at.connect(self._point)
        loss.chosen.connect(bar.go)
        session.frame_shown.connect(self._grow)
        session.changed.connect(self._follow)
        session.run_ended.connect(self._begin_branch)
        self._show_range()
        self._follow(session.state)

    def branch(self) -> None:
        """Begin a run from the moment that is shown; one that goes on ends, its picture kept."""
        why, shown = self._why_no_branch(), self.shown
        picture = self._session.reel.recorder.picture(shown) if shown else None
        if why or picture is None:
            self._session.noted.emit(why or self.tr("This moment is no longer kept"))
            return
        whole = self._session.reel.recorder.whole(shown) if shown else None
        samples, most = (np.asarray(picture), 255) if whole is None else (whole, 65535)
        pixels = np.divide(samples, most, dtype=np.float32)
        self._branch = Result(pixels, self._session.reel.content)
        if self._session.state.phase is Phase.IDLE:
            self._begin_branch()
        else:
            self._session.cancel()

    @Slot()
    def _begin_branch(self) -> None:
        branch, self._branch = self._branch, None
        if branch is not None:
            self._session.adopt(branch, self.tr("branch"))
            self._session.render()

    @Slot(object)
    def _go(self, step: int | None) -> None:
        if step is not None and self._state.looking is not None:
            self._session.look(None)
        self._show(None if step is None else self._nearest(step))

    @Slot(object)
    def _point(self, step: int | None) -> None:
        """Show what the loss plot points at, for as long as it does."""
        if self._state.looking is None:
            self._go(self._bar.step if step is None else step)

    def _nearest(self, step: int) -> Shot | None:
        shots = self._session.reel.recorder.shots
        return min(shots, key=lambda shot: abs(shot.step - step), default=None)

    def _show(self, shot: Shot | None) -> None:
        if shot is None and self.shown is None:
            self._describe()
            return
        if shot != self.shown:
            picture = self._session.reel.recorder.picture(shot) if shot else None
            self.shown = shot if picture else None
            self._easel.show_moment(None if picture is None else np.asarray(picture))
        self._describe()

    @Slot(object)
    def _grow(self, frame: Frame) -> None:
        self._show_range(frame.step)
        self._describe()

    def _show_range(self, newest: int | None = None) -> None:
        shots = self._session.reel.recorder.shots
        run = self._session.run
        if newest is None and run is not None and run.frame is not None:
            newest = run.frame.step
        self._bar.setVisible(bool(shots))
        if shots:
            self._bar.show_range(shots[0].step, max(shots[-1].step, newest or 0))

    @Slot(object)
    def _follow(self, state: State) -> None:
        """Go back to now where something else comes onto the canvas."""
        before, self._state = self._state, state
        another = any(
            getattr(before, name) is not getattr(state, name)
            for name in ("content", "result", "looking")
        )
        begins = before.phase is Phase.IDLE and state.phase is not Phase.IDLE
        if another or begins:
            self._bar.go(None)
            self._show(None)
            self._show_range()
        self._describe()

    def _describe(self) -> None:
        shown, bar = self.shown, self._bar
        bar.branch_button.setVisible(shown is not None)
        bar.say(bar.words(shown.step, shown.side) if shown else self.tr("Now"))
        whole = shown is not None and self._session.reel.recorder.has_whole(shown)
        bar.explain_branch(self._why_no_branch(), whole=whole)

    def _why_no_branch(self) -> str:
        state = self._session.state
        if self.shown is None:
            return self.tr("Go back to a moment of the run first")
        if state.content is not self._session.reel.content:
            return self.tr("The run was of another content picture")
        if state.style is None:
            return self.tr("Choose a style picture first")
        if state.phase is Phase.CANCELLING:
            return self.tr("The render is being cancelled")
        return state.why_no_render if state.phase is Phase.IDLE else ""
