"""The two schemes: readable, choosable, and worn by everything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.preferences.store import Scheme
from gui.style_sheet import style_sheet
from gui.theme import DARK, LIGHT, Colours

SCHEMES = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
READ = [
    *[(text, ground) for text in ("text", "quiet") for ground in ("window", "panel", "field")],
    *[(text, ground) for text in ("text", "quiet") for ground in ("canvas", "hover")],
    ("text", "line"),  # a button that is pressed
    ("accent", "window"),
    ("accent", "panel"),
    ("accent", "field"),
    ("on_accent", "accent"),
    ("on_warning", "warning"),
]


def luminance(colour: str) -> float:
    asked = QColor(colour)
    parts = [asked.redF(), asked.greenF(), asked.blueF()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ground_of(widget: QWidget) -> str:
    return widget.grab().toImage().pixelColor(2, 2).name()


def test_contrast_is_measured_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@SCHEMES
@pytest.mark.parametrize(("text", "ground"), READ)
def test_every_text_can_be_read_on_its_ground(colours: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@SCHEMES
@pytest.mark.parametrize("ground", ["window", "panel", "field", "canvas", "hover"])
def test_the_focus_is_seen_on_every_ground(colours: Colours, ground: str) -> None:
    assert contrast(colours.accent, getattr(colours, ground)) >= 3
    assert contrast(colours.text, colours.accent) >= 1.5  # the ring of what is filled with it


@SCHEMES
def test_what_is_disabled_can_still_be_read(colours: Colours) -> None:
    palette = theme._palette(colours)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        disabled = palette.color(QPalette.ColorGroup.Disabled, role).name()
        assert contrast(disabled, colours.window) >= 4.5
        assert contrast(disabled, colours.panel) >= 4.5


@pytest.mark.parametrize(("colours", "name"), [(DARK, "dark"), (LIGHT, "light")])
def test_the_drawings_are_there_and_seen(colours: Colours, name: str) -> None:
    sheet = style_sheet(colours, name)
    drawings = {Path(path) for path in re.findall(r'url\("(.*?)"\)', sheet)}
    assert len(drawings) == 4
    assert all(path.is_file() for path in drawings)
    for path in drawings:
        (colour,) = re.findall(r'stroke="(#\w+)"', path.read_text())
        if path.stem == f"check-{name}":
            assert colour == colours.on_accent
        elif path.stem in ("up", "down"):
            assert contrast(colour, colours.field) >= 3
        else:
            assert contrast(colour, colours.panel) >= 4.5


@pytest.mark.parametrize(("scheme", "colours"), [(Scheme.DARK, DARK), (Scheme.LIGHT, LIGHT)])
def test_a_scheme_can_be_chosen_whatever_the_system_has(
    qtbot: QtBot, application: QApplication, scheme: Scheme, colours: Colours
) -> None:
    theme.follow_system(application)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    theme.choose(application, scheme)
    assert theme.current() is colours
    assert ground_of(widget) == colours.window


def test_back_to_the_system_is_what_the_system_has(application: QApplication) -> None:
    theme.follow_system(application)
    system = theme.current()
    theme.choose(application, Scheme.LIGHT if system is DARK else Scheme.DARK)
    assert theme.current() is not system
    theme.choose(application, Scheme.SYSTEM)
    assert theme.current() is system


def test_a_change_of_the_systems_scheme_does_not_overrule_a_choice(
    application: QApplication,
) -> None:
    theme.follow_system(application)
    theme.choose(application, Scheme.DARK)
    application.styleHints().colorSchemeChanged.emit(application.styleHints().colorScheme())
    assert theme.current() is DARK


@SCHEMES
def test_a_slider_is_filled_up_to_its_handle(
    qtbot: QtBot, application: QApplication, colours: Colours
) -> None:
    theme.follow_system(application)
    theme.wear(application, colours)
    slider = QSlider()
    slider.setOrientation(slider.orientation().Horizontal)
    slider.setRange(0, 100)
    slider.setValue(50)
    slider.resize(200, 24)
    qtbot.addWidget(slider)
    slider.show()
    image = slider.grab().toImage()
    assert image.pixelColor(40, 12).name() == colours.accent
    assert image.pixelColor(160, 12).name() == colours.line


@SCHEMES
def test_a_tick_is_drawn_in_a_checked_box(
    qtbot: QtBot, application: QApplication, colours: Colours
) -> None:
    theme.follow_system(application)
    theme.wear(application, colours)
    box = QCheckBox("x")
    box.setChecked(True)
    qtbot.addWidget(box)
    box.show()
    image = box.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(16) for y in range(image.height())}
    assert colours.accent in seen
    assert colours.on_accent in seen
