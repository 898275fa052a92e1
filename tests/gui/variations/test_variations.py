"""Variations in the window: chosen, painted, promoted, kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from engine import defaults
from engine.errors import NetworkError
from engine.knobs import Knob
from engine.recipes import recipe
from engine.settings import Settings
from engine.variations import axes
from engine.variations.axes import Axis
from gui.main_window import MainWindow
from gui.state import Phase
from gui.variations.cells import CellButton
from gui.variations.chips import next_value
from gui.variations.dialog import VariationsDialog
from tests.engine.pictures import quick
from tests.gui.acts import click, drop, shade
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, STEPS, FakeEngine
from tests.gui.test_real_engine import TIMEOUT, opened
from tests.gui.test_window import settle


@pytest.fixture
def window(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    """A window with both pictures, whose engine paints without waiting."""
    engine.free, engine.network, engine.cell_shade = True, "sketch", 20
    window = make_window(engine)
    window.session._prepared((CPU,))
    drop(window, *pictures)
    settle(qtbot, window)
    return window


def asked(qtbot: QtBot, window: MainWindow) -> VariationsDialog:
    """The dialog, opened by its quiet button."""
    (button,) = [
        each
        for each in window.canvas_bar.findChildren(QAbstractButton)
        if each.text() == "Variations"
    ]
    click(qtbot, button)
    assert window.variations.dialog is not None
    return window.variations.dialog


def painted(qtbot: QtBot, dialog: VariationsDialog) -> None:
    with qtbot.waitSignal(dialog.bench.stood, check_params_cb=lambda: not dialog.bench.painting):
        click(qtbot, dialog.paint_button)
    assert not dialog.bench.missing


def shade_of(button: CellButton) -> int:
    return button._image.pixelColor(0, 0).red()


def tip(button: QAbstractButton) -> str:
    assert not button.isEnabled()
    return button.toolTip()


def test_a_sheet_fills_in_cell_by_cell_while_one_looks(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.free = False
    dialog = asked(qtbot, window)
    assert len(dialog.view.buttons) == 9
    assert not any(button.has_picture for button in dialog.view.buttons)
    click(qtbot, dialog.paint_button)
    first, second = dialog.view.buttons[:2]
    engine.gate.release(4)
    qtbot.waitUntil(lambda: first.has_picture and shade_of(first) == 23)
    assert first.share == pytest.approx(3 / STEPS)
    assert tip(dialog.render_button) == "Choose a picture first"
    engine.gate.release(STEPS + 1)
    qtbot.waitUntil(lambda: second.has_picture and shade_of(second) == 43)
    assert shade_of(first) == 20 + STEPS
    assert first.share == 1
    assert first.isChecked()  # the first that there is can be used at once
    assert dialog.caption == "Strength 30 · Stroke size 0.5×"
    assert window.session.state.phase is Phase.SERIES
    with qtbot.waitSignal(window.session.series.ended):
        click(qtbot, dialog.stop_button)
    assert first.has_picture
    assert not second.has_picture
    assert engine.opened == engine.closed == 1
    assert dialog.paint_button.isVisible()


def test_every_cell_is_painted_by_its_own_values(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    dialog = asked(qtbot, window)
    painted(qtbot, dialog)
    assert [job.settings.strength for job in engine.cells] == pytest.approx([30, 50, 70] * 3)
    assert [job.settings.style_scale for job in engine.cells] == [0.5] * 3 + [1] * 3 + [2] * 3
    assert len({job.settings.seed for job in engine.cells}) == 1
    assert {job.settings.size for job in engine.cells} == {160}
    words = [button.accessibleName() for button in dialog.view.buttons]
    assert words[5] == "Strength 70 · Stroke size 1×"
    assert [shade_of(button) for button in dialog.view.buttons] == [
        20 * number + STEPS for number in range(1, 10)
    ]


def test_one_is_promoted_from_its_picture_with_its_settings_in_one_step_back(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    session = window.session
    session.set(tv_weight=3)
    before = session.state.settings
    dialog = asked(qtbot, window)
    painted(qtbot, dialog)
    click(qtbot, dialog.view.buttons[5])
    with qtbot.waitSignal(session.run_ended):
        click(qtbot, dialog.render_button)
    assert window.variations.dialog is None
    (job,) = engine.jobs
    assert job.start is not None
    assert np.abs(job.start.pixels / 65535 - (120 + STEPS) / 255).max() < 1e-4
    wanted = defaults.for_enlarging(Settings(), 160, 640)
    assert (job.settings.size, job.settings.scales) == (640, wanted.scales)
    for settings in (job.settings, session.state.settings):
        assert settings.strength == pytest.approx(70)
        assert (settings.style_scale, settings.tv_weight) == (1, 3)
    assert session.state.settings.scales is None
    assert session.state.settings.steps is None
    session.undo()
    assert session.state.result is not None
    assert session.state.result.pixels[0, 0, 0] == pytest.approx((120 + STEPS) / 255)
    session.undo()
    assert session.state.settings == before
    assert session.state.result is None


def test_promoting_while_others_are_painted_stops_these(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.free = False
    dialog = asked(qtbot, window)
    click(qtbot, dialog.paint_button)
    engine.gate.release(STEPS + 2)
    qtbot.waitUntil(lambda: dialog.view.buttons[1].has_picture)
    with qtbot.waitSignal(window.session.run_ended):
        qtbot.mouseDClick(dialog.view.buttons[0], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(engine.jobs))
        engine.free = True
    assert engine.jobs[0].settings.strength == pytest.approx(30)
    assert len(engine.cells) == 2
    assert engine.opened == engine.closed == 2


def test_one_that_is_kept_is_in_the_filmstrip_with_its_settings(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = asked(qtbot, window)
    painted(qtbot, dialog)
    click(qtbot, dialog.view.buttons[2])
    with qtbot.waitSignal(window.tools.keeper.added) as added:
        click(qtbot, dialog.keep_button)
    assert tip(dialog.keep_button) == "It is in the filmstrip already"
    entry = added.args[0]
    assert entry.made.settings().strength == pytest.approx(70)
    assert entry.made.settings().size is None
    made = recipe.read(entry.picture)
    assert made.settings.style_scale == 0.5
    assert made.settings.size == 160
    click(qtbot, dialog.view.buttons[3])
    assert dialog.keep_button.isEnabled()


def test_after_a_render_a_sheet_is_no_run_and_its_picture_stays_on_the_canvas(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    with qtbot.waitSignal(window.session.run_ended):
        click(qtbot, window.run_bar.render_button)
    engine.free = False
    dialog = asked(qtbot, window)
    click(qtbot, dialog.paint_button)
    engine.gate.release(3)
    qtbot.waitUntil(lambda: dialog.view.buttons[0].has_picture)
    assert window.session.run is None
    assert shade(window) == STEPS
    with qtbot.waitSignal(window.session.series.ended):
        dialog.reject()
    assert shade(window) == STEPS
    assert window.session.state.result is not None


def test_closing_stops_and_takes_nothing_over(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.free = False
    before = window.session.state.now
    dialog = asked(qtbot, window)
    click(qtbot, dialog.paint_button)
    engine.gate.release(3)
    qtbot.waitUntil(lambda: dialog.view.buttons[0].has_picture)
    with qtbot.waitSignal(window.session.series.ended):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.variations.dialog is None
    assert window.session.state.now == before
    assert window.session.state.phase is Phase.IDLE
    assert engine.opened == engine.closed == 1


def test_the_keyboard_walks_chooses_and_promotes(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    dialog = asked(qtbot, window)
    painted(qtbot, dialog)
    view = dialog.view
    view.walk_to(0)
    for key, index in (
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Down, 7),
        (Qt.Key.Key_Down, 7),
        (Qt.Key.Key_Right, 8),
        (Qt.Key.Key_Up, 5),
    ):
        qtbot.keyClick(view.buttons[view.current], key)
        assert view.current == index
        assert dialog.caption == view.buttons[index].accessibleName()
    with qtbot.waitSignal(window.session.run_ended):
        qtbot.keyClick(view.buttons[5], Qt.Key.Key_Return)
    assert engine.jobs[0].settings.strength == pytest.approx(70)


def test_a_single_setting_fills_the_room_in_rows(qtbot: QtBot, window: MainWindow) -> None:
    dialog = asked(qtbot, window)
    dialog.down.show_axis("")
    dialog.across.show_axis("seed", map(str, range(8)))
    places = [button.geometry() for button in dialog.view.buttons]
    assert len(places) == 8
    assert len({place.top() for place in places}) > 1
    for place in places:
        assert dialog.view.rect().contains(place)
        assert not any(place.intersects(other) for other in places if other is not place)
    assert dialog.note.startswith("8 pictures of 160 × 120 px")


def test_what_is_painted_stays_when_values_come_and_go(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    dialog = asked(qtbot, window)
    dialog.down.show_axis("")
    painted(qtbot, dialog)
    assert tip(dialog.paint_button) == "All of them are painted"
    click(qtbot, dialog.across.add_button)
    assert [*dialog.across.values] == ["30", "50", "70", "90"]
    assert dialog.bench.missing == (3,)
    painted(qtbot, dialog)
    assert len(engine.cells) == 4
    click(qtbot, dialog.across.chips[0].remove_button)
    assert [*dialog.across.values] == ["50", "70", "90"]
    assert not dialog.bench.missing
    assert [shade_of(button) for button in dialog.view.buttons] == [
        20 * number + STEPS for number in (2, 3, 4)
    ]


def test_another_sheet_while_cells_are_painted_goes_on_with_its_own(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.free = False
    dialog = asked(qtbot, window)
    dialog.down.show_axis("")
    click(qtbot, dialog.paint_button)
    engine.gate.release(STEPS + 3)
    qtbot.waitUntil(lambda: dialog.view.buttons[1].has_picture)
    chip = dialog.across.chips[2]
    chip.selectAll()
    qtbot.keyClicks(chip, "95")
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(engine.cells) == 3)
    engine.free = True
    qtbot.waitUntil(lambda: not dialog.bench.painting)
    assert not dialog.bench.missing
    assert [job.settings.strength for job in engine.cells] == pytest.approx([30, 50, 50, 95])


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("strength", ("30",), "Strength: a sheet compares at least two values"),
        ("strength", ("30", "500"), "'500' is not allowed"),
        ("strength", ("50", "50.0"), "50 is named twice"),
        ("init", ("content", "gone.png"), "there is no start 'gone.png'"),
        ("style_scale", ("1", "2"), "Stroke size is varied twice"),
    ],
)
def test_what_cannot_be_is_said_and_not_painted(
    qtbot: QtBot, window: MainWindow, name: str, values: tuple[str, ...], words: str
) -> None:
    dialog = asked(qtbot, window)
    dialog.across.show_axis(name, values)
    assert words in dialog.note
    assert words in tip(dialog.paint_button)
    assert not dialog.view.buttons
    dialog.across.show_axis("strength", ("30", "70"))
    assert dialog.paint_button.isEnabled()
    assert len(dialog.view.buttons) == 6


@quick
@given(st.sampled_from(axes.variable()), st.integers(2, 7))
def test_a_value_that_is_added_is_one_that_goes_and_no_other_is(knob: Knob, count: int) -> None:
    values = tuple(axes.written(knob, each) for each in axes.suggested(knob))[:count]
    while 2 <= len(values) < 8:
        text = next_value(knob, values)
        if not text:
            assert knob.type not in (int, float)  # no more are known: it is to be written
            return
        assert text not in values
        values = (*values, text)
        Axis.of(knob.name, values)


def test_a_ninth_value_is_not_offered(qtbot: QtBot, window: MainWindow) -> None:
    dialog = asked(qtbot, window)
    for _ in range(5):
        click(qtbot, dialog.across.add_button)
    assert len(dialog.across.values) == len(set(dialog.across.values)) == 8
    assert "More than 8" in tip(dialog.across.add_button)


def test_a_chip_that_is_emptied_goes_and_escape_brings_back_what_was_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = asked(qtbot, window)
    chip = dialog.across.chips[1]
    chip.selectAll()
    qtbot.keyClicks(chip, "77")
    qtbot.keyClick(chip, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert [*dialog.across.values] == ["30", "50", "70"]
    chip.clear()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert [*dialog.across.values] == ["30", "70"]
    assert len(dialog.view.buttons) == 6


def test_a_cell_that_fails_is_explained_and_the_others_stay(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    dialog = asked(qtbot, window)
    dialog.down.show_axis("")
    painted(qtbot, dialog)
    click(qtbot, dialog.across.add_button)
    engine.failure = NetworkError("the network is gone", "bring it back")
    with qtbot.waitSignal(dialog.bench.troubled):
        click(qtbot, dialog.paint_button)
    assert dialog.note == "The network is gone. Bring it back."
    assert [button.has_picture for button in dialog.view.buttons] == [True] * 3 + [False]
    assert dialog.paint_button.isEnabled()


def test_where_nothing_can_be_varied_the_reason_is_said(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> None:
    window = make_window(engine)
    action = window.actions_.by_name["variations"]
    assert action.toolTip() == "Choose a content and a style picture first"
    window.variations.begin()
    assert window.variations.dialog is None
    drop(window, *pictures)
    settle(qtbot, window)
    assert action.isEnabled()
    click(qtbot, window.run_bar.render_button)
    assert not action.isEnabled()
    assert action.toolTip() == "A render is running"
    with qtbot.waitSignal(window.session.run_ended):
        window.session.cancel()
    dialog = asked(qtbot, window)
    assert tip(dialog.paint_button) == "Wait until torch is loaded"


def test_with_the_real_engine_a_variation_is_promoted(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path]
) -> None:
    window = opened(qtbot, make_window, net, pictures)
    window.session._prepared((CPU,))
    window.session.set(size=64, steps=2, seed=1)
    dialog = asked(qtbot, window)
    dialog.down.show_axis("")
    dialog.across.show_axis("strength", ("20", "80"))
    with qtbot.waitSignal(
        dialog.bench.stood, timeout=TIMEOUT, check_params_cb=lambda: not dialog.bench.painting
    ):
        click(qtbot, dialog.paint_button)
    assert not dialog.bench.missing
    dialog.view.choose(1)
    with qtbot.waitSignal(window.session.run_ended, timeout=TIMEOUT):
        click(qtbot, dialog.render_button)
    state = window.session.state
    assert state.result is not None
    assert state.result.size == (64, 48)
    assert recipe.Recipe.from_json(state.result.recipe, "").settings.strength == pytest.approx(80)
    assert shade(window) is not None
