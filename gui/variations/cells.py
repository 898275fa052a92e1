"""The cells of a sheet on the screen: as large as there is room, to walk over and choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from engine.figures.boxes import Box
from engine.variations.layout import MARGIN, Layout, Size, laid_out, wrapped
from gui import theme
from gui.canvas.layer import bgrx, borrowed
from gui.texts import engine_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.variations.axes import Axis
    from engine.variations.sheet import Cell, Sheet

_RADIUS: Final = 4
_BAR: Final = 3
_SPARED: Final = MARGIN - theme.SPACE
"""Px of the sheet's margin, which a window does without."""

_LARGEST: Final = 4
"""Px of the screen for each of a cell's: larger ones show nothing more."""

_MOVES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CellButton(QAbstractButton):
    """One small render: empty, being painted, or done.

    Attributes:
        cell: that it shows.
        share: of the cell that is painted, 0 … 1.

    Signals:
        hovered: whether the pointer is over it.
        moved: by how many columns and rows an arrow key goes.
        promoted: it was double-clicked, or Enter pressed once more.
    """

    hovered = Signal(bool)
    moved = Signal(int, int)
    promoted = Signal()

    def __init__(self, cell: Cell, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.cell, self.share = cell, 0.0
        self._pixels: NDArray[np.uint8] | None = None
        self._image, self._scaled = QImage(), QImage()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to see."""
        return self._pixels is not None

    def show_pixels(self, pixels: NDArray[np.uint8] | None, share: float) -> None:
        """Show how far the cell is.

        Args:
            pixels: uint8 (h, w, 3); None for nothing yet.
            share: of it that is painted, 0 … 1.
        """
        self._pixels = None if pixels is None else bgrx(pixels)
        self._image = QImage() if self._pixels is None else borrowed(self._pixels)
        self._scaled, self.share = QImage(), share
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Say that the pointer is here."""
        super().enterEvent(event)
        self.hovered.emit(True)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Say that it is no longer."""
        super().leaveEvent(event)
        self.hovered.emit(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Promote it at once."""
        super().mouseDoubleClickEvent(event)
        self.promoted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows go to the neighbours; Enter chooses, and once more promotes."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None:
            self.moved.emit(*move)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.isChecked():
            self.promoted.emit()
        else:
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the picture, how far it is, and whether it is chosen."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(_BAR, _BAR, -_BAR, -_BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.canvas))
        painter.drawRoundedRect(inner, _RADIUS, _RADIUS)
        if self._pixels is None:
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        else:
            self._paint_picture(painter, inner)
        if 0 < self.share < 1:
            self._paint_share(painter, inner)
        self._paint_outline(painter, inner)
        painter.end()

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        size = QSize(round(place.width() * ratio), round(place.height() * ratio))
        if self._scaled.size() != size:
            keep = Qt.AspectRatioMode.IgnoreAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._image.scaled(size, keep, smooth)
            self._scaled.setDevicePixelRatio(ratio)
        painter.drawImage(place.topLeft(), self._scaled)

    def _paint_share(self, painter: QPainter, place: QRectF) -> None:
        colours = theme.current()
        bar = QRectF(place.left(), place.bottom() - _BAR, place.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(bar, QColor(colours.window))
        bar.setWidth(bar.width() * self.share)
        painter.fillRect(bar, QColor(colours.accent))

    def _paint_outline(self, painter: QPainter, place: QRectF) -> None:
        colours = theme.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(QColor(colours.accent), _BAR))
            painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), _RADIUS, _RADIUS)
        elif self.underMouse():
            painter.setPen(QPen(QColor(colours.quiet), 1.5))
            painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.text), 1))
            painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), 2, 2)


class SheetView(QWidget):
    """Shows a sheet's cells with their words along the sides, as large as there is room.

    Attributes:
        buttons: one a cell, row by row.

    Signals:
        chosen: the index of the cell that is chosen now.
        pointed: the index of the cell that the pointer is over; -1 for none.
        promoted: the index of a cell that is to be painted at full size.
    """

    chosen = Signal(int)
    pointed = Signal(int)
    promoted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._aspect = (4, 3)
        self._layout: Layout | None = None
        self._columns = 1
        self._offset = (0, 0)
        self._over = -1
        self.buttons: list[CellButton] = []
        self.setMinimumSize(40 * theme.SPACE, 30 * theme.SPACE)

    @property
    def current(self) -> int:
        """The index of the cell that is chosen; -1 for none."""
        checked = [button.isChecked() for button in self.buttons]
        return checked.index(True) if True in checked else -1

    @property
    def over(self) -> int:
        """The index of the cell that was pointed at since one was chosen; -1 for none."""
        return self._over

    def show_sheet(self, sheet: Sheet | None, picture: Size) -> None:
        """Show empty cells.

        Args:
            sheet: None for nothing.
            picture: width and height of a cell, px.
        """
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self._sheet, self._aspect, self._over = sheet, picture, -1
        cells = sheet.cells if sheet else ()
        self.buttons = [self._button(index, cell) for index, cell in enumerate(cells)]
        self._arrange()
        for button in self.buttons:
            button.show()

    def choose(self, index: int) -> None:
        """Choose a cell."""
        self.buttons[index].setChecked(True)

    def walk_to(self, index: int) -> None:
        """Choose a cell, and let the keyboard go on from it."""
        self.choose(index)
        self._point(-1)  # also where it was chosen already
        self.buttons[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Use the room that there is."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Write what varies along the sides; what belongs to the cell at hand stands out."""
        if self._sheet is None or self._layout is None:
            return
        painter = QPainter(self)
        first, *others = self._sheet.axes
        self._write(painter, self._layout.across, engine_text(first.knob.label), quiet=True)
        index = self.over if self.over >= 0 else self.current
        at = self._sheet.cells[index] if index >= 0 else None
        for column, (box, words) in enumerate(
            zip(self._layout.columns, words_of(first), strict=True)
        ):
            is_at = at is not None and at.column == column
            self._write(painter, box, words, quiet=not is_at)
        for second in others:
            assert self._layout.down is not None
            self._write(painter, self._layout.down, engine_text(second.knob.label), quiet=True)
            for row, (box, words) in enumerate(
                zip(self._layout.rows, words_of(second), strict=True)
            ):
                self._write(painter, box, words, quiet=not (at is not None and at.row == row))
        painter.end()

    def _button(self, index: int, cell: Cell) -> CellButton:
        assert self._sheet is not None
        button = CellButton(cell, words_for(self._sheet, cell), self)
        button.toggled.connect(lambda yes: self._chosen(index) if yes else None)
        button.hovered.connect(lambda yes: self._point(index if yes else -1))
        button.moved.connect(lambda across, down: self._move(index, across, down))
        button.promoted.connect(lambda: self.promoted.emit(index))
        return button

    def _chosen(self, index: int) -> None:
        self._over = -1  # a pointer that rests somewhere counts no more
        self.update()
        self.chosen.emit(index)

    def _point(self, index: int) -> None:
        self._over = index
        self.update()
        self.pointed.emit(index)

    def _move(self, index: int, across: int, down: int) -> None:
        columns = self._columns
        row, column = divmod(index, columns)
        column, row = column + across, row + down
        there = row * columns + column
        inside = 0 <= column < columns and 0 <= there < len(self.buttons)
        self.walk_to(there if inside else index)

    def _arrange(self) -> None:
        """Find the largest pictures that there is room for."""
        if self._sheet is None:
            self._layout = None
            return
        first, *others = self._sheet.axes
        title = self._measured(engine_text(first.knob.label))
        words = [self._measured(each) for each in words_of(first)]
        if others:
            down = self._measured(engine_text(others[0].knob.label))
            rows = [self._measured(each) for each in words_of(others[0])]
            self._columns = len(words)
            self._layout = self._largest(lambda size: laid_out(size, title, words, down, rows))
        else:

            def in_columns(columns: int) -> Layout:
                return self._largest(lambda size: wrapped(size, title, words, columns))

            found = {columns: in_columns(columns) for columns in range(1, len(words) + 1)}
            self._columns = max(found, key=lambda columns: found[columns].pictures[0].width)
            self._layout = found[self._columns]
        self._place()

    def _largest(self, lay_out: Callable[[Size], Layout]) -> Layout:
        width, height = self._aspect
        low, high = 16, _LARGEST * max(width, height)
        while high - low > 1:
            middle = (low + high) // 2
            if self._fits(lay_out(_sized(self._aspect, middle))):
                low = middle
            else:
                high = middle
        return lay_out(_sized(self._aspect, low))

    def _fits(self, layout: Layout) -> bool:
        width, height = self.width() + 2 * _SPARED, self.height() + 2 * _SPARED
        return layout.width <= width and layout.height <= height

    def _place(self) -> None:
        assert self._layout is not None
        left = (self.width() - self._layout.width) // 2
        top = (self.height() - self._layout.height) // 2
        self._offset = left, top
        for button, box in zip(self.buttons, self._layout.pictures, strict=True):
            place = QRect(box.left + left, box.top + top, box.width, box.height)
            button.setGeometry(place.adjusted(-_BAR, -_BAR, _BAR, _BAR))
        self.update()

    def _write(self, painter: QPainter, box: Box, text: str, *, quiet: bool) -> None:
        colours = theme.current()
        painter.setPen(QColor(colours.quiet if quiet else colours.text))
        font = QFont(self.font())
        font.setBold(not quiet)
        painter.setFont(font)
        place = QRectF(
            QPointF(box.left + self._offset[0], box.top + self._offset[1]),
            QSize(box.width, box.height).toSizeF(),
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _measured(self, text: str) -> Size:
        font = QFont(self.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        return metrics.horizontalAdvance(text) + 2, metrics.height()


def words_of(axis: Axis) -> tuple[str, ...]:
    """The values of an axis in the user's language."""
    return tuple(map(engine_text, axis.words))


def words_for(sheet: Sheet, cell: Cell) -> str:
    """A cell's values with what they are of: `Strength 30 · Stroke size 2×`."""
    at = (cell.column, cell.row)
    return " · ".join(
        f"{engine_text(axis.knob.label)} {words_of(axis)[index]}"
        for axis, index in zip(sheet.axes, at, strict=False)
    )


def _sized(aspect: Size, side: int) -> Size:
    width, height = aspect
    longest = max(aspect)
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))
