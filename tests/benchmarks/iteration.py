"""Seconds per iteration of VGG-19 to conv5_1, as a share of the machine's own matrix rate.

Run it on a quiet machine:

    python -m tests.benchmarks.iteration [--sizes 384,512] [--repeats 7] [--threads 2]
    python -m tests.benchmarks.iteration --device cuda --sizes 512,1024,2048

Everything is measured in turn within each repeat and reported as medians and as ratios within the
run, since absolute times drift. The filters are seeded: only the shapes matter here.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Generator
from typing import NamedTuple

import torch
from torch import Tensor

from engine import defaults, optimise, stylise, tiling, vgg, weights
from engine.choices import Pooling, Precision
from engine.job import DeviceInfo, NetworkInfo
from engine.layers import LAYERS
from engine.settings import Settings
from engine.vgg import Convolution, Network

DEEPEST = "conv5_1"
GEMM_SIDE = {"cpu": 2048, "cuda": 8192}
"""Of the matrices whose product gives a device's rate."""


class Times(NamedTuple):
    """Medians in seconds, and the rate of a matrix product in FLOP/s."""

    gemm_rate: float
    convolutions: float
    with_gram: float
    whole_step: float


def seeded_network(dtype: torch.dtype, device: str) -> Network:
    """VGG-19 to conv5_1 under seeded filters, without going through a file."""
    state = weights.seeded(0, DEEPEST)
    values = iter(state.values())
    names = LAYERS[: LAYERS.index(DEEPEST) + 1]
    convolutions = tuple(Convolution(name, next(values), next(values)) for name in names)
    info = NetworkInfo("seeded", "untrained, for benchmarks", "")
    network = Network(info, torch.full((3,), 0.5), convolutions, Pooling.AVERAGE)
    picture = torch.rand(128, 128, 3)
    return vgg.normalised(network, vgg.mean_activations(network, (picture,))).to(device, dtype)


def flops(side: int) -> float:
    """Of all convolutions forward and backward to the pixels."""
    total, channels = 0.0, 3
    for name in LAYERS[: LAYERS.index(DEEPEST) + 1]:
        count = weights.seeded(0, "conv1_1")["features.0.bias"].numel() * {
            "1": 1, "2": 2, "3": 4, "4": 8, "5": 8
        }[name[4]]  # fmt: skip
        positions = (side // 2 ** (int(name[4]) - 1)) ** 2
        total += 2 * 2 * 9 * channels * count * positions
        channels = count
    return total


def seconds(work: Callable[[], object]) -> float:
    """Of one call, until the device has done it."""
    start = now()
    work()
    return now() - start


def now() -> float:
    """Seconds, once the device has nothing left to do."""
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter()


def finish(work: Generator[None, None, object]) -> None:
    """Do interruptible work in one go."""
    for _ in work:
        pass


def gemm(dtype: torch.dtype, device: str) -> Callable[[], Tensor]:
    """A square matrix product that is large enough to reach the machine's rate."""
    side = GEMM_SIDE[device]
    a, b = (torch.randn(side, side, device=device).to(dtype) for _ in range(2))
    return lambda: a @ b


def convolutions_alone(network: Network, picture: Tensor) -> None:
    """Forward, and backward from ones at the deepest layer."""
    tape = list(network.walk(picture))
    finish(vgg.backwards(network, tape, _ones))


def _ones(visit: vgg.Visit, gradient: Tensor | None) -> Tensor | None:
    return torch.ones_like(visit.output) if visit.name == DEEPEST else gradient


def measure(side: int, precision: Precision, repeats: int, name: str) -> Times:
    """Medians over the repeats, after one round to warm up."""
    dtype = torch.float32 if precision is Precision.FLOAT32 else torch.bfloat16
    network, picture = seeded_network(dtype, name), torch.rand(side, side, 3, device=name)
    device = DeviceInfo(name, name, 2**34, bfloat16=False)
    style_only = Settings(content_weight=0, style_weight=1000, tv_weight=0, precision=precision)
    settings = defaults.resolved(style_only, device, threads=torch.get_num_threads(), seed=0)
    goal_work = tiling.targets(network, picture, [torch.rand(side, side, 3, device=name)], settings)
    goal = _result(goal_work)
    rule = optimise.update_rule(settings)
    point = optimise.Point(picture, _result(tiling.evaluate(network, picture, goal, settings)))
    product = gemm(dtype, name)
    rounds = []
    for _ in range(repeats + 1):
        rates = seconds(product)
        alone = seconds(lambda: convolutions_alone(network, picture))
        gram = seconds(lambda: finish(tiling.evaluate(network, picture, goal, settings)))
        start = now()
        taken = _result(rule.step(point, lambda x: tiling.evaluate(network, x, goal, settings)))
        stylise._preview(taken.point.picture)
        step = (now() - start) / taken.evaluations
        point = taken.point
        rounds.append(Times(2 * GEMM_SIDE[name] ** 3 / rates, alone, gram, step))
    return Times(*(statistics.median(column) for column in zip(*rounds[1:], strict=True)))


def _result(work: Generator[None, None, tiling.Result]) -> tiling.Result:
    try:
        while True:
            next(work)
    except StopIteration as done:
        result: tiling.Result = done.value
        return result


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="384,512")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--device", choices=GEMM_SIDE, default="cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    write = sys.stdout.write
    write("side precision  GEMM GFLOP/s  conv s  share  +Gram  +optimiser and preview  s/step\n")
    for side in map(int, arguments.sizes.split(",")):
        for precision in (Precision.FLOAT32, Precision.BFLOAT16):
            times = measure(side, precision, arguments.repeats, arguments.device)
            share = flops(side) / times.convolutions / times.gemm_rate
            write(
                f"{side:4} {precision.value:9} {times.gemm_rate / 1e9:13.0f} "
                f"{times.convolutions:7.4f} {share:6.2f} "
                f"{times.with_gram / times.convolutions - 1:6.1%} "
                f"{(times.whole_step - times.with_gram) / times.convolutions:23.1%} "
                f"{times.whole_step:7.4f}\n"
            )


if __name__ == "__main__":
    main()
