"""GPUs that are there and cannot be used: found by the system, explained from the facts."""

from __future__ import annotations

import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from engine import cli, devices, gpus
from engine.gpus import Build, Gpu, Vendor, built_for, why_unusable

RECENT = ("sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120")
CPU_ONLY = Build("2.14.1+cpu")
CUDA = Build("2.14.1+cu130", cuda="13.0", architectures=RECENT)
ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
GEFORCE = Gpu(Vendor.NVIDIA, "GeForce RTX 3060", "580.10", "sm_86")


@pytest.mark.parametrize(
    ("architecture", "architectures", "runs"),
    [
        ("sm_86", RECENT, True),
        ("sm_89", RECENT, True),  # Ada runs Ampere's code
        ("sm_87", ("sm_80",), True),
        ("sm_80", ("sm_86",), False),
        ("sm_52", RECENT, False),
        ("sm_61", RECENT, False),
        ("sm_110", RECENT, False),
        ("sm_121", RECENT, True),
        ("sm_121", ("sm_90", "compute_90"), True),
        ("sm_75", ("sm_90", "compute_90"), False),
        ("sm_90", ("sm_90a",), False),
        ("sm_100", ("sm_90a", "compute_90a"), False),
        ("gfx1100", ("gfx90a", "gfx1100"), True),
        ("gfx803", ("gfx90a", "gfx1100"), False),
        ("sm_52", (), True),
        ("", RECENT, True),
    ],
)
def test_which_code_runs_on_which_card(
    architecture: str, architectures: tuple[str, ...], runs: bool
) -> None:
    vendor = Vendor.AMD if architecture.startswith("gfx") else Vendor.NVIDIA
    build = Build("2", architectures=architectures)
    assert built_for(Gpu(vendor, "a card", "", architecture), build) is runs


@pytest.mark.parametrize(
    ("gpu", "build", "words"),
    [
        (GEFORCE, CPU_ONLY, "this torch (2.14.1+cpu) is built without CUDA: install one with it"),
        (GEFORCE, CUDA, "its driver (580.10) does not serve this torch (2.14.1+cu130, CUDA 13.0)"),
        (Gpu(Vendor.NVIDIA, "GTX"), CUDA, "no driver of NVIDIA's is running here: install it"),
        (
            Gpu(Vendor.NVIDIA, "GTX 970", "580.10", "sm_52"),
            CUDA,
            "built for sm_75, sm_80, sm_86, sm_90, sm_100, sm_120, not for its sm_52: install",
        ),
        (Gpu(Vendor.AMD, "RX"), CUDA, "built without ROCm: install one with it"),
        (Gpu(Vendor.AMD, "RX"), Build("2", hip="7.0"), "ROCm 7.0 finds none that it can use"),
        (
            Gpu(Vendor.AMD, "RX 580", "", "gfx803"),
            Build("2", hip="7.0", architectures=("gfx90a",)),
            "built for gfx90a, not for its gfx803",
        ),
        (Gpu(Vendor.INTEL, "Arc"), CPU_ONLY, "built without XPU: install one with it"),
        (Gpu(Vendor.INTEL, "Arc"), Build("2", xpu=True), "install Intel's GPU driver"),
        (Gpu(Vendor.APPLE, "Apple GPU"), CPU_ONLY, "built without MPS"),
        (Gpu(Vendor.APPLE, "Apple GPU"), Build("2", mps=True), "update macOS"),
    ],
)
def test_why_a_card_cannot_be_used_and_what_to_do(gpu: Gpu, build: Build, words: str) -> None:
    said = why_unusable(gpu, build)
    assert said.startswith(f"{gpu.label} is there, but ")
    assert words in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("NVIDIA GeForce RTX 3060, 580.10, 8.6\n", (("NVIDIA GeForce RTX 3060", "sm_86"),)),
        (
            "NVIDIA A, 1.2, 12.0\nNVIDIA B, 1.2, 9.0\n",
            (("NVIDIA A", "sm_120"), ("NVIDIA B", "sm_90")),
        ),
        ("Tesla K80, 470.1, [N/A]\n", (("Tesla K80", ""),)),
        ("No devices were found\n", ()),
        ("", ()),
    ],
)
def test_what_nvidia_smi_says_is_read(text: str, cards: tuple[tuple[str, str], ...]) -> None:
    found = gpus.parse_smi(text)
    assert tuple((gpu.label, gpu.architecture) for gpu in found) == cards
    assert all(gpu.driver for gpu in found)


def test_display_controllers_are_found_on_pci(tmp_path: Path) -> None:
    devices = {
        "0000:00:02.0": ("0x8086", "0x030000"),  # part of the processor
        "0000:03:00.0": ("0x8086", "0x030000"),
        "0000:01:00.0": ("0x10de", "0x030200"),
        "0000:01:00.1": ("0x10de", "0x040300"),  # the card's sound
        "0000:05:00.0": ("0x1002", "0x038000"),
        "0000:06:00.0": ("0x1a03", "0x030000"),  # a server's own display
    }
    for name, (vendor, kind) in devices.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "vendor").write_text(vendor + "\n")
        (tmp_path / name / "class").write_text(kind + "\n")
    (tmp_path / "0000:07:00.0").mkdir()  # one that tells nothing
    found = [(gpu.vendor, gpu.label) for gpu in gpus.on_pci(tmp_path)]
    assert found == [
        (Vendor.NVIDIA, "NVIDIA GPU at PCI 0000:01:00.0"),
        (Vendor.INTEL, "Intel GPU at PCI 0000:03:00.0"),
        (Vendor.AMD, "AMD GPU at PCI 0000:05:00.0"),
    ]
    assert gpus.on_pci(tmp_path / "nowhere") == ()


def test_looking_for_gpus_here_never_fails() -> None:
    assert all(isinstance(gpu, Gpu) for gpu in gpus.found())


@POSIX
@pytest.mark.parametrize("script", ["exit 9", "echo 'NVIDIA-SMI has failed'", "printf '\\377'"])
def test_an_nvidia_smi_that_fails_names_no_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert all(gpu.architecture == "" for gpu in gpus.found())


@POSIX
def test_cards_that_nvidia_smi_names_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 'NVIDIA GeForce GTX 970, 580.10, 5.2'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (card,) = (gpu for gpu in gpus.found() if gpu.vendor is Vendor.NVIDIA)
    assert card == Gpu(Vendor.NVIDIA, "NVIDIA GeForce GTX 970", "580.10", "sm_52")


@pytest.fixture
def a_geforce(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with NVIDIA's driver and a card, and a torch that is not for it."""
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 'NVIDIA GeForce RTX 3060, 580.10, 8.6'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", None)
    devices._gpus_here.cache_clear()
    yield
    devices._gpus_here.cache_clear()


@POSIX
def test_the_list_of_devices_gives_the_command_for_a_gpu_that_is_not_used(
    a_geforce: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["devices"]) == 0
    said = capsys.readouterr().out
    assert "NVIDIA GeForce RTX 3060 is there, but this torch" in said
    assert "is built without CUDA: install one with it; in a terminal: " in said
    get, _, install = shlex.join(shlex.split(said.partition("terminal: ")[2])).partition(" '&&' ")
    assert shlex.split(get) == [sys.executable, "-m", "pip", "install", "uv"]
    command = shlex.split(install)
    assert command[:5] == [sys.executable, "-m", "uv", "pip", "install"]
    assert command[command.index("--python") + 1] == sys.executable
    assert "--torch-backend=auto" in command


@POSIX
def test_the_packaged_program_names_the_other_way_to_install(
    a_geforce: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    remark = devices.list_devices()[-1].remark
    assert "the packaged Impasto brings a torch" in remark
    assert "install Impasto with pip to use it: docs/gpu.md says how" in remark
    assert gpus.TERMINAL not in remark


@pytest.mark.parametrize(
    ("gpu", "build", "helps"),
    [
        (GEFORCE, CPU_ONLY, True),
        (GEFORCE, CUDA, True),  # its driver is too old for this one
        (Gpu(Vendor.NVIDIA, "GTX"), CUDA, False),  # no driver runs
        (Gpu(Vendor.NVIDIA, "GTX 970", "580.10", "sm_52"), CUDA, False),
        (Gpu(Vendor.AMD, "RX"), CPU_ONLY, sys.platform == "linux"),
        (Gpu(Vendor.AMD, "RX"), Build("2", hip="7.0"), False),
        (Gpu(Vendor.INTEL, "Arc"), CPU_ONLY, True),
        (Gpu(Vendor.INTEL, "Arc"), Build("2", xpu=True), False),
        (Gpu(Vendor.APPLE, "Apple GPU"), Build("2", mps=True), False),
    ],
)
def test_the_command_is_given_where_another_torch_would_help(
    gpu: Gpu, build: Build, helps: bool
) -> None:
    said = gpus.explained((gpu, gpu), build)
    assert (gpus.TERMINAL in said) is helps
    assert said.count(f"{gpu.label} is there") == 1  # however many there are of it


def test_the_command_asks_for_the_torch_that_impasto_needs() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert gpus.TORCH in declared


def test_no_gpu_needs_no_words() -> None:
    assert gpus.explained((), CPU_ONLY) == ""
