"""What is painted over the picture while masks are: the regions in colour, and the brush's ring."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gui import theme
from gui.masks.brush import FULL, Box
from gui.masks.guiding import STRENGTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ACTIVE: Final = 0.55
_OTHERS: Final = 0.3
"""How opaque the region is that is painted, and the other ones."""
_GREY: Final = QColor(96, 98, 104)
_STRENGTH: Final = 0.85
"""How opaque the grey is where the styles do not act at all."""
_SMALLEST_RING: Final = 3.0
_DOT: Final = 1.5


def colour_of(region: int) -> QColor:
    """Of a style's region."""
    return QColor(theme.REGIONS[region % len(theme.REGIONS)])


class Tint:
    """A mask as a translucent colour, brought up to date box by box.

    Attributes:
        image: as large as the mask; borrows its memory from this object.
    """

    def __init__(self, values: NDArray[np.uint8], region: int, opacity: float = _ACTIVE) -> None:
        self._table = _strength_table() if region == STRENGTH else _table(region, opacity)
        self._argb = self._table[values]
        height, width = values.shape
        premultiplied = QImage.Format.Format_ARGB32_Premultiplied
        self.image = QImage(self._argb.data, width, height, 4 * width, premultiplied)

    def refresh(self, values: NDArray[np.uint8], box: Box) -> None:
        """Take up what has changed within a box."""
        self._argb[box.cells] = self._table[values[box.cells]]


@dataclass(frozen=True, slots=True)
class Ring:
    """Where the brush is.

    Attributes:
        at: in device pixels of the canvas.
        radius: in cells.
        hardness: 0 … 1.
        erasing: whether it takes away.
    """

    at: QPointF
    radius: float
    hardness: float
    erasing: bool = False


class MaskOverlay:
    """Paints over a canvas.

    Attributes:
        active: the region that is painted; None to show none.
        ring: None while the brush is elsewhere.
    """

    def __init__(self) -> None:
        self.active: Tint | None = None
        self.ring: Ring | None = None
        self._others: QImage | None = None
        self._grid = (1, 1)

    def show_regions(
        self,
        grid: tuple[int, int],
        active: tuple[NDArray[np.uint8], int] | None,
        others: list[tuple[NDArray[np.uint8], int]],
    ) -> None:
        """Show masks of one grid, each with its region: the one that is painted, and the rest."""
        self._grid = grid
        self.active = Tint(*active) if active else None
        self._others = _composed([Tint(*other, _OTHERS).image for other in others])

    def scale(self, target: QRect) -> float:
        """Device pixels to a cell, of a picture painted to a target."""
        return target.width() / self._grid[0]

    def place_of(self, box: Box, target: QRect) -> QRect:
        """Where the cells of a box lie, with what they shine out to, in device pixels."""
        across, down = target.width() / self._grid[0], target.height() / self._grid[1]
        left, top = floor((box.left - 1) * across), floor((box.top - 1) * down)
        right, bottom = ceil((box.right + 1) * across), ceil((box.bottom + 1) * down)
        return QRect(left, top, right - left, bottom - top).translated(target.topLeft())

    def ring_rect(self, target: QRect) -> QRect:
        """What the ring covers, in device pixels; null while there is none."""
        if self.ring is None:
            return QRect()
        reach = ceil(max(_SMALLEST_RING, self.ring.radius * self.scale(target))) + 4
        at = self.ring.at.toPoint()
        return QRect(at.x() - reach, at.y() - reach, 2 * reach + 1, 2 * reach + 1)

    def paint(self, painter: QPainter, target: QRect, shown: QRect) -> None:
        """Paint the regions, then the ring."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        active = self.active.image if self.active else None
        for image in (self._others, active):
            if image is not None and not shown.isEmpty():
                painter.drawImage(QRectF(shown), image, self._part(image, target, shown))
        if self.ring is not None:
            self._paint_ring(painter, self.ring, self.scale(target))

    def _part(self, image: QImage, target: QRect, shown: QRect) -> QRectF:
        across, down = image.width() / target.width(), image.height() / target.height()
        left, top = shown.left() - target.left(), shown.top() - target.top()
        width, height = shown.width() * across, shown.height() * down
        return QRectF(left * across, top * down, width, height)

    def _paint_ring(self, painter: QPainter, ring: Ring, scale: float) -> None:
        """Dark around light, to be seen on anything; the inner ring is where it covers wholly."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ratio = painter.device().devicePixelRatioF()
        radius = max(_SMALLEST_RING * ratio, ring.radius * scale)
        style = Qt.PenStyle.DashLine if ring.erasing else Qt.PenStyle.SolidLine
        _circle(painter, ring.at, radius, ratio, style, 1.0)
        inner = radius * ring.hardness
        if ring.hardness < 1 and inner > _SMALLEST_RING * ratio:
            _circle(painter, ring.at, inner, ratio, style, 0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawEllipse(ring.at, (_DOT + 0.75) * ratio, (_DOT + 0.75) * ratio)
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(ring.at, _DOT * ratio, _DOT * ratio)


def _circle(
    painter: QPainter,
    at: QPointF,
    radius: float,
    ratio: float,
    style: Qt.PenStyle,
    opacity: float,
) -> None:
    dark, light = QColor(0, 0, 0, round(170 * opacity)), QColor(255, 255, 255, round(255 * opacity))
    painter.setPen(QPen(dark, 3 * ratio))
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(light, 1.25 * ratio, style))
    painter.drawEllipse(at, radius, radius)


def _composed(images: list[QImage]) -> QImage | None:
    if not images:
        return None
    whole = images[0].copy()
    with QPainter(whole) as painter:
        for image in images[1:]:
            painter.drawImage(0, 0, image)
    return whole


def _table(region: int, opacity: float) -> NDArray[np.uint32]:
    """Premultiplied ARGB of each value of a mask: the more, the more opaque."""
    return _premultiplied(colour_of(region), np.arange(FULL + 1) / FULL * opacity)


def _strength_table() -> NDArray[np.uint32]:
    """Grey lies where the styles act less: the picture is clear where they act fully."""
    return _premultiplied(_GREY, (1 - np.arange(FULL + 1) / FULL) * _STRENGTH)


def _premultiplied(colour: QColor, opacity: NDArray[np.float64]) -> NDArray[np.uint32]:
    channels = (1.0, colour.redF(), colour.greenF(), colour.blueF())
    argb = [np.rint(opacity * each * FULL).astype(np.uint32) for each in channels]
    table = (argb[0] << 24) | (argb[1] << 16) | (argb[2] << 8) | argb[3]
    return np.asarray(table, np.uint32)
