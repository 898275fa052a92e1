"""Draws docs/pictures/styles.jpg: `python docs/scripts/styles.py`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

from engine import examples, imageio
from engine.job import Frame, Job
from engine.settings import Settings
from engine.stylise import stylise

SHEET: Final = Path(__file__).parents[1] / "pictures" / "styles.jpg"
CONTENT, ONE, OTHER = "harbour", "woodcut", "mosaic"
WIDTH, HEIGHT, LABEL, GAP = 208, 156, 22, 6
SHARES: Final = ("1,0", "3,1", "1,1", "1,3", "0,1")
PARTS: Final = (
    ("--style-scales 1,0.4", {"style_scales": "1,0.4"}),
    ("--style-scales 1,2.5", {"style_scales": "1,2.5"}),
    ("--style-crops whole/0.6,0,1,0.4", {"style_crops": "whole/0.6,0,1,0.4"}),
)

Panel = tuple[str, Image.Image]


def opened(name: str) -> Image.Image:
    """A bundled picture."""
    return Image.open(examples.folder() / f"{name}.jpg").convert("RGB")


def painted(label: str, **values: object) -> Panel:
    """The photograph in both styles."""
    sys.stdout.write(f"{label}\n")
    pictures = [imageio.read(examples.folder() / f"{name}.jpg") for name in (CONTENT, ONE, OTHER)]
    own = {"network": "sketch", "seed": 1, "device": "cpu", "size": 320, "steps": 90, **values}
    last = None
    for message in stylise(Job(pictures[0], tuple(pictures[1:]), Settings.of(own))):
        last = message if isinstance(message, Frame) else last
    assert last is not None
    return label, Image.fromarray(imageio.to_uint8(last.snapshot()))


def save(rows: list[list[Panel]]) -> None:
    """Write rows of panels with their labels above them."""
    width = max(map(len, rows)) * (WIDTH + GAP) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + LABEL + GAP) + GAP), "#fafafa")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(13)
    for y, row in enumerate(rows):
        for x, (label, picture) in enumerate(row):
            left, top = GAP + x * (WIDTH + GAP), GAP + y * (HEIGHT + LABEL + GAP)
            draw.text((left + 1, top + 2), label, "#202020", font)
            shown = ImageOps.fit(picture, (WIDTH, HEIGHT), Image.Resampling.LANCZOS)
            sheet.paste(shown, (left, top + LABEL))
    SHEET.parent.mkdir(exist_ok=True)
    sheet.save(SHEET, quality=77, optimize=True)


def main() -> None:
    """Paint everything once."""
    blends = [painted(f"--style-shares {shares}", style_shares=shares) for shares in SHARES]
    parts = [painted(label, **values) for label, values in PARTS]
    styles = [(f"{name}.jpg", opened(name)) for name in (ONE, OTHER)]
    save([blends, [*styles, *parts]])


if __name__ == "__main__":
    main()
