"""What regions cost in memory and time, as the forecast counts it."""

from __future__ import annotations

import numpy as np

from engine import guides
from engine.costs import memory
from engine.costs.workload import Workload
from engine.job import Guidance, Mask
from engine.settings import Settings
from tests.engine.support import PLAIN_CPU


def masks(count: int) -> Guidance:
    values = (np.full((30, 40), 10 + index, np.uint8) for index in range(count))
    return Guidance(tuple(Mask(value, "m") for value in values))


def work(regions: int, **values: object) -> Workload:
    settings = Settings.of({"scales": (640,), "optimizer": "adam", **values})
    return Workload.of(settings, (640, 480), ((512, 512),), PLAIN_CPU, regions=regions)


def test_regions_take_their_guides_and_statistics() -> None:
    plain, guided = (memory.peak(work(regions))["targets"] for regions in (0, 3))
    layers = work(3).style_layers
    made = guides.over((640, 480), masks(3), (1.0,) * 3, layers, "cpu")
    assert made is not None
    grids = {grid.data_ptr(): grid.nbytes for grid in made.grids.values()}
    channels = [layer.channels for layer in work(3).layers if layer.name in layers]
    statistics = 2 * sum(count**2 for count in channels) * 4  # of two more regions, kept
    assert guided - plain >= sum(grids.values()) + statistics


def test_each_further_region_takes_as_long_as_the_statistics_of_one() -> None:
    (scale,) = work(0).scales
    none, one, two, three = (work(regions).flops(scale) for regions in range(4))
    assert none == one
    assert three - two == two - one > 0
    assert two - one < 0.1 * one
