"""A preset as it is put on: its look and, where no style was chosen, the style that it brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from engine import examples, imageio
from engine.presets.looks import wearing
from engine.settings import Settings
from gui.files.reading import Read
from gui.styles.slots import exchanged, same
from gui.texts import engine_text

if TYPE_CHECKING:
    from engine.job import Picture
    from engine.presets.looks import Preset
    from gui.session import Session
    from gui.state import Moment


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a preset changes.

    Attributes:
        what: the change, in words.
        look: settings of which those of the look count.
        style: the picture that comes along; None for none.
        instead: the styles that it takes the place of; where others came meanwhile they stay.
    """

    what: str
    look: Settings
    style: Picture | None = None
    instead: tuple[Picture, ...] = ()

    def changes(self, now: Moment) -> dict[str, Any]:
        """What becomes another in the moment."""
        settings = wearing(now.settings, self.look)
        if self.style is None or not same(now.styles, self.instead):
            return {"settings": settings}
        return exchanged(replace(now, settings=settings), now.styles, (self.style,))


class Wardrobe:
    """Puts presets on, and knows which styles came with one: only those give way to the next."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._brought: dict[str, Picture] = {}

    def put_on(self, preset: Preset | None) -> None:
        """Put on a preset, or the default look, in one step that can be undone."""
        translate = QCoreApplication.translate
        if preset is None:
            self._session.wear(Outfit(translate("Wardrobe", "default look"), Settings()))
            return
        name = engine_text(preset.name) if preset.key else preset.name
        outfit = Outfit(translate("Wardrobe", "preset “{0}”").format(name), preset.look)
        styles, style = self._session.state.styles, preset.style
        if style and self._may_go(styles) and not self._is_there(style, styles):
            self._session.read_outfit(lambda: self._with_style(outfit, style, styles))
        else:
            self._session.wear(outfit)

    def _may_go(self, styles: Sequence[Picture]) -> bool:
        return all(any(style is each for each in self._brought.values()) for style in styles)

    def _is_there(self, style: str, styles: Sequence[Picture]) -> bool:
        return style in self._brought and same(styles, (self._brought[style],))

    def _with_style(self, outfit: Outfit, style: str, instead: tuple[Picture, ...]) -> Read:
        """In the pool; once read it is the same picture each time, by which it is known."""
        if style not in self._brought:
            self._brought[style] = imageio.read(examples.file(style))
        return Read(outfit=replace(outfit, style=self._brought[style], instead=instead))
