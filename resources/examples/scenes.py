"""The example pictures, rendered from mathematics alone: `python -m resources.examples.scenes`."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from resources.examples.landscape import mountains
from resources.examples.maths import Array
from resources.examples.still_life import still_life
from resources.examples.town import harbour, street

SCENES: dict[str, Callable[[int, int], Array]] = {
    "harbour": harbour,
    "mountains": mountains,
    "still_life": still_life,
    "street": street,
}


def render(name: str, width: int, height: int) -> Array:
    """The picture `name`, float32 (height, width, 3), sRGB in 0 … 1; always the same."""
    return SCENES[name](width, height).clip(0, 1)


def main() -> None:
    """Write pictures as JPEG files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCENES))
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent)
    parser.add_argument("--width", type=int, default=1280, help="pixels; the height is 3/4 of it")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for name in options.names or SCENES:
        picture = render(name, options.width, options.width * 3 // 4)
        path = options.folder / f"{name}.jpg"
        pixels = (picture * 255 + 0.5).astype(np.uint8)
        Image.fromarray(pixels).save(path, quality=90, subsampling=0, optimize=True)
        logging.info("%s, %d kB, mean %.2f", path, path.stat().st_size // 1000, picture.mean())


if __name__ == "__main__":
    main()
