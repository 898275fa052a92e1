"""Draws docs/pictures/masks.jpg and the masks that it shows: `python docs/scripts/masks.py`."""

from __future__ import annotations

import sys
from typing import Final

import numpy as np
from PIL import Image, ImageFilter
from sheets import PICTURES, Panel, opened, save

from engine import examples, imageio, masks
from engine.job import Frame, Job
from engine.settings import Settings
from engine.stylise import stylise

MASKS: Final = PICTURES / "masks"
CONTENT, SKY, GROUND = "harbour", "impasto", "woodcut"
WIDTH, HEIGHT = 256, 192
SETTINGS: Final = {
    "network": "sketch",
    "seed": 1,
    "device": "cpu",
    "threads": 1,
    "size": 320,
    "steps": 80,
}
DARKEST_SKY: Final = 128
SIZE: Final = (512, 384)


def sky() -> Image.Image:
    """White down to the first roof or mast of each column."""
    photograph = opened(examples.folder() / f"{CONTENT}.jpg", *SIZE)
    light = np.asarray(photograph.filter(ImageFilter.GaussianBlur(1.5)).convert("L"))
    roofs = (light < DARKEST_SKY).argmax(0)  # the first row, for each column
    white = np.arange(SIZE[1])[:, None] < roofs
    mask = Image.fromarray(white.astype(np.uint8) * 255)
    return mask.filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.GaussianBlur(1))


def fade(first: float, last: float) -> Image.Image:
    """White on the left, black on the right, from one share of the width to another."""
    across = np.linspace(0, 1, SIZE[0])
    falling = ((last - across) / (last - first)).clip(0, 1)
    smooth = falling**2 * (3 - 2 * falling)
    row = np.rint(smooth * 255).astype(np.uint8)
    return Image.fromarray(np.tile(row, (SIZE[1], 1)))


def painted(styles: tuple[str, ...], named: tuple[str, ...], strength: str | None) -> Image.Image:
    """The photograph in some styles, under masks of this folder."""
    sys.stdout.write(f"{styles} {named} {strength}\n")
    content, *paintings = (
        imageio.read(examples.folder() / f"{name}.jpg") for name in (CONTENT, *styles)
    )
    files = [str(MASKS / name) if name.endswith("png") else name for name in named]
    guidance = masks.named(files, strength and str(MASKS / strength), content)
    settings = Settings.of(
        {"network": "sketch", "seed": 1, "device": "cpu", "size": 384, "steps": 100}
    )
    last = None
    for message in stylise(Job(content, tuple(paintings), settings, guidance=guidance)):
        last = message if isinstance(message, Frame) else last
    assert last is not None
    return Image.fromarray(imageio.to_uint8(last.snapshot()))


def main() -> None:
    """Draw the masks, then paint everything once."""
    own = {"sky.png": sky(), "fade.png": fade(0.25, 0.75), "strength.png": fade(1, 0)}
    MASKS.mkdir(exist_ok=True)
    for name, mask in own.items():
        mask.save(MASKS / name, optimize=True)
    photograph = opened(examples.folder() / f"{CONTENT}.jpg", 2 * WIDTH, 2 * HEIGHT)
    renders = (
        ("--mask sky.png", (SKY,), ("sky.png",), None),
        ("--mask sky.png --mask rest", (SKY, GROUND), ("sky.png", "rest"), None),
        ("--mask fade.png --mask rest", (GROUND, SKY), ("fade.png", "rest"), None),
        ("--strength-map strength.png", (SKY,), (), "strength.png"),
    )
    shown = [Panel(name, mask.convert("RGB")) for name, mask in own.items()]
    results = [Panel(label, painted(*render)) for label, *render in renders]
    save("masks.jpg", [[Panel("harbour.jpg", photograph), *shown], results], WIDTH, HEIGHT)


if __name__ == "__main__":
    main()
