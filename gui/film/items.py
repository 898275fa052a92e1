"""The pictures of the filmstrip: what is said of each, and how it is drawn."""

from __future__ import annotations

from bisect import bisect
from datetime import date
from html import escape
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImageReader,
    QPainter,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.recipes.recipe import Ingredient
from gui import theme
from gui.film.gallery import THUMBNAIL_SIDE, Entry, Kind
from gui.styles.names import listed

Index = QModelIndex | QPersistentModelIndex

ENTRY: Final = Qt.ItemDataRole.UserRole
LOWEST: Final = 7 * theme.SPACE
"""Pixels that a thumbnail is high at least."""

_HIGHEST: Final = 20 * theme.SPACE
_NARROWEST: Final = 3 * theme.SPACE
_WIDEST: Final = 9
"""Quarters of the height."""
_GAP: Final = theme.SPACE // 2
_RADIUS: Final = 3
_BADGE: Final = 2 * theme.SPACE
_SHORT: Final = QLocale.FormatType.ShortFormat


class FilmModel(QAbstractListModel):
    """Entries of the gallery, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return tuple(self._entries)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        """How many there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What an entry is, and what is said of it."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return caption(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self._words(entry))
        if role == Qt.ItemDataRole.ToolTipRole:
            # A file's name could look like markup.
            return f"<p style='white-space: pre'>{escape(chr(10).join(self._words(entry)))}</p>"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be dragged out."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802 (Qt's name)
        """Only a copy leaves: the gallery keeps its own."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 (Qt's name)
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]  # noqa: N802
        """The pictures' files, which every program takes."""
        data = QMimeData()
        entries = [self._entries[index.row()] for index in indexes]
        data.setUrls([QUrl.fromLocalFile(str(entry.picture)) for entry in entries])
        return data

    def row_of(self, entry_id: str) -> int:
        """Where an entry is; -1 where it is not."""
        return next((i for i, entry in enumerate(self._entries) if entry.id == entry_id), -1)

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Replace all."""
        self.beginResetModel()
        self._entries = sorted(entries, key=lambda entry: entry.id)
        self.endResetModel()

    def insert(self, entry: Entry) -> None:
        """Put an entry at its place in time, unless it is there."""
        if self.row_of(entry.id) >= 0:
            return
        row = bisect([each.id for each in self._entries], entry.id)
        self.beginInsertRows(QModelIndex(), row, row)
        self._entries.insert(row, entry)
        self.endInsertRows()

    def remove(self, entry_id: str) -> None:
        """Take an entry out, if it is there."""
        row = self.row_of(entry_id)
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._entries[row]
            self.endRemoveRows()

    def _words(self, entry: Entry) -> list[str]:
        """All that there is to say, in short parts."""
        made = entry.made
        words = [
            self._of(made.content, made.styles),
            QLocale().toString(_moment(entry), _SHORT),
            self.tr("{0} × {1} px").format(entry.width, entry.height),
            self.tr("strength {0}").format(round(made.strength)),
            self._progress(entry),
            self.tr("network {0}").format(_plain(made.network)) if made.network else "",
        ]
        return [each for each in words if each]

    def _of(self, content: Ingredient | None, styles: tuple[Ingredient, ...]) -> str:
        if content is None:
            return ""
        names = listed([_plain(style.name) for style in styles])
        return self.tr("{0} in the style of {1}").format(_plain(content.name), names)

    def _progress(self, entry: Entry) -> str:
        made = entry.made
        if made.kind is Kind.SNAPSHOT:
            text = self.tr("snapshot at step {0} of {1}")
        elif made.finished:
            text = self.tr("{0} of {1} steps")
        else:
            text = self.tr("stopped at step {0} of {1}")
        return text.format(made.step, made.steps)


class FilmDelegate(QStyledItemDelegate):
    """Draws a thumbnail over its caption, as large as the strip's height lets it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._height = LOWEST

    def fit(self, height: int, metrics: QFontMetrics) -> bool:
        """Take the height that there is for an item; returns whether thumbnails change."""
        before, self._height = self._height, min(max(height - around(metrics), LOWEST), _HIGHEST)
        return self._height != before

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As wide as the picture or its caption."""
        metrics = QFontMetrics(option.font)
        width = max(self._box(index).width(), metrics.horizontalAdvance(index.data()))
        return QSize(width + 2 * theme.SPACE, self._height + around(metrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the item in the colours that are worn."""
        entry: Entry = index.data(ENTRY)
        item = QRect(option.rect)  # which the view stretches to its own height
        item.setHeight(self._height + around(QFontMetrics(option.font)))
        place = QRect(QPoint(0, 0), self._box(index))
        place.moveLeft(item.left() + (item.width() - place.width()) // 2)
        place.moveTop(item.top() + theme.SPACE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_picture(painter, place, entry)
        _paint_outline(painter, place, item, option.state)
        _paint_badge(painter, place, entry)
        _paint_caption(painter, place.bottom() + 1 + _GAP, option, index.data())
        painter.restore()

    def _box(self, index: Index) -> QSize:
        """The room that a thumbnail takes; very long ones leave some of it free."""
        entry: Entry = index.data(ENTRY)
        width = round(self._height * entry.width / entry.height)
        return QSize(min(max(width, _NARROWEST), _WIDEST * self._height // 4), self._height)


def around(metrics: QFontMetrics) -> int:
    """What an item needs above and below its thumbnail."""
    return theme.SPACE + _GAP + metrics.height() + _GAP


def _paint_picture(painter: QPainter, place: QRect, entry: Entry) -> None:
    """Draw the thumbnail in the middle of its room, on the canvas's ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().canvas))
    painter.drawRoundedRect(place, _RADIUS, _RADIUS)
    ratio = painter.device().devicePixelRatioF()
    pixmap = _thumbnail(entry, place.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    inner = QRectF(QPointF(0, 0), pixmap.deviceIndependentSize())
    inner.moveCenter(QRectF(place).center())
    painter.drawPixmap(inner.topLeft(), pixmap)


def _paint_outline(painter: QPainter, place: QRect, item: QRect, state: QStyle.StateFlag) -> None:
    """Outline what is chosen, what the mouse is over, and the item that the keyboard is at."""
    colours = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state & QStyle.StateFlag.State_Selected:
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRoundedRect(QRectF(place).adjusted(-2, -2, 2, 2), _RADIUS + 2, _RADIUS + 2)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(QPen(QColor(colours.quiet), 1))
        painter.drawRoundedRect(QRectF(place).adjusted(-1.5, -1.5, 1.5, 1.5), _RADIUS, _RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(colours.text), 1))
        painter.drawRoundedRect(QRectF(item).adjusted(1.5, 1.5, -1.5, -0.5), 6, 6)


def _paint_badge(painter: QPainter, place: QRect, entry: Entry) -> None:
    """Mark a snapshot with a lens and a stopped run with a square, as on the buttons."""
    snapshot = entry.made.kind is Kind.SNAPSHOT
    if entry.made.finished and not snapshot:
        return
    colours = theme.current()
    badge = QRectF(place.right() - _BADGE - 2, place.bottom() - _BADGE - 2, _BADGE, _BADGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.panel))
    painter.drawEllipse(badge)
    if snapshot:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.text), 1.5))
        painter.drawEllipse(badge.adjusted(4, 4, -4, -4))
    else:
        painter.setBrush(QColor(colours.text))
        painter.drawRect(badge.adjusted(5, 5, -5, -5))


def _paint_caption(painter: QPainter, top: int, option: QStyleOptionViewItem, text: str) -> None:
    colours = theme.current()
    chosen = option.state & QStyle.StateFlag.State_Selected
    painter.setPen(QColor(colours.text if chosen else colours.quiet))
    painter.setFont(option.font)
    place = QRect(option.rect)
    place.setTop(top)
    painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)


def _thumbnail(entry: Entry, room: QSize) -> QPixmap:
    """The thumbnail, read when it is first seen; empty where its file is gone or damaged."""
    key = f"filmstrip/{entry.id}/{room.width()}x{room.height()}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    reader = QImageReader(str(entry.thumbnail), b"jpeg")
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > THUMBNAIL_SIDE:
        return pixmap
    smooth = Qt.TransformationMode.SmoothTransformation
    image = reader.read().scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    pixmap = QPixmap.fromImage(image)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def caption(entry: Entry) -> str:
    """The time of today's, the day of older ones."""
    moment = _moment(entry)
    if entry.time.date() == date.today():
        return QLocale().toString(moment.time(), _SHORT)
    return QLocale().toString(moment.date(), _SHORT)


def _moment(entry: Entry) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(entry.time.timestamp() * 1000))


def _plain(name: str) -> str:
    """A foreign name without what could break a line or turn its direction."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())
