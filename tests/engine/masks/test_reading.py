"""Masks from files of every kind: what is white, what is black, what is not there at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine import masks
from engine.errors import MaskError, PictureError
from engine.job import Mask, Picture
from tests.engine.pictures import deep, gradient, quick


def ramp(height: int = 24, width: int = 32) -> NDArray[np.uint8]:
    """Grey from black to white, so that a wrong curve would be seen."""
    return np.tile(np.linspace(0, 255, width).round().astype(np.uint8), (height, 1))


def saved(path: Path, image: Image.Image, **options: Any) -> Mask:
    image.save(path, **options)
    return masks.read(path)


def test_grey_values_are_taken_as_they_are(tmp_path: Path) -> None:
    mask = saved(tmp_path / "mask.png", Image.fromarray(ramp()))
    assert (mask.values == ramp()).all()
    assert mask.name == "mask.png"
    assert len(mask.sha256) == 64


@pytest.mark.parametrize("mode", ["RGB", "P", "LA", "RGBA", "CMYK", "1"])
def test_whatever_way_a_file_has_its_colours_a_mask_is_their_light(
    tmp_path: Path, mode: str
) -> None:
    ending = "tif" if mode == "CMYK" else "png"
    values = np.where(ramp() > 99, 255, 0).astype(np.uint8) if mode == "1" else ramp()
    mask = saved(tmp_path / f"mask.{ending}", Image.fromarray(values).convert(mode))
    within = 20 if mode == "CMYK" else 0  # inks on paper are no light
    assert np.abs(mask.values.astype(int) - values).max() <= within


def test_sixteen_bits_are_rounded_to_eight(tmp_path: Path) -> None:
    fine = (ramp().astype(int) * 257 + 100).clip(0, 65535).astype(np.uint16)[..., None]
    (tmp_path / "mask.png").write_bytes(deep(fine, "png", "grey16"))
    assert (masks.read(tmp_path / "mask.png").values == ramp()).all()


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (200, 30, 90)])
def test_a_shape_of_one_colour_drawn_on_nothing_is_its_alpha(
    tmp_path: Path, colour: tuple[int, int, int]
) -> None:
    image = Image.new("RGBA", (32, 24), (*colour, 0))
    image.putalpha(Image.fromarray(ramp()))
    assert (saved(tmp_path / "mask.png", image).values == ramp()).all()


def test_what_is_transparent_is_nowhere(tmp_path: Path) -> None:
    image = Image.fromarray(ramp()).convert("RGBA")
    hole = Image.new("L", image.size, 255)
    ImageDraw.Draw(hole).rectangle((0, 0, 31, 9), fill=0)
    image.putalpha(hole)
    values = saved(tmp_path / "mask.png", image).values
    assert (values[:10] == 0).all()
    assert np.abs(values[10:].astype(int) - ramp()[10:]).max() <= 1


def test_a_mask_lies_as_its_picture_does(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    mask = saved(tmp_path / "mask.png", Image.fromarray(ramp()), exif=exif)
    assert (mask.values == np.rot90(ramp(), -1)).all()


def test_large_masks_are_made_as_small_as_a_recipe_holds() -> None:
    values = np.zeros((1500, 3000), np.uint8)
    values[:, 1500:] = 255
    mask = masks.canonical(values, "half")
    assert mask.values.shape == (512, 1024)
    assert mask.values.mean() == pytest.approx(127.5, abs=0.5)
    assert masks.canonical(mask.values, "half").values is mask.values


def test_the_contents_own_alpha_is_a_mask() -> None:
    pixels = np.zeros((24, 32, 3), np.uint8)
    assert (masks.of_alpha(Picture(pixels, "cut.png", alpha=ramp())).values == ramp()).all()
    with pytest.raises(MaskError, match=r"“whole\.png” has no transparency"):
        masks.of_alpha(Picture(pixels, "whole.png"))


@quick
@given(values=st.lists(st.integers(0, 255), min_size=1, max_size=4))
def test_the_rest_is_what_the_others_leave(values: list[int]) -> None:
    others = [Mask(np.full((4, 6), value, np.uint8), "m") for value in values]
    assert (masks.rest(others).values == max(0, 255 - sum(values))).all()


def test_of_masks_of_unlike_sizes_the_rest_is_as_large_as_the_largest() -> None:
    small, large = np.full((2, 3), 255, np.uint8), np.zeros((20, 30), np.uint8)
    rest = masks.rest([Mask(small * 0 + 55, "a"), Mask(large, "b")])
    assert rest.values.shape == (20, 30)
    assert (rest.values == 200).all()


@pytest.mark.parametrize("others", [[], [None], [Mask(ramp(), "m"), None]])
def test_without_masks_there_is_no_rest(others: list[Mask | None]) -> None:
    with pytest.raises(MaskError, match="“rest” is what other masks leave"):
        masks.rest(others)


def test_names_are_files_or_words(tmp_path: Path) -> None:
    Image.fromarray(ramp()).save(tmp_path / "m.png")
    path, content = str(tmp_path / "m.png"), Picture(gradient(24, 32), "cut", alpha=ramp() // 2)
    found = masks.named(["rest", path, path, "rest"], "alpha", content)
    first, second, third, fourth = found.masks
    assert first is fourth is not None
    assert second is not None and third is not None and found.strength is not None
    assert (second.values == ramp()).all()
    assert (found.strength.values == ramp() // 2).all()
    assert masks.named(["none"], "none", content).masks == (None,)


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.png").write_bytes(b"no picture")
    with pytest.raises(PictureError, match=r"“m.png” is not a picture"):
        masks.read(tmp_path / "m.png")
