"""The forecast beside the size."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.job import DeviceInfo
from engine.settings import Settings
from gui.look.panel import LookPanel
from gui.look.presets import PresetStore
from gui.run.forecasting import Forecasting
from gui.session import Session
from gui.worker import Worker
from tests.gui.fake_engine import FakeEngine

LARGE = DeviceInfo("cpu", "A fake CPU", 2**50, bfloat16=False)
SMALL = DeviceInfo("cuda:0", "A small card", 2**20, bfloat16=False)


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> LookPanel:
    session = Session(Worker(FakeEngine(), lambda: (LARGE, SMALL)))
    panel = LookPanel(session, PresetStore(tmp_path))
    session.setParent(panel)
    qtbot.addWidget(panel)
    Forecasting(session, panel)
    session._prepared((LARGE, SMALL))
    return panel


def said(panel: LookPanel) -> str:
    return panel.forecast_label.text()


def test_it_says_what_a_run_needs_and_follows_the_size(qtbot: QtBot, panel: LookPanel) -> None:
    panel._session.set(size=256)
    qtbot.waitUntil(lambda: said(panel).startswith("needs ≈ "))
    small = said(panel)
    assert "✓" in small
    panel._session.set(size=1024)
    qtbot.waitUntil(lambda: said(panel) != small)


def test_what_does_not_fit_is_said_and_marked(qtbot: QtBot, panel: LookPanel) -> None:
    panel._session.set(device="cuda:0")
    qtbot.waitUntil(lambda: "are free" in said(panel))
    assert panel.forecast_label.objectName() == "alarm"
    panel._session.set(device="cpu")
    qtbot.waitUntil(lambda: "✓" in said(panel))
    assert panel.forecast_label.objectName() == "quiet"


def test_settings_that_cannot_be_forecast_say_nothing(qtbot: QtBot, panel: LookPanel) -> None:
    qtbot.waitUntil(lambda: said(panel) != "")
    panel._session.use(Settings(network="/nowhere/weights.pth"))
    qtbot.waitUntil(lambda: said(panel) == "")
