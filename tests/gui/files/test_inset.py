"""A result is saved with its style in the corner, or the reason why not is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.figures import inset
from engine.recipes import recipe
from gui.state import Looking
from tests.gui.acts import click, drop
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import FakeEngine
from tests.gui.test_window import settle


def test_the_canvas_is_saved_with_its_style_in_the_lower_left_corner(
    qtbot: QtBot,
    make_window: MakeWindow,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, asked = make_window(engine), tmp_path / "inset.png"
    action = window.actions_.by_name["save-inset"]
    assert not action.isEnabled()
    assert action.toolTip() == window.session.state.why_no_inset == "There is no picture yet"
    drop(window, *pictures)
    settle(qtbot, window)
    engine.free = True
    with qtbot.waitSignal(window.tools.keeper.added):
        click(qtbot, window.run_bar.render_button)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(asked), ""))
    with qtbot.waitSignal(window.session.writer.saved):
        action.trigger()
    with Image.open(asked) as image:
        saved = np.asarray(image).astype(int)
    result = window.session.state.result
    assert result is not None
    assert not result.inset
    ((width, height),) = inset.sizes((32, 24), [(80, 60)])
    plain = np.full((24, 32), saved[0, -1, 0])
    differs = saved[..., 0] != plain
    assert differs[-height:, :width].mean() > 0.9
    rim = inset.border((32, 24))
    differs[-height - rim :, : width + rim] = False
    assert not differs.any()
    assert recipe.read(asked).inset
    window.session.look(Looking(window.film.entries[0]))
    assert "on the canvas first" in action.toolTip()
