"""`impasto figure`: from names to a file, or to one line of cause and one of remedy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import cli, imageio
from engine.figures import record
from engine.figures.paper import FIGURES

ROOT = Path(__file__).parents[3]


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """A photograph and two paintings, as files."""
    y, x = np.mgrid[0:60, 0:80]
    paths = [tmp_path / name for name in ("photo.png", "painting.jpg", "other.jpg")]
    for index, path in enumerate(paths):
        waves = np.stack([np.sin(x / (4 + k + index)) + np.cos(y / 7) for k in range(3)], -1)
        Image.fromarray((waves * 60 + 128).astype(np.uint8)).save(path)
    return list(map(str, paths))


def arguments(number: int, net: Path, *more: str) -> list[str]:
    small = ["--size", "48", "--steps", "1", "--device", "cpu", "--threads", "1"]
    return ["figure", str(number), "--network", str(net), *small, *more]


def test_a_figure_of_the_users_pictures_is_saved(
    deep_net: Path, pictures: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "three.png"
    assert cli.run(arguments(3, deep_net, *pictures, "-o", str(path))) == 0
    how = json.loads(imageio.read_property(path, record.PROPERTY) or "")
    assert [style["name"] for style in how["styles"]] == ["painting.jpg", "other.jpg"]
    assert [render["panel"] for render in how["renders"]] == ["B", "C"]
    said = capsys.readouterr().err
    assert "Figure 3: One photograph, several styles, 2 renders of 48 px; needs ≈ " in said
    assert str(path) in said


def test_without_names_it_is_made_of_the_figures_own_pictures(
    deep_net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(arguments(7, deep_net)) == 0
    how = json.loads(imageio.read_property(tmp_path / "figure-7.png", record.PROPERTY) or "")
    figure = FIGURES[7]
    assert how["content"]["name"] == f"{figure.content}.jpg"
    assert [style["name"] for style in how["styles"]] == [f"{s}.jpg" for s in figure.styles]


def test_a_rehearsal_says_what_it_would_take_and_writes_nothing(
    deep_net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "four.png"
    assert cli.run(arguments(4, deep_net, "--dry-run", "-o", str(path))) == 0
    said = capsys.readouterr().out
    assert "4 renders of 48 px" in said
    assert "needs ≈ " in said
    assert not path.exists()


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        (["4", "--style-weight", "3"], "figure 4 is about --style-weight"),
        (["9"], "9 is not in the range"),
        (["4", "--example", "nowhere"], "there is no example"),
        (["4", "-o", "four.jpg"], "figures are saved as PNG"),
        (["4", "--size", "7"], "size"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_made(
    more: list[str], cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["figure", *more]) == 2
    said = capsys.readouterr().err
    assert cause in said
    assert "remedy: " in said


def test_help_tells_what_each_figure_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["figure", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    for figure in FIGURES.values():
        assert f"{figure.number} {figure.title}: {figure.help}" in text
    assert "--network " in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process")
def test_an_interrupted_figure_leaves_no_file(
    deep_net: Path, pictures: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    asked = arguments(4, deep_net, *pictures[:2], "-o", str(folder / "four.png"))
    asked += ["--steps", "100000"]
    code = (
        "import os, signal, engine.cli as cli\n"
        "from engine.commands.figure_run import FigureRun\n"
        "put = FigureRun._put\n"
        "def then(run, piece, bar):\n"
        "    put(run, piece, bar)\n"
        "    if piece.share: os.kill(os.getpid(), signal.SIGINT)\n"
        "FigureRun._put = then\n"
        f"raise SystemExit(cli.run({asked!r}))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,  # where Python looks first
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 130, ran.stderr
    assert "nothing was saved" in ran.stderr
    assert list(folder.iterdir()) == []
