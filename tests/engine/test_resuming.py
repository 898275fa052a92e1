"""A resumed run ends in the same bytes as one that was never interrupted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from torch import Tensor

from engine import checkpoint
from engine.errors import CheckpointError
from engine.job import Frame, Started
from engine.stylise import stylise
from tests.engine.resumed import assert_same_end, job, resumed, saved_at, told
from tests.engine.support import frames, picture


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam", "gradient"])
@pytest.mark.parametrize("step", [0, 1, 4, 6, 8, 9])
def test_a_resumed_run_ends_in_the_same_bytes(
    net: Path, tmp_path: Path, optimizer: str, step: int
) -> None:
    asked = job(net, optimizer=optimizer)
    whole = saved_at(asked, step, tmp_path / "c")
    rest = frames(stylise(resumed(asked, tmp_path / "c")))
    assert rest[0].step == step
    assert_same_end(tmp_path / "c", whole, rest)


@pytest.mark.parametrize(
    "values",
    [
        {"objective": "paper", "init": "noise", "scales": (32, 48)},
        {"objective": "paper", "optimizer": "adam"},
        {"statistic": "wasserstein"},
        {"precision": "bfloat16"},
        {"precision": "float32"},
        {"pooling": "max", "style_fit": "stretch", "style_scale": 0.7},
        {"size": 160, "scales": (160,), "tile": 128, "steps": 5},
        {"size": 160, "scales": (80, 160), "tile": 128, "steps": 7, "optimizer": "adam"},
        {"history": 2},
        {"content_weight": 0, "init": "style"},
        {"style_weight": 0, "tv_weight": 0},
        pytest.param({"threads": 2, "size": 96, "scales": (48, 96)}, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_so_does_one_under_other_settings(
    net: Path, tmp_path: Path, values: dict[str, object]
) -> None:
    asked = job(net, **values)
    for step in (4, 5):
        whole = saved_at(asked, step, tmp_path / "c")
        assert_same_end(tmp_path / "c", whole, frames(stylise(resumed(asked, tmp_path / "c"))))


def test_at_a_change_of_scale_both_frames_of_the_step_can_be_resumed(
    net: Path, tmp_path: Path
) -> None:
    asked = job(net)
    for scale in (0, 1):
        whole = saved_at(asked, 6, tmp_path / "c", scale=scale)
        rest = frames(stylise(resumed(asked, tmp_path / "c")))
        assert (rest[0].step, rest[0].scale) == (6, scale)
        assert_same_end(tmp_path / "c", whole, rest)


@pytest.mark.slow
@pytest.mark.parametrize("optimizer", ["lbfgs", "adam", "gradient"])
def test_a_run_that_is_resumed_at_every_step_ends_in_the_same_bytes(
    net: Path, tmp_path: Path, optimizer: str
) -> None:
    asked = job(net, optimizer=optimizer, steps=40, scales=(32, 40, 48))
    whole = frames(stylise(asked))
    path, seen, current = tmp_path / "c", 0, asked
    while seen < len(whole):
        messages = stylise(current)
        frame = next(m for m in messages if isinstance(m, Frame))
        frame = next((m for m in messages if isinstance(m, Frame)), frame)
        frame.state.write(path, whole=True)
        messages.close()
        current = resumed(asked, path)
        seen += 1
    assert frame.snapshot().tobytes() == whole[-1].snapshot().tobytes()
    assert frame.evaluations == whole[-1].evaluations


def test_with_a_start_picture_it_ends_in_the_same_bytes_and_needs_the_start_no_more(
    net: Path, tmp_path: Path
) -> None:
    asked = replace(job(net, scales=None, size=48), start=picture(36, 48, 5))
    whole = saved_at(asked, 4, tmp_path / "c")
    for start in (asked.start, None):
        again = replace(resumed(asked, tmp_path / "c"), start=start)
        seen = frames(stylise(again))
        assert_same_end(tmp_path / "c", whole, seen)
        seen[-1].state.write(tmp_path / "later", whole=True)
        source = checkpoint.read_header(tmp_path / "later").start
        assert source is not None
        assert source.name == "picture-5"


@pytest.mark.parametrize("step", [0, 2, 6, 7])
def test_a_run_that_goes_on_from_a_picture_is_resumed_without_it_at_any_scale(
    net: Path, tmp_path: Path, step: int
) -> None:
    asked = replace(job(net), start=picture(36, 48, 5))
    whole = saved_at(asked, step, tmp_path / "c")
    again = replace(resumed(asked, tmp_path / "c"), start=None)
    assert_same_end(tmp_path / "c", whole, frames(stylise(again)))


def test_a_checkpoint_without_the_picture_that_its_run_goes_on_from_is_refused(
    net: Path, tmp_path: Path
) -> None:
    asked = replace(job(net), start=picture(36, 48, 5))
    state = saved_at(asked, 2, tmp_path / "c")[2].state
    assert isinstance(state, checkpoint.Snapshot)
    replace(state, base=None).write(tmp_path / "c", whole=True)
    with pytest.raises(CheckpointError, match="what it goes on from is missing"):
        frames(stylise(resumed(job(net), tmp_path / "c")))


def test_a_picture_whose_name_is_no_text_can_be_kept(net: Path, tmp_path: Path) -> None:
    asked = job(net)
    asked = replace(asked, content=replace(asked.content, name="f\udcfcr.png"))
    assert_same_end(
        tmp_path,
        saved_at(asked, 4, tmp_path / "c"),
        frames(stylise(resumed(asked, tmp_path / "c"))),
    )


def test_after_a_live_change_it_ends_in_the_same_bytes(net: Path, tmp_path: Path) -> None:
    asked = job(net, steps=20)
    changed = asked.settings.replace(style_weight=500.0, style_layers="conv1_1")
    messages, seen = stylise(asked), []
    for message in messages:
        if isinstance(message, Frame):
            seen.append(message)
            if message.step == 9:
                message.state.write(tmp_path / "before", whole=True)
                messages.send(changed)
            if message.step == 10:
                message.state.write(tmp_path / "after", whole=True)
    before = resumed(asked, tmp_path / "before", style_weight=500.0, style_layers="conv1_1")
    for again in (before, resumed(asked, tmp_path / "after")):
        assert_same_end(tmp_path, seen, frames(stylise(again)))


def test_where_the_loss_fell_no_further_the_resumed_run_goes_to_the_next_scale(
    net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.optimise import LBFGS, Point

    def uphill(_: LBFGS, at: Point) -> Tensor:
        return at.evaluation.gradient * 1e6

    monkeypatch.setattr(LBFGS, "_direction", uphill)
    asked = job(net, precision="float32")
    whole = saved_at(asked, 1, tmp_path / "c")
    rest = frames(stylise(resumed(asked, tmp_path / "c")))
    assert [(f.step, f.scale) for f in rest] == [(1, 0), (6, 1), (7, 1)]
    assert_same_end(tmp_path / "c", whole, rest)


def test_from_the_picture_alone_it_goes_on_and_says_that_the_optimiser_starts_afresh(
    net: Path, tmp_path: Path
) -> None:
    asked, path = job(net, steps=30), tmp_path / "c"
    frame = next(m for m in stylise(asked) if isinstance(m, Frame) and m.step == 10)
    frame.state.write(path, whole=True)
    whole = path.stat().st_size
    frame.state.write(path, whole=False)
    assert path.stat().st_size < whole / 10
    messages = list(stylise(resumed(asked, path)))
    first, *_, last = [m for m in messages if isinstance(m, Frame)]
    assert first.snapshot().tobytes() == frame.snapshot().tobytes()
    assert first.step == 10
    assert last.losses.total < first.losses.total
    assert any("the optimiser starts afresh" in text for text in told(iter(messages)))


def test_the_frame_resumed_from_is_that_of_the_checkpoint(net: Path, tmp_path: Path) -> None:
    asked = job(net, precision="float32")
    whole = saved_at(asked, 4, tmp_path / "c")
    messages = list(stylise(resumed(asked, tmp_path / "c")))
    started = next(m for m in messages if isinstance(m, Started))
    assert started.settings == checkpoint.read_header(tmp_path / "c").settings
    assert told(iter(messages)) == ["goes on from step 4 of 9"]
    first = next(m for m in messages if isinstance(m, Frame))
    there = next(f for f in whole if f.step == 4)
    assert first.losses == there.losses
    assert first.evaluations == there.evaluations
