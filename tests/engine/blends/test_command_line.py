"""Several styles from the command line: flags, refusals, the recipe followed again."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import cli
from engine.recipes import recipe
from tests.engine.support import picture


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A photograph and two paintings in the current folder."""
    for index, name in enumerate(("photo.png", "one.png", "two.png")):
        Image.fromarray(picture(36, 48, index).pixels).save(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def render(net: Path, *more: str) -> int:
    return cli.run(
        [
            "render", *more, "--network", str(net), "--content-layer", "conv2_1",
            "--style-layers", "conv1_1,conv2_1", "--size", "48", "--steps", "2",
            "--device", "cpu", "--seed", "1", "--threads", "1",
        ]
    )  # fmt: skip


def saved(path: Path) -> bytes:
    with Image.open(path) as image:
        return np.asarray(image).tobytes()


def test_shares_scales_and_crops_are_saved_with_the_picture_and_followed_again(
    folder: Path, net: Path
) -> None:
    blend = ["--style-shares", "3,1", "--style-scales", "1,0.5"]
    blend += ["--style-crops", "whole/0,0,0.5,1"]
    assert render(net, "photo.png", "one.png", "two.png", "-o", "a.png", *blend) == 0
    made = recipe.read(folder / "a.png").settings
    assert (made.style_shares, made.style_scales) == ((3, 1), (1, 0.5))
    assert made.style_crops == (None, (0, 0, 0.5, 1))
    shutil.copy(net, folder)
    assert cli.run(["render", "--recipe", "a.png", "-o", "b.png"]) == 0
    assert saved(folder / "b.png") == saved(folder / "a.png")
    assert render(net, "photo.png", "one.png", "two.png", "-o", "c.png") == 0
    assert saved(folder / "c.png") != saved(folder / "a.png")


def test_shares_of_another_number_of_styles_end_with_cause_and_remedy(
    folder: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["photo.png", "one.png", "two.png", "-o", "a.png", "--style-shares", "1,2,3"]
    assert render(net, *asked) == 2
    assert "the number of style_shares is 3, that of the styles 2" in capsys.readouterr().err
    assert not (folder / "a.png").exists()
    assert render(net, *asked, "--style-shares", "auto") == 0


def test_twenty_styles_find_a_name_for_the_result(folder: Path, net: Path) -> None:
    long = folder / f"{'a painting with a long name ' * 2}.png"
    (folder / "two.png").rename(long)
    assert render(net, "photo.png", *[str(long)] * 20) == 0
    (made,) = folder.glob("photo-*.png")
    assert len(recipe.read(made).styles) == 20


def test_a_style_of_ten_pixels_is_refused_with_the_reason(
    folder: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(picture(10, 10).pixels).save("dot.png")
    assert render(net, "photo.png", "one.png", "dot.png", "-o", "a.png") == 2
    said = capsys.readouterr().err
    assert "dot.png" in said
    assert "at least 16 px" in said
