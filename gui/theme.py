"""Colours and spacing: quiet greys around the picture, one accent, light or dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.preferences.store import Scheme
from gui.style_sheet import style_sheet

_WORN = "impastoColours"
_CHOSEN = "impastoScheme"
FIELD_HEIGHT = 28
SPACE = 8
"""Pixels: all margins and gaps are multiples of it."""


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme; text on its ground has a contrast of at least 4.5 (WCAG AA).

    Attributes:
        window: ground of windows and dialogs.
        panel: ground of panels, menus and tool tips.
        field: ground of what is typed or chosen in, and of lists.
        canvas: ground of pictures.
        hover: ground of what the pointer is over.
        line: of borders and separators.
        text: what is read.
        quiet: what is read second, and what is disabled.
        accent: focus, progress, what is chosen; may be text too.
        on_accent: text on the accent.
        warning: ground of what went wrong.
        on_warning: text on it.
    """

    window: str
    panel: str
    field: str
    canvas: str
    hover: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    warning: str
    on_warning: str


DARK = Colours(
    window="#232427",
    panel="#2b2c30",
    field="#1d1e21",
    canvas="#18191b",
    hover="#393b40",
    line="#45474d",
    text="#e8e8ea",
    quiet="#a9acb3",
    accent="#e0a458",
    on_accent="#1d1508",
    warning="#4a2f2b",
    on_warning="#ffd9d0",
)
LIGHT = Colours(
    window="#efeff1",
    panel="#f8f8f9",
    field="#ffffff",
    canvas="#dcdcdf",
    hover="#e3e4e8",
    line="#c3c4c9",
    text="#1f2023",
    quiet="#585b63",
    accent="#8f5310",
    on_accent="#ffffff",
    warning="#fbe3dc",
    on_warning="#6b1d0c",
)
REGIONS: Final = (
    *("#e69f00", "#0072b2", "#cc79a7", "#009e73"),
    *("#f0e442", "#56b4e9", "#d55e00"),
)
"""Of masks, one for each style in turn: told apart by colour-blind eyes too (Okabe and Ito)."""

_OF_CHOICE: Final = {Scheme.DARK: DARK, Scheme.LIGHT: LIGHT}
_ASKED_OF_QT: Final = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.DARK: Qt.ColorScheme.Dark,
    Scheme.LIGHT: Qt.ColorScheme.Light,
}


def follow_system(application: QApplication) -> None:
    """Wear the system's scheme, now and whenever it changes, until another is chosen."""
    application.setStyle("Fusion")
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda: _wear_chosen(application))
    _wear_chosen(application)


def choose(application: QApplication, scheme: Scheme) -> None:
    """Wear a scheme of the user's choice; the system's frames and file dialogs come along."""
    application.setProperty(_CHOSEN, scheme.value)
    application.styleHints().setColorScheme(_ASKED_OF_QT[scheme])
    _wear_chosen(application)


def current() -> Colours:
    """The colours that are worn."""
    application = QApplication.instance()
    worn = application.property(_WORN) if application else None
    return DARK if worn == "dark" else LIGHT


def wear(application: QApplication, colours: Colours) -> None:
    """Apply a scheme to everything."""
    name = "dark" if colours is DARK else "light"
    application.setProperty(_WORN, name)
    application.setPalette(_palette(colours))
    application.setStyleSheet(style_sheet(colours, name))


def name(widget: QWidget, name: str) -> None:
    """Dress a widget as the style sheet has it for this name."""
    if widget.objectName() != name:
        widget.setObjectName(name)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _wear_chosen(application: QApplication) -> None:
    chosen = _OF_CHOICE.get(Scheme(application.property(_CHOSEN) or Scheme.SYSTEM))
    system = application.styleHints().colorScheme()
    colours = chosen or (DARK if system is Qt.ColorScheme.Dark else LIGHT)
    # Qt tells of a change again once it was asked for one: styling everything twice is seen.
    if not application.styleSheet() or colours is not current():
        wear(application, colours)


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.panel), QColor(colours.window))
    by_role = {
        role.Window: colours.window,
        role.Base: colours.field,
        role.AlternateBase: colours.panel,
        role.Button: colours.panel,
        role.ToolTipBase: colours.panel,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.PlaceholderText: colours.quiet,
    }
    for each, colour in by_role.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText):
        palette.setColor(each, QColor(colours.text))
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.quiet))
    return palette
