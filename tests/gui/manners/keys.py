"""A user without a mouse: presses keys wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow

MOST = 300
"""Presses of Tab after which what is looked for cannot be reached."""

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier


def focused() -> QWidget:
    """The widget that keys go to; a window always has one."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the focus is lost"
    return widget


class Keyboard:
    """Presses keys, and nothing else.

    Attributes:
        window: in front.
    """

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self.window = qtbot, window
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key, as slowly as people do: windows come and go meanwhile."""
        held = Qt.KeyboardModifier.NoModifier
        for each in modifiers:
            held |= each
        self._qtbot.keyClick(focused(), key, held)
        QApplication.processEvents()

    def round(self) -> list[QWidget]:
        """All that Tab reaches, in its order, until it is where it began."""
        begin = focused()
        reached = [begin]
        while len(reached) < MOST:
            self.press(Key.Key_Tab)
            if focused() is begin:
                return reached
            reached.append(focused())
        raise AssertionError(f"Tab never comes back to {begin}")

    def go_to(self, widget: QWidget) -> None:
        """Press Tab until a widget has the focus."""
        for _ in range(MOST):
            if focused() is widget:
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {widget} {widget.accessibleName()!r}")
