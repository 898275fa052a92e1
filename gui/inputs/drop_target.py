"""Shows one picture small, and takes another by drop, click or paste."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QWidget

from engine.blends.values import Crop
from engine.job import Picture
from gui import theme
from gui.canvas.canvas import bgrx, borrowed
from gui.inputs.dropped import dropped_files, dropped_picture, holds_picture, only_an_address

if TYPE_CHECKING:
    from gui.colours.preview import Dress

_LEAST, _BEST = 80, 132
"""Height in px where the window is low, and where there is room."""

PICTURE_FILES = "*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp *.gif *.avif *.heic"


class DropTarget(QFrame):
    """A frame around one picture.

    Signals:
        chosen: a list of files (Path).
        given: bytes of a picture without a file, and a name for it.
        refused: a line that says why nothing was taken.
        removed: the picture is to be taken away.
    """

    chosen = Signal(object)
    given = Signal(object, str)
    refused = Signal(str)
    removed = Signal()

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("target")
        self.setProperty("full", "false")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(_LEAST)
        self.setMaximumHeight(_BEST)
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        self._title, self._hint = title, hint
        self._picture: Picture | None = None
        self._reading = False
        self._crop: Crop | None = None
        self._plain = QImage()
        self._small = QImage()
        self._scaled = QImage()
        self._dress: Dress | None = None

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As wide as a thumbnail."""
        return QSize(_BEST * 3 // 2, _BEST)

    def show_picture(
        self, picture: Picture | None, *, reading: bool, crop: Crop | None = None
    ) -> None:
        """Show the thumbnail of a picture, or of a part of it, or what to do."""
        if picture is self._picture and (reading, crop) == (self._reading, self._crop):
            return  # the session tells of every change, most of which are others
        if picture is not self._picture or crop != self._crop:
            self._plain = part(reduced(picture), crop)
        self._picture, self._reading, self._crop = picture, reading, crop
        self._mark("full", picture is not None)
        self.dress(self._dress)

    def dress(self, dress: Dress | None) -> None:
        """Show the thumbnail in other colours than the picture's, or in its own again."""
        self._dress = dress
        is_worn = dress is not None and not self._plain.isNull()
        self._small = dress.worn_by(self._plain) if dress and is_worn else self._plain
        self._scaled = QImage()
        name = self._picture.name if self._picture else self._hint
        described = self.tr("{0}, {1}").format(name, dress.words) if dress and is_worn else name
        self.setAccessibleDescription(described)
        self.update()

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose the {0} picture").format(self._title.lower()),
            filter=self.tr("Pictures ({0});;All files (*)").format(PICTURE_FILES),
        )
        if path:
            self.chosen.emit([Path(path)])

    def paste(self) -> bool:
        """Take the clipboard's file or picture; returns whether there was anything to answer."""
        data = QGuiApplication.clipboard().mimeData()
        return self.take(data) if data else False

    def take(self, data: QMimeData) -> bool:
        """Take files or a picture, or say why not; returns whether there was anything."""
        if files := dropped_files(data):
            self.chosen.emit(files)
        elif picture := dropped_picture(data):
            self.given.emit(*picture)
        elif only_an_address(data):
            self.refused.emit(
                self.tr(
                    "That is only a web address, and Impasto fetches nothing: "
                    "copy the picture itself, or save it and drop the file"
                )
            )
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the frame, and the thumbnail or the hint in it."""
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.rect().adjusted(*_inset(theme.SPACE))
        if self._small.isNull():
            painter.setPen(QColor(theme.current().quiet))
            text = self.tr("Reading …") if self._reading else self._hint
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), text)
        else:
            self._paint_thumbnail(painter, room)
        painter.end()

    def _paint_thumbnail(self, painter: QPainter, room: QRect) -> None:
        ratio = self.devicePixelRatioF()
        fitted = self._small.size().scaled(room.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled.size() != fitted:
            self._scaled = self._small.scaled(
                fitted,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self._scaled.setDevicePixelRatio(ratio)
        size = self._scaled.deviceIndependentSize()
        left = room.x() + round((room.width() - size.width()) / 2)
        top = room.y() + round((room.height() - size.height()) / 2)
        painter.drawImage(left, top, self._scaled)
        if self._dress is not None:
            self._paint_words(painter, QRect(left, top, *size.toSize().toTuple()))

    def _paint_words(self, painter: QPainter, thumbnail: QRect) -> None:
        """Say at the thumbnail's foot what it wears."""
        assert self._dress is not None
        words = self.fontMetrics().elidedText(
            self._dress.words, Qt.TextElideMode.ElideRight, thumbnail.width() - 2 * theme.SPACE
        )
        width = self.fontMetrics().horizontalAdvance(words) + 2 * theme.SPACE
        height = self.fontMetrics().height() + theme.SPACE // 2
        place = QRect(thumbnail.left(), thumbnail.bottom() + 1 - height, width, height)
        ground = QColor(theme.current().panel)
        ground.setAlphaF(0.85)
        painter.fillRect(place, ground)
        painter.setPen(QColor(theme.current().text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click asks for a file."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Space and Enter do what a click does, Delete removes."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Light up under a picture; an address is taken too, to say why it is of no use."""
        data = event.mimeData()
        if holds_picture(data) or only_an_address(data):
            event.acceptProposedAction()
            self._mark("over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 (Qt's name)
        """Go dark again."""
        self._mark("over", False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Take what was dropped."""
        self._mark("over", False)
        if not self.take(event.mimeData()):
            self.refused.emit(self.tr("There is no picture in what was dropped"))
        event.acceptProposedAction()

    def _mark(self, name: str, yes: bool) -> None:
        self.setProperty(name, "true" if yes else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()


def _inset(by: int) -> tuple[int, int, int, int]:
    return by, by, -by, -by


def reduced(picture: Picture | None, side: int = 480) -> QImage:
    """A copy of a few hundred pixels a side, from which thumbnails of any size are made."""
    if picture is None:
        return QImage()
    step = max(1, max(picture.size) // (side * 5 // 3))
    pixels = bgrx(picture.pixels[::step, ::step])
    image = borrowed(pixels)
    small = image.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    if small.width() >= image.width():
        return image.copy()  # out of the array's memory
    return image.scaled(
        small.expandedTo(QSize(1, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def part(image: QImage, crop: Crop | None) -> QImage:
    """The part of a copy that a crop leaves."""
    if crop is None or image.isNull():
        return image
    left, top, right, bottom = crop
    width, height = image.width(), image.height()
    corner = round(left * width), round(top * height)
    sides = round((right - left) * width), round((bottom - top) * height)
    return image.copy(*corner, *(max(1, side) for side in sides))
