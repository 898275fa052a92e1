"""Memory that runs out during a render costs time, not the picture: it goes on with less."""

from __future__ import annotations

import json
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from torch import Tensor

from engine import checkpoint, cli, tiling
from engine.costs import thrift
from engine.errors import OutOfMemoryError
from engine.job import Frame, Job, Message, Note
from engine.recipes import recipe
from engine.recipes.report import Report
from engine.settings import Settings
from engine.stylise import stylise
from engine.vgg import Network, Visit
from tests.engine.support import frames, picture, resolved

WIDTH, HEIGHT = 320, 240
MEASURING = 2
"""Walks over a content and a style before the start, without gradients and on the CPU."""
LOOKING = 2
"""Walks over the same before the first evaluation."""

ERRORS = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
    MemoryError(),
    RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to …"),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
]


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": (WIDTH,),
        "steps": 6,
        "threads": 1,
        "device": "cpu",
        "seed": 3,
        "precision": "float32",
        "tile": 1024,
        **values,
    }
    content, style = picture(HEIGHT, WIDTH), picture(120, 160, 1)
    return Job(content, (style,), Settings.of(small))


def holding(
    monkeypatch: pytest.MonkeyPatch, largest: int, error: Exception, *, after: int = MEASURING
) -> None:
    """Give the network a device that holds the features of tiles up to so many px, halo included.

    Args:
        monkeypatch: puts it back.
        largest: side of a square, px.
        error: raised by a larger tile, at its second layer.
        after: walks that still find room.
    """
    real, walks = Network.walk, [0]

    def walk(self: Network, tile: Tensor) -> Iterator[Visit]:
        walks[0] += 1
        is_too_much = tile.shape[0] * tile.shape[1] > largest**2 and walks[0] > after
        for index, visit in enumerate(real(self, tile)):
            if index and is_too_much:
                raise type(error)(*error.args)  # anew: a raised one holds on to its stack
            yield visit

    monkeypatch.setattr(Network, "walk", walk)


def notes(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Note)]


def only_frames(messages: list[Message]) -> list[Frame]:
    return [message for message in messages if isinstance(message, Frame)]


def assert_same_picture(a: Frame, b: Frame) -> None:
    assert np.abs(a.snapshot() - b.snapshot()).max() < 2e-3
    assert a.losses.total == pytest.approx(b.losses.total, rel=1e-4)


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_the_tile_halves_and_the_picture_is_that_of_a_whole_run(
    net: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    whole = frames(stylise(job(net)))
    holding(monkeypatch, 200, error)
    seen = list(stylise(job(net)))
    (note,) = notes(seen)
    assert "has not enough memory: tile 1024 → 160; the picture is kept" in note
    again = only_frames(seen)
    assert [f.step for f in again] == [f.step for f in whole]
    assert again[-1].evaluations == whole[-1].evaluations
    assert_same_picture(again[-1], whole[-1])


def test_it_halves_again_where_that_is_not_enough(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = job(net, scales=(512,), steps=2)
    whole = frames(stylise(asked))
    holding(monkeypatch, 170, ERRORS[0])
    seen = list(stylise(asked))
    assert [note.split("memory: ")[1].split(";")[0] for note in notes(seen)] == [
        "tile 1024 → 256",
        "tile 256 → 128",
    ]
    assert_same_picture(only_frames(seen)[-1], whole[-1])


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam", "gradient"])
def test_an_iteration_that_fails_half_way_is_repeated_with_all_that_was_learnt(
    net: Path, monkeypatch: pytest.MonkeyPatch, optimizer: str
) -> None:
    asked = job(net, optimizer=optimizer, steps=8)
    whole = frames(stylise(asked))
    holding(monkeypatch, 200, ERRORS[0], after=9)
    seen = list(stylise(asked))
    (note,) = notes(seen)
    again = only_frames(seen)
    assert [f.step for f in again] == list(range(9))
    place = next(index for index, message in enumerate(seen) if isinstance(message, Note))
    before = len(only_frames(seen[:place]))
    assert again[before - 1].losses == whole[before - 1].losses
    assert again[-1].evaluations == whole[-1].evaluations
    assert_same_picture(again[-1], whole[-1])
    assert "tile" in note


def test_where_the_smallest_tile_does_not_help_lbfgs_remembers_less(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tiling.evaluate
    held: list[int] = []

    def evaluate(*of: object) -> tiling.Work[tiling.Evaluation]:
        if held and held[-1] > 3:
            raise MemoryError
        return (yield from real(*of))  # type: ignore[arg-type]

    monkeypatch.setattr(tiling, "evaluate", evaluate)
    seen = []
    for message in stylise(job(net, scales=(96,), steps=12)):
        seen.append(message)
        if isinstance(message, Note) and message.settings:
            held.append(message.settings.history or 0)
        if isinstance(message, Frame):
            held.append(len(checkpoint_numbers(message)))
    assert [note.split("memory: ")[1].split(";")[0] for note in notes(seen)] == [
        "l-bfgs memory 20 → 2"
    ]
    last = only_frames(seen)[-1]
    assert last.step == 12
    assert last.losses.total < only_frames(seen)[4].losses.total


def checkpoint_numbers(frame: Frame) -> list[str]:
    """The names of what the optimiser remembers."""
    state = frame.state
    assert isinstance(state, checkpoint.Snapshot)
    return list(state.memory.numbers)


def test_where_nothing_is_left_to_save_on_the_error_says_what_to_do(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(monkeypatch, 100, ERRORS[0], after=10)
    seen: list[Message] = []
    with pytest.raises(OutOfMemoryError) as raised:
        for message in stylise(job(net, steps=20)):
            seen.append(message)
    assert "smaller size" in raised.value.remedy
    assert "tile 1024 → 160" in notes(seen)[0]
    assert "tile 160 → 128" in notes(seen)[1]
    assert np.isfinite(only_frames(seen)[-1].snapshot()).all()


def test_what_is_no_lack_of_memory_is_not_tried_again(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(monkeypatch, 200, RuntimeError("a fault of the program"))
    with pytest.raises(RuntimeError, match="a fault of the program"):
        list(stylise(job(net)))


def test_what_the_failed_try_had_made_is_free_before_the_next(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, walks, made = Network.walk, [0], list[weakref.ref[Tensor]]()

    def walk(self: Network, tile: Tensor) -> Iterator[Visit]:
        walks[0] += 1
        is_too_much = walks[0] > MEASURING + LOOKING and tile.shape[0] * tile.shape[1] > 200**2
        for index, visit in enumerate(real(self, tile)):
            if index and is_too_much:
                raise torch.OutOfMemoryError("CUDA out of memory")
            if is_too_much:
                made.append(weakref.ref(visit.output))
            yield visit

    monkeypatch.setattr(Network, "walk", walk)
    for message in stylise(job(net)):
        if isinstance(message, Note):
            break
    assert made
    assert [ref() for ref in made] == [None] * len(made)


def test_a_live_change_afterwards_does_not_bring_the_large_tile_back(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(monkeypatch, 200, ERRORS[0])
    asked = job(net, tile=None)
    messages = stylise(asked)
    seen: list[Message] = []
    reply = None
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            break
        seen.append(message)
        is_time = isinstance(message, Frame) and message.step == 3
        reply = asked.settings.replace(style_weight=90.0) if is_time else None
    assert len(notes(seen)) == 2
    assert notes(seen)[1].startswith("style weight 30 → 90; ")


def test_a_run_resumed_after_a_halving_ends_in_the_same_bytes(
    net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = job(net, scales=(160, WIDTH), steps=12)
    whole = []
    with monkeypatch.context() as small:
        holding(small, 200, ERRORS[0])
        for message in stylise(asked):
            if isinstance(message, Frame):
                whole.append(message)
                if message.step == 10:
                    message.state.write(tmp_path / "c", whole=True)
    saved = checkpoint.read_header(tmp_path / "c").settings
    assert saved.tile == 160
    rest = list(stylise(Job(asked.content, asked.styles, saved, resume=tmp_path / "c")))
    assert "memory" not in " ".join(notes(rest))
    assert only_frames(rest)[-1].snapshot().tobytes() == whole[-1].snapshot().tobytes()
    assert only_frames(rest)[-1].evaluations == whole[-1].evaluations


def test_report_and_recipe_tell_the_tile_that_the_picture_was_made_with(
    net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    holding(monkeypatch, 200, ERRORS[0], after=6)
    asked = job(net)
    for name, of in (("photo", asked.content), ("painting", asked.styles[0])):
        Image.fromarray(of.pixels).save(tmp_path / f"{name}.png")
    out, report = tmp_path / "out.png", tmp_path / "report.json"
    arguments = [
        "render", str(tmp_path / "photo.png"), str(tmp_path / "painting.png"), "-o", str(out),
        "--report", str(report), "--network", str(net), "--content-layer", "conv2_1",
        "--style-layers", "conv1_1,conv2_1", "--scales", str(WIDTH), "--steps", "6",
        "--device", "cpu", "--threads", "1", "--precision", "float32",
    ]  # fmt: skip
    assert cli.run(arguments) == 0
    assert "the render goes on" in capfd.readouterr().err
    assert json.loads(report.read_text())["settings"]["tile"] == 160
    assert recipe.read(out).settings.tile == 160


def test_a_report_follows_what_is_in_force(net: Path) -> None:
    asked = job(net, steps=1)
    report = Report(asked)
    report.add(Note("before the start", resolved(tile=256)))
    for message in stylise(asked):
        report.add(message)
    assert report.started is not None
    assert report.started.settings.tile == 1024
    report.add(Note("smaller", report.started.settings.replace(tile=512)))
    report.add(Note("something else"))
    assert report.started.settings.tile == 512


@given(
    tile=st.integers(8, 512).map(lambda n: 16 * n),
    history=st.integers(1, 200),
    width=st.integers(16, 9000),
    height=st.integers(16, 9000),
    held=st.integers(0, 200),
)
def test_saving_ends_and_each_time_takes_less_of_one_thing(
    tile: int, history: int, width: int, height: int, held: int
) -> None:
    settings, held = resolved(tile=tile, history=history), min(held, history)
    for _ in range(40):
        less = thrift.lessened(settings, (width, height), held)
        if less is None:
            break
        assert less.tile is not None
        assert settings.tile is not None
        if less.history == settings.history:
            assert 128 <= less.tile < min(settings.tile, max(width, height) + 16)
            assert less.tile % 16 == 0
        else:
            assert less.tile == settings.tile
            assert 1 <= (less.history or 0) <= held // 2
            held = less.history or 0
        settings = less
    else:
        pytest.fail("it never ends")
    assert held <= 1


def test_of_a_large_picture_the_long_memory_goes_first() -> None:
    large = thrift.lessened(resolved(tile=1536, history=20), (8192, 8192), 20)
    assert large is not None
    assert (large.history, large.tile) == (10, 1536)
    small = thrift.lessened(resolved(tile=1536, history=20), (2048, 2048), 20)
    assert small is not None
    assert (small.history, small.tile) == (20, 768)


def test_what_is_known_to_fit_is_a_limit_and_no_wish() -> None:
    settings = resolved(tile=1024, history=4)
    assert thrift.within(settings, {"tile": 256, "history": 10}).tile == 256
    assert thrift.within(settings, {"tile": 256, "history": 10}).history == 4
    assert thrift.within(settings, {}) is settings


STRICT = """
import resource, sys
import psutil, torch
from pathlib import Path
from engine.job import Frame, Note
from engine.stylise import stylise
from tests.engine.costs.test_out_of_memory import job

torch.set_num_threads(1)
asked = job(Path(sys.argv[1]), scales=(64, 1024), steps=3)
for message in stylise(asked):
    if isinstance(message, Frame):
        print("step", message.step, flush=True)
        if message.step == 1:
            taken = psutil.Process().memory_info().vms
            resource.setrlimit(resource.RLIMIT_AS, (taken + int(sys.argv[2]) * 2**20,) * 2)
    if isinstance(message, Note):
        print(message.text, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_process_that_may_take_no_more_goes_on_in_smaller_tiles(net: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STRICT, str(net), "280"],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert "has not enough memory: tile 1024 → 512" in done.stdout
    assert done.stdout.rstrip().endswith("step 3")
