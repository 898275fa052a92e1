"""Pictures and drops for the input panel."""

from __future__ import annotations

import io

from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.inputs.panel import InputPanel

RED = (255, 0, 0)


def settle(qtbot: QtBot, panel: InputPanel) -> None:
    qtbot.waitUntil(lambda: not panel._session.state.reading)


def drop(widget: QWidget, data: QMimeData) -> None:
    at, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(at, copy, data, left, none))


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, RED).save(buffer, "PNG")
    return buffer.getvalue()


def as_png(data: QMimeData) -> None:
    data.setData("image/png", png())
