"""Draws docs/pictures/presets.webp: `python docs/scripts/presets.py`."""

from __future__ import annotations

import sys

from sheets import Panel, painted, save

from engine.presets import shelf

PHOTOGRAPH, STYLE = "harbour", "impasto"
SIZE, STEPS = 256, 40
WIDTH, HEIGHT, COLUMNS = 240, 180, 4


def main() -> None:
    """Paint one photograph without a preset and in each of them."""
    panels = [Panel("no preset", painted(f"{PHOTOGRAPH}+{STYLE}", size=SIZE, steps=STEPS))]
    for preset in shelf.built_in():
        sys.stdout.write(f"{preset.key}\n")
        pair = f"{PHOTOGRAPH}+{preset.style or STYLE}"
        picture = painted(pair, size=SIZE, steps=STEPS, **preset.changes)
        panels.append(Panel(f"--preset {preset.key}", picture))
    rows = [panels[at : at + COLUMNS] for at in range(0, len(panels), COLUMNS)]
    save("presets.webp", rows, WIDTH, HEIGHT, quality=66)


if __name__ == "__main__":
    main()
