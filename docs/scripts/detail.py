"""Draws docs/pictures/detail.webp: `python docs/scripts/detail.py`."""

from __future__ import annotations

from functools import cache

from PIL import Image
from sheets import Panel, cut, painted, save

PAIR = "harbour+mosaic"
WIDTH, HEIGHT = 176, 132
PART = 0.1, 0.1, 0.7, 0.7
"""Of the picture that is shown, so that strokes are seen."""

SIZE, STEPS = 288, 40
DETAIL = (0, 25, 50, 75, 100)
STROKES = (0.4, 0.7, 1, 1.5, 2.5)
DEFAULTS = {"detail": 50, "style_scale": 1, "size": SIZE, "content_layer": "conv2_2"}
LAYERS = ("conv1_2", "conv2_2", "conv3_2", "conv4_2", "conv5_2")
SIZES = (144, 216, 288, 384, 512)


@cache
def _painted(**values: object) -> Image.Image:
    return painted(PAIR, **{"size": SIZE, "steps": STEPS, **values})


def _panel(label: str, **values: object) -> Panel:
    changed = {name: value for name, value in values.items() if value != DEFAULTS[name]}
    return Panel(label, cut(_painted(**changed), PART))


def main() -> None:
    """Paint everything once."""
    rows = [
        [_panel(f"--detail {each}", detail=each) for each in DETAIL],
        [_panel(f"--style-scale {each}", style_scale=each) for each in STROKES],
        [_panel(f"--size {each}", size=each) for each in SIZES],
        [_panel(f"--content-layer {each}", content_layer=each) for each in LAYERS],
    ]
    save("detail.webp", rows, WIDTH, HEIGHT, quality=58)


if __name__ == "__main__":
    main()
