"""Time to quality: how soon Impasto is as good as the textbook method after 500 evaluations.

    python -m tests.benchmarks.quality [--networks sketch,partial,full] [--pairs 6] [--kept FOLDER]

For each pair of pictures at 512 px the textbook method runs once, which takes hours with the full
network; what it reached is kept in FOLDER and found there again. Then Impasto paints the pair. Both
are judged by one independent function in float32: the time to quality is when Impasto's picture is
first at or below the textbook's loss; when it is within 2 % of that is said too. The textbook's
time is its number of evaluations times the median seconds of one, measured anew in the same run:
machines drift. `--set NAME=VALUE` changes a setting of Impasto's; its steps are such that the
textbook's loss is reached.

`partial`, the real filters down to conv3_1, and the first pair need the project's test data; `full`
is `partial` continued by seeded orthogonal filters to VGG-19's full depth.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

import safetensors.torch
import torch
from torch import Tensor

from engine import job, stylise, weights
from engine.layers import LAYERS
from engine.settings import Settings
from tests.benchmarks import textbook
from tests.benchmarks.judging import DATA, Pair, judge_of, pairs, planes
from tests.benchmarks.textbook import Judge

PARTIAL: Final = DATA / "vgg19_normalised_to_conv3_1.pth"
SIZE: Final = 512
EVALUATIONS: Final = 500
TIMED: Final = 8
NEAR: Final = 1.02
DEEP: Final[dict[str, object]] = {
    "style_layers": "conv1_1,conv2_1,conv3_1,conv4_1,conv5_1",
    "content_layer": "conv4_2",
}
CHOICES: Final[dict[str, dict[str, object]]] = {
    "sketch": DEEP | {"steps": 300},
    "partial": {
        "style_layers": "conv1_1,conv2_1,conv3_1",
        "content_layer": "conv2_2",
        "steps": 180,
    },
    "full": DEEP | {"steps": 200},
}
"""What the textbook method and Impasto paint with, by network."""


class Outcome(NamedTuple):
    """How Impasto did beside the textbook method.

    Attributes:
        share: of the textbook's time until Impasto was as good; infinite where it never was.
        near: likewise until its loss was at most `NEAR` times the textbook's.
        loss: of Impasto's last picture, relative to the textbook's.
        seconds: of the whole render.
        whole: seconds of the textbook's evaluations.
    """

    share: float
    near: float
    loss: float
    seconds: float
    whole: float


def network_file(name: str, folder: Path) -> str:
    """What `Settings.network` is to be."""
    if name != "full":
        return str(PARTIAL) if name == "partial" else name
    state = weights.seeded(0)
    real = torch.load(PARTIAL, weights_only=True)
    generator = torch.Generator().manual_seed(0)
    places = [key for key in state if key.endswith(".weight")]
    for layer, place in zip(LAYERS, places, strict=True):
        if f"{layer}.weight" in real:
            state[place] = real[f"{layer}.weight"]
            state[place.replace("weight", "bias")] = real[f"{layer}.bias"]
        else:
            torch.nn.init.orthogonal_(state[place], 2**0.5, generator=generator)
    path = folder / "full.safetensors"
    safetensors.torch.save_file(state, path)
    return str(path)


def reached_by_textbook(judge: Judge, kept: Path) -> float:
    """The loss of the textbook method's picture, brought into 0 … 1; found out once."""
    if not kept.exists():
        trace = textbook.optimise(judge, EVALUATIONS)
        loss = judge.loss(trace.picture.clamp(0, 1)).item()
        kept.write_text(json.dumps({"loss": loss, "losses": trace.losses}))
    values: dict[str, Any] = json.loads(kept.read_text())
    return float(values["loss"])


def seconds_of_textbook(judge: Judge) -> float:
    """Of all its evaluations, from a few."""
    times = textbook.optimise(judge, TIMED).seconds
    return EVALUATIONS * median(after - before for before, after in pairwise(times))


def paint(settings: Settings, pair: Pair) -> Iterator[tuple[float, Tensor]]:
    """Paint a pair: the pictures of the last scale, each with the seconds until it was there."""
    begun, aside = time.perf_counter(), 0.0
    for message in stylise.stylise(job.Job(pair.content, (pair.style,), settings)):
        if isinstance(message, job.Frame) and message.scale + 1 == message.scales:
            seen = time.perf_counter()
            yield seen - begun - aside, torch.from_numpy(message.snapshot())
            aside += time.perf_counter() - seen


def compare(settings: Settings, pair: Pair, kept: Path) -> Outcome:
    """Impasto beside the textbook method."""
    judge = judge_of(settings, pair, SIZE)
    goal = reached_by_textbook(judge, kept)
    whole = seconds_of_textbook(judge)
    share, near, loss, seconds = math.inf, math.inf, math.inf, 0.0
    for seconds, picture in paint(settings, pair):
        with torch.no_grad():
            loss = judge.loss(planes(picture)).item()
        if loss <= NEAR * goal:
            near = min(near, seconds / whole)
        if loss <= goal:
            share = min(share, seconds / whole)
    return Outcome(share, near, loss / goal, seconds, whole)


def main() -> None:
    """Print a line for each pair, and the medians."""
    options = _options()
    torch.set_num_threads(options.threads)
    more = dict(change.split("=", 1) for change in options.set)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.kept or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name in options.networks.split(","):
            own = {"network": network_file(name, Path(temporary)), "threads": options.threads}
            settings = Settings.of({"size": SIZE, "seed": 0} | CHOICES[name] | own | more)
            shares, nears = [], []
            for pair in pairs(options.pairs):
                kept = folder / f"{name}-{pair.name}.json"
                if options.textbook_only:
                    reached_by_textbook(judge_of(settings, pair, SIZE), kept)
                    continue
                outcome = compare(settings, pair, kept)
                shares.append(outcome.share)
                nears.append(outcome.near)
                _write(name, pair, outcome)
            if shares:
                sys.stdout.write(
                    f"{name}: median {median(shares):.3f} of the textbook's time, "
                    f"within 2 % after {median(nears):.3f}\n"
                )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--networks", default="sketch,partial,full")
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--kept", type=Path, help="folder for what the textbook method reached")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--textbook-only", action="store_true", help="find out what it reaches")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    return parser.parse_args()


def _write(network: str, pair: Pair, outcome: Outcome) -> None:
    sys.stdout.write(
        f"{network:8} {pair.name:24} textbook {outcome.whole:6.0f} s, as good after "
        f"{outcome.share:.3f} of that, within 2 % after {outcome.near:.3f}; "
        f"whole render {outcome.seconds:5.1f} s, loss {outcome.loss:.3f} of the textbook's\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
