"""Takes pictures of the window for the tour: stills, and a short film of small frames."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from engine.disk import files
from gui import theme

FRAME: Final = 100
"""Milliseconds that a frame of the film is seen."""
LARGEST_FILM: Final = 2_000_000
"""Bytes."""

_FILM_WIDTH: Final = 960
_QUALITIES: Final = (60, 40, 20)
_SHADOW: Final = 3 * theme.SPACE


class Camera:
    """Writes what it takes into a folder."""

    def __init__(self, folder: Path, wrote: Callable[[Path], object]) -> None:
        """Aim it.

        Args:
            folder: where the pictures go.
            wrote: hears of each file that was written.
        """
        self._folder, self._wrote = folder, wrote
        self._film: list[Image.Image] = []
        self._lengths: list[int] = []

    def shoot(self, name: str, window: QWidget, dialog: QDialog | None = None) -> None:
        """Write a still of the window, with a dialog over it where one is open."""
        taken = _seen(window)
        if dialog is not None:
            _lay_over(taken, dialog)
        self._write(f"{name}.png", _encoded(_pillow(taken), "PNG", optimize=True))

    def make_small(self, taken: str, name: str, top: int = 0) -> None:
        """Write a still once more, in 256 colours: a third of its size, for the README.

        Args:
            taken: its name.
            name: of the new file.
            top: px above which it is cut off.
        """
        with Image.open(self._folder / f"{taken}.png") as still:
            whole = still.convert("RGB").crop((0, top, *still.size))
        dither = Image.Dither.FLOYDSTEINBERG
        small = whole.quantize(palette=whole.quantize(256), dither=dither)
        self._write(f"{name}.png", _encoded(small, "PNG", optimize=True))

    def make_light(self, taken: str, name: str) -> None:
        """Write a still once more as WebP, a tenth of its size, as photographs need."""
        with Image.open(self._folder / f"{taken}.png") as still:
            self._write(f"{name}.webp", _encoded(still.convert("RGB"), "WEBP", quality=85))

    def film(self, window: QWidget, length: int = FRAME) -> None:
        """Add a frame to the film, seen for so many milliseconds."""
        taken = _seen(window)
        width = min(_FILM_WIDTH, taken.width())
        small = taken.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self._film.append(_pillow(small))
        self._lengths.append(length)

    def develop(self, name: str) -> None:
        """Write the film, as finely as its size allows."""
        first, *rest = self._film
        for quality in _QUALITIES:
            film = _encoded(
                first,
                "WEBP",
                save_all=True,
                append_images=rest,
                duration=self._lengths,
                loop=0,
                quality=quality,
                method=3,
            )
            if len(film) <= LARGEST_FILM:
                break
        self._write(f"{name}.webp", film)

    def _write(self, name: str, data: bytes) -> None:
        path = self._folder / name
        files.write_bytes(path, data, overwrite=True)
        self._wrote(path)


def _seen(window: QWidget) -> QImage:
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)


def _lay_over(taken: QImage, dialog: QDialog) -> None:
    """Draw a dialog in the middle, with the shadow that a desktop gives it."""
    place = QRect(QPoint(), dialog.size())
    place.moveCenter(taken.rect().center())
    with QPainter(taken) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 4))
        for reach in range(_SHADOW, 0, -1):
            around = place.adjusted(-reach, -reach, reach, reach).translated(0, theme.SPACE // 2)
            painter.drawRoundedRect(around, reach, reach)
        painter.drawPixmap(place, dialog.grab())
        painter.setPen(QColor(theme.current().line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))


def _pillow(image: QImage) -> Image.Image:
    size: QSize = image.size()
    stride = image.bytesPerLine()
    data = bytes(image.constBits())
    return Image.frombytes("RGB", (size.width(), size.height()), data, "raw", "RGB", stride)


def _encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
