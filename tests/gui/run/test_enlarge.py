"""A finished picture is painted larger: from the canvas, the filmstrip and a file dropped."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from engine import cli, defaults, imageio
from engine.geometry import fitted
from engine.print_size import Unit
from engine.recipes import recipe
from engine.settings import Settings
from gui.film.strip import Act
from gui.main_window import MainWindow
from gui.run.enlarge_dialog import EnlargeDialog
from gui.state import Phase, Role
from gui.worker import Ending
from tests.gui.acts import click, drop, save, shade
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, FakeEngine
from tests.gui.test_real_engine import TIMEOUT, opened
from tests.gui.test_window import settle


@pytest.fixture
def painted(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    """A window with a render of 32 × 24 px on its canvas, and in its filmstrip."""
    engine.free, engine.network = True, "sketch"
    window = make_window(engine)
    window.session._prepared((CPU,))
    drop(window, *pictures)
    settle(qtbot, window)
    window.look._strength.setValue(70)
    with qtbot.waitSignal(window.tools.keeper.added):
        click(qtbot, window.run_bar.render_button)
    return window


def asked(qtbot: QtBot, window: MainWindow, button: QAbstractButton | None = None) -> EnlargeDialog:
    """The dialog that Enlarge opens."""
    click(qtbot, button or window.run_bar.enlarge_button)
    qtbot.waitUntil(lambda: window.enlarging.dialog is not None)
    assert window.enlarging.dialog is not None
    return window.enlarging.dialog


def typed(widget: object, text: str) -> None:
    widget.setText(text)  # type: ignore[attr-defined]
    widget.editingFinished.emit()  # type: ignore[attr-defined]


def test_two_clicks_paint_the_picture_on_the_canvas_twice_as_large(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine
) -> None:
    session = painted.session
    before = session.state.result
    dialog = asked(qtbot, painted)
    assert dialog.about.text() == "from 32 × 24 to 64 × 48 px"
    with qtbot.waitSignal(session.run_ended) as ended:
        click(qtbot, dialog.enlarge_button)
    assert ended.args[0].ending is Ending.FINISHED
    job = engine.jobs[-1]
    wanted = defaults.for_enlarging(Settings(), 32, 64)
    assert (job.settings.size, job.settings.scales) == (64, wanted.scales)
    assert job.settings.steps == wanted.steps
    assert job.settings.strength == pytest.approx(70)
    assert job.start is not None
    assert before is not None
    assert np.abs(job.start.pixels / 65535 - before.pixels).max() < 1e-4
    assert job.content is session.state.content
    assert painted.enlarging.dialog is None
    qtbot.waitUntil(lambda: painted.film.count == 2)


def test_what_was_nudged_since_is_not_taken_over_and_undo_brings_it_back(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine
) -> None:
    session = painted.session
    session.set(strength=20, steps=77)
    nudged, small = session.state.settings, session.state.result
    dialog = asked(qtbot, painted)
    with qtbot.waitSignal(session.run_ended):
        click(qtbot, dialog.enlarge_button)
    assert engine.jobs[-1].settings.strength == pytest.approx(70)
    assert session.state.settings.strength == pytest.approx(70)  # the panel says what is painted
    assert session.state.settings.scales is None  # so that another size may be chosen at once
    session.undo()
    assert session.state.result is small
    session.undo()
    assert session.state.settings == nudged
    assert session.state.result is small


def test_an_enlarging_that_was_cancelled_before_its_first_frame_and_begun_again_is_one_step_back(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine
) -> None:
    engine.free = False
    session = painted.session
    before = session.state.settings
    for _ in range(2):
        dialog = asked(qtbot, painted)
        click(qtbot, dialog.enlarge_button)
        with qtbot.waitSignal(session.run_ended):
            session.cancel()
    assert session.state.settings.size == 64
    session.undo()
    assert session.state.settings == before


def test_a_stopped_picture_is_enlarged_too_and_cancel_keeps_what_there_is(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine
) -> None:
    engine.free = False
    session = painted.session
    click(qtbot, painted.run_bar.render_button)
    engine.gate.release(4)
    qtbot.waitUntil(lambda: shade(painted) == 3)
    with qtbot.waitSignal(session.run_ended):
        click(qtbot, painted.run_bar.cancel_button)
    dialog = asked(qtbot, painted)
    click(qtbot, dialog.enlarge_button)
    engine.gate.release(2)
    qtbot.waitUntil(lambda: shade(painted) == 1)
    with qtbot.waitSignal(session.run_ended) as ended:
        click(qtbot, painted.run_bar.cancel_button)
    assert ended.args[0].ending is Ending.STOPPED
    assert session.state.result is not None
    assert recipe.Recipe.from_json(session.state.result.recipe, "").settings.size == 64


def test_a_picture_of_the_filmstrip_comes_with_what_it_was_painted_of(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    session = painted.session
    session.remove(Role.CONTENT)
    session.remove(Role.STYLE)
    painted.film.select(painted.film.entries[0].id)
    painted.film.actions_by[Act.ENLARGE].trigger()
    qtbot.waitUntil(lambda: painted.enlarging.dialog is not None)
    assert painted.enlarging.dialog is not None
    with qtbot.waitSignal(session.run_ended):
        click(qtbot, painted.enlarging.dialog.enlarge_button)
    job = engine.jobs[-1]
    assert [job.content.name, job.styles[0].name] == [path.name for path in pictures]
    assert session.state.content is job.content
    assert session.state.style is job.styles[0]
    assert session.state.looking is None


def test_the_picture_that_is_looked_at_goes_before_the_one_on_the_canvas(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine
) -> None:
    painted.session.set(strength=10)
    with qtbot.waitSignal(painted.tools.keeper.added):
        click(qtbot, painted.run_bar.render_button)
    painted.film.select(painted.film.entries[0].id)
    painted.film.ask(Act.LOOK)
    dialog = asked(qtbot, painted)
    with qtbot.waitSignal(painted.session.run_ended):
        click(qtbot, dialog.enlarge_button)
    assert engine.jobs[-1].settings.strength == pytest.approx(70)


def test_a_file_dropped_back_on_the_window_is_enlarged(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    save(qtbot, painted, tmp_path / "out.png")
    painted.session.remove(Role.CONTENT)
    drop(painted, tmp_path / "out.png")
    qtbot.waitUntil(painted.offers.isVisible)
    (button,) = [each for each in painted.offers.buttons if each.text() == "Enlarge …"]
    dialog = asked(qtbot, painted, button)
    click(qtbot, dialog.factor_buttons[4])
    with qtbot.waitSignal(painted.session.run_ended):
        click(qtbot, dialog.enlarge_button)
    job = engine.jobs[-1]
    assert job.settings.size == 128
    assert job.start is not None
    assert job.start.name == "out.png"


def test_pictures_that_are_gone_are_named_with_what_to_do(
    qtbot: QtBot, painted: MainWindow, pictures: tuple[Path, Path]
) -> None:
    painted.session.remove(Role.STYLE)
    painted.session.remove(Role.CONTENT)
    for path in pictures:
        path.unlink()
    painted.film.select(painted.film.entries[0].id)
    painted.film.ask(Act.ENLARGE)
    qtbot.waitUntil(painted.message.isVisible)
    assert pictures[0].name in painted.message.text
    assert "Open the pictures that it was painted of" in painted.message.text
    assert painted.enlarging.dialog is None


def test_a_network_that_is_not_here_is_named_with_what_to_do(
    qtbot: QtBot, painted: MainWindow
) -> None:
    result = painted.session.state.result
    assert result is not None
    told = json.loads(result.recipe)
    told["network"]["name"] = "unheard-of.pth"
    painted.enlarging.begin(replace(result, recipe=json.dumps(told)))
    qtbot.waitUntil(painted.message.isVisible)
    assert "unheard-of.pth" in painted.message.text
    assert "Put its file beside one of the pictures, or download it" in painted.message.text


def test_a_recipe_that_was_tampered_with_is_refused_in_words(
    qtbot: QtBot, painted: MainWindow
) -> None:
    result = painted.session.state.result
    assert result is not None
    painted.enlarging.begin(replace(result, recipe='{"form": 1}'))
    qtbot.waitUntil(painted.message.isVisible)
    assert "cannot be used" in painted.message.text


def test_where_nothing_can_be_enlarged_the_reason_is_said(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    window = make_window(engine)
    button, action = window.run_bar.enlarge_button, window.actions_.by_name["enlarge"]
    for each in (button, action):
        assert not each.isEnabled()
        assert each.toolTip() == "There is no painted picture yet"
    drop(window, *pictures)
    settle(qtbot, window)
    assert not button.isEnabled()
    click(qtbot, window.run_bar.render_button)
    engine.gate.release(2)
    qtbot.waitUntil(lambda: shade(window) == 1)
    assert button.toolTip() == action.toolTip() == "Wait for the end of the render, or cancel it"
    with qtbot.waitSignal(window.session.run_ended):
        click(qtbot, window.run_bar.cancel_button)
    assert button.isEnabled()
    assert action.isEnabled()


# The dialog


def test_quick_choices_px_and_paper_say_the_same_size(qtbot: QtBot, painted: MainWindow) -> None:
    dialog = asked(qtbot, painted)
    row = dialog.size_row
    assert [row.width_field.text(), row.height_field.text()] == ["64", "48"]
    assert dialog.factor_buttons[2].isChecked()
    click(qtbot, dialog.factor_buttons[4])
    assert [row.width_field.text(), row.height_field.text()] == ["128", "96"]
    typed(row.height_field, "300")
    assert dialog.chosen.size == 400
    assert dialog.chosen.dpi is None
    assert not any(button.isChecked() for button in dialog.factor_buttons.values())
    row.unit_box.setCurrentIndex(row.unit_box.findData(Unit.CM))
    row.unit_box.activated.emit(row.unit_box.currentIndex())
    assert dialog.chosen.dpi == 300
    typed(row.width_field, "30")
    assert dialog.chosen.size == 3543  # 30 cm / 2.54 × 300 dpi
    assert row.height_field.text() == "22.5"
    typed(row.dpi_field, "150")
    assert dialog.chosen == dialog.chosen.replace(size=1772, dpi=150)
    assert [row.width_field.text(), row.height_field.text()] == ["30", "22.5"]
    assert dialog.about.text() == "from 32 × 24 to 1772 × 1329 px"
    assert painted.tools.preferences.preferences.size_unit is Unit.CM


def test_memory_time_and_tiles_are_forecast_for_the_size(qtbot: QtBot, painted: MainWindow) -> None:
    dialog = asked(qtbot, painted)
    small = dialog.forecast.text()
    assert small.startswith("needs ≈ ")
    assert "tiles" not in small
    typed(dialog.size_row.width_field, "2600")
    large = dialog.forecast.text()
    # By hand: tiles of at most 1024 px where there are less than 16 GiB.
    assert "painted in 6 tiles" in large or "are free" in large
    assert large != small


def test_a_size_that_is_no_larger_or_none_at_all_cannot_be_chosen(
    qtbot: QtBot, painted: MainWindow
) -> None:
    dialog = asked(qtbot, painted)
    typed(dialog.size_row.width_field, "32")
    assert not dialog.enlarge_button.isEnabled()
    assert "32 px on its long side already" in dialog.forecast.text()
    assert dialog.enlarge_button.toolTip() == dialog.forecast.text()
    typed(dialog.size_row.width_field, "64")
    assert dialog.enlarge_button.isEnabled()
    for wrong in ("a lot", "nan", "99999", "-5"):
        typed(dialog.size_row.width_field, wrong)
        assert dialog.forecast.objectName() == "alarm", wrong
        assert dialog.size_row.width_field.text() == "64"
        assert dialog.chosen.size == 64


def test_a_dialog_left_open_while_a_render_begins_waits_for_its_end(
    qtbot: QtBot, painted: MainWindow, engine: FakeEngine
) -> None:
    dialog = asked(qtbot, painted)
    engine.free = False
    painted.session.render()
    assert not dialog.enlarge_button.isEnabled()
    assert dialog.forecast.text() == "Wait for the end of the render, or cancel it"
    with qtbot.waitSignal(painted.session.run_ended):
        painted.session.cancel()
    assert dialog.enlarge_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert painted.enlarging.dialog is None
    assert painted.session.state.phase is Phase.IDLE


# With the real engine


def test_the_window_enlarges_to_the_same_bytes_as_the_command_line(
    qtbot: QtBot,
    make_window: MakeWindow,
    net: Path,
    pictures: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beside = tmp_path / net.name
    shutil.copy(net, beside)
    window = opened(qtbot, make_window, beside, pictures)
    session = window.session
    session.set(depth=16, threads=1, strength=60)
    with qtbot.waitSignal(session.devices_found, timeout=TIMEOUT):
        session._worker.prepare()
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT):
        click(qtbot, window.run_bar.render_button)
    save(qtbot, window, tmp_path / "small.png")
    dialog = asked(qtbot, window)
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT) as ended:
        click(qtbot, dialog.enlarge_button)
    assert ended.args[0].ending is Ending.FINISHED
    save(qtbot, window, tmp_path / "window.png")

    monkeypatch.chdir(tmp_path)
    arguments = ["render", "--enlarge-from", "small.png", "--size", "96", "-o", "line.png"]
    assert cli.run([*arguments, "--threads", "1"]) == 0
    mine, theirs = (recipe.read(tmp_path / name) for name in ("window.png", "line.png"))
    open_ones = {"init": None, "seed": None}  # of which nothing depends on the seed here
    assert mine.settings.replace(**open_ones) == theirs.settings.replace(**open_ones)
    one, other = (imageio.read(tmp_path / name) for name in ("window.png", "line.png"))
    assert one.size == other.size == fitted((80, 60), 96)
    assert np.array_equal(one.pixels, other.pixels)
