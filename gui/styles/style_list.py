"""The list of several styles below the first one's picture; hidden while there is only one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from engine import imageio
from engine.blends.values import with_share
from engine.job import Picture
from gui import icons, theme
from gui.files.reading import styles_from
from gui.inputs.drop_target import PICTURE_FILES
from gui.inputs.dropped import dropped_files, dropped_picture, holds_picture
from gui.inputs.pieces import BUTTON, ToolButton
from gui.session import Session
from gui.state import Role, State
from gui.styles import slots
from gui.styles.part_dialog import PartDialog
from gui.styles.row import FirstRow, FurtherRow, StyleRow

_ALL: Final = 100


class StyleList(QFrame):
    """Shows the styles with their shares, and says what the user wants of them.

    Attributes:
        rows: one for each style, from the second style on.
        dialog: crop and scale of a style, while they are chosen.

    Signals:
        noted: a line for the user.
        read: files that are being read, to be remembered.
    """

    noted = Signal(str)
    read = Signal(object)

    def __init__(self, session: Session, before: QWidget, parent: QWidget | None = None) -> None:
        """Make a list.

        Args:
            session: whose styles it shows.
            before: what the keyboard reaches before it.
            parent: that it belongs to.
        """
        super().__init__(parent)
        self.setObjectName("styles")
        self._before = before
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Styles"))
        self._session = session
        self.rows: list[StyleRow] = []
        self.dialog: PartDialog | None = None
        self._base: tuple[float, ...] | None = None
        self._reading = QLabel(self.tr("Reading …"))
        self._reading.setObjectName("quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE)
        self._column.addWidget(self._reading)
        session.changed.connect(self.show_state)
        self.show_state(session.state)

    def show_state(self, state: State) -> None:
        """Show the styles of the moment."""
        count = len(state.styles) if len(state.styles) > 1 else 0
        while len(self.rows) > count:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < count:
            self._add_row(len(self.rows))
        settings = state.settings
        shares = slots.shares(settings, len(state.styles))
        scales = settings.style_scales or (1.0,) * count
        crops = settings.style_crops or (None,) * count
        for row, style, share, scale, crop in zip(
            self.rows, state.styles, shares, scales, crops, strict=False
        ):
            row.show_style(style, share, scale, crop)
        is_reading = bool(state.reading - frozenset(Role))
        self._reading.setVisible(is_reading)
        self.setVisible(bool(self.rows) or is_reading)

    def put_in_order(self) -> None:
        """Let the keyboard go from row to row, once the list has its place."""
        if self.window() is not self._before.window():
            return
        chain = [self._before, *(each for row in self.rows for each in row.in_order)]
        for before, each in pairwise(chain):
            self.setTabOrder(before, each)

    # What the user wants

    def choose(self) -> None:
        """Ask for files of further styles."""
        paths, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Choose further style pictures"),
            filter=self.tr("Pictures ({0});;All files (*)").format(PICTURE_FILES),
        )
        self.add_files([Path(path) for path in paths])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read files as further styles."""
        self._read(paths, [partial(imageio.read, path) for path in paths])

    def use_files(self, paths: Sequence[Path]) -> None:
        """Read files as the styles, in place of all that there are."""
        self._read(
            paths, [partial(imageio.read, path) for path in paths], self._session.state.styles
        )

    def paste(self) -> bool:
        """Add the clipboard's picture; returns whether there was one."""
        data = QGuiApplication.clipboard().mimeData()
        return self.take(data) if data else False

    def take(self, data: QMimeData) -> bool:
        """Add files or a picture as further styles; returns whether there was anything."""
        if files := dropped_files(data):
            self.add_files(files)
        elif picture := dropped_picture(data):
            self._read((), [partial(imageio.decode, *picture)])
        else:
            return False
        return True

    def choose_part(self, index: int) -> None:
        """Ask for crop and scale of a style."""
        state = self._session.state
        scales, crops = state.settings.style_scales, state.settings.style_crops
        picture = state.styles[index]
        scale, crop = scales[index] if scales else 1.0, crops[index] if crops else None
        dialog = self.dialog = PartDialog(picture, scale, crop, self.window())
        dialog.accepted.connect(lambda: self._use_part(picture, dialog))
        dialog.finished.connect(self._forget_dialog)
        icons.paint(dialog)
        dialog.open()

    def why_no_more(self, state: State) -> str:
        """Why no style can be added; empty if one can."""
        if not state.styles:
            return self.tr("Choose a style picture first")
        if len(state.styles) >= slots.MOST:
            return self.tr("There are {0} styles, which is all that find room").format(slots.MOST)
        return ""

    def _add_row(self, index: int) -> None:
        row = FurtherRow() if index else FirstRow()
        row.share_asked.connect(partial(self._share, index))
        row.held.connect(self._hold)
        row.part_asked.connect(partial(self.choose_part, index))
        row.replace_asked.connect(partial(self._replace, index))
        row.only_asked.connect(lambda: self._share(index, _ALL))
        row.equal_asked.connect(lambda: self._session.set(style_shares=None))
        row.removed.connect(partial(self._remove, index))
        self.rows.append(row)
        self._column.insertWidget(index, row)
        self.put_in_order()

    def _read(
        self,
        paths: Sequence[Path],
        readers: Sequence[Callable[[], Picture]],
        instead: tuple[Picture, ...] = (),
    ) -> None:
        room = slots.MOST - len(self._session.state.styles) + len(instead)
        if len(readers) > room:
            text = self.tr("{0} styles at most find room; the rest is left out")
            self.noted.emit(text.format(slots.MOST))
        if readers := readers[:room]:
            self.read.emit(tuple(paths[:room]))
            self._session.read_styles(partial(styles_from, readers, instead))

    def _replace(self, index: int) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose another style picture"),
            filter=self.tr("Pictures ({0});;All files (*)").format(PICTURE_FILES),
        )
        if path:
            style = self._session.state.styles[index]
            self._read([Path(path)], [partial(imageio.read, Path(path))], (style,))

    def _remove(self, index: int) -> None:
        style = self._session.state.styles[index]
        self._session.exchange_styles((style,), (), self.tr("removal of a style"))

    def _hold(self, is_held: bool) -> None:
        """While a slider is dragged to and fro, the others keep their proportions of before."""
        state = self._session.state
        self._base = slots.shares(state.settings, len(state.styles)) if is_held else None

    def _share(self, index: int, percent: float) -> None:
        state = self._session.state
        shares = self._base or slots.shares(state.settings, len(state.styles))
        moved = with_share(shares, index, percent / _ALL)
        self._session.set(style_shares=slots.plain_shares(moved))

    def _use_part(self, picture: Picture, dialog: PartDialog) -> None:
        state = self._session.state
        place = [index for index, style in enumerate(state.styles) if style is picture]
        if place:
            count = len(state.styles)
            changes = slots.with_part(state.settings, count, place[0], dialog.scale, dialog.crop)
            self._session.set(**changes)

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Light up under a picture."""
        if holds_picture(event.mimeData()):
            event.acceptProposedAction()
            _light(self, True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 (Qt's name)
        """Go dark again."""
        _light(self, False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Add what was dropped."""
        _light(self, False)
        if not self.take(event.mimeData()):
            self.noted.emit(self.tr("There is no picture in what was dropped"))
        event.acceptProposedAction()


class AddButton(ToolButton):
    """Adds styles: by a click, or by what is dropped on it."""

    def __init__(self, styles: StyleList) -> None:
        super().__init__(autoRaise=True)
        self._styles = styles
        self.setAcceptDrops(True)
        self.setFixedSize(BUTTON, BUTTON)
        icons.want(self, "add")
        self.clicked.connect(styles.choose)

    def show_state(self, state: State) -> None:
        """Say what it does, or why it cannot."""
        why = self._styles.why_no_more(state)
        self.setEnabled(not why)
        self.setVisible(bool(state.styles))
        self.setAccessibleName(self.tr("Add a style"))
        self.setAccessibleDescription(why)
        self.setToolTip(why or self.tr("Add a style, to be blended with what there is"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take pictures."""
        if holds_picture(event.mimeData()):
            event.acceptProposedAction()
            self.setDown(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 (Qt's name)
        """Come up again."""
        self.setDown(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Add what was dropped."""
        self.setDown(False)
        self._styles.take(event.mimeData())
        event.acceptProposedAction()


def _light(frame: QFrame, yes: bool) -> None:
    frame.setProperty("over", "true" if yes else "false")
    frame.style().unpolish(frame)
    frame.style().polish(frame)
