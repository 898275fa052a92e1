"""Contact sheets of small renders with labels, for the pages beside this folder."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from engine import examples, imageio
from engine.job import Frame, Job
from engine.settings import Settings
from engine.stylise import stylise

PICTURES: Final = Path(__file__).parents[1] / "pictures"
_LABEL, _GAP, _GROUND, _INK = 22, 6, "#fafafa", "#202020"


@dataclass(frozen=True, slots=True)
class Panel:
    """A picture and what it is."""

    label: str
    picture: Image.Image


def painted(pair: str, **settings: object) -> Image.Image:
    """Paint a bundled pair with the small network that comes along."""
    sys.stdout.write(f"{pair} {settings}\n")
    example, last = examples.named(pair), None
    own = {"network": "sketch", "seed": 1, "device": "cpu", **settings}
    pictures = imageio.read(example.content), (imageio.read(example.style),)
    for message in stylise(Job(*pictures, Settings.of(own))):
        last = message if isinstance(message, Frame) else last
    assert last is not None
    return Image.fromarray(imageio.to_uint8(last.snapshot()))


def opened(path: Path, width: int, height: int) -> Image.Image:
    """A picture file, cut to a size at its middle."""
    picture = Image.open(path).convert("RGB")
    factor = max(width / picture.width, height / picture.height)
    size = round(picture.width * factor), round(picture.height * factor)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    resized = picture.resize(size, Image.Resampling.LANCZOS)
    return resized.crop((left, top, left + width, top + height))


def cut(picture: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """A part of a picture, by shares of its sides: left, top, right, bottom."""
    width, height = picture.size
    left, top, right, bottom = box
    place = left * width, top * height, right * width, bottom * height
    return picture.crop(tuple(map(round, place)))


def save(name: str, rows: list[list[Panel]], width: int, height: int) -> None:
    """Write rows of panels, all of one size, with their labels above them."""
    columns = max(map(len, rows))
    size = columns * (width + _GAP) + _GAP, len(rows) * (height + _LABEL + _GAP) + _GAP
    sheet = Image.new("RGB", size, _GROUND)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(13)
    for y, row in enumerate(rows):
        for x, panel in enumerate(row):
            left, top = _GAP + x * (width + _GAP), _GAP + y * (height + _LABEL + _GAP)
            draw.text((left + 1, top + 2), panel.label, _INK, font)
            shown = panel.picture.resize((width, height), Image.Resampling.LANCZOS)
            sheet.paste(shown, (left, top + _LABEL))
    PICTURES.mkdir(exist_ok=True)
    sheet.save(PICTURES / name, quality=86, optimize=True)
