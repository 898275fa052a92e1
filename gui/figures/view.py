"""Shows a figure's sheet, as large as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.canvas.layer import bgrx, borrowed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SheetView(QWidget):
    """A white sheet on the ground of pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(40 * theme.SPACE, 30 * theme.SPACE)
        self._ordered: NDArray[np.uint8] | None = None
        self._image = QImage()

    def show_pixels(self, pixels: NDArray[np.uint8], words: str) -> None:
        """Show a sheet, uint8 (H, W, 3) sRGB, and what it is in words."""
        self._ordered = bgrx(pixels)  # the image reads its memory
        self._image = borrowed(self._ordered)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for a figure to be read."""
        return QSize(80 * theme.SPACE, 60 * theme.SPACE)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Fit the sheet; it is never shown larger than it is."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().canvas)
        if self._image.isNull():
            return
        room = self.size() * self.devicePixelRatio()
        room -= QSize(1, 1) * (4 * theme.SPACE * self.devicePixelRatio())
        size = self._image.size()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        smooth = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.IgnoreAspectRatio
        image = self._image.scaled(size, keep, smooth)
        shown = size / self.devicePixelRatio()
        corner = QPoint((self.width() - shown.width()) // 2, (self.height() - shown.height()) // 2)
        painter.drawImage(QRect(corner, shown), image)
