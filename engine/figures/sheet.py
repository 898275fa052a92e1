"""A figure as a picture: the text is there from the start, the panels come one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw

from engine.figures.boxes import Box
from engine.figures.layout import Layout, Line, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAPER: Final = "#ffffff"
INK: Final = "#1b1b1d"
QUIET_INK: Final = "#55585f"
EMPTY: Final = "#ececef"
"""Of a panel whose picture is not there yet."""


class Sheet:
    """Draws a figure as it was laid out.

    Attributes:
        image: the figure as it is now.
        layout: by which it is drawn.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.image = Image.new("RGB", layout.size, PAPER)
        self._pen = ImageDraw.Draw(self.image)
        for place in layout.places:
            self._fill(place.picture, EMPTY)
        for line in layout.lines:
            self._write(line)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The figure as it is now, uint8 (H, W, 3) sRGB, a copy."""
        return np.array(self.image)

    def put(self, index: int, pixels: NDArray[np.uint8], caption: str = "") -> None:
        """Put a panel's picture in its place, scaled to it, and what is known of it below.

        Args:
            index: of the panel.
            pixels: uint8 (h, w, 3); a picture of another shape is centred on white.
            caption: marked up; on one line, for which the panel has room.
        """
        place = self.layout.places[index]
        self._fill(place.picture, PAPER)
        picture = Image.fromarray(pixels)
        size = within(picture.size, (place.picture.width, place.picture.height))
        if size != picture.size:
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        left = place.picture.left + (place.picture.width - size[0]) // 2
        top = place.picture.top + (place.picture.height - size[1]) // 2
        self.image.paste(picture, (left, top))
        if caption:
            self._fill(place.below, PAPER)
            self._write(Line(caption, self.layout.small, place.below, is_quiet=True))

    def _write(self, line: Line) -> None:
        colour = QUIET_INK if line.is_quiet else INK
        line.face.draw(self.image, (line.box.left, line.box.top), line.text, colour)

    def _fill(self, box: Box, colour: str) -> None:
        if box.width and box.height:
            corners = (box.left, box.top, box.right - 1, box.bottom - 1)
            self._pen.rectangle(corners, colour)
