"""Masks as they are named on the command line: files, or words for what needs none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from engine.job import Guidance, Mask, Picture
from engine.masks.reading import of_alpha, read, rest

EVERYWHERE: Final = "none"
ALPHA: Final = "alpha"
REST: Final = "rest"


def named(masks: Sequence[str], strength: str | None, content: Picture) -> Guidance:
    """Read the masks that were named.

    Args:
        masks: for each style a file, `none` (everywhere), `alpha` (the content's own) or `rest`
            (what the others leave); a file of such a name is `./rest`.
        strength: a file, `none` or `alpha`.
        content: the photograph.

    Raises:
        PictureError: a file cannot be read.
        MaskError: the content has no alpha, or there is no rest.
    """
    others = tuple(_named(name, content) for name in masks if name != REST)
    left = rest(others) if len(others) < len(masks) else None
    found = iter(others)
    own = tuple(left if name == REST else next(found) for name in masks)
    return Guidance(own, None if strength is None else _named(strength, content))


def _named(name: str, content: Picture) -> Mask | None:
    if name == EVERYWHERE:
        return None
    return of_alpha(content) if name == ALPHA else read(Path(name))
