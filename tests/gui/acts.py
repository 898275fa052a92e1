"""What users do to a window over a scripted engine."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.film.strip import Act
from gui.main_window import MainWindow
from tests.gui.fake_engine import FakeEngine

PATIENCE: Final = 30_000
"""Milliseconds: the machine may be busy, and what comes sooner is not waited for."""


def drop(widget: QWidget, *paths: Path) -> None:
    """Let files fall on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def save(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Save the result, and wait until it is written."""
    with qtbot.waitSignal(window.session.writer.saved):
        window.session.save(path)


def shade(window: MainWindow) -> int | None:
    """The red of the canvas's first pixel; None for the invitation."""
    image = window.canvas.image
    return None if image.isNull() else image.pixelColor(0, 0).red()


def begin(qtbot: QtBot, window: MainWindow, engine: FakeEngine, steps: int = 1) -> None:
    """Start a run, and let it get to a step."""
    click(qtbot, window.run_bar.render_button)
    step(qtbot, window, engine, steps)


def step(qtbot: QtBot, window: MainWindow, engine: FakeEngine, steps: int = 1) -> None:
    run = window.session.run
    at = run.frame.step if run and run.frame else -1
    for _ in range(steps):
        engine.gate.release()
    qtbot.waitUntil(lambda: shown_step(window) == at + steps)


def shown_step(window: MainWindow) -> int:
    run = window.session.run
    return run.frame.step if run and run.frame else -1


def end(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.session.run_ended):
        window.session.cancel()


def paint(qtbot: QtBot, window: MainWindow, engine: FakeEngine, steps: int = 3) -> None:
    """A picture whose shade is one less than its steps, kept in the filmstrip."""
    count = window.film.count
    begin(qtbot, window, engine, steps)
    end(qtbot, window)
    qtbot.waitUntil(lambda: window.film.count == count + 1)


def pause(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> int:
    """Pause; where a step is under way, it arrives. Returns the step that is waited at."""
    waits: list[bool] = []
    window.session._worker.paused.connect(lambda: waits.append(True))
    click(qtbot, window.run_bar.pause_button)
    engine.gate.release()
    qtbot.waitUntil(lambda: bool(waits))
    worker = window.session._worker
    qtbot.waitUntil(lambda: worker._newest is None)
    return shown_step(window)


def trigger(window: MainWindow, name: str) -> None:
    window.actions_.by_name[name].trigger()


def look_at(window: MainWindow, row: int) -> None:
    window.film.select(window.film._model.entries[row].id)
    window.film.ask(Act.LOOK)


def active(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
