"""A series in a render's stead: newest pieces, one ending, and nothing else meanwhile."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from threading import Semaphore
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.errors import NetworkError
from engine.job import Note, Progress
from engine.series.messages import Piece, SeriesMessage
from engine.settings import Settings
from gui.session import Session
from gui.state import Phase
from gui.worker import Ending, Outcome, Trouble, Worker
from gui.worker_thread import WorkerThread
from tests.gui.fake_engine import FakeEngine, no_devices, no_probe


@dataclass(frozen=True)
class Ordered:
    """As much of an order as the window knows."""

    given: Settings = field(default_factory=Settings)


ORDER: Any = Ordered()


@dataclass
class FakeSeries:
    """Three pieces, each after a release of the gate."""

    gate: Semaphore = field(default_factory=lambda: Semaphore(0))
    failure: Exception | None = None
    closed: int = 0

    def __call__(self, order: object) -> Generator[SeriesMessage, None, None]:
        assert order == ORDER
        try:
            yield Note("a line")
            for index in range(3):
                while not self.gate.acquire(timeout=0.01):
                    yield Progress("painting")
                if self.failure is not None:
                    raise self.failure
                for shade in range(5):
                    pixels = np.full((4, 4, 3), shade, np.uint8)
                    yield Piece(index, (index + 1) / 3, pixels, is_done=shade == 4)
        finally:
            self.closed += 1


@pytest.fixture
def series() -> FakeSeries:
    return FakeSeries()


@pytest.fixture
def session(qapp: object, series: FakeSeries, engine: FakeEngine) -> Iterator[Session]:
    thread = WorkerThread(Worker(engine, no_devices, no_probe, series))
    session = Session(thread.worker)
    yield session
    thread.stop()
    assert session.writer.wait(5000)


def test_every_piece_comes_at_last_as_it_stays(
    qtbot: QtBot, session: Session, series: FakeSeries
) -> None:
    came: dict[int, Piece] = {}
    session.series.came.connect(lambda pieces: came.update({p.index: p for p in pieces}))
    noted: list[str] = []
    session.noted.connect(noted.append)
    series.gate.release(3)
    with qtbot.waitSignal(session.series.ended) as ended:
        assert session.series.start(ORDER)
        assert session.state.why_no_render
    assert ended.args[0] == Outcome(Ending.FINISHED)
    assert sorted(came) == [0, 1, 2]
    assert all(piece.is_done and piece.pixels.max() == 4 for piece in came.values())
    assert session.state.phase is Phase.IDLE
    assert "A line" in noted


def test_cancel_stops_a_series_between_two_pieces(
    qtbot: QtBot, session: Session, series: FakeSeries
) -> None:
    with qtbot.waitSignal(session.series.came):
        session.series.start(ORDER)
        series.gate.release()
    assert not session.state.why_no_cancel
    with qtbot.waitSignal(session.series.ended) as ended:
        session.cancel()
    assert ended.args[0].ending is Ending.STOPPED
    assert series.closed == 1
    assert session.state.phase is Phase.IDLE


def test_meanwhile_nothing_else_can_be_begun_and_why_is_said(
    qtbot: QtBot, session: Session
) -> None:
    noted: list[str] = []
    session.noted.connect(noted.append)
    session.series.start(ORDER)
    state = session.state
    said = (state.why_no_render, state.why_no_pause, state.why_no_snapshot, state.why_no_save)
    assert all(said)
    assert not session.series.start(ORDER)
    assert noted[-1] == state.why_no_series
    with qtbot.waitSignal(session.series.ended):
        session.cancel()


def test_what_fails_is_told_once(qtbot: QtBot, session: Session, series: FakeSeries) -> None:
    series.failure = NetworkError("it is not there", "fetch it")
    series.gate.release()
    with qtbot.waitSignal(session.series.ended) as ended:
        session.series.start(ORDER)
    assert ended.args[0] == Outcome(Ending.FAILED, trouble=Trouble("it is not there", "fetch it"))
