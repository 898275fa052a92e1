"""Files as damage, downloads and enemies leave them: read, or refused in words; nothing else."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import imageio
from engine.errors import PictureError
from engine.imageio import xmp
from tests.engine.pictures import (
    DISPLAY_P3,
    camera_exif,
    deep,
    deep_gradient,
    encoded,
    gradient,
    matrix_profile,
)

ROOT = Path(__file__).parents[3]
SIDE = 20


def seeds() -> dict[str, bytes]:
    """Sound files, small, of every kind of content that has a parser of its own."""
    plain = Image.fromarray(gradient(SIDE, SIDE))
    shares = np.full((SIDE, SIDE), 30_000, np.uint16)
    rgba = plain.copy()
    rgba.putalpha(100)
    profile = matrix_profile(DISPLAY_P3, 2.2)
    packet = xmp.packet("recipe", "{}")
    wide = {"icc_profile": profile, "exif": camera_exif()}
    return {
        "png": encoded(rgba, "PNG"),
        "png palette": encoded(plain.quantize(8), "PNG"),
        "png wide": encoded(plain, "PNG", **wide),
        "png 16": deep(np.dstack([deep_gradient(SIDE, SIDE), shares]), "png", profile=profile),
        "jpeg": encoded(plain, "JPEG", xmp=packet, **wide),
        "jpeg progressive": encoded(plain.convert("CMYK"), "JPEG", progressive=True),
        "tiff": encoded(plain, "TIFF", compression="tiff_lzw", icc_profile=profile),
        "tiff 16": deep(np.dstack([deep_gradient(SIDE, SIDE), shares]), "tiff", profile=profile),
        "tiff float": deep((deep_gradient(SIDE, SIDE) / np.float32(65535)), "tiff", "scrgb"),
        "webp": encoded(rgba, "WEBP", xmp=packet, **wide),
        "gif": encoded(plain, "GIF", save_all=True, append_images=[rgba]),
        "avif": encoded(plain, "AVIF"),
        "avif 12": deep(deep_gradient(32, 32), "heif"),
        "bmp": encoded(plain, "BMP"),
    }


def mutations(good: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Bytes changed, cut out, doubled or cut off, most near the start, where headers are."""
    generator = np.random.default_rng(seed)
    for _ in range(count):
        bad = bytearray(good)
        kind = generator.integers(0, 8)
        place = int(generator.integers(0, len(bad)))
        length = int(generator.integers(1, 17))
        if kind == 0:
            del bad[place:]
        elif kind == 1:
            del bad[place : place + length]
        elif kind == 2:
            bad[place:place] = bad[place : place + length]
        elif kind == 3:
            bad[place : place + 4] = b"\xff\xff\xff\xff"
        else:
            reach = len(bad) if kind > 5 else min(200, len(bad))
            for position in generator.integers(0, reach, kind):
                bad[position] = generator.integers(0, 256)
        yield bytes(bad)


def survive(kind: str, count: int, seed: int) -> tuple[int, int]:
    """Read mutated files; how many were read and how many refused."""
    read = refused = 0
    for bad in mutations(seeds()[kind], count, seed):
        try:
            picture = imageio.decode(bad, "bad")
        except PictureError as refusal:
            refused += 1
            assert refusal.remedy
            assert "\n" not in refusal.cause
            assert len(refusal.cause) < 1000
        else:
            read += 1
            assert picture.pixels.shape[2] == 3
            assert picture.pixels.dtype in (np.uint8, np.uint16)
            assert picture.exif == b"" or picture.exif.startswith(b"Exif")
    return read, refused


@pytest.mark.parametrize("kind", seeds())
def test_sound_files_are_read(kind: str) -> None:
    assert imageio.decode(seeds()[kind], "good").size[0] >= SIDE


@pytest.mark.parametrize("kind", seeds())
def test_some_mutated_files_are_read_or_refused(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    read, refused = survive(kind, 25, seed=0)
    assert read + refused == 25
    assert refused
    assert not capfd.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("kind", seeds())
def test_hundreds_of_mutated_files_are_read_or_refused(kind: str) -> None:
    assert sum(survive(kind, 300, seed=1)) == 300


@pytest.mark.slow
def test_mutated_files_never_end_the_process() -> None:
    """Thousands in a process of their own, whose end would show a crash in a C library."""
    code = (
        "from tests.engine.imageio.test_mutated_pictures import seeds, survive\n"
        "print(sum(sum(survive(kind, 300, seed=2)) for kind in seeds()))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.split() == [str(300 * len(seeds()))]


def test_a_recipe_is_looked_for_in_mutated_files_without_harm(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.fromarray(gradient(SIDE, SIDE)).save(file, "JPEG", xmp=xmp.packet("recipe", "{}"))
    for bad in mutations(file.getvalue(), 60, seed=3):
        (tmp_path / "a.jpg").write_bytes(bad or b"x")
        try:
            found = imageio.read_property(tmp_path / "a.jpg", "recipe")
        except PictureError:
            continue
        assert found is None or isinstance(found, str)
