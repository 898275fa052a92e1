"""The two pictures and what a run starts from: drop, choose, paste, recent ones, examples."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from engine.choices import Objective
from engine.examples import Example
from engine.job import Picture
from engine.settings import KNOBS
from gui import icons, theme
from gui.colours.preview import ColourPreview
from gui.inputs.drop_target import PICTURE_FILES, DropTarget
from gui.inputs.dropped import dropped_files
from gui.inputs.picture_input import PictureInput, RecentList
from gui.inputs.pieces import BUTTON, ToolButton
from gui.panel_scroll import PanelScroll
from gui.session import Session
from gui.state import Role, State
from gui.styles.style_list import AddButton, StyleList
from gui.texts import engine_text

CANVAS: Final = ":canvas"
"""The entry of the start box that goes on from the picture on the canvas."""
_FILE: Final = ":file"
_STARTS: Final = ("content", "style", "noise")


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
        self.styles = StyleList(session, self._inputs[Role.STYLE].remove_button)
        ColourPreview(session, self.target(Role.STYLE), self.styles)
        self.add_button = AddButton(self.styles)
        self._adding: tuple[Path, ...] = ()
        self.swap_button = ToolButton(autoRaise=True)
        self.start_box = QComboBox()
        self._starts: object = None
        self._build()
        self.styles.put_in_order()
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

    def open_all(self, paths: list[Path]) -> None:
        """Open a photograph and any number of paintings."""
        if len(paths) > len(Role):
            self.open(Role.CONTENT, paths[0])
            self.styles.use_files(paths[1:])
            return
        for path in paths:
            self.open_next(path)

    def open_example(self, example: Example) -> None:
        """Open both pictures of a bundled pair."""
        self._open_bundled(Role.CONTENT, example.content)
        self._open_bundled(Role.STYLE, example.style)

    def paste(self) -> bool:
        """Paste into the target that has the focus, else the first that is empty."""
        if self.styles.isAncestorOf(self.focusWidget() or self):
            return self.styles.paste()
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
        layout.addWidget(self.styles)
        self._inputs[Role.STYLE].add_button(self.add_button)
        self._inputs[Role.STYLE].target.addAction(self._part_action())
        layout.addSpacing(theme.SPACE)
        self._add_start(layout)
        layout.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(PanelScroll(inside))
        icons.want(self.swap_button, "swap")
        self.swap_button.setFixedSize(BUTTON, BUTTON)
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
        self.styles.noted.connect(self.noted)
        self.styles.read.connect(self._remember_styles)
        self.swap_button.clicked.connect(self._session.swap)
        self.start_box.activated.connect(self._start_chosen)
        self._session.changed.connect(self._show)

    def _part_action(self) -> QAction:
        action = self.part_action = QAction(self.tr("Crop and Scale …"), self)
        action.setToolTip(self.tr("Choose the part of the style that counts, and its scale"))
        icons.want(action, "crop")
        action.triggered.connect(lambda: self.styles.choose_part(0))
        return action

    def _remember_styles(self, paths: tuple[Path, ...]) -> None:
        self._adding += paths

    def _next_role(self) -> Role:
        """The first that is empty, else the style."""
        state = self._session.state
        empty = (r for r in Role if state.picture(r) is None and r not in state.reading)
        return next(empty, Role.STYLE)

    def _open_files(self, role: Role, files: list[Path]) -> None:
        if len(files) == 1:
            self.open(role, files[0])
        elif role is Role.STYLE and self._session.state.content is not None:
            self.styles.use_files(files)
        elif len(files) > len(Role):
            self.open_all(files)
        else:
            for path, each in zip(
                files, sorted(Role, key=lambda each: each is not role), strict=True
            ):
                self.open(each, path)

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
        crops = state.settings.style_crops if state.styles else None
        for role, each in self._inputs.items():
            crop = crops[0] if crops and role is Role.STYLE else None
            each.show_picture(state.picture(role), reading=role in state.reading, crop=crop)
        self.add_button.show_state(state)
        self.part_action.setEnabled(bool(state.styles))
        menu = self.styles.rows[0].menu if self.styles.rows else None
        self._inputs[Role.STYLE].set_menu(menu)
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
        if self._adding and not state.reading - frozenset(Role):
            there = {style.name for style in state.styles}
            for path in reversed([path for path in self._adding if path.name in there]):
                self._recent.add(path)
            self._adding = ()

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
