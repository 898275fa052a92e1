"""Colours to sRGB at their own depth; transparency laid on white, and taken off it again."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from PIL import Image, ImageCms

from engine.imageio.vips import pyvips

if TYPE_CHECKING:
    from numpy.typing import NDArray

Depth = TypeVar("Depth", np.uint8, np.uint16)

_SPACES: Final = {1: (b"GRAY", "L"), 3: (b"RGB ", "RGB"), 4: (b"CMYK", "CMYK")}
"""What ICC profiles and what Pillow call a colour space, by the number of channels."""

_INTENT: Final = {"intent": "relative", "black_point_compensation": True}


@cache
def srgb_profile() -> bytes:
    """What results carry: 480 bytes without a date, so that the same picture is the same file."""
    profile: bytes = pyvips.Operation.call("profile_load", "srgb")
    return profile


def to_uint8(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Round 0 … 1, or 0 … 65535 of uint16, to 0 … 255; uint8 stays."""
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.uint16:
        return ((pixels.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    return (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)


def to_uint16(pixels: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Round 0 … 1 to 0 … 65535."""
    return (np.clip(pixels, 0, 1) * 65535 + 0.5).astype(np.uint16)


def to_srgb(image: pyvips.Image, profile: bytes, notes: list[str]) -> pyvips.Image:
    """Convert from a profile to sRGB: relative colorimetric, black kept black.

    This intent leaves what sRGB can show as it is, and matrix profiles have no other.

    Args:
        image: of 1, 3 or 4 channels without alpha, uchar or ushort, or Lab.
        profile: an ICC profile, empty for none; an unusable one is ignored and noted.
        notes: gets a line for whatever had to be assumed.

    Returns:
        Three channels, uchar or ushort as they were.
    """
    if image.interpretation in ("lab", "labq", "labs"):
        return _from_lab(image.colourspace("lab"))
    if profile and profile != srgb_profile():
        if _usable(profile, image.bands):
            return _through(image, profile)
        notes.append("its colour profile is unusable and was ignored: sRGB was assumed")
    if image.bands == 4:
        notes.append("its CMYK was read as a common press's, as no profile says which")
        depth = 8 if image.format == "uchar" else 16
        return image.icc_transform("srgb", input_profile="cmyk", depth=depth, **_INTENT)
    return image.bandjoin([image, image]) if image.bands == 1 else image


def on_white(colour: NDArray[Depth], alpha: NDArray[Depth]) -> NDArray[Depth]:
    """Lay colours (H, W, 3) on white by their alpha (H, W), both of the same depth."""
    top = np.float32(np.iinfo(colour.dtype).max)
    share = (alpha / top)[..., None].astype(np.float32)
    return np.rint(colour * share + top * (1 - share)).astype(colour.dtype)


def off_white(pixels: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Take the white off again: the colours that, laid on white, give the picture.

    Without this the edges of a cut-out would keep a white seam on every other ground.

    Args:
        pixels: (H, W, 3), 0 … 1, as if on white.
        alpha: (H, W), 0 … 1; where it is 0 the colour is white.
    """
    share = alpha[..., None]
    white = np.ones_like(pixels)
    return np.divide(pixels - (1 - share), share, out=white, where=share > 0).clip(0, 1)


def resized(alpha: NDArray[Any], width: int, height: int) -> NDArray[np.float32]:
    """Bring alpha (H, W) of any depth to a size as the pyramid does colours; 0 … 1."""
    shares = np.divide(alpha, np.iinfo(alpha.dtype).max, dtype=np.float32)
    size = (width, height)
    return np.asarray(Image.fromarray(shares).resize(size, Image.Resampling.BICUBIC)).clip(0, 1)


def _usable(profile: bytes, channels: int) -> bool:
    """Whether a profile is sound and for so many channels; libvips itself would say nothing."""
    space, mode = _SPACES[channels]
    if profile[16:20] != space:
        return False
    srgb = ImageCms.createProfile("sRGB")
    try:
        ImageCms.buildTransform(ImageCms.ImageCmsProfile(io.BytesIO(profile)), srgb, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return False
    return True


def _through(image: pyvips.Image, profile: bytes) -> pyvips.Image:
    tagged = image.copy()
    tagged.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    if image.format == "uchar":
        return tagged.icc_transform("srgb", embedded=True, **_INTENT)
    # In one step Little CMS would go through a coarse table, wrong by up to 5 % in deep colours.
    return _from_lab(tagged.icc_import(embedded=True, pcs="lab", **_INTENT))


def _from_lab(image: pyvips.Image) -> pyvips.Image:
    return image.icc_export(output_profile="srgb", pcs="lab", depth=16, **_INTENT)
