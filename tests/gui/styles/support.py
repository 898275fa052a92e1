"""The list of styles as it is shown and moved."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow

Open = Callable[[int], MainWindow]


def names(window: MainWindow) -> list[str]:
    return [style.name for style in window.session.state.styles]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.state.reading)


def shown(window: MainWindow) -> list[str]:
    return [row._percent.text() for row in window.inputs.styles.rows]


def share(qtbot: QtBot, window: MainWindow, index: int, value: int) -> None:
    before = window.session.state.settings.style_shares
    window.inputs.styles.rows[index].slider.setValue(value)
    qtbot.waitUntil(lambda: window.session.state.settings.style_shares != before)
