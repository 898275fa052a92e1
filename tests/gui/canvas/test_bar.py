"""The bar under the canvas: says the zoom, and what cannot be done and why."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.canvas.bar import CanvasBar
from gui.canvas.canvas import Canvas


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(432, 332)
    canvas.show()
    return canvas


@pytest.fixture
def bar(qtbot: QtBot, canvas: Canvas) -> CanvasBar:
    bar = CanvasBar(canvas)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def grey(width: int, height: int) -> NDArray[np.uint8]:
    return np.full((height, width, 3), 120, np.uint8)


def click(qtbot: QtBot, button: QToolButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_zoom_is_told_and_follows_the_canvas(
    qtbot: QtBot, canvas: Canvas, bar: CanvasBar
) -> None:
    assert bar.zoom_text == "–"
    canvas.show_pixels(grey(1600, 800))
    assert bar.zoom_text == "25 %"
    assert bar.fit_button.isChecked()
    click(qtbot, bar.full_button)
    assert (bar.zoom_text, bar.full_button.isChecked(), bar.fit_button.isChecked()) == (
        "100 %",
        True,
        False,
    )
    click(qtbot, bar.in_button)
    assert bar.zoom_text == "150 %"
    click(qtbot, bar.out_button)
    click(qtbot, bar.out_button)
    assert bar.zoom_text == "67 %"
    click(qtbot, bar.fit_button)
    assert bar.zoom_text == "25 %"
    canvas.resize(832, 632)
    assert bar.zoom_text == "50 %"


def test_a_pressed_fit_stays_pressed(qtbot: QtBot, canvas: Canvas, bar: CanvasBar) -> None:
    canvas.show_pixels(grey(1600, 800))
    click(qtbot, bar.fit_button)
    assert bar.fit_button.isChecked()
    click(qtbot, bar.full_button)
    click(qtbot, bar.full_button)
    assert bar.full_button.isChecked()


def test_nothing_is_grey_without_saying_why(canvas: Canvas, bar: CanvasBar) -> None:
    def reasons() -> list[str]:
        off = [button for button in bar.findChildren(QToolButton) if not button.isEnabled()]
        assert all(button.toolTip() == button.accessibleDescription() for button in off)
        return [button.accessibleDescription() for button in off]

    assert reasons() == ["There is no picture yet"] * 6
    canvas.show_pixels(grey(400, 200))
    assert reasons() == ["There is no other picture to compare with"] * 2
    canvas.set_before(grey(400, 200))
    assert reasons() == []
    canvas.zoom_to(99)
    assert reasons() == ["This is as large as it gets"]
    canvas.zoom_to(0)
    assert reasons() == ["This is as small as it gets"]


def test_every_button_has_a_name_and_a_tip(bar: CanvasBar) -> None:
    for button in bar.findChildren(QToolButton):
        assert button.accessibleName()
        assert button.toolTip()
        assert button.focusPolicy() != Qt.FocusPolicy.NoFocus


def test_compare_follows_the_canvas_and_leads_it(
    qtbot: QtBot, canvas: Canvas, bar: CanvasBar
) -> None:
    canvas.show_pixels(grey(400, 200))
    canvas.set_before(grey(400, 200))
    click(qtbot, bar.compare_button)
    assert canvas.comparing
    canvas.compare(False)
    assert not bar.compare_button.isChecked()
    canvas.compare(True)
    assert bar.compare_button.isChecked()
    canvas.set_before(None)
    assert not bar.compare_button.isChecked()


def test_before_is_shown_for_as_long_as_the_button_is_held(
    qtbot: QtBot, canvas: Canvas, bar: CanvasBar
) -> None:
    canvas.show_pixels(grey(400, 200))
    canvas.set_before(grey(400, 200))
    qtbot.mousePress(bar.hold_button, Qt.MouseButton.LeftButton)
    assert "before" in canvas.accessibleDescription()
    qtbot.mouseRelease(bar.hold_button, Qt.MouseButton.LeftButton)
    assert "before" not in canvas.accessibleDescription()
