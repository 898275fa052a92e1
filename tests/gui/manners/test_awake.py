"""Sleep is held off while a picture is painted, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.manners.awake import Awake
from gui.state import Phase
from tests.gui.acts import drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import FakeEngine


def test_a_render_holds_sleep_off_and_a_pause_and_the_end_let_it_come(
    qtbot: QtBot,
    make_window: MakeWindow,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "yes")  # no sleep of this machine is touched
    window = make_window(engine)
    session = window.session
    awake = Awake(session)
    drop(window, *pictures)
    qtbot.waitUntil(lambda: not session.state.reading)
    assert not awake.is_held
    session.render()
    assert awake.is_held
    session.pause()
    assert not awake.is_held
    session.pause()
    assert awake.is_held
    session.cancel()
    for _ in range(20):
        engine.gate.release()
    qtbot.waitUntil(lambda: session.state.phase is Phase.IDLE)
    assert not awake.is_held


def test_a_system_that_cannot_be_told_is_no_trouble(
    qtbot: QtBot,
    make_window: MakeWindow,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.delenv("WAKEPY_FAKE_SUCCESS", raising=False)
    window = make_window(engine)
    awake = Awake(window.session)
    drop(window, *pictures)
    qtbot.waitUntil(lambda: not window.session.state.reading)
    window.session.render()
    assert window.session.state.phase is Phase.RUNNING
    assert not awake.is_held
    window.session.cancel()
    for _ in range(20):
        engine.gate.release()
    qtbot.waitUntil(lambda: window.session.state.phase is Phase.IDLE)


def test_a_series_of_pictures_holds_sleep_off_too(
    make_window: MakeWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "yes")
    session = make_window(engine).session
    awake = Awake(session)
    session.occupy(Phase.SERIES)
    assert awake.is_held
    session.occupy(Phase.IDLE)
    assert not awake.is_held
