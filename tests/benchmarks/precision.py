"""What mixed precision costs and gains: float32 and mixed renders of the same pairs, in step.

    python -m tests.benchmarks.precision [--size 512] [--pairs 6] [--network FILE] [--threads 1]

Both renders of a pair are pulled in turn, iteration by iteration, and only their own work counts:
what else the machine does falls on both alike. Seconds are the processor's, so that other programs
cost nothing; on one thread they are those of a quiet machine. Pictures are judged by one
independent function in float32. Printed are mixed's loss as a share of float32's at equal
evaluations, and its time to the worse one of both losses as a share of float32's.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

import torch
from torch import Tensor

from engine.choices import Precision
from engine.job import Frame, Job, Message
from engine.live import Wish
from engine.settings import Settings
from engine.stylise import stylise
from tests.benchmarks.judging import Pair, judge_of, pairs, planes
from tests.benchmarks.textbook import Judge


class Moment(NamedTuple):
    """A picture (H, W, 3) of the last scale, and what it took to get there."""

    picture: Tensor
    evaluations: int
    seconds: float


class Shares(NamedTuple):
    """Of the float32 run's."""

    loss: float
    time: float


@dataclass(slots=True)
class Watched:
    """A render under way.

    Attributes:
        messages: that it is pulled by.
        seconds: of the processor that it took so far.
        moments: of its last scale.
    """

    messages: Generator[Message, Wish | None, None]
    seconds: float = 0.0
    moments: list[Moment] = field(default_factory=list)

    def advance(self) -> bool:
        """Pull the next picture; whether there was one."""
        begun = time.process_time()
        frame = next((m for m in self.messages if isinstance(m, Frame)), None)
        self.seconds += time.process_time() - begun
        if frame is not None and frame.scale + 1 == frame.scales:
            picture = torch.from_numpy(frame.snapshot())
            self.moments.append(Moment(picture, frame.evaluations, self.seconds))
        return frame is not None


def side_by_side(settings: Settings, pair: Pair) -> tuple[list[Moment], list[Moment]]:
    """The last scale of a float32 run and of a mixed one, up to the same evaluations."""
    runs = [
        Watched(stylise(Job(pair.content, (pair.style,), settings.replace(precision=precision))))
        for precision in (Precision.FLOAT32, Precision.MIXED)
    ]
    while any([run.advance() for run in runs]):
        pass
    common = min(run.moments[-1].evaluations for run in runs)
    wide, mixed = ([m for m in run.moments if m.evaluations <= common] for run in runs)
    return wide, mixed


def compare(settings: Settings, pair: Pair, size: int) -> Shares:
    """Mixed beside float32."""
    judge = judge_of(settings, pair, size)
    wide, mixed = side_by_side(settings, pair)
    losses = loss_of(judge, wide[-1]), loss_of(judge, mixed[-1])
    goal = max(losses)
    seconds = seconds_to(judge, wide, goal), seconds_to(judge, mixed, goal)
    return Shares(losses[1] / losses[0], seconds[1] / seconds[0])


def loss_of(judge: Judge, moment: Moment) -> float:
    """The whole loss of a picture."""
    with torch.no_grad():
        return float(judge.loss(planes(moment.picture)))


def seconds_to(judge: Judge, moments: list[Moment], goal: float) -> float:
    """When the loss came to the goal, to stay at it or below."""
    seconds = moments[-1].seconds
    for moment in reversed(moments[:-1]):
        if loss_of(judge, moment) > goal:
            break
        seconds = moment.seconds
    return seconds


def main() -> None:
    """Print a line for each pair, and the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--network", default="sketch")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    values = {"network": options.network, "device": "cpu", "seed": 0, "threads": options.threads}
    more = dict(change.split("=", 1) for change in options.set)
    settings = Settings.of({**values, "size": options.size, **more})
    write, found = sys.stdout.write, []
    write(f"mixed as a share of float32 at {options.size} px\n")
    write("pair                     loss  time to it\n")
    for pair in pairs(options.pairs):
        found.append(compare(settings, pair, options.size))
        write(f"{pair.name:23}{found[-1].loss:6.3f}{found[-1].time:12.2f}\n")
        sys.stdout.flush()
    loss, share = map(median, zip(*found, strict=True))
    write(f"{'median':23}{loss:6.3f}{share:12.2f}\n(goals: 1.02 and 0.75)\n")


if __name__ == "__main__":
    main()
