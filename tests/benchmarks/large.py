"""Print size on the CPU: the memory of whole renders, and the time of tiles against one piece.

    python -m tests.benchmarks.large [memory] [time] [--full] [--tile N] [--rounds N] [--cases 1,3]

Memory: renders of a square photograph of 4096 and 8192 px by `main.py render`, each in a process
of its own, two iterations, as the operating system counts their peaks; beside it the forecast.

Time: CPU seconds of one thread for each pixel of an evaluation of loss and gradient at 4096 px in
tiles, over those at 1024 px in one piece; in turn within the run, medians.

With `--full` the network is an untrained one of VGG-19's full width instead of `sketch`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import torch
from PIL import Image

from engine import examples, tiling
from engine.costs import forecast, probe
from engine.costs.workload import Workload
from engine.job import DeviceInfo
from engine.settings import Settings
from tests.benchmarks.forecast import MAIN, peak_of, seeded
from tests.engine.support import finish

SMALL, LARGE = 1024, 4096
CPU: Final = DeviceInfo("cpu", "CPU", 2**34, bfloat16=True)


class Case(NamedTuple):
    """A render, and the most that it may take, bytes."""

    size: int
    optimizer: str
    precision: str
    limit: float


CASES: Final = (
    Case(4096, "lbfgs", "float32", 4e9),
    Case(4096, "adam", "float32", 4e9),
    Case(4096, "lbfgs", "bfloat16", 4e9),
    Case(8192, "adam", "bfloat16", 8e9),
    Case(8192, "adam", "float32", 8e9),
)


def square(side: int, folder: Path) -> Path:
    """A photograph of this size, made of one that comes along."""
    path = folder / f"square-{side}.png"
    with Image.open(examples.folder() / "harbour.jpg") as image:
        short = min(image.size)
        crop = image.crop((0, 0, short, short))
        crop.resize((side, side), Image.Resampling.BICUBIC).save(path, compress_level=1)
    return path


def settings_of(case: Case, network: str, tile: int | None) -> dict[str, object]:
    """What the render is asked for."""
    values: dict[str, object] = {
        "network": network,
        "scales": str(case.size),
        "steps": 2,
        "optimizer": case.optimizer,
        "precision": case.precision,
        "device": "cpu",
        "threads": 1,
    }
    return values | ({"tile": tile} if tile else {})


def compare(case: Case, network: str, tile: int | None, folder: Path) -> str:
    """Render; one line of the table of memory."""
    values, style = settings_of(case, network, tile), examples.folder() / "mosaic.jpg"
    flags = [part for name, value in values.items() for part in (f"--{name}", str(value))]
    pictures = [str(square(case.size, folder)), str(style)]
    places = ["-o", str(folder / "result.png"), "--overwrite"]
    begun = time.monotonic()
    peak = peak_of([sys.executable, str(MAIN), "render", *pictures, *flags, *places], folder)
    seconds = time.monotonic() - begun
    with Image.open(style) as image:
        styles = (image.size,)
    expected = forecast.forecast(Settings.of(values), (case.size, case.size), styles, CPU).bytes
    return (
        f"{case.size} {case.optimizer:5} {case.precision:8} {peak / 1e9:8.2f} "
        f"{case.limit / 1e9:5.0f} {expected / 1e9:9.2f} {expected / peak:5.2f} {seconds:6.0f}\n"
    )


def evaluation(side: int, precision: str, network: str, tile: int | None) -> Callable[[], object]:
    """Loss and gradient of noise against noise, its targets known."""
    size = (side, side)
    asked = Settings.of(settings_of(Case(side, "adam", precision, 0), network, tile))
    work = Workload.of(asked.replace(tile=tile if side == LARGE else None), size, (size,), CPU)
    seen, picture = probe.network(work), torch.rand(side, side, 3)
    goal = finish(tiling.targets(seen, picture, [torch.rand(SMALL, SMALL, 3)], work.settings))
    return lambda: finish(tiling.evaluate(seen, picture, goal, work.settings))


def seconds_a_pixel(evaluate: Callable[[], object], side: int) -> float:
    """CPU seconds."""
    begun = time.process_time()
    evaluate()
    return (time.process_time() - begun) / side**2


def ratio(precision: str, network: str, tile: int | None, rounds: int) -> str:
    """One line of the table of time."""
    small = evaluation(SMALL, precision, network, tile)
    large = evaluation(LARGE, precision, network, tile)
    small()
    of_small, of_large = [], []
    for _ in range(rounds):
        of_small += [seconds_a_pixel(small, SMALL) for _ in range(3)]
        of_large += [seconds_a_pixel(large, LARGE)]
    of_small += [seconds_a_pixel(small, SMALL) for _ in range(3)]
    one, many = statistics.median(of_small), statistics.median(of_large)
    return f"{precision:8} {one * 1e6:9.3f} {many * 1e6:9.3f} {many / one:6.2f}\n"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", nargs="*", help="memory, time; both if none is named")
    parser.add_argument("--full", action="store_true", help="VGG-19's full width, untrained")
    parser.add_argument("--tile", type=int, help="instead of the one chosen by the device")
    parser.add_argument("--rounds", type=int, default=3, help="evaluations at 4096 px")
    parser.add_argument("--cases", help="of the table of memory, such as 1,3")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    what = asked.what or ["memory", "time"]
    chosen = [CASES[int(n) - 1] for n in asked.cases.split(",")] if asked.cases else CASES
    with tempfile.TemporaryDirectory() as folder:
        network = str(seeded(Path(folder))) if asked.full else "sketch"
        if "memory" in what:
            sys.stdout.write("size rule  format    peak GB limit  forecast ratio  seconds\n")
            for case in chosen:
                sys.stdout.write(compare(case, network, asked.tile, Path(folder)))
                sys.stdout.flush()
        if "time" in what:
            sys.stdout.write("format   1024 µs/px  4096 µs/px  ratio\n")
            for precision in ("float32", "bfloat16"):
                sys.stdout.write(ratio(precision, network, asked.tile, asked.rounds))
                sys.stdout.flush()


if __name__ == "__main__":
    main()
