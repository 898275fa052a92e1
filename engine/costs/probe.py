"""Measures this machine's speed, in about two seconds: evaluations of a picture of noise."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from typing import Final

import torch
from torch import Tensor

from engine import devices, tiling
from engine.choices import Precision
from engine.costs import rates, workload
from engine.costs.rates import Rate
from engine.costs.workload import Workload
from engine.job import NetworkInfo, Scale
from engine.vgg import Convolution, Network

SECONDS: Final = 1.5
"""After which no further round is begun."""

_SIDES: Final = {"cpu": 256}
_SIDE: Final = 1024
"""Of the picture: large enough that the arithmetic, not the calls, takes the time."""

_PICTURES: Final = 24
_NUMBERS: Final = 2**20
"""More in all than a processor's caches hold."""


def rate(work: Workload) -> Generator[None, None, Rate]:
    """Find the speed at which a render will go: known, or measured now and kept.

    Yields:
        None wherever it may be interrupted; then nothing is kept.

    Raises:
        EngineError: the device has no memory, or failed.
    """
    known = rates.known(work)
    if known is not None:
        return known
    torch.set_num_threads(work.settings.threads or devices.ALL_THREADS)
    with devices.explaining_faults(work.device):
        measured = Rate((yield from _flops(work)), (yield from _traffic(work)))
    rates.keep(work, measured)
    return measured


def rate_now(work: Workload) -> Rate:
    """Find the speed in one go; see `rate`."""
    measuring = rate(work)
    try:
        while True:
            next(measuring)
    except StopIteration as done:
        found: Rate = done.value
        return found


def _flops(work: Workload) -> Generator[None, None, float]:
    side = _SIDES.get(work.device.name, _SIDE)
    work = replace(work, settings=work.settings.replace(tile=None), regions=0)
    seen = network(work)
    picture = torch.rand(side, side, 3, device=work.device.name)
    goal = yield from tiling.targets(seen, picture, [picture.flip(0)], work.settings)
    end, fastest = time.monotonic() + SECONDS, float("inf")
    while True:
        start = time.monotonic()
        yield from tiling.evaluate(seen, picture, goal, work.settings)  # waits for the device
        fastest = min(fastest, time.monotonic() - start)
        if time.monotonic() >= end:
            break
    return work.flops(Scale(side, side, 0)) / fastest


def _traffic(work: Workload) -> Generator[None, None, float]:
    """Of products and sums of pictures, as L-BFGS does them."""
    pictures = [torch.ones(_NUMBERS, device=work.device.name) for _ in range(_PICTURES)]
    vector = torch.zeros(_NUMBERS, device=work.device.name)
    fastest = float("inf")
    for _ in range(4):
        start = time.monotonic()
        for picture in pictures:
            product = float(torch.dot(picture, vector))
            vector = torch.sub(vector, picture, alpha=product)
        fastest = min(fastest, time.monotonic() - start)
        yield
    return 5 * vector.element_size() * _NUMBERS * _PICTURES / fastest


def network(work: Workload) -> Network:
    """Of the render's shape; its filters take means, so that no number is extreme."""
    convolutions = tuple(
        Convolution(layer.name, _mean(layer), torch.zeros(layer.channels))
        for layer in work.layers
        if not layer.is_pool
    )
    info, settings = NetworkInfo("probe", "takes means", ""), work.settings
    assert settings.padding is not None
    made = Network(info, torch.zeros(3), convolutions, settings.pooling, settings.padding)
    mixed = settings.precision is Precision.MIXED  # the narrow one nearly all the time
    precision = Precision.BFLOAT16 if mixed else settings.precision
    return made.to(work.device.name, devices.precision_dtype(precision))


def _mean(layer: workload.Layer) -> Tensor:
    return torch.full((layer.channels, layer.before, 3, 3), 1 / (9 * layer.before))
