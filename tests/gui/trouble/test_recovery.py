"""What a crash leaves behind, and who is offered it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gui.trouble.recovery
from engine import masks
from engine.errors import EngineError
from engine.job import Guidance, Job, Mask, Picture
from engine.settings import Settings
from gui.trouble.recovery import Recovery, read_job, write_job
from tests.gui.fake_engine import frame


@pytest.fixture
def job() -> Job:
    random = np.random.default_rng(0)
    content = Picture(
        random.integers(0, 255, (20, 30, 3), np.uint8),
        "caf\udce9.png",  # a name that is no text
        sha256="0" * 64,
        alpha=random.integers(0, 255, (20, 30), np.uint8),
        exif=b"Exif\0\0\xff",
    )
    style = Picture(random.integers(0, 65535, (20, 20, 3), np.uint16), "style.tif")
    return Job(content, (style,), Settings(seed=7, steps=12), start=style)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


def folders(base: Path) -> list[Path]:
    return [each for each in base.iterdir() if each.is_dir()]


def test_a_run_that_was_cut_off_is_offered_to_the_next_process_with_all_it_was_made_of(
    base: Path, job: Job
) -> None:
    killed = Recovery(base)
    record = killed.record(job)
    assert record.add(frame(1)) is None
    assert Recovery(base).leftovers() == ()  # its process lives: it holds the lock
    killed._locks[0].release()  # as the system does when a process is killed
    following = Recovery(base)
    (leftover,) = following.leftovers()
    found = leftover.job()
    assert found.resume is not None
    assert found.resume.is_file()
    assert found.settings == job.settings
    assert found.start is not None
    for was, now in ((job.content, found.content), (job.styles[0], found.styles[0])):
        assert np.array_equal(was.pixels, now.pixels)
        assert was.pixels.dtype == now.pixels.dtype
        assert (was.sha256, was.exif) == (now.sha256, now.exif)
    assert found.content.alpha is not None
    assert job.content.alpha is not None
    assert np.array_equal(found.content.alpha, job.content.alpha)
    assert Recovery(base).leftovers() == ()  # nobody else is offered the same
    leftover.discard()
    following.close()
    assert Recovery(base).leftovers() == ()


def test_a_run_whose_picture_is_safe_leaves_nothing(base: Path, job: Job) -> None:
    recovery = Recovery(base)
    record = recovery.record(job)
    record.add(frame(1))
    record.settle(frame(2), whole=True)
    record.forget()
    recovery.close()
    assert folders(base) == []


def test_forgetting_one_run_keeps_the_next_one(base: Path, job: Job) -> None:
    recovery = Recovery(base)
    first, second = recovery.record(job), recovery.record(replace(job, start=None))
    first.add(frame(1))
    second.add(frame(1))
    first.forget()
    recovery.close()
    (leftover,) = Recovery(base).leftovers()
    assert leftover.job().start is None


def test_where_nothing_can_be_kept_it_is_said_once_and_the_run_goes_on(
    tmp_path: Path, job: Job
) -> None:
    (tmp_path / "recovery").write_text("a file where the folder should be")
    record = Recovery(tmp_path / "recovery").record(job)
    note = record.add(frame(0))
    assert note is not None
    assert "crash would lose" in note.text
    assert record.add(frame(1)) is None
    assert record.settle(frame(1), whole=True) is None


@given(
    damage=st.binary(max_size=40), name=st.sampled_from(["job.json", "content.npz", "start.npz"])
)
def test_a_damaged_leftover_is_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, name: str
) -> None:
    base = tmp_path_factory.mktemp("recovery")
    small = Picture(np.zeros((16, 16, 3), np.uint8), "black.png")
    recovery = Recovery(base)
    recovery.record(Job(small, (small,), Settings(), small)).add(frame(0))
    recovery._locks[0].release()
    following = Recovery(base)
    (leftover,) = following.leftovers()
    (leftover.folder / name).write_bytes(damage)
    with pytest.raises(EngineError) as refused:
        leftover.job()
    assert "interrupted" in refused.value.cause
    following.close()


def test_folders_in_which_no_run_lies_are_cleared(base: Path) -> None:
    (base / "1f-99").mkdir(parents=True)
    assert Recovery(base).leftovers() == ()
    assert folders(base) == []


def test_a_folder_that_was_just_made_is_not_cleared_before_its_process_holds_it(
    base: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery, seen = Recovery(base), []
    make = Path.mkdir

    def make_and_be_seen(path: Path, *args: Any, **options: Any) -> None:
        make(path, *args, **options)
        if path == recovery._own:
            seen.append(Recovery(base).leftovers())

    monkeypatch.setattr(Path, "mkdir", make_and_be_seen)
    monkeypatch.setattr(gui.trouble.recovery, "_PATIENCE", 0.05)
    record = recovery.record(job)
    assert record.add(frame(1)) is None
    assert seen
    assert not any(seen)
    assert recovery._own.is_dir()
    assert Recovery(base).leftovers() == ()
    recovery._locks[0].release()
    (leftover,) = Recovery(base).leftovers()
    assert leftover.job().settings == job.settings


def test_a_job_that_waits_keeps_its_masks_and_one_that_was_begun_leaves_them_to_its_checkpoint(
    tmp_path: Path, job: Job
) -> None:
    mask = Mask(np.tile(np.arange(0, 240, 8, dtype=np.uint8), (20, 1)), "ramp.png")
    guidance = Guidance((mask,), mask)
    path = tmp_path / "job.json"
    write_job(replace(job, guidance=guidance), path, lambda _, role: f"{role}.npz")
    assert masks.are_same(read_job(path).guidance, guidance)
    assert read_job(path, tmp_path / "checkpoint").guidance.is_everywhere
