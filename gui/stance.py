"""How a window stands: its size and what is open in it, kept for the next one."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_LOWER_CLOSED = (750, 0)
"""Heights of the canvas with all around it, and of filmstrip and loss below."""


def restore(window: MainWindow) -> None:
    """Stand as the last window did."""
    kept = window.tools.preferences.preferences
    window.resize(1280, 800)
    if kept.window_geometry:
        window.restoreGeometry(QByteArray(base64.b64decode(kept.window_geometry)))
    window.splitter.setSizes(list(kept.splitter_sizes.get("lower", _LOWER_CLOSED)))
    window.look.advanced.set_open(kept.look_advanced_open)


def remember(window: MainWindow) -> None:
    """Keep how a window stands."""
    geometry = base64.b64encode(window.saveGeometry().data()).decode()
    window.tools.preferences.set(
        window_geometry=geometry,
        splitter_sizes={"lower": tuple(window.splitter.sizes())},
        look_advanced_open=window.look.advanced.is_open,
    )
