"""A timelapse lasts as long as asked, shows what was painted, and ends with the result."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from engine.choices import Spacing
from engine.errors import DiskFullError, OutputError
from engine.job import Picture
from engine.timelapse import Animation, Film, Options, check_target, export, write
from tests.engine.timelapse.films import blobs, filmed, plain


@pytest.fixture(scope="module")
def film() -> Film:
    return filmed([blobs(48, 64, 3 * 0.8**step) for step in range(30)])


PHOTOGRAPH = Picture(blobs(60, 80, 5.0), "photo.png")


def shown(path: Path) -> list[tuple[Image.Image, int]]:
    with Image.open(path) as image:
        return [
            (each.convert("RGB"), int(each.info["duration"]))
            for each in ImageSequence.Iterator(image)
        ]


def distance(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(np.asarray(one, np.float64) - np.asarray(other, np.float64)).mean())


@settings(deadline=None, max_examples=40)
@given(
    hundredths=st.integers(100, 6000),
    spacing=st.sampled_from(Spacing),
    photograph=st.booleans(),
    hold=st.floats(0.1, 5),
    fps=st.integers(5, 25),
)
def test_the_durations_are_the_length_asked(
    film: Film, hundredths: int, spacing: Spacing, photograph: bool, hold: float, fps: int
) -> None:
    options = Options(hundredths / 100, spacing, 64, photograph, hold, fps)
    animation = Animation(film, options, PHOTOGRAPH)
    assert animation.milliseconds == hundredths * 10
    assert all(still.milliseconds > 0 for still in animation.stills)
    assert all(still.milliseconds % 10 == 0 for still in animation.stills)
    assert animation.stills[-1].index == len(film.shots) - 1
    assert (animation.stills[0].index is None) == photograph


def test_by_change_each_frame_shows_about_as_much_of_it(film: Film) -> None:
    shares = {}
    for way in Spacing:
        animation = Animation(film, Options(1.5, way, hold=0.5, fps=10))
        changes = [film.shots[still.index or 0].change for still in animation.stills]
        shares[way] = max(np.diff(changes)) / changes[-1]
    assert shares[Spacing.CHANGE] < 0.6 * shares[Spacing.STEP]


def test_by_step_the_steps_are_even() -> None:
    film = filmed([plain(step) for step in range(31)])
    animation = Animation(film, Options(2.5, Spacing.STEP, hold=0.5, fps=5))
    assert [still.index for still in animation.stills] == list(range(0, 31, 3))
    assert [still.milliseconds for still in animation.stills] == [200] * 10 + [500]


@pytest.mark.parametrize(("suffix", "tolerance"), [(".webp", 3.0), (".gif", 6.0)])
def test_a_file_holds_the_frames_said_and_ends_with_the_result(
    film: Film, tmp_path: Path, suffix: str, tolerance: float
) -> None:
    animation = Animation(film, Options(2.0, photograph=True, side=64), PHOTOGRAPH)
    path = tmp_path / f"a{suffix}"
    write(path, animation)
    frames = shown(path)
    assert [milliseconds for _, milliseconds in frames] == [
        still.milliseconds for still in animation.stills
    ]
    assert sum(milliseconds for _, milliseconds in frames) == 2000
    result = Image.fromarray(blobs(48, 64, 3 * 0.8**29))
    assert distance(frames[-1][0], result) < tolerance
    photograph = Image.fromarray(PHOTOGRAPH.pixels).resize((64, 48))
    assert distance(frames[0][0], photograph) < tolerance
    with Image.open(path) as image:
        assert image.size == (64, 48)
        assert image.info["loop"] == 0


@pytest.mark.parametrize("suffix", [".webp", ".gif"])
def test_one_that_is_not_to_loop_does_not(film: Film, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write(path, Animation(film, Options(1.0, loop=False)))
    with Image.open(path) as image:
        assert image.info.get("loop", 1) == 1


def test_gif_stands_still_where_the_picture_does(tmp_path: Path) -> None:
    """A dither that moved would flicker over all of the picture."""
    still = blobs(48, 64)
    pictures = []
    for step in range(12):
        pixels = still.copy()
        pixels[:, :16] = 20 * step
        pictures.append(pixels)
    path = tmp_path / "a.gif"
    write(path, Animation(filmed(pictures), Options(2.0, Spacing.STEP)))
    frames = [np.asarray(image, np.int16)[:, 24:] for image, _ in shown(path)]
    assert len(frames) == 12
    for frame in frames[1:]:
        assert np.abs(frame - frames[0]).mean() < 1


def test_mp4_lasts_as_long_and_ends_with_the_result(film: Film, tmp_path: Path) -> None:
    av = pytest.importorskip("av", reason="the extra mp4 is not installed")
    path = tmp_path / "a.mp4"
    animation = Animation(film, Options(2.0, photograph=True, side=63), PHOTOGRAPH)
    assert animation.size == (63, 47)
    write(path, animation)
    with av.open(str(path)) as container:
        frames = [frame.to_image() for frame in container.decode(video=0)]
        assert container.duration == pytest.approx(2_000_000, abs=1)
    assert len(frames) == 48
    assert frames[0].size == (62, 46)
    result = animation.draw(animation.stills[-1]).crop((0, 0, 62, 46))
    assert distance(frames[-1], result) < 3
    opening = animation.draw(animation.stills[0]).crop((0, 0, 62, 46))
    assert distance(frames[0], opening) < 3


def test_a_picture_of_one_frame_is_shown_all_the_time(tmp_path: Path) -> None:
    animation = Animation(filmed([plain(50)]), Options(3.0))
    assert [(still.index, still.milliseconds) for still in animation.stills] == [(0, 3000)]
    for suffix in (".webp", ".gif"):
        write(tmp_path / f"a{suffix}", animation)
        with Image.open(tmp_path / f"a{suffix}") as image:
            assert image.size == (32, 24)


def test_it_is_never_larger_than_what_was_recorded(film: Film) -> None:
    assert Animation(film, Options(side=800)).size == (64, 48)
    assert Animation(film, Options(side=32)).size == (32, 24)


def test_frames_of_coarse_scales_are_as_large_as_the_last(tmp_path: Path) -> None:
    film = filmed([blobs(12, 16), blobs(24, 32, 0.1), blobs(48, 64, 0.2)])
    animation = Animation(film, Options(2.0))
    assert {image.size for image in animation.frames()} == {(64, 48)}


@pytest.mark.parametrize("name", ["a.png", "a", "a.avi", "a.webp.txt"])
def test_another_ending_is_refused_with_what_is_allowed(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as error:
        check_target(tmp_path / name, overwrite=True)
    assert ".webp, .gif, .mp4" in error.value.remedy


def test_a_missing_library_is_said_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(OutputError) as error:
        check_target(tmp_path / "a.mp4", overwrite=True)
    assert "pip install av" in error.value.remedy
    check_target(tmp_path / "a.webp", overwrite=True)


def test_a_file_that_is_there_is_replaced_only_if_allowed(film: Film, tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(b"mine")
    with pytest.raises(OutputError, match="exists"):
        write(path, Animation(film, Options(1.0)), overwrite=False)
    assert path.read_bytes() == b"mine"


class Stopped(Exception):  # noqa: N818
    """Someone's own."""


def test_stopped_in_the_middle_nothing_is_left_behind(film: Film, tmp_path: Path) -> None:
    animation = Animation(film, Options(2.0))

    def stopping() -> Iterator[Image.Image]:
        for index, image in enumerate(animation.frames()):
            if index == 3:
                raise Stopped
            yield image

    for suffix in export.SUFFIXES[:2]:
        with pytest.raises(Stopped):
            write(tmp_path / f"a{suffix}", animation, stopping())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_nothing_is_left_behind(
    film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFullError):
        write(tmp_path / "a.webp", Animation(film, Options(1.0)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options", [Options(0.5), Options(121), Options(side=8), Options(side=2000)]
)
def test_what_cannot_be_is_refused(options: Options) -> None:
    with pytest.raises(OutputError):
        options.check()
