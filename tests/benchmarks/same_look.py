"""The same look at any size: a large render scaled down, beside the small one that it began as.

    python -m tests.benchmarks.same_look [--small 512] [--large 2048] [--pairs 3] [--save FOLDER]

For each pair of pictures the large render's pyramid begins as the small one's: the same scales with
at least the same steps, then twice the size and again. Scaled down it is judged at the small size
by one independent function in float32. A single-scale render of the large size, given the same
arithmetic, is judged likewise, and has to fail.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import NamedTuple

import torch
from torch import Tensor

from engine import geometry, imageio, pyramid
from engine.job import Frame, Job, Scale
from engine.settings import Settings
from engine.stylise import stylise
from tests.benchmarks.judging import Pair, decided, judge_of, pairs, planes
from tests.benchmarks.textbook import Judge

ALLOWED = 1.15
LINE = "{:9.3f}{:7.3f}{:18.3f}{:7.3f}\n"


class Look(NamedTuple):
    """What a picture looks like: its distance from the content, and from the style."""

    content: float
    style: float

    def beside(self, other: Look) -> Look:
        """As shares of another one's."""
        return Look(self.content / other.content, self.style / other.style)

    @property
    def is_same(self) -> bool:
        """Of ratios: whether neither term is much worse."""
        return max(self) <= ALLOWED


class Renders(NamedTuple):
    """A pair painted three times, (H, W, 3) each: the two large ones at their own size."""

    small: Tensor
    large: Tensor
    single: Tensor


def scales_of(settings: Settings, pair: Pair) -> tuple[Scale, ...]:
    """The pyramid that a pair is painted by."""
    return geometry.scales(decided(settings), pair.content.size)


def continued(settings: Settings, pair: Pair, large: int) -> Settings:
    """The settings of a render that begins as this one and goes on to a larger size.

    Args:
        settings: of the small render.
        pair: to paint.
        large: long side of the large one: the small one's, doubled and doubled again.
    """
    small = decided(settings)
    assert small.scales is not None
    sides, steps = list(small.scales), small.steps or 0
    while sides[-1] < large:
        sides.append(2 * sides[-1])
    first = scales_of(small, pair)
    more = small.replace(size=None, scales=tuple(sides))
    while not _begins(scales_of(more.replace(steps=steps), pair), first):
        steps += 1
    return more.replace(steps=steps)


def at_once(settings: Settings, pair: Pair) -> Settings:
    """The settings of a single-scale render with as much arithmetic."""
    scales = scales_of(settings, pair)
    area = scales[-1].width * scales[-1].height
    steps = sum(s.steps * s.width * s.height for s in scales) / area
    return settings.replace(scales=(max(scales[-1].width, scales[-1].height),), steps=round(steps))


def painted(settings: Settings, pair: Pair) -> Tensor:
    """The picture that a render ends with, (H, W, 3)."""
    last = None
    for message in stylise(Job(pair.content, (pair.style,), settings)):
        last = message if isinstance(message, Frame) else last
    assert last is not None
    return torch.from_numpy(last.snapshot())


def look(judge: Judge, picture: Tensor) -> Look:
    """The content's and the style's loss of a picture (H, W, 3) of the judge's size."""
    weighing, terms = judge.weighing, []
    for content, style in ((1.0, 0.0), (0.0, 1.0)):
        judge.weighing = replace(weighing, content=content, style=style, variation=0.0)
        with torch.no_grad():
            terms.append(float(judge.loss(planes(picture))))
    judge.weighing = weighing
    return Look(*terms)


def scaled_to(picture: Tensor, other: Tensor) -> Tensor:
    """A picture at another one's size."""
    height, width = other.shape[:2]
    return pyramid.resized(picture, width, height)


def renders(settings: Settings, pair: Pair, large: int) -> Renders:
    """Paint a pair small, large, and large at a single scale."""
    whole = continued(settings, pair, large)
    return Renders(*(painted(s, pair) for s in (settings, whole, at_once(whole, pair))))


def main() -> None:
    """Print a line for each pair, and the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--small", type=int, default=512)
    parser.add_argument("--large", type=int, default=2048)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--save", type=Path, help="folder for pictures side by side")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    values = {"network": "sketch", "device": "cpu", "seed": 0, "threads": options.threads}
    more = dict(change.split("=", 1) for change in options.set)
    settings = Settings.of({**values, "size": options.small, **more})
    write = sys.stdout.write
    write(f"ratios to {options.small} px of: {options.large} px, and of it at a single scale\n")
    write("pair                    content  style   single: content  style\n")
    ratios = []
    for pair in pairs(options.pairs):
        made = renders(settings, pair, options.large)
        judge = judge_of(settings, pair, options.small)
        own, *others = (look(judge, scaled_to(picture, made.small)) for picture in made)
        ratios.append([*others[0].beside(own), *others[1].beside(own)])
        write(f"{pair.name:23}" + LINE.format(*ratios[-1]))
        sys.stdout.flush()
        if options.save:
            save(made, options.save, pair.name)
    write(f"{'median':23}" + LINE.format(*map(median, zip(*ratios, strict=True))))


def save(made: Renders, folder: Path, name: str) -> None:
    """Write small, large and single-scale side by side; below them their middles at large size."""
    folder.mkdir(parents=True, exist_ok=True)
    small = torch.cat([scaled_to(picture, made.small) for picture in made], 1)
    middles = [_middle(scaled_to(picture, made.large), made.small) for picture in made]
    imageio.write(
        folder / f"{name}.png", torch.cat([small, torch.cat(middles, 1)], 0).numpy(), overwrite=True
    )


def _middle(picture: Tensor, window: Tensor) -> Tensor:
    top, left = ((a - b) // 2 for a, b in zip(picture.shape[:2], window.shape[:2], strict=True))
    return picture[top : top + window.shape[0], left : left + window.shape[1]]


def _begins(scales: tuple[Scale, ...], first: tuple[Scale, ...]) -> bool:
    """Whether the scales go through the first ones, each with as many steps or more."""
    there = {(scale.width, scale.height): scale.steps for scale in scales}
    return all(there.get((s.width, s.height), -1) >= s.steps for s in first)


if __name__ == "__main__":
    main()
