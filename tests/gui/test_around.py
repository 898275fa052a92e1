"""What the window promises around the picture: saving, troubles, keys, another language."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from engine.job import DeviceInfo
from gui import app, theme
from gui.app import Application
from gui.film.gallery import Gallery
from gui.main_window import MainWindow
from gui.preferences.store import Language, Scheme
from gui.state import Phase, Role
from gui.trouble.dialog import TroubleDialog
from gui.trouble.recovery import Recovery
from gui.worker import Worker
from gui.worker_thread import WorkerThread
from tests.gui.acts import (
    active,
    begin,
    click,
    drop,
    end,
    look_at,
    paint,
    pause,
    shade,
    step,
    trigger,
)
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, STEPS, FakeEngine, frame, no_devices

# Saving


def test_during_a_run_the_picture_before_it_is_not_saved_in_its_place(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine)
    begin(qtbot, ready, engine)
    assert not ready.run_bar.save_button.isEnabled()
    assert "snapshot" in ready.run_bar.save_button.toolTip()
    end(qtbot, ready)
    assert ready.run_bar.save_button.isEnabled()


@pytest.mark.parametrize("template", ["{content}", "{n} {content}", "x" * 300 + "{n}"])
def test_quick_save_never_writes_over_a_file(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, tmp_path: Path, template: str
) -> None:
    folder = tmp_path / "quick"
    ready.tools.preferences.set(quick_save_folder=folder, name_template=template)
    for steps in (2, 3, 4):
        paint(qtbot, ready, engine, steps)
        with qtbot.waitSignal(ready.session.writer.saved):
            trigger(ready, "save")
    shades = [np.asarray(Image.open(path))[0, 0, 0] for path in folder.iterdir()]
    assert sorted(shades) == [1, 2, 3]


def test_a_kept_picture_is_quickly_saved_under_its_own_name(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    pictures: tuple[Path, Path],
) -> None:
    ready.tools.preferences.set(quick_save_folder=tmp_path / "quick")
    paint(qtbot, ready, engine)
    ready.session.open(Role.CONTENT, pictures[1])
    qtbot.waitUntil(lambda: ready.session.state.result is None)
    look_at(ready, 0)
    trigger(ready, "save")
    expected = tmp_path / "quick" / "photo in the style of painting.png"
    qtbot.waitUntil(expected.exists)


def test_a_name_without_a_format_becomes_a_new_png(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paint(qtbot, ready, engine)
    (tmp_path / "after St. Paul.png").write_text("another file")
    name = str(tmp_path / "after St. Paul")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (name, ""))
    with qtbot.waitSignal(ready.session.writer.saved):
        trigger(ready, "save-as")
    assert (tmp_path / "after St. Paul.png").read_text() == "another file"
    with Image.open(tmp_path / "after St. Paul 2.png") as saved:
        assert saved.size == (32, 24)


def test_the_picture_is_copied_to_the_clipboard(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 5)
    trigger(ready, "copy")
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (32, 24)
    assert image.pixelColor(3, 3).red() == 4


def test_opened_pictures_are_remembered_by_the_next_window(
    ready: MainWindow, engine: FakeEngine, make_window: MakeWindow, pictures: tuple[Path, Path]
) -> None:
    following = make_window(engine)
    assert set(following.recent.paths()) == set(pictures)


# What a crash left


def test_a_leftover_that_has_to_wait_is_offered_again(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, home: Path
) -> None:
    begin(qtbot, ready, engine)
    jobs = home / "recovery"
    qtbot.waitUntil(lambda: len(list(jobs.glob("*/*/run.ckpt"))) == 1)  # that of this run
    assert ready.session._job is not None
    other = Recovery(home / "recovery")
    other.record(ready.session._job).add(frame(1))
    other.close()
    found = Recovery(home / "recovery")
    ready.leftovers.offer(found.leftovers())
    click(qtbot, ready.offers.buttons[0])
    assert ready.offers.isVisible()
    assert len(engine.jobs) == 1
    end(qtbot, ready)
    click(qtbot, ready.offers.buttons[0])
    assert not ready.offers.isVisible()
    step(qtbot, ready, engine)
    # A crash now leaves one run, not two.
    qtbot.waitUntil(lambda: not list(other._own.glob("*/job.json")))
    assert len(list(jobs.glob("*/*/job.json"))) == 1
    end(qtbot, ready)
    assert engine.jobs[-1].resume is not None
    qtbot.waitUntil(lambda: ready.film.count == 2)
    found.close()
    assert Recovery(home / "recovery").leftovers() == ()


# Around it


def test_the_device_is_chosen_in_the_corner(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine
) -> None:
    gpu = DeviceInfo("cuda:0", "A fake GPU", 2**34, bfloat16=True)
    window = make_window(engine, lambda: (gpu, CPU))
    with qtbot.waitSignal(window.session.devices_found):
        window.session._worker.prepare()
    assert window.devices.text() == "A fake GPU · 16 GB"
    menu = window.devices.menu()
    assert [action.data() for action in menu.actions()] == ["auto", "cuda:0", "cpu"]
    menu.actions()[2].trigger()
    assert window.session.state.settings.device == "cpu"
    assert window.devices.text() == "A fake CPU · 8 GB"
    assert [action.isChecked() for action in menu.actions()] == [False, False, True]


def test_an_unexpected_failure_shows_its_details(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    engine.failure, engine.fails_at = ZeroDivisionError("by nothing"), 1
    click(qtbot, ready.run_bar.render_button)
    with qtbot.waitSignal(ready.session.run_ended):
        engine.gate.release(3)
    click(qtbot, ready.message._more)
    (dialog,) = ready.findChildren(TroubleDialog)
    assert dialog.isVisible()
    assert "ZeroDivisionError: by nothing" in dialog.details.toPlainText()
    dialog.close()


def test_a_reading_that_fails_unforeseen_is_told_and_waited_for_no_longer(
    qtbot: QtBot, ready: MainWindow, pictures: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("gui.session.inputs.from_file", fail)
    ready.session.open(Role.STYLE, pictures[0])
    qtbot.waitUntil(lambda: not ready.session.state.reading)
    assert "MemoryError" in ready.message.text
    assert ready.run_bar.render_button.isEnabled()


def test_filmstrip_and_loss_are_brought_up_also_where_only_the_picture_is_shown(
    qtbot: QtBot, ready: MainWindow
) -> None:
    trigger(ready, "panels")
    assert not ready.run_bar.isVisible()
    trigger(ready, "loss")
    assert ready.loss.isVisible()
    assert ready.run_bar.isVisible()
    assert not ready.actions_.by_name["panels"].isChecked()
    trigger(ready, "loss")
    assert ready.splitter.sizes()[1] == 0


@pytest.mark.parametrize(("steps", "kept"), [(0, False), (2, True)])
def test_only_a_picture_that_there_is_is_said_to_be_kept(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    monkeypatch: pytest.MonkeyPatch,
    steps: int,
    kept: bool,
) -> None:
    said: list[str] = []
    monkeypatch.setattr("gui.manners.desktop.notify", lambda *words: said.append(words[-1]))
    begin(qtbot, ready, engine, steps)
    end(qtbot, ready)
    assert [("kept" in words) for words in said] == [kept]


# Keys


def test_keys_act_while_the_canvas_has_the_focus(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    active(qtbot, ready)
    ready.canvas.setFocus()
    begin(qtbot, ready, engine)
    qtbot.keyClick(ready.canvas, Qt.Key.Key_P)
    assert ready.session.state.phase is Phase.PAUSED
    qtbot.keyClick(ready.canvas, Qt.Key.Key_P)
    qtbot.keyClick(ready.canvas, Qt.Key.Key_S)
    engine.gate.release()
    qtbot.waitUntil(lambda: ready.film.count == 1)
    qtbot.keyClick(ready.canvas, Qt.Key.Key_2)
    assert ready.canvas.zoom == pytest.approx(1.0)
    qtbot.keyClick(ready.canvas, Qt.Key.Key_V)
    assert ready.canvas.comparing
    with qtbot.waitSignal(ready.session.run_ended):
        qtbot.keyClick(ready.canvas, Qt.Key.Key_Escape)


def test_keys_that_are_typed_into_a_field_do_nothing_else(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    active(qtbot, ready)
    begin(qtbot, ready, engine)
    look = ready.session.state
    field = ready.look.controls["size"].field
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.clear()
    for key in "123svp":
        qtbot.keyClick(field, key)
    assert field.text() == "123svp"
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "123sv"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert ready.session.state.phase is Phase.RUNNING
    assert not ready.canvas.comparing
    assert ready.session.state.settings == look.settings
    end(qtbot, ready)
    qtbot.waitUntil(lambda: ready.film.count == 1)  # the run's own, and no snapshot


def test_every_action_has_words_and_no_key_has_two(ready: MainWindow) -> None:
    actions = ready.actions_.by_name
    keys = Counter(key.toString() for action in actions.values() for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    for name, action in actions.items():
        assert action.text(), name
        assert action.toolTip(), name
    without = {name for name, action in actions.items() if not action.shortcuts()}
    assert without == {"save-inset", "network", "log", "about"}


# The application


@pytest.fixture
def whole(
    qapp: QApplication, home: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """The application over a scripted engine."""
    monkeypatch.setattr(app, "WorkerThread", lambda: WorkerThread(Worker(engine, no_devices)))
    palette, quits = qapp.palette(), qapp.quitOnLastWindowClosed()
    whole = Application(qapp)
    whole.window.show()
    yield whole
    whole.window.retire()
    whole.session.cancel()
    whole.thread_.stop()
    whole.tools.keeper.wait()
    whole.tools.download.stop()
    whole.recovery.close()
    whole._language.speak("en")
    theme.choose(qapp, Scheme.SYSTEM)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setQuitOnLastWindowClosed(quits)


def test_another_language_and_scheme_keep_the_run_and_all_that_was_painted(
    qtbot: QtBot, whole: Application, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    first = whole.window
    drop(first, *pictures)
    qtbot.waitUntil(lambda: not whole.session.state.reading)
    begin(qtbot, first, engine, 4)
    at = pause(qtbot, first, engine)
    whole.preferences.set(scheme=Scheme.LIGHT, language=Language.CHINESE)
    qtbot.waitUntil(lambda: whole.window is not first)
    following = whole.window
    qtbot.waitUntil(lambda: not isValid(first))
    assert following.isVisible()
    assert shade(following) == at
    assert whole.session.state.phase is Phase.PAUSED
    assert following.run_bar.pause_button.isEnabled()
    assert following.canvas.can_compare
    gc.collect()
    click(qtbot, following.run_bar.pause_button)
    with qtbot.waitSignal(whole.session.run_ended):
        engine.gate.release(STEPS)
    assert shade(following) == STEPS
    qtbot.waitUntil(lambda: following.film.count == 1)
    trigger(following, "undo")
    assert whole.session.state.result is None


def test_leftovers_are_offered_and_stay_offered_in_another_language(
    qtbot: QtBot, whole: Application, pictures: tuple[Path, Path], home: Path
) -> None:
    drop(whole.window, *pictures)
    qtbot.waitUntil(lambda: not whole.session.state.reading)
    whole.session.render()
    assert whole.session._job is not None
    other = Recovery(home / "recovery")
    other.record(whole.session._job).add(frame(1))
    other.close()
    whole._after_paint()
    assert whole.window.offers.isVisible()
    first = whole.window
    whole.preferences.set(language=Language.CHINESE)
    qtbot.waitUntil(lambda: whole.window is not first)
    assert whole.window.offers.isVisible()
    click(qtbot, whole.window.offers.buttons[1])
    assert whole._leftovers[0].is_there is False
    assert Gallery(home / "gallery").entries() == ()


def test_pictures_named_on_the_command_line_are_opened_and_become_recent_ones(
    qtbot: QtBot, whole: Application, pictures: tuple[Path, Path]
) -> None:
    whole.open([str(path) for path in pictures])
    qtbot.waitUntil(lambda: not whole.session.state.why_no_render)
    assert whole.session.state.content is not None
    assert whole.session.state.content.name == pictures[0].name
    assert set(whole.preferences.preferences.recent) == set(pictures)
