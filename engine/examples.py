"""The example pictures that come with Impasto: the first render needs no file of one's own."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from engine.errors import InputError

CONTENTS: Final = {
    "harbour": "impasto",
    "mountains": "watercolour",
    "still_life": "cubism",
    "street": "pointillism",
}
"""Each content, and the style that it is shown with where none is named."""

STYLES: Final = (
    "impasto",
    "woodcut",
    "mosaic",
    "watercolour",
    "pointillism",
    "ink_wash",
    "pastel",
    "cubism",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of bundled pictures.

    Attributes:
        name: `CONTENT+STYLE`, as `--example` takes it.
        content: file of the content picture.
        style: file of the style picture.
    """

    name: str
    content: Path
    style: Path


def named(name: str, usual: str = "") -> Example:
    """Find a pair by `CONTENT`, `STYLE` or `CONTENT+STYLE`; the first one for an empty name.

    Args:
        name: of the pair.
        usual: the style where none is named; empty for the one that goes with the content.

    Raises:
        InputError: there is no such picture.
    """
    content, _, style = name.partition("+")
    if not style and content in STYLES:
        content, style = "", content
    content = _one_of(content or next(iter(CONTENTS)), tuple(CONTENTS), "content")
    style = _one_of(style or usual or CONTENTS[content], STYLES, "style")
    return Example(f"{content}+{style}", file(content), file(style))


def _one_of(name: str, names: tuple[str, ...], kind: str) -> str:
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, 1)
    meant = f"did you mean {close[0]}? " if close else ""
    raise InputError(
        f"there is no example {kind} {name!r}",
        f"{meant}contents: {', '.join(CONTENTS)}; styles: {', '.join(STYLES)}",
    )


def folder() -> Path:
    """Where the pictures lie."""
    return Path(str(files("resources").joinpath("examples")))


def file(name: str) -> Path:
    """Where a picture lies.

    Args:
        name: of `CONTENTS` or `STYLES`.
    """
    return folder() / f"{name}.jpg"
