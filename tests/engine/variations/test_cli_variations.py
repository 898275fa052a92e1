"""`impasto variations`: a sheet, its cells, and one of them painted larger."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import cli, imageio
from engine.recipes import recipe
from engine.series import painting
from tests.engine.support import picture

SMALL = (
    "--network", "net.pth", "--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1",
    "--size", "96", "--steps", "2", "--device", "cpu", "--threads", "1", "--seed", "1",
    "--precision", "float32", "--cell-size", "48",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, net: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pictures and the network."""
    Image.fromarray(picture(60, 80).pixels).save(tmp_path / "photo.png")
    Image.fromarray(picture(80, 80, 1).pixels).save(tmp_path / "painting.png")
    shutil.copy(net, tmp_path / "net.pth")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def variations(*more: str) -> int:
    return cli.run(["variations", "photo.png", "painting.png", *SMALL, *more])


def test_the_sheet_shows_every_cell_and_each_can_be_painted_larger(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    over = ("--over", "strength=30,70", "--over", "init=content,noise")
    assert variations(*over, "-o", "sheet.png", "--cells", "cells") == 0
    assert "4 cells of 48 px, for renders of 96 px: strength 30, 70" in capsys.readouterr().err
    files = sorted(Path("cells").iterdir())
    assert [path.stem for path in files] == [
        "01_strength=30_init=content", "02_strength=70_init=content",
        "03_strength=30_init=noise", "04_strength=70_init=noise",
    ]  # fmt: skip
    sheet = np.asarray(Image.open("sheet.png")).astype(int)
    for path in files:
        cell = Image.open(path)
        assert cell.size == (48, 36)
        shown = np.asarray(cell.resize((48 * 7, 36 * 7), Image.Resampling.BICUBIC)).astype(int)
        spots = np.argwhere((np.abs(sheet - shown[50, 50]) <= 1).all(-1))
        assert any(
            np.abs(sheet[y - 50 : y + 202, x - 50 : x + 286] - shown).max() <= 1
            for y, x in spots
            if sheet[y - 50 : y + 202, x - 50 : x + 286].shape == shown.shape
        ), path
    made = recipe.read(files[3])
    assert made.settings.strength == pytest.approx(70)
    assert made.settings.init == "noise"
    larger = ["--enlarge-from", str(files[3]), "--size", "96", "--steps", "2", "-o", "big.png"]
    assert cli.run(["render", *larger]) == 0
    assert imageio.read(Path("big.png")).size == (96, 72)
    assert recipe.read(Path("big.png")).settings.strength == pytest.approx(70)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--over", "strength=30"], "compares at least two values"),
        (["--over", f"seed={','.join(map(str, range(20)))}"], "more than 8 side by side"),
        (["--over", "strength=30,300"], "'300' is not allowed"),
        (["--over", "strength", "--over", "strength"], "Strength is varied twice"),
        (["--over", "size=64,96"], "size is not varied"),
        (["--over", "init=content,gone.png"], "gone.png"),
        (["--over", "strength", "-o", "sheet.txt"], "is no format that Impasto writes"),
        (["--over", "strength", "--cells", "photo.png"], "photo.png"),
        (["--over", "strength", "--cell-size", "7"], "size: '7' is not allowed"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_painted(
    folder: Path, capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    before = sorted(folder.iterdir())
    assert variations(*more) == 2
    assert words in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before


def test_interrupted_the_sheet_so_far_is_saved(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = painting.painted

    def interrupted(jobs: list[object]) -> object:
        for message in whole(jobs):  # type: ignore[arg-type]
            if getattr(message, "index", 0) == 1:
                raise KeyboardInterrupt
            yield message

    monkeypatch.setattr(painting, "painted", interrupted)
    assert variations("--over", "strength=30,50,70", "-o", "sheet.png") == 130
    assert "sheet.png (interrupted: the cells so far)" in capsys.readouterr().err
    sheet = np.asarray(Image.open("sheet.png"))
    assert (sheet == (228, 229, 233)).all(-1).sum() == 2 * 48 * 36 * 7**2


def test_what_it_takes_is_said_without_painting(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert variations("--over", "strength", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "3 cells of 48 px" in said
    assert "sizes 48×36, 2 steps" in said
    assert "all cells: time ≈" in said
    assert not list(folder.glob("*variations*"))
