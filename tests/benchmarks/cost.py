"""Cost against size: seconds of an iteration, and of its pixels, from 256 to 4096 px.

    python -m tests.benchmarks.cost [--sizes 256,512,…] [--plot docs/pictures/cost.png]

An iteration is an evaluation of loss and gradient, by far the most of it; sizes above the default
tile are computed in tiles, as a render computes them. Both precisions are measured in turn within
each repeat; printed are medians. Seconds are the processor's on one thread, so that other programs
cost nothing. The largest sizes are measured once. `--plot` needs matplotlib.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, TypeVar

import torch

from engine import devices, examples, geometry, imageio, pyramid, tiling
from engine.choices import Precision
from engine.settings import Settings
from tests.benchmarks.judging import Pair, decided, network_of

Result = TypeVar("Result")

SIZES = "256,384,512,768,1024,1536,2048,3072,4096"
PRECISIONS = Precision.FLOAT32, Precision.BFLOAT16
REPEATED = 1024
"""Long side of the largest pictures that are worth measuring more than once, px."""
STYLE_SIDE = 512
"""Statistics are for each position on average: the style's size does not matter here."""


class Cost(NamedTuple):
    """Of an iteration."""

    side: int
    pixels: int
    tiles: int
    seconds: dict[Precision, float]

    def per_pixel(self, precision: Precision) -> float:
        """Microseconds."""
        return self.seconds[precision] / self.pixels * 1e6


def measured(pair: Pair, settings: Settings, side: int, repeats: int) -> Cost:
    """Measure a size in both precisions."""
    settings = decided(settings.replace(size=side, scales=(side,)))
    scale = geometry.scales(settings, pair.content.size)[-1]
    work = {p: _iteration(pair, settings, (scale.width, scale.height), p) for p in PRECISIONS}
    times: dict[Precision, list[float]] = {p: [] for p in PRECISIONS}
    for _ in range(repeats if side <= REPEATED else 1):
        for precision, iterate in work.items():
            begun = time.process_time()
            iterate()
            times[precision].append(time.process_time() - begun)
    assert settings.tile is not None
    (upper, *_) = geometry.parts(max(scale.width, scale.height), settings.tile, "conv5_1")
    tiles = tiling.plan(scale.height, scale.width, upper)
    seconds = {precision: median(values) for precision, values in times.items()}
    return Cost(side, scale.width * scale.height, len(tiles), seconds)


def _iteration(
    pair: Pair, settings: Settings, size: tuple[int, int], precision: Precision
) -> Callable[[], object]:
    network = network_of(settings, pair).to("cpu", devices.precision_dtype(precision))
    content = pyramid.resized(pyramid.tensor_of(pair.content), *size)
    style = pyramid.resized(pyramid.tensor_of(pair.style), STYLE_SIDE, STYLE_SIDE)
    goal = _finished(tiling.targets(network, content, [style], settings))
    return lambda: _finished(tiling.evaluate(network, content, goal, settings))


def _finished(work: Generator[None, None, Result]) -> Result:
    try:
        while True:
            next(work)
    except StopIteration as done:
        result: Result = done.value
        return result


def plot(costs: list[Cost], path: Path) -> None:
    """Draw seconds against size, beside the line of a cost that grows as the pixels do."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    mpl.rcParams.update(STYLE)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(8.3, 3.4), layout="constrained")
    left.set(yscale="log", title="Seconds an iteration")
    right.set(title="Microseconds a pixel")
    for axes in (left, right):
        _label_sizes(axes, costs)
    for precision in PRECISIONS:
        _draw(left, right, costs, precision)
    left.yaxis.set_major_formatter("{x:g}")
    left.text(0.03, 0.95, "dashed: linear in pixels", transform=left.transAxes, va="top")
    right.set_ylim(0, None)
    right.legend(frameon=False, loc="upper left")
    figure.savefig(path, dpi=200)


def _label_sizes(axes: Any, costs: list[Cost]) -> None:
    """Name the powers of two, and shade the sizes that are computed in tiles."""
    sides = [cost.side for cost in costs]
    edges = sides[0] / 1.15, sides[-1] * 1.15
    axes.set(xscale="log", xlabel="long side, px", xlim=edges)
    axes.set_xticks([side for side in sides if side & (side - 1) == 0])
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter("{x:.0f}")
    tiled = [cost.side for cost in costs if cost.tiles > 1]
    if tiled:
        axes.axvspan(tiled[0] / 1.15, edges[1], color="#f3f1ec", zorder=0, linewidth=0)
        place = {"transform": axes.get_xaxis_transform(), "ha": "right", "va": "bottom"}
        axes.text(edges[1] / 1.05, 0.03, "in tiles", **place)


def _draw(left: Any, right: Any, costs: list[Cost], precision: Precision) -> None:
    """Both curves of a precision, each with its dashed line."""
    colour, sides = COLOURS[precision], [cost.side for cost in costs]
    level = median(cost.per_pixel(precision) for cost in costs if cost.tiles == 1)
    dashed = {"color": colour, "linewidth": 1, "linestyle": (0, (4, 3)), "alpha": 0.7}
    dots = {"color": colour, "marker": "o", "markersize": 4}
    left.plot(sides, [level * cost.pixels / 1e6 for cost in costs], **dashed)
    left.plot(sides, [cost.seconds[precision] for cost in costs], linewidth=0, **dots)
    right.axhline(level, **dashed)
    shares = [cost.per_pixel(precision) for cost in costs]
    right.plot(sides, shares, label=precision.value, **dots)


GREY = "#6b6b6b"
COLOURS = {Precision.FLOAT32: "#1f5f8b", Precision.BFLOAT16: "#c8641e"}
STYLE: Any = {  # matplotlib types each key
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "text.color": GREY,
    "axes.labelcolor": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
}


def main() -> None:
    """Print a table, and draw it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--plot", type=Path, metavar="FILE")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    example = examples.named("")
    pair = Pair(example.name, imageio.read(example.content), imageio.read(example.style))
    settings = Settings(network="sketch", device="cpu", threads=options.threads)
    write, costs = sys.stdout.write, []
    write("side  tiles  float32 s  µs/px  bfloat16 s  µs/px\n")
    for side in map(int, options.sizes.split(",")):
        cost = measured(pair, settings, side, options.repeats)
        costs.append(cost)
        wide, narrow = PRECISIONS
        write(
            f"{side:4} {cost.tiles:6} {cost.seconds[wide]:10.3f} {cost.per_pixel(wide):6.2f} "
            f"{cost.seconds[narrow]:11.3f} {cost.per_pixel(narrow):6.2f}\n"
        )
        sys.stdout.flush()
    if options.plot:
        plot(costs, options.plot)


if __name__ == "__main__":
    main()
