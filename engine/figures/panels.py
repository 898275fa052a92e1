"""What a figure consists of: panels in a grid, each with its label, picture and settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Shows(StrEnum):
    """What a panel shows."""

    CONTENT = "content"
    STYLE = "style"
    RENDER = "render"
    MAPS = "maps"
    GRAM = "gram"


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of a figure.

    Attributes:
        row: in the grid, from 0.
        column: in the grid, from 0.
        shows: what.
        letter: by which a caption calls it; empty for none.
        label: what is written above it, marked up as `engine.figures.text` reads it.
        settings: that make it what it is, over the figure's and the user's.
        style: index of the style that it shows or is painted by.
        inset: whether the style lies in its lower left corner.
        layer: whose feature maps or Gram matrix it shows.
        of: which of the three pictures these are of.
        scale: its size as a share of the figure's panel size.
        has_caption: whether a line is kept free below it for what is known only once it is done.
    """

    row: int
    column: int
    shows: Shows
    letter: str = ""
    label: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    style: int = 0
    inset: bool = False
    layer: str = ""
    of: Shows = Shows.RENDER
    scale: float = 1.0
    has_caption: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the paper.

    Attributes:
        number: the paper's.
        title: a few words.
        help: what it shows, in a sentence without a capital letter, for lists of figures.
        caption: what is to be seen in it, marked up; below the figure.
        plan: its panels, by the number of styles.
        content: name of the bundled photograph that it is made of by default.
        styles: names of the bundled pictures that are its styles by default.
        settings: of all its renders, where the user gives none.
        heads: what is written above a row.
        many: whether it takes more than one style.
    """

    number: int
    title: str
    help: str
    caption: str
    plan: Callable[[int], tuple[Panel, ...]]
    content: str
    styles: tuple[str, ...]
    settings: Mapping[str, object]
    heads: Mapping[int, str] = field(default_factory=dict)
    many: bool = False

    @property
    def own(self) -> frozenset[str]:
        """The settings that the figure is about: users cannot set them."""
        panels = self.plan(len(self.styles))
        return frozenset(name for panel in panels for name in panel.settings)
