"""The guide's pictures of the window, from those that the tour takes of it.

python main.py tour FOLDER
python docs/scripts/windows.py FOLDER

The tour drives the real window off screen, in a few minutes; this makes its pictures small.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PIL import Image

PICTURES: Final = Path(__file__).parents[1] / "pictures"
WIDTH: Final = 1024
LARGEST: Final = 100_000
"""Bytes."""

SCENES: Final = {
    "start": ("01-start-dark-en", "01-start-light-zh"),
    "painted": ("04-painted-dark-en", "04-painted-light-zh"),
    "compare": ("05-compare-dark-en", "05-compare-light-zh"),
    "filmstrip": ("08-filmstrip-light-en", "08-filmstrip-light-zh"),
    "dropped": ("13-dropped-dark-en", ""),
    "queue": ("", "14-queue-light-zh"),
    "masks": ("", "15-masks-light-zh"),
}
"""By name, the tour's English and Chinese picture; none where another one serves."""


def shrunk(source: Path, target: Path) -> None:
    """Write a picture as WebP of the guide's width, as good as fits."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    size = WIDTH, round(picture.height * WIDTH / picture.width)
    small = picture.resize(size, Image.Resampling.LANCZOS)
    for quality in range(80, 20, -5):
        small.save(target, quality=quality, method=6)
        if target.stat().st_size <= LARGEST:
            break
    sys.stdout.write(f"{target}  {target.stat().st_size:,} bytes, quality {quality}\n")


def main(folder: Path) -> None:
    """Make all of them."""
    for name, sources in SCENES.items():
        for language, source in zip(("en", "zh"), sources, strict=True):
            if source:
                target = PICTURES / f"guide-{name}-{language}.webp"
                shrunk(folder / f"{source}.png", target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
