"""A recorder keeps few frames of many, evenly spread, and leaves nothing behind."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.timelapse import Recorder, scratch, spacing
from engine.timelapse import recorder as recording
from tests.engine.timelapse.films import blobs, frame, plain


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    made = Recorder()
    yield made
    made.close()


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    shades=st.lists(st.integers(0, 255), min_size=2, max_size=90),
    most=st.integers(4, 12),
    skips=st.lists(st.integers(1, 4), min_size=90, max_size=90),
)
def test_however_a_run_goes_the_frames_kept_are_bounded_and_evenly_spread(
    shades: list[int], most: int, skips: list[int]
) -> None:
    steps = np.cumsum(skips)[: len(shades)]
    recorder = Recorder(most=most, clock=lambda: 0.0)
    try:
        for step, shade in zip(steps, shades, strict=True):
            recorder.add(frame(int(step), plain(shade, 6, 8)))
            assert len(recorder.shots) <= most
        shots = recorder.film().shots
    finally:
        recorder.close()
    assert [shots[0].step, shots[-1].step] == [steps[0], steps[-1]]
    # By an independent sum over the stream: grey on grey, the change is the shades' difference.
    change = np.concatenate([[0], np.cumsum(np.abs(np.diff(shades)))]) / 255
    way = (steps - steps[0]) / (steps[-1] - steps[0]) + change / max(change[-1], 1e-12)
    at = {int(step): place for place, step in enumerate(steps)}
    for one, other in pairwise(shots):
        begin, end = at[one.step], at[other.step]
        assert one.change == pytest.approx(change[begin])
        if end - begin > 1:  # what lay between was left out
            assert way[end] - way[begin] <= 4 / (most - 1) + 1e-9


def test_frames_are_kept_where_the_picture_changes_and_where_it_rests(recorder: Recorder) -> None:
    recorder.most = 20
    for step in range(200):
        recorder.add(frame(step, plain(255 * (1 - 0.8**step))))
    steps = [shot.step for shot in recorder.film().shots]
    assert len([step for step in steps if step < 12]) >= 6, steps
    assert max(np.diff(steps)) <= 30, steps


def test_what_is_recorded_is_the_picture_at_its_step_reduced(recorder: Recorder) -> None:
    recorder.side = 80
    pictures = [blobs(96, 160, phase / 3) for phase in range(4)]
    for step, pixels in enumerate(pictures):
        recorder.add(frame(step, pixels, scale=step // 2))
    film = recorder.film()
    assert [(shot.step, shot.scale, shot.side) for shot in film.shots] == [
        (0, 0, 160), (1, 0, 160), (2, 1, 160), (3, 1, 160)
    ]  # fmt: skip
    for index, pixels in enumerate(pictures):
        mean = pixels.reshape(48, 2, 80, 2, 3).mean((1, 3))
        assert np.abs(np.asarray(film.picture(index), np.float64) - mean).mean() < 2


def test_a_step_back_forgets_what_it_overtakes(recorder: Recorder) -> None:
    for step in range(8):
        recorder.add(frame(step, plain(step * 20)))
    for step in range(3, 6):
        recorder.add(frame(step, plain(200 + step)))
    film = recorder.film()
    assert [shot.step for shot in film.shots] == [0, 1, 2, 3, 4, 5]
    assert film.picture(3).getpixel((0, 0)) == (203, 203, 203)
    assert list(np.diff([shot.change for shot in film.shots]) >= 0) == [True] * 5


def test_a_film_ends_with_the_newest_frame_and_goes_on_after_it_was_looked_at(
    recorder: Recorder,
) -> None:
    for step in range(5):
        recorder.add(frame(step, plain(step)))
        film = recorder.film()
        assert film.shots[-1].step == step
        assert film.picture(-1).getpixel((3, 3)) == (step, step, step)
    assert recorder.count == 5


def test_recording_takes_no_more_than_its_share_of_the_time() -> None:
    now = [0.0]
    written: list[int] = []

    def clock() -> float:
        return now[0]

    recorder = Recorder(clock=clock)
    try:
        for step in range(2000):
            before = len(recorder.shots)
            recorder.add(frame(step, plain(step % 256, 6, 8)))
            slow = 0.05 * (len(recorder.shots) - before)
            recorder._spent += slow  # as on a slow disk
            now[0] += 0.01 + slow
            written.append(len(recorder.shots))
    finally:
        recorder.close()
    assert recorder._spent < 1.1 + 0.03 * now[0]
    assert written[-1] > 10


def test_a_few_pictures_are_kept_at_full_size_and_16_bit(recorder: Recorder) -> None:
    recorder.side, recorder.wholes, recorder.most = 16, 4, 10
    pictures = [blobs(24, 32, 3 * 0.9**step) for step in range(60)]
    for step, pixels in enumerate(pictures):
        recorder.add(frame(step, pixels))
    assert len(recorder.shots) <= 10
    found = {shot.step: recorder.whole(shot) for shot in recorder.shots}
    wholes = {step: pixels for step, pixels in found.items() if pixels is not None}
    assert len(wholes) == 4
    for step, whole in wholes.items():
        assert np.array_equal(whole, pictures[step].astype(np.uint16) * 257)
    recorder.add(frame(3, pictures[3]))
    assert all(recorder.whole(shot) is None for shot in recorder.shots if shot.step > 3)
    assert recorder.shots[-1].step <= 3


def test_pictures_that_are_too_large_are_not_kept_at_full_size(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "WHOLE_BYTES", 1000)
    recorder.wholes = 4
    for step in range(6):
        recorder.add(frame(step, plain(step * 30)))
    assert [recorder.whole(shot) for shot in recorder.shots] == [None] * len(recorder.shots)
    assert len(recorder.film().shots) == 6


def test_nothing_is_left_on_disk(temporary: Path, recorder: Recorder) -> None:
    for step in range(5):
        recorder.add(frame(step, plain(step)))
    recorder.film()
    (folder,) = temporary.iterdir()
    assert len(list(folder.iterdir())) == 5
    shot = recorder.shots[2]
    recorder.close()
    assert list(temporary.iterdir()) == []
    assert recorder.picture(shot) is None
    recorder.add(frame(9, plain(9)))
    assert recorder.count == 0


def test_what_a_killed_process_left_is_swept_away(temporary: Path) -> None:
    forsaken, own = (
        temporary / "impasto-timelapse-999999999-abc",
        temporary / f"impasto-timelapse-{os.getpid()}-abc",
    )
    other = temporary / "impasto-timelapse-notes"
    for each in (forsaken, own, other):
        each.mkdir()
        (each / "000000001.jpg").touch()
    scratch.sweep()
    assert sorted(temporary.iterdir()) == sorted([own, other])


def test_a_full_disk_is_said_once_and_ends_the_recording_alone(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(3):
        recorder.add(frame(step, plain(step * 50)))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    notes = [recorder.add(frame(step, plain(step * 50))) for step in range(3, 6)]
    said = [note.text for note in notes if note is not None]
    assert len(said) == 1
    assert "no space is left" in said[0]
    assert "the render goes on" in said[0]
    assert len(recorder.shots) == 2


@given(
    values=st.lists(st.floats(0, 1), min_size=1, max_size=40).map(np.cumsum),
    number=st.integers(1, 60),
)
def test_the_frames_shown_are_the_nearest_to_even_values(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], number: int
) -> None:
    chosen = spacing.evenly(list(values), number)
    assert len(chosen) == number
    assert chosen[-1] == len(values) - 1
    assert list(chosen) == sorted(chosen)
    total = values[-1] - values[0]
    for place, index in enumerate(chosen[:-1]):
        wanted = values[0] + total * place / (number - 1)
        best = min(abs(value - wanted) for value in values)
        assert abs(values[index] - wanted) <= best + 1e-9 * max(1.0, total)
