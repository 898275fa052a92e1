"""The whole way with the real engine, at a small size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.worker import Ending
from tests.gui.conftest import MakeWindow
from tests.gui.test_window import drop, settle

TIMEOUT = 60_000


def opened(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path]
) -> MainWindow:
    window = make_window()
    drop(window, *pictures)
    settle(qtbot, window)
    window.session.set(
        network=str(net),
        content_layer="conv2_1",
        style_layers="conv1_1,conv2_1",
        size=48,
        steps=6,
        device="cpu",
    )
    return window


def press(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.run_bar.render_button, Qt.MouseButton.LeftButton)


def test_from_drop_to_saved_file(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path], tmp_path: Path
) -> None:
    window = opened(qtbot, make_window, net, pictures)
    with qtbot.waitSignal(window.session.run_ended, timeout=TIMEOUT) as ended:
        press(qtbot, window)
    assert ended.args[0].ending is Ending.FINISHED
    assert window.session.save(tmp_path / "out.png")
    saved = np.asarray(Image.open(tmp_path / "out.png"))
    assert saved.shape == (36, 48, 3)
    shown = window.canvas.image
    assert (shown.width(), shown.height()) == (48, 36)
    colour = shown.pixelColor(7, 5)
    assert saved[5, 7].tolist() == [colour.red(), colour.green(), colour.blue()]


def test_cancel_in_the_middle_and_a_second_render_after_it(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path]
) -> None:
    window = opened(qtbot, make_window, net, pictures)
    window.session.set(steps=100_000)
    with qtbot.waitSignal(window.session.frame_shown, timeout=TIMEOUT):
        press(qtbot, window)
    with qtbot.waitSignal(window.session.run_ended, timeout=TIMEOUT) as ended:
        qtbot.mouseClick(window.run_bar.cancel_button, Qt.MouseButton.LeftButton)
    assert ended.args[0].ending is Ending.STOPPED
    assert not window.canvas.image.isNull()
    window.session.set(steps=3)
    with qtbot.waitSignal(window.session.run_ended, timeout=TIMEOUT) as ended:
        press(qtbot, window)
    assert ended.args[0].ending is Ending.FINISHED
    assert ended.args[0].frame.step == 3


def test_an_engine_error_is_shown_in_the_window(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path]
) -> None:
    window = opened(qtbot, make_window, net, pictures)
    window.session.set(content_layer="conv4_2")
    with qtbot.waitSignal(window.session.run_ended, timeout=TIMEOUT) as ended:
        press(qtbot, window)
    assert ended.args[0].ending is Ending.FAILED
    assert "no layer conv4_2" in window.message.text
