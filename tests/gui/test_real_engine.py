"""The whole way with the real engine, at a small size."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.job import Frame
from engine.settings import Settings
from gui.main_window import MainWindow
from gui.state import Role
from gui.worker import Ending
from tests.gui.acts import click, drop, save
from tests.gui.conftest import MakeWindow
from tests.gui.test_window import settle

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
    save(qtbot, window, tmp_path / "out.png")
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


def test_the_whole_way_from_a_drop_to_the_settings_of_a_saved_file(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path], tmp_path: Path
) -> None:
    beside = tmp_path / net.name  # where a recipe's network is looked for
    shutil.copy(net, beside)
    window = opened(qtbot, make_window, beside, pictures)
    session, bar = window.session, window.run_bar
    frames: list[Frame] = []
    session.frame_shown.connect(frames.append)
    session.set(steps=100_000)
    press(qtbot, window)
    qtbot.waitUntil(lambda: len(frames) > 2, timeout=TIMEOUT)
    assert [frame.step for frame in frames] == sorted({frame.step for frame in frames})

    paused: list[bool] = []
    session._worker.paused.connect(lambda: paused.append(True))
    click(qtbot, bar.pause_button)
    qtbot.waitUntil(lambda: bool(paused), timeout=TIMEOUT)
    window.look._strength.setValue(80)
    with qtbot.waitSignal(session.noted, timeout=TIMEOUT, check_params_cb=is_of_style_weight):
        click(qtbot, bar.pause_button)
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT):
        click(qtbot, bar.cancel_button)
    cancelled = session.state.result
    assert cancelled is not None
    assert session.state.from_result

    session.set(steps=30, seed=7)
    window.look._strength.setValue(60)
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT) as ended:
        press(qtbot, window)
    assert ended.args[0].ending is Ending.FINISHED
    assert session._job is not None
    assert session._job.start is not None  # the picture on the canvas
    tweaked = session.state.result
    assert tweaked is not None
    assert np.abs(tweaked.pixels - cancelled.pixels).max() > 1 / 255
    kept = session.state.settings
    qtbot.waitUntil(lambda: window.film.count == 2)

    session.start_over()
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT):
        press(qtbot, window)
    save(qtbot, window, tmp_path / "out.png")
    session.use(Settings())
    session.remove(Role.CONTENT)
    session.remove(Role.STYLE)
    drop(window, tmp_path / "out.png")
    qtbot.waitUntil(window.offers.isVisible)
    assert pictures[0].name in window.offers.text
    click(qtbot, window.offers.buttons[0])
    settle(qtbot, window)
    restored = session.state.settings
    for name in ("strength", "size", "steps", "seed", "content_layer", "style_layers"):
        assert getattr(restored, name) == getattr(kept, name), name
    assert restored.network == str(beside)
    assert session.state.content is not None
    assert session.state.style is not None
    assert [session.state.content.name, session.state.style.name] == [p.name for p in pictures]


def is_of_style_weight(text: str) -> bool:
    return "style weight" in text.lower()
