"""What a drop or the clipboard holds: files, a picture's data, or only a web address."""

from __future__ import annotations

import base64
import binascii
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QCoreApplication, QMimeData
from PySide6.QtGui import QImage

_FORMATS: Final = (
    "image/png",
    "image/tiff",
    "image/jpeg",
    "image/webp",
    "image/avif",
    "image/bmp",
    "image/gif",
)
"""Picture files as they are, which keep depth and profile; the best first."""


def dropped_files(data: QMimeData) -> list[Path]:
    """The files that a drop or the clipboard names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def dropped_picture(data: QMimeData) -> tuple[bytes, str] | None:
    """A picture that comes as data, such as from a browser: a file's bytes and a name for it.

    Nothing is ever fetched: an address alone is no picture.
    """
    found = _as_file(data) or _inline(data) or _as_image(data)
    return (found, _name(data)) if found else None


def holds_picture(data: QMimeData) -> bool:
    """Whether there are files or a picture, without decoding anything."""
    return bool(
        dropped_files(data)
        or data.hasImage()
        or any(data.hasFormat(name) for name in _FORMATS)
        or _data_address(data)
    )


def only_an_address(data: QMimeData) -> bool:
    """Whether all there is of a picture is where it lies on the web."""
    if holds_picture(data):
        return False
    addresses = [url.scheme() for url in data.urls()] + [_source(data).partition(":")[0]]
    return any(scheme in ("http", "https") for scheme in addresses)


def _as_file(data: QMimeData) -> bytes:
    held = next((name for name in _FORMATS if data.hasFormat(name)), None)
    return bytes(data.data(held).data()) if held else b""


def _as_image(data: QMimeData) -> bytes:
    image = data.imageData() if data.hasImage() else None
    return _png(image) if isinstance(image, QImage) and not image.isNull() else b""


def _inline(data: QMimeData) -> bytes:
    """The picture that is written into a `data:` address."""
    head, comma, body = _data_address(data).partition(",")
    if not comma:
        return b""
    raw = unquote_to_bytes(body)
    if not head.endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw)
    except binascii.Error:
        return b""


def _data_address(data: QMimeData) -> str:
    named = [url.toString() for url in data.urls()] + [_source(data), data.text().strip()]
    return next((each for each in named if each.lower().startswith("data:image/")), "")


def _source(data: QMimeData) -> str:
    """Where the first picture of a piece of HTML lies; empty if it has none."""
    parser = _FirstPicture()
    if data.hasHtml():
        parser.feed(data.html())
    return parser.source


def _name(data: QMimeData) -> str:
    addresses = [url.path() for url in data.urls() if url.scheme() != "data"]
    names = [PurePosixPath(path).name for path in addresses]
    unnamed = QCoreApplication.translate("DropTarget", "unnamed picture")
    return next((name for name in names if name), unnamed)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class _FirstPicture(HTMLParser):
    """Finds the source of the first `img`."""

    def __init__(self) -> None:
        super().__init__()
        self.source = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and not self.source:
            self.source = (dict(attrs).get("src") or "").strip()
