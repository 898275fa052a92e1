"""`impasto networks`: what it prints, what it leaves, and its exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine import cli, networks
from tests.engine.test_kept import FETCHING
from tests.engine.web import Answer, Site

ROOT = Path(__file__).parents[3]
Shown = pytest.CaptureFixture[str]


def test_networks_are_listed_with_list_or_without(home: Path, capfd: Shown) -> None:
    for arguments in ([], ["list"]):
        assert cli.run(["networks", *arguments]) == 0
        shown = capfd.readouterr().out
        assert "VGG-19 trained on ImageNet" in shown
        assert "not here; impasto networks fetch vgg19 downloads 548 MB" in shown
        assert "sketch" in shown


def test_from_fetch_to_remove(site: Site, home: Path, capfd: Shown) -> None:
    assert cli.run(["networks", "fetch"]) == 0
    path = networks.chosen("vgg19").path
    assert capfd.readouterr().out == f"vgg19: {path}\n"
    assert cli.run(["networks", "list"]) == 0
    assert str(path) in capfd.readouterr().out
    assert cli.run(["networks", "check"]) == 0
    assert "vgg19    intact, SHA-256 " in capfd.readouterr().out
    assert cli.run(["networks", "remove", "vgg19"]) == 0
    assert capfd.readouterr().out == f"deleted {path}\n"
    assert not networks.chosen("vgg19").available
    assert cli.run(["networks", "remove", "vgg19"]) == 2
    assert "nothing to remove of vgg19: it is not here" in capfd.readouterr().err


def test_fetch_replaces_what_was_damaged(site: Site, home: Path, capfd: Shown) -> None:
    assert cli.run(["networks", "fetch", "vgg19"]) == 0
    path = networks.chosen("vgg19").path
    assert path is not None
    path.write_bytes(path.read_bytes()[:-1])
    assert cli.run(["networks", "check", "vgg19"]) == 2
    assert "is damaged" in capfd.readouterr().err
    assert cli.run(["networks", "fetch", "vgg19"]) == 0
    assert "was damaged, and was thrown away" in capfd.readouterr().err
    assert cli.run(["networks", "check", "vgg19"]) == 0


def test_check_looks_at_the_others_too(site: Site, home: Path, net: Path, capfd: Shown) -> None:
    assert cli.run(["networks", "fetch"]) == 0
    assert cli.run(["networks", "add", str(net), "mine"]) == 0
    path = networks.chosen("vgg19").path
    assert path is not None
    path.write_bytes(b"")
    capfd.readouterr()
    assert cli.run(["networks", "check"]) == 2
    shown = capfd.readouterr()
    assert "mine     intact" in shown.out
    assert f"vgg19    {path} is damaged" in shown.out
    assert shown.err.splitlines()[-1].startswith("remedy: ")


def test_an_added_network_renders_by_its_name(home: Path, net: Path, tmp_path: Path) -> None:
    assert cli.run(["networks", "add", str(net)]) == 0
    assert networks.chosen(net.stem).available
    render = ["render", "--example", "harbour+mosaic", "--network", net.stem, "--size", "48"]
    shallow = ["--content-layer", "conv2_1", "--style-layers", "conv1_1", "--steps", "1"]
    assert cli.run([*render, *shallow, "--device", "cpu", "-o", str(tmp_path / "o.png")]) == 0
    assert (tmp_path / "o.png").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fetch", "vgg16"], "there is no network 'vgg16'"),
        (["fetch", "sketch"], "sketch is published nowhere"),
        (["check", "vgg19"], "the weights of vgg19 are not on this machine"),
        (["remove", "sketch"], "there is nothing to remove of sketch"),
        (["remove"], "Missing argument 'NAME'"),
        (["add"], "Missing argument 'FILE'"),
        (["add", "nowhere.pth"], "“nowhere.pth” cannot be read as weights: No such file"),
        (["add", "nowhere.pth", "vgg19"], "there is a network vgg19 already"),
        (["add", "nowhere.pth", "--weights-input", "bgr"], "'bgr' is not one of"),
        (["fetch", "--nonsense"], "No such option"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_input_ends_in_two_with_cause_and_remedy(
    home: Path, capfd: Shown, arguments: list[str], words: str
) -> None:
    assert cli.run(["networks", *arguments]) == 2
    cause, remedy = capfd.readouterr().err.strip().splitlines()[-2:]
    assert cause.startswith("impasto: ")
    assert words in cause
    assert remedy.startswith("remedy: ")


def test_a_traceback_comes_only_when_asked_for(home: Path, capfd: Shown) -> None:
    assert cli.run(["networks", "remove", "sketch", "--debug"]) == 2
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent as POSIX does")
def test_an_interrupt_ends_in_130_and_the_next_fetch_goes_on(site: Site, home: Path) -> None:
    site.answers = [Answer(stall=300_000), Answer()]
    published = networks.VGG19
    with subprocess.Popen(
        [sys.executable, "-c", FETCHING, published.url, str(published.size)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        env={**os.environ, "FORCE_COLOR": "1"},  # the bar is drawn as on a terminal
    ) as process:
        assert process.stderr is not None
        shown = b""
        while b"0.3/1.2 MiB" not in shown and (more := process.stderr.read(1)):
            shown += more
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
        code = process.wait(60)
    assert code == 130
    assert "Traceback" not in rest
    assert (home / f"{published.file}.part").stat().st_size == 300_000
    assert cli.run(["networks", "fetch"]) == 0
    assert site.ranges == [None, "bytes=300000-"]
