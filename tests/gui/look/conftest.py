"""A look panel over a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.look.panel import LookPanel
from gui.look.presets import PresetStore
from gui.session import Session
from gui.worker import Worker
from tests.gui.fake_engine import FakeEngine, no_devices


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> LookPanel:
    """A panel on the screen, over a session without a thread, that was opened and closed."""
    session = Session(Worker(FakeEngine(), no_devices))
    panel = LookPanel(session, PresetStore(tmp_path / "presets"))
    session.setParent(panel)
    qtbot.addWidget(panel)
    panel.resize(312, 640)
    panel.show()
    panel.advanced.button.click()
    panel.advanced.button.click()
    return panel
