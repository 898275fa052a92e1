"""Masks painted on the canvas: what is seen under the brush is what is marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.main_window import MainWindow
from gui.masks.guiding import STRENGTH, UNGUIDED
from tests.gui.acts import click
from tests.gui.masks.support import (
    ALT,
    LEFT,
    NONE,
    SHIFT,
    Part,
    at,
    middle,
    seen,
    stroke,
    value_at,
    values,
)

# Where a stroke goes


@pytest.mark.parametrize(
    ("zoom", "push"),
    [(None, (0, 0)), (1.0, (0, 0)), (2.5, (120, -60)), (9.0, (-500, 300)), (0.4, (0, 0))],
)
def test_what_is_seen_under_the_brush_is_what_is_marked(
    qtbot: QtBot, desk: MainWindow, zoom: float | None, push: tuple[int, int]
) -> None:
    canvas, model = desk.canvas, desk.masks.model
    if zoom is not None:
        canvas.zoom_to(zoom)
        canvas.pan(QPointF(*push))
    model.choose(size=0.02, hardness=1.0, overlay=False)
    visible = canvas.picture_rect() & canvas.rect()
    point = visible.topLeft() + QPoint(visible.width() // 3, visible.height() // 4)
    under = seen(desk, point)
    qtbot.mouseClick(canvas, LEFT, NONE, point)
    x, y = middle(values(desk))
    assert x == pytest.approx(under.red() / 255, abs=0.012)
    assert y == pytest.approx(under.green() / 255, abs=0.012)


def test_a_stroke_is_as_wide_as_its_size_says_and_goes_where_it_was_drawn(
    qtbot: QtBot, desk: MainWindow
) -> None:
    desk.masks.model.choose(size=0.1, hardness=1.0)
    stroke(qtbot, desk, (0.2, 0.5), (0.8, 0.5))
    mask = values(desk)
    assert mask.shape == (768, 1024)
    assert (mask[:, 512] > 127).sum() == pytest.approx(102, abs=2)
    assert (mask[384] > 127).sum() == pytest.approx(0.6 * 1024 + 102, abs=6)


def test_the_brush_covers_on_the_screen_what_it_marks(qtbot: QtBot, desk: MainWindow) -> None:
    desk.masks.model.choose(size=0.2, hardness=1.0)
    qtbot.mouseMove(desk.canvas, at(desk, (0.5, 0.5)))
    ring = desk.masks.hand.overlay.ring
    assert ring is not None
    rect = desk.canvas.device_rect()
    assert 2 * ring.radius * desk.masks.hand.overlay.scale(rect) == pytest.approx(
        0.2 * rect.width()
    )
    QApplication.sendEvent(desk.canvas, QEvent(QEvent.Type.Leave))
    assert desk.masks.hand.overlay.ring is None


def test_shift_draws_a_straight_line_from_where_the_last_stroke_ended(
    qtbot: QtBot, desk: MainWindow
) -> None:
    desk.masks.model.choose(size=0.05, hardness=1.0)
    stroke(qtbot, desk, (0.2, 0.2))
    assert value_at(desk, (0.5, 0.5)) == 0
    stroke(qtbot, desk, (0.8, 0.8), key=SHIFT)
    for part in (0.2, 0.35, 0.5, 0.65, 0.8):
        assert value_at(desk, (part, part)) == 255


def test_the_eraser_takes_away_and_so_does_alt(qtbot: QtBot, desk: MainWindow) -> None:
    model = desk.masks.model
    model.choose(size=0.3, hardness=1.0)
    stroke(qtbot, desk, (0.3, 0.5), (0.7, 0.5))
    model.choose(size=0.1)
    stroke(qtbot, desk, (0.5, 0.5), key=ALT)
    assert value_at(desk, (0.5, 0.5)) == 0
    click(qtbot, desk.masks.bar.eraser_button)
    stroke(qtbot, desk, (0.3, 0.5))
    assert value_at(desk, (0.3, 0.5)) == 0
    assert value_at(desk, (0.4, 0.5)) == 255
    stroke(qtbot, desk, (0.3, 0.5), key=ALT)
    assert value_at(desk, (0.3, 0.5)) == 255


def test_what_is_erased_before_anything_is_painted_is_all_where_the_style_does_not_go(
    qtbot: QtBot, desk: MainWindow
) -> None:
    desk.masks.model.choose(size=0.2, hardness=1.0, erasing=True)
    stroke(qtbot, desk, (0.5, 0.5))
    assert value_at(desk, (0.5, 0.5)) == 0
    assert value_at(desk, (0.1, 0.1)) == 255


def test_a_click_beside_the_picture_marks_nothing(qtbot: QtBot, desk: MainWindow) -> None:
    desk.masks.model.choose(size=0.01)
    desk.canvas.zoom_to(0.3)
    before = desk.session.state.now
    qtbot.mouseClick(desk.canvas, LEFT, NONE, QPoint(3, 3))
    assert desk.session.state.now is before


def test_space_and_the_middle_button_still_push_the_picture(qtbot: QtBot, desk: MainWindow) -> None:
    canvas = desk.canvas
    canvas.zoom_to(6.0)
    for button, held in ((LEFT, True), (Qt.MouseButton.MiddleButton, False)):
        before = canvas.picture_rect().topLeft()
        if held:
            qtbot.keyPress(canvas, Qt.Key.Key_Space)
        qtbot.mousePress(canvas, button, NONE, QPoint(200, 200))
        qtbot.mouseMove(canvas, QPoint(230, 190))
        qtbot.mouseRelease(canvas, button, NONE, QPoint(230, 190))
        if held:
            qtbot.keyRelease(canvas, Qt.Key.Key_Space)
        assert canvas.picture_rect().topLeft() - before == QPoint(30, -10)
    assert desk.session.state.guidance is UNGUIDED


def pen(
    window: MainWindow,
    kind: QEvent.Type,
    part: Part,
    pressure: float,
    tip: QPointingDevice.PointerType,
) -> None:
    point = QPointF(at(window, part))
    device = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        tip,
        QInputDevice.Capability.Pressure,
        1,
        2,
    )
    release = kind is QEvent.Type.TabletRelease
    event = QTabletEvent(
        kind,
        device,
        point,
        window.canvas.mapToGlobal(point),
        pressure,
        0,
        0,
        0,
        0,
        0,
        NONE,
        LEFT,
        Qt.MouseButton.NoButton if release else LEFT,
    )
    QApplication.sendEvent(window.canvas, event)


def test_a_pen_paints_as_hard_as_it_is_pressed_and_its_other_end_erases(
    qtbot: QtBot, desk: MainWindow
) -> None:
    desk.masks.model.choose(size=0.2, hardness=1.0)
    tip = QPointingDevice.PointerType.Pen
    pen(desk, QEvent.Type.TabletPress, (0.2, 0.5), 0.3, tip)
    pen(desk, QEvent.Type.TabletMove, (0.8, 0.5), 1.0, tip)
    pen(desk, QEvent.Type.TabletRelease, (0.8, 0.5), 0.0, tip)
    widths = (values(desk) > 127).sum(axis=0)
    assert widths[256] < widths[512] < widths[768]
    assert widths[819] == pytest.approx(205, abs=6)
    qtbot.keyPress(desk.canvas, Qt.Key.Key_Space)
    before = values(desk)
    pen(desk, QEvent.Type.TabletPress, (0.2, 0.2), 1.0, tip)
    pen(desk, QEvent.Type.TabletRelease, (0.2, 0.2), 0.0, tip)
    qtbot.keyRelease(desk.canvas, Qt.Key.Key_Space)
    assert values(desk) is before
    eraser = QPointingDevice.PointerType.Eraser
    pen(desk, QEvent.Type.TabletPress, (0.8, 0.5), 0.5, eraser)
    pen(desk, QEvent.Type.TabletRelease, (0.8, 0.5), 0.0, eraser)
    assert value_at(desk, (0.8, 0.5)) == 0


# What is seen


def test_a_region_is_seen_in_its_colour_where_it_is_and_nowhere_else(
    qtbot: QtBot, desk: MainWindow
) -> None:
    inside, outside = at(desk, (0.3, 0.5)), at(desk, (0.8, 0.5))
    before, beside = seen(desk, inside), seen(desk, outside)
    desk.masks.model.choose(size=0.2, hardness=1.0)
    stroke(qtbot, desk, (0.3, 0.5))
    qtbot.mouseMove(desk.canvas, at(desk, (0.7, 0.1)))
    colour, after = QColor(theme.REGIONS[0]), seen(desk, inside)
    for channel in ("red", "green", "blue"):
        mixed = 0.45 * getattr(before, channel)() + 0.55 * getattr(colour, channel)()
        assert getattr(after, channel)() == pytest.approx(mixed, abs=3)
    assert seen(desk, outside) == beside
    desk.masks.model.choose(overlay=False)
    assert seen(desk, inside) == before


def test_the_strength_is_seen_as_grey_where_the_styles_act_less(
    qtbot: QtBot, desk: MainWindow
) -> None:
    inside, outside = at(desk, (0.3, 0.5)), at(desk, (0.8, 0.5))
    beside = seen(desk, outside)
    desk.masks.model.choose(region=STRENGTH, size=0.2, hardness=1.0, level=0.0)
    stroke(qtbot, desk, (0.3, 0.5))
    qtbot.mouseMove(desk.canvas, at(desk, (0.7, 0.1)))
    grey = seen(desk, inside)
    assert (
        max(grey.red(), grey.green(), grey.blue()) - min(grey.red(), grey.green(), grey.blue()) < 25
    )
    assert seen(desk, outside) == beside


def test_the_stroke_is_seen_while_it_is_drawn_and_is_in_force_at_its_end(
    qtbot: QtBot, desk: MainWindow
) -> None:
    desk.masks.model.choose(size=0.2, hardness=1.0)
    point = at(desk, (0.5, 0.5))
    before = seen(desk, point)
    qtbot.mousePress(desk.canvas, LEFT, NONE, at(desk, (0.3, 0.5)))
    qtbot.mouseMove(desk.canvas, at(desk, (0.6, 0.5)))
    assert seen(desk, point) != before
    assert desk.session.state.guidance is UNGUIDED
    qtbot.mouseRelease(desk.canvas, LEFT, NONE, at(desk, (0.6, 0.5)))
    assert value_at(desk, (0.5, 0.5)) == 255


# The strength


def test_the_strength_is_painted_to_the_level_that_was_chosen(
    qtbot: QtBot, desk: MainWindow
) -> None:
    bar = desk.masks.bar
    row = bar.regions.findData(STRENGTH)
    bar.regions.setCurrentIndex(row)
    bar.regions.activated.emit(row)
    assert bar.amount_slider.slider.accessibleName() == "Strength"
    bar.amount_slider.slider.setValue(40)
    desk.masks.model.choose(size=0.2, hardness=1.0)
    for _ in range(2):
        stroke(qtbot, desk, (0.5, 0.5))
    assert value_at(desk, (0.5, 0.5), STRENGTH) == 102
    assert value_at(desk, (0.1, 0.1), STRENGTH) == 255
    stroke(qtbot, desk, (0.5, 0.5), key=ALT)
    assert value_at(desk, (0.5, 0.5), STRENGTH) == 255
    assert desk.session.state.guidance.masks == ()
