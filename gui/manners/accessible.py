"""What screen readers are told of widgets that paint themselves: Qt knows no role of theirs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLES: Final = {
    "Canvas": QAccessible.Role.Graphic,
    "CropView": QAccessible.Role.Graphic,
    "DropTarget": QAccessible.Role.Button,
}
"""By the name of the class."""


def install() -> None:
    """Give such widgets their roles, in every window from now on."""
    QAccessible.installFactory(_interface)


def _interface(kind: str, thing: QObject) -> QAccessibleInterface | None:
    if kind in ROLES and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, ROLES[kind])
    return None
