"""The command line: flags from the declaration, reports, exit codes, words for failures."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine import cli, weights
from engine.settings import KNOBS, Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a photograph and a painting; what a test writes goes to `out` in it."""
    y, x = np.mgrid[0:60, 0:80]
    for index, name in enumerate(("photo.png", "painting.jpg")):
        waves = np.stack([np.sin(x / (4 + k + index)) + np.cos(y / 7) for k in range(3)], -1)
        Image.fromarray((waves * 60 + 128).astype(np.uint8)).save(tmp_path / name)
    (tmp_path / "out").mkdir()
    return tmp_path


def arguments(folder: Path, net: Path, *more: str) -> list[str]:
    return [
        "render", str(folder / "photo.png"), str(folder / "painting.jpg"),
        "--network", str(net), "--content-layer", "conv2_1",
        "--style-layers", "conv1_1,conv2_1=0.5", "--size", "48", "--steps", "3",
        "--device", "cpu", *more,
    ]  # fmt: skip


def output(folder: Path, name: str = "result.png") -> list[str]:
    return ["-o", str(folder / "out" / name)]


def in_a_process(*args: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload]
        [sys.executable, "main.py", *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.mark.parametrize(
    "command", [["--help"], ["render", "--help"], ["figure", "--help"], ["--version"]]
)
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['main.py', *{command!r}]\n"
        "try:\n    runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit as done:\n    assert not done.code, done.code\n"
        "heavy = {'torch', 'torchvision', 'numpy', 'PIL', 'pyvips', 'PySide6', 'rich'}\n"
        "heavy.add('safetensors')\n"
        "print('LOADED', sorted(heavy & {name.partition('.')[0] for name in sys.modules}))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "LOADED []" in ran.stdout


def test_there_is_a_flag_for_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["render", "--help"]) == 0
    text = capsys.readouterr().out
    for knob in KNOBS.values():
        assert knob.flag in text
    names = """network objective content-layer style-layers content-weight style-weight tv-weight
        statistic pooling init seed optimizer steps size scales style-scale device precision
        report"""
    for name in names.split():
        assert f"--{name} " in text


def test_a_render_saves_its_picture_and_reports_what_it_did(folder: Path, net: Path) -> None:
    report = folder / "out" / "report.json"
    asked = [*output(folder), "--report", str(report), "--scales", "32,48", "--seed", "5"]
    assert cli.run(arguments(folder, net, *asked)) == 0
    with Image.open(folder / "out" / "result.png") as image:
        assert image.size == (48, 36)
    record = json.loads(report.read_text())
    assert record["outcome"] == "finished"
    settings = Settings.of(record["settings"])
    assert settings.seed == 5
    assert settings.precision is not None
    assert dict(settings.style_layers or ()) == {"conv1_1": 0.5, "conv2_1": 0.5}
    assert record["network"]["name"] == net.name
    assert len(record["network"]["sha256"]) == 64
    assert record["device"]["name"] == "cpu"
    assert {"impasto", "python", "torch", "numpy"} <= set(record["versions"])
    assert [(s["width"], s["height"], s["steps"]) for s in record["scales"]] == [
        (32, 24, 2), (48, 36, 1)
    ]  # fmt: skip
    assert all(scale["seconds"] > 0 for scale in record["scales"])
    steps = [(loss["step"], loss["scale"]) for loss in record["losses"]]
    assert steps == [(0, 0), (1, 0), (2, 0), (2, 1), (3, 1)]
    assert set(record["losses"][0]) == {"step", "scale", "total", "content", "style", "tv"}
    assert set(record["losses"][0]["style"]) == {"conv1_1", "conv2_1"}
    assert record["seconds"] > 0
    assert record["peak_memory_bytes"] > 2**26


def test_the_total_is_the_weighted_sum_of_the_raw_losses(folder: Path, net: Path) -> None:
    report = folder / "out" / "report.json"
    weighted = ["--content-weight", "2", "--style-weight", "30", "--tv-weight", "4"]
    assert cli.run(arguments(folder, net, *output(folder), "--report", str(report), *weighted)) == 0
    for loss in json.loads(report.read_text())["losses"]:
        style = sum(0.5 * value for value in loss["style"].values())
        assert loss["total"] == pytest.approx(2 * loss["content"] + 30 * style + 4 * loss["tv"])


def test_no_steps_evaluate_the_picture_named(folder: Path, net: Path) -> None:
    first, second = folder / "out" / "1.json", folder / "out" / "2.json"
    exact = ["--precision", "float32"]
    cli.run(arguments(folder, net, *output(folder), "--report", str(first), *exact))
    evaluate = arguments(folder, net, "--report", str(second), *exact)
    evaluate += ["--steps", "0", "--init", str(folder / "out" / "result.png")]
    assert cli.run(evaluate) == 0
    last = json.loads(first.read_text())["losses"][-1]
    (own,) = json.loads(second.read_text())["losses"]
    assert own["content"] == pytest.approx(last["content"], rel=0.05)  # 8 bits in between
    assert own["step"] == 0


def test_flags_go_before_a_settings_file(folder: Path, net: Path) -> None:
    file = folder / "settings.json"
    file.write_text('{"pooling": "max", "history": 7, "size": 64}')
    report = folder / "out" / "report.json"
    asked = ["--settings", str(file), "--report", str(report), *output(folder)]
    assert cli.run(arguments(folder, net, *asked)) == 0
    settings = json.loads(report.read_text())["settings"]
    assert (settings["pooling"], settings["history"], settings["size"]) == ("max", 7, 48)


def test_auto_is_a_value_of_what_may_be_left_open(folder: Path, net: Path) -> None:
    assert cli.run(arguments(folder, net, *output(folder), "--seed", "auto", "--init", "auto")) == 0


def test_the_same_command_writes_the_same_bytes(folder: Path, net: Path) -> None:
    for name in ("a.png", "b.png"):
        same = ["--init", "noise", "--seed", "3", "--threads", "1"]
        assert cli.run(arguments(folder, net, *output(folder, name), *same)) == 0
    a, b = ((folder / "out" / name).read_bytes() for name in ("a.png", "b.png"))
    assert a == b


def test_devices_lists_the_cpu(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["devices"]) == 0
    assert "cpu" in capsys.readouterr().out


class Code:
    """Leaves a mark where it is unpickled as code."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.mark,)


def evil(folder: Path) -> str:
    with (folder / "evil.pth").open("wb") as file:
        pickle.dump({"conv1_1.weight": Code(folder / "it ran")}, file)
    return str(folder / "evil.pth")


def cut_off(folder: Path) -> str:
    torch.save(weights.seeded(0, "conv2_1", width=16), folder / "cut.pth")
    (folder / "cut.pth").write_bytes((folder / "cut.pth").read_bytes()[:3000])
    return str(folder / "cut.pth")


def vgg16(folder: Path) -> str:
    state = weights.seeded(0, "conv3_3", width=16)
    torch.save({**state, "features.17.weight": torch.zeros(128, 64, 3, 3)}, folder / "vgg16.pth")
    return str(folder / "vgg16.pth")


def single_pixel(folder: Path) -> str:
    Image.new("RGB", (1, 1)).save(folder / "one.png")
    return str(folder / "one.png")


def text_file(folder: Path) -> str:
    (folder / "text.png").write_text("text")
    return str(folder / "text.png")


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--network", evil, "code that would run"),
        ("--network", cut_off, "cannot be read as weights"),
        ("--network", vgg16, "is not VGG-19"),
        ("--network", "nowhere.pth", "no network and no weights file"),
        ("--content-layer", "conv4_2", "has no layer conv4_2: it ends at conv2_1"),
        ("--content-layer", "conv7_1", "there is no layer 'conv7_1'"),
        ("--style-layers", "conv1_1=nan", "style_layers: nan is not allowed"),
        ("--content-weight", "nan", "content_weight: 'nan' is not allowed"),
        ("--size", "7", "size: '7' is not allowed"),
        ("--size", "1e9", "size: '1e9' is not allowed"),
        ("--scales", "48,oops", "scales: 'oops' is not allowed"),
        ("--pooling", "avg", "pooling: 'avg' is not allowed: average, max"),
        ("--device", "cuda:77", "there is no device 'cuda:77'"),
        ("--init", "nowhere.png", "there is no file nowhere.png"),
        ("--init", single_pixel, "is only 1 × 1 px"),
        ("--init", text_file, "is not a picture"),
        ("--output", "/nowhere/out.png", "the folder /nowhere does not exist"),
        ("--output", "out.xyz", ".xyz is no format"),
        ("--report", "/nowhere/report.json", "no report can be written"),
        ("--settings", "nowhere.json", "cannot be read"),
        ("--sise", "4", "No such option"),
    ],
)
def test_bad_input_ends_in_two_with_cause_and_remedy_and_no_file(
    folder: Path,
    net: Path,
    capfd: pytest.CaptureFixture[str],
    flag: str,
    value: object,
    words: str,
) -> None:
    given = value if isinstance(value, str) else value(folder)  # type: ignore[operator]
    asked = arguments(folder, net, *output(folder), flag, given)
    assert cli.run(asked) == 2
    shown = capfd.readouterr().err
    assert words in shown
    cause, remedy = shown.strip().splitlines()[-2:]
    assert cause.startswith("impasto: ")
    assert remedy.startswith("remedy: ")
    assert "Traceback" not in shown
    assert not any((folder / "out").iterdir())
    assert not (folder / "it ran").exists()


@pytest.mark.parametrize("role", ["photo.png", "painting.jpg"])
def test_bad_pictures_end_in_two(folder: Path, net: Path, role: str) -> None:
    for spoil in (b"", b"not a picture", (folder / role).read_bytes()[:200]):
        (folder / role).write_bytes(spoil)
        assert cli.run(arguments(folder, net, *output(folder))) == 2
    (folder / role).unlink()
    assert cli.run(arguments(folder, net, *output(folder))) == 2
    (folder / role).mkdir()
    assert cli.run(arguments(folder, net, *output(folder))) == 2
    assert not any((folder / "out").iterdir())


def test_an_existing_output_is_refused_before_any_work(
    folder: Path, net: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "out" / "result.png").write_text("precious")
    assert cli.run(arguments(folder, net, *output(folder))) == 2
    assert "exists already" in capfd.readouterr().err
    assert (folder / "out" / "result.png").read_text() == "precious"
    assert cli.run(arguments(folder, net, *output(folder), "--overwrite")) == 0


def test_without_an_output_the_result_goes_to_the_next_free_name(
    folder: Path, net: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder / "out")
    for expected in ("photo-painting.png", "photo-painting-2.png"):
        assert cli.run(arguments(folder, net)) == 0
        assert expected in capfd.readouterr().err
        assert (folder / "out" / expected).is_file()


def test_without_a_style_it_says_what_is_missing(
    folder: Path, net: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    alone = [a for a in arguments(folder, net, *output(folder)) if "painting" not in a]
    assert cli.run(alone) == 2
    assert "no style picture is named" in capfd.readouterr().err
    assert cli.run([*alone, "--style-weight", "0"]) == 0


def test_a_traceback_comes_only_when_asked_for(
    folder: Path, net: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*arguments(folder, net, *output(folder)), "--size", "7", "--debug"]) == 2
    assert "Traceback" in capfd.readouterr().err


def test_an_unexpected_error_is_one_line_and_exit_code_one(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from engine import devices

    def broken() -> None:
        raise KeyError("driver")

    monkeypatch.setattr(devices, "list_devices", broken)
    assert cli.run(["devices"]) == 1
    shown = capfd.readouterr().err
    assert "unexpected KeyError" in shown
    assert "Traceback" not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent as POSIX does")
def test_an_interrupt_keeps_the_picture_and_says_where(folder: Path, net: Path) -> None:
    asked = arguments(folder, net, *output(folder), "--report", str(folder / "out" / "r.json"))
    asked += ["--steps", "100000", "--size", "64"]
    with subprocess.Popen(
        [sys.executable, "main.py", *asked],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        env={**os.environ, "FORCE_COLOR": "1"},  # the bar is drawn as on a terminal
    ) as process:
        assert process.stderr is not None
        shown = b""
        while b"scale 1/1" not in shown:  # there is a first frame
            shown += process.stderr.read(1)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
        code = process.wait(60)
    assert code == 130
    assert "result.png (interrupted: the picture so far)" in rest
    with Image.open(folder / "out" / "result.png") as image:
        assert image.size == (64, 48)
    assert json.loads((folder / "out" / "r.json").read_text())["outcome"] == "interrupted"
    assert "Traceback" not in rest


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_disk_is_exit_code_one(
    folder: Path, net: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    through = Path.open

    def opened(path: Path, mode: str = "r", *more: Any, **options: Any) -> object:
        is_full = path.parent == folder / "out" and mode == "wb"
        return through(Path("/dev/full") if is_full else path, mode, *more, **options)

    # The device that is always full stands in for the folder's disk; the rest is real.
    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.chdir(folder)
    assert cli.run(arguments(folder, net, *output(folder))) == 1
    assert "no space is left" in capfd.readouterr().err
    assert not any((folder / "out").iterdir())


def test_main_runs_the_command_line_for_subcommands_and_options(folder: Path, net: Path) -> None:
    ran = in_a_process("render", "nowhere.png", "nowhere.jpg", *output(folder))
    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [
        "impasto: there is no file nowhere.png",
        "remedy: check the name and the folder",
    ]
    assert in_a_process("--version").stdout.startswith("impasto")
