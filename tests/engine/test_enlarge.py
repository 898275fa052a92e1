"""A finished picture painted larger: the same look, by its own recipe, in few steps."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from engine import cli, defaults, imageio, pyramid
from engine.recipes import recipe
from engine.settings import Settings
from tests.engine.support import picture


@pytest.fixture
def folder(tmp_path: Path, net: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pictures, the network, and `small.png` that was painted of them."""
    Image.fromarray(picture(120, 160).pixels).save(tmp_path / "photo.png")
    Image.fromarray(picture(160, 160, 1).pixels).save(tmp_path / "painting.png")
    shutil.copy(net, tmp_path / "net.pth")
    monkeypatch.chdir(tmp_path)
    asked = [
        "render", "photo.png", "painting.png", "-o", "small.png", "--network", "net.pth",
        "--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1", "--size", "64",
        "--steps", "40", "--style-weight", "300", "--device", "cpu", "--threads", "1",
        "--precision", "float32", "--seed", "1",
    ]  # fmt: skip
    assert cli.run(asked) == 0
    return tmp_path


def enlarge(*more: str) -> int:
    return cli.run(["render", "--enlarge-from", "small.png", "-o", "big.png", *more])


def floats(file: str, size: tuple[int, int] | None = None) -> NDArray[np.float32]:
    tensor = pyramid.tensor_of(imageio.read(Path(file)))
    return (tensor if size is None else pyramid.resized(tensor, *size)).numpy()


def test_it_is_the_same_picture_with_more_in_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enlarge("--size", "288", "--report", "report.json") == 0
    assert "enlarges “small.png” from 64 to 288 px in 60 steps" in capsys.readouterr().err
    record = json.loads(Path("report.json").read_text())
    assert [scale["width"] for scale in record["scales"]] == [144, 288]
    small, big, photo = (
        floats("small.png"),
        floats("big.png", (64, 48)),
        floats("photo.png", (64, 48)),
    )
    assert np.abs(big - small).mean() < 0.6 * np.abs(photo - small).mean()
    whole = floats("big.png")
    blown_up = pyramid.resized(torch.from_numpy(small), 288, 216).numpy()
    assert np.abs(np.diff(whole, axis=1)).mean() > 1.1 * np.abs(np.diff(blown_up, axis=1)).mean()
    assert record["losses"][-1]["total"] < record["losses"][0]["total"]


def test_in_tiles_it_comes_out_the_same(folder: Path) -> None:
    assert enlarge("--size", "160", "--steps", "6") == 0
    whole = floats("big.png")
    assert enlarge("--size", "160", "--steps", "6", "--tile", "128", "--overwrite") == 0
    assert recipe.read(Path("big.png")).settings.tile == 128
    assert np.abs(floats("big.png") - whole).max() < 0.02


def test_the_look_is_the_recipes_and_flags_go_before_it(folder: Path) -> None:
    assert enlarge("--size", "96", "--steps", "3", "--tv-weight", "0.5") == 0
    old, new = (recipe.read(Path(name)) for name in ("small.png", "big.png"))
    assert new.settings.style_weight == old.settings.style_weight == 300
    assert (new.settings.steps, new.settings.tv_weight, new.settings.scales) == (3, 0.5, (96,))
    assert new.start is not None
    assert new.start.name == "small.png"


def test_what_was_enlarged_can_be_painted_again_and_enlarged_again(folder: Path) -> None:
    assert enlarge("--size", "96", "--steps", "3") == 0
    assert cli.run(["render", "--recipe", "big.png", "-o", "again.png"]) == 0
    assert Path("again.png").read_bytes() == Path("big.png").read_bytes()
    larger = ["--size", "128", "--steps", "2", "-o", "larger.png"]
    assert cli.run(["render", "--enlarge-from", "big.png", *larger]) == 0
    assert imageio.read(Path("larger.png")).size == (128, 96)
    assert recipe.read(Path("larger.png")).settings.init == "big.png"


def test_a_size_on_paper_is_taken_and_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enlarge("--print-size", "2x1in", "--dpi", "60", "--steps", "2") == 0
    assert "sizes 120×90 (5.1×3.8 cm at 60 dpi)" in capsys.readouterr().err
    with Image.open("big.png") as image:
        assert image.size == (120, 90)
        assert image.info["dpi"] == pytest.approx((60, 60), abs=0.02)
    assert recipe.read(Path("big.png")).settings.dpi == 60


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([], "name a larger size: --size N"),
        (["--size", "64"], "is 64 px on its long side, not below 64"),
        (["--size", "48"], "not below 48"),
        (["--size", "96", "--recipe", "small.png"], "--recipe and --enlarge-from are named"),
        (["--size", "96", "--resume", "c"], "name --resume and the pictures"),
        (["--size", "96", "--print-size", "10cm"], "--size and --print-size are named"),
        (["--print-size", "10 miles"], "is no size on paper"),
        (["--print-size", "900cm"], "px; a result has from"),
        (["--print-size", "9cm", "--dpi", "many"], "dpi: 'many' is not allowed"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    capsys.readouterr()
    assert enlarge(*more) == 2
    assert words in capsys.readouterr().err
    assert not Path("big.png").exists()


def test_a_picture_without_a_recipe_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["render", "--enlarge-from", "photo.png", "--size", "300"]) == 2
    assert "holds no recipe" in capsys.readouterr().err


@given(st.integers(32, 8192), st.integers(33, 32768))
def test_scales_are_doublings_that_end_at_the_size_and_begin_above_the_picture(
    start: int, size: int
) -> None:
    size = max(size, start + 1)
    settings = defaults.for_enlarging(Settings(), start, size)
    scales = settings.scales
    assert scales
    assert scales[-1] == settings.size == size
    assert all(a == b // 2 for a, b in pairwise(scales))
    assert scales[0] > start
    assert scales[0] // 2 <= start or scales[0] // 2 < defaults.SMALLEST_SCALE
    assert settings.steps == 30 * len(scales)
