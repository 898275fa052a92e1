"""Checkpoints: a file is trusted with nothing, and another run's is refused in words."""

from __future__ import annotations

import json
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
from engine.job import Frame, Job
from engine.recipes import report
from engine.stylise import stylise
from tests.engine.resumed import job, resumed, saved_at, told
from tests.engine.support import frames, picture


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
