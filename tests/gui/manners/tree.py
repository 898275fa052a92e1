"""What a screen reader is told of a window, by Qt's accessibility tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QScrollArea, QWidget

Role = QAccessible.Role
Text = QAccessible.Text

USED: Final = frozenset({
    *(Role.Button, Role.PushButton, Role.CheckBox, Role.RadioButton, Role.ComboBox),
    *(Role.EditableText, Role.SpinBox, Role.Slider, Role.List, Role.Tree, Role.Table),
    *(Role.ButtonMenu, Role.ButtonDropDown, Role.PageTab, Role.PageTabList, Role.Link),
    *(Role.MenuItem, Role.ListItem, Role.TreeItem, Role.Cell),
})  # fmt: skip
"""Roles of what is used, not only read."""

MEANINGLESS: Final = frozenset(
    {Role.NoRole, Role.Client, Role.Pane, Role.Grouping, Role.Window, Role.Border}
)
"""Roles that tell nothing of what something is for."""


def elements(root: QWidget) -> Iterator[QAccessibleInterface]:
    """All that is in sight, from the outside to the inside."""
    interface = QAccessible.queryAccessibleInterface(root)
    assert interface is not None, f"{root} has no part in the tree"
    yield from _below(interface)


def _below(element: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if element.state().invisible:
        return
    yield element
    for index in range(element.childCount()):
        child = element.child(index)
        if child is not None and child.isValid():
            yield from _below(child)


def is_for_use(element: QAccessibleInterface) -> bool:
    """Whether it can have the focus or be pressed."""
    return bool(element.state().focusable) or element.role() in USED


def described(element: QAccessibleInterface) -> str:
    """For the report of a test."""
    thing = element.object()
    inside = thing.parent() if thing else None
    return f"{element.role().name} {type(thing).__name__} in {type(inside).__name__} " + repr(
        element.text(Text.Name)
    )


def faults(root: QWidget) -> str:
    """Everything that a screen reader would stumble over, one a line; nothing if all is well."""
    found = []
    for element in elements(root):
        if not is_for_use(element):
            continue
        name = element.text(Text.Name).strip()
        about = element.text(Text.Description) or element.text(Text.Help)
        if not name:
            found.append(f"no name: {described(element)}")
        scrolls = isinstance(element.object(), QScrollArea)  # Qt has no better role for it
        if element.state().focusable and element.role() in MEANINGLESS and not scrolls:
            found.append(f"no role: {described(element)}")
        in_menu = element.role() is Role.MenuItem  # of which Qt tells nothing but its words
        if element.state().disabled and not about and not in_menu:
            found.append(f"disabled, nobody knows why: {described(element)}")
    return "\n".join(found)
