"""Draws docs/pictures/detail.jpg: `python docs/scripts/detail.py`."""

from __future__ import annotations

from sheets import Panel, cut, painted, save

PAIR = "harbour+mosaic"
WIDTH, HEIGHT = 224, 168
PART = 0.1, 0.1, 0.7, 0.7
"""Of the picture that is shown, so that strokes are seen."""

SIZE, STEPS = 384, 60
DETAIL = (0, 25, 50, 75, 100)
STROKES = (0.5, 0.7, 1, 1.4, 2)
LAYERS = ("conv1_2", "conv2_2", "conv3_2", "conv4_2", "conv5_2")
SIZES = (192, 256, 384, 512, 768)


def _panel(label: str, **values: object) -> Panel:
    picture = painted(PAIR, **{"size": SIZE, "steps": STEPS, **values})
    return Panel(label, cut(picture, PART))


def main() -> None:
    """Paint everything once."""
    rows = [
        [_panel(f"--detail {each}", detail=each) for each in DETAIL],
        [_panel(f"--style-scale {each}", style_scale=each) for each in STROKES],
        [_panel(f"--size {each}", size=each) for each in SIZES],
        [_panel(f"--content-layer {each}", content_layer=each) for each in LAYERS],
    ]
    save("detail.jpg", rows, WIDTH, HEIGHT)


if __name__ == "__main__":
    main()
