"""Which pictures a batch paints, and where each of them goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from typing import Final

from engine.disk.file_names import file_name
from engine.errors import OutputError
from engine.imageio import SUFFIXES
from engine.settings import Settings

TEMPLATE: Final = "{content}-{style}.png"
"""What a picture is called, where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One picture of a batch.

    Attributes:
        content: the photograph's file.
        style: the painting's file.
        output: where the picture goes.
    """

    content: Path
    style: Path
    output: Path

    @property
    def title(self) -> str:
        """What it is of, for people."""
        return f"{self.content.name} × {self.style.name}"


Pair = tuple[str, str]
"""Whole paths of a content and a style, as text."""


def pair(content: Path, style: Path) -> Pair:
    """Whole paths, in text that any file can hold."""
    paths = content.resolve(), style.resolve()
    first, second = (str(path).encode(errors="backslashreplace").decode() for path in paths)
    return first, second


def planned(
    contents: Iterable[Path],
    styles: Iterable[Path],
    folder: Path,
    *,
    template: str = TEMPLATE,
    settings: Settings | None = None,
    named: Mapping[Pair, str] | None = None,
) -> tuple[Item, ...]:
    """Every content in every style.

    Two pictures that would get the same name are numbered in their order, so that the same
    command gives the same names; what has a name from before keeps it.

    Args:
        contents: the photographs' files.
        styles: the paintings' files.
        folder: where the pictures go.
        template: their names; see `file_name`. Its suffix names the format, PNG without one.
        settings: for `{size}` and `{seed}`.
        named: names that pictures got before.

    Raises:
        OutputError: the template names a format that is not written.
    """
    stem, suffix = _split(template)
    kept = dict(named or {})
    taken = {name.casefold() for name in kept.values()}
    items = []
    for content, style in product(contents, styles):
        key = pair(content, style)
        if key not in kept:
            stems = (_stem(stem, content, style, settings, number) for number in count(1))
            kept[key] = next(s + suffix for s in stems if (s + suffix).casefold() not in taken)
            taken.add(kept[key].casefold())
        items.append(Item(content, style, folder / kept[key]))
    return tuple(items)


def _split(template: str) -> tuple[str, str]:
    suffix = Path(template).suffix
    if not suffix or "}" in suffix:
        return template, ".png"
    if suffix.lower() not in SUFFIXES:
        raise OutputError(
            f"{suffix} is no format that Impasto writes",
            f"end the name in one of {', '.join(SUFFIXES)}",
        )
    return template[: -len(suffix)], suffix


def _stem(template: str, content: Path, style: Path, settings: Settings | None, number: int) -> str:
    size = settings.size if settings else None
    seed = settings.seed if settings else None
    values = {
        "content": content.stem,
        "style": style.stem,
        "size": "" if size is None else size,
        "seed": "" if seed is None else seed,
        "n": number,
    }
    name = file_name(template, values)
    # A name that was cut off may have lost its number.
    is_numbered = number == 1 or name != file_name(template, values | {"n": 1})
    return name if is_numbered else f"{name}-{number}"
