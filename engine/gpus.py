"""GPUs found without torch, and why a torch cannot use them, in words.

What is found is passed in as values, so that each case can be tested on a machine without a GPU.
"""

from __future__ import annotations

import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

TORCH: Final = "torch>=2.11,<3"
"""What Impasto needs, as its declaration has it."""

TERMINAL: Final = "; in a terminal: "
"""Between what is to be done and the command that does it, as `explained` puts them."""

_BUILDS: Final = "the selector on pytorch.org names the command"
_PCI_VENDORS: Final = {"0x10de": "NVIDIA", "0x1002": "AMD", "0x8086": "Intel"}
_SMI_TIMEOUT: Final = 5.0
_ARCHITECTURE = re.compile(r"(sm|compute)_(\d{1,2})(\d)([a-z]?)")


class Vendor(StrEnum):
    """Makers of GPUs that some torch can use."""

    NVIDIA = "NVIDIA"
    AMD = "AMD"
    INTEL = "Intel"
    APPLE = "Apple"


@dataclass(frozen=True, slots=True)
class Gpu:
    """A GPU that is in the machine, whether torch can use it or not.

    Attributes:
        vendor: its maker.
        label: its name for people.
        driver: the version of NVIDIA's driver; empty where none is running.
        architecture: as torch's builds name it, `sm_86` or `gfx1100`; empty where not known.
    """

    vendor: Vendor
    label: str
    driver: str = ""
    architecture: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """What a torch was built for.

    Attributes:
        version: of torch, such as `2.14.1+cpu`.
        cuda: the CUDA version; None without CUDA.
        hip: the ROCm version; None without ROCm.
        xpu: whether for Intel's GPUs.
        mps: whether for Apple's GPUs.
        architectures: as `torch.cuda.get_arch_list()` gives them.
        packaged: whether it belongs to the packaged program, and cannot be exchanged.
    """

    version: str
    cuda: str | None = None
    hip: str | None = None
    xpu: bool = False
    mps: bool = False
    architectures: tuple[str, ...] = ()
    packaged: bool = False


def found() -> tuple[Gpu, ...]:
    """Look for GPUs by means of the system alone; takes up to a few seconds."""
    cards = on_pci(Path("/sys/bus/pci/devices"))
    nvidias = _from_smi() or tuple(
        Gpu(card.vendor, card.label, _running_driver())
        for card in cards
        if card.vendor is Vendor.NVIDIA
    )
    others = tuple(card for card in cards if card.vendor is not Vendor.NVIDIA)
    apple = sys.platform == "darwin" and platform.machine() == "arm64"
    return (*nvidias, *others, *((Gpu(Vendor.APPLE, "Apple GPU"),) if apple else ()))


def on_pci(folder: Path) -> tuple[Gpu, ...]:
    """Read display controllers from Linux's list of PCI devices.

    Intel's on the first bus are left out: they are part of the processor and slower than it.
    """
    gpus = []
    for device in sorted(folder.glob("*")):
        vendor = _PCI_VENDORS.get(_line(device / "vendor"))
        integrated = vendor == Vendor.INTEL and device.name.partition(":")[2].startswith("00:")
        if vendor and _line(device / "class").startswith("0x03") and not integrated:
            gpus.append(Gpu(Vendor(vendor), f"{vendor} GPU at PCI {device.name}"))
    return tuple(gpus)


def parse_smi(text: str) -> tuple[Gpu, ...]:
    """Read `nvidia-smi --query-gpu=name,driver_version,compute_cap --format=csv,noheader`."""
    gpus = []
    for line in text.splitlines():
        match re.split(r"\s*,\s*", line.strip()):
            case [str(name), str(driver), str(capability)] if name:
                numbers = re.fullmatch(r"(\d{1,2})\.(\d)", capability)
                architecture = f"sm_{numbers[1]}{numbers[2]}" if numbers else ""
                gpus.append(Gpu(Vendor.NVIDIA, name, driver, architecture))
    return tuple(gpus)


def built_for(gpu: Gpu, build: Build) -> bool:
    """Whether a torch holds code that runs on a GPU, as far as both are known.

    NVIDIA's binary code (`sm_86`) runs on the same major number and the same minor or a higher
    one; code to be compiled on the spot (`compute_120`) on anything newer; `sm_90a` on that alone.
    AMD's (`gfx1100`) runs on that alone.
    """
    if not gpu.architecture or not build.architectures:
        return True
    if gpu.architecture in build.architectures:
        return True
    own = _ARCHITECTURE.fullmatch(gpu.architecture)
    codes = (_ARCHITECTURE.fullmatch(name) for name in build.architectures)
    return own is not None and any(_runs(own, code) for code in codes if code)


def explained(cards: tuple[Gpu, ...], build: Build) -> str:
    """Say in one line why GPUs that are there cannot be used, and what to do; nothing for none."""
    reasons = "; ".join(dict.fromkeys(why_unusable(card, build) for card in cards))
    helps = any(_needs_other_torch(card, build) for card in cards)
    if not helps:
        return reasons
    if build.packaged:
        return f"{reasons}; install Impasto with pip to use it: docs/gpu.md says how"
    return f"{reasons}; in a terminal: {install_command()}"


def install_command() -> str:
    """What puts the torch for this machine's GPU in the place of the one that is installed.

    pip alone cannot tell which build that is; uv's `--torch-backend` looks at GPU and driver.
    """
    python = sys.executable
    options = ["--torch-backend=auto", "--reinstall-package", "torch", TORCH]
    get = [python, "-m", "pip", "install", "uv"]
    install = [python, "-m", "uv", "pip", "install", "--python", python, *options]
    together = shlex.join if os.name == "posix" else subprocess.list2cmdline
    return f"{together(get)} && {together(install)}"


def why_unusable(gpu: Gpu, build: Build) -> str:
    """Say that a GPU is there, why this torch cannot use it, and what to do."""
    reasons = {
        Vendor.NVIDIA: _why_not_nvidia,
        Vendor.AMD: _why_not_amd,
        Vendor.INTEL: _why_not_intel,
        Vendor.APPLE: _why_not_apple,
    }
    return f"{gpu.label} is there, but {reasons[gpu.vendor](gpu, build)}"


def _needs_other_torch(gpu: Gpu, build: Build) -> bool:
    """Whether the one that suits this machine best would do."""
    lacking = {
        Vendor.NVIDIA: build.cuda is None or bool(gpu.driver and built_for(gpu, build)),
        Vendor.AMD: build.hip is None and sys.platform == "linux",  # the only system it is for
        Vendor.INTEL: not build.xpu,
        Vendor.APPLE: not build.mps,
    }
    return lacking[gpu.vendor]


def _runs(own: re.Match[str], code: re.Match[str]) -> bool:
    newer = (int(own[2]), int(own[3])) >= (int(code[2]), int(code[3]))
    if code[4] or not newer:
        return False
    return code[1] == "compute" or own[2] == code[2]


def _why_not_nvidia(gpu: Gpu, build: Build) -> str:
    if build.cuda is None:
        return _built_without("CUDA", build)
    if not gpu.driver:
        return (
            "no driver of NVIDIA's is running here: install it and restart, or, in a container, "
            "pass the GPU in"
        )
    if not built_for(gpu, build):
        return _built_for_others(gpu, build)
    return (
        f"its driver ({gpu.driver}) does not serve this torch ({build.version}, CUDA "
        f"{build.cuda}): update the driver, or install a torch for an older CUDA"
    )


def _why_not_amd(gpu: Gpu, build: Build) -> str:
    if build.hip is None:
        return _built_without("ROCm", build)
    if not built_for(gpu, build):
        return _built_for_others(gpu, build)
    return (
        f"ROCm {build.hip} finds none that it can use: look whether ROCm supports it, and whether "
        "you may open /dev/kfd (groups render and video)"
    )


def _why_not_intel(gpu: Gpu, build: Build) -> str:
    if not build.xpu:
        return _built_without("XPU", build)
    return "torch finds none that it can use: install Intel's GPU driver with Level Zero"


def _why_not_apple(gpu: Gpu, build: Build) -> str:
    if not build.mps:
        return _built_without("MPS", build)
    return "this macOS is too old for torch's use of it: update macOS"


def _built_for_others(gpu: Gpu, build: Build) -> str:
    return (
        f"this torch ({build.version}) is built for {', '.join(build.architectures)}, not for its "
        f"{gpu.architecture}: install a torch that is; {_BUILDS}"
    )


def _built_without(what: str, build: Build) -> str:
    if build.packaged:
        return f"the packaged Impasto brings a torch ({build.version}) without {what}"
    return f"this torch ({build.version}) is built without {what}: install one with it"


def _from_smi() -> tuple[Gpu, ...]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    query = "--query-gpu=name,driver_version,compute_cap"
    try:
        ran = subprocess.run(
            [program, query, "--format=csv,noheader"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SMI_TIMEOUT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ()  # no driver answers it; the list of PCI devices still counts
    return parse_smi(ran.stdout)


def _running_driver() -> str:
    if not Path("/dev/nvidiactl").exists():
        return ""
    version = re.search(r"\b\d+\.\d+(\.\d+)?\b", _line(Path("/proc/driver/nvidia/version")))
    return version[0] if version else ""


def _line(path: Path) -> str:
    try:
        return path.read_text(errors="replace").partition("\n")[0].strip()
    except OSError:
        return ""
