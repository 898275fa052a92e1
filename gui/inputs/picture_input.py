"""One picture with all the ways to choose it: drop, open, paste, recent ones, examples."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from engine.blends.values import Crop
from engine.job import Picture
from gui import icons, theme
from gui.inputs import example_menu
from gui.inputs.drop_target import DropTarget
from gui.inputs.example_menu import ExamplePopup
from gui.inputs.pieces import BUTTON, Elided, ToolButton, dressed
from gui.state import Role

_TOP_RIGHT: Final = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight


class RecentList:
    """Picture files that were opened, the newest first. Knows no Qt."""

    def __init__(self, paths: tuple[Path, ...] = (), most: int = 12) -> None:
        self._paths, self._most = list(paths[:most]), most

    def paths(self) -> tuple[Path, ...]:
        """All of them, whether or not they are still there."""
        return tuple(self._paths)

    def add(self, path: Path) -> None:
        """Put a file in front; the oldest may have to go."""
        kept = [each for each in self._paths if each != path]
        self._paths = [path, *kept][: self._most]


class PictureInput(QWidget):
    """One picture with all the ways to choose it.

    Signals:
        chosen: a list of files (Path).
        example_chosen: the file of a bundled picture.
        given: bytes of a picture without a file, and a name for it.
        removed: the picture is to be taken away.
        noted: a line for the user.
    """

    chosen = Signal(object)
    example_chosen = Signal(object)
    given = Signal(object, str)
    removed = Signal()
    noted = Signal(str)

    def __init__(self, role: Role, title: str, hint: str, recent: RecentList) -> None:
        super().__init__()
        self._role, self._recent = role, recent
        self._popup: ExamplePopup | None = None
        self.target = DropTarget(title, hint)
        self.recent_menu = QMenu(self)
        self.recent_menu.setToolTipsVisible(True)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        self._make_actions(title.lower())
        self.more_button, self.remove_button = ToolButton(self.target), ToolButton(self.target)
        self._name, self._size = Elided(), QLabel()
        self._build(title)
        self.target.chosen.connect(self.chosen)
        self.target.given.connect(self.given)
        self.target.removed.connect(self.removed)
        self.target.refused.connect(self.noted)
        self.show_picture(None, reading=False)

    def show_picture(
        self, picture: Picture | None, *, reading: bool, crop: Crop | None = None
    ) -> None:
        """Show the picture, or a part of it, its name and its size."""
        self.target.show_picture(picture, reading=reading, crop=crop)
        self.remove_button.setVisible(picture is not None)
        self._remove.setEnabled(picture is not None)
        if reading:
            self._name.show_text(self.tr("Reading …"))
        else:
            self._name.show_text(picture.name if picture else "")
        size = self.tr("{0} × {1}").format(*picture.size) if picture else ""
        self._size.setText("" if reading else size)

    @property
    def caption(self) -> tuple[str, str]:
        """The name and the size that are shown."""
        return self._name.whole, self._size.text()

    def add_button(self, button: QWidget) -> None:
        """Put another button before those above the picture."""
        self._top.insertWidget(1, button)

    def set_menu(self, menu: QMenu | None) -> None:
        """Show a button on the picture that opens a menu, or none."""
        if menu is not None:
            self.more_button.setMenu(menu)
        self.more_button.setVisible(menu is not None)

    def examples(self) -> ExamplePopup:
        """The bundled pictures, made when first asked for."""
        if self._popup is None:
            title = {
                Role.CONTENT: self.tr("Photographs that come with Impasto"),
                Role.STYLE: self.tr("Paintings that come with Impasto"),
            }[self._role]
            self._popup = ExamplePopup(title, example_menu.of_role(self._role), self)
            self._popup.chosen.connect(self.example_chosen)
        return self._popup

    def _make_actions(self, title: str) -> None:
        self._open = self._action("open", self.tr("Open …"), self.tr("Open the {0} picture"))
        self._paste = self._action("paste", self.tr("Paste"), self.tr("Paste the {0} picture"))
        self._recents = self._action("recent", self.tr("Recent"), self.tr("Recent pictures"))
        self._examples = self._action(
            "examples", self.tr("Examples"), self.tr("Example pictures for the {0}")
        )
        self._remove = self._action("remove", self.tr("Remove"), self.tr("Remove the {0} picture"))
        for action in self.target.actions():
            action.setToolTip(action.toolTip().format(title))
        self._recents.setMenu(self.recent_menu)
        self._open.triggered.connect(self.target.choose)
        self._paste.triggered.connect(self._paste_or_say_why_not)
        self._examples.triggered.connect(lambda: self.examples().open_at(self.target))
        self._remove.triggered.connect(self.removed)

    def _action(self, icon: str, text: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setToolTip(tip)
        icons.want(action, icon)
        self.target.addAction(action)
        return action

    def _build(self, title: str) -> None:
        self.target.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        heading = QLabel(title)
        heading.setObjectName("heading")
        heading.setBuddy(self.target)
        top = self._top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(heading, 1)
        for action in (self._open, self._paste, self._recents, self._examples):
            top.addWidget(dressed(ToolButton(autoRaise=True), action))
        dressed(self.remove_button, self._remove).setObjectName("remove")
        self._dress_more(title)
        corner = QHBoxLayout(self.target)
        corner.setContentsMargins(*[theme.SPACE] * 4)
        corner.setSpacing(theme.SPACE // 2)
        corner.addStretch()
        corner.addWidget(self.more_button, 0, _TOP_RIGHT)
        corner.addWidget(self.remove_button, 0, _TOP_RIGHT)
        self._name.setObjectName("quiet")
        self._size.setObjectName("quiet")
        bottom = QHBoxLayout()
        bottom.addWidget(self._name, 1)
        bottom.addWidget(self._size)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addLayout(top)
        layout.addWidget(self.target, 1)
        layout.addLayout(bottom)

    def _dress_more(self, title: str) -> None:
        icons.want(self.more_button, "more")
        self.more_button.setObjectName("remove")
        self.more_button.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.setAccessibleName(self.tr("More for {0}").format(title))
        self.more_button.setToolTip(self.more_button.accessibleName())
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more_button.setFixedSize(BUTTON, BUTTON)
        self.more_button.hide()

    def _paste_or_say_why_not(self) -> None:
        if not self.target.paste():
            self.noted.emit(self.tr("There is no picture on the clipboard"))

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self._recent.paths():
            if path.is_file():
                action = self.recent_menu.addAction(harmless(path.name))
                action.setToolTip(str(path))
                action.triggered.connect(lambda _=False, path=path: self.chosen.emit([path]))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("No picture was opened yet")).setEnabled(False)


def harmless(name: str) -> str:
    """A file's name whose ampersands are no shortcuts."""
    return name.replace("&", "&&")
