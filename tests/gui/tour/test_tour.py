"""The tour, as the command that it is; only its sizes are small."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gui.tour.camera import LARGEST_FILM

ROOT = Path(__file__).parents[3]
TAKEN = """
import sys
from pathlib import Path
from gui.tour import Plan, run
plan = Plan(size=64, steps=8, more_steps=6, quick_size=64, quick_steps=2, quick=("street+mosaic",))
sys.exit(run(Path(sys.argv[1]), plan))
"""


def python(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """A process whose user's folders are all below `home`, and that has no display."""
    folders = dict.fromkeys(("HOME", "IMPASTO_HOME", "TORCH_HOME", "XDG_CONFIG_HOME"), str(home))
    hidden = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | folders,
        capture_output=True,
        text=True,
        check=False,
    )


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), dtype=np.int16)


@pytest.mark.slow
def test_the_tour_writes_every_scene_and_a_film_and_leaves_the_user_alone(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "pictures" / "tour"
    home.mkdir()
    ran = python("-c", TAKEN, str(folder), home=home)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert {Path(line) for line in ran.stdout.splitlines()} == set(folder.iterdir())
    stills = sorted(folder.glob("[0-9]*.png"))
    assert {still.name[:2] for still in stills} == {f"{number:02}" for number in range(1, 16)}
    for still in stills:
        with Image.open(still) as image:
            assert image.size == (1280, 800), still.name
    start = {look: pixels(folder / f"01-start-{look}.png") for look in ("dark-en", "light-en")}
    assert start["dark-en"].mean() < 80 < 160 < start["light-en"].mean()
    english, chinese = (pixels(folder / f"08-filmstrip-light-{each}.png") for each in ("en", "zh"))
    assert (english != chinese).any()
    assert (folder / "result.png").stat().st_size > 0
    film = folder / "tour.webp"
    assert film.stat().st_size <= LARGEST_FILM
    with Image.open(film) as image:
        assert getattr(image, "n_frames", 1) > 10
        assert image.size == (960, 600)
    assert list(home.iterdir()) == []


def test_the_tour_needs_a_folder(tmp_path: Path) -> None:
    ran = python("main.py", "tour", home=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr == (
        "impasto: the tour needs a folder for its pictures: impasto tour FOLDER\n"
    )


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.touch()
    ran = python("main.py", "tour", str(occupied / "tour"), home=tmp_path)
    assert ran.returncode == 2
    (line,) = ran.stderr.splitlines()
    assert f"“{occupied / 'tour'}” cannot be written" in line
