"""Windows with a content and styles, and more styles to add."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.fake_engine import FakeEngine
from tests.gui.styles.support import Open


@pytest.fixture
def paintings(tmp_path: Path) -> list[Path]:
    """Paintings of one colour each and of unlike sizes."""
    paths = []
    for number in range(4):
        colour = (60 * number, 120, 255 - 60 * number)
        path = tmp_path / f"style{number}.png"
        Image.new("RGB", (40 + 10 * number, 60), colour).save(path)
        paths.append(path)
    return paths


@pytest.fixture
def open_window(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    engine: FakeEngine,
    pictures: tuple[Path, Path],
    paintings: list[Path],
) -> Open:
    """Makes a window with a photograph and so many styles."""

    def opened(count: int) -> MainWindow:
        window = make_window(engine)
        window.inputs.open_all([pictures[0], *paintings[:count]])
        qtbot.waitUntil(lambda: not window.session.state.reading)
        return window

    return opened
