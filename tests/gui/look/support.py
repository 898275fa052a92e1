"""The look panel's parts, as users find and enter them."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from engine.settings import Settings
from gui.look.panel import LookPanel


def settings_of(panel: LookPanel) -> Settings:
    return panel._session.state.settings


def field(panel: LookPanel, name: str) -> QLineEdit:
    widget = panel.controls[name].field
    assert isinstance(widget, QLineEdit)
    return widget


def box(panel: LookPanel, name: str) -> QComboBox:
    widget = panel.controls[name].field
    assert isinstance(widget, QComboBox)
    return widget


def enter(panel: LookPanel, name: str, text: str) -> None:
    """Type over what is in a field, and press Return."""
    line = field(panel, name)
    line.selectAll()
    line.insert(text)
    line.editingFinished.emit()


def pick(choices: QComboBox, row: int) -> None:
    choices.setCurrentIndex(row)
    choices.activated.emit(row)
