"""The tour's hands and eyes: what a user does with the window, and waiting for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog

from engine import examples
from engine.errors import EngineError
from engine.job import Frame
from gui import app
from gui.main_window import MainWindow
from gui.preferences.store import Language, Scheme
from gui.state import State
from gui.tour.camera import FRAME, Camera
from gui.worker import Outcome, Trouble

PATIENCE: Final = 120
"""Seconds without a sign of life after which what is waited for will not come."""

_POLL: Final = 10


@dataclass(frozen=True, slots=True)
class Look:
    """What the window wears and speaks in a picture."""

    scheme: Scheme
    language: Language

    def __str__(self) -> str:
        """As in a file's name: `dark-en`."""
        return f"{self.scheme}-{self.language.partition('_')[0]}"


DARK: Final = Look(Scheme.DARK, Language.ENGLISH)
LIGHT: Final = Look(Scheme.LIGHT, Language.ENGLISH)
CHINESE: Final = Look(Scheme.LIGHT, Language.CHINESE)
ALL: Final = (DARK, LIGHT, CHINESE, Look(Scheme.DARK, Language.CHINESE))
TWO: Final = (DARK, CHINESE)


class TourError(EngineError):
    """The window did not do what was waited for."""


class Driver:
    """Does with the window what a user does, and waits for what comes of it.

    Args:
        application: whose window it is.
        folder: where the pictures go.
    """

    def __init__(self, application: app.Application, folder: Path) -> None:
        self._app, self._folder = application, folder
        self._camera = Camera(folder, lambda path: sys.stdout.write(f"{path}\n"))
        self._frame: Frame | None = None
        self._outcome: Outcome | None = None
        self._renders = 0
        self._limit = QTimer(singleShot=True, interval=PATIENCE * 1000)
        self._look = DARK
        self._filming = False
        session = application.session
        session.paced.connect(lambda frame, _: self._see(frame))
        session.run_ended.connect(self._end)

    def _top_of_tabs(self) -> int:
        return self._window.tabs.mapTo(self._window, QPoint()).y()

    def _is_under_way(self, step: int) -> bool:
        run = self._app.session.run
        return run is not None and run.frame is not None and run.frame.step > step

    # What a user does

    def _drag(self, *parts: tuple[float, float]) -> None:
        """Draw with the left button over parts of the picture, 0 … 1 of its width and height."""
        first, *others = parts
        self._mouse(QEvent.Type.MouseButtonPress, first)
        for part in others:
            self._mouse(QEvent.Type.MouseMove, part)
        self._mouse(QEvent.Type.MouseButtonRelease, parts[-1])

    def _hover(self, part: tuple[float, float]) -> None:
        self._mouse(QEvent.Type.MouseMove, part, Qt.MouseButton.NoButton)

    def _mouse(
        self,
        kind: QEvent.Type,
        part: tuple[float, float],
        held: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        canvas = self._window.canvas
        rect = canvas.picture_rect()
        at = QPointF(rect.left() + part[0] * rect.width(), rect.top() + part[1] * rect.height())
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else held
        no_key = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, canvas.mapToGlobal(at), button, held, no_key)
        QApplication.sendEvent(canvas, event)

    @property
    def _window(self) -> MainWindow:
        return self._app.window

    @property
    def _state(self) -> State:
        return self._app.session.state

    @property
    def _step(self) -> int:
        return self._frame.step if self._frame else 0

    def _open_example(self, name: str) -> None:
        self._window.inputs.open_example(examples.named(name))
        self._until(lambda: not self._state.reading, "the example")

    def _render(self) -> None:
        self._frame = self._outcome = None
        self._window.run_bar.render_button.click()

    def _do(self, action: str) -> None:
        self._window.actions_.by_name[action].trigger()
        self._settle()

    def _save(self, path: Path) -> None:
        session, troubles = self._app.session, list[Trouble]()
        session.writer.failed.connect(lambda _, trouble: troubles.append(trouble))
        session.save(path)
        self._until(lambda: not session.writer.is_busy, f"“{path}”")
        for trouble in troubles:
            raise TourError(trouble.cause, trouble.remedy)

    def _shoot(
        self, name: str, looks: tuple[Look, ...], ready: Callable[[], object] | None = None
    ) -> None:
        """Take a still in several looks, and go back to the first."""
        for look in looks:
            self._wear(look)
            if ready is not None:
                ready()
            self._settle()
            self._camera.shoot(f"{name}-{look}", self._window)
        self._wear(DARK)

    def _shoot_running(self, name: str, looks: tuple[Look, ...]) -> None:
        """Take stills of a render that goes on; it rests while the window changes."""
        for look in looks:
            self._window.run_bar.pause_button.click()
            self._wear(look)
            self._window.run_bar.pause_button.click()
            self._next_frame()
            self._camera.shoot(f"{name}-{look}", self._window)
        self._wear(DARK)

    def _shoot_dialog(self, name: str, action: str) -> None:
        for look in TWO:
            self._wear(look)
            self._do(action)
            dialog = self._window.findChildren(QDialog)[-1]
            self._camera.shoot(f"{name}-{look}", self._window, dialog)
            dialog.close()
        self._wear(DARK)

    def _wear(self, look: Look) -> None:
        """Change colours and language as the preferences do; the window is built anew."""
        self._look = look
        self._app.preferences.set(scheme=look.scheme, language=look.language)
        self._settle()

    def _film(self, length: int = FRAME) -> None:
        self._settle()
        self._camera.film(self._window, length)

    def _drop(self, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path.absolute()))])
        copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        no_key = Qt.KeyboardModifier.NoModifier
        self._window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, button, no_key))

    # Waiting

    def _see(self, frame: Frame) -> None:
        self._frame = frame
        if self._limit.isActive():
            self._limit.start()
        if self._filming and self._look is DARK and frame.step % _every(frame.steps) == 0:
            self._camera.film(self._window)

    def _end(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def _until_step(self, step: int) -> None:
        self._until(lambda: self._step >= step or self._outcome is not None, f"step {step}")

    def _next_frame(self) -> None:
        frame = self._frame
        self._until(lambda: self._frame is not frame or self._outcome is not None, "a frame")

    def _rendered(self) -> None:
        """Wait for the end of the run, and for its picture to be in the filmstrip."""
        self._until(lambda: self._outcome is not None, "the end of the render")
        trouble = self._outcome.trouble if self._outcome else None
        if trouble is not None:
            raise TourError(trouble.cause, trouble.remedy)
        self._renders += 1
        self._until(lambda: self._window.film.count == self._renders, "the filmstrip")

    def _settle(self) -> None:
        """Let the window do what it has put off: build itself anew, lay out, put icons on."""
        for _ in range(3):
            loop = QEventLoop()
            QTimer.singleShot(0, loop.quit)
            loop.exec()

    def _until(self, done: Callable[[], bool], what: str) -> None:
        """Keep the window going until something has happened.

        Raises:
            TourError: it does not happen.
        """
        loop, look = QEventLoop(), QTimer(interval=_POLL)
        look.timeout.connect(lambda: loop.quit() if done() else None)
        self._limit.timeout.connect(loop.quit)
        look.start()
        self._limit.start()
        loop.exec()
        self._limit.stop()
        if not done():
            raise TourError(f"{what} did not come in {PATIENCE} s", "try again on an idle machine")


def _every(steps: int) -> int:
    """How many steps lie between two frames of the film."""
    return max(1, steps // 50)
