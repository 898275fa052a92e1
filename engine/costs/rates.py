"""How fast this machine computes, measured once by `engine.costs.probe` and cached."""

from __future__ import annotations

import json
import math
import os
from contextlib import suppress
from dataclasses import astuple, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engine.choices import Precision
from engine.costs.workload import Workload
from engine.disk import files
from engine.errors import EngineError
from engine.networks import cache_folder


@dataclass(frozen=True, slots=True)
class Rate:
    """A speed.

    Attributes:
        flops: floating-point operations a second, in whole evaluations of loss and gradient.
        traffic: bytes a second that whole pictures are read and written at.
    """

    flops: float
    traffic: float


def known(work: Workload) -> Rate | None:
    """The speed at which a render will go, if it was measured and the file is sound."""
    numbers = _all().get(_key(work))
    if not isinstance(numbers, list) or len(numbers) != 2:
        return None
    if not all(type(number) in (int, float) for number in numbers):
        return None
    is_speed = all(math.isfinite(number) and number > 0 for number in numbers)
    return Rate(*map(float, numbers)) if is_speed else None


def keep(work: Workload, rate: Rate) -> None:
    """Remember a speed; where that cannot be written, it is measured again another time."""
    rates = {**_all(), _key(work): astuple(rate)}
    with suppress(EngineError, OSError):
        file().parent.mkdir(parents=True, exist_ok=True)
        files.write_bytes(file(), json.dumps(rates, indent=2).encode(), overwrite=True)


def file() -> Path:
    """Where speeds are kept."""
    return cache_folder().parent / "speed.json"


def _all() -> dict[str, object]:
    try:
        rates = json.loads(file().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return rates if isinstance(rates, dict) else {}


def _key(work: Workload) -> str:
    """Everything that a speed depends on."""
    settings, device = work.settings, work.device
    threads = settings.threads or os.environ.get("OMP_NUM_THREADS") or "all"
    try:
        torch = version("torch")
    except PackageNotFoundError:
        torch = "unknown"
    # A mixed precision is the narrow one nearly all the time.
    mixed = settings.precision is Precision.MIXED
    precision = Precision.BFLOAT16 if mixed else settings.precision
    parts = (device.name, device.label, precision, f"{threads} threads")
    return ", ".join(map(str, (*parts, f"{work.width} channels", f"torch {torch}")))
