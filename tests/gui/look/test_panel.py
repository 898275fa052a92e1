"""The look panel: it shows what holds, and what is entered holds or goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.blends.portions import NAMES
from engine.job import DeviceInfo
from engine.knobs import STRENGTH, Group, even_stops
from engine.settings import KNOBS, Settings
from gui import theme
from gui.look.controls import StopSlider
from gui.look.fields import stepped, written
from gui.look.panel import LookPanel
from gui.look.presets import PresetStore
from gui.session import Session
from gui.state import Phase
from gui.style_sheet import style_sheet
from gui.worker import Worker
from tests.engine.test_settings import some_settings
from tests.gui.fake_engine import FakeEngine, no_devices

GPU = DeviceInfo("cuda:0", "A card", 24 * 2**30, bfloat16=True)
CPU = DeviceInfo("cpu", "A processor", 16 * 2**30, bfloat16=False)


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> LookPanel:
    """A panel on the screen, over a session without a thread, that was opened and closed."""
    session = Session(Worker(FakeEngine(), no_devices))
    panel = LookPanel(session, PresetStore(tmp_path / "presets"))
    session.setParent(panel)
    qtbot.addWidget(panel)
    panel.resize(312, 640)
    panel.show()
    panel.advanced.button.click()
    panel.advanced.button.click()
    return panel


def settings_of(panel: LookPanel) -> Settings:
    return panel._session.state.settings


def field(panel: LookPanel, name: str) -> QLineEdit:
    widget = panel.controls[name].field
    assert isinstance(widget, QLineEdit)
    return widget


def box(panel: LookPanel, name: str) -> QComboBox:
    widget = panel.controls[name].field
    assert isinstance(widget, QComboBox)
    return widget


def slider(panel: LookPanel, name: str) -> QSlider:
    found = panel.controls[name].slider
    assert found is not None
    return found


def enter(panel: LookPanel, name: str, text: str) -> None:
    """Type over what is in a field, and press Return."""
    line = field(panel, name)
    line.selectAll()
    line.insert(text)
    line.editingFinished.emit()


def pick(choices: QComboBox, row: int) -> None:
    choices.setCurrentIndex(row)
    choices.activated.emit(row)


def run(panel: LookPanel, phase: Phase) -> None:
    panel._session._set(phase=phase)


def everything_settled(qtbot: QtBot, panel: LookPanel) -> None:
    sliders = panel.findChildren(StopSlider)
    qtbot.waitUntil(lambda: not any(each._rest.isActive() for each in sliders))


def test_every_setting_but_those_of_the_inputs_has_one_control_with_label_help_and_reset(
    panel: LookPanel,
) -> None:
    declared = [knob for knob in KNOBS.values() if knob.group is not Group.INPUTS]
    assert list(panel.controls) == ["strength", *(knob.name for knob in declared)]
    assert set(KNOBS) - set(panel.controls) == {"init", *NAMES}
    for control in panel.controls.values():
        assert panel.isAncestorOf(control)
        assert control.label.text() == control.knob.label
        assert control.label.buddy() is control.field
        for widget in (control.field, control.slider):
            if widget is not None:
                assert widget.accessibleName() == control.knob.label
                assert widget.toolTip() == control.knob.help
        assert control.reset.accessibleName() == f"Reset {control.knob.label} to its default"
        assert not control.reset.isVisibleTo(panel)


def test_the_few_that_matter_are_in_front_and_the_rest_is_closed_at_first(
    qtbot: QtBot, tmp_path: Path
) -> None:
    panel = LookPanel(Session(Worker(FakeEngine(), no_devices)), PresetStore(tmp_path))
    panel._session.setParent(panel)
    qtbot.addWidget(panel)
    panel._session.set(seed=5)

    def visible() -> list[str]:
        return [name for name, control in panel.controls.items() if control.isVisibleTo(panel)]

    front = ["strength", "size", "style_scale", "detail", "colours", "steps", "tv_weight"]
    front.append("network")
    for _ in range(2):
        assert visible() == front
        assert panel.advanced.button.accessibleDescription() == "collapsed"
        panel.advanced.button.click()
        assert visible() == list(panel.controls)
        # All but the start and what is said of the styles, and strength.
        assert len(visible()) == len(KNOBS) - len(NAMES)
        assert panel.advanced.button.accessibleDescription() == "expanded"
        assert field(panel, "seed").text() == "5"
        panel.advanced.button.click()


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(values=some_settings)
def test_what_is_shown_and_entered_again_is_the_same(
    panel: LookPanel, values: dict[str, object]
) -> None:
    settings = Settings.of(values)
    assume(not settings.network.endswith("/"))  # no file is called so
    panel._session.use(settings)
    shown = {name: text_of(panel, name) for name in KNOBS if name in panel.controls}
    panel._session.use(Settings.of({"init": settings.init}))
    for name, text in shown.items():
        put_back(panel, name, text)
    back = settings_of(panel)
    for name in KNOBS:
        assert written(getattr(back, name)) == written(getattr(settings, name))


def text_of(panel: LookPanel, name: str) -> str:
    widget = panel.controls[name].field
    return widget.text() if isinstance(widget, QLineEdit) else widget.currentText()  # type: ignore[attr-defined]


def put_back(panel: LookPanel, name: str, text: str) -> None:
    if isinstance(panel.controls[name].field, QLineEdit):
        enter(panel, name, text)
    else:
        pick(box(panel, name), max(0, box(panel, name).findText(text)))


@given(values=some_settings)
@hypothesis_settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
def test_leaving_a_field_without_typing_changes_nothing(
    panel: LookPanel, values: dict[str, object]
) -> None:
    settings = Settings.of(values).replace(style_weight=12.3456789012345, tv_weight=1 / 3)
    panel._session.use(settings)
    for control in panel.controls.values():
        if isinstance(control.field, QLineEdit):
            control.field.editingFinished.emit()
    assert settings_of(panel) == settings


@pytest.mark.parametrize(("strength", "weight"), [(50, None), (60, 75.3566), (0, 0.3), (100, 3000)])
def test_strength_is_the_style_weight_on_the_artists_scale(
    panel: LookPanel, strength: int, weight: float | None
) -> None:
    panel._session.set(strength=30)
    slider(panel, "strength").setValue(strength)
    panel.controls["strength"].slider._send()  # type: ignore[union-attr]
    found = settings_of(panel).style_weight
    assert found == (pytest.approx(weight) if weight is not None else None)
    assert field(panel, "strength").text() == str(strength)


def test_strength_follows_the_style_weight_and_comes_back_to_fifty(
    qtbot: QtBot, panel: LookPanel
) -> None:
    enter(panel, "style_weight", "3000")
    assert slider(panel, "strength").value() == 100
    assert field(panel, "strength").text() == "100"
    qtbot.mouseClick(panel.controls["strength"].reset, Qt.MouseButton.LeftButton)
    assert slider(panel, "strength").value() == 50
    assert settings_of(panel) == Settings()
    panel._session.set(content_weight=10)
    enter(panel, "strength", "50")
    assert settings_of(panel).style_weight == pytest.approx(300)


def test_the_keyboard_moves_strength_by_one_and_by_ten(qtbot: QtBot, panel: LookPanel) -> None:
    assert slider(panel, "strength").tickInterval() == 10
    for key, value in ((Qt.Key.Key_Right, 51), (Qt.Key.Key_PageUp, 61), (Qt.Key.Key_Left, 60)):
        qtbot.keyClick(slider(panel, "strength"), key)
        everything_settled(qtbot, panel)
        assert settings_of(panel).strength == pytest.approx(value)
    for key, value in ((Qt.Key.Key_Up, 61), (Qt.Key.Key_PageDown, 51)):
        qtbot.keyClick(field(panel, "strength"), key)
        assert settings_of(panel).strength == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("size", "big", "size: 'big' is not allowed: a whole number from 32"),
        ("size", "5", "from 32 to 32768 px, or auto"),
        ("steps", "-1", "steps: '-1' is not allowed"),
        ("style_layers", "conv1_1, conv9_1", "there is no layer 'conv9_1'"),
        ("scales", "512, 256", "scales ascend"),
        ("content_weight", "", "content_weight: '' is not allowed"),
        ("strength", "101", "strength: '101' is not allowed: a number from 0 to 100"),
        ("strength", "much", "strength: 'much' is not allowed"),
    ],
)
def test_a_wrong_entry_is_told_and_goes_back(
    qtbot: QtBot, panel: LookPanel, name: str, text: str, words: str
) -> None:
    before = field(panel, name).text()
    with qtbot.waitSignal(panel._session.troubled) as told:
        enter(panel, name, text)
    assert words in told.args[0].cause
    assert field(panel, name).text() == before
    assert settings_of(panel) == Settings()


def test_a_slider_goes_back_where_its_value_is_refused(qtbot: QtBot, panel: LookPanel) -> None:
    panel._session.set(scales="256,512")
    before = slider(panel, "size").value()
    with qtbot.waitSignal(panel._session.troubled):
        qtbot.keyClick(slider(panel, "size"), Qt.Key.Key_PageUp)
    assert slider(panel, "size").value() == before


def test_a_dragged_slider_goes_back_where_its_value_is_refused(
    qtbot: QtBot, panel: LookPanel
) -> None:
    panel._session.set(scales="256,512")
    moved = slider(panel, "size")
    before = moved.value()
    moved.setSliderDown(True)
    with qtbot.waitSignal(panel._session.troubled):
        moved.setSliderPosition(before + 20)
    assert moved.value() == before + 20  # under the user's hand it stays where it is
    moved.setSliderDown(False)
    assert moved.value() == before


@pytest.mark.parametrize(("text", "shown"), [("big", "640"), ("640.0", "640"), ("512", "512")])
def test_return_leaves_what_holds_in_the_field_that_keeps_the_focus(
    qtbot: QtBot, panel: LookPanel, text: str, shown: str
) -> None:
    panel._session.set(size=640)
    panel.activateWindow()
    line = field(panel, "size")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.hasFocus()
    assert line.text() == shown


def test_what_is_being_typed_is_left_alone_and_escape_gives_it_up(
    qtbot: QtBot, panel: LookPanel
) -> None:
    panel.activateWindow()
    line = field(panel, "size")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "12")
    panel._session.set(size=700)
    assert line.text() == "12"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "700"
    assert settings_of(panel).size == 700


@pytest.mark.parametrize("text", ["", "auto", " AUTO "])
def test_an_optional_setting_goes_back_to_auto(panel: LookPanel, text: str) -> None:
    enter(panel, "size", "640")
    assert settings_of(panel).size == 640
    enter(panel, "size", text)
    assert settings_of(panel).size is None


def test_auto_says_what_it_comes_to_once_that_is_known(panel: LookPanel) -> None:
    assert field(panel, "size").placeholderText() == "auto"
    assert field(panel, "tv_weight").placeholderText() == "auto (1)"
    panel._session.devices_found.emit((GPU, CPU))
    assert field(panel, "size").placeholderText() == "auto (1536)"
    assert box(panel, "device").currentText() == "auto (A card)"
    panel._session.set(device="cpu", objective="paper")
    assert field(panel, "size").placeholderText() == "auto (640)"
    assert field(panel, "tv_weight").placeholderText() == "auto (0)"
    assert box(panel, "content_layer").currentText() == "auto (conv4_2)"


def test_devices_are_listed_with_their_memory_and_a_foreign_one_is_shown_too(
    panel: LookPanel,
) -> None:
    panel._session.set(device="cuda:7")
    panel._session.devices_found.emit((GPU, replace(GPU, name="cuda:1"), CPU))
    texts = [box(panel, "device").itemText(row) for row in range(box(panel, "device").count())]
    assert texts == [
        "auto",
        "A card · 24 GB (cuda:0)",
        "A card · 24 GB (cuda:1)",
        "A processor · 16 GB",
        "cuda:7",
    ]
    assert box(panel, "device").currentText() == "cuda:7"


def test_networks_are_listed_and_those_that_are_not_here_are_marked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IMPASTO_HOME", "TORCH_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    panel = LookPanel(Session(Worker(FakeEngine(), no_devices)))
    panel._session.setParent(panel)
    qtbot.addWidget(panel)
    choices = box(panel, "network")
    assert [choices.itemText(row) for row in range(choices.count())] == [
        "auto (sketch)",
        "vgg19 (not on this machine)",
        "sketch",
        "a file …",
    ]
    pick(choices, 2)
    assert settings_of(panel).network == "sketch"
    panel._session.set(network="/some/where/own.pth")
    assert choices.currentText() == "own.pth"


def test_settings_that_do_not_act_now_are_marked_during_a_run(panel: LookPanel) -> None:
    def marked() -> set[str]:
        controls = panel.controls.items()
        return {name for name, each in controls if not each.next_run.isHidden()}

    assert marked() == set()
    for phase in (Phase.RUNNING, Phase.CANCELLING):
        run(panel, phase)
        assert marked() == {name for name in panel.controls if name in not_live()}
    assert "strength" not in marked()
    run(panel, Phase.IDLE)
    assert marked() == set()


def not_live() -> set[str]:
    return {name for name, knob in KNOBS.items() if not knob.live}


def test_reset_is_there_only_where_there_is_something_to_reset(
    qtbot: QtBot, panel: LookPanel
) -> None:
    reset = panel.controls["steps"].reset
    line = field(panel, "steps")
    QApplication.processEvents()  # the section that was closed has left room
    place = line.mapTo(panel, QPoint())
    enter(panel, "steps", "40")
    assert reset.isVisible()
    assert line.mapTo(panel, QPoint()) == place
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert not reset.isVisible()
    assert settings_of(panel).steps is None


def test_a_dragged_slider_changes_at_most_twenty_times_a_second_and_ends_where_it_was_left(
    qtbot: QtBot, panel: LookPanel
) -> None:
    seen: list[float] = []
    panel._session.changed.connect(lambda state: seen.append(state.settings.strength))
    moved = slider(panel, "strength")
    moved.setSliderDown(True)
    for value in range(51, 91):
        moved.setSliderPosition(value)
    assert seen == [pytest.approx(51)]
    moved.setSliderDown(False)
    assert seen == [pytest.approx(51), pytest.approx(90)]
    everything_settled(qtbot, panel)
    assert len(seen) == 2


def test_the_last_of_many_changes_comes_also_without_letting_go(
    qtbot: QtBot, panel: LookPanel
) -> None:
    for value in (60, 70, 80):
        slider(panel, "strength").setValue(value)
    qtbot.waitUntil(lambda: settings_of(panel).strength == pytest.approx(80))


def test_the_wheel_changes_nothing_that_has_no_focus(panel: LookPanel) -> None:
    panel._session.set(size=512, statistic="gram")
    before = settings_of(panel)
    for control in panel.controls.values():
        for widget in (control.field, control.slider):
            if widget is not None:
                widget.clearFocus()
                assert not turn_wheel(widget)
    assert settings_of(panel) == before


def turn_wheel(widget: QWidget) -> bool:
    """Turn the wheel over a widget; returns whether it kept the event for itself."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.setAccepted(True)
    widget.wheelEvent(event)
    return event.isAccepted()


def test_a_click_on_the_groove_jumps_there(qtbot: QtBot, panel: LookPanel) -> None:
    groove = slider(panel, "strength")
    target = QPoint(groove.width() - 8, groove.height() // 3)
    qtbot.mouseClick(groove, Qt.MouseButton.LeftButton, pos=target)
    assert groove.value() >= 98


@given(
    value=st.floats(-10, 1e6),
    by=st.sampled_from([-10, -1, 1, 10]),
    stops=st.lists(st.integers(0, 10**5), unique=True, min_size=2).map(sorted).map(tuple),
)
def test_a_step_never_goes_the_wrong_way_and_lands_on_a_stop(
    value: float, by: int, stops: tuple[float, ...]
) -> None:
    found = stepped(value, stops, by)
    assert found in stops
    if stops[0] <= value <= stops[-1]:
        assert (found - value) * by >= 0


@pytest.mark.parametrize(
    "name", [name for name in (STRENGTH.name, *KNOBS) if name == "strength" or KNOBS[name].stops]
)
def test_every_stop_is_reached_by_key_and_is_a_value(
    qtbot: QtBot, panel: LookPanel, name: str
) -> None:
    moved = panel.controls[name].slider
    assert moved is not None
    stops = panel.controls[name].knob.stops
    for position in (0, 1, len(stops) // 2, len(stops) - 1):
        moved.setValue(position)
        moved._send()
        assert getattr(settings_of(panel), name) == pytest.approx(stops[position])
        assert moved.value() == position


def test_layer_names_are_completed_behind_the_last_comma_and_taken_over(panel: LookPanel) -> None:
    line = field(panel, "style_layers")
    line.setText("conv1_1=2, conv3_")
    line.completer().setCompletionPrefix(line.text())
    assert line.completer().currentCompletion() == "conv1_1=2, conv3_1"
    line.setText(line.completer().currentCompletion())  # as Qt does when it is chosen
    line.editingFinished.emit()
    assert settings_of(panel).style_layers == (("conv1_1", 2.0), ("conv3_1", 0.5))
    assert line.text() == "conv1_1=2, conv3_1=0.5"


def test_a_forecast_is_shown_below_the_size(panel: LookPanel) -> None:
    assert panel.forecast_label.isHidden()
    panel.show_forecast("needs about 9 GB of 24", True)
    assert panel.forecast_label.isVisible()
    assert panel.forecast_label.text() == "needs about 9 GB of 24"
    panel.show_forecast("", True)
    assert panel.forecast_label.isHidden()


def test_nothing_is_cut_off_at_the_panels_width(panel: LookPanel) -> None:
    panel.advanced.button.click()
    run(panel, Phase.RUNNING)
    for name, value in {"seed": 2**32 - 1, "steps": 99999, "style_layers": "conv1_1"}.items():
        panel._session.set(**{name: value})
    QApplication.processEvents()
    for control in panel.controls.values():
        right = control.reset.mapTo(panel, QPoint(control.reset.width(), 0)).x()
        assert right <= panel.width() - 14  # the scroll bar
        assert control.label.width() >= control.label.sizeHint().width()


@pytest.fixture
def dressed(panel: LookPanel) -> LookPanel:
    """The panel as it is seen, with the application's style."""
    panel.setStyleSheet(style_sheet(theme.LIGHT, "light"))
    return panel


@pytest.mark.parametrize("device", [GPU, CPU], ids=["gpu", "cpu"])
def test_what_auto_comes_to_is_shown_whole(dressed: LookPanel, device: DeviceInfo) -> None:
    panel = dressed
    panel.advanced.button.click()
    panel._session.devices_found.emit((device,))
    QApplication.processEvents()
    for name in ("content_layer", "precision", "padding"):
        shown, option = box(panel, name), QStyleOptionComboBox()
        shown.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = shown.style().subControlRect(control, option, part, shown).width() - 2
        assert shown.currentText().startswith("auto (")
        assert shown.fontMetrics().horizontalAdvance(shown.currentText()) <= room, name


def test_the_fields_stay_where_they_are_when_the_scroll_bar_comes(
    qtbot: QtBot, dressed: LookPanel
) -> None:
    panel = dressed
    bar, strength = panel._scroll.verticalScrollBar(), field(panel, "strength")

    def place() -> tuple[int, int]:
        return strength.mapTo(panel, QPoint()).x(), strength.width()

    qtbot.waitUntil(lambda: not bar.isVisible())
    QApplication.processEvents()
    without = place()
    panel.advanced.button.click()
    qtbot.waitUntil(bar.isVisible)
    QApplication.processEvents()
    assert place() == without


# Presets


@pytest.fixture
def answer(qtbot: QtBot, panel: LookPanel) -> Callable[[str, str], None]:
    """Choose an entry of the menu and answer the dialog that it opens."""

    def act(entry: str, text: str) -> None:
        action = next(each for each in panel.presets.menu.actions() if each.text() == entry)
        assert action.isEnabled()
        action.trigger()
        for dialog in panel.presets.findChildren(QInputDialog):
            dialog.setTextValue(text)
            dialog.accept()
        for question in panel.presets.findChildren(QMessageBox):
            agreed = [b for b in question.buttons() if b.text() == text or b.text() == "Replace"]
            agreed[0].click()
        QApplication.processEvents()

    return act


def names(panel: LookPanel) -> list[str]:
    """Of the default look and the user's own."""
    presets = panel.presets.box
    rows = [row for row in range(presets.count()) if not getattr(presets.itemData(row), "key", "")]
    return [presets.itemText(row) for row in rows]


def test_a_preset_is_saved_put_on_in_one_step_renamed_and_deleted(
    panel: LookPanel, answer: Callable[[str, str], None]
) -> None:
    bar = panel.presets
    panel._session.set(tv_weight=9, size=512)
    assert bar.box.currentText() == ""
    assert bar.box.placeholderText() == "Custom"
    answer("Save as preset …", "Oil")
    assert names(panel) == ["Default", "Oil"]
    assert bar.box.currentText() == "Oil"
    changes: list[object] = []
    panel._session.changed.connect(changes.append)
    pick(bar.box, 0)
    assert len(changes) == 1
    assert settings_of(panel) == Settings.of({"size": 512})
    pick(bar.box, bar.box.count() - 1)
    assert settings_of(panel).tv_weight == 9
    answer("Rename …", "Oil paint")
    assert names(panel) == ["Default", "Oil paint"]
    assert bar.box.currentText() == "Oil paint"
    answer("Delete", "Delete")
    assert names(panel) == ["Default"]
    assert settings_of(panel).tv_weight == 9
    assert bar.box.accessibleDescription() == "Custom"


def test_saving_under_a_name_that_is_taken_asks_and_replaces(
    panel: LookPanel, answer: Callable[[str, str], None]
) -> None:
    for smoothing in (2, 3):
        panel._session.set(tv_weight=smoothing)
        answer("Save as preset …", "Oil")
    pick(panel.presets.box, 0)
    pick(panel.presets.box, panel.presets.box.count() - 1)
    assert names(panel) == ["Default", "Oil"]
    assert settings_of(panel).tv_weight == 3


def test_a_name_that_is_refused_is_told(
    qtbot: QtBot, panel: LookPanel, answer: Callable[[str, str], None]
) -> None:
    with qtbot.waitSignal(panel._session.troubled) as told:
        answer("Save as preset …", " ")
    assert "1 to 80 characters" in told.args[0].cause
    assert names(panel) == ["Default"]


def test_default_can_be_neither_renamed_nor_deleted_and_says_why(panel: LookPanel) -> None:
    for entry in ("Rename …", "Delete"):
        action = next(each for each in panel.presets.menu.actions() if each.text() == entry)
        assert not action.isEnabled()
        assert action.toolTip() == "Choose a preset of your own first"


def test_reset_everything_keeps_only_the_start(
    panel: LookPanel, answer: Callable[[str, str], None]
) -> None:
    panel._session.set(init="noise", size=512, tv_weight=3, threads=2)
    answer("Reset everything", "")
    assert settings_of(panel) == Settings.of({"init": "noise"})


def test_even_stops_hold_both_ends() -> None:
    assert even_stops(0, 100, 1) == tuple(range(101))
