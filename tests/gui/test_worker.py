"""The bridge: newest frame wins, and every job ends in one signal."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from engine.job import Guidance, Job, Picture
from engine.settings import Settings
from gui.worker import Ending, Outcome, Worker
from gui.worker_thread import WorkerThread
from tests.gui.fake_engine import STEPS, FakeEngine, frame, no_devices


class Ear(QObject):
    """Hears the worker on the test's own thread, as the window does."""

    ended = Signal(object)
    busy_with = Signal(str)

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        worker.ended.connect(self.ended)
        worker.busy_with.connect(self.busy_with)


@pytest.fixture
def ear(thread: WorkerThread) -> Ear:
    return Ear(thread.worker)


@pytest.fixture
def job() -> Job:
    picture = Picture(np.zeros((20, 20, 3), np.uint8), "black")
    return Job(picture, (picture,), Settings())


@pytest.fixture
def thread(engine: FakeEngine) -> Iterator[WorkerThread]:
    thread = WorkerThread(Worker(engine, no_devices))
    yield thread
    thread.stop()


def test_the_newest_frame_wins_and_notices_do_not_pile_up() -> None:
    worker = Worker(FakeEngine(), no_devices)
    notices = []
    worker.frame_ready.connect(lambda: notices.append(1))
    for step in range(5):
        worker._put_frame(frame(step))
    assert len(notices) == 1
    newest = worker.take_frame()
    assert newest is not None
    assert newest.step == 4
    assert worker.take_frame() is None
    worker._put_frame(frame(7))
    assert len(notices) == 2


def test_a_job_ends_in_one_signal_with_its_last_picture(
    qtbot: QtBot, thread: WorkerThread, ear: Ear, engine: FakeEngine, job: Job
) -> None:
    engine.free = True
    endings: list[Outcome] = []
    ear.ended.connect(endings.append)
    with qtbot.waitSignal(ear.ended):
        thread.worker.start(job)
    (outcome,) = endings
    assert outcome.ending is Ending.FINISHED
    assert outcome.frame is not None
    assert outcome.frame.step == STEPS
    assert outcome.pixels is not None
    assert outcome.pixels.dtype == np.float32


def test_an_unexpected_failure_carries_its_details(
    qtbot: QtBot, thread: WorkerThread, ear: Ear, engine: FakeEngine, job: Job
) -> None:
    engine.free, engine.failure, engine.fails_at = True, ZeroDivisionError("oh"), 0
    with qtbot.waitSignal(ear.ended) as ended:
        thread.worker.start(job)
    outcome: Outcome = ended.args[0]
    assert outcome.ending is Ending.FAILED
    assert outcome.pixels is None
    assert outcome.trouble is not None
    assert "fake_engine.py" in outcome.trouble.details


def test_a_live_change_that_came_too_late_does_not_reach_the_next_job(
    qtbot: QtBot, thread: WorkerThread, ear: Ear, engine: FakeEngine, job: Job
) -> None:
    thread.worker.change(Settings(style_weight=1.0))
    thread.worker.change_guidance(Guidance((None,)))
    engine.free = True
    with qtbot.waitSignal(ear.ended):
        thread.worker.start(job)
    assert engine.live == []
    assert engine.guided == []


def test_settings_and_masks_left_while_paused_both_reach_the_engine(
    qtbot: QtBot, thread: WorkerThread, ear: Ear, engine: FakeEngine, job: Job
) -> None:
    settings, guidance = Settings(style_weight=1.0), Guidance((None,))
    with qtbot.waitSignal(ear.busy_with):
        thread.worker.start(job)
    thread.worker.change(settings)
    thread.worker.change_guidance(guidance)
    engine.free = True
    with qtbot.waitSignal(ear.ended):
        engine.gate.release()
    assert engine.live == [settings]
    assert engine.guided == [guidance]


def test_a_cancel_before_the_first_frame_stops_without_a_picture(
    qtbot: QtBot, thread: WorkerThread, ear: Ear, engine: FakeEngine, job: Job
) -> None:
    with qtbot.waitSignal(ear.busy_with):
        thread.worker.start(job)
    with qtbot.waitSignal(ear.ended) as ended:
        thread.worker.cancel()
    assert ended.args[0] == Outcome(Ending.STOPPED)
    assert engine.closed == 1


def test_all_jobs_are_done_in_one_thread_also_to_python(
    qtbot: QtBot, thread: WorkerThread, ear: Ear, engine: FakeEngine, job: Job
) -> None:
    engine.free = True
    kept = threading.local()

    def remember() -> None:
        kept.jobs = getattr(kept, "jobs", 0) + 1
        counts.append(kept.jobs)

    counts: list[int] = []
    thread.worker.ended.connect(remember, Qt.ConnectionType.DirectConnection)
    for _ in range(3):
        with qtbot.waitSignal(ear.ended):
            thread.worker.start(job)
    assert counts == [1, 2, 3]
