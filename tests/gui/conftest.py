"""Sessions with a scripted or the real engine; leaked threads and widgets fail the test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.session import Session
from gui.worker import ListDevices, Stylise, Worker, WorkerThread
from tests.gui.fake_engine import FakeEngine, no_devices

MakeWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def no_leaks(qapp: QApplication) -> Iterator[None]:
    """No thread and no window outlives its test."""
    before = set(threading.enumerate())
    yield
    qapp.processEvents()
    left = [thread for thread in threading.enumerate() if thread not in before]
    # Qt's pool threads appear as dummies once they have run Python; they belong to the process.
    assert [thread for thread in left if not isinstance(thread, threading._DummyThread)] == []
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == []


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[MakeWindow]:
    """Make a window over an engine; the real one where none is given."""
    threads = []

    def make(stylise: Stylise | None = None, devices: ListDevices = no_devices) -> MainWindow:
        thread = WorkerThread(Worker(stylise, devices))
        threads.append(thread)
        window = MainWindow(Session(thread.worker))
        window.session.setParent(window)
        qtbot.addWidget(window)
        window.show()
        return window

    yield make
    for thread in threads:
        thread.stop()


@pytest.fixture
def engine() -> FakeEngine:
    """An engine that yields what the test lets it."""
    return FakeEngine()


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[Path, Path]:
    """A photograph and a painting, as files."""
    paths = tmp_path / "photo.png", tmp_path / "painting.jpg"
    y, x = np.mgrid[0:60, 0:80]
    for index, path in enumerate(paths):
        waves = np.stack([np.sin(x / (4 + k + index)) + np.cos(y / 7) for k in range(3)], -1)
        Image.fromarray((waves * 60 + 128).astype(np.uint8)).save(path)
    return paths
