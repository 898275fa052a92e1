"""A processor core is left to other programs: by whatever is begun, and only where it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from engine.costs.workload import Workload
from engine.figures.order import FigureOrder
from engine.job import DeviceInfo
from engine.recipes.recipe import Recipe
from engine.settings import Settings
from engine.variations.order import VariationsOrder
from gui.main_window import MainWindow
from tests.gui.acts import drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import FakeEngine
from tests.gui.test_window import settle

CORES = 6


def six_cores() -> tuple[DeviceInfo, ...]:
    """A GPU, and a processor of which torch takes six cores."""
    gpu = DeviceInfo("cuda:0", "A fake GPU", 2**33, bfloat16=True)
    return gpu, DeviceInfo("cpu", "A fake CPU", 2**33, bfloat16=False, threads=CORES)


@pytest.fixture
def window(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    engine.network, engine.free = "sketch", True
    window = make_window(engine, six_cores)
    with qtbot.waitSignal(window.session.devices_found):
        window.session._worker.prepare()
    drop(window, *pictures)
    settle(qtbot, window)
    return window


def render(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.session.run_ended):
        window.session.render()


def prefer(window: MainWindow, yes: bool = True) -> None:
    window.tools.preferences.set(leave_core=yes)


def test_a_render_takes_one_thread_less_and_its_recipe_says_how_many(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    render(qtbot, window)
    assert engine.jobs[-1].settings.threads is None
    prefer(window)
    render(qtbot, window)
    assert engine.jobs[-1].settings.threads == CORES - 1
    result = window.session.state.result
    assert result is not None
    assert Recipe.from_json(result.recipe, "").settings.threads == CORES - 1
    prefer(window, False)
    render(qtbot, window)
    assert engine.jobs[-1].settings.threads is None


def test_the_users_own_settings_stay_as_they_are(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    prefer(window)
    before = window.session.state.settings
    with qtbot.waitSignal(window.session.painted) as painted:
        window.session.render()
    assert painted.args[0].settings == before
    assert window.session.state.settings == before
    window.session.set(threads=CORES)
    render(qtbot, window)
    assert engine.jobs[-1].settings.threads == CORES


def test_variations_the_queue_and_figures_leave_it_too(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    prefer(window)
    session = window.session
    job = session.state.job
    assert job is not None
    with qtbot.waitSignal(session.series.ended):
        session.series.start(VariationsOrder((job, job)))
    assert [each.settings.threads for each in engine.cells] == [CORES - 1] * 2
    window.queue.add()
    with qtbot.waitSignal(session.run_ended):
        window.queue.panel.toggle()
    assert engine.jobs[-1].settings.threads == CORES - 1
    window.figures.open()
    dialog = window.figures.dialog
    assert dialog is not None
    asked = dialog.studio.order
    assert asked is not None
    order = session.courtesy.order(asked)
    assert isinstance(order, FigureOrder)
    assert order.given.threads == CORES - 1
    assert order.given.model_fields_set - asked.given.model_fields_set == {"threads"}
    dialog.close()


def test_one_core_is_used_where_there_is_but_one(window: MainWindow) -> None:
    window.session.devices = (DeviceInfo("cpu", "Small", 2**33, bfloat16=False, threads=1),)
    prefer(window)
    assert window.session.courtesy.settings(Settings()).threads == 1


def test_it_is_said_where_the_threads_are_shown(window: MainWindow) -> None:
    window.look.advanced.set_open(True)
    control = window.look.controls["threads"]
    field = cast(QLineEdit, control.field)
    assert field.placeholderText() == f"auto ({CORES})"
    assert control.aside.isHidden()
    prefer(window)
    assert field.placeholderText() == f"auto ({CORES - 1})"
    assert control.aside.text() == "a core left free"
    assert "preferences" in field.accessibleDescription()
    window.session.set(threads=2)
    assert control.aside.isHidden()


def test_the_forecast_is_of_what_will_be_computed(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefer(window)
    wanted: list[Workload] = []
    monkeypatch.setattr(window.session.speed, "want", wanted.append)
    window.session.set(size=200)
    qtbot.waitUntil(lambda: bool(wanted))
    assert [work.settings.threads for work in wanted] == [CORES - 1]
