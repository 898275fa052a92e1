"""Colour profiles against the formulas that define them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine import imageio
from engine.imageio import colour
from tests.engine.pictures import (
    ADOBE_RGB,
    DISPLAY_P3,
    deep,
    deep_floats,
    deep_gradient,
    deep_with,
    encoded,
    gradient,
    grey_profile,
    matrix_profile,
)

SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
GAMMA = 563 / 256
"""2.2 as profiles store it."""


def to_xyz(primaries: tuple[tuple[float, float], ...]) -> NDArray[np.float64]:
    """The matrix of linear RGB to XYZ with white D65, by the definition of primaries."""
    columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in primaries]).T
    return columns * np.linalg.solve(columns, [0.95047, 1.0, 1.08883])


def in_srgb(
    values: NDArray[np.float64], primaries: tuple[tuple[float, float], ...]
) -> NDArray[np.float64]:
    """0 … 1 of a space with gamma 2.2, in sRGB, IEC 61966-2-1."""
    linear = values**GAMMA @ (np.linalg.inv(to_xyz(SRGB)) @ to_xyz(primaries)).T
    clipped = linear.clip(0, 1)
    return np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("primaries", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
@pytest.mark.parametrize("form", ["png", "tiff"])
def test_wide_gamuts_are_converted_with_sixteen_bits(
    form: str, primaries: tuple[tuple[float, float], ...]
) -> None:
    soft = (deep_gradient() // 3 + 20000).astype(np.uint16)  # inside sRGB's gamut
    profile = matrix_profile(primaries, 2.2)
    picture = imageio.decode(deep(soft, form, profile=profile), "a")
    assert picture.depth == 16
    assert picture.notes == ()
    assert np.abs(picture.pixels / 65535 - in_srgb(soft / 65535, primaries)).max() < 0.002


def test_eight_bits_are_converted_too(tmp_path: Path) -> None:
    soft = gradient() // 3 + 80
    data = encoded(Image.fromarray(soft), "PNG", icc_profile=matrix_profile(DISPLAY_P3, 2.2))
    picture = imageio.decode(data, "a")
    assert picture.depth == 8
    assert np.abs(picture.pixels / 255 - in_srgb(soft / 255, DISPLAY_P3)).max() < 0.008


def test_colours_beyond_srgb_are_clipped_white_and_black_stay() -> None:
    values = np.zeros((30, 30, 3), np.uint16)
    values[:10] = 65535
    values[20:] = (0, 65535, 0)  # P3's own green
    pixels = imageio.decode(
        deep(values, "png", profile=matrix_profile(DISPLAY_P3, 2.2)), "a"
    ).pixels
    assert pixels[0, 0].min() >= 65500
    assert pixels[15, 0].max() <= 30
    assert pixels[25, 0, 1] == 65535
    assert pixels[25, 0, 0] == 0


def test_a_profile_through_pillows_own_engine_agrees() -> None:
    """Little CMS as Pillow calls it, 8 bits, is a second opinion."""
    from PIL import ImageCms

    soft = gradient() // 3 + 80
    profile = matrix_profile(ADOBE_RGB, 2.2)
    data = encoded(Image.fromarray(soft), "TIFF", icc_profile=profile)
    other = ImageCms.profileToProfile(
        Image.fromarray(soft),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.ImageCmsProfile(io.BytesIO(colour.srgb_profile())),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    assert np.abs(imageio.decode(data, "a").pixels.astype(int) - np.asarray(other)).max() <= 1


def test_grey_profiles_are_converted() -> None:
    grey = np.full((20, 20), 30000, np.uint16)
    picture = imageio.decode(deep(grey, "png", "grey16", grey_profile(1.8)), "a")
    linear = (30000 / 65535) ** (round(1.8 * 256) / 256)
    expected = 1.055 * linear ** (1 / 2.4) - 0.055
    assert np.abs(picture.pixels / 65535 - expected).max() < 0.001
    assert np.ptp(picture.pixels.astype(int), axis=-1).max() <= 2


def test_grey_with_alpha_keeps_its_grey_profile() -> None:
    grey = Image.new("LA", (20, 20), (117, 255))
    picture = imageio.decode(encoded(grey, "PNG", icc_profile=grey_profile(1.8)), "a")
    assert picture.notes == ()
    linear = (117 / 255) ** (round(1.8 * 256) / 256)
    assert abs(picture.pixels[3, 3, 0] / 255 - (1.055 * linear ** (1 / 2.4) - 0.055)) < 0.006


def test_cmyk_without_a_profile_is_read_as_a_presss_and_said() -> None:
    inks = np.zeros((20, 60, 4), np.uint8)
    inks[:, 20:40, 1] = 255  # magenta
    inks[:, 40:] = (0, 0, 0, 255)
    data = encoded(Image.fromarray(inks, "CMYK"), "TIFF")
    picture = imageio.decode(data, "a")
    paper, magenta, black = (picture.pixels[5, x].astype(int) for x in (5, 30, 55))
    assert paper.min() >= 250
    assert magenta[0] > 150
    assert magenta[1] < 80
    assert black.max() < 60
    assert "CMYK" in picture.notes[0]


SOUND = matrix_profile(DISPLAY_P3, 2.2)


@pytest.mark.parametrize(
    "profile",
    [
        bytes(len(SOUND)),
        SOUND.replace(b"RGB ", b"GRAY"),
        SOUND.replace(b"RGB ", b"Lab "),
        SOUND.replace(b"acsp", b"spca"),
        SOUND.replace(b"rXYZ", b"none"),
    ],
    ids=["zeros", "grey", "Lab", "no signature", "no red"],
)
@pytest.mark.parametrize("form", ["png", "tiff"])
def test_an_unusable_profile_is_said_and_srgb_assumed(profile: bytes, form: str) -> None:
    picture = imageio.decode(deep_with(profile, deep_gradient(), form), "a")
    assert np.array_equal(picture.pixels, deep_gradient())
    assert "profile is unusable" in picture.notes[0]
    assert "sRGB was assumed" in picture.notes[0]


def test_a_broken_profile_is_said_or_used_and_never_more() -> None:
    """Every byte of a profile spoilt in turn."""
    pixels = deep_gradient(16, 16)
    for position in range(0, len(SOUND), 3):
        bad = bytearray(SOUND)
        bad[position] ^= 0xFF
        picture = imageio.decode(deep_with(bytes(bad), pixels, "png"), "a")
        assert picture.pixels.shape == (16, 16, 3)


def test_what_impasto_saved_is_not_converted_again(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    imageio.write(path, deep_floats(), imageio.Extras(depth=16))
    assert np.array_equal(imageio.read(path).pixels, deep_gradient())
