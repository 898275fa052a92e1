"""Pictures are written beside the window, which goes on meanwhile and waits for them at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine import imageio
from engine.settings import Settings
from gui import main_window
from gui.files.writer import Writer
from gui.main_window import MainWindow
from gui.state import Phase, Result
from tests.gui.acts import click, drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import STEPS, FakeEngine


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A disk that takes nothing until it is set going."""
    going, write = Event(), imageio.write

    def wait_and_write(*args: Any, **options: Any) -> tuple[str, ...]:
        assert going.wait(10)
        return write(*args, **options)

    monkeypatch.setattr(imageio, "write", wait_and_write)
    yield going
    going.set()


@pytest.fixture
def painted(
    qtbot: QtBot,
    make_window: MakeWindow,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
    tmp_path: Path,
) -> MainWindow:
    """A window in which a render has ended, and been kept."""
    window = make_window(engine)
    window.tools.preferences.set(quick_save_folder=tmp_path / "quick", name_template="mine")
    drop(window, *pictures)
    qtbot.waitUntil(lambda: not window.session.state.reading)
    engine.free = True
    with qtbot.waitSignal(window.tools.keeper.added):
        click(qtbot, window.run_bar.render_button)
    return window


def says(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def shade_of(path: Path) -> int:
    with Image.open(path) as saved:
        return int(np.asarray(saved)[0, 0, 0])


def test_the_window_goes_on_while_a_picture_is_written(
    qtbot: QtBot, painted: MainWindow, disk: Event, tmp_path: Path
) -> None:
    path = tmp_path / "out.png"
    painted.session.save(path)
    assert says(painted) == f"Saving {path} …"
    painted.session.start_over()
    assert not path.exists()
    with qtbot.waitSignal(painted.session.writer.saved):
        disk.set()
    assert says(painted) == f"Saved {path}"
    assert shade_of(path) == STEPS


def test_quick_saves_that_follow_each_other_get_names_of_their_own(
    qtbot: QtBot, painted: MainWindow, disk: Event, tmp_path: Path
) -> None:
    for _ in range(3):
        painted.quick_save()
    with qtbot.waitSignal(painted.session.writer.emptied):
        disk.set()
    names = {path.name for path in (tmp_path / "quick").iterdir()}
    assert names == {"mine.png", "mine 2.png", "mine 3.png"}


def test_a_quick_save_spares_a_file_that_came_after_its_name_was_chosen(
    qtbot: QtBot, painted: MainWindow, disk: Event, tmp_path: Path
) -> None:
    painted.quick_save()
    (tmp_path / "quick" / "mine.png").write_text("another program's")
    with qtbot.waitSignal(painted.session.writer.failed):
        disk.set()
    assert (tmp_path / "quick" / "mine.png").read_text() == "another program's"
    assert "exists already" in painted.message.text


def test_the_same_name_while_it_is_being_written_becomes_another_one(
    qtbot: QtBot,
    painted: MainWindow,
    disk: Event,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = str(tmp_path / "out.tif")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (name, ""))
    painted.save_as()
    painted.save_as()
    with qtbot.waitSignal(painted.session.writer.emptied):
        disk.set()
    assert (tmp_path / "out.tif").exists()
    assert (tmp_path / "out 2.tif").exists()


def test_a_save_that_failed_is_told_also_where_the_next_one_succeeds(
    qtbot: QtBot, painted: MainWindow, disk: Event, tmp_path: Path
) -> None:
    painted.session.save(tmp_path / "nowhere" / "out.png")
    painted.session.save(tmp_path / "out.png")
    with qtbot.waitSignal(painted.session.writer.emptied):
        disk.set()
    assert (tmp_path / "out.png").exists()
    assert "nowhere" in painted.message.text
    assert painted.message.isVisible()


def test_what_is_wrong_with_a_picture_is_told_whatever_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    writer = Writer()
    result = Result(np.zeros(2, np.float32), None)
    with qtbot.waitSignal(writer.failed) as failed:
        writer.write(tmp_path / "out.png", result, Settings(), overwrite=True)
    assert failed.args is not None
    assert "Unexpected" in failed.args[1].cause
    assert failed.args[1].details
    assert not writer.is_busy


def test_quitting_waits_until_a_picture_is_written(
    qtbot: QtBot, painted: MainWindow, disk: Event, tmp_path: Path
) -> None:
    painted.session.save(tmp_path / "out.png")
    painted.close()
    assert painted.isVisible()
    with qtbot.waitSignal(painted.closed):
        disk.set()
    assert not painted.isVisible()
    assert shade_of(tmp_path / "out.png") == STEPS


def test_a_picture_that_cannot_be_saved_keeps_the_window_that_was_to_quit(
    qtbot: QtBot, painted: MainWindow, disk: Event, tmp_path: Path
) -> None:
    painted.session.save(tmp_path / "nowhere" / "out.png")
    painted.close()
    with qtbot.waitSignal(painted.session.writer.emptied):
        disk.set()
    assert painted.isVisible()
    assert "nowhere" in painted.message.text
    with qtbot.waitSignal(painted.closed):
        painted.close()


def test_a_run_that_does_not_end_is_given_up_and_the_picture_still_written(
    qtbot: QtBot,
    painted: MainWindow,
    engine: FakeEngine,
    disk: Event,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(main_window, "QUIT_PATIENCE", 0)
    painted.session.save(tmp_path / "out.png")
    engine.free = False
    click(qtbot, painted.run_bar.render_button)
    monkeypatch.setattr(painted.session._worker, "cancel", lambda: None)
    painted.quit()
    with qtbot.waitSignal(painted.closed):
        disk.set()
    assert painted.session.state.phase is Phase.CANCELLING
    assert (tmp_path / "out.png").exists()
    monkeypatch.undo()
    with qtbot.waitSignal(painted.session.run_ended):
        painted.session._worker.cancel()
