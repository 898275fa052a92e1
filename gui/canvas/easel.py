"""Puts on the canvas what the session says: photograph, frames, result, or a kept picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from engine import imageio
from engine.job import Frame, Picture
from gui.canvas.canvas import Canvas
from gui.colours.blending import Blending
from gui.session import Session
from gui.state import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Easel(QObject):
    """Between session and canvas."""

    def __init__(self, session: Session, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._state = session.state
        self._still: tuple[object, object] | None = None
        self._is_back = False
        Blending(session, self)
        session.changed.connect(self._show)
        session.frame_shown.connect(self._show_frame)
        if session.state.looking is None:
            self._show_still(session.state)  # also under a run that has not painted yet
        self._show_run()

    @Slot(object)
    def _show(self, state: State) -> None:
        before, self._state = self._state, state
        if state.looking is not None:
            self._still = None  # the picture that is looked at comes when it is read
        elif before.looking is not None:
            self._come_back(state, compared=before.looking.beside is not None)
        elif self._session.run is None:
            self._show_still(state)

    def _come_back(self, state: State, *, compared: bool) -> None:
        if compared:
            self._canvas.compare(False)
        self._show_still(state)
        self._show_run()

    def _show_still(self, state: State) -> None:
        """Show the result, else the content; each compared with the content."""
        content, result = state.content, state.result
        still = (content, result)
        if self._still is not None and all(a is b for a, b in zip(still, self._still, strict=True)):
            return
        self._still = still
        if result is not None:
            self._canvas.show_pixels(imageio.to_uint8(result.pixels))
            before = result.content or content
        else:
            before = None
            pixels = content.pixels if content else None
            alpha = content.alpha if content else None
            self._canvas.show_pixels(pixels, rendered=False, alpha=alpha)
        self._canvas.set_before(before.pixels if before else None)

    def show_moment(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show an earlier moment of the run in place of the present one; None ends that."""
        self._is_back = pixels is not None
        if pixels is not None:
            result, run = self._state.result, self._session.run
            last = run.decided.scales[-1] if run and run.decided else None
            full = (last.width, last.height) if last else result.size if result else None
            self._canvas.show_pixels(pixels, full_size=full)
        elif self._state.looking is None:
            self._still = None
            self._show_still(self._state)
            self._show_run()

    def _show_run(self) -> None:
        run = self._session.run
        if run is not None and run.frame is not None:
            self._show_frame(run.frame)

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        run = self._session.run
        if run is None or self._is_back or self._state.looking is not None:
            return
        last = run.decided.scales[-1] if run.decided else None
        full = (last.width, last.height) if last else None
        self._canvas.show_pixels(frame.pixels, full_size=full)
        self._canvas.set_before(run.content.pixels)
        self._still = None

    @Slot(object, object)
    def show_kept(self, picture: Picture, beside: Picture | None) -> None:
        """Show a picture of the filmstrip, compared with another one or with the content."""
        if self._state.looking is None:
            return
        before = beside or self._state.content
        self._canvas.show_pixels(picture.pixels, alpha=picture.alpha)
        self._canvas.set_before(before.pixels if before else None)
        self._canvas.compare(beside is not None)
