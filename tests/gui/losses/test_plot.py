"""The loss plot: what is drawn is what counts in the total, cheaply, and only when seen."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.job import Frame, Losses, NetworkInfo, Scale, Started
from engine.layers import PAPER_STYLE_LAYERS
from engine.settings import Settings
from gui import theme
from gui.losses.history import CONTENT, MOST, SMOOTHING, TOTAL, LossHistory, figure, number, ticks
from gui.losses.plot import CONTENT_COLOURS, LAYER_COLOURS, LossPlot
from tests.gui import fake_engine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIRST = fake_engine.frame(0)
LAYERS = PAPER_STYLE_LAYERS[:2]
DECIDED = Settings().replace(
    content_weight=2.0, style_weight=30.0, tv_weight=0.5, style_layers={LAYERS[0]: 0.75}
)


def started(settings: Settings = DECIDED) -> Started:
    network = NetworkInfo("fake", "a fake network", "")
    return Started(settings, (Scale(8, 6, 10),), network, fake_engine.CPU, 1)


def frame(step: int, losses: Losses, scale: int = 0, size: tuple[int, int] = (8, 6)) -> Frame:
    return replace(FIRST, step=step, losses=losses, scale=scale, size=size)


def losses(content: float = 0.5, style: float = 0.1, settings: Settings = DECIDED) -> Losses:
    """Raw terms with the total that the engine would give them."""
    alpha, beta = settings.content_weight, settings.style_weight or 0.0
    share = dict(settings.style_layers or ())[LAYERS[0]]
    total = alpha * content + beta * share * style + (settings.tv_weight or 0.0) * 0.2
    return Losses(total, content, {LAYERS[0]: style}, 0.2)


def newest(history: LossHistory) -> dict[str, float]:
    return {name: values[-1] for name, values in history.curves.items()}


def test_the_parts_add_up_to_the_total() -> None:
    history = LossHistory()
    history.start(started())
    history.add(frame(0, losses()), Settings().replace(content_weight=2.0))
    parts = newest(history)
    assert parts == pytest.approx(
        {TOTAL: 3.35, CONTENT: 2 * 0.5, LAYERS[0]: 30 * 0.75 * 0.1, SMOOTHING: 0.5 * 0.2}
    )
    assert sum(parts.values()) == pytest.approx(2 * parts[TOTAL])


def test_a_frame_that_does_not_know_a_change_yet_is_weighted_as_it_was_computed() -> None:
    history, asked = LossHistory(), DECIDED.replace(style_weight=300.0)
    history.start(started())
    history.add(frame(0, losses()), DECIDED)
    history.add(frame(1, losses()), asked)
    assert newest(history)[LAYERS[0]] == pytest.approx(30 * 0.75 * 0.1)
    history.add(frame(2, losses(settings=asked)), asked)
    assert newest(history)[LAYERS[0]] == pytest.approx(300 * 0.75 * 0.1)


@pytest.mark.parametrize("bad", [0.0, math.nan, math.inf, -1.0])
def test_what_a_log_axis_cannot_show_is_a_gap(bad: float) -> None:
    history = LossHistory()
    for step, content in enumerate((0.5, bad, 0.5)):
        history.add(frame(step, losses(content)), DECIDED)
    _, values = history.points(CONTENT)
    assert np.isfinite(values).tolist() == [True, False, True]


def test_a_layer_that_joins_later_has_no_past() -> None:
    history = LossHistory()
    history.add(frame(0, losses()), DECIDED)
    both = DECIDED.replace(style_layers={LAYERS[0]: 0.5, LAYERS[1]: 0.5})
    history.add(frame(1, Losses(3.0, 0.5, {LAYERS[0]: 0.1, LAYERS[1]: 0.1}, 0.2)), both)
    assert math.isnan(history.curves[LAYERS[1]][0])
    assert history.curves[LAYERS[1]][1] == pytest.approx(30 * 0.5 * 0.1)


STEPS_TAKEN = st.lists(st.one_of(st.just(1), st.integers(1, 40), st.integers(-60, 0)), max_size=80)


@hypothesis_settings(max_examples=40, deadline=None)
@given(moves=STEPS_TAKEN, many=st.one_of(st.just(0), st.integers(MOST - 99, 3 * MOST)))
def test_the_history_stays_bounded_ascending_and_up_to_date(moves: list[int], many: int) -> None:
    history, step = LossHistory(), 0
    some = losses()
    for move in [*moves[:40], *[1] * many, *moves[40:]]:
        step = max(0, step + move)
        history.add(frame(step, some), DECIDED)
        assert history.steps[-1] == step
    if not moves and not many:
        return
    assert len(history.steps) <= MOST
    assert all(before < after for before, after in pairwise(history.steps))
    assert {len(values) for values in history.curves.values()} == {len(history.steps)}


def test_a_long_run_keeps_its_shape() -> None:
    history = LossHistory()
    for step in range(5 * MOST):
        history.add(frame(step, losses(1 + step)), DECIDED)
    gaps = np.diff(history.steps)
    assert history.steps[0] < 32
    assert len(history.steps) >= MOST // 2
    assert gaps.max() <= 2 * np.median(gaps)
    assert history.curves[CONTENT] == [2.0 * (1 + step) for step in history.steps]


@given(low=st.floats(-12, 12), width=st.floats(0.05, 20), most=st.integers(2, 8))
def test_ticks_are_few_inside_ascending_and_told_apart(low: float, width: float, most: int) -> None:
    high = low + width
    labelled, fine = ticks(low, high, most)
    assert 2 <= len(labelled) <= max(2 * most, 9)
    assert all(low - 1e-9 <= place <= high + 1e-9 for place in [*labelled, *fine])
    assert labelled == sorted(labelled)
    texts = [number(place) for place in labelled]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.05, "0.05"), (200, "200"), (1e-3, "0.001"), (1e6, "10⁶"), (2e-5, "2·10⁻⁵"), (1, "1")],
)
def test_ticks_are_labelled_with_plain_numbers(value: float, text: str) -> None:
    assert number(math.log10(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0123, "0.0123"), (123.4, "123"), (2.0, "2.00"), (1.2e-5, "1.20·10⁻⁵"), (math.nan, "–")],
)
def test_values_have_three_digits(value: float, text: str) -> None:
    assert figure(value) == text


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("scheme", "colours"), [("dark", theme.DARK), ("light", theme.LIGHT)])
def test_curves_stand_out_from_the_ground_and_from_each_other(
    scheme: str, colours: theme.Colours
) -> None:
    curves = [*LAYER_COLOURS[scheme], CONTENT_COLOURS[scheme], colours.text, colours.quiet]
    for curve in curves:
        low, high = sorted((luminance(curve), luminance(colours.field)))
        assert (high + 0.05) / (low + 0.05) >= 3
    assert len(set(curves)) == len(curves)


def test_the_window_starts_without_the_chart_s_library() -> None:
    check = "import sys, gui.losses.plot; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    """The dark scheme, for one test."""
    before = qapp.property(theme._WORN), qapp.palette(), qapp.styleSheet()
    theme.wear(qapp, theme.DARK)
    yield
    qapp.setProperty(theme._WORN, before[0])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[2])


@pytest.fixture
def plot(qtbot: QtBot, dark: None) -> LossPlot:
    """A plot that is shown."""
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(900, 220)
    made.show()
    return made


def run(plot: LossPlot, steps: int = 40) -> None:
    plot.start(started())
    for step in range(steps + 1):
        scale = int(step > steps // 2)
        size = (512, 384) if scale else (256, 192)
        plot.add(frame(step, losses(1 / (1 + step), 1 / (1 + step)), scale, size), DECIDED)


def drawn(qtbot: QtBot, plot: LossPlot) -> None:
    qtbot.waitUntil(lambda: plot.chart is not None and not plot._stale)


def share_of(plot: LossPlot, colour: str) -> int:
    """How many pixels of the chart nearly have a colour."""
    assert plot.chart is not None
    image = plot.chart.grab().toImage().convertToFormat(plot.grab().toImage().format())
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    wanted = QColor(colour)
    bgr = np.array([wanted.blue(), wanted.green(), wanted.red()])
    return int((np.abs(raw[..., :3].astype(int) - bgr).max(-1) < 30).sum())


def test_without_a_run_there_is_only_an_invitation(plot: LossPlot) -> None:
    assert plot.chart is None
    assert plot._invitation.isVisible()


def test_a_run_is_drawn_with_its_scales_and_its_newest_values(qtbot: QtBot, plot: LossPlot) -> None:
    run(plot)
    drawn(qtbot, plot)
    assert plot.chart is not None
    assert list(plot.keys) == [TOTAL, CONTENT, LAYERS[0], SMOOTHING]
    assert [key.text() for key in plot.keys.values()][2] == "Style conv1_1"
    assert plot.place == "Iteration 40 · 512 px"
    assert plot.keys[SMOOTHING].value == "0.100"
    assert [item.label.format for item in plot.chart._marks] == ["256 px", "512 px"]
    assert [item.value() for item in plot.chart._marks] == [0, 21]
    assert share_of(plot, LAYER_COLOURS["dark"][0]) > 50


def test_a_curve_is_hidden_and_shown_from_the_legend(qtbot: QtBot, plot: LossPlot) -> None:
    run(plot)
    drawn(qtbot, plot)
    key, colour = plot.keys[CONTENT], CONTENT_COLOURS["dark"]
    assert share_of(plot, colour) > 50
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    assert share_of(plot, colour) < 5
    qtbot.keyClick(key, Qt.Key.Key_Space)
    assert share_of(plot, colour) > 50


def test_a_curve_that_is_pointed_at_in_the_legend_is_thicker(qtbot: QtBot, plot: LossPlot) -> None:
    run(plot)
    drawn(qtbot, plot)
    colour = CONTENT_COLOURS["dark"]
    thin = share_of(plot, colour)
    plot.activateWindow()
    plot.keys[CONTENT].setFocus()
    qtbot.waitUntil(lambda: share_of(plot, colour) > 1.5 * thin)


def test_the_legend_gives_the_values_under_the_mouse(qtbot: QtBot, plot: LossPlot) -> None:
    run(plot)
    drawn(qtbot, plot)
    assert plot.chart is not None
    QApplication.processEvents()
    view = plot.chart.getViewBox()
    at = view.mapViewToScene(view.viewRect().center())
    place = plot.chart.mapFromScene(at)
    qtbot.mouseMove(plot.chart.viewport(), place)
    qtbot.waitUntil(lambda: plot.place == "Iteration 20 · 256 px")
    assert plot.keys[CONTENT].value == figure(2 / 21)
    QApplication.sendEvent(plot.chart, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: plot.place == "Iteration 40 · 512 px")


def test_nothing_is_drawn_while_hidden_and_all_of_it_once_shown(
    qtbot: QtBot, plot: LossPlot
) -> None:
    plot.hide()
    run(plot)
    assert not plot._timer.isActive()
    assert plot.chart is None
    plot.show()
    drawn(qtbot, plot)
    assert plot.place == "Iteration 40 · 512 px"


def test_many_frames_are_one_drawing_and_cost_little(qtbot: QtBot, plot: LossPlot) -> None:
    run(plot)
    drawn(qtbot, plot)
    assert plot.chart is not None
    drawings: list[object] = []
    plot.chart._curves[TOTAL].sigPlotChanged.connect(drawings.append)
    some, begin = losses(), time.process_time()
    for step in range(41, 541):
        plot.add(frame(step, some, 1), DECIDED)
    each = (time.process_time() - begin) / 500
    drawn(qtbot, plot)
    assert len(drawings) == 1
    assert each < 0.002


def test_another_run_begins_with_an_empty_plot(qtbot: QtBot, plot: LossPlot) -> None:
    run(plot)
    drawn(qtbot, plot)
    plot.keys[CONTENT].setFocus()
    plot.start(started())
    QApplication.processEvents()
    assert plot._invitation.isVisible()
    assert plot.keys == {}
    plot.add(frame(0, losses()), DECIDED)
    drawn(qtbot, plot)
    assert plot.place == "Iteration 0 · 8 px"
    assert plot.chart is not None
    assert len(plot.chart._marks) == 1


def test_the_plot_wears_the_scheme(qtbot: QtBot, qapp: QApplication, plot: LossPlot) -> None:
    run(plot)
    drawn(qtbot, plot)
    theme.wear(qapp, theme.LIGHT)
    assert plot.chart is not None
    QApplication.processEvents()
    shown = plot.chart.grab().toImage()
    assert shown.pixelColor(2, 2) == QColor(theme.LIGHT.field)
    assert share_of(plot, CONTENT_COLOURS["light"]) > 50
