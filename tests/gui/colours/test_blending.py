"""The photograph's colours put back into the picture on the canvas, at once and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from engine import defaults
from engine.colours.blending import blended, unblended
from engine.job import Frame, Job, Picture, Started
from engine.recipes.recipe import Recipe
from engine.settings import Settings
from engine.stylise import stylise
from gui.colours.blending import Blending
from gui.session import Session
from gui.state import Result
from gui.worker import Worker
from tests.engine.support import PLAIN_CPU, picture
from tests.gui.fake_engine import FakeEngine, no_devices


def job(net: Path, **values: object) -> Job:
    small = {"network": str(net), "content_layer": "conv2_1", "style_layers": "conv1_1,conv2_1"}
    place = {"size": 48, "steps": 4, "threads": 1, "device": "cpu", "seed": 3}
    settings = Settings.of({**small, **place, "precision": "float32", **values})
    photograph = Picture((64 + picture(72, 96).pixels * 0.5).astype(np.uint8), "photograph")
    return Job(photograph, (picture(40, 40, 1),), settings)


def painted(asked: Job) -> Result:
    messages = list(stylise(asked))
    started = next(message for message in messages if isinstance(message, Started))
    last = [message for message in messages if isinstance(message, Frame)][-1]
    recipe = Recipe.of(asked, started, last.step).to_json()
    return Result.of(last.snapshot(), asked, recipe)


@pytest.fixture
def session(qtbot: QtBot, net: Path) -> Iterator[Session]:
    made = Session(Worker(FakeEngine(), no_devices))
    Blending(made, made)
    asked = job(net)
    result = painted(asked)
    made._change("render", content=asked.content, styles=asked.styles, settings=asked.settings)
    made._change("render", result=result, from_result=True)
    yield made
    QThreadPool.globalInstance().waitForDone()


def put_back(qtbot: QtBot, session: Session, blend: float) -> Result:
    with qtbot.waitSignal(
        session.changed,
        check_params_cb=lambda state: state.result is not before,
    ):
        before = session.state.result
        session.set(colour_blend=blend)
    result = session.state.result
    assert result is not None
    return result


def test_the_picture_on_the_canvas_is_what_the_engine_would_have_shown(
    qtbot: QtBot, session: Session, net: Path
) -> None:
    for blend in (0.4, 1.0, 0.7):
        result = put_back(qtbot, session, blend)
        other = painted(job(net, colour_blend=blend))
        np.testing.assert_allclose(result.pixels, other.pixels, atol=2e-3)
        assert Recipe.from_json(result.recipe, "") == Recipe.from_json(other.recipe, "")


def test_it_goes_back_to_the_very_picture_and_is_undone_with_the_setting(
    qtbot: QtBot, session: Session
) -> None:
    first = session.state.result
    assert first is not None
    put_back(qtbot, session, 1.0)
    again = put_back(qtbot, session, 0.0)
    assert again.pixels.tobytes() == first.pixels.tobytes()
    session.undo()
    assert (session.state.settings.colour_blend, session.state.result) == (0.0, first)
    with qtbot.waitSignal(session.changed):
        session.redo()
    assert session.state.settings.colour_blend == 0.0


def test_other_settings_leave_the_picture_as_it_is(session: Session) -> None:
    first = session.state.result
    session.set(colours="luminance")
    session.set(colour_blend=0.5, colour_strength=0.5)
    QThreadPool.globalInstance().waitForDone()
    assert session.state.result is first


def test_a_picture_of_unknown_origin_is_left_alone(qtbot: QtBot, session: Session) -> None:
    unknown = Result(np.zeros((8, 8, 3), np.float32))
    session._change("picture", result=unknown)
    session.set(colour_blend=0.5)
    QThreadPool.globalInstance().waitForDone()
    assert session.state.result is unknown


@pytest.mark.parametrize("blend", [0.0, 0.3, 0.9])
def test_what_was_put_back_is_taken_out_again(blend: float) -> None:
    photograph = job(Path()).content
    pixels = (picture(72, 96, 4).pixels / 255 * 0.3 + 0.35).astype(np.float32)
    there = blended(pixels, photograph, blend)
    assert (there is pixels) == (blend == 0)
    np.testing.assert_allclose(unblended(there, photograph, blend), pixels, atol=1e-5)


def test_the_settings_of_a_result_are_those_that_a_run_would_decide(net: Path) -> None:
    asked = job(net, colour_blend=0.25)
    recipe = Recipe.from_json(painted(asked).recipe, "")
    decided = defaults.resolved(asked.settings, PLAIN_CPU, threads=1, seed=0)
    assert recipe.settings.colour_blend == decided.colour_blend == 0.25
