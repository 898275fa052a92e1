"""The look panel: it shows what holds, and nothing of it is cut off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from engine.blends.portions import NAMES
from engine.job import DeviceInfo
from engine.knobs import Group
from engine.settings import KNOBS
from gui import theme
from gui.look.panel import LookPanel
from gui.look.presets import PresetStore
from gui.session import Session
from gui.state import Phase
from gui.style_sheet import style_sheet
from gui.worker import Worker
from tests.gui.fake_engine import FakeEngine, no_devices
from tests.gui.look.support import box, enter, field, pick, settings_of

GPU = DeviceInfo("cuda:0", "A card", 24 * 2**30, bfloat16=True)


CPU = DeviceInfo("cpu", "A processor", 16 * 2**30, bfloat16=False)


def run(panel: LookPanel, phase: Phase) -> None:
    panel._session._set(phase=phase)


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
