"""Time to quality: how soon Impasto is as good as the textbook method after 500 evaluations.

    python -m tests.benchmarks.quality [--networks sketch,partial,full] [--pairs 6] [--kept FOLDER]

For each pair of pictures at 512 px the textbook method runs once, which takes hours with the full
network; what it reached is kept in FOLDER and found there again. Then Impasto paints the pair. Both
are judged by one independent function in float32: the time to quality is when Impasto's picture is
first at or below the textbook's loss. The textbook's time is its number of evaluations times the
median seconds of one, measured anew in the same run: machines drift. `--set NAME=VALUE` changes a
setting of Impasto's; its steps are such that the textbook's loss is reached.

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

from engine import examples, imageio, job, networks, pyramid, stylise, vgg, weights
from engine.layers import LAYERS
from engine.settings import Pooling, Settings, StyleFit
from tests.benchmarks import textbook
from tests.benchmarks.textbook import Filters, Judge, Weighing

DATA: Final = Path(__file__).parents[3] / "shared" / "data"
PARTIAL: Final = DATA / "vgg19_normalised_to_conv3_1.pth"
REAL: Final = DATA / "tuebingen_neckarfront.jpg", DATA / "vangogh_starry_night.jpg"
SIZE: Final = 512
EVALUATIONS: Final = 500
TIMED: Final = 8
EXAMPLES: Final = (
    "harbour+impasto",
    "mountains+watercolour",
    "still_life+cubism",
    "street+pointillism",
    "street+mosaic",
    "harbour+woodcut",
)
DEEP: Final[dict[str, object]] = {
    "style_layers": "conv1_1,conv2_1,conv3_1,conv4_1,conv5_1",
    "content_layer": "conv4_2",
}
CHOICES: Final[dict[str, dict[str, object]]] = {
    "sketch": DEEP | {"steps": 700},
    "partial": {
        "style_layers": "conv1_1,conv2_1,conv3_1",
        "content_layer": "conv2_2",
        "steps": 220,
    },
    "full": DEEP | {"steps": 220},
}
"""What the textbook method and Impasto paint with, by network."""


class Pair(NamedTuple):
    """A content and a style to paint it in."""

    name: str
    content: job.Picture
    style: job.Picture


class Outcome(NamedTuple):
    """How Impasto did beside the textbook method.

    Attributes:
        share: of the textbook's time until Impasto was as good; infinite where it never was.
        loss: of Impasto's last picture, relative to the textbook's.
        seconds: of the whole render.
        whole: seconds of the textbook's evaluations.
    """

    share: float
    loss: float
    seconds: float
    whole: float


def pairs(count: int) -> Iterator[Pair]:
    """The paper's first pair, where it is at hand, and bundled ones."""
    named = [examples.named(name) for name in EXAMPLES]
    found = [(e.name, e.content, e.style) for e in named]
    if REAL[0].exists():
        found.insert(0, ("tuebingen+starry_night", *REAL))
    for name, content, style in found[:count]:
        yield Pair(name, imageio.read(content), imageio.read(style))


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


def judge_of(settings: Settings, pair: Pair) -> tuple[Judge, tuple[int, int]]:
    """The judge of a pair's pictures, and their width and height."""
    entry = networks.chosen(settings.network)
    network = weights.load(entry, pooling=Pooling.AVERAGE, weights_input=settings.weights_input)
    content, style = pyramid.tensor_of(pair.content), pyramid.tensor_of(pair.style)
    means = vgg.mean_activations(network, (_small(content), _small(style)))
    if not vgg.is_normalised(means):
        network = vgg.normalised(network, means)
    layers = dict(settings.style_layers or ())
    last = settings.content_layer or ""
    network = network.down_to(vgg.deepest_of([*layers, last])).to("cpu", torch.float32)
    factor = SIZE / max(pair.content.size)
    width, height = (round(side * factor) for side in pair.content.size)
    content = pyramid.resized(content, width, height)
    style = pyramid.style_resized(style, (width, height), StyleFit.WHOLE, 1.0)
    filters = [Filters(c.name, c.weight, c.bias) for c in network.convolutions]
    weighing = Weighing(last, layers, content=1.0, style=30.0, variation=1.0)
    judge = Judge(filters, network.mean, _planes(content), _planes(style), weighing)
    return judge, (width, height)


def reached_by_textbook(judge: Judge, size: tuple[int, int], kept: Path) -> float:
    """The loss of the textbook method's picture, brought into 0 … 1; found out once."""
    if not kept.exists():
        trace = textbook.optimise(judge, *size, EVALUATIONS)
        loss = judge.loss(trace.picture.clamp(0, 1)).item()
        kept.write_text(json.dumps({"loss": loss, "losses": trace.losses}))
    values: dict[str, Any] = json.loads(kept.read_text())
    return float(values["loss"])


def seconds_of_textbook(judge: Judge, size: tuple[int, int]) -> float:
    """Of all its evaluations, from a few."""
    times = textbook.optimise(judge, *size, TIMED).seconds
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
    judge, size = judge_of(settings, pair)
    goal = reached_by_textbook(judge, size, kept)
    whole = seconds_of_textbook(judge, size)
    share, loss, seconds = math.inf, math.inf, 0.0
    for seconds, picture in paint(settings, pair):
        with torch.no_grad():
            loss = judge.loss(_planes(picture)).item()
        if loss <= goal and share == math.inf:
            share = seconds / whole
    return Outcome(share, loss / goal, seconds, whole)


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
            shares = []
            for pair in pairs(options.pairs):
                kept = folder / f"{name}-{pair.name}.json"
                if options.textbook_only:
                    reached_by_textbook(*judge_of(settings, pair), kept)
                    continue
                outcome = compare(settings, pair, kept)
                shares.append(outcome.share)
                _write(name, pair, outcome)
            if shares:
                sys.stdout.write(f"{name}: median {median(shares):.3f} of the textbook's time\n")


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
        f"{outcome.share:.3f} of that; whole render {outcome.seconds:5.1f} s, "
        f"loss {outcome.loss:.3f} of the textbook's\n"
    )
    sys.stdout.flush()


def _small(picture: Tensor) -> Tensor:
    factor = stylise.NORMALISING_SIZE / max(picture.shape)
    height, width = (round(side * factor) for side in picture.shape[:2])
    return pyramid.resized(picture, width, height) if factor < 1 else picture


def _planes(picture: Tensor) -> Tensor:
    return picture.permute(2, 0, 1)[None]


if __name__ == "__main__":
    main()
