"""Checkpoints: a resumed run ends in the same bytes, and a file is trusted with nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from torch import Tensor

from engine import checkpoint, weights
from engine.choices import Optimizer
from engine.errors import CheckpointError, EngineError, OutputError, SettingsError
from engine.job import Frame, Job, Note, Started
from engine.recipes import report
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import frames, picture


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": (32, 48),
        "steps": 9,
        "threads": 1,
        "device": "cpu",
        "seed": 3,
        **values,
    }
    return Job(picture(36, 48), (picture(40, 40, 1),), Settings.of(small))


def saved_at(job: Job, step: int, path: Path, *, scale: int | None = None) -> list[Frame]:
    """Run a job to its end, with a whole checkpoint at one of its frames."""
    seen = []
    for message in stylise(job):
        if isinstance(message, Frame):
            seen.append(message)
            if message.step == step and scale in (None, message.scale):
                message.state.write(path, whole=True)
    return seen


def resumed(job: Job, path: Path, **changes: object) -> Job:
    """The same pictures, with the settings of the checkpoint."""
    saved = checkpoint.read_header(path).settings
    return replace(job, settings=saved.replace(**changes), resume=path)


def told(messages: Iterator[object]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Note)]


def assert_same_end(path: Path, whole: list[Frame], rest: list[Frame]) -> None:
    last, again = whole[-1], rest[-1]
    assert [(f.step, f.scale) for f in rest] == [
        (f.step, f.scale) for f in whole[len(whole) - len(rest) :]
    ]
    assert [f.losses for f in rest] == [f.losses for f in whole[len(whole) - len(rest) :]]
    assert again.evaluations == last.evaluations
    assert again.snapshot().tobytes() == last.snapshot().tobytes()


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


def test_another_thread_count_or_version_is_said(
    whole: tuple[Path, Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, asked = whole
    saved = json.loads(checkpoint.read_header(path).settings.to_json())
    other = rewritten(path, tmp_path / "c", settings={**saved, "threads": 2})
    real = report.versions()
    monkeypatch.setattr(report, "versions", lambda: real | {"torch": "9.9"})
    notes = told(stylise(replace(resumed(asked, path), resume=other)))
    assert f"torch {real['torch']} → 9.9, threads 2 → 1" in notes[-1]


# Refusals


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Job]:
    """A checkpoint of L-BFGS with two pairs, and its job."""
    folder = tmp_path_factory.mktemp("whole")
    torch.save(weights.seeded(0, "conv2_1", width=16), folder / "net.pth")
    asked = job(folder / "net.pth", scales=(48,), steps=12, precision="float32")
    saved_at(asked, 2, folder / "c")
    return folder / "c", asked


def refusal(again: Job) -> CheckpointError:
    with pytest.raises(CheckpointError) as refused:
        list(stylise(again))
    assert refused.value.cause
    assert refused.value.remedy
    return refused.value


def test_other_pictures_are_refused_by_name(whole: tuple[Path, Job]) -> None:
    path, asked = whole
    again = resumed(asked, path)
    other = picture(36, 48, 9)
    assert (
        "content was “picture-0”, not “picture-9”" in refusal(replace(again, content=other)).cause
    )
    assert "styles was “picture-1”, not" in refusal(replace(again, styles=(other,))).cause
    assert refusal(replace(again, styles=()))
    assert "start was none" in refusal(replace(again, start=other)).cause


def test_another_network_is_refused(whole: tuple[Path, Job], tmp_path: Path) -> None:
    path, asked = whole
    torch.save(weights.seeded(1, "conv2_1", width=16), tmp_path / "other.pth")
    refused = refusal(resumed(asked, path, network=str(tmp_path / "other.pth")))
    assert "another network: “net.pth”" in refused.cause


def test_the_same_network_at_another_place_is_taken(
    whole: tuple[Path, Job], tmp_path: Path
) -> None:
    path, asked = whole
    place = tmp_path / "moved.pth"
    place.write_bytes(Path(asked.settings.network).read_bytes())
    assert frames(stylise(resumed(asked, path, network=str(place))))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pooling": "max"}, "pooling was average, not max"),
        ({"seed": 4}, "seed was 3, not 4"),
        ({"steps": 10}, "steps was 12, not 10"),
        ({"optimizer": "adam"}, "optimizer was lbfgs, not adam"),
        ({"scales": (32, 48)}, "scales was 48, not 32,48"),
    ],
)
def test_a_setting_that_is_not_live_must_not_differ(
    whole: tuple[Path, Job], change: dict[str, object], words: str
) -> None:
    path, asked = whole
    with pytest.raises(SettingsError, match="of another render") as refused:
        list(stylise(resumed(asked, path, **change)))
    assert words in refused.value.cause


def test_live_settings_may_differ_and_are_taken_up_as_a_live_change(
    whole: tuple[Path, Job],
) -> None:
    path, asked = whole
    messages = list(stylise(resumed(asked, path, style_weight=300.0)))
    assert "style weight 30 → 300; L-BFGS's memory is cleared" in told(iter(messages))
    first, second, *_ = [m for m in messages if isinstance(m, Frame)]
    assert second.losses.total > 2 * first.losses.total


def rewritten(path: Path, place: Path, **changes: object) -> Path:
    """The same checkpoint with other metadata."""
    with safe_open(path, framework="pt") as file:
        header = json.loads(file.metadata()["impasto"])
    header |= changes
    tensors = safetensors.torch.load_file(path)
    safetensors.torch.save_file(tensors, place, {"impasto": json.dumps(header)})
    return place


def with_tensors(path: Path, place: Path, **tensors: Tensor | None) -> Path:
    """The same checkpoint with other tensors."""
    with safe_open(path, framework="pt") as file:
        metadata = file.metadata()
    kept = {name.replace("_", "."): value for name, value in tensors.items()}
    merged = {**safetensors.torch.load_file(path), **kept}
    there = {name: value for name, value in merged.items() if value is not None}
    safetensors.torch.save_file(there, place, metadata)
    return place


def test_what_is_written_is_what_safetensors_reads(whole: tuple[Path, Job]) -> None:
    path, _ = whole
    tensors = safetensors.torch.load_file(path)
    assert set(tensors) == {"picture"} | {f"{n}.{i}" for n in ("change", "slope") for i in (0, 1)}
    assert {tuple(t.shape) for t in tensors.values()} == {(36, 48, 3)}
    header = checkpoint.read_header(path)
    assert (header.scale, header.step, header.layout) == (0, 2, "HWC")


def test_another_version_is_refused_by_its_number(whole: tuple[Path, Job], tmp_path: Path) -> None:
    path, asked = whole
    other = rewritten(path, tmp_path / "c", format=2, news="of the future")
    assert "another version of Impasto (format 2" in refusal(replace(asked, resume=other)).cause


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"step": 13}, "its step is not of its scale"),
        ({"scale": 1}, "its step is not of its scale"),
        ({"step": -1}, "step: "),
        ({"evaluations": 1.5}, "evaluations: "),
        ({"layout": "CHW"}, "layout: "),
        ({"stalled": "perhaps"}, "stalled: "),
        ({"memory": {"product.0": float("nan"), "product.1": 1.0}}, "memory.product.0: "),
        ({"memory": {"product.0": -1.0, "product.1": 1.0}}, "without curvature"),
        ({"memory": {"product.0": 1.0}}, "not this optimiser's"),
        ({"memory": {}}, "not this optimiser's"),
        ({"memory": {f"product.{i}": 1.0 for i in range(300)}}, "more pairs"),
        ({"memory": None}, "more than it says"),
        ({"extra": 1}, "extra: "),
        ({"content": {"name": "x", "sha256": "short"}}, "content.sha256: "),
        ({"settings": {"size": 7}}, "settings.size: "),
    ],
    ids=str,
)
def test_tampered_metadata_is_found(
    whole: tuple[Path, Job], tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    path, asked = whole
    other = rewritten(path, tmp_path / "c", **changes)
    refused = refusal(replace(resumed(asked, path), resume=other))
    assert "is damaged" in refused.cause
    assert words in refused.cause


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        ({"picture": torch.zeros(36, 48, 4)}, "picture is not of the picture's 48×36 px"),
        ({"picture": torch.zeros(36, 48, 3).double()}, "picture is not of"),
        ({"picture": torch.full((36, 48, 3), 1.5)}, "no picture"),
        ({"picture": torch.full((36, 48, 3), float("nan"))}, "no numbers"),
        ({"picture": None}, "no picture"),
        ({"slope_1": torch.full((36, 48, 3), float("inf"))}, "no numbers"),
        ({"slope_1": torch.zeros(36, 48, 3)}, "without curvature"),
        ({"slope_1": torch.zeros(1)}, "slope.1 is not of"),
        ({"slope_1": None}, "not this optimiser's"),
        ({"slope_2": torch.zeros(36, 48, 3)}, "not this optimiser's"),
    ],
)
def test_tampered_tensors_are_found(
    whole: tuple[Path, Job], tmp_path: Path, tensors: dict[str, Tensor | None], words: str
) -> None:
    path, asked = whole
    other = with_tensors(path, tmp_path / "c", **tensors)
    assert words in refusal(replace(resumed(asked, path), resume=other)).cause


def test_what_is_no_checkpoint_is_refused(whole: tuple[Path, Job], tmp_path: Path) -> None:
    path, asked = whole
    weights_file, text = tmp_path / "weights.safetensors", tmp_path / "text"
    safetensors.torch.save_file({"a": torch.zeros(3)}, weights_file)
    text.write_text("no checkpoint at all")
    again = resumed(asked, path)
    assert "there is no checkpoint" in refusal(replace(again, resume=tmp_path / "none")).cause
    assert "no checkpoint of Impasto" in refusal(replace(again, resume=weights_file)).cause
    assert "is damaged" in refusal(replace(again, resume=text)).cause
    assert refusal(replace(again, resume=tmp_path))


def test_a_pickle_in_its_place_runs_nothing(whole: tuple[Path, Job], tmp_path: Path) -> None:
    path, asked = whole
    place = tmp_path / "evil"
    torch.save({"picture": torch.zeros(36, 48, 3)}, place)
    assert "is damaged" in refusal(replace(resumed(asked, path), resume=place)).cause


def test_one_that_was_replaced_after_its_header_was_read_is_refused(
    whole: tuple[Path, Job], tmp_path: Path
) -> None:
    path, _ = whole
    header = checkpoint.read_header(path)
    other = rewritten(path, tmp_path / "c", evaluations=1)
    with pytest.raises(CheckpointError, match="replaced meanwhile"):
        checkpoint.load(other, header, (48, 36), (48, 36))


MUTATED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from([*checkpoint.Header.model_fields, "unheard_of"])


def _reads_or_refuses(place: Path, size: tuple[int, int]) -> None:
    try:
        header = checkpoint.read_header(place)
        checkpoint.load(place, header, size, size)
    except EngineError as refused:
        assert refused.cause
        assert "\n" not in refused.remedy


@settings(MUTATED, max_examples=40)
@given(changes=st.dictionaries(NAMES, JSON, min_size=1, max_size=3))
def test_whatever_the_metadata_say_they_are_read_or_refused(
    whole: tuple[Path, Job], tmp_path: Path, changes: dict[str, Any]
) -> None:
    _reads_or_refuses(rewritten(whole[0], tmp_path / "c", **changes), (48, 36))


def _mutated(data: bytes, cuts: list[tuple[int, int]], length: int) -> bytes:
    changed = bytearray(data)
    for place, value in cuts:
        changed[place % len(changed)] = value
    return bytes(changed[: max(1, len(changed) - length)])


BYTES = st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=4)


@settings(MUTATED, max_examples=100)
@given(cuts=BYTES, length=st.sampled_from([0, 0, 1, 100, 50_000, 10**9]))
def test_whatever_bytes_are_changed_it_is_read_or_refused(
    whole: tuple[Path, Job], tmp_path: Path, cuts: list[tuple[int, int]], length: int
) -> None:
    place = tmp_path / "c"
    place.write_bytes(_mutated(whole[0].read_bytes(), cuts, length))
    _reads_or_refuses(place, (48, 36))


@pytest.mark.slow
@settings(MUTATED, max_examples=3000)
@given(cuts=BYTES, length=st.sampled_from([0, 0, 1, 100, 50_000, 10**9]))
def test_thousands_of_mutated_files_are_read_or_refused(
    whole: tuple[Path, Job], tmp_path: Path, cuts: list[tuple[int, int]], length: int
) -> None:
    place = tmp_path / "c"
    place.write_bytes(_mutated(whole[0].read_bytes(), cuts, length))
    _reads_or_refuses(place, (48, 36))


@settings(MUTATED, max_examples=200)
@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive_to_the_last_bit(whole: tuple[Path, Job], number: float) -> None:
    header = checkpoint.read_header(whole[0]).at(memory={"rate": number})
    again = checkpoint.Header.model_validate_json(header.model_dump_json())
    assert again.memory is not None
    assert again.memory["rate"].hex() == number.hex()


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_tampered_numbers_of_every_optimiser_are_found(
    net: Path, tmp_path: Path, optimizer: Optimizer
) -> None:
    asked = job(net, optimizer=optimizer)
    saved_at(asked, 4, tmp_path / "c")
    memory = checkpoint.read_header(tmp_path / "c").memory
    assert memory
    again = resumed(asked, tmp_path / "c")
    for name in memory:
        for value in (0.0, -1.0):
            wrong = rewritten(tmp_path / "c", tmp_path / "w", memory={**memory, name: value})
            assert "is damaged" in refusal(replace(again, resume=wrong)).cause
    without = rewritten(tmp_path / "c", tmp_path / "w", memory={**memory, "other": 1.0})
    assert "is damaged" in refusal(replace(again, resume=without)).cause


def test_a_checkpoint_that_cannot_be_written_leaves_the_old_one(net: Path, tmp_path: Path) -> None:
    path = tmp_path / "c"
    (frame, *_) = frames(stylise(job(net, steps=0)))
    frame.state.write(path, whole=True)
    before = path.read_bytes()
    with pytest.raises(OutputError):
        frame.state.write(tmp_path / "no folder" / "c", whole=True)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["c"]
