"""What a render will take in memory and time, by arithmetic alone: the window shows it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import psutil

from engine.choices import Precision
from engine.costs import frugal, memory, rates
from engine.costs.rates import Rate
from engine.costs.workload import Size, Workload
from engine.job import DeviceInfo, Forecast, Scale
from engine.settings import Settings

_START: Final = 2.0
"""Seconds until torch and the network are loaded."""

_EVALUATION: Final = 0.004
"""Seconds of each evaluation, however small the picture."""


def forecast(
    settings: Settings,
    content: Size,
    styles: tuple[Size, ...],
    device: DeviceInfo,
    *,
    start: Size | None = None,
    regions: int = 0,
) -> Forecast:
    """Forecast a render; see `planned`. The time is known where the speed was measured.

    Raises:
        EngineError: no such network, or too narrow a content.
    """
    return of(planned(settings, content, styles, device, start=start, regions=regions))


def planned(
    settings: Settings,
    content: Size,
    styles: tuple[Size, ...],
    device: DeviceInfo,
    *,
    start: Size | None = None,
    regions: int = 0,
) -> Workload:
    """Plan a render as it would be done now: see `Workload.of` and `frugal.decided`."""
    there = available(device)
    settings = frugal.decided(
        settings, content, styles, device, there, start=start, regions=regions
    )
    return Workload.of(settings, content, styles, device, start=start, regions=regions)


def of(work: Workload, rate: Rate | None = None) -> Forecast:
    """Forecast a planned render, at a speed that was measured just now or at the known one."""
    parts = memory.peak(work)
    rate = rate or rates.known(work)
    return Forecast(sum(parts.values()), parts, seconds(work, rate) if rate else None)


def of_all(works: Sequence[Workload], rate: Rate | None = None) -> Forecast:
    """Forecast planned renders that are done one after the other: the most memory, all the time."""
    each = [of(work, rate) for work in works]
    most = max(each, key=lambda one: one.bytes)
    times = [one.seconds for one in each if one.seconds is not None]
    return replace(most, seconds=sum(times) if len(times) == len(each) else None)


def seconds(work: Workload, rate: Rate) -> float:
    """From the start to the last picture."""
    # Activations are measured in float32 always, at about half the speed of bfloat16.
    slower = 1 if work.settings.precision is Precision.FLOAT32 else 2
    measuring = slower * work.flops_of_measuring() / rate.flops
    return _START + measuring + sum(seconds_of(work, scale, rate) for scale in work.scales)


def seconds_of(work: Workload, scale: Scale, rate: Rate) -> float:
    """Of all work at one scale."""
    evaluations = work.evaluations(scale)
    flops = work.flops_of_looking(scale) + evaluations * work.flops(scale)
    return flops / rate.flops + work.traffic(scale) / rate.traffic + evaluations * _EVALUATION


def fits(needed: int, device: DeviceInfo) -> bool:
    """Whether so many bytes are to be had."""
    return needed <= available(device)


def available(device: DeviceInfo) -> int:
    """Bytes that a render may take: of the machine's memory what is free now, or a card's own."""
    if device.name not in ("cpu", "mps"):
        return device.memory
    # This process is part of the forecast.
    own: int = psutil.Process().memory_info().rss
    free: int = psutil.virtual_memory().available
    return min(device.memory, free + own)


def describe(expected: Forecast) -> str:
    """In a few words: `needs ≈ 1.4 GB and ≈ 2 min`."""
    if expected.seconds is None:
        return f"needs ≈ {gigabytes(expected.bytes)}"
    return f"needs ≈ {gigabytes(expected.bytes)} and ≈ {duration(expected.seconds)}"


def gigabytes(size: int) -> str:
    """A size in memory, no more exact than a forecast is."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def duration(seconds: float) -> str:
    """A time, no more exact than a forecast is."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
