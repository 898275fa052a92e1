"""Sheets of what a network knows: textures painted from noise, and what each layer keeps.

    python -m resources.networks.sketch.sheets --folder resources/networks/sketch

Both as in *Texture Synthesis Using Convolutional Neural Networks* (α = 0) and figure 1 of the
style-transfer paper (β = 0), of generated pictures.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engine.examples import named
from engine.imageio import read, to_uint8
from engine.job import Picture
from engine.networks import PAPER_LAYERS, SKETCH_LAYERS, sketch_path
from resources.networks.sketch import pictures
from resources.networks.sketch.measure import Painter, Pair, Pixels, paint

LOG = logging.getLogger("sketch")
SIDE, STEPS = 256, 300
CONTENT_LAYERS = ("conv1_2", "conv2_2", "conv3_2", "conv4_2", "conv5_2")
MARGIN, CAPTION = 6, 16


def bricks(random: pictures.Random, side: int) -> Pixels:
    """A wall: courses of bricks, each of its own colour, rough, with mortar between them."""
    height = side / 14
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    y = y + 0.8 * pictures.spectrum_noise(random, side, 2.0)
    course = np.floor(y / height).astype(int)
    place = x / (2.6 * height) + 0.5 * (course % 2)
    number = np.floor(place).astype(int)
    edge = np.minimum(y / height % 1, 1 - y / height % 1)
    end = 2.6 * np.minimum(place % 1, 1 - place % 1)
    clay = random.uniform(0.6, 1.1, (40, 40))[course, number] + 0.05 * pictures.spectrum_noise(
        random, side, 0.8
    )
    wall = clay[..., None] * np.array([0.66, 0.3, 0.22], np.float32)
    mortar = (1 - np.minimum(edge, end) / 0.08).clip(0, 1)[..., None]
    return (wall + mortar * (0.72 - wall)).clip(0, 1).astype(np.float32)


TEXTURES = {
    "strokes": (pictures.strokes, 3),
    "weave": (pictures.weave, 46),
    "mosaic": (pictures.mosaic, 3),
    "bricks": (bricks, 3),
}
"""Each with its seed."""


def textures(network: Path) -> Image.Image:
    """Above, generated textures; below, new ones with their statistics, painted from noise."""
    painter = Painter(network, PAPER_LAYERS)
    rows: tuple[list[Pixels], list[Pixels]] = ([], [])
    for make, seed in TEXTURES.values():
        texture = make(np.random.default_rng(seed), SIDE).clip(0, 1)
        rows[0].append(texture)
        rows[1].append(_painted(painter, _picture(texture), content_weight=0.0))
        LOG.info("texture %d of %d", len(rows[1]), len(TEXTURES))
    return sheet(rows, tuple(TEXTURES))


def reconstructions(network: Path) -> Image.Image:
    """A picture, and what is left of it when only one layer's features are kept."""
    whole = Image.fromarray(read(named("").content).pixels)
    left = (whole.width - whole.height) // 2
    square = whole.crop((left, 0, left + whole.height, whole.height)).resize((SIDE, SIDE))
    row: list[Pixels] = [np.asarray(square).astype(np.float32) / np.float32(255)]
    for layer in CONTENT_LAYERS:
        row.append(
            _painted(
                Painter(network, replace(SKETCH_LAYERS, content=layer)),
                _picture(row[0]),
                style_weight=0.0,
            )
        )
        LOG.info("reconstruction from %s", layer)
    return sheet((row,), ("picture", *CONTENT_LAYERS))


def sheet(rows: Iterable[Sequence[Pixels]], captions: Sequence[str]) -> Image.Image:
    """Squares of `SIDE` px in rows, a caption over each column."""
    rows = list(rows)
    step = SIDE + MARGIN
    size = len(captions) * step + MARGIN, len(rows) * step + MARGIN + CAPTION
    result = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(result)
    for column, caption in enumerate(captions):
        draw.text((MARGIN + column * step, 3), caption, fill="black")
        for number, row in enumerate(rows):
            place = MARGIN + column * step, CAPTION + MARGIN + number * step
            result.paste(Image.fromarray(to_uint8(row[column])), place)
    return result


def _painted(painter: Painter, picture: Picture, **settings: object) -> Pixels:
    goal = {"init": "noise", "size": SIDE, "scales": (64, 128, SIDE), "steps": STEPS}
    return paint(painter, Pair(picture, picture), **{**goal, **settings})


def _picture(pixels: Pixels) -> Picture:
    return Picture(to_uint8(pixels), "generated")


def main() -> None:
    """Read the command line and make both sheets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--network", type=Path, default=sketch_path())
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for make in (textures, reconstructions):
        path = given.folder / f"{make.__name__}.jpg"
        make(given.network).save(path, quality=88, optimize=True)
        LOG.info("%s", path)


if __name__ == "__main__":
    main()
