"""Results to files: sRGB, 8 or 16 bits, with alpha and what goes along, whole or not at all."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import Image, PngImagePlugin

from engine.disk import files
from engine.errors import OutputError
from engine.imageio import colour, exif, extended_xmp, tiff, xmp
from engine.imageio.vips import pyvips

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.job import Picture
    from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Extras:
    """What a file holds besides the colours.

    Attributes:
        depth: bits a channel, 8 or 16.
        alpha: of the content, uint8 or uint16, of any size; None for an opaque result.
        exif: the camera's data, as `exif.block` makes it.
        xmp: a packet, as `xmp.packet` makes it.
        dpi: dots per inch, for printers; None to say nothing of it.
    """

    depth: int = 8
    alpha: NDArray[Any] | None = None
    exif: bytes = b""
    xmp: bytes = b""
    dpi: int | None = None

    @classmethod
    def of(cls, path: Path, content: Picture, settings: Settings, recipe: str = "") -> Extras:
        """What goes along with a result that was painted of `content`.

        Args:
            path: where it goes; decides what its format can hold.
            content: whose depth, alpha and EXIF are kept.
            settings: `depth`, `dpi` and `exif` are used.
            recipe: the text to embed; empty for none.
        """
        deep = path.suffix.lower() in _DEEP
        return cls(
            settings.depth or (content.depth if deep else 8),
            content.alpha,
            exif.kept(content.exif, settings.exif),
            xmp.packet("recipe", recipe) if recipe else b"",
            settings.dpi,
        )


@dataclass(frozen=True, slots=True)
class _Format:
    """How a format is written.

    Attributes:
        name: Pillow's.
        encode: makes the file of pixels and extras that the format can hold.
        longest_side: that it can hold, px.
        transparent: whether it holds alpha.
        printable: whether it says how large it is on paper.
        largest_exif: bytes.
    """

    name: str
    encode: Callable[[NDArray[Any], Extras], bytes]
    longest_side: int = 2**31 - 1
    transparent: bool = True
    printable: bool = True
    largest_exif: int = 2**31 - 1


def write(
    path: Path,
    pixels: NDArray[np.float32],
    extras: Extras = Extras(),
    *,
    overwrite: bool = False,
) -> tuple[str, ...]:
    """Write a result; the file appears whole or not at all.

    Args:
        path: its suffix, one of `SUFFIXES`, names the format.
        pixels: float32 (H, W, 3), sRGB, 0 … 1, as if on white.
        extras: what goes along; what the format cannot hold is left out.
        overwrite: whether an existing file is replaced.

    Returns:
        What was left out or changed, for the user.

    Raises:
        OutputError: see `check_writable`, `check_size` and `check_depth`.
        DiskFullError: no space; nothing is left behind.
    """
    check_writable(path, overwrite=overwrite)
    height, width = pixels.shape[:2]
    check_size(path, width, height)
    check_depth(path, extras.depth)
    form = _FORMATS[path.suffix.lower()]
    extras, notes = _fitted(form, extras, width * height)
    data = form.encode(_channels(pixels, extras), extras)
    files.write_bytes(path, data, overwrite=overwrite)
    return notes


def check_writable(path: Path, *, overwrite: bool = False) -> None:
    """Find out before a long render whether its result can be written.

    Raises:
        OutputError: an unknown format, a missing or read-only folder, or the file exists.
    """
    if path.suffix.lower() not in _FORMATS:
        raise OutputError(
            f"“{path.name}”: {path.suffix or 'no ending'} is no format that Impasto writes",
            f"end the name in one of {', '.join(SUFFIXES)}",
        )
    if path.is_dir():
        raise OutputError(f"“{path}” is a folder", "name a file in it")
    if path.exists() and not overwrite:
        raise OutputError(f"“{path}” exists already", "choose another name, or allow overwriting")
    if not path.parent.is_dir():
        raise OutputError(f"the folder {path.parent} does not exist", "make it, or name another")
    try:
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise files.explained(path, error) from error


def check_size(path: Path, width: int, height: int) -> None:
    """Find out before a long render whether the format holds its result.

    Raises:
        OutputError: a side has too many px.
    """
    form = _FORMATS[path.suffix.lower()]
    if max(width, height) > form.longest_side:
        raise OutputError(
            f"“{path.name}”: {form.name} holds at most {form.longest_side} px a side",
            "save it as PNG or TIFF",
        )


def check_depth(path: Path, depth: int | None) -> None:
    """Find out before a long render whether the format has the depth asked for.

    Raises:
        OutputError: it has not.
    """
    if depth == 16 and path.suffix.lower() not in _DEEP:
        raise OutputError(
            f"“{path.name}”: {_FORMATS[path.suffix.lower()].name} has 8 bits a channel, not 16",
            "save it as PNG or TIFF, or choose depth 8",
        )


def _fitted(form: _Format, extras: Extras, count: int) -> tuple[Extras, tuple[str, ...]]:
    """Leave out what the format cannot hold beside so many pixels, and say so."""
    notes = []
    # A larger TIFF has wider directories, which cameras' data have never been seen in.
    big = form is _TIFF and count * extras.depth // 2 > _LARGEST_TIFF
    if extras.alpha is not None and not form.transparent:
        notes.append(f"{form.name} has no transparency: the result lies on white")
        extras = replace(extras, alpha=None)
    if extras.dpi is not None and not form.printable:
        notes.append(f"{form.name} has no place for dots per inch: they were left out")
        extras = replace(extras, dpi=None)
    if len(extras.exif) > (0 if big else form.largest_exif):
        notes.append(f"the camera data (EXIF) has no place in {form.name} and was left out")
        extras = replace(extras, exif=b"")
    if len(extras.xmp) > xmp.LARGEST_PACKET:
        notes.append("the recipe is too long for a picture file and was left out")
        extras = replace(extras, xmp=b"")
    return extras, tuple(notes)


def _deep(extras: Extras) -> bool:
    return extras.depth == 16


def _channels(pixels: NDArray[np.float32], extras: Extras) -> NDArray[Any]:
    """Round to the depth; with alpha the white goes off the colours: (H, W, 3 or 4)."""
    rounded = colour.to_uint16 if _deep(extras) else colour.to_uint8
    count = -(-len(pixels) // _ROWS)  # of floats at print size each copy is near a gigabyte
    blocks = np.array_split(pixels, count)
    if extras.alpha is None:
        return np.concatenate([rounded(block) for block in blocks])
    height, width = pixels.shape[:2]
    shares = np.array_split(colour.resized(extras.alpha, width, height), count)
    return np.concatenate(
        [
            rounded(np.dstack([colour.off_white(block, alpha), alpha]))
            for block, alpha in zip(blocks, shares, strict=True)
        ]
    )


def _png(pixels: NDArray[Any], extras: Extras) -> bytes:
    if _deep(extras):
        image = _tagged(pixels, replace(extras, xmp=b""))
        return _with_chunks(image.pngsave_buffer(compression=6, keep="icc"), extras)
    text = PngImagePlugin.PngInfo()
    if extras.xmp:
        text.add_itxt("XML:com.adobe.xmp", extras.xmp.decode())
    return _by_pillow(pixels, "PNG", extras, compress_level=6, pnginfo=text)


def _jpeg(pixels: NDArray[Any], extras: Extras) -> bytes:
    options = {"quality": 95, "subsampling": 0, "optimize": True}
    packet, further = extended_xmp.split(extras.xmp)
    return _by_pillow(pixels, "JPEG", extras, xmp=packet, extra=further, **options)


def _webp(pixels: NDArray[Any], extras: Extras) -> bytes:
    options = {"quality": 95, "method": 4, "exact": True}
    return _by_pillow(pixels, "WEBP", extras, xmp=extras.xmp, **options)


def _tiff(pixels: NDArray[Any], extras: Extras) -> bytes:
    huge = pixels.nbytes > _LARGEST_TIFF
    file: bytes = _tagged(pixels, extras).tiffsave_buffer(
        compression="deflate",
        predictor="horizontal",
        keep="icc|xmp",
        bigtiff=huge,
        resunit="inch",
    )
    return tiff.with_exif(file, extras.exif) if extras.exif else file


def _by_pillow(
    pixels: NDArray[Any],
    name: str,
    extras: Extras,
    **options: Any,  # noqa: ANN401 (Pillow's)
) -> bytes:
    file = io.BytesIO()
    if extras.dpi is not None:
        options["dpi"] = (extras.dpi, extras.dpi)
    profile = colour.srgb_profile()
    Image.fromarray(pixels).save(file, name, icc_profile=profile, exif=extras.exif, **options)
    return file.getvalue()


def _tagged(pixels: NDArray[Any], extras: Extras) -> pyvips.Image:
    space = "rgb16" if pixels.dtype == np.uint16 else "srgb"
    image = pyvips.Image.new_from_array(pixels, interpretation=space)
    per_mm = 1.0 if extras.dpi is None else extras.dpi / _MM_PER_INCH
    image = image.copy(xres=per_mm, yres=per_mm)
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", colour.srgb_profile())
    if extras.xmp:
        image.set_type(pyvips.GValue.blob_type, "xmp-data", extras.xmp)
    return image


def _with_chunks(png: bytes, extras: Extras) -> bytes:
    """Add XMP and EXIF behind the header: libvips compresses the one and rewrites the other."""
    file = io.BytesIO()
    file.write(png[:_PNG_HEADER])
    if extras.xmp:
        text = b"XML:com.adobe.xmp" + bytes(5) + extras.xmp  # plain; no language, no translation
        PngImagePlugin.putchunk(file, b"iTXt", text)
    if extras.exif:
        PngImagePlugin.putchunk(file, b"eXIf", extras.exif.removeprefix(b"Exif\0\0"))
    file.write(png[_PNG_HEADER:])
    return file.getvalue()


_ROWS: Final = 256
"""Of a picture, that are rounded at once."""
_PNG_HEADER: Final = 33
"""Bytes of the signature and the first chunk."""
_LARGEST_TIFF: Final = 2**32 - 2**24
"""Bytes of pixels; classic TIFF counts to 4 GiB."""
_MM_PER_INCH: Final = 25.4
_SEGMENT: Final = 65_533
"""Bytes that a segment of JPEG holds."""

_PNG = _Format("PNG", _png)
_JPEG = _Format("JPEG", _jpeg, 65_500, transparent=False, largest_exif=_SEGMENT)
_TIFF = _Format("TIFF", _tiff)
_WEBP = _Format("WebP", _webp, 16_383, printable=False)
_FORMATS: Final = {
    ".png": _PNG,
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".webp": _WEBP,
}
_DEEP: Final = (".png", ".tif", ".tiff")

SUFFIXES = tuple(_FORMATS)
"""The file name endings that `write` knows."""
