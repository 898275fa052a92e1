"""What the canvas is given, and what is seen of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gui.canvas.canvas import Canvas

RED, BLUE = (250, 10, 20), (5, 20, 240)


def plain(colour: tuple[int, int, int], width: int = 200, height: int = 100) -> NDArray[np.uint8]:
    return np.full((height, width, 3), colour, np.uint8)


def noise(width: int, height: int, seed: int = 0) -> NDArray[np.uint8]:
    shape = (height, width, 3)
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def seen(canvas: Canvas) -> NDArray[np.uint8]:
    """What is on the screen, (H, W, 3)."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return rows[..., 2::-1].copy()


def rgb(name: str) -> tuple[int, int, int]:
    colour = QColor(name)
    return colour.red(), colour.green(), colour.blue()
