"""A figure's file says what it is, what is to be seen, and how it was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from engine import imageio
from engine.errors import OutputError, RecipeError
from engine.figures import record
from engine.figures.making import made
from engine.figures.sheet import Sheet
from engine.recipes import recipe
from engine.series.messages import Made, Piece
from tests.engine.figures.conftest import MakeOrder


def renders(messages: object) -> dict[int, Made]:
    return {m.index: m.made for m in messages if isinstance(m, Piece) and m.made}  # type: ignore[attr-defined]


def test_the_file_carries_title_words_and_how_it_was_made(order: MakeOrder, tmp_path: Path) -> None:
    made_of, path = order(5, seed=11), tmp_path / "five.png"
    record.write(path, Sheet(made_of.layout).image, made_of, renders(made(made_of)))
    with Image.open(path) as image:
        assert image.size == made_of.layout.size
        assert image.text["Title"] == "Figure 5: The content layer"  # type: ignore[attr-defined]
        words = image.text["Description"]  # type: ignore[attr-defined]
        assert image.info["icc_profile"]
    assert "conv2_2: a result; conv4_2: a result" in words
    assert "picture-0" in words
    how = json.loads(imageio.read_property(path, record.PROPERTY) or "")
    assert how["figure"] == 5
    assert how["settings"]["seed"] == 11
    assert [r["settings"]["content_layer"] for r in how["renders"]] == ["conv2_2", "conv4_2"]
    assert len(how["network"]["sha256"]) == 64
    assert {"impasto", "torch"} <= set(how["versions"])
    with pytest.raises(RecipeError, match="holds no recipe"):
        recipe.read(path)


def test_what_was_left_out_is_said_in_the_words(
    order: MakeOrder, net: Path, tmp_path: Path
) -> None:
    made_of, path = order(1, network=str(net)), tmp_path / "one.png"
    record.write(path, Sheet(made_of.layout).image, made_of, renders(made(made_of)))
    with Image.open(path) as image:
        words = image.text["Description"]  # type: ignore[attr-defined]
    assert "e conv5_2: left out" in words
    assert "a conv1_2: a result" in words


def test_only_png_is_written_and_nothing_over_a_file(order: MakeOrder, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="saved as PNG"):
        record.check_writable(tmp_path / "one.jpg")
    there = tmp_path / "one.png"
    there.write_bytes(b"mine")
    made_of = order(4)
    with pytest.raises(OutputError, match="exists already"):
        record.write(there, Sheet(made_of.layout).image, made_of, {})
    assert there.read_bytes() == b"mine"
