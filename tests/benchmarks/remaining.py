"""How right the remaining time is after three iterations, in real renders.

    python -m tests.benchmarks.remaining [--repeats 3] [--threads 1] [--clock cpu]

Renders bundled pictures by `sketch` at 256 and at 512 px and once in tiles, mixed and in float32,
at a speed that is measured first and at none. Printed are the seconds that were said after three
iterations, those that it took from then, and their ratio, as medians over the repeats; beside it
the ratio where a step's time is taken to go with the area alone, as a plain guess. On a machine
that does other things too, `--clock cpu` counts the process's own time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

AFTER: Final = 3
_HEAD: Final = "size tile format   steps  took s   knowing unknowing   by area  furthest\n"


@dataclass(frozen=True, slots=True)
class Case:
    """A render."""

    size: int
    steps: int
    precision: str
    tile: int | None = None


CASES: Final = tuple(
    case
    for precision in ("float32", "mixed")
    for case in (
        Case(256, 120, precision),
        Case(512, 100, precision),
        Case(512, 60, precision, tile=256),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said after three iterations, s.

    Attributes:
        knowing: at a speed that was measured.
        unknowing: at a typical one.
        by_area: where a step takes as long as its pixels are many.
        took: from then.
    """

    knowing: float
    unknowing: float
    by_area: float
    took: float


def measured(case: Case, threads: int, clock: Callable[[], float]) -> Said:
    """Render, and compare."""
    from engine import examples, imageio
    from engine.costs import pace, rates
    from engine.job import Frame, Job, Scale, Started
    from engine.settings import Settings
    from engine.stylise import stylise

    example = examples.named("")
    values = {"size": case.size, "steps": case.steps, "precision": case.precision}
    settings = Settings.of({**values, "tile": case.tile, "threads": threads, "network": "sketch"})
    job = Job(imageio.read(example.content), (imageio.read(example.style),), settings)
    paces: list[pace.Pace] = []
    said: list[float | None] = []
    scales: tuple[Scale, ...] = ()
    at = start = 0.0
    for message in stylise(job):
        now = clock()
        if isinstance(message, Started):
            knowing = pace.Course.of(job, message)
            assert rates.known(knowing.work) is not None
            paces = [pace.Pace(knowing), pace.Pace(pace.Course.typical(knowing.work))]
            scales = message.scales
        elif isinstance(message, Frame):
            for each in paces:
                each.add(message, now)
            start = now if message.step == 0 else start
            if message.step == AFTER:
                at, said = now, [each.seconds_left(message) for each in paces]
    first = scales[0]
    areas = sum(scale.steps * scale.width * scale.height for scale in scales)
    areas -= AFTER * first.width * first.height
    by_area = (at - start) / AFTER * areas / (first.width * first.height)
    assert said[0] is not None
    assert said[1] is not None
    return Said(said[0], said[1], by_area, clock() - at)


def measure_speed(threads: int) -> None:
    """As the window does while it is idle."""
    from engine import devices
    from engine.costs import probe
    from engine.costs.workload import Workload
    from engine.settings import Settings

    for precision in ("mixed", "float32"):
        settings = Settings.of({"network": "sketch", "precision": precision, "threads": threads})
        device = devices.choose("auto")
        probe.rate_now(Workload.of(settings, (640, 480), ((640, 480),), device))


def line(case: Case, all_said: list[Said]) -> str:
    """One line of the table: medians, and the worst ratio."""

    def ratios(name: str) -> list[float]:
        return [getattr(said, name) / said.took for said in all_said]

    medians = (statistics.median(ratios(name)) for name in ("knowing", "unknowing", "by_area"))
    took = statistics.median(said.took for said in all_said)
    furthest = max(ratios("knowing"), key=lambda ratio: abs(ratio - 1))
    figures = " ".join(f"{ratio:9.2f}" for ratio in (*medians, furthest))
    tile = case.tile or "-"
    return f"{case.size:4} {tile:>4} {case.precision:8} {case.steps:5} {took:7.1f} {figures}\n"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    asked = parser.parse_args()
    clock = time.process_time if asked.clock == "cpu" else time.monotonic
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IMPASTO_HOME"] = folder
        measure_speed(asked.threads)
        sys.stdout.write(_HEAD)
        for case in CASES:
            said = [measured(case, asked.threads, clock) for _ in range(asked.repeats)]
            sys.stdout.write(line(case, said))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
