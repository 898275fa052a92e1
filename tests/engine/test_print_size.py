"""Sizes on paper: understood as people write them, and said to printers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine import imageio
from engine.errors import SettingsError
from engine.print_size import CM_PER_INCH, PrintSize, Unit, measured, on_paper
from tests.engine.pictures import camera_exif, floats

UNITS = {"mm": 0.1, "cm": 1.0, "CM": 1.0, "in": 2.54, "inch": 2.54, "inches": 2.54, '"': 2.54}
SIDES = st.decimals(min_value="0.1", max_value=5000, places=2).map(lambda d: d.normalize())


@given(SIDES, SIDES, st.sampled_from(list(UNITS)), st.sampled_from(["x", "×", " x ", "*", " X "]))
def test_two_sides_are_understood_in_any_unit_and_order(
    one: object, other: object, unit: str, times: str
) -> None:
    size = PrintSize.parse(f"{one:f}{times}{other:f} {unit}")
    long, short = sorted((float(str(one)), float(str(other))), reverse=True)
    assert size.long == pytest.approx(long * UNITS[unit])
    assert size.short == pytest.approx(short * UNITS[unit])


@given(SIDES, st.sampled_from(list(UNITS)), st.sampled_from([".", ","]))
def test_the_long_side_alone_is_enough(side: object, unit: str, point: str) -> None:
    size = PrintSize.parse(f"  {side:f}{unit} ".replace(".", point))
    assert size.long == pytest.approx(float(str(side)) * UNITS[unit])
    assert size.short is None


@given(st.text(max_size=20) | st.from_regex(r"[0-9x×., ]{0,9}(cm|in|px|)", fullmatch=True))
def test_any_other_text_is_refused_in_words(text: str) -> None:
    try:
        size = PrintSize.parse(text)
    except SettingsError as error:
        assert "30x20cm" in error.remedy
    else:
        assert size.long >= (size.short or 0) >= 0 < size.long


@pytest.mark.parametrize(
    "text",
    ["", "30", "30x20", "30x20px", "x20cm", "30xcm", "-3cm", "0cm", "30x0cm", "1e9cm", "∞cm"],
)
def test_these_are_no_sizes(text: str) -> None:
    with pytest.raises(SettingsError):
        PrintSize.parse(text)


@pytest.mark.parametrize(
    ("text", "dpi", "pixels"),
    [("30x20cm", 300, 3543), ("20x30 cm", 300, 3543), ("12x8in", 300, 3600), ("8in", 72, 576)],
)
def test_the_long_side_decides_the_pixels(text: str, dpi: int, pixels: int) -> None:
    assert PrintSize.parse(text).pixels(dpi) == pixels


@given(st.floats(0.01, 1000), st.integers(30, 4800))
def test_pixels_are_those_of_the_paper_or_refused(long: float, dpi: int) -> None:
    exact = long / CM_PER_INCH * dpi
    try:
        assert PrintSize(long).pixels(dpi) == pytest.approx(exact, abs=0.5)
    except SettingsError as error:
        assert not 31.5 <= exact <= 32768.5
        assert "px; a result has from 32 to 32768" in error.cause


def test_how_large_it_is_printed_is_said() -> None:
    assert on_paper(3543, 2657, 300) == "30.0×22.5 cm at 300 dpi"


FORMATS = [(".png", 8), (".png", 16), (".jpg", 8), (".tif", 8), (".tif", 16)]


@pytest.mark.parametrize("exif", [b"", camera_exif().tobytes()], ids=["plain", "exif"])
@pytest.mark.parametrize(("suffix", "depth"), FORMATS)
def test_dots_per_inch_are_written(tmp_path: Path, suffix: str, depth: int, exif: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    assert imageio.write(path, floats(), imageio.Extras(depth, exif=exif, dpi=240)) == ()
    with Image.open(path) as image:
        assert image.info["dpi"] == pytest.approx((240, 240), abs=0.02)


@pytest.mark.parametrize(("suffix", "depth"), FORMATS)
def test_where_none_are_asked_for_none_are_written(tmp_path: Path, suffix: str, depth: int) -> None:
    path = tmp_path / f"a{suffix}"
    imageio.write(path, floats(), imageio.Extras(depth))
    with Image.open(path) as image:
        assert round(image.info.get("dpi", (1, 1))[0]) in (1, 25)  # none, or a px a mm: a default


def test_a_format_without_a_place_for_them_leaves_them_out_and_says_so(tmp_path: Path) -> None:
    (note,) = imageio.write(tmp_path / "a.webp", floats(), imageio.Extras(dpi=300))
    assert "WebP has no place for dots per inch" in note


@given(st.integers(32, 32768), st.integers(30, 4800), st.sampled_from([Unit.CM, Unit.INCH]))
def test_what_a_size_measures_on_paper_gives_the_same_pixels_again(
    pixels: int, dpi: int, unit: Unit
) -> None:
    length = measured(pixels, dpi, unit)
    assert length == pytest.approx(pixels / dpi * (CM_PER_INCH if unit is Unit.CM else 1))
    assert PrintSize.of(length, unit).pixels(dpi) == pixels
    assert measured(pixels, dpi, Unit.PX) == pixels
