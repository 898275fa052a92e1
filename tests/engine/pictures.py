"""Picture files for the tests, made by other hands than the engine's where that matters."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
from hypothesis import settings
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import putchunk
from PIL.TiffImagePlugin import IFDRational

from engine.imageio.vips import pyvips

quick = settings(derandomize=True, deadline=None, max_examples=40)
"""Of property-based tests in the quick run."""
thorough = settings(quick, max_examples=1000)
"""Of the same ones marked slow."""


def gradient(height: int = 40, width: int = 60) -> NDArray[np.uint8]:
    """All channels differ, so that a swap would be seen."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 4, y * 6, (x + y) * 2], -1).astype(np.uint8)


def deep_gradient(height: int = 40, width: int = 60) -> NDArray[np.uint16]:
    """Values that need all their 16 bits."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 1013 + y, y * 1511 + x, (x + y) * 601 + 7], -1).astype(np.uint16)


def floats(height: int = 40, width: int = 60) -> NDArray[np.float32]:
    """A result of 8 bits' precision."""
    return np.divide(gradient(height, width), 255, dtype=np.float32)


def deep_floats(height: int = 40, width: int = 60) -> NDArray[np.float32]:
    """A result of 16 bits' precision."""
    return np.divide(deep_gradient(height, width), 65535, dtype=np.float32)


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    """A file made by Pillow."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def deep(pixels: NDArray[Any], form: str, space: str = "rgb16", profile: bytes = b"") -> bytes:
    """A file of 16 bits or of floats made by libvips: `form` is png, tiff or heif."""
    image = pyvips.Image.new_from_array(pixels, interpretation=space).copy()
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    options = {"bitdepth": 12, "compression": "av1", "lossless": True} if form == "heif" else {}
    data: bytes = getattr(image, f"{form}save_buffer")(**options)
    return data


def deep_with(profile: bytes, pixels: NDArray[Any], form: str) -> bytes:
    """As `deep`, with a profile that libvips would not write: of the length of a sound one."""
    if form == "tiff":
        sound = matrix_profile(DISPLAY_P3, 2.2)
        data = deep(pixels, form, profile=sound)
        assert data.count(sound) == 1
        assert len(profile) == len(sound)
        return data.replace(sound, profile)
    plain = deep(pixels, form)
    chunk = io.BytesIO()
    putchunk(chunk, b"iCCP", b"icc\0\0" + zlib.compress(profile))
    return plain[:33] + chunk.getvalue() + plain[33:]


def matrix_profile(primaries: tuple[tuple[float, float], ...], gamma: float) -> bytes:
    """An ICC profile of three primaries (x, y), white D65 adapted to D50, and a plain gamma."""
    white = np.array([0.95047, 1.0, 1.08883])
    columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in primaries]).T
    to_xyz = columns * np.linalg.solve(columns, white)
    return _profile(_bradford(white) @ to_xyz, gamma)


DISPLAY_P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
ADOBE_RGB = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))


def _bradford(white: NDArray[np.float64]) -> NDArray[np.float64]:
    cone = np.array(
        [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
    )
    d50 = np.array([0.9642, 1.0, 0.8249])
    return np.linalg.inv(cone) @ np.diag((cone @ d50) / (cone @ white)) @ cone


def _profile(colorants: NDArray[np.float64], gamma: float) -> bytes:
    """Put together by hand, ICC.1 section 7: header, table of tags, tags."""
    curve = b"curv" + bytes(4) + (1).to_bytes(4, "big") + round(gamma * 256).to_bytes(2, "big")
    text = b"text" + bytes(4) + b"test\0"
    tags = {
        b"desc": b"desc" + bytes(4) + (5).to_bytes(4, "big") + b"test\0" + bytes(78),
        b"cprt": text,
        b"wtpt": _xyz([0.9642, 1.0, 0.8249]),
        **{name: _xyz(colorants[:, i]) for i, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    return assembled(tags, b"RGB ")


def grey_profile(gamma: float) -> bytes:
    """An ICC profile of one channel."""
    curve = b"curv" + bytes(4) + (1).to_bytes(4, "big") + round(gamma * 256).to_bytes(2, "big")
    description = b"desc" + bytes(4) + (5).to_bytes(4, "big") + b"test\0" + bytes(78)
    white = _xyz([0.9642, 1.0, 0.8249])
    return assembled({b"desc": description, b"wtpt": white, b"kTRC": curve}, b"GRAY")


def assembled(tags: dict[bytes, bytes], space: bytes) -> bytes:
    """Header, table and tags of an ICC profile of version 2.4."""
    table, body, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += name + (offset + len(body)).to_bytes(4, "big") + len(data).to_bytes(4, "big")
        body += padded
    size = offset + len(body)
    head = size.to_bytes(4, "big") + bytes(4) + b"\x02\x40\0\0mntr" + space + b"XYZ "
    head += bytes(12) + b"acsp" + bytes(28) + _xyz([0.9642, 1.0, 0.8249])[8:] + bytes(48)
    return head + len(tags).to_bytes(4, "big") + table + body


def _xyz(values: Any) -> bytes:
    numbers = b"".join(round(float(v) * 65536).to_bytes(4, "big", signed=True) for v in values)
    return b"XYZ " + bytes(4) + numbers


def camera_exif() -> Image.Exif:
    """What a telephone writes: lying on its side, with a place and a maker's note."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x0132] = "Canon", 6, "2020:01:02 03:04:05"
    exif[0x013B] = "Müller".encode()
    exif[0x011A], exif[0x0100] = IFDRational(72), 4000
    exif[0x8769] = {
        0x829A: IFDRational(1, 250),
        0x9003: "2020:01:02 03:04:05",
        0x927C: b"maker's secret",
        0xA002: 4000,
    }
    exif[0x8825] = {1: "N", 2: (IFDRational(48), IFDRational(31), IFDRational(7))}
    return exif
