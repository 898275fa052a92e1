"""An input panel over a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.inputs.panel import InputPanel
from gui.inputs.picture_input import RecentList
from gui.session import Session
from gui.worker import Worker
from tests.gui.fake_engine import FakeEngine, no_devices


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session whose worker is never asked for anything."""
    made = Session(Worker(FakeEngine(), no_devices))
    yield made
    qtbot.waitUntil(lambda: not made.state.reading)


@pytest.fixture
def recent() -> RecentList:
    return RecentList()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, recent: RecentList) -> InputPanel:
    made = InputPanel(session, recent)
    qtbot.addWidget(made)
    made.setFixedSize(236, 520)
    made.show()
    return made
