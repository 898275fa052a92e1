"""Pictures: upright, sRGB, opaque on reading; whole or not at all on writing."""

from __future__ import annotations

import io
import os
import stat
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine import imageio
from engine.disk import files
from engine.errors import DiskFullError, OutputError, PictureError
from engine.recipes.report import peak_memory


def gradient(height: int = 40, width: int = 60) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 4, y * 6, (x + y) * 2], -1).astype(np.uint8)


def floats(height: int = 40, width: int = 60) -> NDArray[np.float32]:
    return np.divide(gradient(height, width), 255, dtype=np.float32)


def test_pixels_name_and_hash_are_the_files(tmp_path: Path) -> None:
    Image.fromarray(gradient()).save(tmp_path / "a.png")
    picture = imageio.read(tmp_path / "a.png")
    assert np.array_equal(picture.pixels, gradient())
    assert picture.name == "a.png"
    assert picture.size == (60, 40)
    assert len(picture.sha256) == 64
    assert picture.notes == ()


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


UPRIGHT = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: np.rot90(a, 1),
}


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_exif_orientation_is_applied(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(gradient()).save(tmp_path / "a.png", exif=exif)
    pixels = imageio.read(tmp_path / "a.png").pixels
    assert np.array_equal(pixels, UPRIGHT[orientation](gradient()))


def test_a_colour_profile_is_converted_to_srgb(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    source = Image.new("LAB", (20, 20), (128, 128 + 60, 128))
    source.save(tmp_path / "a.tif", icc_profile=lab)
    r, g, b = (int(v) for v in imageio.to_uint8(imageio.read(tmp_path / "a.tif").pixels)[5, 5])
    assert r > 180  # L* 50, a* 60 is a strong pink
    assert g < 80
    assert 80 < b < 160


def test_an_unusable_profile_is_ignored_and_said(tmp_path: Path) -> None:
    Image.fromarray(gradient()).save(tmp_path / "a.png", icc_profile=b"not a profile")
    picture = imageio.read(tmp_path / "a.png")
    assert np.array_equal(picture.pixels, gradient())
    assert "profile is unusable" in picture.notes[0]


def test_transparency_is_laid_on_white_and_said(tmp_path: Path) -> None:
    rgba = np.dstack([gradient(), np.full((40, 60), 255, np.uint8)])
    rgba[:20, :, 3] = 0
    rgba[20:30, :, 3] = 128
    Image.fromarray(rgba).save(tmp_path / "a.png")
    picture = imageio.read(tmp_path / "a.png")
    assert (picture.pixels[:20] == 255).all()
    assert np.array_equal(picture.pixels[30:], gradient()[30:])
    half = gradient()[25, 30] * (128 / 255) + 255 * (127 / 255)
    assert np.abs(picture.pixels[25, 30] - half).max() <= 1
    assert "laid on white" in picture.notes[0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "YCbCr", "RGBA"])
def test_every_mode_becomes_rgb_with_about_the_same_grey(tmp_path: Path, mode: str) -> None:
    value = 255 if mode == "1" else 150
    grey = Image.new("RGB", (32, 32), (value,) * 3)
    path = tmp_path / ("a.tif" if mode == "YCbCr" else "a.png")
    (grey.quantize(4) if mode == "P" else grey.convert(mode)).save(path)
    pixels = imageio.read(path).pixels
    assert pixels.shape == (32, 32, 3)
    assert pixels.dtype == np.uint8
    assert np.abs(pixels.astype(int) - value).max() <= 3


def test_a_palettes_transparent_colour_is_laid_on_white(tmp_path: Path) -> None:
    image = Image.new("P", (20, 20), 0)
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.paste(1, (0, 0, 20, 10))
    image.save(tmp_path / "a.png", transparency=0)
    pixels = imageio.read(tmp_path / "a.png").pixels
    assert (pixels[15, 5] == 255).all()
    assert pixels[5, 5].tolist() == [200, 100, 50]


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bit_grey_is_scaled_not_clipped(tmp_path: Path, suffix: str) -> None:
    values = np.linspace(0, 65535, 32 * 32).reshape(32, 32).astype(np.uint16)
    Image.fromarray(values).save(tmp_path / f"a.{suffix}")
    pixels = imageio.read(tmp_path / f"a.{suffix}").pixels
    assert pixels.dtype == np.uint16
    assert np.array_equal(pixels, np.dstack([values] * 3))


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_an_animation_gives_its_first_frame_and_says_so(tmp_path: Path, suffix: str) -> None:
    frames = [Image.new("RGB", (24, 24), colour) for colour in ("red", "lime", "blue")]
    frames[0].save(tmp_path / f"a.{suffix}", save_all=True, append_images=frames[1:], lossless=True)
    picture = imageio.read(tmp_path / f"a.{suffix}")
    assert picture.pixels[3, 3].tolist() == [255, 0, 0]
    assert picture.notes == ("the first of 3 frames",)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + header + b"\0\0\0\0IDAT\x35\xaf\x06\x1e"


def test_a_decompression_bomb_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(png_header(60_000, 60_000))
    before = peak_memory()
    with pytest.raises(PictureError, match="too large"):
        imageio.read(tmp_path / "bomb.png")
    assert peak_memory() - before < 2**28


def test_a_cameras_twenty_four_megapixels_are_read(tmp_path: Path) -> None:
    Image.new("RGB", (6000, 4000), (9, 8, 7)).save(tmp_path / "a.jpg", quality=30)
    assert imageio.read(tmp_path / "a.jpg").size == (6000, 4000)


def make_missing(folder: Path) -> Path:
    return folder / "nowhere.png"


def make_empty(folder: Path) -> Path:
    (folder / "empty.png").touch()
    return folder / "empty.png"


def make_truncated(folder: Path) -> Path:
    buffer = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(buffer, "PNG")
    (folder / "cut.png").write_bytes(buffer.getvalue()[:5000])
    return folder / "cut.png"


def make_text(folder: Path) -> Path:
    (folder / "text.jpg").write_text("hello")
    return folder / "text.jpg"


def make_directory(folder: Path) -> Path:
    return folder


def make_dangling_link(folder: Path) -> Path:
    (folder / "link.png").symlink_to(folder / "nowhere.png")
    return folder / "link.png"


def make_link_to_itself(folder: Path) -> Path:
    (folder / "loop.png").symlink_to(folder / "loop.png")
    return folder / "loop.png"


def make_single_pixel(folder: Path) -> Path:
    Image.new("RGB", (1, 1)).save(folder / "one.png")
    return folder / "one.png"


def make_sliver(folder: Path) -> Path:
    Image.new("RGB", (400, 15)).save(folder / "sliver.png")
    return folder / "sliver.png"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_missing, "there is no file"),
        (make_empty, "is empty"),
        (make_truncated, "is damaged"),
        (make_text, "is not a picture"),
        (make_directory, "is a folder"),
        (make_dangling_link, "there is no file"),
        (make_link_to_itself, "cannot be read"),
        (make_single_pixel, "is only 1 × 1 px"),
        (make_sliver, "is only 400 × 15 px"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, make: object, words: str) -> None:
    path: Path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(PictureError) as refusal:
        imageio.read(path)
    assert words in refusal.value.cause
    assert refusal.value.remedy
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("suffix", imageio.SUFFIXES)
def test_what_is_written_reads_back_with_an_srgb_profile(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    imageio.write(path, floats())
    difference = np.abs(imageio.read(path).pixels.astype(int) - gradient())
    assert difference.max() == 0 if suffix in (".png", ".tif", ".tiff") else difference.mean() < 3
    with Image.open(path) as image:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert names_in(tmp_path) == [path.name]


def test_values_are_rounded_and_kept_in_range() -> None:
    values = np.array([-0.1, 0.0, 0.5, 0.998, 1.0, 1.2], np.float32)
    assert imageio.to_uint8(values).tolist() == [0, 0, 128, 254, 255, 255]


def test_an_existing_file_is_only_replaced_when_told(tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    path.write_text("precious")
    with pytest.raises(OutputError, match="exists already"):
        imageio.write(path, floats())
    assert path.read_text() == "precious"
    imageio.write(path, floats(), overwrite=True)
    assert imageio.read(path).size == (60, 40)


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    with pytest.raises(OutputError, match="exists"), files.replacing(path, overwrite=False) as file:
        file.write(b"new")
        path.write_text("precious")
    assert path.read_text() == "precious"
    assert names_in(tmp_path) == ["out.png"]


def test_a_failed_writing_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    path.write_text("old")
    with pytest.raises(RuntimeError), files.replacing(path, overwrite=True) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["out.png"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.bmp", ".bmp is no format that Impasto writes"),
        ("out", "no ending is no format"),
        ("nowhere/out.png", "does not exist"),
    ],
)
def test_a_wrong_output_is_refused_with_its_reason(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(OutputError) as refusal:
        imageio.check_writable(tmp_path / name)
    assert words in refusal.value.cause


def test_a_folder_as_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.png").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        imageio.check_writable(tmp_path / "out.png")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_takes_no_files_is_refused() -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        imageio.check_writable(Path("/proc/out.png"))


@pytest.mark.parametrize(("suffix", "side"), [(".webp", 16_400), (".jpg", 65_600)])
def test_a_format_that_cannot_hold_the_size_says_which_can(
    tmp_path: Path, suffix: str, side: int
) -> None:
    with pytest.raises(OutputError, match="holds at most") as refusal:
        imageio.write(tmp_path / f"out{suffix}", np.zeros((16, side, 3), np.float32))
    assert refusal.value.remedy == "save it as PNG or TIFF"
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_disk_is_its_own_error() -> None:
    with pytest.raises(OSError) as failure, Path("/dev/full").open("wb", buffering=0) as file:
        file.write(b"x")
    error = files.explained(Path("/dev/full"), failure.value, 34_100_000)
    assert isinstance(error, DiskFullError)
    assert "the file needs 34.1 MB" in error.cause
    assert "are free" in error.cause
    assert error.exit_code == 1


def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        imageio.write(tmp_path / "out.png", floats())
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.png").stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform != "linux", reason="limits file sizes as Linux does")
def test_a_limit_hit_in_the_middle_leaves_no_half_file(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys, numpy as np\n"
        "from pathlib import Path\n"
        "from engine import imageio\n"
        "from engine.errors import EngineError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "noise = np.random.default_rng(0).random((200, 200, 3), dtype=np.float32)\n"
        "try:\n    imageio.write(Path(sys.argv[1]), noise)\n"
        "except EngineError as error:\n    sys.exit(f'told: {error.cause}')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out.png")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "told:" in ran.stderr
    assert names_in(tmp_path) == []
