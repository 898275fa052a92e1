"""A film of the run: during it and after it, with a preview, and given up without a trace."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine import timelapse
from engine.choices import Spacing
from gui.main_window import MainWindow
from gui.preferences.store import Motion
from gui.steering.export_dialog import ExportDialog
from tests.gui.acts import begin, click, end, paint, step, trigger
from tests.gui.fake_engine import FakeEngine


def opened(window: MainWindow) -> ExportDialog:
    trigger(window, "timelapse")
    dialog = window.steering.timelapsing.dialog
    assert dialog is not None
    return dialog


def name_it(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def shown(path: Path) -> list[tuple[int, int]]:
    """The milliseconds and the shade of each frame."""
    with Image.open(path) as image:
        frames = [(f.convert("RGB"), f.info["duration"]) for f in ImageSequence.Iterator(image)]
    return [(int(lasts), np.asarray(frame)[5, 5, 0]) for frame, lasts in frames]


def test_before_any_run_the_reason_is_said(qtbot: QtBot, ready: MainWindow) -> None:
    with qtbot.waitSignal(ready.session.noted) as noted:
        trigger(ready, "timelapse")
    assert noted.args[0] == "There is no run yet to make a timelapse of"
    assert ready.steering.timelapsing.dialog is None


def test_a_finished_run_is_exported_as_was_chosen(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paint(qtbot, ready, engine, 8)
    dialog = opened(ready)
    dialog.format_box.setCurrentIndex(1)
    dialog.length_field.setValue(3.5)
    dialog.spacing_box.setCurrentIndex(1)
    dialog.photograph_box.setChecked(True)
    assert dialog.choice.options.spacing is Spacing.STEP
    assert "9 different frames in 3.5 s, 32 × 24 px" in dialog.about.text()
    name_it(monkeypatch, tmp_path / "film.gif")
    with qtbot.waitSignal(ready.steering.timelapsing.exporter.written):
        click(qtbot, dialog.export_button)
    lasts = [each for each, _ in shown(tmp_path / "film.gif")]
    assert sum(lasts) == 3500
    assert len(lasts) == 9
    assert ready.steering.timelapsing.dialog is None
    again = opened(ready)
    assert (again.choice.suffix, again.choice.options.seconds) == (".gif", 3.5)
    again.reject()


def test_during_a_run_it_holds_what_there_is_so_far(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin(qtbot, ready, engine, 4)
    dialog = opened(ready)
    dialog.format_box.setCurrentIndex(1)
    name_it(monkeypatch, tmp_path / "film")  # a name without its suffix
    with qtbot.waitSignal(ready.steering.timelapsing.exporter.written):
        click(qtbot, dialog.export_button)
    path = tmp_path / "film.gif"
    frames = shown(path)
    assert sum(lasts for lasts, _ in frames) == 8000
    assert len(frames) == 4
    step(qtbot, ready, engine)
    end(qtbot, ready)


def test_the_preview_shows_one_frame_after_the_other(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    paint(qtbot, ready, engine, 8)
    dialog = opened(ready)
    dialog.length_field.setValue(1.0)
    seen: set[int] = set()

    def look() -> bool:
        seen.add(dialog.preview.pixmap().toImage().pixelColor(5, 5).red())
        return len(seen) > 4

    qtbot.waitUntil(look)
    dialog.reject()
    assert not dialog._timer.isActive()


def red(dialog: ExportDialog) -> int:
    return dialog.preview.pixmap().toImage().pixelColor(5, 5).red()


def test_with_little_motion_the_preview_waits_for_its_play_button(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    ready.tools.preferences.set(motion=Motion.LESS)
    paint(qtbot, ready, engine, 8)
    dialog = opened(ready)
    assert not dialog._timer.isActive()
    assert dialog.play_button.accessibleName() == "Play the preview"
    end = red(dialog)
    assert end == np.asarray(dialog._film.picture(-1))[5, 5, 0]
    click(qtbot, dialog.play_button)
    assert dialog._timer.isActive()
    assert red(dialog) != end
    click(qtbot, dialog.play_button)
    assert not dialog._timer.isActive()
    dialog.reject()


def test_the_preview_plays_once_where_the_film_does(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine
) -> None:
    ready.tools.preferences.set(motion=Motion.FULL)
    paint(qtbot, ready, engine, 3)
    dialog = opened(ready)
    dialog.loop_box.setChecked(False)
    dialog.length_field.setValue(0.5)
    qtbot.waitUntil(lambda: not dialog.play_button.isChecked())
    assert not dialog._timer.isActive()
    click(qtbot, dialog.play_button)
    assert dialog._timer.isActive()
    dialog.reject()


def test_an_export_that_is_stopped_leaves_nothing_behind(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paint(qtbot, ready, engine, 8)
    dialog, exporter = opened(ready), ready.steering.timelapsing.exporter
    folder = tmp_path / "films"
    folder.mkdir()
    name_it(monkeypatch, folder / "film.webp")
    frames = timelapse.Animation.frames

    def given_up(animation: timelapse.Animation) -> Iterator[Image.Image]:
        for index, image in enumerate(frames(animation)):
            if index == 2:
                dialog.reject()  # the button says Stop
            yield image

    monkeypatch.setattr(timelapse.Animation, "frames", given_up)
    with qtbot.waitSignal(exporter.stopped):
        click(qtbot, dialog.export_button)
    assert list(folder.iterdir()) == []
    assert ready.steering.timelapsing.dialog is dialog
    assert dialog.export_button.isEnabled()
    dialog.reject()
    assert ready.steering.timelapsing.dialog is None


def test_without_its_library_mp4_says_what_to_install(
    qtbot: QtBot, ready: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint(qtbot, ready, engine, 4)
    monkeypatch.setitem(sys.modules, "av", None)
    dialog = opened(ready)
    dialog.format_box.setCurrentIndex(2)
    assert not dialog.export_button.isEnabled()
    assert "not installed" in dialog.export_button.toolTip()
    assert "pip install av" in dialog.about.text()
    dialog.format_box.setCurrentIndex(0)
    assert dialog.export_button.isEnabled()
    dialog.reject()


def test_what_cannot_be_written_is_said_and_the_dialog_stays(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paint(qtbot, ready, engine, 4)
    dialog = opened(ready)
    name_it(monkeypatch, tmp_path / "nowhere" / "film.webp")
    with qtbot.waitSignal(ready.steering.timelapsing.exporter.failed):
        click(qtbot, dialog.export_button)
    assert "cannot be written" in dialog.about.text()
    assert dialog.isVisible()
    dialog.reject()


def test_a_window_that_closes_gives_an_export_up(
    qtbot: QtBot,
    ready: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paint(qtbot, ready, engine, 8)
    dialog = opened(ready)
    name_it(monkeypatch, tmp_path / "film.webp")
    click(qtbot, dialog.export_button)
    ready.steering.retire()
    assert not list(tmp_path.glob(".film*"))
