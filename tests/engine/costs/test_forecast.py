"""The forecast: memory and time before the start, and the dry run that shows them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from engine import cli, devices, geometry, tiling, weights
from engine.costs import forecast, memory, probe, rates
from engine.costs.rates import Rate
from engine.costs.workload import FULL_WIDTH, Patch, Workload, width_of
from engine.job import DeviceInfo, Forecast, Scale
from engine.layers import LAYERS
from engine.networks import NetworkEntry
from engine.settings import Settings
from tests.engine.support import PLAIN_CPU, finish

ROOT = Path(__file__).parents[3]
CONTENT, STYLES = (1280, 960), ((1024, 1024),)
WHOLE = 32768
CARD = DeviceInfo("cuda:0", "a card", 2**34, bfloat16=True)
SIZES = st.integers(64, 4096)
EXAMPLE = ["render", "--example", "harbour+mosaic", "--network", "sketch", "--device", "cpu"]


def work(**values: object) -> Workload:
    """A render of a photograph in the manner of a painting, with the network that is built in."""
    asked = Settings.of({"network": "sketch", "precision": "float32", **values})
    return Workload.of(asked, CONTENT, STYLES, PLAIN_CPU)


def needed(**values: object) -> int:
    return sum(memory.peak(work(**values)).values())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what Impasto keeps."""
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@given(SIZES, SIZES)
def test_a_larger_picture_needs_no_less_memory(one: int, other: int) -> None:
    small, large = sorted((one, other))
    # Of one scale each: with more of them the last one has fewer steps to remember.
    assert needed(scales=(small,), tile=WHOLE) <= needed(scales=(large,), tile=WHOLE)


@given(st.integers(1024, 8192), st.sampled_from([128, 256, 512]))
def test_tiles_need_less_than_the_whole_picture(size: int, tile: int) -> None:
    assert needed(size=size, tile=tile) < needed(size=size, tile=WHOLE)


@given(SIZES, st.sampled_from(["lbfgs", "adam", "gradient"]), st.sampled_from(["average", "max"]))
def test_the_parts_add_up_to_the_whole(size: int, rule: str, pooling: str) -> None:
    asked = Settings(network="sketch", size=size).replace(optimizer=rule, pooling=pooling)
    expected = forecast.forecast(asked, CONTENT, STYLES, PLAIN_CPU)
    assert sum(expected.parts.values()) == expected.bytes
    assert tuple(expected.parts) == memory.PARTS
    assert min(expected.parts.values()) >= 0


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"history": 20}, {"history": 5}),
        ({"optimizer": "lbfgs"}, {"optimizer": "adam"}),
        ({"optimizer": "adam"}, {"optimizer": "gradient"}),
        ({"precision": "float32"}, {"precision": "bfloat16"}),
        ({"padding": "replicate"}, {"padding": "zeros"}),
        ({"pooling": "max"}, {"pooling": "average"}),
    ],
)
def test_what_takes_more_memory(more: dict[str, object], less: dict[str, object]) -> None:
    common = {"size": 1024, "scales": (1024,), "steps": 100, "tile": WHOLE}
    assert needed(**common | more) > needed(**common | less)


def test_a_graphics_card_holds_neither_python_nor_what_was_given_back() -> None:
    here = work(size=1024)
    on_card, on_cpu = memory.peak(replace(here, device=CARD)), memory.peak(here)
    assert on_card["runtime"] != on_cpu["runtime"]
    assert on_card["activations"] < on_cpu["activations"]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"precision": "bfloat16"},
        {"pooling": "max"},
        {"padding": "zeros"},
        {"tile": 128},
        {"tile": 128, "content_weight": 0, "precision": "bfloat16"},
        {"tile": 128, "content_layer": "conv1_1", "style_layers": "conv3_1"},
    ],
)
def test_the_account_of_an_evaluation_is_that_of_torch(values: dict[str, object]) -> None:
    planned = work(scales=(384,), steps=1, optimizer="gradient", **values)
    scale = planned.scales[0]
    network, picture = probe.network(planned), torch.rand(scale.height, scale.width, 3)
    goal = finish(tiling.targets(network, picture, [picture], planned.settings))
    with torch.autograd.profiler.profile(profile_memory=True) as profiler:
        finish(tiling.evaluate(network, picture, goal, planned.settings))
    assert profiler.kineto_results is not None
    events = [e for e in profiler.kineto_results.events() if e.name() == "[memory]"]
    events.sort(key=lambda event: event.start_ns())
    peak = max(accumulate(event.nbytes() for event in events))
    parts = memory.peak(replace(planned, device=CARD))
    kept = sum(target.second.nbytes for (target,) in goal.style.values())
    kept += 0 if goal.content is None else goal.content.nbytes
    expected = parts["activations"] + parts["targets"] - kept + picture.nbytes
    assert expected <= 1.1 * peak
    if "precision" not in values or devices.choose("cpu").bfloat16:  # emulated, it takes more
        assert peak <= 1.15 * expected  # some processors' convolutions want more room than others'


@given(st.integers(16, 5000), st.integers(16, 5000), st.integers(8, 100), st.sampled_from(LAYERS))
def test_the_tiles_are_those_that_the_engine_computes(
    width: int, height: int, tile: int, deepest: str
) -> None:
    tile *= 16
    planned = replace(
        work(content_layer=deepest, style_weight=0, tile=max(128, tile)),
        scales=(Scale(width, height, 1),),
    )
    stages = planned.stages(planned.scales[0])
    parts = geometry.parts(max(width, height), max(128, tile), deepest)
    for stage, part in zip(stages, parts, strict=True):
        assert stage.layers[-1].name in (deepest, geometry.CUT_AT)
        assert stage.tiles == Counter(
            Patch(
                (t.outer.right - t.outer.left, t.outer.bottom - t.outer.top),
                (t.inner.right - t.inner.left, t.inner.bottom - t.inner.top),
            )
            for t in tiling.plan(height, width, part)
        )


def test_a_forecast_is_there_at_once(home: Path) -> None:
    asked = Settings(network="sketch", size=32768, tile=128, steps=100_000)
    begun = time.process_time()
    forecast.forecast(asked, CONTENT, STYLES, PLAIN_CPU)
    assert time.process_time() - begun < 0.5


def test_the_arithmetic_is_vgg_19s() -> None:
    full = replace(work(content_weight=0, scales=(384,)), width=FULL_WIDTH)
    square = Scale(384, 384, 1)
    convolutions = full.flops(square) - 4 * sum(
        layer.channels**2 * layer.positions(384, 384)
        for layer in full.layers
        if layer.name in full.style_layers
    )
    assert convolutions == pytest.approx(213e9, rel=0.01)


def test_the_width_is_read_from_the_file(tmp_path: Path, net: Path) -> None:
    path = tmp_path / "narrow.safetensors"
    safetensors.torch.save_file(weights.seeded(0, "conv2_1", width=16), path)
    assert width_of(NetworkEntry("narrow", "", path)) == 16
    assert width_of(NetworkEntry("a pickle, which says nothing", "", net)) == FULL_WIDTH
    assert width_of(NetworkEntry("not here", "", None)) == FULL_WIDTH


headers = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.sampled_from(["shape", "x"]), deeper),
)


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | headers.map(lambda h: json.dumps({"conv1_1.bias": h}).encode()))
def test_a_file_that_says_nonsense_counts_as_full_width(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "odd.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header)
    assert 0 < width_of(NetworkEntry("odd", "", path)) <= FULL_WIDTH


def test_the_time_goes_with_the_speed_and_the_steps() -> None:
    fast, slow = Rate(2e11, 2e10), Rate(1e11, 1e10)
    usual, longer = work(size=512, steps=40), work(size=512, steps=80)
    assert forecast.seconds(usual, fast) < forecast.seconds(usual, slow)
    ratio = forecast.seconds(longer, slow) / forecast.seconds(usual, slow)
    assert 1.6 < ratio < 2.1


def test_a_resumed_render_is_only_what_is_left() -> None:
    planned = work(scales=(128, 256, 512), steps=70)
    assert [scale.steps for scale in planned.scales] == [33, 22, 15]
    assert [scale.steps for scale in planned.after(1, 45).scales] == [10, 15]
    assert [scale.steps for scale in planned.after(2, 70).scales] == [0]


def test_the_time_is_unknown_until_the_speed_was_measured(home: Path) -> None:
    asked = Settings(network="sketch", size=512)
    before = forecast.forecast(asked, CONTENT, STYLES, PLAIN_CPU)
    assert before.seconds is None
    assert forecast.describe(before) == f"needs ≈ {forecast.gigabytes(before.bytes)}"
    rates.keep(Workload.of(asked, CONTENT, STYLES, PLAIN_CPU), Rate(1e11, 1e10))
    after = forecast.forecast(asked, CONTENT, STYLES, PLAIN_CPU)
    assert after.seconds is not None
    assert "and ≈" in forecast.describe(after)


def test_a_speed_is_of_one_device_and_precision(home: Path) -> None:
    rates.keep(work(), Rate(3.0, 4.0))
    assert rates.known(work()) == Rate(3.0, 4.0)
    assert rates.known(work(size=96)) == Rate(3.0, 4.0)
    assert rates.known(work(precision="bfloat16")) is None
    assert rates.known(work(threads=3)) is None
    assert rates.known(replace(work(), width=64)) is None
    assert rates.known(replace(work(), device=replace(PLAIN_CPU, label="another"))) is None


@pytest.mark.parametrize(
    "numbers", ["[]", "[1]", "[1, 0]", "[1, -2]", "[1, NaN]", "[Infinity, 1]", '["1", 2]',
                "[true, 1]", "null", "{}", "[[1], [2]]"],
)  # fmt: skip
def test_a_speed_that_is_none_is_ignored(home: Path, numbers: str) -> None:
    rates.keep(work(), Rate(1.5, 2.5))
    text = rates.file().read_text()
    start, end = text.index("["), text.index("]") + 1
    rates.file().write_text(text[:start] + numbers + text[end:])
    assert rates.known(work()) is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"7", b"[" * 100_000])
def test_a_damaged_cache_is_ignored_and_replaced(home: Path, data: bytes) -> None:
    home.mkdir()
    rates.file().write_bytes(data)
    assert rates.known(work()) is None
    rates.keep(work(), Rate(1.0, 2.0))
    assert rates.known(work()) == Rate(1.0, 2.0)


def test_a_cache_that_cannot_be_written_harms_nobody(home: Path) -> None:
    home.write_text("a file where the folder should be")
    rates.keep(work(), Rate(1.0, 2.0))
    assert rates.known(work()) is None


def test_the_speed_is_measured_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "SECONDS", 0)
    threads = torch.get_num_threads()
    small = work(content_layer="conv1_2", style_layers="conv1_1", threads=threads)
    measured = finish(probe.rate(small))
    assert 1e8 < measured.flops < 1e15
    assert 1e7 < measured.traffic < 1e13
    with pytest.raises(StopIteration) as known:
        next(probe.rate(small))  # without any work
    assert known.value.value == measured


@pytest.mark.parametrize(
    ("size", "text"), [(999_400_000, "999 MB"), (1_449_000_000, "1.4 GB"), (4 << 30, "4.3 GB")]
)
def test_sizes_are_no_more_exact_than_they_are_known(size: int, text: str) -> None:
    assert forecast.gigabytes(size) == text
    assert forecast.describe(Forecast(size, {}, None)) == f"needs ≈ {text}"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (89, "89 s"), (100, "2 min"), (5300, "88 min"),
                          (5500, "1.5 h"), (86400, "24.0 h")],
)  # fmt: skip
def test_times_are_no_more_exact_than_they_are_known(seconds: float, text: str) -> None:
    assert forecast.duration(seconds) == text


def test_what_fits_is_what_is_free_or_what_a_card_has() -> None:
    assert forecast.fits(CARD.memory, CARD)
    assert not forecast.fits(CARD.memory + 1, CARD)
    assert forecast.fits(2**20, PLAIN_CPU)
    assert not forecast.fits(2**60, PLAIN_CPU)


def dry_run(tmp_path: Path, *more: str) -> dict[str, Any]:
    report = tmp_path / "plan.json"
    assert cli.run([*EXAMPLE, *more, "--dry-run", "--report", str(report)]) == 0
    return json.loads(report.read_text())


@pytest.fixture
def measured(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A probe that takes no two seconds."""
    monkeypatch.setattr(probe, "SECONDS", 0)


@pytest.mark.usefixtures("measured")
def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    asked = ["--size", "256", "--steps", "30", "--tile", "128", "--optimizer", "adam"]
    kept = ["--checkpoint", "c.ckpt", "-o", "result.png", "--threads", "1"]
    assert cli.run([*EXAMPLE, *asked, *kept, "--dry-run", "--precision", "float32"]) == 0
    assert list(folder.iterdir()) == []
    text = capsys.readouterr().out
    assert "network sketch: Impasto's own small network" in text
    assert "float32, 1 threads" in text
    assert "sizes 128×96 → 256×192, 18 + 12 steps, 4 tiles of at most 128 px" in text
    assert "optimiser adam, objective balanced" in text
    assert "memory ≈ " in text
    assert "runtime" in text
    assert "time ≈ " in text


@pytest.mark.usefixtures("measured")
def test_a_dry_run_needs_no_cache(home: Path, tmp_path: Path) -> None:
    home.write_text("a file where the folder should be")
    planned = dry_run(tmp_path, "--size", "64", "--threads", "1")
    assert planned["forecast"]["seconds"] > 0


@pytest.mark.usefixtures("measured")
def test_a_dry_run_that_does_not_fit_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--size", "32768", "--optimizer", "lbfgs", "--history", "200"]
    assert cli.run([*EXAMPLE, *asked, "--dry-run"]) == 0
    text = capsys.readouterr().out
    assert "are there: choose a smaller tile, the optimiser adam or a smaller size" in text


@pytest.mark.usefixtures("measured")
def test_the_render_does_what_the_dry_run_said(tmp_path: Path) -> None:
    asked = ["--size", "160", "--scales", "64,160", "--steps", "3", "--precision", "float32"]
    asked += ["--threads", "1"]
    planned = dry_run(tmp_path, *asked)
    report, result = tmp_path / "report.json", tmp_path / "result.png"
    assert cli.run([*EXAMPLE, *asked, "-o", str(result), "--report", str(report)]) == 0
    done = json.loads(report.read_text())
    same = {"device", "inputs", "versions"}
    assert {name: planned[name] for name in same} == {name: done[name] for name in same}
    drawn = {"seed"}  # at the start
    assert {k: v for k, v in planned["settings"].items() if k not in drawn} == {
        k: v for k, v in done["settings"].items() if k not in drawn
    }
    sizes = [(scale["width"], scale["height"], scale["steps"]) for scale in planned["scales"]]
    assert sizes == [(scale["width"], scale["height"], scale["steps"]) for scale in done["scales"]]
    assert planned["outcome"] == "planned"
    assert planned["output"] is None
    expected = planned["forecast"]
    assert expected["bytes"] == sum(expected["parts"].values())
    assert expected["fits"] is (expected["bytes"] <= expected["available_bytes"])
    assert expected["seconds"] > 0


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--init", "nowhere.png"], "nowhere.png"),
        (["--objective", "paper", "--statistic", "wasserstein"], "Gram matrices alone"),
        (["--device", "xpu:7"], "no device"),
        (["-o", "no/such/folder/result.png"], "folder"),
    ],
)
def test_a_dry_run_refuses_what_the_render_would(
    flags: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*EXAMPLE, "--dry-run", *flags]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("measured")
def test_a_dry_run_of_a_resumed_render_counts_what_is_left(tmp_path: Path) -> None:
    asked = ["--scales", "48,64", "--steps", "3", "--precision", "float32", "--threads", "1"]
    state, result = str(tmp_path / "state.ckpt"), str(tmp_path / "result.png")
    assert cli.run([*EXAMPLE, *asked, "-o", result, "--checkpoint", state]) == 0
    planned = dry_run(tmp_path, "--resume", state, "--threads", "1")
    assert [(scale["width"], scale["steps"]) for scale in planned["scales"]] == [(64, 0)]


LAUNCHER = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process in between: a large one's own memory would count for its child's."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak is asked of POSIX")
def test_the_memory_forecast_is_near_what_the_system_counts(home: Path, tmp_path: Path) -> None:
    flags = ["--scales", "512", "--steps", "2", "--precision", "float32", "--threads", "1"]
    command = [sys.executable, "main.py", *EXAMPLE, *flags, "-o", str(tmp_path / "result.png")]
    done = subprocess.run(
        [sys.executable, "-c", LAUNCHER, *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    peak = int(done.stdout.split()[-1]) * (1 if sys.platform == "darwin" else 1024)
    expected = needed(scales=(512,), steps=2, threads=1)
    assert expected == pytest.approx(peak, rel=0.25)
