"""Shows the style as the network will see it, in the colours that it is brought to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

from engine.choices import Colours
from engine.colours.palette import ColourMap, Palette, fit, style_map
from gui.canvas import bgrx, borrowed

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from engine.job import Picture
    from gui.drop_target import DropTarget
    from gui.session import Session
    from gui.state import State

_ENOUGH = 2**18
"""Pixels that tell a picture's colours well enough to look at, at once."""


class ColourPreview(QObject):
    """Dresses the style's thumbnail whenever the pictures or the colours change."""

    def __init__(self, session: Session, style: DropTarget) -> None:
        super().__init__(style)
        self._style = style
        self._palettes: dict[int, tuple[Picture, Palette]] = {}
        self._shown: tuple[object, ...] = ()
        session.changed.connect(self._show)
        self._show(session.state)

    @Slot(object)
    def _show(self, state: State) -> None:
        settings, content, style = state.settings, state.content, state.style
        colours, strength = settings.colours, settings.colour_strength
        shown = id(content), id(style), colours, strength
        if shown == self._shown:
            return  # the session tells of every change, most of which are others
        self._shown = shown
        if content is None or style is None or colours is Colours.STYLE or not strength:
            self._palettes = {}
            self._style.dress(None)
            return
        palettes = self._of(content, style)
        self._style.dress(Dress(style_map(colours, strength, *palettes), self._words(colours)))

    def _words(self, colours: Colours) -> str:
        light, matched = self.tr("light only"), self.tr("matched colours")
        return light if colours is Colours.LUMINANCE else matched

    def _of(self, content: Picture, style: Picture) -> tuple[Palette, Palette]:
        known = self._palettes
        self._palettes = {
            id(each): known.get(id(each)) or (each, _measured(each)) for each in (content, style)
        }
        return self._palettes[id(style)][1], self._palettes[id(content)][1]


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


def _measured(picture: Picture) -> Palette:
    width, height = picture.size
    step = max(1, round((width * height / _ENOUGH) ** 0.5))
    return Palette.of(picture.pixels[::step, ::step])
