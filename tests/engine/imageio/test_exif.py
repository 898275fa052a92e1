"""The camera's data: kept if asked, without its position unless asked, never a thumbnail."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from engine import imageio
from engine.choices import ExifKept
from engine.imageio import encoding
from engine.job import Picture
from engine.settings import Settings
from tests.engine.pictures import camera_exif, deep, deep_gradient, encoded, floats, gradient

KEEPERS = [(".png", 8), (".png", 16), (".jpg", 8), (".webp", 8), (".tif", 8), (".tif", 16)]


def content(form: str = "JPEG") -> Picture:
    return imageio.decode(encoded(Image.fromarray(gradient()), form, exif=camera_exif()), "a")


def written(folder: Path, suffix: str, depth: int, kept: str, picture: Picture) -> Image.Exif:
    path = folder / f"a{suffix}"
    settings = Settings.of({"exif": kept, "depth": depth})
    extras = imageio.Extras.of(path, picture, settings)
    assert imageio.write(path, floats(), extras) == ()
    with Image.open(path) as image:
        exif = image.getexif()
        exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)  # while it is open
        return exif


@pytest.mark.parametrize(("suffix", "depth"), KEEPERS)
def test_nothing_is_kept_unasked(tmp_path: Path, suffix: str, depth: int) -> None:
    kept = written(tmp_path, suffix, depth, "none", content())
    assert not {0x010F, 0x0132, 0x013B, 0x8769, 0x8825} & set(kept)
    assert Settings().exif is ExifKept.NONE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("suffix", "depth"), KEEPERS)
def test_the_position_stays_behind_unless_asked(
    tmp_path: Path, suffix: str, depth: int, form: str
) -> None:
    kept = written(tmp_path, suffix, depth, "without-position", content(form))
    assert kept[0x010F] == "Canon"
    assert kept.get_ifd(0x8769)[0x829A] == 1 / 250
    assert kept.get_ifd(0x8769)[0x9003] == "2020:01:02 03:04:05"
    assert not kept.get_ifd(0x8825)
    assert b"Canon" in (tmp_path / f"a{suffix}").read_bytes()


@pytest.mark.parametrize(("suffix", "depth"), KEEPERS)
def test_the_position_goes_along_if_asked(tmp_path: Path, suffix: str, depth: int) -> None:
    kept = written(tmp_path, suffix, depth, "all", content())
    assert kept.get_ifd(0x8825)[2] == (48, 31, 7)


def test_what_described_the_old_file_is_dropped(tmp_path: Path) -> None:
    kept = written(tmp_path, ".jpg", 8, "all", content())
    assert kept[0x0112] == 1  # upright
    assert 0x011A not in kept  # resolution
    assert 0x0100 not in kept
    assert not {0x927C, 0xA002} & set(kept.get_ifd(0x8769))
    assert b"secret" not in (tmp_path / "a.jpg").read_bytes()


def test_a_thumbnail_does_not_survive(tmp_path: Path) -> None:
    thumbnail = encoded(Image.new("RGB", (16, 16)), "JPEG")
    block = with_thumbnail(camera_exif().tobytes(), thumbnail)
    exif = Image.Exif()
    exif.load(block)
    assert exif.get_ifd(ExifTags.IFD.IFD1)[0x0202] == len(thumbnail)
    data = encoded(Image.fromarray(gradient()), "JPEG", exif=block)
    picture = imageio.decode(data, "a")
    assert thumbnail not in picture.exif
    assert b"Canon" in picture.exif


def with_thumbnail(block: bytes, thumbnail: bytes) -> bytes:
    """Add the second directory, which holds the thumbnail, to a big-endian block."""
    tiff = bytearray(block.removeprefix(b"Exif\0\0"))
    (count,) = struct.unpack_from(">H", tiff, 8)
    place = len(tiff)
    struct.pack_into(">I", tiff, 10 + 12 * count, place)
    entries = struct.pack(">HHII", 0x0201, 4, 1, place + 30)
    entries += struct.pack(">HHII", 0x0202, 4, 1, len(thumbnail))
    return b"Exif\0\0" + bytes(tiff) + struct.pack(">H", 2) + entries + bytes(4) + thumbnail


@pytest.mark.parametrize("kept", ["all", "without-position"])
def test_names_keep_their_umlauts(tmp_path: Path, kept: str) -> None:
    written(tmp_path, ".jpg", 8, kept, content())
    assert "Müller".encode() in (tmp_path / "a.jpg").read_bytes()


def test_the_content_stands_upright_and_is_not_turned_twice(tmp_path: Path) -> None:
    picture = content()
    assert picture.size == (40, 60)  # orientation 6 of 60 × 40
    path = tmp_path / "a.jpg"
    extras = imageio.Extras.of(path, picture, Settings.of({"exif": "all"}))
    imageio.write(path, floats(60, 40), extras)
    assert imageio.read(path).size == (40, 60)


@pytest.mark.parametrize("depth", [8, 16])
def test_a_tiff_with_camera_data_is_still_the_same_picture(tmp_path: Path, depth: int) -> None:
    written(tmp_path, ".tif", depth, "all", content())
    picture = imageio.read(tmp_path / "a.tif")
    assert picture.depth == depth
    assert np.array_equal(imageio.to_uint8(picture.pixels), gradient())
    assert picture.exif == content().exif
    with Image.open(tmp_path / "a.tif") as image:
        assert image.n_frames == 1  # type: ignore[attr-defined]
        assert "sRGB" in ImageCms.getProfileDescription(
            ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        )


def test_too_large_a_tiff_for_camera_data_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "_LARGEST_TIFF", 1000)
    path = tmp_path / "a.tif"
    extras = imageio.Extras.of(path, content(), Settings.of({"exif": "all"}))
    (note,) = imageio.write(path, floats(), extras)
    assert "EXIF" in note
    assert "left out" in note
    assert path.read_bytes().startswith(b"II+\0")
    assert np.array_equal(imageio.read(path).pixels, gradient())


def test_more_than_jpegs_segment_holds_is_left_out_and_said(tmp_path: Path) -> None:
    exif = camera_exif()
    exif[0x010E] = "x" * 70_000
    data = encoded(Image.fromarray(gradient()), "PNG", exif=exif)
    picture = imageio.decode(data, "a")
    path = tmp_path / "a.jpg"
    extras = imageio.Extras.of(path, picture, Settings.of({"exif": "all"}))
    (note,) = imageio.write(path, floats(), extras)
    assert "left out" in note
    assert imageio.read(path).size == (60, 40)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp"])
@pytest.mark.parametrize("depth", [8, 16])
def test_no_format_makes_up_camera_data(tmp_path: Path, suffix: str, depth: int) -> None:
    if depth == 16 and suffix not in (".png", ".tif"):
        return
    imageio.write(tmp_path / f"a{suffix}", floats(), imageio.Extras(depth=depth))
    with Image.open(tmp_path / f"a{suffix}") as image:
        assert "exif" not in image.info


def test_damaged_exif_is_said_and_the_picture_read() -> None:
    block = bytearray(camera_exif().tobytes())
    block[14:16] = b"\xff\xff"  # the number of entries
    for position in range(16, 40):
        block[position] = 0xFF
    data = encoded(Image.fromarray(gradient()), "JPEG", exif=bytes(block))
    picture = imageio.decode(data, "a")
    assert picture.pixels.shape[2] == 3


def test_a_deep_pngs_camera_data_is_found() -> None:
    data = bytearray(deep(deep_gradient(), "png"))
    from PIL.PngImagePlugin import putchunk

    chunk = io.BytesIO()
    putchunk(chunk, b"eXIf", camera_exif().tobytes().removeprefix(b"Exif\0\0"))
    place = data.index(b"eXIf") - 4
    length = int.from_bytes(data[place : place + 4], "big") + 12
    data[place : place + length] = chunk.getvalue()
    picture = imageio.decode(bytes(data), "a")
    assert b"Canon" in picture.exif
    assert picture.size == (40, 60)
