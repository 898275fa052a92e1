"""A figure with its pictures and settings: all that it depends on, and how it is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from engine import defaults
from engine.choices import StyleFit
from engine.errors import InputError, SettingsError
from engine.figures.captions import headline, sources
from engine.figures.layout import Cell, Layout, Size, laid_out, within
from engine.figures.panels import Figure, Panel, Shows
from engine.figures.paper import FIGURES, SIZE
from engine.figures.text import can_be_drawn
from engine.geometry import fitted
from engine.imageio import to_uint8
from engine.job import Job, Picture
from engine.series.messages import Piece
from engine.settings import KNOBS, Settings

MAPS: Final = 3
"""Feature maps in a strip of figure 2."""

_MAP: Final = 0.45
"""Long side of a feature map as a share of a panel's."""

_STARTS: Final = ("content", "style", "noise")

_ROOM: Final = {Shows.MAPS: "L_{content} = 8.88 · 10^{-88}", Shows.GRAM: "E_{l} = 8.88 · 10^{-88}"}
"""As wide as any loss."""


@dataclass(frozen=True, slots=True)
class FigureOrder:
    """What is to be made.

    Attributes:
        figure: which one.
        content: the photograph.
        styles: the paintings.
        given: the user's settings; only those that were set explicitly count.
    """

    figure: Figure
    content: Picture
    styles: tuple[Picture, ...]
    given: Settings

    @classmethod
    def of(
        cls,
        number: int,
        content: Picture,
        styles: tuple[Picture, ...],
        given: Mapping[str, object],
    ) -> Self:
        """Check what is asked for.

        Raises:
            InputError: too many styles or none.
            SettingsError: a wrong setting, or one that the figure itself is about.
        """
        figure = FIGURES[number]
        if not styles or (len(styles) > 1 and not figure.many):
            takes = "at least one style" if figure.many else "one style"
            raise InputError(
                f"figure {number} takes {takes}, not {len(styles)}",
                "name a content and that many styles",
            )
        own = sorted(figure.own & given.keys())
        if own:
            raise SettingsError(
                f"figure {number} is about {KNOBS[own[0]].flag} and sets it by itself",
                f"leave {KNOBS[own[0]].flag} out",
            )
        if given.get("init") not in (None, *_STARTS):
            raise SettingsError(
                f"a figure's panels do not start from a file, such as {given['init']!r}",
                f"choose one of {', '.join(_STARTS)}",
            )
        order = cls(figure, content, styles, Settings.of(given))
        for _ in order.jobs:  # whether the settings go together
            pass
        return order

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Of the figure, with so many styles."""
        return self.figure.plan(len(self.styles))

    @property
    def size(self) -> int:
        """Long side of a panel, px."""
        return int(self._known.get("size") or SIZE)  # type: ignore[call-overload]

    @property
    def jobs(self) -> dict[int, Job]:
        """The renders, by the index of their panel."""
        return {
            index: Job(self.content, (self.styles[panel.style],), self.settings_of(panel))
            for index, panel in enumerate(self.panels)
            if panel.shows is Shows.RENDER
        }

    @property
    def pictures(self) -> tuple[Piece, ...]:
        """The panels that show what there is already."""
        shown = {
            index: self.content if panel.shows is Shows.CONTENT else self.styles[panel.style]
            for index, panel in enumerate(self.panels)
            if panel.shows in (Shows.CONTENT, Shows.STYLE)
        }
        return tuple(
            Piece(index, 0.0, to_uint8(picture.pixels), is_done=True)
            for index, picture in shown.items()
        )

    def settings_of(self, panel: Panel) -> Settings:
        """The figure's settings, over them the user's, over them the panel's own."""
        return Settings.of({**self._known, **panel.settings})

    @property
    def layout(self) -> Layout:
        """Of the whole figure."""
        cells = tuple(map(self._cell, self.panels))
        figure = self.figure
        title = headline(figure.number, figure.title)
        return laid_out(cells, figure.heads, title, self.caption, self.size)

    @property
    def caption(self) -> str:
        """What the figure shows, and of which pictures where their names can be drawn."""
        of = sources(_stem(self.content), [_stem(style) for style in self.styles])
        return f"{self.figure.caption} {of}" if can_be_drawn(of) else self.figure.caption

    @property
    def _known(self) -> dict[str, object]:
        given = {name: getattr(self.given, name) for name in self.given.model_fields_set}
        return {**self.figure.settings, **given}

    def _cell(self, panel: Panel) -> Cell:
        room = _ROOM.get(panel.shows, "") if panel.has_caption else ""
        size = self._picture_size(panel)
        return Cell(panel.row, panel.column, size, panel.letter, panel.label, room)

    def _picture_size(self, panel: Panel) -> Size:
        whole = fitted(self.content.size, self.size)
        if panel.shows is Shows.MAPS:
            width, height = self.map_size(panel.of)
            return MAPS * width + (MAPS - 1) * self.map_gap, height
        if panel.shows is Shows.GRAM:
            return self.gram_side, self.gram_side
        return within(self.styles[panel.style].size, whole) if panel.shows is Shows.STYLE else whole

    def map_size(self, of: Shows) -> Size:
        """Width and height in px of a feature map of one of the three pictures in figure 2."""
        whole = fitted(self.content.size, max(8, round(_MAP * self.size)))
        settings = defaults.for_objective(Settings.of(self._known))
        is_whole = of is Shows.STYLE and settings.style_fit is StyleFit.WHOLE
        return within(self.styles[0].size, whole) if is_whole else whole

    @property
    def map_gap(self) -> int:
        """Between two feature maps, px."""
        return max(1, self.size // 64)

    @property
    def gram_side(self) -> int:
        """Of a Gram matrix in figure 2, px."""
        return self.map_size(Shows.RENDER)[1]


def _stem(picture: Picture) -> str:
    return picture.name.rpartition("/")[2].rpartition(".")[0] or picture.name
