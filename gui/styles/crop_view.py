"""A picture with a rectangle on it that is dragged by mouse or moved by keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.blends.values import Crop
from engine.imageio import SMALLEST_SIDE
from engine.job import Picture
from gui import theme
from gui.inputs.drop_target import reduced
from gui.styles import crops
from gui.styles.crops import WHOLE, Grip, Point

_REACH: Final = 10
"""Pixels around a grip within which it is held."""
_GRIP: Final = 8
_STEP: Final = 0.01
"""Of the picture, that an arrow key moves by."""
_CURSORS: Final = {
    Grip.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Grip.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Grip.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Grip.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.INSIDE: Qt.CursorShape.SizeAllCursor,
}
_ARROWS: Final[dict[int, Point]] = {
    Qt.Key.Key_Left: (-_STEP, 0),
    Qt.Key.Key_Right: (_STEP, 0),
    Qt.Key.Key_Up: (0, -_STEP),
    Qt.Key.Key_Down: (0, _STEP),
}


class CropView(QWidget):
    """Shows which part of a picture counts, and lets it be changed.

    Signals:
        changed: the `Crop`.
    """

    changed = Signal(object)

    def __init__(self, picture: Picture, crop: Crop | None) -> None:
        super().__init__()
        self._image = reduced(picture, 1440)
        self._scaled = QImage()
        self._least = crops.least(picture.size, SMALLEST_SIDE)
        self.crop: Crop = crop or WHOLE
        self._held: Grip | None = None
        self._from: Point = (0.0, 0.0)
        self._before: Crop = self.crop
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(40 * theme.SPACE, 28 * theme.SPACE)
        self.setAccessibleName(self.tr("The part of the picture that counts"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move it, with Shift they move its right and its lower side")
        )
        self.setToolTip(self.accessibleDescription())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Large enough to see what is chosen."""
        return QSize(64 * theme.SPACE, 44 * theme.SPACE)

    def show_crop(self, crop: Crop) -> None:
        """Show another part."""
        if crop != self.crop:
            self.crop = crop
            self.update()
            self.changed.emit(crop)

    # By mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Hold the crop by the nearest grip, or begin another one beside it."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._held, self._before = self._grip_at(event.position()), self.crop
        self._from = self._on_picture(event.position())
        self._point(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Drag what is held."""
        here = self._on_picture(event.position())
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event)
        elif self._held is None:
            self.show_crop(crops.drawn(self._from, here, self._least))
        else:
            by = here[0] - self._from[0], here[1] - self._from[1]
            self.show_crop(crops.pulled(self._before, self._held, by, self._least))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Let go."""
        self._held = None
        self._point(event)

    def _point(self, event: QMouseEvent) -> None:
        grip = self._held or self._grip_at(event.position())
        self.setCursor(_CURSORS[grip] if grip else Qt.CursorShape.CrossCursor)

    def _grip_at(self, at: QPointF) -> Grip | None:
        """The grip that is held there; None beside the crop, and within the whole picture."""
        near = [
            (distance, grip)
            for grip in Grip
            if grip is not Grip.INSIDE
            and (distance := (self._in_view(grip.place(self.crop)) - at).manhattanLength())
            <= 2 * _REACH
        ]
        if near:
            return min(near, key=lambda pair: pair[0])[1]
        inside = self._frame().contains(at) and self.crop != WHOLE
        return Grip.INSIDE if inside else None

    # By keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows move the crop, or with Shift its lower right corner."""
        by = _ARROWS.get(event.key())
        if by is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.show_crop(crops.pulled(self.crop, Grip.BOTTOM_RIGHT, by, self._least))
        else:
            self.show_crop(crops.moved(self.crop, by))

    # As it is seen

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The picture, dark beyond the crop; thirds while it is dragged."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, frame = self._room(), self._frame()
        painter.drawImage(room.topLeft(), self._fitted(room))
        painter.save()
        painter.setClipRect(room)
        shade = QColor(theme.current().canvas)
        shade.setAlpha(185)
        for part in (
            QRectF(room.left(), room.top(), room.width(), frame.top() - room.top()),
            QRectF(room.left(), frame.bottom(), room.width(), room.bottom() - frame.bottom()),
            QRectF(room.left(), frame.top(), frame.left() - room.left(), frame.height()),
            QRectF(frame.right(), frame.top(), room.right() - frame.right(), frame.height()),
        ):
            painter.fillRect(part, shade)
        painter.restore()
        self._paint_frame(painter, frame)

    def _paint_frame(self, painter: QPainter, frame: QRectF) -> None:
        colours = theme.current()
        if self._held is not None:
            painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
            for third in (1 / 3, 2 / 3):
                x, y = frame.left() + third * frame.width(), frame.top() + third * frame.height()
                painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
                painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 120), 3))
        painter.drawRect(frame)
        accent = QColor(colours.accent if self.hasFocus() else "#ffffff")
        painter.setPen(QPen(accent, 1.5))
        painter.drawRect(frame)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1))
        painter.setBrush(accent)
        for grip in Grip:
            if grip is not Grip.INSIDE:
                at = self._in_view(grip.place(self.crop)) - QPointF(_GRIP / 2, _GRIP / 2)
                painter.drawRoundedRect(QRectF(at, QSize(_GRIP, _GRIP).toSizeF()), 2, 2)

    def _fitted(self, room: QRectF) -> QImage:
        ratio = self.devicePixelRatioF()
        size = (room.size() * ratio).toSize()
        if self._scaled.size() != size:
            ignore, smooth = (
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled = self._image.scaled(size, ignore, smooth)
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled

    def _room(self) -> QRectF:
        """Where the whole picture is."""
        around = QRectF(self.rect()).adjusted(_GRIP, _GRIP, -_GRIP, -_GRIP)
        size = self._image.size().toSizeF()
        size = size.scaled(around.size(), Qt.AspectRatioMode.KeepAspectRatio)
        room = QRectF(QPointF(), size)
        room.moveCenter(around.center())
        return room

    def _frame(self) -> QRectF:
        left, top, right, bottom = self.crop
        return QRectF(self._in_view((left, top)), self._in_view((right, bottom)))

    def _in_view(self, point: Point) -> QPointF:
        room = self._room()
        return QPointF(room.left() + point[0] * room.width(), room.top() + point[1] * room.height())

    def _on_picture(self, at: QPointF) -> Point:
        room = self._room()
        return (at.x() - room.left()) / room.width(), (at.y() - room.top()) / room.height()
