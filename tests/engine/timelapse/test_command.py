"""`render --timelapse`: to the end, interrupted, resumed, refused."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from engine import cli
from engine.commands import terminal
from engine.job import Frame
from tests.engine.test_cli import arguments, folder, output

__all__ = ["folder"]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def shown(path: Path) -> tuple[list[int], Image.Image]:
    """The durations, and the last frame."""
    with Image.open(path) as image:
        frames = [
            (f.convert("RGB"), int(f.info["duration"])) for f in ImageSequence.Iterator(image)
        ]
    return [duration for _, duration in frames], frames[-1][0]


def interrupt_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Press Ctrl-C as a step is shown."""
    figures = terminal._figures

    def pressed(frame: Frame) -> str:
        if frame.step == step:
            raise KeyboardInterrupt
        return figures(frame)

    monkeypatch.setattr(terminal, "_figures", pressed)


def test_a_render_writes_how_it_came_about(
    folder: Path, net: Path, temporary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = folder / "out" / "film.webp"
    more = ("--timelapse", str(film), "--timelapse-seconds", "2.5", "--steps", "6")
    assert cli.run(arguments(folder, net, *more, *output(folder))) == 0
    durations, last = shown(film)
    assert sum(durations) == 2500
    result = np.asarray(Image.open(folder / "out" / "result.png").convert("RGB"), np.float64)
    assert np.abs(np.asarray(last, np.float64) - result).mean() < 8
    said = capsys.readouterr().err
    assert f"{len(durations)} frames of 48×36 px, 2.5 s" in said
    assert list(temporary.iterdir()) == []


def test_an_interrupted_render_gets_its_timelapse_and_a_resumed_one_says_what_is_in_it(
    folder: Path,
    net: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    film, state = folder / "out" / "film.gif", folder / "out" / "state.ckpt"
    with monkeypatch.context() as patched:
        interrupt_at(patched, 3)
        begun = ("--timelapse", str(film), "--checkpoint", str(state), "--steps", "6")
        assert cli.run(arguments(folder, net, *begun, *output(folder))) == cli.INTERRUPTED
    assert sum(shown(film)[0]) == 8000
    assert " from step " not in capsys.readouterr().err.partition("go on with")[2]
    more = ("--timelapse", str(film), "--resume", str(state), "--overwrite", "--steps", "6")
    assert cli.run(arguments(folder, net, *more, *output(folder))) == 0
    assert sum(shown(film)[0]) == 8000
    assert "8 s, from step " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "cause", "remedy"),
    [
        (["--timelapse", "film.avi"], "film.avi", ".webp, .gif, .mp4"),
        (["--timelapse-seconds", "3"], "no file for it", "--timelapse FILE"),
        (["--timelapse", "film.gif", "--timelapse-seconds", "900"], "cannot last 900 s", "120"),
        (["--timelapse", "nowhere/film.gif"], "cannot be written", "folder that exists"),
    ],
)
def test_what_cannot_be_is_refused_before_the_run(
    folder: Path,
    net: Path,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    cause: str,
    remedy: str,
) -> None:
    assert cli.run(arguments(folder, net, *more, *output(folder))) == 2
    said = capsys.readouterr().err
    assert cause in said
    assert remedy in said
    assert list((folder / "out").iterdir()) == []
