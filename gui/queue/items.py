"""The rows of the queue: what is said of each, and how it is drawn."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.inputs.dropped import dropped_files
from gui.queue.entry import Entry, Standing
from gui.texts import phrase

Index = QModelIndex | QPersistentModelIndex

ENTRY: Final = Qt.ItemDataRole.UserRole
STATUS: Final = Qt.ItemDataRole.UserRole + 1
SHARE: Final = Qt.ItemDataRole.UserRole + 2
DETAILS: Final = Qt.ItemDataRole.UserRole + 3
EDITED: Final = Qt.ItemDataRole.UserRole + 4

ROWS: Final = "application/x-impasto-queue"
"""What is dragged within the list."""

HEIGHT: Final = 6 * theme.SPACE
_THUMBNAIL: Final = QSize(6 * theme.SPACE, 36)
_RADIUS: Final = 3
_SHARE_OF_WORDS: Final = 60
"""Per cent of the width; the rest says how a render stands, which may be why it failed."""
_BAR: Final = 24 * theme.SPACE
_DOT: Final = theme.SPACE


class QueueModel(QAbstractListModel):
    """Entries of the queue, and how far the one is that is being painted.

    Signals:
        move_asked: ids of entries (tuple of str), and the row that they are to come before.
        files_dropped: picture files (list of Path), and the row likewise.
    """

    move_asked = Signal(object, int)
    files_dropped = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._editing = ""
        self._progress = ("", 0.0)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return self._entries

    def show_entries(self, entries: Iterable[Entry], editing: str) -> None:
        """Show these; the selection stays where the rows are the same."""
        entries, before = tuple(entries), self._entries
        self._editing = editing
        if [each.id for each in entries] == [each.id for each in before]:
            self._entries = entries
            self._tell(range(len(entries)))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def show_progress(self, text: str, share: float) -> None:
        """Say how far the entry is that is being painted."""
        self._progress = text, share
        rows = (i for i, each in enumerate(self._entries) if each.standing is Standing.RUNNING)
        self._tell(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What an entry is, and what is said of it."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        found: dict[int, object] = {
            ENTRY: entry,
            STATUS: self._status(entry),
            SHARE: self._progress[1] if entry.standing is Standing.RUNNING else None,
            DETAILS: self._details(entry),
            EDITED: entry.id == self._editing,
            Qt.ItemDataRole.DisplayRole: self._title(entry),
        }
        words = [self._title(entry), self._details(entry), self._status(entry)]
        if entry.standing is Standing.FAILED:
            words += [phrase(entry.cause), phrase(entry.remedy)]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(words)
        if role == Qt.ItemDataRole.ToolTipRole:
            # A file's name could look like markup.
            return "<p>" + "<br>".join(escape(word) for word in dict.fromkeys(words)) + "</p>"
        return found.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are dragged, and dropped between others."""
        flags = super().flags(index)
        if index.isValid():
            return flags | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 (Qt's name)
        """Rows are moved, files are copied."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 (Qt's name)
        """Rows of this list, and files."""
        return [ROWS, "text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]  # noqa: N802
        """The rows that are dragged."""
        data = QMimeData()
        ids = [self._entries[index.row()].id for index in indexes]
        data.setData(ROWS, ",".join(ids).encode())
        return data

    def dropMimeData(  # noqa: N802 (Qt's name)
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for what was dropped; the list itself changes only when it is told to."""
        if row < 0:
            row = parent.row() if parent.isValid() else len(self._entries)
        if data.hasFormat(ROWS):
            ids = bytes(data.data(ROWS).data()).decode().split(",")
            self.move_asked.emit(tuple(ids), row)
        elif dropped_files(data):
            self.files_dropped.emit(dropped_files(data), row)
        return False  # else the view would take the rows out itself

    def _tell(self, rows: Iterable[int]) -> None:
        for row in rows:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _title(self, entry: Entry) -> str:
        styles = self.tr(" and ").join(entry.styles)
        if not styles:
            return entry.content
        return self.tr("{0} in the style of {1}").format(entry.content, styles)

    def _details(self, entry: Entry) -> str:
        parts = [
            self.tr("{0} × {1} px").format(entry.width, entry.height),
            self.tr("strength {0}").format(round(entry.strength)),
            "" if entry.steps is None else self.tr("{0} steps").format(entry.steps),
        ]
        return " · ".join(part for part in parts if part)

    def _status(self, entry: Entry) -> str:
        if entry.id == self._editing:
            return self.tr("Being edited")
        if entry.standing is Standing.RUNNING:
            return self._progress[0] or self.tr("Starting …")
        if entry.standing is Standing.FAILED:
            return phrase(entry.cause) or self.tr("Failed")
        words = {
            Standing.WAITING: self.tr("Waiting, begun") if entry.runs else self.tr("Waiting"),
            Standing.DONE: self.tr("Done"),
            Standing.CANCELLED: self.tr("Cancelled"),
        }
        return words[entry.standing]


class QueueDelegate(QStyledItemDelegate):
    """Draws a row: both pictures, what it is, and how it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """All rows are as high."""
        return QSize(40 * theme.SPACE, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row in the colours that are worn."""
        entry: Entry = index.data(ENTRY)
        row = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, row, option.state)
        left = row.left() + theme.SPACE
        for number, thumbnail in enumerate(entry.thumbnails):
            top = row.top() + (HEIGHT - _THUMBNAIL.height()) // 2
            place = QRect(left, top, _THUMBNAIL.width(), _THUMBNAIL.height())
            _paint_thumbnail(painter, place, thumbnail, f"queue/{entry.id}/{number}")
            left += _THUMBNAIL.width() + theme.SPACE // 2
        words = row.adjusted(left - row.left() + theme.SPACE, 0, -2 * theme.SPACE, 0)
        status = words.adjusted(_SHARE_OF_WORDS * words.width() // 100, 0, 0, 0)
        words.setRight(status.left() - 2 * theme.SPACE)
        _paint_words(painter, words, option.font, index)
        _paint_status(painter, status, option.font, index)
        painter.restore()


def _paint_ground(painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
    colours = theme.current()
    ground = QRectF(row).adjusted(1, 1, -1, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(ground, 5, 5)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(colours.hover))
        painter.drawRoundedRect(ground, 5, 5)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.text), 1))
        painter.drawRoundedRect(ground.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


def _paint_words(painter: QPainter, place: QRect, font: QFont, index: Index) -> None:
    colours = theme.current()
    lines = (
        (str(index.data()), colours.text, place.top() + HEIGHT // 2 - theme.SPACE),
        (str(index.data(DETAILS)), colours.quiet, place.top() + HEIGHT // 2 + theme.SPACE + 2),
    )
    painter.setFont(font)
    for text, colour, middle in lines:
        painter.setPen(QColor(colour))
        _draw(painter, QRect(place.left(), middle - 12, place.width(), 24), text)


def _paint_status(painter: QPainter, place: QRect, font: QFont, index: Index) -> None:
    """A dot in the colour of the standing, the words, and a bar for what is being painted."""
    entry, share = index.data(ENTRY), index.data(SHARE)
    colours = theme.current()
    colour, is_filled = _mark(entry.standing, is_edited=index.data(EDITED))
    middle = place.top() + HEIGHT // 2 - (0 if share is None else theme.SPACE // 2)
    dot = QRectF(place.left(), middle - _DOT / 2, _DOT, _DOT)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if is_filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(dot.adjusted(0.75, 0.75, -0.75, -0.75))
    failed = entry.standing is Standing.FAILED
    painter.setPen(QColor(colours.on_warning if failed else colours.quiet))
    if entry.standing is Standing.RUNNING:
        painter.setPen(QColor(colours.text))
    painter.setFont(font)
    text = QRect(place.left() + 2 * theme.SPACE, middle - 12, place.width() - 2 * theme.SPACE, 24)
    _draw(painter, text, str(index.data(STATUS)))
    if share is not None:
        _paint_bar(painter, QRectF(text.left(), middle + 12, min(_BAR, text.width()), 4), share)


def _paint_bar(painter: QPainter, place: QRectF, share: float) -> None:
    colours = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.line))
    painter.drawRoundedRect(place, 2, 2)
    if share > 0:
        painter.setBrush(QColor(colours.accent))
        done = QRectF(place)
        done.setWidth(max(4.0, place.width() * min(1.0, share)))
        painter.drawRoundedRect(done, 2, 2)


def _mark(standing: Standing, *, is_edited: bool) -> tuple[QColor, bool]:
    """The colour of a row's dot, and whether it is filled."""
    colours = theme.current()
    if is_edited or standing is Standing.RUNNING:
        return QColor(colours.accent), not is_edited
    if standing is Standing.FAILED:
        return QColor(colours.on_warning), True
    return QColor(colours.quiet), standing is Standing.DONE


def _draw(painter: QPainter, place: QRect, text: str) -> None:
    metrics = QFontMetrics(painter.font())
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def _paint_thumbnail(painter: QPainter, place: QRect, thumbnail: str, key: str) -> None:
    """Cover the place with the picture's middle."""
    colours = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.canvas))
    painter.drawRoundedRect(place, _RADIUS, _RADIUS)
    ratio = painter.device().devicePixelRatioF()
    pixmap = _covering(thumbnail, place.size() * ratio, key)
    pixmap.setDevicePixelRatio(ratio)
    painter.drawPixmap(QPointF(place.topLeft()), pixmap)


def _covering(thumbnail: str, size: QSize, key: str) -> QPixmap:
    key = f"{key}/{hash(thumbnail)}/{size.width()}x{size.height()}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    image = QImage.fromData(base64.b64decode(thumbnail))
    if image.isNull():
        return pixmap
    covering = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = image.scaled(size, covering, Qt.TransformationMode.SmoothTransformation)
    middle = QRect(0, 0, size.width(), size.height())
    middle.moveCenter(scaled.rect().center())
    pixmap = QPixmap.fromImage(scaled.copy(middle))
    QPixmapCache.insert(key, pixmap)
    return pixmap
