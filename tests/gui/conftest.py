"""Sessions with a scripted or the real engine; leaked threads and widgets fail the test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui import theme
from gui.film.gallery import Gallery
from gui.film.keeper import GalleryKeeper
from gui.look.presets import PresetStore
from gui.main_window import MainWindow
from gui.offers.downloads import Download
from gui.preferences.model import PreferencesModel
from gui.preferences.store import PreferencesStore, Scheme
from gui.queue.queue import Queue
from gui.queue.store import QueueStore
from gui.session import Session
from gui.tools import Tools
from gui.trouble.recovery import Recovery
from gui.worker import ListDevices, Probe, Stylise, Worker
from gui.worker_thread import WorkerThread
from tests.gui.acts import PATIENCE, drop
from tests.gui.fake_engine import FakeEngine, no_devices, no_probe

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Waits as long as a busy machine takes."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        monkeypatch.setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE))
    return qtbot


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


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("IMPASTO_HOME", str(folder))
    monkeypatch.setenv("TORCH_HOME", str(folder / "torch"))
    return folder


@contextmanager
def one_window(
    home: Path, stylise: Stylise | None, devices: ListDevices, probe: Probe | None = None
) -> Iterator[MainWindow]:
    """A window over an engine, with all that belongs to it; afterwards nothing is left of it."""
    series = stylise.series if isinstance(stylise, FakeEngine) else None
    worker = Worker(stylise, devices, probe or (no_probe if stylise else None), series)
    thread = WorkerThread(worker)
    recovery = Recovery(home / "recovery")
    preferences = PreferencesModel(PreferencesStore())
    session = Session(thread.worker, recovery)
    tools = Tools(
        preferences,
        PresetStore(),
        GalleryKeeper(Gallery(home / "gallery")),
        Download(),
        Queue(session, QueueStore(home / "queue"), preferences),
    )
    window = MainWindow(session, tools)
    session.setParent(window)
    window.show()
    try:
        yield window
    finally:
        assert not isValid(session) or session.writer.wait(5000)
        if isValid(window):
            window.retire()
        thread.stop()
        assert tools.keeper.wait(5000)
        assert tools.download.stop()
        tools.queue.close()
        recovery.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def make_window(qtbot: QtBot, home: Path) -> Iterator[MakeWindow]:
    """Make a window over an engine; the real one where none is given."""
    with ExitStack() as made:

        def make(
            stylise: Stylise | None = None,
            devices: ListDevices = no_devices,
            probe: Probe | None = None,
        ) -> MainWindow:
            return made.enter_context(one_window(home, stylise, devices, probe))

        yield make


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


@pytest.fixture
def ready(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    """A window with both pictures dropped on it."""
    window = make_window(engine)
    drop(window, *pictures)
    qtbot.waitUntil(lambda: not window.session.state.reading)
    return window


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, that takes its clothes off again."""
    before = qapp.palette()
    yield qapp
    theme.choose(qapp, Scheme.SYSTEM)
    qapp.setStyleSheet("")
    qapp.setPalette(before)
    qapp.setProperty(theme._WORN, None)
