"""Several styles in a render: while it runs, saved, enlarged and resumed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.job import Job, Picture
from engine.recipes.recipe import Recipe
from engine.settings import Settings
from gui.state import Phase, Role
from gui.styles import slots
from gui.trouble.recovery import Recovery
from tests.gui.acts import drop
from tests.gui.fake_engine import FakeEngine, frame
from tests.gui.styles.support import Open, names, settle, share, shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_shares_act_on_a_render_while_it_runs_and_are_kept_with_its_picture(
    qtbot: QtBot, open_window: Open, engine: FakeEngine
) -> None:
    window = open_window(2)
    session = window.session
    painted: list[object] = []
    session.painted.connect(painted.append)
    session.render()
    engine.gate.release()
    qtbot.waitUntil(lambda: session.run is not None and session.run.frame is not None)
    share(qtbot, window, 0, 75)
    engine.free = True
    qtbot.waitUntil(lambda: session.state.phase is Phase.IDLE)
    (job,) = engine.jobs
    assert [style.name for style in job.styles] == ["style0.png", "style1.png"]
    assert engine.live[-1].style_shares == (0.75, 0.25)
    result = session.state.result
    assert result is not None
    made = Recipe.from_json(result.recipe, "")
    assert [style.name for style in made.styles] == ["style0.png", "style1.png"]
    assert made.settings.style_shares == (0.75, 0.25)
    assert painted
    assert slots.same(result.styles, session.state.styles)


def test_a_style_that_comes_during_a_render_waits_and_other_changes_still_act(
    qtbot: QtBot, open_window: Open, engine: FakeEngine, paintings: list[Path]
) -> None:
    window = open_window(2)
    session = window.session
    session.set(style_shares=(0.75, 0.25))
    session.render()
    engine.gate.release()
    qtbot.waitUntil(lambda: session.run is not None and session.run.frame is not None)
    drop(window.inputs.styles, paintings[2])
    settle(qtbot, window)
    share(qtbot, window, 2, 10)
    session.set(strength=80)
    engine.free = True
    qtbot.waitUntil(lambda: session.state.phase is Phase.IDLE)
    assert engine.live[-1].style_shares == (0.75, 0.25)
    assert engine.live[-1].strength == pytest.approx(80)
    assert session.state.result is not None
    made = Recipe.from_json(session.state.result.recipe, "")
    assert made.settings.style_shares == (0.75, 0.25)
    assert len(session.state.settings.style_shares or ()) == 3


def test_a_saved_picture_brings_all_its_styles_back(
    qtbot: QtBot, open_window: Open, engine: FakeEngine, tmp_path: Path
) -> None:
    window = open_window(3)
    session = window.session
    engine.free, engine.network = True, "sketch"
    crop = (0.0, 0.25, 1.0, 1.0)
    session.set(style_shares=(0.5, 0.3, 0.2), style_crops=(None, crop, None))
    with qtbot.waitSignal(session.run_ended):
        session.render()
    with qtbot.waitSignal(session.writer.saved):
        session.save(tmp_path / "painted.png")
    for _ in range(3):
        session.remove(Role.STYLE)
    assert names(window) == []
    with qtbot.waitSignal(session.recipe_found) as found:
        session.open(Role.CONTENT, tmp_path / "painted.png")
    session.restore_recipe(found.args[0])
    settle(qtbot, window)
    assert names(window) == ["style0.png", "style1.png", "style2.png"]
    assert session.state.settings.style_shares == (0.5, 0.3, 0.2)
    assert session.state.settings.style_crops == (None, crop, None)


def test_a_recipe_whose_styles_are_gone_says_nothing_of_their_shares(
    qtbot: QtBot, open_window: Open, engine: FakeEngine, tmp_path: Path, paintings: list[Path]
) -> None:
    window = open_window(2)
    session = window.session
    engine.free, engine.network = True, "sketch"
    session.set(style_shares=(0.5, 0.3))
    with qtbot.waitSignal(session.run_ended):
        session.render()
    with qtbot.waitSignal(session.writer.saved):
        session.save(tmp_path / "painted.png")
    session.exchange_styles(session.state.styles[1:], (), "removal")
    paintings[1].unlink()
    with qtbot.waitSignal(session.recipe_found) as found:
        session.open(Role.CONTENT, tmp_path / "painted.png")
    session.restore_recipe(found.args[0])
    settle(qtbot, window)
    assert names(window) == ["style0.png"]
    assert session.state.settings.style_shares is None


def test_an_enlargement_has_all_styles_and_their_shares(
    qtbot: QtBot, open_window: Open, engine: FakeEngine
) -> None:
    window = open_window(2)
    session = window.session
    engine.free, engine.network = True, "sketch"
    session.set(style_shares=(0.9, 0.1))
    with qtbot.waitSignal(session.run_ended):
        session.render()
    result = session.state.result
    assert result is not None
    session.set(style_shares=None)
    with qtbot.waitSignal(session.study_found) as found:
        session.study(result)
    study = found.args[0]
    with qtbot.waitSignal(session.run_ended):
        larger = study.larger(64, None)
        session.paint_from(study.result, study.job(larger), larger, "enlarging")
    assert [style.name for style in engine.jobs[-1].styles] == ["style0.png", "style1.png"]
    assert engine.jobs[-1].settings.style_shares == (0.9, 0.1)
    assert names(window) == ["style0.png", "style1.png"]


def test_a_crash_leaves_all_styles(tmp_path: Path) -> None:
    styles = tuple(Picture(np.full((20, 20, 3), n, np.uint8), f"{n}.png") for n in range(3))
    settings = Settings(style_shares=(1, 2, 3), style_crops=(None, (0, 0, 0.5, 1), None))
    killed = Recovery(tmp_path / "recovery")
    assert killed.record(Job(styles[0], styles, settings)).add(frame(1)) is None
    killed._locks[0].release()  # as the system does when a process is killed
    following = Recovery(tmp_path / "recovery")
    (leftover,) = following.leftovers()
    found = leftover.job()
    assert found.settings == settings
    assert [int(style.pixels[0, 0, 0]) for style in found.styles] == [0, 1, 2]
    leftover.discard()
    following.close()


def test_a_job_of_several_styles_is_resumed_with_all_of_them(
    qtbot: QtBot, open_window: Open, engine: FakeEngine
) -> None:
    window = open_window(3)
    styles = window.session.state.styles
    content = window.session.state.content

    class Left:
        def job(self) -> Job:
            assert content is not None
            return Job(content, styles[:2], Settings(style_shares=(0.4, 0.6)))

        def discard(self) -> None:
            pass

    engine.free = True
    with qtbot.waitSignal(window.session.run_ended):
        assert window.session.resume_run(Left())  # type: ignore[arg-type]
    assert names(window) == ["style0.png", "style1.png"]
    assert shown(window) == ["40 %", "60 %"]
