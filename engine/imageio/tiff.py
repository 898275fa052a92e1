"""The camera's data in TIFF, where it is no block but directories of the file itself.

Neither Pillow, where it compresses, nor libvips writes them, so they are put behind the file.
"""

from __future__ import annotations

import struct
from typing import Final

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

_DIRECTORIES: Final = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
_LONG, _ASCII = 4, 2
_ENTRY: Final = 12
"""Bytes of an entry: tag, type, count, and the value or where it lies."""


def with_exif(file: bytes, block: bytes) -> bytes:
    """Add EXIF to a TIFF.

    Args:
        file: little-endian, classic, of one picture, as libvips writes it.
        block: as `exif.block` makes it.
    """
    exif = Image.Exif()
    exif.load(block)
    longer = bytearray(file)
    entries = _entries(file)
    for tag, value in exif.items():
        if tag in _DIRECTORIES:
            entries[tag] = _put(longer, tag, _LONG, 1, _directory(exif, tag, _even(longer)))
        elif isinstance(value, str):
            text = value.encode("latin-1") + b"\0"
            entries[tag] = _put(longer, tag, _ASCII, len(text), text)
    struct.pack_into("<I", longer, 4, _even(longer))
    longer += struct.pack("<H", len(entries))
    longer += b"".join(entries[tag] for tag in sorted(entries)) + bytes(4)
    return bytes(longer)


def _entries(file: bytes) -> dict[int, bytes]:
    """The first directory's entries by their tags."""
    (place,) = struct.unpack_from("<I", file, 4)
    (count,) = struct.unpack_from("<H", file, place)
    first = place + 2
    entries = [file[first + _ENTRY * i : first + _ENTRY * (i + 1)] for i in range(count)]
    return {struct.unpack_from("<H", entry)[0]: entry for entry in entries}


def _directory(exif: Image.Exif, tag: int, place: int) -> bytes:
    directory = ImageFileDirectory_v2(b"II*\0\0\0\0\0")
    for name, value in exif.get_ifd(tag).items():
        directory[name] = value
    data: bytes = directory.tobytes(place)
    return data


def _put(file: bytearray, tag: int, kind: int, count: int, data: bytes) -> bytes:
    """Append data to the file and make the entry for it; a short text lies in the entry itself."""
    if kind == _ASCII and count <= 4:
        return struct.pack("<HHI4s", tag, kind, count, data)
    place = _even(file)
    file += data
    return struct.pack("<HHII", tag, kind, count, place)


def _even(file: bytearray) -> int:
    """The file's end, where a directory may begin."""
    file += bytes(len(file) % 2)
    return len(file)
