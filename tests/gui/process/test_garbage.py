"""What belongs to the window's thread is taken apart by no other."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator
from weakref import finalize

import numpy as np
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from engine.job import Job, Message, Picture
from engine.live import Wish
from engine.settings import Settings
from gui.process.garbage import GarbageCollector
from gui.worker import Worker
from gui.worker_thread import WorkerThread
from tests.gui.fake_engine import no_devices


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


def litter(job: Job) -> Generator[Message, Wish | None, None]:
    """An engine that allocates so much that Python would collect."""
    rings = [Ring() for _ in range(5000)]
    yield from ()
    del rings


def test_garbage_of_the_window_is_collected_on_its_own_thread(qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    thread = WorkerThread(Worker(litter, no_devices))
    ring = Ring()
    ring.timer = QTimer()  # type: ignore[attr-defined]
    finalize(ring, lambda: where.append(threading.current_thread()))
    del ring
    picture = Picture(np.zeros((20, 20, 3), np.uint8), "black")
    thread.worker.start(Job(picture, (picture,), Settings()))
    try:
        qtbot.waitUntil(lambda: bool(where))
    finally:
        thread.stop()
    assert where == [threading.main_thread()]


def test_python_collects_by_itself_again_afterwards(qtbot: QtBot) -> None:
    assert gc.isenabled()
    collector = GarbageCollector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
