"""The queue's tab: keys, drops, words, what it offers and why not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.job import Picture
from gui.main_window import MainWindow
from gui.queue.acts import Act
from gui.queue.items import ROWS, STATUS
from gui.queue.panel import QueuePanel
from gui.state import Role
from tests.gui.acts import click, drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import FakeEngine
from tests.gui.test_window import settle


@pytest.fixture
def window(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    """With a photograph and a painting, and the queue's tab open."""
    window = make_window(engine)
    drop(window, *pictures)
    settle(qtbot, window)
    window.show_lower(2)
    return window


def fill(qtbot: QtBot, window: MainWindow, count: int = 3) -> QueuePanel:
    """Put some in, of rising strength."""
    for number in range(count):
        window.session.set(strength=10.0 * (number + 1))
        click(qtbot, window.run_bar.queue_button)
    return window.queue.panel


def strengths(window: MainWindow) -> list[int]:
    return [round(entry.strength) for entry in window.tools.queue.line]


def choose(panel: QueuePanel, *rows: int) -> None:
    entries = panel.view.model().entries  # type: ignore[attr-defined]
    panel.view.select(tuple(entries[row].id for row in rows), rows[-1])


def test_three_are_queued_painted_and_in_the_filmstrip(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    panel = fill(qtbot, window)
    assert strengths(window) == [10, 20, 30]
    assert panel.summary.text() == "3 waiting"
    engine.free = True
    with qtbot.waitSignal(window.tools.queue.emptied):
        click(qtbot, panel.start_button)
    qtbot.waitUntil(lambda: window.film.count == 3)
    assert panel.summary.text() == "3 done"
    assert [round(job.settings.strength) for job in engine.jobs] == [10, 20, 30]
    # The last one is looked at; the pictures and settings are those that the user left.
    qtbot.waitUntil(lambda: window.session.state.looking is not None)
    assert window.session.state.result is None
    assert not panel.start_button.isEnabled()
    assert panel.start_button.toolTip() == "Nothing waits in the queue"


def test_while_one_is_painted_the_row_says_how_far_it_is(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    panel = fill(qtbot, window, 2)
    click(qtbot, panel.start_button)
    first = panel.view.model().index(0, 0)
    for _ in range(4):
        engine.gate.release()
    qtbot.waitUntil(lambda: str(first.data(STATUS)).startswith("3/10"))
    assert panel.start_button.text() == "Pause the queue"
    choose(panel, 0)
    assert panel.why_not(Act.EDIT) == "It is being painted"


def test_the_row_of_the_next_one_begins_at_its_own_beginning(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    panel, queue = fill(qtbot, window, 2), window.tools.queue
    click(qtbot, panel.start_button)
    for _ in range(11):
        engine.gate.release()
    second = [each.id for each in queue.line][1]
    qtbot.waitUntil(lambda: queue.running == second)
    assert panel.view.model().index(1, 0).data(STATUS) == "Starting …"


def test_keys_move_and_remove_and_duplicate(qtbot: QtBot, window: MainWindow) -> None:
    panel = fill(qtbot, window)
    choose(panel, 2)
    qtbot.keyClick(panel.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert strengths(window) == [10, 30, 20]
    assert [round(each.strength) for each in panel.view.selected()] == [30]  # it stays chosen
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert strengths(window) == [10, 20, 30]
    choose(panel, 0)
    qtbot.keyClick(panel.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert strengths(window) == [10, 10, 20, 30]
    choose(panel, 1, 2)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert strengths(window) == [10, 30]


def test_rows_are_dragged_to_another_place(qtbot: QtBot, window: MainWindow) -> None:
    fill(qtbot, window)
    model = window.queue.panel.view.model()
    dragged = model.mimeData([model.index(0, 0)])
    assert dragged.hasFormat(ROWS)
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(dragged, move, 3, 0, QModelIndex())  # the view removes nothing
    assert strengths(window) == [20, 30, 10]


def test_photographs_that_are_dropped_are_painted_in_the_style_that_is_chosen(
    qtbot: QtBot, window: MainWindow, pictures: tuple[Path, Path]
) -> None:
    fill(qtbot, window, 1)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (*pictures, Path("missing.png"))])
    copy = Qt.DropAction.CopyAction
    window.queue.panel.view.model().dropMimeData(data, copy, 0, 0, QModelIndex())
    queue = window.tools.queue
    qtbot.waitUntil(lambda: len(queue.line) == 3)
    assert [each.content for each in queue.line] == ["photo.png", "painting.jpg", "photo.png"]
    assert {each.styles for each in queue.line} == {("painting.jpg",)}
    qtbot.waitUntil(window.message.isVisible)  # the one that is missing is said
    assert window.session.state.content is not None
    assert window.session.state.content.name == "photo.png"


def test_without_a_style_dropped_photographs_are_declined_with_the_reason(
    qtbot: QtBot, window: MainWindow, pictures: tuple[Path, Path]
) -> None:
    window.session.remove(Role.STYLE)
    drop(window.queue.panel, pictures[0])
    assert window.message.isVisible()
    assert len(window.tools.queue.line) == 0


def test_edited_and_saved_back_the_entry_is_changed_where_it_was(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = fill(qtbot, window, 2)
    choose(panel, 0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: round(window.session.state.settings.strength) == 10)
    bar = window.queue.edit_bar
    assert bar.isVisible()
    window.session.set(strength=77)
    window.actions_.by_name["add-to-queue"].trigger()  # saves it back rather than adding
    assert strengths(window) == [77, 20]
    assert not bar.isVisible()
    window.session.undo()  # the panels' own history is as ever
    choose(panel, 1)
    panel.ask(Act.EDIT)
    click(qtbot, bar.leave_button)
    assert strengths(window) == [77, 20]


def test_every_button_says_what_it_does_or_why_it_does_not(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = window.queue.panel

    def look() -> None:
        for button in panel.findChildren(QAbstractButton):
            assert button.toolTip(), button
            assert button.accessibleName() or button.text(), button

    look()
    fill(qtbot, window, 2)
    choose(panel, 0)
    look()
    assert panel.why_not(Act.UP) == "It is the first already"
    assert panel.why_not(Act.AGAIN) == "It has not been painted yet"
    index = panel.view.model().index(0, 0)
    said = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "photo.png in the style of painting.jpg" in said
    assert "Waiting" in said


def test_a_failed_one_says_why_in_its_row(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    panel = fill(qtbot, window, 1)
    engine.failure, engine.fails_at, engine.free = ValueError("such luck"), 0, True
    click(qtbot, panel.start_button)
    index = panel.view.model().index(0, 0)
    qtbot.waitUntil(lambda: "such luck" in str(index.data(STATUS)))
    assert panel.summary.text() == "1 failed"


def test_where_finished_renders_are_saved_is_chosen_in_the_tab(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, kept = window.queue.panel, window.tools.preferences
    click(qtbot, panel.saves)
    assert kept.preferences.queue_saves
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    click(qtbot, panel.folder_button)
    assert kept.preferences.queue_folder == tmp_path
    assert str(tmp_path) in panel.saves.toolTip()


def test_the_rows_are_drawn_at_every_standing(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    panel = fill(qtbot, window, 3)
    window.tools.queue.add(
        window.session.state.job_of(Picture(np.zeros((20, 400, 3), np.uint16), "<b>.tif"))  # type: ignore[arg-type]
    )
    choose(panel, 1)
    click(qtbot, panel.start_button)
    engine.gate.release()
    qtbot.waitUntil(lambda: window.session.run is not None and window.session.run.frame is not None)
    window.session.cancel()
    qtbot.waitUntil(lambda: panel.summary.text() == "3 waiting · 1 cancelled")
    image = panel.view.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, 400, 7) for y in range(0, 90, 3)}) > 20
    last = panel.view.model().index(3, 0)
    assert "&lt;b&gt;" in str(last.data(Qt.ItemDataRole.ToolTipRole))


def test_another_window_over_the_same_queue_shows_it(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    fill(qtbot, window, 2)
    other = MainWindow(window.session, window.tools)
    qtbot.addWidget(other)
    assert other.queue.panel.view.model().rowCount() == 2
    other.retire()
    QApplication.processEvents()
