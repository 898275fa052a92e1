"""The two pictures and what a run starts from: drop, choose, paste, recent ones, examples."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QStyleOptionToolButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.choices import Objective
from engine.examples import Example
from engine.job import Picture
from engine.settings import KNOBS
from gui import example_menu, icons, theme
from gui.colours.preview import ColourPreview
from gui.drop_target import PICTURE_FILES, DropTarget
from gui.dropped import dropped_files, dropped_picture
from gui.example_menu import ExamplePopup
from gui.session import Session
from gui.state import Role, State
from gui.texts import engine_text

__all__ = ["InputPanel", "PictureInput", "RecentList", "dropped_files", "dropped_picture"]

CANVAS: Final = ":canvas"
"""The entry of the start box that goes on from the picture on the canvas."""
_FILE: Final = ":file"
_STARTS: Final = ("content", "style", "noise")
_BUTTON: Final = 24
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
        self.remove_button = _ToolButton(self.target)
        self._name, self._size = _Elided(), QLabel()
        self._build(title)
        self.target.chosen.connect(self.chosen)
        self.target.given.connect(self.given)
        self.target.removed.connect(self.removed)
        self.target.refused.connect(self.noted)
        self.show_picture(None, reading=False)

    def show_picture(self, picture: Picture | None, *, reading: bool) -> None:
        """Show the picture, its name and its size."""
        self.target.show_picture(picture, reading=reading)
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
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(heading, 1)
        for action in (self._open, self._paste, self._recents, self._examples):
            top.addWidget(_tool_button(_ToolButton(autoRaise=True), action))
        _tool_button(self.remove_button, self._remove).setObjectName("remove")
        corner = QVBoxLayout(self.target)
        corner.setContentsMargins(*[theme.SPACE] * 4)
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

    def _paste_or_say_why_not(self) -> None:
        if not self.target.paste():
            self.noted.emit(self.tr("There is no picture on the clipboard"))

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self._recent.paths():
            if path.is_file():
                action = self.recent_menu.addAction(_harmless(path.name))
                action.setToolTip(str(path))
                action.triggered.connect(lambda _=False, path=path: self.chosen.emit([path]))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("No picture was opened yet")).setEnabled(False)


class InputPanel(QFrame):
    """Content and style, one above the other, and what a run starts from.

    Signals:
        noted: a line for the user.
        start_file_chosen: the picture file (Path) that runs are to start from.
    """

    noted = Signal(str)
    start_file_chosen = Signal(object)

    def __init__(
        self, session: Session, recent: RecentList | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._session = session
        self._recent = recent or RecentList()
        self._opening: dict[Role, tuple[Path, Picture | None]] = {}
        self._inputs = {
            Role.CONTENT: PictureInput(
                Role.CONTENT,
                self.tr("Content"),
                self.tr("Drop the photograph here, or click to choose it"),
                self._recent,
            ),
            Role.STYLE: PictureInput(
                Role.STYLE,
                self.tr("Style"),
                self.tr("Drop the painting here, or click to choose it"),
                self._recent,
            ),
        }
        ColourPreview(session, self.target(Role.STYLE))
        self.swap_button = _ToolButton(autoRaise=True)
        self.start_box = QComboBox()
        self._starts: object = None
        self._build()
        self._connect()
        self._show(session.state)

    def target(self, role: Role) -> DropTarget:
        """The drop target of a role."""
        return self._inputs[role].target

    def input(self, role: Role) -> PictureInput:
        """All that belongs to a role."""
        return self._inputs[role]

    def open(self, role: Role, path: Path) -> None:
        """Open a file for a role; once it is read, it is a recent one."""
        self._opening[role] = path, self._session.state.picture(role)
        self._session.open(role, path)

    def open_next(self, path: Path) -> None:
        """Open a file for the first role that is empty, or else as the style."""
        self.open(self._next_role(), path)

    def open_example(self, example: Example) -> None:
        """Open both pictures of a bundled pair."""
        self._open_bundled(Role.CONTENT, example.content)
        self._open_bundled(Role.STYLE, example.style)

    def paste(self) -> bool:
        """Paste into the target that has the focus, else the first that is empty."""
        focused = [role for role in Role if self.target(role).hasFocus()]
        role = next(iter([*focused, self._next_role()]))
        return self.target(role).paste()

    def take(self, data: QMimeData) -> bool:
        """Take what was dropped beside the targets: a pair, or a picture where one is missing."""
        pair = len(dropped_files(data)) > 1
        return self.target(Role.CONTENT if pair else self._next_role()).take(data)

    def _build(self) -> None:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(*[2 * theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._inputs[Role.CONTENT])
        layout.addWidget(self.swap_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._inputs[Role.STYLE])
        layout.addSpacing(theme.SPACE)
        self._add_start(layout)
        layout.addStretch()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        for see_through in (inside, scroll.viewport()):
            see_through.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scroll)
        icons.want(self.swap_button, "swap")
        self.swap_button.setFixedSize(_BUTTON, _BUTTON)
        self.swap_button.setAccessibleName(self.tr("Swap content and style"))

    def _add_start(self, layout: QVBoxLayout) -> None:
        knob = KNOBS["init"]
        label = QLabel(engine_text(knob.label))
        label.setObjectName("heading")
        label.setBuddy(self.start_box)
        self.start_box.setAccessibleName(label.text())
        self.start_box.setToolTip(engine_text(knob.help))
        self.start_box.setMinimumHeight(theme.FIELD_HEIGHT)
        self.start_box.setMinimumContentsLength(8)
        self.start_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        layout.addWidget(label)
        layout.addWidget(self.start_box)

    def _connect(self) -> None:
        for role, each in self._inputs.items():
            each.chosen.connect(lambda files, role=role: self._open_files(role, files))
            each.example_chosen.connect(lambda path, role=role: self._open_bundled(role, path))
            each.given.connect(lambda data, name, role=role: self._open_data(role, data, name))
            each.removed.connect(lambda role=role: self._session.remove(role))
            each.noted.connect(self.noted)
        self.swap_button.clicked.connect(self._session.swap)
        self.start_box.activated.connect(self._start_chosen)
        self._session.changed.connect(self._show)

    def _next_role(self) -> Role:
        """The first that is empty, else the style."""
        state = self._session.state
        empty = (r for r in Role if state.picture(r) is None and r not in state.reading)
        return next(empty, Role.STYLE)

    def _open_files(self, role: Role, files: list[Path]) -> None:
        roles = [role, *(each for each in Role if each is not role)]
        for path, each in zip(files, roles, strict=False):
            self.open(each, path)
        if len(files) > len(roles):
            self.noted.emit(self.tr("Only the first two of {0} files are used").format(len(files)))

    def _open_bundled(self, role: Role, path: Path) -> None:
        self._opening.pop(role, None)
        self._session.open(role, path)

    def _open_data(self, role: Role, data: bytes, name: str) -> None:
        self._opening.pop(role, None)
        self._session.open_data(role, data, name)

    def _start_chosen(self) -> None:
        chosen = self.start_box.currentData()
        if chosen == _FILE:
            self._choose_start_file()
            return
        self._session.start_from_result(chosen == CANVAS)
        if chosen != CANVAS:
            self._session.set(init=chosen)

    def _choose_start_file(self) -> None:
        self._show_start(self._session.state)  # what holds until a file is there
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose the picture to start from"),
            filter=self.tr("Pictures ({0});;All files (*)").format(PICTURE_FILES),
        )
        if path:
            self.start_file_chosen.emit(Path(path))

    def _show(self, state: State) -> None:
        for role, each in self._inputs.items():
            each.show_picture(state.picture(role), reading=role in state.reading)
        self._remember(state)
        self._show_swap(state)
        self._show_start(state)

    def _remember(self, state: State) -> None:
        """Add files to the recent ones once they have become the picture."""
        for role in [role for role in self._opening if role not in state.reading]:
            path, before = self._opening.pop(role)
            picture = state.picture(role)
            if picture is not None and picture is not before and picture.name == path.name:
                self._recent.add(path)

    def _show_swap(self, state: State) -> None:
        why_not = ""
        if state.reading:
            why_not = self.tr("A picture is being read")
        elif not (state.content or state.style):
            why_not = self.tr("There is no picture yet")
        self.swap_button.setEnabled(not why_not)
        self.swap_button.setToolTip(why_not or self.tr("Swap content and style"))
        self.swap_button.setAccessibleDescription(why_not)

    def _show_start(self, state: State) -> None:
        init, on_canvas = state.settings.init, state.result is not None
        starts = init, on_canvas, state.settings.objective
        with QSignalBlocker(self.start_box):
            if starts != self._starts:
                self._starts = starts
                self._fill_starts(state)
            chosen = CANVAS if state.from_result else init
            self.start_box.setCurrentIndex(self.start_box.findData(chosen))

    def _fill_starts(self, state: State) -> None:
        labels = {
            "content": self.tr("Content"),
            "style": self.tr("Style"),
            "noise": self.tr("Noise"),
        }
        paper = state.settings.objective is Objective.PAPER
        auto = self.tr("Noise (auto)") if paper else self.tr("Content (auto)")
        box, init = self.start_box, state.settings.init
        box.clear()
        if state.result is not None:
            box.addItem(self.tr("The picture on the canvas"), CANVAS)
        box.addItem(auto, None)
        for start in _STARTS:
            box.addItem(labels[start], start)
        if init not in (None, *_STARTS):
            box.addItem(Path(init).name, init)
            box.setItemData(box.count() - 1, init, Qt.ItemDataRole.ToolTipRole)
        box.addItem(self.tr("A picture file …"), _FILE)


class _ToolButton(QToolButton):
    """A small button that shows the focus, without an arrow that would lie on its icon."""

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:  # noqa: N802 (Qt's name)
        """Leave out that there is a menu: the icon says so."""
        super().initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Add a ring where the keyboard is, which the style leaves out."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
            painter.end()


class _Elided(QLabel):
    """A line whose middle is left out where it is too long."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self.whole = ""

    def show_text(self, text: str) -> None:
        """Show a text, and the whole of it on hovering."""
        self.whole = text
        self.setToolTip(text)
        self._elide()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for a line, even while there is none."""
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Elide anew."""
        self._elide()

    def _elide(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self.whole, middle, self.width()))


def _tool_button(button: QToolButton, action: QAction) -> QToolButton:
    button.setDefaultAction(action)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setAccessibleName(action.toolTip())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedSize(_BUTTON, _BUTTON)
    return button


def _harmless(name: str) -> str:
    """A file's name whose ampersands are no shortcuts."""
    return name.replace("&", "&&")
