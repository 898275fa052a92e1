"""All keys on one sheet, read off the menus themselves, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.texts import plain

_COLUMNS = 3

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Group:
    """The keys of one menu.

    Attributes:
        title: of the menu.
        keys: pairs: the keys as they are called on this system, and what they do.
    """

    title: str
    keys: tuple[tuple[str, str], ...]


class ShortcutSheet(QDialog):
    """Shows the keys by menu, then those that belong to no menu."""

    def __init__(
        self,
        menu_bar: QMenuBar,
        extra: tuple[tuple[str, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Read the menus.

        Args:
            menu_bar: whose actions are shown.
            extra: pairs of keys and what they do: those of the canvas.
            parent: over which the sheet opens; the menu bar's window where none is given.
        """
        super().__init__(parent or menu_bar.window())
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.groups = tuple(menu_groups(menu_bar))
        if extra:
            self.groups += (Group(self.tr("Canvas"), extra),)
        self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The key that opens the sheet closes it too."""
        if event.key() == Qt.Key.Key_F1:
            self.close()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(*[3 * theme.SPACE] * 4)
        columns.setSpacing(5 * theme.SPACE)
        for groups in _balanced(self.groups):
            column = QVBoxLayout()
            column.setSpacing(3 * theme.SPACE)
            for group in groups:
                column.addLayout(_drawn(group))
            column.addStretch()
            columns.addLayout(column, 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(sheet)
        scroll.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        wanted = sheet.sizeHint()
        self.resize(max(640, wanted.width() + 2), min(720, wanted.height() + 2))


def menu_groups(menu_bar: QMenuBar) -> Iterator[Group]:
    """The keys of each menu that has some, submenus with it."""
    for action in menu_bar.actions():
        menu = _menu_of(action)
        if menu is None:
            continue
        keys = tuple((_keys(each), plain(each.text())) for each in _with_keys(menu))
        if keys:
            yield Group(plain(action.text()), keys)


def _with_keys(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        below = _menu_of(action)
        if below is not None:
            yield from _with_keys(below)
        elif action.shortcuts() and action.isVisible():
            yield action


def _menu_of(action: QAction) -> QMenu | None:
    menu = action.menu()
    return menu if isinstance(menu, QMenu) else None


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(keys.toString(native) for keys in action.shortcuts())


def _balanced(groups: tuple[Group, ...]) -> list[list[Group]]:
    """The groups in columns of like height, in their order."""
    heights = [len(group.keys) + 2 for group in groups]
    columns: list[list[Group]] = [[] for _ in range(_COLUMNS)]
    done = 0
    for group, height in zip(groups, heights, strict=True):
        columns[min(_COLUMNS - 1, (done + height // 2) * _COLUMNS // sum(heights))].append(group)
        done += height
    return columns


def _drawn(group: Group) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * theme.SPACE)
    grid.setVerticalSpacing(theme.SPACE)
    grid.setColumnStretch(0, 1)
    title = QLabel(group.title)
    title.setObjectName("heading")
    grid.addWidget(title, 0, 0, 1, 2)
    for row, (keys, what) in enumerate(group.keys, 1):
        key = QLabel(keys)
        key.setObjectName("key")
        key.setAccessibleName(f"{what}: {keys}")
        grid.addWidget(QLabel(what), row, 0)
        grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignRight)
    return grid


def canvas_keys() -> tuple[tuple[str, str], ...]:
    """What keys and the mouse do on the canvas."""
    return (
        (
            translate("Shortcuts", "B or \\"),
            translate("Shortcuts", "Hold to see the picture before"),
        ),
        (translate("Shortcuts", "Wheel"), translate("Shortcuts", "Zoom about the cursor")),
        (
            translate("Shortcuts", "Space + drag, middle button, arrows"),
            translate("Shortcuts", "Move the picture"),
        ),
        (
            translate("Shortcuts", "Shift + arrows"),
            translate("Shortcuts", "Move the line between before and after"),
        ),
        (translate("Shortcuts", "Double-click"), translate("Shortcuts", "Fit, or actual pixels")),
    )
