"""The tour's scenes, in the order in which a user meets them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine import examples
from engine.job import Picture
from gui import app
from gui.queue.entry import Standing
from gui.state import Looking, Phase
from gui.tour.driver import ALL, TWO, Driver

_LONG: Final = 1500
"""Milliseconds that a frame of the film is seen, at its beginning and its ends."""


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


class Tour(Driver):
    """One pass through the window."""

    def __init__(self, application: app.Application, folder: Path, plan: Plan) -> None:
        super().__init__(application, folder)
        self._plan = plan

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
