"""Paints the picture: fitted to the room there is, sharp on any screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine import imageio
from gui import theme

_MARGIN = 2 * theme.SPACE


class Canvas(QWidget):
    """Shows one picture at a time, or an invitation while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Canvas"))
        self._pixels: NDArray[np.uint8] | None = None
        self._image = QImage()
        self._scaled = QImage()
        self._rendered = False

    @property
    def image(self) -> QImage:
        """What is shown, null while nothing is."""
        return self._image

    def show_pixels(
        self, pixels: NDArray[np.uint8] | NDArray[np.uint16] | None, *, rendered: bool = True
    ) -> None:
        """Show a picture.

        Args:
            pixels: uint8 or uint16 (H, W, 3) sRGB; None for the invitation.
            rendered: whether it was painted by Impasto, rather than an input.
        """
        # A QImage only borrows its memory: the array must live as long.
        self._pixels = None if pixels is None else bgrx(pixels)
        self._image = QImage() if self._pixels is None else borrowed(self._pixels)
        self._scaled = QImage()
        self._rendered = rendered
        description = self.tr("The painted picture") if rendered else self.tr("The photograph")
        self.setAccessibleDescription("" if pixels is None else description)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Most of the window."""
        return QSize(760, 620)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the picture or the invitation."""
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(colours.canvas))
        if self._image.isNull():
            self._paint_invitation(painter, colours)
        else:
            self._paint_picture(painter)
        painter.end()

    def picture_rect(self) -> QRect:
        """Where the picture lies in the widget."""
        room = self.size() - QSize(2 * _MARGIN, 2 * _MARGIN)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(QPoint(0, 0), size).translated(
            (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        )

    def _paint_picture(self, painter: QPainter) -> None:
        rect, ratio = self.picture_rect(), self.devicePixelRatioF()
        size = rect.size() * ratio
        if self._scaled.size() != size:
            self._scaled = self._image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled.setDevicePixelRatio(ratio)
        painter.drawImage(rect.topLeft(), self._scaled)

    def _paint_invitation(self, painter: QPainter, colours: theme.Colours) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(QPen(QColor(colours.line), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 10, 10)
        large = QFont(self.font())
        large.setPointSizeF(self.font().pointSizeF() * 1.6)
        painter.setFont(large)
        painter.setPen(QColor(colours.text))
        centre = Qt.AlignmentFlag.AlignHCenter
        upper = frame.adjusted(0, 0, 0, -frame.height() // 2 - theme.SPACE)
        painter.drawText(
            upper,
            centre | Qt.AlignmentFlag.AlignBottom,
            self.tr("Drop a photograph and a painting"),
        )
        painter.setFont(self.font())
        painter.setPen(QColor(colours.quiet))
        lower = frame.adjusted(0, frame.height() // 2 + theme.SPACE, 0, 0)
        painter.drawText(
            lower,
            centre | Qt.AlignmentFlag.AlignTop,
            self.tr("then press Render and watch it being painted"),
        )


def bgrx(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    """The memory order that Qt paints four times faster than RGB888, of 8 bits."""
    height, width = pixels.shape[:2]
    ordered = np.full((height, width, 4), 255, dtype=np.uint8)
    ordered[..., :3] = imageio.to_uint8(pixels)[..., ::-1]
    return ordered


def borrowed(ordered: NDArray[np.uint8]) -> QImage:
    """A QImage over the memory of an array, which must outlive it."""
    height, width = ordered.shape[:2]
    return QImage(ordered.data, width, height, 4 * width, QImage.Format.Format_RGB32)
