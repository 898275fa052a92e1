"""The devices torch can compute on, and what they are good at."""

from __future__ import annotations

import ctypes
import platform
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import psutil
import torch

from engine import gpus
from engine.choices import Precision
from engine.errors import DeviceError, DeviceFaultError, OutOfMemoryError
from engine.job import DeviceInfo

_SIGNS_OF_NO_MEMORY: Final = (
    "allocate memory",
    "not enough memory",
    "out of memory",
    "alloc_failed",  # cuBLAS and cuDNN
    "could not create a primitive\n",  # oneDNN, on the CPU
    "could not execute a primitive",
)

ALL_THREADS = torch.get_num_threads()
"""What torch takes unasked; read once, before any job asks for less."""


def list_devices() -> tuple[DeviceInfo, ...]:
    """Every device that torch can use, the fastest first; the CPU is always the last.

    GPUs that are there and cannot be used are named in the CPU's remark, with what to do.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's warnings on GPUs are the remarks here
        cards, unusable = _cuda()
        usable = (*cards, *_xpu(), *_mps())
    remark = "; ".join(unusable)
    if not usable and not unusable:
        remark = gpus.explained(_gpus_here(), _build())
    return (*usable, _cpu(remark))


def choose(name: str) -> DeviceInfo:
    """Find a device by the name a setting gives: auto, cpu, cuda, cuda:1, mps, xpu.

    Raises:
        DeviceError: there is no such device here.
    """
    devices = list_devices()
    if name == "auto":
        return devices[0]
    for device in devices:
        if name in (device.name, device.name.split(":")[0]):
            return device
    there = ", ".join(device.name for device in devices)
    why = f": {devices[-1].remark}" if devices[-1].remark else ""
    raise DeviceError(f"there is no device {name!r} here{why}", f"name one of: {there}, auto")


def precision_dtype(precision: Precision | None) -> torch.dtype:
    """The features' number format for a `Precision`; the widest of a mixed one's."""
    return torch.bfloat16 if precision is Precision.BFLOAT16 else torch.float32


@contextmanager
def explaining_faults(device: DeviceInfo) -> Iterator[None]:
    """Turn torch's several ways to run out of memory, or to lose a device, into typed errors.

    Raises:
        OutOfMemoryError: in place of torch's own, and of Python's MemoryError.
        DeviceFaultError: in place of the driver's.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise OutOfMemoryError(
                f"{device.label} has not enough memory for this size",
                "choose a smaller size or tile, or close other programs",
            ) from error
        if _is_device_fault(error):
            first = (str(error).splitlines() or [""])[0]
            raise DeviceFaultError(
                f"{device.label} failed: {first}",
                "restart Impasto; if it happens again, update the driver or choose the device cpu",
            ) from error
        raise


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory ran out, of the device or of the machine."""
    # The CPU's allocator and the libraries raise a plain RuntimeError, told only by its words.
    words = f"{error}\n".lower()
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or any(
        sign in words for sign in _SIGNS_OF_NO_MEMORY
    )


def empty_cache(device: DeviceInfo) -> None:
    """Give the device back what torch keeps of freed memory, which may be in too small pieces."""
    kind = device.name.partition(":")[0]
    if kind != "cpu":
        torch.get_device_module(kind).empty_cache()


def tidy() -> None:
    """Give the system back what the C library keeps of freed memory, where it can be asked to."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's own


def _is_device_fault(error: Exception) -> bool:
    # Older torch raises a plain RuntimeError, told only by its words.
    return isinstance(error, torch.AcceleratorError) or any(
        words in str(error) for words in ("CUDA error", "HIP error", "XPU error")
    )


@cache
def _gpus_here() -> tuple[gpus.Gpu, ...]:
    return gpus.found()  # asks other programs, which takes a moment


def _build() -> gpus.Build:
    return gpus.Build(
        torch.__version__,
        torch.version.cuda,
        torch.version.hip,
        torch.xpu._is_compiled(),
        torch.backends.mps.is_built(),
        tuple(torch.cuda.get_arch_list()),
        packaged=bool(getattr(sys, "frozen", False)),  # PyInstaller's word for it
    )


def _cpu(remark: str) -> DeviceInfo:
    memory = psutil.virtual_memory().total
    return DeviceInfo("cpu", _cpu_label(), memory, _cpu_bfloat16(), remark, ALL_THREADS)


def _cpu_label() -> str:
    names = Path("/proc/cpuinfo")
    if names.exists():
        for line in names.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _cpu_bfloat16() -> bool:
    # Without these instructions bfloat16 is emulated and slower than float32.
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def _cuda() -> tuple[tuple[DeviceInfo, ...], tuple[str, ...]]:
    """NVIDIA's and AMD's cards that torch can use, and why it cannot use the others."""
    if not torch.cuda.is_available():
        return (), ()
    try:
        cards = [torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count())]
    except RuntimeError as error:  # a card that is broken, or taken by somebody alone
        reason = (str(error).splitlines() or ["no reason given"])[0]
        return (), (f"a GPU is there, but it does not start ({reason}): restart the machine",)
    usable, unusable, build = [], [], _build()
    for index, card in enumerate(cards):
        gpu = _gpu(card, build)
        if gpus.built_for(gpu, build):
            bfloat16 = (card.major, card.minor) >= (8, 0)
            usable.append(DeviceInfo(f"cuda:{index}", card.name, card.total_memory, bfloat16))
        else:
            unusable.append(gpus.why_unusable(gpu, build))
    return tuple(usable), tuple(unusable)


def _gpu(card: Any, build: gpus.Build) -> gpus.Gpu:  # noqa: ANN401 (torch names no public type)
    if build.hip:
        architecture = card.gcnArchName.partition(":")[0]
        return gpus.Gpu(gpus.Vendor.AMD, card.name, "running", architecture)
    return gpus.Gpu(gpus.Vendor.NVIDIA, card.name, "running", f"sm_{card.major}{card.minor}")


def _xpu() -> list[DeviceInfo]:
    if not torch.xpu.is_available():
        return []
    devices = []
    for index in range(torch.xpu.device_count()):
        of = torch.xpu.get_device_properties(index)
        devices.append(DeviceInfo(f"xpu:{index}", of.name, of.total_memory, True))
    return devices


def _mps() -> list[DeviceInfo]:
    if not torch.backends.mps.is_available():
        return []
    return [DeviceInfo("mps", "Apple GPU", psutil.virtual_memory().total, False)]
