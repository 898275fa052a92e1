"""What is typed, dragged and turned in the look panel holds or goes back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.knobs import STRENGTH, even_stops
from engine.settings import KNOBS, Settings
from gui.look.controls import StopSlider
from gui.look.fields import stepped, written
from gui.look.panel import LookPanel
from tests.engine.test_settings import some_settings
from tests.gui.look.support import box, enter, field, pick, settings_of


def slider(panel: LookPanel, name: str) -> QSlider:
    found = panel.controls[name].slider
    assert found is not None
    return found


def everything_settled(qtbot: QtBot, panel: LookPanel) -> None:
    sliders = panel.findChildren(StopSlider)
    qtbot.waitUntil(lambda: not any(each._rest.isActive() for each in sliders))


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


def test_even_stops_hold_both_ends() -> None:
    assert even_stops(0, 100, 1) == tuple(range(101))
