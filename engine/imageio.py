"""Pictures from and to files: upright, sRGB, no alpha inside; atomic outside.

Whatever Pillow opens is read. What is written carries an sRGB profile, appears whole or not at
all, and never replaces a file unless told to.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import tempfile
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from engine.errors import DiskFullError, OutputError, PictureError
from engine.job import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LARGEST_PICTURE = 400_000_000
"""Pixels; above, a file is taken for a decompression bomb (cameras make up to 150 million)."""

SMALLEST_SIDE = 16
"""Pixels; VGG-19 halves the grid four times."""


@dataclass(frozen=True, slots=True)
class _Format:
    """How a format is written: Pillow's name, its options, and the longest side it can hold."""

    name: str
    options: dict[str, Any]
    longest_side: int = 2**31 - 1


_PNG = _Format("PNG", {"compress_level": 6})
_JPEG = _Format("JPEG", {"quality": 95, "subsampling": 0, "optimize": True}, 65_500)
_TIFF = _Format("TIFF", {"compression": "tiff_adobe_deflate"})
_WEBP = _Format("WEBP", {"quality": 95, "method": 4}, 16_383)
_WRITERS = {
    ".png": _PNG,
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".webp": _WEBP,
}
SUFFIXES = tuple(_WRITERS)
"""The file name endings that `write` knows."""

_NAME_ANOTHER = "name another picture (PNG, JPEG, TIFF, WebP and most other formats are read)"


def read(path: Path) -> Picture:
    """Read a picture file.

    Orientation is applied, colours are converted from the embedded profile to sRGB, transparency
    is laid on white, animations give their first frame; `Picture.notes` says what was done.

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
    with _explaining_damage(name), Image.open(io.BytesIO(data)) as image:
        _check_size(name, image.size)
        notes = [f"the first of {frames} frames" for frames in [_frames(image)] if frames > 1]
        image.load()
        upright = ImageOps.exif_transpose(image)
        pixels = np.asarray(_opaque(_to_srgb(upright, notes), notes))
    return Picture(pixels, name, hashlib.sha256(data).hexdigest(), tuple(notes))


def write(path: Path, pixels: NDArray[np.float32], *, overwrite: bool = False) -> None:
    """Write a result; the file appears whole or not at all.

    Args:
        path: its suffix, one of `SUFFIXES`, names the format.
        pixels: float32 (H, W, 3), sRGB, 0 … 1.
        overwrite: whether an existing file is replaced.

    Raises:
        OutputError: see `check_writable`; or the format cannot hold that many pixels.
        DiskFullError: no space; nothing is left behind.
    """
    check_writable(path, overwrite=overwrite)
    form = _WRITERS[path.suffix.lower()]
    if max(pixels.shape[:2]) > form.longest_side:
        raise OutputError(
            f"“{path.name}”: {form.name} holds at most {form.longest_side} px a side",
            "save it as PNG or TIFF",
        )
    image = Image.fromarray(to_uint8(pixels))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    try:
        with _replacing(path, overwrite=overwrite) as file:
            image.save(file, form.name, icc_profile=profile, **form.options)
    except OSError as error:
        raise _explained(path, error) from error


def write_bytes(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a small file whole or not at all.

    Raises:
        OutputError: it cannot be written.
        DiskFullError: no space is left.
    """
    try:
        with _replacing(path, overwrite=overwrite) as file:
            file.write(data)
    except OSError as error:
        raise _explained(path, error) from error


def check_writable(path: Path, *, overwrite: bool = False) -> None:
    """Find out before a long render whether its result can be written.

    Raises:
        OutputError: an unknown format, a missing or read-only folder, or the file exists.
    """
    if path.suffix.lower() not in _WRITERS:
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
        raise _explained(path, error) from error


def to_uint8(pixels: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    """Round 0 … 1 to 0 … 255."""
    return (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)


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
    """Turn whatever Pillow raises over foreign bytes into one error for the user."""
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
    except Exception as error:  # Pillow's decoders raise almost anything over damaged files
        raise PictureError(f"“{name}” is damaged: {error}", _NAME_ANOTHER) from error


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


def _frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


def _to_srgb(image: Image.Image, notes: list[str]) -> Image.Image:
    """Return RGB or RGBA in sRGB; an unusable profile is ignored and noted."""
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    colours = _eight_bit(image)
    converted = _through_profile(colours, image.info.get("icc_profile"), notes)
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return a mode that a profile conversion takes: L, RGB, CMYK or LAB."""
    if image.mode in ("L", "RGB", "CMYK", "LAB"):
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return Image.fromarray(_grey_to_uint8(np.asarray(image)))
    return image.convert("L" if image.mode in ("1", "LA", "La") else "RGB")


def _grey_to_uint8(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Bring 16-bit integers, or floats in 0 … 1 or 0 … 255, to 8 bits."""
    if np.issubdtype(values.dtype, np.integer):
        return to_uint8(values.astype(np.float32) / 65535)
    finite = np.nan_to_num(values.astype(np.float32))
    return to_uint8(finite / (255 if finite.max(initial=0) > 1 else 1))


def _through_profile(image: Image.Image, profile: bytes | None, notes: list[str]) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                image, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            notes.append("its colour profile is unusable and was ignored")
        else:
            return converted or image.convert("RGB")
    return image.convert("RGB")


def _opaque(image: Image.Image, notes: list[str]) -> Image.Image:
    if image.mode != "RGBA":
        return image
    if image.getchannel("A").getextrema() != (255, 255):
        notes.append("transparent parts were laid on white")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")


@contextmanager
def _replacing(path: Path, *, overwrite: bool) -> Iterator[io.BufferedWriter]:
    """Give a file that takes `path`'s place once it is complete and on disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        _take_place(part, path, overwrite=overwrite)
    finally:
        part.unlink(missing_ok=True)


def _take_place(part: Path, path: Path, *, overwrite: bool) -> None:
    if not overwrite:
        # A hard link, unlike a rename, fails where a file has come to exist meanwhile.
        with suppress(NotImplementedError, PermissionError, OSError):
            os.link(part, path)
            return
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    part.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _explained(path: Path, error: OSError) -> OutputError | DiskFullError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(
            f"no space is left in {path.parent}", "free some space, or save somewhere else"
        )
    if error.errno == errno.EEXIST:
        return OutputError(f"“{path}” exists already", "choose another name, or allow overwriting")
    reason = error.strerror or str(error)
    return OutputError(f"“{path}” cannot be written: {reason}", "save somewhere else")
