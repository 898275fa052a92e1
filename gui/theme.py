"""Colours and spacing: quiet greys around the picture, one accent, light or dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

_WORN = "impastoColours"
FIELD_HEIGHT = 28
SPACE = 8
"""Pixels: all margins and gaps are multiples of it."""


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme; text on its ground has a contrast of at least 4.5 (WCAG AA)."""

    window: str
    panel: str
    field: str
    canvas: str
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
    line="#45474d",
    text="#e8e8ea",
    quiet="#a3a6ad",
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
    line="#c3c4c9",
    text="#1f2023",
    quiet="#5b5e66",
    accent="#9a5b12",
    on_accent="#ffffff",
    warning="#fbe3dc",
    on_warning="#6b1d0c",
)


def follow_system(application: QApplication) -> None:
    """Wear the system's scheme, now and whenever it changes."""
    application.setStyle("Fusion")
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda scheme: wear(application, _of(scheme)))
    wear(application, _of(hints.colorScheme()))


def current() -> Colours:
    """The colours that are worn."""
    application = QApplication.instance()
    worn = application.property(_WORN) if application else None
    return DARK if worn == "dark" else LIGHT


def wear(application: QApplication, colours: Colours) -> None:
    """Apply a scheme to everything."""
    application.setProperty(_WORN, "dark" if colours is DARK else "light")
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(colours))


def _of(scheme: Qt.ColorScheme) -> Colours:
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
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
        role.PlaceholderText: colours.quiet,
    }
    for each, colour in by_role.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText):
        palette.setColor(each, QColor(colours.text))
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.quiet))
    return palette


def _style_sheet(c: Colours) -> str:
    return f"""
    QFrame#panel {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 6px; }}
    QFrame#target {{ background: {c.field}; border: 1px dashed {c.line}; border-radius: 6px; }}
    QFrame#target[full="true"] {{ border-style: solid; }}
    QFrame#target:focus, QFrame#target[over="true"] {{ border: 2px solid {c.accent}; }}
    QLabel#quiet {{ color: {c.quiet}; }}
    QLabel#heading {{ font-weight: 600; }}
    QFrame#message {{ background: {c.warning}; border-radius: 6px; }}
    QFrame#message QLabel {{ color: {c.on_warning}; }}
    QPushButton {{ background: {c.field}; border: 1px solid {c.line}; border-radius: 5px;
                   padding: 6px 14px; color: {c.text}; }}
    QPushButton:hover {{ border-color: {c.accent}; }}
    QPushButton:focus {{ border-color: {c.accent}; }}
    QPushButton:disabled {{ color: {c.quiet}; background: {c.window}; border-color: {c.line}; }}
    QPushButton#primary:enabled {{ background: {c.accent}; color: {c.on_accent};
                                   border-color: {c.accent}; font-weight: 600; }}
    QProgressBar {{ background: {c.field}; border: 1px solid {c.line}; border-radius: 5px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
    QToolButton#remove {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 9px;
                          color: {c.text}; min-width: 16px; min-height: 16px; padding: 0; }}
    QToolButton#remove:hover {{ border-color: {c.accent}; }}
    QStatusBar::item {{ border: none; }}
    QToolTip {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; }}
    """
