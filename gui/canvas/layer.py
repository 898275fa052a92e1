"""A picture's pixels as Qt paints them fastest: converted and shrunk when needed, and once."""

from __future__ import annotations

from functools import cached_property
from math import ceil, floor
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from engine import imageio

Samples: TypeAlias = NDArray[np.uint8] | NDArray[np.uint16]

_PREMULTIPLIED: Final = QImage.Format.Format_ARGB32_Premultiplied


class Layer:
    """One picture of the canvas, stretched to wherever the canvas wants it.

    Nothing is done to the pixels before they are painted: a frame that nobody sees costs nothing.
    """

    def __init__(self, pixels: Samples, alpha: Samples | None = None) -> None:
        self._pixels = pixels
        self._alpha = alpha
        self._shrunk = QImage()
        self._halves: list[QImage] = []

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        return self._pixels.shape[1], self._pixels.shape[0]

    @property
    def opaque(self) -> bool:
        """Whether nothing beneath shines through."""
        return self._alpha is None

    @cached_property
    def image(self) -> QImage:
        """The pixels in Qt's own memory and favourite order."""
        pixels = np.ascontiguousarray(imageio.to_uint8(self._pixels))
        width, height = self.size
        tight = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        image = tight.convertToFormat(QImage.Format.Format_RGB32)
        return image if self._alpha is None else _off_white(image, self._alpha)

    def paint(self, painter: QPainter, target: QRect, visible: QRect, *, nearest: bool) -> None:
        """Paint the picture stretched to a target, of which only a part need be painted.

        Args:
            painter: of device pixels, clipped to what is visible or less.
            target: all of the picture.
            visible: the part of the target that is in the canvas.
            nearest: show pixels as squares rather than smoothly.
        """
        if target.size() == self.image.size():
            painter.drawImage(target.topLeft(), self.image)
        elif visible == target and target.width() < self.image.width():
            painter.drawImage(target.topLeft(), self._shrunk_to(target.size()))
        else:
            self._paint_part(painter, target, visible, nearest)

    def _shrunk_to(self, size: QSize) -> QImage:
        if self._shrunk.size() != size:
            self._shrunk = _scaled(self.image, size)
        return self._shrunk

    def _paint_part(self, painter: QPainter, target: QRect, part: QRect, nearest: bool) -> None:
        image = self._halved_for(target.size())
        across, down = target.width() / image.width(), target.height() / image.height()
        source = QRect()
        # Two pixels more than are visible: smoothing looks at the neighbours.
        source.setLeft(floor((part.left() - target.left()) / across) - 2)
        source.setTop(floor((part.top() - target.top()) / down) - 2)
        source.setRight(ceil((part.right() - target.left()) / across) + 2)
        source.setBottom(ceil((part.bottom() - target.top()) / down) + 2)
        source &= image.rect()
        where = QRectF(
            target.left() + source.left() * across,
            target.top() + source.top() * down,
            source.width() * across,
            source.height() * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not nearest)
        painter.drawImage(where, image, QRectF(source))

    def _halved_for(self, size: QSize) -> QImage:
        """The picture or a half, a quarter, … of it, less than twice as large as the target."""
        levels = [self.image, *self._halves]
        level = 0
        while levels[level].width() >= 2 * size.width() and levels[level].height() > 1:
            level += 1
            if level == len(levels):
                half = (levels[-1].size() / 2).expandedTo(QSize(1, 1))
                levels.append(_scaled(levels[-1], half))
        self._halves = levels[1:]
        return levels[level]


def bgrx(pixels: Samples) -> NDArray[np.uint8]:
    """The memory order that Qt paints four times faster than RGB888, of 8 bits."""
    height, width = pixels.shape[:2]
    ordered = np.full((height, width, 4), 255, dtype=np.uint8)
    ordered[..., :3] = imageio.to_uint8(pixels)[..., ::-1]
    return ordered


def borrowed(ordered: NDArray[np.uint8]) -> QImage:
    """A QImage over the memory of an array, which must outlive it."""
    height, width = ordered.shape[:2]
    return QImage(ordered.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def _scaled(image: QImage, size: QSize) -> QImage:
    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, keep, smooth)


def _off_white(image: QImage, alpha: Samples) -> QImage:
    """Take away the white that a picture is laid on, as far as it shines through.

    Args:
        image: of Qt's RGB32, its fourth channel full; is overwritten.
        alpha: (H, W) of any size.
    """
    lifted = _samples(image)
    white_image = _white(alpha, image.size())
    white = _samples(white_image)
    # What is left is premultiplied, and of the full fourth channel it is alpha itself.
    np.maximum(lifted, white, out=lifted)
    np.subtract(lifted, white, out=lifted)
    image.reinterpretAsFormat(_PREMULTIPLIED)
    return image


def _white(alpha: Samples, size: QSize) -> QImage:
    """How much white shines through, 255 - alpha, in all four channels."""
    rows, columns = alpha.shape
    white = np.repeat(255 - imageio.to_uint8(alpha), 4, axis=1)
    image = QImage(white.data, columns, rows, 4 * columns, _PREMULTIPLIED)
    return image.copy() if image.size() == size else _scaled(image, size)


def _samples(image: QImage) -> NDArray[np.uint8]:
    """The memory of an image of four channels (H, W * 4), which must outlive the array."""
    return np.frombuffer(image.bits(), np.uint8).reshape(image.height(), -1)
