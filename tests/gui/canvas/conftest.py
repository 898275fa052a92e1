"""A canvas with room to look at."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.canvas.canvas import Canvas


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """432 x 332 on the screen, without a picture."""
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(432, 332)
    canvas.show()
    canvas.setFocus()
    return canvas
