"""Makes the icons of all sizes and systems from the one drawing: `python packaging/icons.py`."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT: Final = Path(__file__).parent.parent
DRAWING: Final = ROOT / "resources" / "icons" / "impasto.svg"
SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO: Final = (16, 24, 32, 48, 64, 128, 256)
LARGEST: Final = 1024


def drawn(size: int) -> Image.Image:
    """The icon, so many pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs lack this form
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def make(folder: Path) -> None:
    """Write PNGs by size, an .ico and an .icns."""
    folder.mkdir(parents=True, exist_ok=True)
    by_size = {size: drawn(size) for size in (*SIZES, LARGEST)}
    for size in SIZES:
        by_size[size].save(folder / f"impasto-{size}.png")
    # Each size drawn for itself: scaled down, the small ones would be blurred.
    small = [by_size[size] for size in ICO[:-1]]
    by_size[ICO[-1]].save(folder / "impasto.ico", sizes=[(s, s) for s in ICO], append_images=small)
    by_size[LARGEST].save(folder / "impasto.icns", append_images=[by_size[512], by_size[256]])


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    make(ROOT / "build" / "icons")
