"""A window whose mask tools are open, over a scripted engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.acts import click, drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import FakeEngine


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """Red tells how far right a pixel is, green how far down."""
    y, x = np.mgrid[0:192, 0:256]
    pixels = np.stack([x, y * 255 / 191, 0 * x], -1)
    Image.fromarray(pixels.astype(np.uint8)).save(tmp_path / "ramp.png")
    return tmp_path / "ramp.png"


@pytest.fixture
def desk(
    qtbot: QtBot,
    make_window: MakeWindow,
    engine: FakeEngine,
    photograph: Path,
    pictures: tuple[Path, Path],
) -> MainWindow:
    """A window whose mask tools are open."""
    window = make_window(engine)
    drop(window, photograph, pictures[1])
    qtbot.waitUntil(lambda: not window.session.state.reading)
    click(qtbot, window.canvas_bar.masks_button)
    assert window.masks.bar.isVisible()
    return window
