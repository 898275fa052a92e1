"""Draws docs/pictures/colours.webp: `python docs/scripts/colours.py`."""

from __future__ import annotations

from sheets import Panel, opened, painted, save

from engine import examples

PAIR = "still_life+impasto"
WIDTH, HEIGHT = 224, 168
PANELS: tuple[tuple[str, dict[str, object]], ...] = (
    ("--colours style", {}),
    ("--colour-blend 0.5", {"colour_blend": 0.5}),
    ("--colour-blend 1", {"colour_blend": 1}),
    ("--colours luminance, strength 0.5", {"colours": "luminance", "colour_strength": 0.5}),
    ("--colours luminance", {"colours": "luminance"}),
    ("--colours match, strength 0.5", {"colours": "match", "colour_strength": 0.5}),
    ("--colours match", {"colours": "match"}),
    ("--colours match-cholesky", {"colours": "match-cholesky"}),
)


def main() -> None:
    """Paint everything once."""
    example = examples.named(PAIR)
    panels = [
        Panel("photograph", opened(example.content, 2 * WIDTH, 2 * HEIGHT)),
        Panel("style", opened(example.style, 2 * WIDTH, 2 * HEIGHT)),
        *(Panel(label, painted(PAIR, size=320, steps=60, **values)) for label, values in PANELS),
    ]
    save("colours.webp", [panels[:5], panels[5:]], WIDTH, HEIGHT)


if __name__ == "__main__":
    main()
