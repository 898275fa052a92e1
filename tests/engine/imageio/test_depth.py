"""Sixteen bits and alpha, in and out."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import Image

from engine import imageio, pyramid
from engine.errors import OutputError, PictureError
from engine.imageio import colour
from engine.job import Picture
from engine.settings import Settings
from tests.engine.pictures import deep, deep_gradient, encoded, floats, gradient, quick

DEEP = (".png", ".tif", ".tiff")


def alpha(height: int = 40, width: int = 60, depth: int = 16) -> NDArray[np.uint16]:
    top = 2**depth - 1
    ramp = np.linspace(0, top, width).round()[None].repeat(height, 0)
    return ramp.astype(np.uint16 if depth == 16 else np.uint8)


@pytest.mark.parametrize("form", ["png", "tiff"])
def test_sixteen_bit_rgb_is_read_to_the_last_bit(form: str) -> None:
    picture = imageio.decode(deep(deep_gradient(), form), "a")
    assert picture.pixels.dtype == np.uint16
    assert picture.depth == 16
    assert np.array_equal(picture.pixels, deep_gradient())
    assert picture.alpha is None
    assert picture.notes == ()


@pytest.mark.parametrize("form", ["png", "tiff"])
def test_sixteen_bit_alpha_is_kept_apart_and_its_colours_lie_on_white(form: str) -> None:
    picture = imageio.decode(deep(np.dstack([deep_gradient(), alpha()]), form), "a")
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, alpha())
    share = alpha()[..., None] / 65535
    expected = deep_gradient() * share + 65535 * (1 - share)
    assert np.abs(picture.pixels - expected).max() <= 0.51
    assert picture.notes == ("transparent parts were laid on white",)


@pytest.mark.parametrize("form", ["png", "tiff"])
def test_sixteen_bit_grey_with_alpha_is_read(form: str) -> None:
    grey = deep_gradient()[..., 0]
    picture = imageio.decode(deep(np.dstack([grey, alpha()]), form, "grey16"), "a")
    assert np.array_equal(picture.pixels[:, -1], np.stack([grey[:, -1]] * 3, -1))
    assert (picture.pixels[:, 0] == 65535).all()


def test_opaque_alpha_is_no_alpha() -> None:
    opaque = np.full((40, 60), 65535, np.uint16)
    picture = imageio.decode(deep(np.dstack([deep_gradient(), opaque]), "png"), "a")
    assert picture.alpha is None
    assert picture.notes == ()


def test_a_tiff_of_floats_is_read_with_sixteen_bits() -> None:
    values = (deep_gradient() / np.float32(65535)).astype(np.float32)
    picture = imageio.decode(deep(values, "tiff", "scrgb"), "a")
    assert picture.depth == 16
    assert np.abs(picture.pixels.astype(int) - deep_gradient()).max() <= 1


def test_infinite_and_missing_floats_are_white_and_black() -> None:
    values = np.full((20, 20, 3), 0.5, np.float32)
    values[0], values[1], values[2] = np.inf, -np.inf, np.nan
    pixels = imageio.decode(deep(values, "tiff", "scrgb"), "a").pixels
    assert pixels[:4, 0, 0].tolist() == [65535, 0, 0, 32768]


def test_twelve_bit_avif_fills_the_range() -> None:
    values = np.full((32, 32, 3), 65535, np.uint16)
    values[:16] = 0
    picture = imageio.decode(deep(values, "heif"), "a.avif")
    assert picture.depth == 16
    assert picture.pixels[2, 2].tolist() == [0, 0, 0]
    assert picture.pixels[-2, 2].tolist() == [65535] * 3


def test_eight_bit_avif_is_read() -> None:
    data = encoded(Image.fromarray(gradient()), "AVIF", quality=100, subsampling="4:4:4")
    picture = imageio.decode(data, "a.avif")
    assert picture.depth == 8
    assert np.abs(picture.pixels.astype(int) - gradient()).mean() < 3


def test_a_turned_sixteen_bit_tiff_stands_upright() -> None:
    data = bytearray(deep(deep_gradient(), "tiff"))
    tag = b"\x12\x01\x03\x00\x01\x00\x00\x00"  # orientation, one short
    data[data.index(tag) + len(tag)] = 6
    pixels = imageio.decode(bytes(data), "a").pixels
    assert np.array_equal(pixels, np.rot90(deep_gradient(), -1))


def deep_bomb() -> bytes:
    """A valid 16-bit PNG whose header then claims 3.6 gigapixels."""
    import struct
    import zlib

    data = bytearray(deep(deep_gradient(), "png"))
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


def test_a_deep_decompression_bomb_is_refused() -> None:
    with pytest.raises(PictureError, match="too large"):
        imageio.decode(deep_bomb(), "bomb.png")


def test_a_deep_file_cut_off_is_damaged() -> None:
    noise = np.random.default_rng(0).integers(0, 65536, (80, 80, 3)).astype(np.uint16)
    for form in ("png", "tiff"):
        data = deep(noise, form)
        with pytest.raises(PictureError) as refusal:
            imageio.decode(data[: len(data) // 2], "cut")
        assert "\n" not in refusal.value.cause


def test_the_engine_sees_all_sixteen_bits() -> None:
    tensor = pyramid.tensor_of(Picture(deep_gradient(), "a"))
    assert tensor.dtype == torch.float32
    assert np.array_equal((tensor.numpy() * 65535).round().astype(np.uint16), deep_gradient())


@quick
@given(arrays(np.uint16, (2, 8, 3)))
def test_sixteen_bits_become_eight_by_rounding(values: NDArray[np.uint16]) -> None:
    exact = values / 65535 * 255
    assert np.abs(imageio.to_uint8(values) - exact).max() <= 0.5


@quick
@given(arrays(np.uint16, (16, 16, 3)), st.sampled_from(DEEP))
def test_any_sixteen_bits_come_back(values: NDArray[np.uint16], suffix: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        result = np.divide(values, 65535, dtype=np.float32)
        imageio.write(path, result, imageio.Extras(depth=16))
        assert np.array_equal(imageio.read(path).pixels, values)


@pytest.mark.parametrize("suffix", DEEP)
@pytest.mark.parametrize("depth", [8, 16])
def test_a_picture_with_alpha_comes_back_as_it_was(tmp_path: Path, suffix: str, depth: int) -> None:
    """What is read, on white, and written with its alpha has its own colours again."""
    colours = deep_gradient() if depth == 16 else gradient()
    shares = alpha(depth=depth)
    file = np.dstack([colours, shares])
    data = deep(file, "png") if depth == 16 else encoded(Image.fromarray(file), "PNG")
    content = imageio.decode(data, "a")
    path = tmp_path / f"a{suffix}"
    result = pyramid.tensor_of(content).numpy()
    extras = imageio.Extras.of(path, content, Settings())
    assert extras.depth == depth
    assert imageio.write(path, result, extras) == ()
    again = imageio.read(path)
    assert again.alpha is not None
    assert np.array_equal(again.alpha, shares)
    written = straight(path)
    seen = shares > 0.1 * (2**depth - 1)
    assert np.abs(written[..., :3].astype(int) - colours)[seen].max() <= 6


def straight(path: Path) -> NDArray[np.int64]:
    """The file's own channels, colours not premultiplied, by libvips."""
    import pyvips

    values: NDArray[np.int64] = pyvips.Image.new_from_file(str(path)).numpy().astype(int)
    return values


def test_webp_keeps_alpha(tmp_path: Path) -> None:
    shares = alpha(depth=8)
    imageio.write(tmp_path / "a.webp", floats(), imageio.Extras(alpha=shares))
    with Image.open(tmp_path / "a.webp") as image:
        assert np.array_equal(np.asarray(image)[..., 3], shares)


def test_alpha_follows_the_results_size(tmp_path: Path) -> None:
    shares = np.zeros((40, 60), np.uint8)
    shares[:, 30:] = 255
    path = tmp_path / "a.png"
    imageio.write(path, floats(80, 120), imageio.Extras(alpha=shares))
    large = imageio.read(path).alpha
    assert large is not None
    assert large.shape == (80, 120)
    assert (large[:, :55] == 0).all()
    assert (large[:, 65:] == 255).all()


@pytest.mark.parametrize("height", [255, 256, 257, 700])
def test_a_tall_picture_is_written_to_its_last_row(tmp_path: Path, height: int) -> None:
    pixels = np.random.default_rng(height).integers(0, 256, (height, 16, 3), np.uint8)
    shares = np.full((height, 16), 255, np.uint8)
    shares[::3] = 254
    path = tmp_path / "a.png"
    extras = imageio.Extras(alpha=shares)
    imageio.write(path, np.divide(colour.on_white(pixels, shares), 255, dtype=np.float32), extras)
    again = imageio.read(path)
    assert again.alpha is not None
    assert np.array_equal(again.alpha, shares)
    assert np.abs(again.pixels.astype(int) - colour.on_white(pixels, shares)).max() <= 1


def test_the_white_goes_off_the_edges() -> None:
    """A black shape whose edge is half there stays black, not grey."""
    shares = np.full((16, 16), 0.5, np.float32)
    seen = np.full((16, 16, 3), 0.5, np.float32)  # black at a half, on white
    assert np.abs(colour.off_white(seen, shares)).max() < 1e-6


@quick
@given(st.integers(0, 255), st.integers(0, 255))
def test_laid_on_white_and_taken_off_is_nothing_done(value: int, share: int) -> None:
    colours = np.full((1, 1, 3), value, np.uint8)
    laid = colour.on_white(colours, np.full((1, 1), share, np.uint8))
    off = colour.off_white(
        np.divide(laid, 255, dtype=np.float32), np.full((1, 1), share / 255, np.float32)
    )
    again = colour.on_white(colour.to_uint8(off), np.full((1, 1), share, np.uint8))
    assert np.abs(again.astype(int) - laid).max() <= 1
    assert share or (laid == 255).all()


def test_jpeg_says_that_it_has_no_transparency(tmp_path: Path) -> None:
    notes = imageio.write(tmp_path / "a.jpg", floats(), imageio.Extras(alpha=alpha()))
    assert notes == ("JPEG has no transparency: the result lies on white",)
    with Image.open(tmp_path / "a.jpg") as image:
        assert np.abs(np.asarray(image).astype(int) - gradient()).mean() < 3


def test_jpeg_keeps_its_colours_full_size(tmp_path: Path) -> None:
    imageio.write(tmp_path / "a.jpg", floats())
    with Image.open(tmp_path / "a.jpg") as image:
        assert {layer[1:3] for layer in image.layer} == {(1, 1)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("suffix", "content_depth", "asked", "expected"),
    [
        (".png", 16, None, 16),
        (".tif", 16, None, 16),
        (".jpg", 16, None, 8),
        (".webp", 16, None, 8),
        (".png", 8, None, 8),
        (".png", 8, 16, 16),
        (".tiff", 16, 8, 8),
    ],
)
def test_the_depth_is_the_contents_unless_asked(
    suffix: str, content_depth: int, asked: int | None, expected: int
) -> None:
    content = Picture(deep_gradient() if content_depth == 16 else gradient(), "a")
    extras = imageio.Extras.of(Path(f"a{suffix}"), content, Settings(depth=asked))
    assert extras.depth == expected


def test_sixteen_bits_asked_of_jpeg_are_refused_with_a_remedy() -> None:
    with pytest.raises(OutputError, match="JPEG has 8 bits") as refusal:
        imageio.check_depth(Path("a.jpg"), 16)
    assert "PNG or TIFF" in refusal.value.remedy
    imageio.check_depth(Path("a.jpg"), None)
    imageio.check_depth(Path("a.tif"), 16)


@pytest.mark.parametrize("suffix", imageio.SUFFIXES)
def test_the_same_picture_is_the_same_file(tmp_path: Path, suffix: str) -> None:
    files = []
    for name in ("a", "b"):
        imageio.write(tmp_path / f"{name}{suffix}", floats(), imageio.Extras(alpha=alpha()))
        files.append((tmp_path / f"{name}{suffix}").read_bytes())
    assert files[0] == files[1]
    assert colour.srgb_profile()[24:26] == (2018).to_bytes(2, "big")  # no profile made just now


def test_the_heic_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pillow_heif", None)  # as if it were not installed
    with pytest.raises(PictureError, match="HEIC") as refusal:
        imageio.decode(b"\0\0\0\x18ftypheic" + bytes(100), "a.heic")
    assert "impasto[heic]" in refusal.value.remedy


def test_avif_of_the_general_brand_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    data = bytearray(encoded(Image.fromarray(gradient()), "AVIF"))
    data[8:12] = b"mif1"
    assert imageio.decode(bytes(data), "a.avif").size == (60, 40)


def test_heic_is_read_by_the_extra() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    file = io.BytesIO()
    Image.fromarray(gradient(64, 64)).save(file, "HEIF", quality=95)
    picture = imageio.decode(file.getvalue(), "a.heic")
    assert picture.size == (64, 64)
    assert np.abs(picture.pixels.astype(int) - gradient(64, 64)).mean() < 6
