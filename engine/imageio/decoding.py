"""Pictures from files: upright, sRGB, at the file's own depth, whatever the format."""

from __future__ import annotations

import hashlib
import io
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from engine.errors import PictureError
from engine.imageio import colour, exif, extended_xmp, xmp
from engine.imageio.vips import pyvips
from engine.job import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LARGEST_PICTURE = 400_000_000
"""Pixels; above, a file is taken for a decompression bomb (cameras make up to 150 million)."""

Image.MAX_IMAGE_PIXELS = LARGEST_PICTURE // 2  # Pillow refuses above twice this

SMALLEST_SIDE = 16
"""Pixels; VGG-19 halves the grid four times."""

_NAME_ANOTHER = "name another picture (PNG, JPEG, TIFF, WebP and most other formats are read)"
_MAY_BE_DEEP: Final = (b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""How files begin that may have more than 8 bits a channel: PNG, TIFF, and AVIF further down."""

_HEIC: Final = (b"ftypheic", b"ftypheix", b"ftypheim", b"ftyphevc", b"ftypmif1")
_LARGEST: Final = {"char": 127, "short": 2**15 - 1, "int": 2**31 - 1, "uint": 2**32 - 1}
"""The value of white in whole numbers other than uchar and ushort."""


def read(path: Path) -> Picture:
    """Read a picture file.

    Orientation is applied, colours are converted from the embedded profile to sRGB, transparency
    is kept apart and the colours laid on white, animations give their first frame;
    `Picture.notes` says what was done.

    Raises:
        PictureError: missing, unreadable, no picture, damaged, too small or too large.
    """
    return decode(_bytes_of(path), path.name)


def decode(data: bytes, name: str) -> Picture:
    """Read a picture from a file's bytes; see `read`.

    Args:
        data: of any format that Pillow opens.
        name: for messages and reports.

    Raises:
        PictureError: no picture, damaged, too small or too large.
    """
    with _explaining_damage(name):
        opened = _deep(data, name) or _shallow(data, name)
        pixels, alpha = _upright_srgb(opened)
    if alpha is not None:
        opened.notes.append("transparent parts were laid on white")
    sha256 = hashlib.sha256(data).hexdigest()
    return Picture(pixels, name, sha256, tuple(opened.notes), alpha, opened.exif)


def read_property(path: Path, name: str) -> str | None:
    """Find a text that `write` put into a picture file; None where there is none.

    Raises:
        PictureError: missing, unreadable or no picture.
    """
    data = _bytes_of(path)
    with _explaining_damage(path.name), Image.open(io.BytesIO(data)) as image:
        packet = image.info.get("xmp")
        segments = getattr(image, "applist", ())  # of a JPEG
    if not isinstance(packet, bytes):
        return None
    further = extended_xmp.assembled(packet, segments)
    return xmp.property_of(further or packet, name)


@dataclass(slots=True)
class _Opened:
    """A file whose pixels are not computed yet.

    Attributes:
        image: as the file has it, alpha included.
        notes: what the user should know, so far.
        profile: ICC, empty if none.
        exif: what a result may keep.
        orientation: 1 … 8, as EXIF counts.
    """

    image: pyvips.Image
    notes: list[str]
    profile: bytes = b""
    exif: bytes = b""
    orientation: int = 1


def _deep(data: bytes, name: str) -> _Opened | None:
    """Open a file that has more than 8 bits a channel, or none where it has not."""
    avif = data[4:12] in (b"ftypavif", b"ftypmif1")
    if not avif and not data.startswith(_MAY_BE_DEEP):
        return None
    try:
        image = pyvips.Image.new_from_buffer(data, "", fail_on="error")
    except pyvips.Error:
        return None  # Pillow says why, or knows a variant that libvips does not
    if image.format == "uchar":
        return None
    _check_size(name, (image.width, image.height))
    profile = image.get("icc-profile-data") if image.get_typeof("icc-profile-data") else b""
    opened = _Opened(image, [], profile)
    try:
        with Image.open(io.BytesIO(data)) as header:
            opened.profile = header.info.get("icc_profile") or profile  # also one that is broken
            _note_metadata(opened, header)
    except UnidentifiedImageError:
        pass  # depths that Pillow does not know; such files come without a camera's data
    if avif:
        opened.orientation = 1  # libvips has turned it
        opened.image = _stretched(image)
    return opened


def _stretched(image: pyvips.Image) -> pyvips.Image:
    """Bring the 10 or 12 bits of AVIF, which libvips shifts up, to the full range."""
    bits = image.get("bits-per-sample")
    largest = (2**bits - 1) << (16 - bits)
    return (image * (65535 / largest)).rint().cast("ushort").copy(interpretation="rgb16")


def _shallow(data: bytes, name: str) -> _Opened:
    """Open any other file with Pillow."""
    if data[4:12] in _HEIC and b"avif" not in data[:64]:  # the two share a general brand
        _know_heic(name)
    with Image.open(io.BytesIO(data)) as image:
        _check_size(name, image.size)
        image.load()
        opened = _Opened(_from_pillow(image), [], image.info.get("icc_profile") or b"")
        _note_metadata(opened, image)
        return opened


def _know_heic(name: str) -> None:
    """Let Pillow read HEIC by the optional extra."""
    try:
        import pillow_heif
    except ImportError as error:
        raise PictureError(
            f"“{name}” is a HEIC picture, which Impasto reads with its extra `heic` only",
            'install it by `pip install "impasto[heic]"`, or save the picture as JPEG',
        ) from error
    pillow_heif.register_heif_opener()


def _note_metadata(opened: _Opened, image: Image.Image) -> None:
    frames = int(getattr(image, "n_frames", 1))
    if frames > 1:
        opened.notes.append(f"the first of {frames} frames")
    bits = _bits(image)
    if bits > 8 and opened.image.format == "uchar":
        opened.notes.append(f"8 of its {bits} bits a channel were read")
    try:
        tags = image.getexif()
        opened.orientation = int(tags.get(ExifTags.Base.Orientation, 1))
        opened.exif = exif.block(tags)
    except Exception:  # noqa: BLE001 (whatever Pillow raises over damage; the pixels are sound)
        opened.notes.append("its camera data (EXIF) is damaged and was ignored")


def _bits(image: Image.Image) -> int:
    """Bits a channel as the file says, as far as Pillow tells them; else 8."""
    tags: Any = getattr(image, "tag_v2", {})
    claimed = tags.get(258) or (image.info.get("bit_depth", 8),)
    return max((value for value in claimed if isinstance(value, int)), default=8)


def _from_pillow(image: Image.Image) -> pyvips.Image:
    """Take the pixels over without loss."""
    values, space = _values(image)
    return pyvips.Image.new_from_array(values, interpretation=space)


def _values(image: Image.Image) -> tuple[NDArray[Any], str]:
    """Give the pixels (H, W, channels), alpha last where there is any, and their colour space."""
    if image.mode.startswith("I"):
        return np.asarray(image).clip(0, 65535).astype(np.uint16), "grey16"
    if image.mode == "F":
        return np.asarray(image, np.float32), "b-w"
    if image.mode == "LAB":
        return _lab(np.asarray(image)), "lab"
    if image.mode == "CMYK":
        return np.asarray(image), "cmyk"
    grey = image.mode in ("1", "L", "LA", "La")
    alpha = "A" if image.has_transparency_data else ""
    plain = image.convert(("L" if grey else "RGB") + alpha)
    return np.asarray(plain), "b-w" if grey else "srgb"


def _lab(stored: NDArray[np.uint8]) -> NDArray[np.float32]:
    """L* is stored as 0 … 255, a* and b* as signed bytes."""
    values = stored.view(np.int8).astype(np.float32)
    values[..., 0] = stored[..., 0] * np.float32(100 / 255)
    return values


def _upright_srgb(opened: _Opened) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Compute the pixels (H, W, 3), on white, and alpha (H, W) where any of it is not opaque."""
    image = _integers(_turned(opened.image, opened.orientation))
    alpha = image[image.bands - 1] if image.hasalpha() else None
    channels = image.extract_band(0, n=image.bands - 1) if image.hasalpha() else image
    pixels = colour.to_srgb(_counted(channels), opened.profile, opened.notes).numpy()
    if alpha is None:
        return pixels, None
    shares = alpha.numpy().reshape(pixels.shape[:2])
    if shares.min() == np.iinfo(shares.dtype).max:
        return pixels, None
    return colour.on_white(pixels, shares), shares


def _turned(image: pyvips.Image, orientation: int) -> pyvips.Image:
    upright = image.copy()
    upright.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return upright.autorot()


def _counted(channels: pyvips.Image) -> pyvips.Image:
    """Leave 1, 3 or 4 channels: what lies beyond them in scientific files has no colour."""
    known = 4 if channels.interpretation == "cmyk" else 3 if channels.bands >= 3 else 1
    return channels.extract_band(0, n=known) if channels.bands > known else channels


def _integers(image: pyvips.Image) -> pyvips.Image:
    """Bring any number format but Lab's to 8 or 16 bits; floats are 0 … 1, or else 0 … 255."""
    if image.format in ("uchar", "ushort") or image.interpretation in ("lab", "labs", "labq"):
        return image
    values = np.nan_to_num(image.numpy().astype(np.float32), posinf=1.0, neginf=0.0)
    largest = _LARGEST.get(image.format) or (255 if values.max() > 1 else 1)
    grey = image.bands < 3
    return pyvips.Image.new_from_array(
        colour.to_uint16(values / largest), interpretation="grey16" if grey else "rgb16"
    )


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise PictureError(f"“{path}” is a folder, not a picture", "name a picture file in it")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise PictureError(f"there is no file {path}", "check the name and the folder") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise PictureError(f"“{path}” cannot be read: {reason}", "check its permissions") from error
    if not data:
        raise PictureError(f"“{path}” is empty", _NAME_ANOTHER)
    return data


@contextmanager
def _explaining_damage(name: str) -> Iterator[None]:
    """Turn whatever the decoders raise over foreign bytes into one error for the user."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's doubts about metadata; its errors count
            yield
    except UnidentifiedImageError as error:
        raise PictureError(f"“{name}” is not a picture that can be read", _NAME_ANOTHER) from error
    except Image.DecompressionBombError as error:
        raise _too_large(name, "far too many pixels") from error
    except PictureError:
        raise
    except MemoryError as error:
        raise PictureError(f"“{name}” does not fit into memory", "make it smaller first") from error
    except Exception as error:  # the decoders raise almost anything over damaged files
        reason = (str(error).strip() or type(error).__name__).splitlines()[-1].strip()
        raise PictureError(f"“{name}” is damaged: {reason}", _NAME_ANOTHER) from error


def _check_size(name: str, size: tuple[int, int]) -> None:
    width, height = size
    if width * height > LARGEST_PICTURE:
        raise _too_large(name, f"{width} × {height} px")
    if min(size) < SMALLEST_SIDE:
        raise PictureError(
            f"“{name}” is only {width} × {height} px",
            f"name a picture of at least {SMALLEST_SIDE} px on each side",
        )


def _too_large(name: str, what: str) -> PictureError:
    return PictureError(
        f"“{name}” is too large: {what}",
        f"scale it below {LARGEST_PICTURE // 1_000_000} megapixels first",
    )
