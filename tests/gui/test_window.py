"""The window over a scripted engine: what users do, and what must hold whatever they do."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from engine.errors import OutOfMemoryError
from engine.recipes import recipe
from gui.film.gallery import Gallery
from gui.main_window import MainWindow
from gui.state import Phase, Role
from gui.worker import Ending, Outcome
from tests.gui.acts import click, drop, save, shade
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import STEPS, FakeEngine


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.state.reading)


@pytest.fixture
def ready(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    """A window with both pictures dropped on it."""
    window = make_window(engine)
    drop(window, *pictures)
    settle(qtbot, window)
    return window


def enter(window: MainWindow, name: str, text: str) -> None:
    field = window.look.controls[name].field
    assert isinstance(field, QLineEdit)
    field.setText(text)
    field.editingFinished.emit()


def test_nothing_can_be_rendered_before_there_are_pictures_and_the_reason_is_said(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(engine)
    bar = window.run_bar
    assert not bar.render_button.isEnabled()
    assert bar.status == "Choose a content and a style picture first"
    assert not bar.save_button.isEnabled()
    assert bar.save_button.toolTip() == "There is no picture yet"
    assert bar.cancel_button.text() == "Cancel"


def test_two_drops_and_one_click_start_a_render(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    session = ready.session
    assert session.state.content is not None
    assert session.state.content.name == pictures[0].name
    assert session.state.style is not None
    assert session.state.style.name == pictures[1].name
    click(qtbot, ready.run_bar.render_button)
    with qtbot.waitSignal(session.frame_shown):
        engine.gate.release()
    with qtbot.waitSignal(session.run_ended) as ended:
        engine.gate.release(STEPS)
    assert ended.args[0].ending is Ending.FINISHED
    assert shade(ready) == STEPS
    assert ready.run_bar.status.startswith("Done · 10/10")


def test_a_drop_on_a_target_is_for_its_role(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    window = make_window(engine)
    drop(window.inputs.target(Role.STYLE), pictures[0])
    settle(qtbot, window)
    assert window.session.state.style is not None
    assert window.session.state.content is None


def test_cancel_is_acknowledged_at_once_and_keeps_the_picture(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    session = ready.session
    click(qtbot, ready.run_bar.render_button)
    engine.gate.release(4)
    qtbot.waitUntil(lambda: shade(ready) == 3)
    start = time.perf_counter()
    click(qtbot, ready.run_bar.cancel_button)
    assert ready.run_bar.cancel_button.text() == "Cancelling …"
    assert time.perf_counter() - start < 0.1
    with qtbot.waitSignal(session.run_ended) as ended:
        pass
    assert ended.args[0].ending is Ending.STOPPED
    assert shade(ready) == 3
    assert session.state.result is not None
    assert session.state.result.pixels[0, 0, 0] == pytest.approx(3 / 255)
    assert engine.closed == 1
    assert ready.run_bar.render_button.isEnabled()
    assert ready.run_bar.cancel_button.text() == "Cancel"


def test_the_next_render_starts_at_once_after_a_cancel(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    session = ready.session
    for run in range(3):
        click(qtbot, ready.run_bar.render_button)
        assert session.state.phase is Phase.RUNNING
        with qtbot.waitSignal(session.run_ended):
            click(qtbot, ready.run_bar.cancel_button)
        assert len(engine.jobs) == run + 1
    engine.free = True
    with qtbot.waitSignal(session.run_ended) as ended:
        click(qtbot, ready.run_bar.render_button)
    assert ended.args[0].ending is Ending.FINISHED


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (OutOfMemoryError("the GPU is full", "choose a smaller size"), "The GPU is full.\nChoose"),
        (RuntimeError("CUDA error: unspecified"), "Unexpected RuntimeError: CUDA error"),
        (MemoryError(), "Unexpected MemoryError"),
        (ValueError("two\nlines"), "Unexpected ValueError: two.\n"),
    ],
)
def test_a_failure_ends_once_is_told_in_words_and_keeps_the_picture(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, failure: Exception, words: str
) -> None:
    endings: list[Outcome] = []
    ready.session.run_ended.connect(endings.append)
    engine.failure, engine.free = failure, True
    with qtbot.waitSignal(ready.session.run_ended):
        click(qtbot, ready.run_bar.render_button)
    assert ready.message.isVisible()
    assert ready.message.text.startswith(words)
    assert shade(ready) == 4
    assert ready.session.state.result is not None
    engine.failure = None
    with qtbot.waitSignal(ready.session.run_ended):
        click(qtbot, ready.run_bar.render_button)
    assert [outcome.ending for outcome in endings] == [Ending.FAILED, Ending.FINISHED]
    assert not ready.message.isVisible()


def missing(folder: Path) -> Path:
    return folder / "nowhere.png"


def directory(folder: Path) -> Path:
    (folder / "folder.png").mkdir()
    return folder / "folder.png"


def text(folder: Path) -> Path:
    (folder / "text.png").write_text("not a picture")
    return folder / "text.png"


def truncated(folder: Path) -> Path:
    path = folder / "cut.png"
    Image.effect_noise((200, 200), 90).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    return path


def tiny(folder: Path) -> Path:
    Image.new("RGB", (1, 1)).save(folder / "tiny.png")
    return folder / "tiny.png"


@pytest.mark.parametrize("make", [missing, directory, text, truncated, tiny])
@pytest.mark.parametrize("role", list(Role))
def test_a_bad_file_is_refused_with_its_reason_and_the_inputs_stay(
    qtbot: QtBot, ready: MainWindow, tmp_path: Path, make: object, role: Role
) -> None:
    before = ready.session.state
    bad: Path = make(tmp_path)  # type: ignore[operator]
    drop(ready.inputs.target(role), bad)
    settle(qtbot, ready)
    assert ready.message.isVisible()
    assert bad.name in ready.message.text
    assert ready.session.state.content is before.content
    assert ready.session.state.style is before.style
    assert ready.run_bar.render_button.isEnabled()


def test_a_good_file_after_a_bad_one_clears_the_message(
    qtbot: QtBot, ready: MainWindow, tmp_path: Path, pictures: tuple[Path, Path]
) -> None:
    drop(ready.inputs.target(Role.STYLE), text(tmp_path))
    settle(qtbot, ready)
    drop(ready.inputs.target(Role.STYLE), pictures[0])
    settle(qtbot, ready)
    assert not ready.message.isVisible()


def test_of_two_files_for_one_role_the_later_one_counts(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    window = make_window(engine)
    for path in (pictures[0], pictures[1], pictures[0], pictures[1]):
        window.session.open(Role.CONTENT, path)
    settle(qtbot, window)
    assert window.session.state.content is not None
    assert window.session.state.content.name == pictures[1].name


def test_a_picture_is_pasted_from_the_clipboard(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(engine)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    assert window.inputs.paste()
    settle(qtbot, window)
    content = window.session.state.content
    assert content is not None
    assert content.size == (40, 30)
    assert (content.pixels == (255, 0, 0)).all()


def test_removing_a_picture_empties_its_place(ready: MainWindow) -> None:
    ready.session.remove(Role.STYLE)
    assert ready.session.state.style is None
    assert not ready.run_bar.render_button.isEnabled()
    assert ready.run_bar.render_button.toolTip() == "Choose a style picture first"


def test_strength_acts_on_the_running_job(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    click(qtbot, ready.run_bar.render_button)
    with qtbot.waitSignal(ready.session.frame_shown):
        engine.gate.release(1)
    ready.look._strength.setValue(80)
    with qtbot.waitSignal(ready.session.run_ended):
        engine.gate.release(STEPS)
    assert [settings.strength for settings in engine.live] == [pytest.approx(80)]


def test_settings_from_the_form_reach_the_job(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    enter(ready, "size", "256")
    enter(ready, "steps", "0")
    engine.free = True
    with qtbot.waitSignal(ready.session.run_ended):
        click(qtbot, ready.run_bar.render_button)
    (job,) = engine.jobs
    assert (job.settings.size, job.settings.steps) == (256, 0)
    enter(ready, "size", "")
    assert ready.session.state.settings.size is None


def test_a_run_can_start_from_the_picture_on_the_canvas(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    engine.free = True
    ready.session.start_from_result(True)
    assert not ready.session.state.from_result  # there is none yet
    for _ in range(2):
        with qtbot.waitSignal(ready.session.run_ended):
            click(qtbot, ready.run_bar.render_button)
        ready.session.start_from_result(True)
    first, second = engine.jobs
    assert first.start is None
    assert second.start is not None
    assert (second.start.pixels == round(STEPS / 255 * 65535)).all()  # 16 bits of it


def test_devices_fill_the_list_once_torch_is_loaded(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(engine)
    with qtbot.waitSignal(window.session.devices_found):
        window.session._worker.prepare()
    window.look.advanced.set_open(True)
    box = window.look.controls["device"].field
    assert isinstance(box, QComboBox)
    assert [box.itemData(row) for row in range(box.count())] == ["auto", "cpu"]


def test_the_result_is_saved_as_it_is_on_the_canvas(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.free = True
    with qtbot.waitSignal(ready.session.run_ended):
        click(qtbot, ready.run_bar.render_button)
    save(qtbot, ready, tmp_path / "out.png")
    assert (np.asarray(Image.open(tmp_path / "out.png")) == STEPS).all()
    made = recipe.read(tmp_path / "out.png")
    assert made.settings == engine.jobs[0].settings.replace(network="fake")
    assert made.step == STEPS
    assert made.content.sha256 == engine.jobs[0].content.sha256


def test_a_save_that_fails_is_told_and_the_picture_stays(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.free = True
    with qtbot.waitSignal(ready.session.run_ended):
        click(qtbot, ready.run_bar.render_button)
    with qtbot.waitSignal(ready.session.writer.failed):
        ready.session.save(tmp_path / "nowhere" / "out.png")
    assert "nowhere" in ready.message.text
    assert ready.message.isVisible()
    assert ready.session.state.result is not None


def answer(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Press one of the buttons of the question that the window asks."""
    assert window.question is not None
    (button,) = [each for each in window.question.buttons() if each.text() == words]
    click(qtbot, button)


def test_closing_during_a_run_asks_and_keeps_on_painting_where_the_user_stays(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    click(qtbot, ready.run_bar.render_button)
    ready.close()
    answer(qtbot, ready, "Keep Painting")
    assert ready.isVisible()
    assert ready.session.state.phase is Phase.RUNNING
    with qtbot.waitSignal(ready.session.run_ended):
        engine.gate.release(STEPS + 1)


def test_closing_twice_asks_once_and_an_answer_after_the_runs_end_still_holds(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    click(qtbot, ready.run_bar.render_button)
    ready.close()
    question = ready.question
    ready.close()
    assert ready.question is question
    with qtbot.waitSignal(ready.session.run_ended):
        engine.gate.release(STEPS + 1)
    with qtbot.waitSignal(ready.closed):
        answer(qtbot, ready, "Stop and Quit")
    assert not ready.isVisible()


def test_quitting_during_a_run_stops_it_and_keeps_its_picture(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, home: Path
) -> None:
    click(qtbot, ready.run_bar.render_button)
    engine.gate.release(3)
    qtbot.waitUntil(lambda: shade(ready) == 2)
    ready.close()
    begun = time.perf_counter()
    with qtbot.waitSignal(ready.closed):
        answer(qtbot, ready, "Stop and Quit")
    assert time.perf_counter() - begun < 3
    assert not ready.isVisible()
    assert ready.tools.keeper.wait(3000)
    (entry,) = Gallery(home / "gallery").entries()
    assert not entry.made.finished
    assert (np.asarray(Image.open(entry.picture)) == 2).all()


def test_every_control_has_a_name_for_screen_readers(ready: MainWindow) -> None:
    controls = [
        ready.look._strength,
        *(control.field for control in ready.look.controls.values()),
        *(ready.inputs.target(role) for role in Role),
        ready.canvas,
    ]
    assert all(control.accessibleName() for control in controls)
