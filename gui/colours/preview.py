"""Shows the style as the network will see it, in the colours that it is brought to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

from engine.blends.portions import Portion
from engine.choices import Colours
from engine.colours.palette import ColourMap, Palette, fit, style_map
from gui.canvas.canvas import bgrx, borrowed
from gui.styles.row import FurtherRow

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from engine.blends.values import Crop
    from engine.job import Picture
    from gui.inputs.drop_target import DropTarget
    from gui.session import Session
    from gui.state import State
    from gui.styles.style_list import StyleList

_ENOUGH = 2**18
"""Pixels that tell a picture's colours well enough to look at, at once."""


class ColourPreview(QObject):
    """Dresses the styles' thumbnails whenever the pictures or the colours change."""

    def __init__(self, session: Session, first: DropTarget, styles: StyleList) -> None:
        super().__init__(styles)
        self._first, self._styles = first, styles
        self._palettes: dict[object, tuple[Picture, Palette]] = {}
        self._shown: tuple[object, ...] = ()
        session.changed.connect(self._show)
        self._show(session.state)

    @Slot(object)
    def _show(self, state: State) -> None:
        settings, styles = state.settings, state.styles
        ids = tuple(map(id, (state.content, *styles)))
        shown = ids, settings.style_crops, settings.colours, settings.colour_strength
        if shown == self._shown:
            return  # the session tells of every change, most of which are others
        self._shown = shown
        dresses = self._dresses(state) or [None] * len(styles)
        self._first.dress(next(iter(dresses), None))
        for row, dress in zip(self._styles.rows[1:], dresses[1:], strict=False):
            if isinstance(row, FurtherRow):
                row.thumbnail.dress(dress)

    def _dresses(self, state: State) -> list[Dress | None]:
        """What each style wears; nothing where the styles' own colours are used."""
        settings, content, styles = state.settings, state.content, state.styles
        colours, strength = settings.colours, settings.colour_strength
        known, self._palettes = self._palettes, {}
        if content is None or colours is Colours.STYLE or not strength:
            return []
        wanted, words = self._measured(content, None, known), self._words(colours)
        crops = settings.style_crops or (None,) * len(styles)
        palettes = [
            self._measured(style, crop, known) for style, crop in zip(styles, crops, strict=False)
        ]
        return [Dress(style_map(colours, strength, each, wanted), words) for each in palettes]

    def _words(self, colours: Colours) -> str:
        light, matched = self.tr("light only"), self.tr("matched colours")
        return light if colours is Colours.LUMINANCE else matched

    def _measured(
        self, picture: Picture, crop: Crop | None, known: dict[object, tuple[Picture, Palette]]
    ) -> Palette:
        """The colours of what counts of a picture, measured once."""
        key = id(picture), crop
        found = known.get(key) or (picture, _palette(Portion(0, 1.0, 1.0, crop).of([picture])))
        self._palettes[key] = found
        return found[1]


@dataclass(frozen=True, slots=True)
class Dress:
    """Other colours for a thumbnail.

    Attributes:
        tone: maps the colours.
        words: says so.
    """

    tone: ColourMap
    words: str

    def worn_by(self, image: QImage) -> QImage:
        """A copy of an image in these colours."""
        image = image.convertToFormat(image.Format.Format_RGB888)
        height, width = image.height(), image.width()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
        pixels = rows[:, : 3 * width].reshape(height, width, 3) / np.float32(255)
        self.tone.apply(pixels)
        fit(pixels)
        ordered = bgrx((pixels * 255 + 0.5).astype(np.uint8))
        return borrowed(ordered).copy()  # out of the array's memory


def _palette(picture: Picture) -> Palette:
    width, height = picture.size
    step = max(1, round((width * height / _ENOUGH) ** 0.5))
    return Palette.of(picture.pixels[::step, ::step])
