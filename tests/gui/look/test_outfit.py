"""Presets in the window: one click dresses the settings, and brings a style where none is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from engine import examples, imageio
from engine.presets import shelf
from engine.presets.looks import look_of, wearing
from engine.settings import Settings
from gui.look.panel import LookPanel
from gui.look.preset_popup import PresetPopup
from gui.look.presets import PresetStore
from gui.session import Session
from gui.state import Phase
from gui.worker import Worker
from tests.gui.fake_engine import FakeEngine, no_devices

MINE = Settings.of({"tv_weight": 7})


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> Iterator[LookPanel]:
    """A panel with one preset of the user's own, over a session without a thread."""
    session = Session(Worker(FakeEngine(), no_devices))
    store = PresetStore(tmp_path / "presets")
    store.save("Mine & yours", MINE)
    panel = LookPanel(session, store)
    session.setParent(panel)
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    for popup in popups(panel):
        popup.close()


def popups(panel: LookPanel) -> list[PresetPopup]:
    return [each for each in panel.presets.findChildren(PresetPopup) if each.isVisible()]


def choose(panel: LookPanel, name: str) -> None:
    box = panel.presets.box
    row = box.findText(name)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def dress(qtbot: QtBot, panel: LookPanel, name: str) -> None:
    """Choose a preset and wait until its style is there."""
    choose(panel, name)
    qtbot.waitUntil(lambda: not panel._session.state.reading)


def everything_read() -> None:
    """Also what nobody waits for any longer."""
    assert QThreadPool.globalInstance().waitForDone(5000)
    QApplication.processEvents()


def styles(panel: LookPanel) -> list[str]:
    return [style.name for style in panel._session.state.styles]


def take_own_style(panel: LookPanel, name: str = "pastel") -> None:
    own = imageio.read(examples.file(name))
    panel._session.exchange_styles(panel._session.state.styles, (own,), "own")


def test_a_preset_brings_its_style_where_none_is_and_undo_takes_back_both_in_one_step(
    qtbot: QtBot, panel: LookPanel
) -> None:
    session = panel._session
    session.set(size=512)
    before = session.state.now
    dress(qtbot, panel, "Watercolour")
    assert styles(panel) == ["watercolour.jpg"]
    after = session.state.settings
    assert after == wearing(Settings.of({"size": 512}), shelf.named("watercolour").look)
    assert session.state.undo == "preset “Watercolour”"
    assert panel.presets.box.currentText() == "Watercolour"
    session.undo()
    assert session.state.now.is_like(before)
    assert panel.presets.box.currentText() == "Default"
    session.redo()
    assert (styles(panel), session.state.settings) == (["watercolour.jpg"], after)


def test_a_style_of_the_user_s_own_stays(qtbot: QtBot, panel: LookPanel) -> None:
    take_own_style(panel)
    own = panel._session.state.styles
    dress(qtbot, panel, "Watercolour")
    assert panel._session.state.styles == own
    assert look_of(panel._session.state.settings) == shelf.named("watercolour").look


def test_the_same_bundled_picture_chosen_by_hand_is_the_user_s_own(
    qtbot: QtBot, panel: LookPanel
) -> None:
    dress(qtbot, panel, "Watercolour")
    take_own_style(panel, "watercolour")
    dress(qtbot, panel, "Mosaic")
    assert styles(panel) == ["watercolour.jpg"]


def test_a_style_that_a_preset_brought_gives_way_to_the_next_one_s(
    qtbot: QtBot, panel: LookPanel
) -> None:
    for name, style in (
        ("Watercolour", "watercolour.jpg"),
        ("Mosaic", "mosaic.jpg"),
        ("Fine detail", "mosaic.jpg"),
        ("Mine & yours", "mosaic.jpg"),
        ("Default", "mosaic.jpg"),
        ("Watercolour", "watercolour.jpg"),
    ):
        dress(qtbot, panel, name)
        assert styles(panel) == [style]
    assert look_of(panel._session.state.settings) == shelf.named("watercolour").look


def test_of_two_quick_clicks_the_last_one_counts(qtbot: QtBot, panel: LookPanel) -> None:
    for last, brought in (("Ink", ["ink_wash.jpg"]), ("Fine detail", ["ink_wash.jpg"])):
        choose(panel, "Mosaic")
        dress(qtbot, panel, last)
        everything_read()
        assert styles(panel) == brought
        assert panel.presets.box.currentText() == last


def test_a_style_of_the_user_s_own_that_comes_meanwhile_stays(
    qtbot: QtBot, panel: LookPanel
) -> None:
    choose(panel, "Watercolour")
    take_own_style(panel)
    qtbot.waitUntil(lambda: not panel._session.state.reading)
    assert styles(panel) == ["pastel.jpg"]
    assert look_of(panel._session.state.settings) == shelf.named("watercolour").look


def test_a_preset_acts_during_a_run(qtbot: QtBot, panel: LookPanel) -> None:
    take_own_style(panel)
    panel._session._set(phase=Phase.RUNNING)
    dress(qtbot, panel, "Fine detail")
    assert look_of(panel._session.state.settings) == shelf.named("fine-detail").look
    panel._session._set(phase=Phase.IDLE)


# The pictures to choose from


def opened(panel: LookPanel) -> PresetPopup:
    QTest.keyClick(panel.presets.box, Qt.Key.Key_F4)
    (popup,) = popups(panel)
    return popup


def test_the_box_opens_pictures_that_say_what_each_does(panel: LookPanel) -> None:
    popup = opened(panel)
    names = [tile.accessibleName() for tile in popup.tiles]
    assert names == ["Default", *(each.name for each in shelf.built_in()), "Mine & yours"]
    about = [tile.toolTip() for tile in popup.tiles]
    assert about[3].startswith(shelf.named("watercolour").about)
    assert "where you have chosen none" in about[3]
    assert all(about)
    assert isinstance(popup.tiles[-1], QPushButton)


def test_the_keyboard_goes_through_the_pictures_from_the_one_that_holds(
    qtbot: QtBot, panel: LookPanel
) -> None:
    dress(qtbot, panel, "Impasto")
    popup = opened(panel)
    focused = popup.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Impasto"
    QTest.keyClick(focused, Qt.Key.Key_Right)
    QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Down)
    focused = popup.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Woodcut"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: styles(panel) == ["woodcut.jpg"])
    assert not popups(panel)


def test_one_s_own_is_chosen_beneath(panel: LookPanel) -> None:
    popup = opened(panel)
    popup.tiles[-1].click()
    assert look_of(panel._session.state.settings) == look_of(MINE)
    assert panel.presets.box.currentText() == "Mine & yours"
    assert not popups(panel)


def test_a_preset_of_one_s_own_may_be_called_like_a_built_in_one(panel: LookPanel) -> None:
    panel.presets._store.save("Oil", Settings.of({"tv_weight": 3}))
    panel.presets.refresh()
    box = panel.presets.box
    for row in [row for row in range(box.count()) if box.itemText(row) == "Oil"]:
        box.setCurrentIndex(row)
        panel.presets._put_on(row)
        QApplication.processEvents()
        assert box.itemText(row) == "Oil"
    assert panel._session.state.settings.tv_weight == 3
    assert box.currentIndex() == box.count() - 1
