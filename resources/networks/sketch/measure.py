"""Measures a network by what it paints: trade-off curves and artefacts.

    python -m resources.networks.sketch.measure --judge VGG19.pth --pair CONTENT STYLE

Paints each pair with several style weights and lets another network, the judge, say how much of
the style arrived and how much of the content was lost. Without `--judge` the judge is an untrained
VGG-19 of full width, by which the training's settings were chosen; a real one only judges at the
end, and paints too, as a yardstick. Without `--pair` the pictures are generated.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np
import safetensors.torch
import torch
from numpy.typing import NDArray

from engine import imageio, pyramid, weights
from engine.choices import Pooling, StyleFit
from engine.job import Frame, Job, Picture
from engine.losses import Moments
from engine.networks import SKETCH_LAYERS, Layers, NetworkEntry, sketch_path
from engine.settings import Settings
from engine.stylise import stylise
from engine.vgg import Network
from resources.networks.sketch import model, pictures

LOG = logging.getLogger("sketch")
STYLE_LAYERS = ("conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1")
CONTENT_LAYER = "conv2_2"
YARDSTICK_LAYERS = Layers(
    CONTENT_LAYER, (("conv1_1", 1 / 3), ("conv2_1", 1 / 3), ("conv3_1", 1 / 3))
)
SIZE, SCALES, STEPS = 256, (128, 256), 150
REFERENCE_WEIGHT = 30.0
"""Impasto's default strength: where curves are compared."""
STYLE_WEIGHTS = (3.0, 10.0, REFERENCE_WEIGHT, 100.0, 300.0)
CONTENT_KINDS = (pictures.landscape, pictures.solids, pictures.dead_leaves)
STYLE_KINDS = (pictures.strokes, pictures.hatching, pictures.stippling, pictures.mosaic)

Pixels = NDArray[np.float32]
Features = dict[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Pair:
    """What is painted, and in whose manner."""

    content: Picture
    style: Picture


@dataclass(frozen=True, slots=True)
class Painter:
    """A network and the layers that it paints by."""

    path: Path
    layers: Layers = SKETCH_LAYERS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge finds in a result.

    Attributes:
        weight: the style weight that it was painted with.
        style: mean over the style layers of ‖G/M − A/M‖² / ‖C/M − A/M‖²; 1 is no transfer.
        content: ‖F − P‖² / ‖P‖² at conv2_2.
        chroma: energy of the finest colour differences over the greater of content's and style's.
        checkers: the same of the finest checkerboard.
    """

    weight: float
    style: float
    content: float
    chroma: float
    checkers: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What a comparison found.

    Attributes:
        curves: for each pair each painter's.
        style_over: by the other painter's name, for each pair the first one's style loss over the
            other's at equal content loss.
    """

    curves: list[dict[str, list[Verdict]]]
    style_over: dict[str, list[float]]

    def medians(self) -> dict[str, float]:
        """Of `style_over`."""
        return {name: median(shares) for name, shares in self.style_over.items()}


class Judge:
    """A network that looks at results, and never takes part in making them."""

    def __init__(self, path: Path) -> None:
        self._network = load(path).down_to(STYLE_LAYERS[-1])

    def verdict(self, result: Pixels, pair: Pair, weight: float) -> Verdict:
        """Compare (H, W, 3) in 0 … 1 with what it was made from, at its own size."""
        height, width = result.shape[:2]
        content = pyramid.resized(pyramid.tensor_of(pair.content), width, height)
        whole = pyramid.tensor_of(pair.style)
        style = pyramid.style_resized(whole, (width, height), StyleFit.WHOLE, 1.0)
        f, p, a = (self._features(x) for x in (torch.from_numpy(result), content, style))
        return Verdict(
            weight,
            float(np.mean([_left(f[name], p[name], a[name]) for name in STYLE_LAYERS])),
            float((f[CONTENT_LAYER] - p[CONTENT_LAYER]).square().sum())
            / float(p[CONTENT_LAYER].square().sum()),
            _excess(chroma_noise, result, content.numpy(), style.numpy()),
            _excess(checkerboard, result, content.numpy(), style.numpy()),
        )

    def _features(self, picture: torch.Tensor) -> Features:
        with torch.inference_mode():
            walked = self._network.walk(picture)
            return {v.name: v.output for v in walked if v.name in STYLE_LAYERS}


def load(path: Path) -> Network:
    """Any file of VGG-19's shape, with average pooling."""
    entry = NetworkEntry(path.name, path.name, path)
    return weights.load(entry, pooling=Pooling.AVERAGE, weights_input=None)


def paint(painter: Painter, pair: Pair, **settings: object) -> Pixels:
    """The result of a render, float32 (H, W, 3) in 0 … 1."""
    common = {
        "network": str(painter.path),
        "content_layer": painter.layers.content,
        "style_layers": painter.layers.style,
        "size": SIZE,
        "scales": SCALES,
        "steps": STEPS,
        "pooling": "average",
        "seed": 1,
        "threads": torch.get_num_threads(),
    }
    job = Job(pair.content, (pair.style,), Settings.of({**common, **settings}))
    last: Frame | None = None
    for message in stylise(job):
        last = message if isinstance(message, Frame) else last
    assert last is not None
    return last.snapshot()


def curve(
    painter: Painter, judge: Judge, pair: Pair, weights: Sequence[float] = STYLE_WEIGHTS
) -> list[Verdict]:
    """The trade-off between style and content, from weak to strong."""
    return [
        judge.verdict(paint(painter, pair, style_weight=weight), pair, weight) for weight in weights
    ]


def style_at(points: Sequence[Verdict], content: float) -> float:
    """A curve's style loss where its content loss is `content`; its end's beyond its ends."""
    ordered = sorted(points, key=lambda point: point.content)
    styles = np.log([point.style for point in ordered])
    return float(np.exp(np.interp(content, [point.content for point in ordered], styles)))


def chroma_noise(picture: Pixels) -> float:
    """Mean square of the finest detail (what a 3×3 mean takes away) of red−green, blue−yellow."""
    red, green, blue = np.moveaxis(picture.astype(np.float64), 2, 0)
    opponents = (red - green, blue - (red + green) / 2)
    return float(np.mean([np.square(plane - _mean3(plane))[1:-1, 1:-1] for plane in opponents]))


def checkerboard(picture: Pixels) -> float:
    """Mean square of what alternates from pixel to pixel in both directions."""
    grey = picture.astype(np.float64).mean(2)
    cells = grey[:-1, :-1] - grey[:-1, 1:] - grey[1:, :-1] + grey[1:, 1:]
    return float(np.mean(np.square(cells / 4)))


def generated_pairs(count: int) -> list[Pair]:
    """Pairs of generated pictures that no training sees."""
    found = []
    for seed in range(count):
        random = np.random.default_rng(2 * 10**9 + seed)
        content = CONTENT_KINDS[seed % len(CONTENT_KINDS)](random, SIZE)
        style = STYLE_KINDS[seed % len(STYLE_KINDS)](random, SIZE)
        found.append(Pair(_picture(content, "content"), _picture(style, "style")))
    return found


def untrained(folder: Path) -> Path:
    """Filters of sketch's shape before any training, scaled as sketch's are."""
    torch.manual_seed(0)
    sample = np.stack([pictures.picture(10**9 + i, 128) for i in range(24)])
    batch = torch.from_numpy(sample).permute(0, 3, 1, 2)
    state = model.normalised(model.folded(model.Sketch()), batch)
    path = folder / "untrained.safetensors"
    model.export(state, path, {})
    return path


def wide_untrained(folder: Path) -> Path:
    """The judge by which training is tuned: VGG-19 at full width, seeded."""
    path = folder / "judge.safetensors"
    safetensors.torch.save_file(weights.seeded(7, STYLE_LAYERS[-1]), path)
    return path


def compare(
    painters: dict[str, Painter],
    judge: Judge,
    pairs: Sequence[Pair],
    weights: Sequence[float] = STYLE_WEIGHTS,
) -> Findings:
    """The curves of all painters on all pairs, and the first one's style loss over each other's.

    The losses are compared at the content loss that the first has at the reference weight, or as
    near to it as both curves go.
    """
    curves = [
        {name: curve(painter, judge, pair, weights) for name, painter in painters.items()}
        for pair in pairs
    ]
    first = next(iter(painters))
    shares: dict[str, list[float]] = {name: [] for name in painters if name != first}
    for curve_of in curves:
        for name, found in shares.items():
            content = _common(curve_of[first], curve_of[name])
            found.append(style_at(curve_of[first], content) / style_at(curve_of[name], content))
    return Findings(curves, shares)


def _common(one: Sequence[Verdict], other: Sequence[Verdict]) -> float:
    wanted = next(point.content for point in one if point.weight == REFERENCE_WEIGHT)
    contents = [point.content for point in other]
    return min(max(wanted, min(contents)), max(contents))


def _left(f: torch.Tensor, p: torch.Tensor, a: torch.Tensor) -> float:
    """How far the Gram matrices of result and style differ, over content's and style's."""
    g, c, s = (
        moments.second / moments.count for moments in (Moments.of(x, exact=True) for x in (f, p, a))
    )
    return float((g - s).square().sum() / (c - s).square().sum())


def _excess(figure: object, result: Pixels, content: Pixels, style: Pixels) -> float:
    assert callable(figure)
    return float(figure(result) / max(figure(content), figure(style), 1e-7))


def _mean3(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = [np.roll(plane, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return np.mean(shifted, axis=0)


def _picture(pixels: NDArray[np.float32], name: str) -> Picture:
    return Picture(imageio.to_uint8(pixels.clip(0, 1)), name)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--network", type=Path, default=sketch_path())
    parser.add_argument("--judge", type=Path, help="a file of VGG-19 weights to conv3_1 or deeper")
    parser.add_argument("--pair", type=Path, nargs=2, metavar=("CONTENT", "STYLE"))
    parser.add_argument("--pairs", type=int, default=12, help="how many pairs to generate")
    parser.add_argument("--weights", type=float, nargs="+", default=STYLE_WEIGHTS)
    parser.add_argument("--report", type=Path, help="where the curves go, as JSON")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    pairs = (
        [Pair(*(imageio.read(path) for path in given.pair))]
        if given.pair
        else generated_pairs(given.pairs)
    )
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(given.judge or wide_untrained(Path(folder)))
        painters = {
            "sketch": Painter(given.network),
            "untrained": Painter(untrained(Path(folder))),
        }
        if given.judge:
            painters["judge"] = Painter(given.judge, YARDSTICK_LAYERS)
        found = compare(painters, judge, pairs, given.weights)
    for index, curves in enumerate(found.curves):
        for name, points in curves.items():
            for point in points:
                LOG.info("pair %d, %s: %s", index, name, _line(asdict(point)))
    LOG.info("style loss at equal content loss: %s", found.medians())
    if given.report:
        given.report.write_text(json.dumps(asdict(found), indent=1))


def _line(point: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3g}" for name, value in point.items())


if __name__ == "__main__":
    main()
