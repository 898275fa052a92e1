"""Undo, branch and timelapse with the real engine, at a small size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.job import Frame
from tests.gui.acts import click
from tests.gui.conftest import MakeWindow
from tests.gui.test_real_engine import TIMEOUT, opened, press


def test_undo_brings_back_the_picture_to_the_bit_and_the_losses_go_on_from_there(
    qtbot: QtBot,
    make_window: MakeWindow,
    net: Path,
    pictures: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = opened(qtbot, make_window, net, pictures)
    session, bar = window.session, window.run_bar
    worker = session._worker
    seen: list[tuple[Frame, NDArray[np.float32]]] = []
    attend = worker._attend

    def noting(frame: Frame, record: object) -> object:
        seen.append((frame, frame.snapshot()))
        return attend(frame, record)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "_attend", noting)
    session.set(steps=100_000, precision="float32", threads=1)
    press(qtbot, window)
    qtbot.waitUntil(lambda: len(seen) > 3, timeout=TIMEOUT)
    session.set(style_weight=4000.0)
    qtbot.waitUntil(lambda: any("style weight" in t for t in [session.state.undo.lower()]))
    count = len(seen)
    qtbot.waitUntil(lambda: len(seen) > count + 3, timeout=TIMEOUT)
    before = next(i for i, (frame, _) in enumerate(seen) if i and _changed(seen, i)) - 1
    window.actions_.by_name["undo"].trigger()
    qtbot.waitUntil(lambda: _back(seen) is not None, timeout=TIMEOUT)
    back = _back(seen)
    assert back is not None
    qtbot.waitUntil(lambda: len(seen) > back + 2, timeout=TIMEOUT)
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT):
        click(qtbot, bar.cancel_button)
    (frame, pixels), (again, restored) = seen[before], seen[back]
    assert (again.step, again.scale, again.losses) == (frame.step, frame.scale, frame.losses)
    assert np.array_equal(restored, pixels)
    after = [each.losses.total for each, _ in seen[back : back + 3]]
    assert after == sorted(after, reverse=True)

    window.steering.bar.slider.setValue(2)
    name = tmp_path / "film.webp"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(name), ""))
    window.actions_.by_name["timelapse"].trigger()
    dialog = window.steering.timelapsing.dialog
    assert dialog is not None
    with qtbot.waitSignal(window.steering.timelapsing.exporter.written, timeout=TIMEOUT):
        click(qtbot, dialog.export_button)
    with Image.open(name) as image:
        assert image.size == (48, 36)
        image.seek(getattr(image, "n_frames", 1) - 1)
        shown = np.asarray(image.convert("RGB"), np.float64)
    assert np.abs(shown - seen[-1][1] * 255).mean() < 8

    session.set(steps=3)
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT) as ended:
        click(qtbot, window.steering.bar.branch_button)
    assert ended.args[0].frame.step == 3
    assert session._job is not None
    assert session._job.start is not None


def _changed(seen: list[tuple[Frame, NDArray[np.float32]]], index: int) -> bool:
    """Whether a frame is the first under the new settings."""
    settings = [frame.state.header.settings for frame, _ in seen]  # type: ignore[attr-defined]
    return bool(settings[index].style_weight == 4000 != settings[index - 1].style_weight)


def _back(seen: list[tuple[Frame, NDArray[np.float32]]]) -> int | None:
    """The first frame that came after a later one."""
    steps = [frame.step for frame, _ in seen]
    return next((i for i in range(1, len(steps)) if steps[i] < steps[i - 1]), None)
