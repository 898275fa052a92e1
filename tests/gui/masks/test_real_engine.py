"""Masks from the brush to the real engine, into the saved file, and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from PIL import Image
from pytestqt.qtbot import QtBot

from engine.job import Guidance
from engine.recipes import recipe
from gui.main_window import MainWindow
from gui.masks.guiding import STRENGTH, UNGUIDED
from gui.state import Result
from tests.gui.acts import click, drop, save
from tests.gui.conftest import MakeWindow
from tests.gui.masks.support import stroke
from tests.gui.test_real_engine import TIMEOUT, opened, press
from tests.gui.test_window import settle


def same(one: Guidance, other: Guidance) -> bool:
    """Whether two say the same, whatever the masks are called."""
    pairs = zip((*one.masks, one.strength), (*other.masks, other.strength), strict=True)
    return all(
        a is b if a is None or b is None else np.array_equal(a.values, b.values) for a, b in pairs
    )


def painted(qtbot: QtBot, window: MainWindow) -> Result:
    with qtbot.waitSignal(window.session.run_ended, timeout=TIMEOUT):
        press(qtbot, window)
    result = window.session.state.result
    assert result is not None
    return result


def test_only_what_was_marked_is_painted(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path]
) -> None:
    window = opened(qtbot, make_window, net, pictures)
    window.session.set(steps=15, seed=1, strength=90)
    window.masks.toggle()
    window.masks.model.choose(size=0.5, hardness=1.0)
    stroke(qtbot, window, (0.0, 0.0), (0.0, 1.0))
    result = painted(qtbot, window).pixels
    content = Image.open(pictures[0]).resize((48, 36), Image.Resampling.LANCZOS)
    changed = np.abs(result - np.asarray(content, np.float32) / 255).mean(axis=(0, 2))
    assert changed[:8].mean() > 4 * changed[-16:].mean()


def test_repainted_while_paused_the_masks_are_taken_up_saved_and_brought_back(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path], tmp_path: Path
) -> None:
    beside = tmp_path / net.name  # where a recipe's network is looked for
    shutil.copy(net, beside)
    window = opened(qtbot, make_window, beside, pictures)
    session = window.session
    session.set(steps=100_000)
    window.masks.toggle()
    stroke(qtbot, window, (0.2, 0.2), (0.8, 0.3))
    with qtbot.waitSignal(session.frame_shown, timeout=TIMEOUT):
        press(qtbot, window)
    heard: list[str] = []
    session._worker.paused.connect(lambda: heard.append("paused"))
    session._worker.guided.connect(lambda: heard.append("guided"))
    click(qtbot, window.run_bar.pause_button)
    qtbot.waitUntil(lambda: "paused" in heard, timeout=TIMEOUT)
    stroke(qtbot, window, (0.2, 0.7), (0.8, 0.8))
    window.masks.model.choose(region=STRENGTH, level=0.4)
    stroke(qtbot, window, (0.4, 0.7), (0.4, 0.8))
    click(qtbot, window.run_bar.pause_button)
    qtbot.waitUntil(lambda: "guided" in heard, timeout=TIMEOUT)
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT):
        click(qtbot, window.run_bar.cancel_button)
    last = session.state.guidance
    save(qtbot, window, tmp_path / "out.png")
    made = recipe.read(tmp_path / "out.png")
    assert made is not None
    assert same(made.masks, last)

    window.masks.model.clear()
    window.masks.model.choose(region=0)
    window.masks.model.clear()
    assert session.state.guidance is UNGUIDED
    drop(window, tmp_path / "out.png")
    qtbot.waitUntil(window.offers.isVisible)
    click(qtbot, window.offers.buttons[0])
    settle(qtbot, window)
    assert same(session.state.guidance, last)

    session.set(steps=3)
    result = painted(qtbot, window)
    with qtbot.waitSignal(session.study_found, timeout=TIMEOUT) as found:
        session.study(result)
    assert same(found.args[0].guidance, last)
    assert same(found.args[0].job(found.args[0].larger(64, None)).guidance, last)
