"""Paints the thumbnails of the built-in presets.

    python -m resources.presets.make [NAME …]

One bundled photograph in every preset (some minutes on a laptop), or in those that are named, by
the small network that comes along. A preset that brings no style is shown with that of the default.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PIL import Image

from engine import examples, imageio
from engine.job import Frame, Job
from engine.presets import shelf
from engine.presets.looks import Preset, wearing
from engine.settings import Settings
from engine.stylise import stylise

PHOTOGRAPH: Final = "street"
STYLE: Final = "impasto"
"""Of the presets that bring none."""

SIZE: Final = (200, 150)
MOST_BYTES: Final = 15_000
_PAINTED: Final = Settings.of(
    {"network": "sketch", "device": "cpu", "seed": 1, "size": 256, "steps": 40}
)
_DEFAULT: Final = Preset("Default", Settings(), key=shelf.DEFAULT)


def painted(preset: Preset, photograph: str = PHOTOGRAPH) -> Image.Image:
    """Paint a bundled photograph in a preset, small."""
    pictures = (photograph, preset.style or STYLE)
    content, style = (imageio.read(examples.file(name)) for name in pictures)
    last = None
    for message in stylise(Job(content, (style,), wearing(_PAINTED, preset.look))):
        last = message if isinstance(message, Frame) else last
    assert last is not None
    return Image.fromarray(imageio.to_uint8(last.snapshot()))


def save(picture: Image.Image, path: Path) -> None:
    """Write a thumbnail, as good as its size in bytes allows."""
    small = picture.resize(SIZE, Image.Resampling.LANCZOS)
    for quality in range(85, 30, -5):
        small.save(path, quality=quality, method=6)
        if path.stat().st_size < MOST_BYTES:
            return
    raise ValueError(f"{path.name} comes to more than {MOST_BYTES} bytes")


def main(names: list[str]) -> None:
    """Paint those that are named, or all."""
    for preset in (_DEFAULT, *shelf.built_in()):
        if not names or preset.key in names:
            sys.stdout.write(f"{preset.key}\n")
            save(painted(preset), shelf.thumbnail(preset.key))


if __name__ == "__main__":
    main(sys.argv[1:])
