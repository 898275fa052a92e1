"""The tour: drives the real window over the real engine, off screen, and takes pictures of it.

Those of the README and the docs are made by `python main.py tour FOLDER` and copied from there:
window-dark.png, window-light.png, window-masks.webp, queue.png and tour.webp go to `docs/pictures`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog

from engine import examples, files
from engine.errors import EngineError
from engine.job import Frame, Picture
from gui import app
from gui.camera import FRAME, Camera
from gui.main_window import MainWindow
from gui.preferences import Language, Scheme
from gui.queue.entry import Standing
from gui.state import Looking, Phase, State
from gui.worker import Outcome, Trouble

PATIENCE: Final = 120
"""Seconds without a sign of life after which what is waited for will not come."""

_LONG: Final = 1500
"""Milliseconds that a frame of the film is seen, at its beginning and its ends."""
_POLL: Final = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """How large and how long the renders are.

    Attributes:
        pair: names the bundled pictures of the first render.
        size: of the first render and of the one that goes on from it, long side in px.
        steps: of the first one.
        more_steps: of the one that goes on from it.
        quick_size: of the renders that fill the filmstrip.
        quick_steps: of these.
        quick: names of the bundled pairs that they paint.
    """

    pair: str = "harbour+mosaic"
    size: int = 640
    steps: int = 150
    more_steps: int = 60
    quick_size: int = 320
    quick_steps: int = 30
    quick: tuple[str, ...] = ("harbour+impasto", "harbour+woodcut", "harbour+watercolour")


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


def run(folder: Path, plan: Plan = Plan()) -> int:
    """Go through a first render, a tweak and a save; write pictures and a film of it.

    The user's own preferences, renders and networks are neither seen nor touched.

    Args:
        folder: where the pictures go; it is made where it is missing.
        plan: how large and how long the renders are.

    Returns:
        The exit code, with one line on stderr where it is not 0.
    """
    try:
        _make(folder)
        with _home_of_its_own():
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            qInstallMessageHandler(_pass_on)
            application = app.begin()
            if application is None:
                return 1
            _Tour(app.Application(application), folder, plan).go()
    except EngineError as error:
        sys.stderr.write(f"impasto: {error.cause}; {error.remedy}\n")
        return error.exit_code
    return 0


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.explained(folder, error) from error
    files.check_writable(folder / "result.png")


def _pass_on(_: object, __: object, text: str) -> None:
    """Say what Qt says, but for what it always says off screen."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")


@contextmanager
def _home_of_its_own() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ("IMPASTO_HOME", "TORCH_HOME")}
    with tempfile.TemporaryDirectory(prefix="impasto-tour-") as home:
        os.environ.update(dict.fromkeys(before, home))
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


class _Tour:
    """One pass through the window."""

    def __init__(self, application: app.Application, folder: Path, plan: Plan) -> None:
        self._app, self._folder, self._plan = application, folder, plan
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

    def go(self) -> None:
        """Go through all scenes, in the order in which a user meets them."""
        self._app.preferences.set(
            scheme=self._look.scheme,
            language=self._look.language,
            notify=False,
            quick_save_folder=Path("~/Pictures/Impasto"),
        )
        self._app.open([])
        try:
            self._scenes()
            self._camera.develop("tour")
        finally:
            self._app.session.cancel()
            self._until(lambda: self._app.session.state.phase is Phase.IDLE, "the end of the run")
            self._app.window.retire()
            self._app.end(0)

    def _scenes(self) -> None:
        self._begin()
        self._first_render()
        self._compare()
        self._tweak()
        self._losses()
        self._more_renders()
        self._filmstrip()
        self._settings()
        self._save_and_drop()
        self._queue()
        self._masks()
        self._camera.make_small("05-compare-dark-en", "window-dark")
        self._camera.make_small("08-filmstrip-light-en", "window-light")
        self._camera.make_small("14-queue-dark-en", "queue", self._top_of_tabs())
        self._camera.make_light("15-masks-dark-en", "window-masks")

    # The scenes

    def _begin(self) -> None:
        self._until(lambda: bool(self._app.session.devices), "the list of devices")
        self._shoot("01-start", ALL)
        self._window.banner.close_button.click()
        self._open_example(self._plan.pair)
        self._shoot("02-pictures", TWO)

    def _first_render(self) -> None:
        plan = self._plan
        self._app.session.set(network="sketch", seed=1, size=plan.size, steps=plan.steps)
        self._film(_LONG)
        self._filming = True
        self._render()
        self._until_step(plan.steps * 2 // 3)
        self._shoot_running("03-painting", ALL)
        self._rendered()
        self._filming = False
        self._film(_LONG)
        self._shoot("04-painted", TWO)

    def _compare(self) -> None:
        self._do("compare")
        self._window.canvas.set_divider(0.4)
        self._shoot("05-compare", ALL)
        self._do("compare")

    def _tweak(self) -> None:
        self._app.session.set(steps=self._plan.more_steps)
        slider = self._window.look.controls["strength"].slider
        assert slider is not None
        start, stop = slider.value(), slider.maximum() * 3 // 4
        for value in range(start, stop + 1, max(1, (stop - start) // 8)):
            slider.setValue(value)
            self._film()
        self._until(lambda: self._state.settings.strength > 60, "the strength")
        self._filming = True
        self._render()
        self._until_step(self._plan.more_steps // 2)
        self._shoot_running("06-tweak", TWO)
        self._rendered()
        self._filming = False
        self._film(2 * _LONG)

    def _losses(self) -> None:
        self._do("loss")
        self._shoot("07-loss", ALL, self._chart)

    def _chart(self) -> None:
        loss = self._window.loss
        self._until(lambda: loss.chart is not None and not loss.pending, "the chart")

    def _more_renders(self) -> None:
        plan, session = self._plan, self._app.session
        session.set(size=plan.quick_size, steps=plan.quick_steps, strength=50)
        for name in plan.quick:
            session.start_over()
            self._open_example(name)
            self._render()
            self._rendered()

    def _filmstrip(self) -> None:
        if self._window.tabs.currentWidget() is not self._window.film:
            self._do("filmstrip")
        self._app.session.look(Looking(self._window.film.entries[1]))
        self._shoot("08-filmstrip", ALL, self._app.tools.keeper.wait)
        self._window.look_bar.settings_button.click()
        self._open_example(self._plan.pair)
        self._app.session.look(Looking(self._window.film.entries[1]))
        self._window.look_bar.continue_button.click()
        self._until(lambda: self._state.result is not None, "the picture on the canvas")
        self._do("filmstrip")

    def _settings(self) -> None:
        self._shoot("09-advanced", TWO, self._open_advanced)
        self._window.look.advanced.set_open(False)
        self._shoot_dialog("10-preferences", "preferences")
        self._shoot_dialog("11-keys", "shortcuts")
        self._shoot_dialog("12-about", "about")

    def _open_advanced(self) -> None:
        self._window.look.advanced.set_open(False)
        self._window.look.advanced.button.click()

    def _save_and_drop(self) -> None:
        path = self._folder / "result.png"
        self._save(path)
        sys.stdout.write(f"{path}\n")
        found: list[object] = []
        self._app.session.recipe_found.connect(lambda *_: found.append(path))
        self._drop(path)
        self._until(lambda: bool(found), "the recipe of the saved picture")
        self._shoot("13-dropped", TWO)

    def _masks(self) -> None:
        """Two styles, each painted where it goes."""
        self._app.session.start_over()
        self._open_example(self._plan.pair)
        self._window.inputs.styles.add_files([examples.named(self._plan.quick[0]).style])
        self._until(lambda: len(self._state.styles) == 2, "the second style")
        self._do("masks")
        tools = self._window.masks.model
        tools.choose(size=0.18, hardness=0.6)
        self._drag((0.05, 0.72), (0.5, 0.8), (0.95, 0.7))
        self._drag((0.05, 0.92), (0.95, 0.9))
        tools.choose(region=1, size=0.24, hardness=0.3)
        self._drag((0.05, 0.1), (0.5, 0.15), (0.95, 0.1))
        self._drag((0.05, 0.28), (0.95, 0.26))
        self._shoot("15-masks", ALL, lambda: self._hover((0.62, 0.47)))
        self._do("masks")

    def _queue(self) -> None:
        """One is done, one is painted, others wait; one is so narrow that it cannot be painted."""
        plan, session, queue = self._plan, self._app.session, self._app.tools.queue
        session.set(size=plan.quick_size, steps=plan.quick_steps)
        for name in (*plan.quick, plan.pair):
            self._open_example(name)
            self._window.run_bar.queue_button.click()
        narrow = session.state.job_of(Picture(np.full((17, 400, 3), 96, np.uint8), "panorama.jpg"))
        if narrow is not None:
            queue.add(narrow, 0)
        session.set(size=plan.size, steps=plan.steps)
        self._do("queue")
        self._window.queue.panel.start_button.click()
        self._until(lambda: queue.line.count(Standing.DONE) > 0, "the first of the queue")
        self._outcome = None
        self._until(lambda: self._is_under_way(plan.quick_steps // 3), "the second of the queue")
        self._shoot_running("14-queue", ALL)
        self._until(lambda: not queue.is_started, "the end of the queue")

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
