"""Colours and detail from the command line: painted, repeated, enlarged, and said beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine import cli, imageio
from engine.colours import description
from engine.colours.palette import light
from engine.job import Job
from engine.recipes import recipe
from engine.settings import Settings
from tests.engine.support import picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    photograph = (96 + picture(36, 48).pixels * 0.25).astype(np.uint8)
    Image.fromarray(photograph).save(tmp_path / "photo.png")
    Image.fromarray(picture(40, 40, 1).pixels).save(tmp_path / "painting.png")
    return tmp_path


def render(folder: Path, name: str, *more: str) -> Path:
    place = ["--network", "sketch", "--device", "cpu", "--threads", "1", "--seed", "1"]
    small = ["--size", "48", "--steps", "2", "--style-layers", "conv1_1"]
    pictures = [str(folder / "photo.png"), str(folder / "painting.png")]
    out = folder / name
    assert cli.run(["render", *pictures, *place, *small, "-o", str(out), *more]) == 0
    return out


def pixels(path: Path) -> NDArray[Any]:
    read = imageio.read(path)
    return np.divide(read.pixels, 2**read.depth - 1)


def chroma(colours: NDArray[Any]) -> NDArray[Any]:
    found: NDArray[Any] = colours - light(colours)
    return found


def test_a_saved_picture_has_the_photographs_chroma_and_its_recipe_repeats_it(
    folder: Path,
) -> None:
    first = render(folder, "first.png", "--colours", "luminance", "--depth", "16")
    made = recipe.read(first).settings
    assert (made.colours, made.colour_strength, made.colour_blend) == ("luminance", 1.0, 0.0)
    np.testing.assert_allclose(
        chroma(pixels(first)), chroma(pixels(folder / "photo.png")), atol=2e-5
    )
    again = folder / "again.png"
    assert cli.run(["render", "--recipe", str(first), "-o", str(again)]) == 0
    assert imageio.read(again).pixels.tobytes() == imageio.read(first).pixels.tobytes()


def test_enlarged_a_picture_keeps_the_photographs_chroma(folder: Path) -> None:
    first = render(folder, "first.png", "--colours", "luminance")
    large = folder / "large.png"
    asked = ["render", "--enlarge-from", str(first), "--size", "96", "--steps", "2"]
    assert cli.run([*asked, "--depth", "16", "-o", str(large)]) == 0
    photograph = Image.open(folder / "photo.png").resize((96, 72), Image.Resampling.BICUBIC)
    wanted = chroma(np.asarray(photograph) / 255)
    np.testing.assert_allclose(chroma(pixels(large)), wanted, atol=4 / 255)  # Pillow's rounding
    assert recipe.read(large).settings.colours == "luminance"


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--colours", "sepia", "style, luminance, match, match-cholesky"),
        ("--colour-strength", "1.5", "a number from 0 to 1"),
        ("--colour-blend", "-1", "a number from 0 to 1"),
        ("--detail", "101", "a number from 0 to 100"),
        ("--content-layer", "conv6_1", "there is no layer 'conv6_1'"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(
    folder: Path, capsys: pytest.CaptureFixture[str], flag: str, value: str, words: str
) -> None:
    assert cli.run(["render", str(folder / "photo.png"), f"{flag}={value}"]) == 2
    assert words in capsys.readouterr().err


def test_a_dry_run_says_what_is_done_to_colours_and_which_layers_count(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--colours", "match", "--colour-strength", "0.5", "--colour-blend", "0.2"]
    assert not render(folder, "none.png", "--dry-run", *options, "--detail", "80").exists()
    text = capsys.readouterr().out
    assert "colours match: the style's are brought to the photograph's" in text
    assert "at 50 %" in text
    assert "“painting.png” mean #" in text
    assert "20 % of the photograph's are put back" in text
    assert "layers conv2_2 for the content, conv1_1 1 for the style\n" in text  # named: no detail
    assert not render(folder, "none.png", "--dry-run", "--style-layers", "auto").exists()
    assert "conv5_1 0.04 for the style (detail 50)" in capsys.readouterr().out


def test_the_description_names_each_style_as_it_is_and_as_it_becomes() -> None:
    black = picture(8, 8)
    red = np.zeros((8, 8, 3), np.uint8) + np.array([255, 0, 0], np.uint8)
    content = picture(8, 8, 2)
    flat = type(content)(np.full((8, 8, 3), 128, np.uint8), "flat")
    first = type(content)(red, "red")
    settings = Settings.of({"colours": "match"})
    lines = description.lines(settings, Job(flat, (first, black), settings))
    assert lines[1] == "  “red” mean #ff0000 ± 0 % → mean #808080 ± 0 %"
    assert lines[2].endswith("→ mean #808080 ± 0 %")
    assert len(lines) == 3
    off = description.lines(Settings(), Job(flat, (first,), Settings()))
    assert off == ("colours style: the style's are used as they are",)
