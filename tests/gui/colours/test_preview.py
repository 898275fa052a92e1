"""The style's thumbnail shows the colours that the network will see."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from engine.colours.palette import Palette
from engine.job import Picture
from gui.inputs.panel import InputPanel
from gui.inputs.picture_input import RecentList
from gui.session import Session
from gui.state import Role
from gui.styles.row import FurtherRow
from gui.worker import Worker
from tests.engine.support import picture
from tests.gui.fake_engine import FakeEngine, no_devices


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    made = Session(Worker(FakeEngine(), no_devices))
    made._set(now=made.state.now.__class__(content=CONTENT, styles=(STYLE,)))
    return made


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> InputPanel:
    made = InputPanel(session, RecentList())
    session.setParent(made)
    qtbot.addWidget(made)
    made.setFixedSize(236, 520)
    made.show()
    return made


CONTENT = Picture((96 + picture(30, 50).pixels * 0.25).astype(np.uint8), "content")
STYLE = picture(60, 40, 1)


def thumbnail(panel: InputPanel, role: Role = Role.STYLE) -> NDArray[np.uint8]:
    image = panel.target(role)._small.convertToFormat(
        panel.target(role)._small.Format.Format_RGB888
    )
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def test_the_styles_own_colours_are_shown_as_they_are(panel: InputPanel) -> None:
    np.testing.assert_array_equal(thumbnail(panel), STYLE.pixels)
    np.testing.assert_array_equal(thumbnail(panel, Role.CONTENT), CONTENT.pixels)


@pytest.mark.parametrize("colours", ["match", "match-cholesky"])
def test_matched_colours_have_the_photographs_statistics(panel: InputPanel, colours: str) -> None:
    panel._session.set(colours=colours)
    found, wanted = Palette.of(thumbnail(panel)), Palette.of(CONTENT.pixels)
    np.testing.assert_allclose(found.mean, wanted.mean, atol=2e-3)
    np.testing.assert_allclose(found.covariance, wanted.covariance, atol=1e-3)
    assert "matched colours" in panel.target(Role.STYLE).accessibleDescription()
    np.testing.assert_array_equal(thumbnail(panel, Role.CONTENT), CONTENT.pixels)


def test_of_a_style_that_is_used_for_its_light_only_the_light_is_shown(panel: InputPanel) -> None:
    panel._session.set(colours="luminance")
    shown = thumbnail(panel).astype(int)
    assert np.ptp(shown, axis=2).max() <= 1
    assert "light only" in panel.target(Role.STYLE).accessibleDescription()


def test_less_strength_shows_more_of_the_styles_own_colours(panel: InputPanel) -> None:
    panel._session.set(colours="match", colour_strength=0.0)
    np.testing.assert_array_equal(thumbnail(panel), STYLE.pixels)
    panel._session.set(colour_strength=0.5)
    half = thumbnail(panel).astype(float)
    panel._session.set(colour_strength=1.0)
    np.testing.assert_allclose(half, (thumbnail(panel) + STYLE.pixels.astype(float)) / 2, atol=1.1)


def test_it_follows_the_pictures_and_goes_back(panel: InputPanel) -> None:
    session = panel._session
    session.set(colours="match")
    session.swap()
    found = Palette.of(thumbnail(panel))
    np.testing.assert_allclose(found.mean, Palette.of(STYLE.pixels).mean, atol=0.02)
    session.remove(Role.CONTENT)
    np.testing.assert_array_equal(thumbnail(panel), CONTENT.pixels)
    session.remove(Role.STYLE)
    assert panel.target(Role.STYLE)._small.isNull()
    session.undo()
    session.undo()
    session.set(colours="style")
    np.testing.assert_array_equal(thumbnail(panel), CONTENT.pixels)


def test_grey_and_tiny_pictures_are_shown_too(panel: InputPanel, tmp_path: Path) -> None:
    session = panel._session
    grey = Picture(np.full((10, 10, 3), 77, np.uint8), "grey")
    for content, style in ((grey, STYLE), (CONTENT, grey), (grey, grey)):
        session._change_picture("pictures", content=content, styles=(style,))
        for colours in ("match", "match-cholesky", "luminance"):
            session.set(colours=colours)
            assert thumbnail(panel).shape == style.pixels.shape


def test_each_of_several_styles_is_shown_in_its_own_new_colours(panel: InputPanel) -> None:
    session, other = panel._session, picture(40, 40, 7)
    session._change("styles", styles=(STYLE, other))
    session.set(colours="match", style_crops=((0.0, 0.0, 0.5, 1.0), None))
    wanted = Palette.of(CONTENT.pixels)
    found = Palette.of(thumbnail(panel))
    assert thumbnail(panel).shape == (60, 20, 3)
    np.testing.assert_allclose(found.mean, wanted.mean, atol=3e-3)
    row = panel.styles.rows[1]
    assert isinstance(row, FurtherRow)
    assert row.thumbnail._dress is not None
    dressed = row.thumbnail._dress.tone.of(Palette.of(other.pixels))
    np.testing.assert_allclose(dressed.covariance, wanted.covariance, atol=1e-4)
    assert not row.thumbnail.grab().isNull()
    session.set(colours="style")
    assert row.thumbnail._dress is None
