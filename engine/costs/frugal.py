"""The update rule where it is left open: L-BFGS, with as long a memory as fits, else Adam.

L-BFGS gets furthest per step, but remembers two pictures for each step; Adam keeps two in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.choices import Optimizer
from engine.costs import memory
from engine.costs.workload import Size, Workload
from engine.defaults import HISTORY
from engine.job import DeviceInfo
from engine.settings import Settings

SHORTEST: Final = 5
"""With fewer it gets no further than Adam."""


def decided(
    settings: Settings,
    content: Size,
    styles: tuple[Size, ...],
    device: DeviceInfo,
    there: int,
    *,
    start: Size | None = None,
    regions: int = 0,
) -> Settings:
    """Decide optimiser and L-BFGS memory by the forecast; what is given stays.

    Args:
        settings: open or decided.
        content: size of the photograph.
        styles: sizes of the paintings.
        device: that the settings mean.
        there: bytes that the render may take.
        start: size of the picture to go on from, if one is named.
        regions: how many have a guide, as `masks.guided` counts them.

    Raises:
        EngineError: as `Workload.of`.
    """
    tried = settings
    for tried in _choices(settings):
        work = Workload.of(tried, content, styles, device, start=start, regions=regions)
        if sum(memory.peak(work).values()) <= there:
            break
    return tried


def remark(asked: Settings, chosen: Settings) -> str:
    """Say what was cut down for want of memory; empty where nothing was."""
    if asked.optimizer is None and chosen.optimizer is Optimizer.ADAM:
        return "the optimiser is adam: what lbfgs remembers would not fit into memory"
    is_cut = asked.history is None and chosen.history != HISTORY
    if is_cut and chosen.optimizer is Optimizer.LBFGS:
        return f"L-BFGS remembers {chosen.history} steps: more would not fit into memory"
    return ""


def _choices(settings: Settings) -> Iterator[Settings]:
    """From the most memory to the least."""
    optimizer = settings.optimizer or Optimizer.LBFGS
    lengths = [settings.history] if settings.history else [HISTORY, HISTORY // 2, SHORTEST]
    if optimizer is not Optimizer.LBFGS:
        lengths = lengths[:1]
    for length in lengths:
        yield settings.replace(optimizer=optimizer, history=length)
    if settings.optimizer is None:
        yield settings.replace(optimizer=Optimizer.ADAM, history=lengths[-1])
