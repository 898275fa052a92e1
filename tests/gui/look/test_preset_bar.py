"""The presets above the look: kept, put on, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from engine.settings import Settings
from gui.look.panel import LookPanel
from tests.gui.look.support import pick, settings_of


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
