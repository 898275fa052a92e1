"""The presets that come with Impasto: one small file each, with a thumbnail beside it."""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from engine.errors import InputError
from engine.presets.files import read
from engine.presets.looks import Preset

ORDER: Final = (
    "oil",
    "impasto",
    "watercolour",
    "ink",
    "pastel",
    "mosaic",
    "woodcut",
    "pointillism",
    "fine-detail",
    "bold-strokes",
    "true-colours",
)
"""In which they are shown; files that are not named here come after them."""

DEFAULT: Final = "default"
"""The name of the thumbnail of the look that nothing has changed."""


@cache
def built_in(folder: Path | None = None) -> tuple[Preset, ...]:
    """Every preset on the shelf that can be read.

    Args:
        folder: of the files; the bundled one where none is named.
    """
    found = {path.stem: read(path) for path in sorted((folder or shelf()).glob("*.json"))}
    keys = sorted(found, key=lambda key: (key not in ORDER, _place(key), key))
    presets = ((key, found[key]) for key in keys)
    return tuple(replace(preset, key=key) for key, preset in presets if preset is not None)


def named(key: str) -> Preset:
    """Find a built-in preset; blanks and underscores do for hyphens.

    Raises:
        InputError: there is none of that name; the nearest is named.
    """
    presets = {preset.key: preset for preset in built_in()}
    wanted = "-".join(key.casefold().replace("_", " ").replace("-", " ").split())
    if wanted in presets:
        return presets[wanted]
    close = difflib.get_close_matches(wanted, presets, 1)
    meant = f"did you mean {close[0]}? " if close else ""
    raise InputError(f"there is no preset {key!r}", f"{meant}presets: {', '.join(presets)}")


def thumbnail(key: str) -> Path:
    """The small picture of a built-in preset, or of the `DEFAULT` look."""
    return shelf() / f"{key}.webp"


def shelf() -> Path:
    """Where the files lie."""
    return Path(str(files("resources").joinpath("presets")))


def _place(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)
