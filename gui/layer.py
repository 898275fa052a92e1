"""A picture's pixels as Qt paints them fastest: converted and shrunk when needed, and once."""

from __future__ import annotations

from functools import cached_property
from math import ceil, floor
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from engine import imageio

Samples: TypeAlias = NDArray[np.uint8] | NDArray[np.uint16]


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
        if self._alpha is None:
            tight = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            return tight.convertToFormat(QImage.Format.Format_RGB32)
        ordered = off_white(pixels, _stretched(self._alpha, width, height))
        premultiplied = QImage.Format.Format_ARGB32_Premultiplied
        return QImage(ordered.data, width, height, 4 * width, premultiplied).copy()

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


def off_white(pixels: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lift what was laid on white off it: Qt's premultiplied BGRA (H, W, 4).

    Args:
        pixels: (H, W, 3), colours laid on white as the engine reads and paints them.
        alpha: (H, W).
    """
    white = (255 - alpha)[..., None]
    ordered = np.empty((*alpha.shape, 4), dtype=np.uint8)
    ordered[..., :3] = (np.maximum(pixels, white) - white)[..., ::-1]
    ordered[..., 3] = alpha
    return ordered


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


def _stretched(alpha: Samples, width: int, height: int) -> NDArray[np.uint8]:
    """Alpha of any size and depth at another size, of 8 bits."""
    small = np.ascontiguousarray(imageio.to_uint8(alpha))
    if small.shape == (height, width):
        return small
    rows, columns = small.shape
    image = QImage(small.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
    image = _scaled(image, QSize(width, height)).convertToFormat(QImage.Format.Format_Grayscale8)
    padded = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return padded[:, :width].copy()
