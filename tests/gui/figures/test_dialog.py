"""The paper's figures in the window: chosen, seen growing, cancelled, saved."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from engine.figures.boxes import Box
from engine.figures.order import FigureOrder
from engine.figures.panels import Shows
from engine.figures.paper import FIGURES
from engine.job import Progress
from engine.series.making import Order
from engine.series.messages import Piece, SeriesMessage
from gui.figures.dialog import FigureDialog
from gui.main_window import MainWindow
from gui.state import Phase
from tests.gui.acts import click, drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, FakeEngine
from tests.gui.test_window import settle

if TYPE_CHECKING:
    from engine.series.making import Order

RED = (200, 0, 0)


@dataclass
class FakeMaking:
    """Paints each render red, after a release of the gate."""

    gate: Semaphore = field(default_factory=lambda: Semaphore(0))
    orders: list[FigureOrder] = field(default_factory=list)

    def __call__(self, order: Order) -> Generator[SeriesMessage, None, None]:
        assert isinstance(order, FigureOrder)
        self.orders.append(order)
        renders = list(order.jobs)
        yield from order.pictures
        for count, index in enumerate(renders, 1):
            while not self.gate.acquire(timeout=0.01):
                yield Progress("painting")
            red = np.full((9, 12, 3), RED, np.uint8)
            yield Piece(index, count / len(renders), red, is_done=True)


@pytest.fixture
def making() -> FakeMaking:
    return FakeMaking()


@pytest.fixture
def window(make_window: MakeWindow, engine: FakeEngine, making: FakeMaking) -> MainWindow:
    window = make_window(engine)
    window.session._prepared((CPU,))
    window.session._worker._make_series = making
    return window


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, pictures: tuple[Path, Path]) -> Iterator[FigureDialog]:
    """The dialog over a window with pictures of its own, at figure 4."""
    drop(window, *pictures)
    settle(qtbot, window)
    yield opened(window, 4)
    if window.figures.dialog is not None:
        with qtbot.waitSignal(window.figures.dialog.finished):
            window.figures.dialog.reject()
    qtbot.waitUntil(lambda: window.session.state.phase is Phase.IDLE)


def opened(window: MainWindow, number: int) -> FigureDialog:
    window.actions_.by_name["figures"].trigger()
    dialog = window.figures.dialog
    assert dialog is not None
    dialog.list.setCurrentRow(number - 1)
    return dialog


def is_red(dialog: FigureDialog, index: int) -> bool:
    assert dialog.studio.sheet is not None
    box: Box = dialog.studio.sheet.layout.places[index].picture
    pixels = dialog.studio.sheet.pixels[box.top : box.bottom, box.left : box.right]
    return bool((pixels == RED).all())


def test_a_figure_grows_panel_by_panel_and_can_then_be_saved(
    qtbot: QtBot, dialog: FigureDialog, making: FakeMaking
) -> None:
    assert not dialog.save_button.isEnabled()
    click(qtbot, dialog.make_button)
    making.gate.release()
    qtbot.waitUntil(lambda: is_red(dialog, 0))
    assert not is_red(dialog, 1)
    qtbot.waitUntil(lambda: "25 %" in dialog.status.text())
    with qtbot.waitSignal(dialog.studio.ended):
        making.gate.release(3)
    assert all(is_red(dialog, index) for index in range(4))
    assert dialog.status.text() == "Done"
    assert dialog.save_button.isEnabled()


def test_it_is_made_of_the_windows_pictures_or_of_its_own(
    qtbot: QtBot, window: MainWindow, dialog: FigureDialog, making: FakeMaking
) -> None:
    state = window.session.state
    assert dialog.studio.order is not None
    assert dialog.studio.order.content is state.content
    assert dialog.studio.order.styles == (state.style,)
    dialog.bundled.click()
    qtbot.waitUntil(lambda: bool(dialog.studio.order and dialog.studio.order.content.size[0] > 99))
    assert dialog.studio.order.content.name.startswith(FIGURES[4].content)
    dialog.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: bool(dialog.studio.order and len(dialog.studio.order.styles) > 1))
    names = [Path(style.name).stem for style in dialog.studio.order.styles]
    assert names == list(FIGURES[3].styles)


def test_the_windows_style_comes_first_where_a_figure_takes_several(
    qtbot: QtBot, window: MainWindow, dialog: FigureDialog
) -> None:
    dialog.list.setCurrentRow(2)
    qtbot.waitUntil(lambda: bool(dialog.studio.order and len(dialog.studio.order.styles) > 1))
    assert dialog.studio.order is not None
    assert dialog.studio.order.styles[0] is window.session.state.style
    names = [Path(style.name).stem for style in dialog.studio.order.styles]
    assert names[1:] == list(FIGURES[3].styles[:-1])


def test_a_window_without_pictures_says_so_and_takes_the_bundled_ones(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = opened(window, 7)
    assert dialog.bundled.isChecked()
    assert not dialog.own.isEnabled()
    assert "content and style" in dialog.own.toolTip()
    qtbot.waitUntil(lambda: dialog.studio.order is not None)
    assert dialog.make_button.isEnabled()
    dialog.reject()


def test_the_windows_network_and_the_dialogs_size_are_taken(
    qtbot: QtBot, window: MainWindow, dialog: FigureDialog
) -> None:
    window.session.set(network="sketch", threads=1, style_weight=7.0)
    dialog.panel_size.setCurrentIndex(0)
    order = dialog.studio.order
    assert order is not None
    assert (order.size, order.given.network, order.given.threads) == (128, "sketch", 1)
    assert order.given.style_weight is None
    assert "needs" in dialog.status.text().lower()


def test_cancel_keeps_the_panels_shown_and_nothing_can_be_saved(
    qtbot: QtBot, dialog: FigureDialog, making: FakeMaking
) -> None:
    click(qtbot, dialog.make_button)
    making.gate.release()
    qtbot.waitUntil(lambda: is_red(dialog, 0))
    for widget in (dialog.list, dialog.own, dialog.panel_size):
        assert not widget.isEnabled()
        assert "Wait for the end of the figure" in widget.toolTip()
    with qtbot.waitSignal(dialog.studio.ended):
        click(qtbot, dialog.cancel_button)
    assert is_red(dialog, 0)
    assert dialog.status.text() == "Cancelled"
    assert not dialog.save_button.isEnabled()
    assert dialog.list.isEnabled()


def test_closing_cancels(
    qtbot: QtBot, window: MainWindow, dialog: FigureDialog, making: FakeMaking
) -> None:
    click(qtbot, dialog.make_button)
    making.gate.release()
    qtbot.waitUntil(lambda: is_red(dialog, 0))
    dialog.reject()
    qtbot.waitUntil(lambda: window.session.state.phase is Phase.IDLE)
    assert window.figures.dialog is None


def test_while_a_render_runs_the_reason_is_said_and_then_gone(
    qtbot: QtBot, window: MainWindow, dialog: FigureDialog, engine: FakeEngine
) -> None:
    window.session.render()
    assert not dialog.make_button.isEnabled()
    assert dialog.make_button.toolTip() == window.session.state.why_no_series
    assert "A render is running" in dialog.status.text()
    with qtbot.waitSignal(window.session.run_ended):
        window.session.cancel()
    assert dialog.make_button.isEnabled()


def test_a_saved_figure_is_a_png_of_the_sheet(
    qtbot: QtBot,
    window: MainWindow,
    dialog: FigureDialog,
    making: FakeMaking,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with qtbot.waitSignal(dialog.studio.ended):
        making.gate.release(4)
        click(qtbot, dialog.make_button)
    asked = str(tmp_path / "mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (asked, ""))
    with qtbot.waitSignal(window.session.writer.saved):
        click(qtbot, dialog.save_button)
    assert dialog.studio.sheet is not None
    with Image.open(tmp_path / "mine.png") as image:
        assert np.array_equal(np.asarray(image), dialog.studio.sheet.pixels)
        assert image.text["Title"].startswith("Figure 4")  # type: ignore[attr-defined]


def test_every_control_has_a_name_and_says_what_it_does(dialog: FigureDialog) -> None:
    widgets: list[QWidget] = [dialog.list, dialog.panel_size, *dialog.findChildren(QAbstractButton)]
    for widget in widgets:
        named = widget.accessibleName() or getattr(widget, "text", str)()
        assert named
        assert widget.toolTip()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert dialog.view.accessibleName()
    shown = [panel for panel in FIGURES[4].plan(1) if panel.shows is Shows.RENDER]
    assert len(shown) == 4
