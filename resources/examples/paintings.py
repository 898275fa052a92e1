"""Makes the style pictures that come with Impasto, each painted from nothing by its own medium.

python -m resources.examples.paintings --folder resources/examples
"""

from __future__ import annotations

import argparse
import logging
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from resources.examples import cubes, oils, prints, washes
from resources.examples.media import Array

LOG = logging.getLogger("examples")
SIDE = 1024
PAINTINGS = oils.PAINTINGS | prints.PAINTINGS | washes.PAINTINGS | cubes.PAINTINGS


def paint(name: str, side: int) -> Array:
    """The painting of that name, float32 (side, side, 3) in 0 … 1 sRGB; always the same.

    Raises:
        KeyError: there is none.
    """
    return PAINTINGS[name](np.random.default_rng(zlib.crc32(name.encode())), side)


def main() -> None:
    """Read the command line and paint."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="all if none is given")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--side", type=int, default=SIDE, help="px")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for name in given.names or PAINTINGS:
        path = given.folder / f"{name}.jpg"
        pixels = (paint(name, given.side) * 255 + 0.5).astype(np.uint8)
        Image.fromarray(pixels).save(path, quality=88, subsampling=0, optimize=True)
        LOG.info("%s", path)


if __name__ == "__main__":
    main()
