"""The camera's data (EXIF) that may go from the photograph into the result."""

from __future__ import annotations

from typing import Final

from PIL import ExifTags, Image

from engine.choices import ExifKept

_DESCRIBING: Final = (
    ExifTags.Base.ImageDescription,
    ExifTags.Base.Make,
    ExifTags.Base.Model,
    ExifTags.Base.Software,
    ExifTags.Base.DateTime,
    ExifTags.Base.Artist,
    ExifTags.Base.Copyright,
)
"""The tags of the first directory that still hold for a result; the rest describe the file."""

_STALE: Final = (
    ExifTags.Base.MakerNote,  # its pointers break when it moves; it may hold a thumbnail or place
    ExifTags.Base.ExifImageWidth,
    ExifTags.Base.ExifImageHeight,
    ExifTags.Base.ColorSpace,
    ExifTags.Base.ExifInteroperabilityOffset,
)


def block(exif: Image.Exif) -> bytes:
    """What is worth keeping of a picture's EXIF, its position included, as a block of its own.

    Upright, without thumbnail, maker's notes and whatever describes the old file.

    Returns:
        The block as files hold it, beginning with `Exif`; empty where there is nothing to keep.
    """
    return _assembled(exif, (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo))


def kept(block: bytes, wanted: ExifKept) -> bytes:
    """The part of a block that the user wants in the result."""
    if wanted is not ExifKept.WITHOUT_POSITION or not block:
        return block if wanted is ExifKept.ALL else b""
    exif = Image.Exif()
    exif.load(block)
    return _assembled(exif, (ExifTags.IFD.Exif,))


def _assembled(exif: Image.Exif, directories: tuple[ExifTags.IFD, ...]) -> bytes:
    kept = Image.Exif()
    for tag in _DESCRIBING:
        if tag in exif:
            kept[tag] = _raw(exif[tag])
    for directory in directories:
        values = {t: v for t, v in exif.get_ifd(directory).items() if t not in _STALE}
        if values:
            kept[directory] = values
    if not len(kept):
        return b""
    kept[ExifTags.Base.Orientation] = 1
    return kept.tobytes()


def _raw(value: object) -> object:
    """Text as its bytes: Pillow reads it as Latin-1 and would write all but ASCII as `?`."""
    return value.encode("latin-1") if isinstance(value, str) else value
