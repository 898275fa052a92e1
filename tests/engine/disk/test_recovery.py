"""Whatever fails, a render ends in one way, and its last picture is saved."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from engine import checkpoint, cli, imageio, pyramid, tiling
from engine import stylise as module
from engine.commands import terminal
from engine.disk import rescue
from engine.disk.autosave import Autosave
from engine.job import Frame, Job, Message
from engine.live import Wish
from tests.engine.support import picture

ROOT = Path(__file__).parents[3]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as POSIX does")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pictures, a folder `out` for results, and a current folder and a home elsewhere."""
    Image.fromarray(picture(48, 64).pixels).save(tmp_path / "photo.png")
    Image.fromarray(picture(40, 40, 1).pixels).save(tmp_path / "painting.png")
    for name in ("out", "here", "home"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    # Every frame is written, so that no test waits for the next checkpoint.
    monkeypatch.setattr(terminal, "Autosave", partial(Autosave, every=0.0))
    return tmp_path


def arguments(folder: Path, net: Path, *more: str) -> list[str]:
    return [
        "render", str(folder / "photo.png"), str(folder / "painting.png"),
        "--network", str(net), "--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1",
        "--scales", "32,48", "--steps", "8", "--device", "cpu", "--threads", "1", "--seed", "1",
        "-o", str(folder / "out" / "result.png"),
        "--report", str(folder / "here" / "report.json"), *more,
    ]  # fmt: skip


def keeping(folder: Path) -> list[str]:
    return ["--checkpoint", str(folder / "here" / "c")]


def resuming(folder: Path) -> list[str]:
    return [*keeping(folder), "--resume", str(folder / "here" / "c"), "--overwrite"]


def pixels(path: Path) -> bytes:
    with Image.open(path) as image:
        return image.tobytes()


def outcome(folder: Path) -> str:
    return str(json.loads((folder / "here" / "report.json").read_text())["outcome"])


def failing_from(monkeypatch: pytest.MonkeyPatch, number: int, error: Exception) -> None:
    """Let the evaluations of the loss fail from one on, as a device does."""
    real, count = tiling.evaluate, [0]

    def evaluate(*of: object) -> tiling.Work[tiling.Evaluation]:
        count[0] += 1
        if count[0] >= number:
            raise error
        return (yield from real(*of))  # type: ignore[arg-type]

    monkeypatch.setattr(tiling, "evaluate", evaluate)


def at_each_frame(monkeypatch: pytest.MonkeyPatch, act: Callable[[Frame], Frame]) -> None:
    """Let something happen whenever there is a frame."""
    real = module.stylise

    def stylise(job: Job) -> Generator[Message, Wish | None, None]:
        for message in real(job):
            yield act(message) if isinstance(message, Frame) else message

    monkeypatch.setattr(module, "stylise", stylise)


OUT_OF_MEMORY = [torch.OutOfMemoryError("CUDA out of memory"), MemoryError()]
FAULTS = [
    torch.AcceleratorError("CUDA error: an illegal memory access was encountered"),
    RuntimeError("CUDA error: unspecified launch failure"),
]


@pytest.mark.parametrize("error", [*OUT_OF_MEMORY, *FAULTS], ids=repr)
def test_a_device_that_fails_leaves_the_picture_a_typed_error_and_a_checkpoint(
    folder: Path,
    net: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    error: Exception,
) -> None:
    assert cli.run(arguments(folder, net, *keeping(folder))) == 0
    uninterrupted = pixels(folder / "out" / "result.png")
    with monkeypatch.context() as failing:
        failing_from(failing, 5, error)
        again = arguments(folder, net, *keeping(folder), "--overwrite")
        assert cli.run(again) == 1
    shown = capfd.readouterr().err
    assert ("not enough memory" if error in OUT_OF_MEMORY else "failed: CUDA error") in shown
    assert "remedy: " in shown
    assert "result.png (failed: the picture so far)" in shown
    assert "Traceback" not in shown
    assert outcome(folder) == "failed"
    assert pixels(folder / "out" / "result.png") != uninterrupted
    assert cli.run(arguments(folder, net, *resuming(folder))) == 0
    assert outcome(folder) == "finished"
    assert pixels(folder / "out" / "result.png") == uninterrupted


def test_a_device_that_no_longer_gives_its_memory_leaves_the_picture_as_it_was_shown(
    folder: Path, net: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shown: list[NDArray[np.uint8]] = []

    def lost() -> NDArray[np.float32]:
        raise FAULTS[0]

    def without_device(frame: Frame) -> Frame:
        shown.append(frame.pixels)
        return replace(frame, snapshot=lost)

    at_each_frame(monkeypatch, without_device)
    failing_from(monkeypatch, 6, FAULTS[0])
    assert cli.run(arguments(folder, net)) == 1
    said = capfd.readouterr().err
    assert "saved as it was shown, 48×36 px in 8 bits" in said.replace("\n", " ")
    with Image.open(folder / "out" / "result.png") as image:
        assert np.array_equal(np.asarray(image), shown[-1])


def test_a_drive_that_vanishes_leaves_the_picture_in_the_current_folder(
    folder: Path, net: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def vanish(frame: Frame) -> Frame:
        if frame.step == 3:
            shutil.rmtree(folder / "out", ignore_errors=True)
        return frame

    at_each_frame(monkeypatch, vanish)
    on_the_drive = ["--checkpoint", str(folder / "out" / "c")]
    assert cli.run(arguments(folder, net, *on_the_drive)) == 2
    said = capfd.readouterr().err
    assert "there is no new checkpoint: " in said
    assert said.count("there is no new checkpoint") == 1
    assert "result.png instead" in said
    assert "the folder" in said
    with Image.open(folder / "here" / "result.png") as image:
        assert image.size == (48, 36)
    report = json.loads((folder / "here" / "report.json").read_text())
    assert report["outcome"] == "finished"
    assert report["output"] == str(folder / "here" / "result.png")
    assert report["losses"][-1]["step"] == 8


def test_an_alternative_never_replaces_a_file_and_the_next_folder_is_tried(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.zeros((20, 20, 3), np.float32)
    gone = folder / "gone" / "result.png"
    assert rescue.save_elsewhere(gone, pixels) == folder / "here" / "result.png"
    assert rescue.save_elsewhere(gone, pixels) == folder / "here" / "result-2.png"
    shutil.rmtree(folder / "here")  # where the program is: not even its name can be asked for
    assert rescue.save_elsewhere(gone, pixels) == folder / "home" / "result.png"
    shutil.rmtree(folder / "home")
    (folder / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "temporary"))
    assert rescue.save_elsewhere(gone, pixels) == folder / "temporary" / "result.png"
    shutil.rmtree(folder / "temporary")
    assert rescue.save_elsewhere(gone, pixels) is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_disk_costs_checkpoints_not_the_render(
    folder: Path, net: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    real = Path.open
    steps: list[int] = []

    def on_the_full_device(self: Path, mode: str = "r", **options: object) -> object:
        # The device that is always full stands in for the checkpoint's disk; the rest is real.
        is_part = self.name.startswith(".c.") and self.name.endswith(".part")
        return real(Path("/dev/full") if is_part and steps[-1] >= 3 else self, mode, **options)  # type: ignore[call-overload]

    def count(frame: Frame) -> Frame:
        steps.append(frame.step)
        return frame

    at_each_frame(monkeypatch, count)
    monkeypatch.setattr(Path, "open", on_the_full_device)
    assert cli.run(arguments(folder, net, *keeping(folder))) == 0
    said = capfd.readouterr().err
    assert said.count("there is no new checkpoint: no space is left in") == 1
    assert (folder / "out" / "result.png").exists()
    assert checkpoint.read_header(folder / "here" / "c").step == 2
    assert [p.name for p in (folder / "here").iterdir() if p.name.startswith(".")] == []
    notes = json.loads((folder / "here" / "report.json").read_text())["notes"]
    assert any("no space is left" in note for note in notes)


def test_a_clock_that_jumps_changes_nothing(
    folder: Path, net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.run(arguments(folder, net, *keeping(folder))) == 0
    straight = pixels(folder / "out" / "result.png")
    jumps = iter([1e9, -1e9, 0.0, 4e9] * 10_000)
    monkeypatch.setattr(time, "time", lambda: 1.7e9 + next(jumps))
    monkeypatch.setattr(time, "time_ns", lambda: int(1.7e18 + 1e9 * next(jumps)))
    assert cli.run(arguments(folder, net, *keeping(folder), "--overwrite")) == 0
    assert outcome(folder) == "finished"
    assert pixels(folder / "out" / "result.png") == straight
    assert checkpoint.read_header(folder / "here" / "c").step == 8
    assert 0 < json.loads((folder / "here" / "report.json").read_text())["seconds"] < 1000


def test_a_checkpoint_that_is_there_is_not_replaced_unless_gone_on_from_or_told_to(
    folder: Path, net: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "here" / "c").write_text("the work of a night")
    assert cli.run(arguments(folder, net, *keeping(folder))) == 2
    assert "go on from it with --resume" in capfd.readouterr().err
    assert (folder / "here" / "c").read_text() == "the work of a night"
    assert cli.run(arguments(folder, net, *resuming(folder))) == 2
    assert "is damaged" in capfd.readouterr().err
    relative = ["--checkpoint", "c", "--resume", str(folder / "here" / "c")]  # the same file
    assert cli.run(arguments(folder, net, *relative)) == 2
    assert "is damaged" in capfd.readouterr().err
    assert (folder / "here" / "c").read_text() == "the work of a night"
    assert cli.run(arguments(folder, net, *keeping(folder), "--overwrite")) == 0


def test_flags_that_contradict_the_checkpoint_are_refused_and_live_ones_taken_up(
    folder: Path, net: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as failing:
        failing_from(failing, 5, MemoryError())
        assert cli.run(arguments(folder, net, *keeping(folder), "--style-weight", "20")) == 1
    assert cli.run(arguments(folder, net, *resuming(folder), "--pooling", "max")) == 2
    assert "pooling was average, not max" in capfd.readouterr().err
    file = folder / "s.json"
    file.write_text('{"steps": 12, "seed": null}')
    resumed = [a for a in arguments(folder, net, *resuming(folder)) if a not in ("--steps", "8")]
    assert cli.run([*resumed, "--settings", str(file)]) == 2
    assert "steps was 8, not 12" in capfd.readouterr().err
    assert cli.run([*resumed, "--style-weight", "90", "--size", "auto"]) == 0
    assert "style weight 20 → 90" in capfd.readouterr().err
    settings = checkpoint.read_header(folder / "here" / "c").settings
    assert (settings.style_weight, settings.size) == (90, 48)
    assert cli.run([*resumed, "--style-weight", "auto"]) == 0
    assert "→" not in capfd.readouterr().err.replace("32×24 → 48×36", "")


def test_only_the_pictures_need_to_be_named_again(folder: Path, net: Path) -> None:
    assert cli.run(arguments(folder, net, *keeping(folder))) == 0
    pictures = [str(folder / "photo.png"), str(folder / "painting.png")]
    place = ["-o", str(folder / "out" / "again.png"), "--resume", str(folder / "here" / "c")]
    assert cli.run(["render", *pictures, *place]) == 0
    a, b = (pixels(folder / "out" / f"{name}.png") for name in ("result", "again"))
    assert a == b
    assert cli.run(["render", *reversed(pictures), *place, "--overwrite"]) == 2


@POSIX
@pytest.mark.parametrize(
    "name", ["SIGTERM", *(pytest.param(n, marks=pytest.mark.slow) for n in ("SIGINT", "SIGHUP"))]
)
def test_a_render_that_is_told_to_stop_saves_its_picture_and_its_whole_state(
    folder: Path, net: Path, name: str
) -> None:
    asked = arguments(folder, net, "--checkpoint", str(folder / "out" / "c"))
    asked[asked.index("--steps") + 1] = "100000"
    with subprocess.Popen(
        [sys.executable, "main.py", *asked],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        env={**os.environ, "FORCE_COLOR": "1"},
    ) as process:
        assert process.stderr is not None
        shown = b""
        while b"scale 1/2" not in shown:
            shown += process.stderr.read(1)
        process.send_signal(getattr(signal, name))
        rest = process.stderr.read().decode()
        assert process.wait(60) == 130
    assert "result.png (interrupted: the picture so far)" in rest
    assert f"go on with --resume {folder / 'out' / 'c'}" in rest
    assert "Traceback" not in rest
    assert outcome(folder) == "interrupted"
    header = checkpoint.read_header(folder / "out" / "c")
    there, memory, _ = checkpoint.load(folder / "out" / "c", header, (32, 24), (32, 24))
    assert memory is not None
    assert (
        header.step
        == json.loads((folder / "here" / "report.json").read_text())["losses"][-1]["step"]
    )
    content = pyramid.resized(pyramid.tensor_of(imageio.read(folder / "photo.png")), 48, 36)
    whole = pyramid.with_change(content, pyramid.resized(content, 32, 24), there)
    with Image.open(folder / "out" / "result.png") as image:
        assert np.array_equal(np.asarray(image), (whole * 255 + 0.5).to(torch.uint8).numpy())


@POSIX
def test_signals_that_are_ignored_stay_so_and_the_others_are_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    hangup = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        with terminal.stopping_when_told_to():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is before
    finally:
        signal.signal(signal.SIGHUP, hangup)
