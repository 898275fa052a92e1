"""What a look is: those of the settings that a preset holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.settings import KNOBS, Settings

LOOK: Final = tuple(name for name, knob in KNOBS.items() if knob.look)
"""The settings that belong to the look."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A look with a name.

    Attributes:
        name: as whoever made it wrote it.
        look: settings of which only those of the look count; the others have their defaults.
        about: what it does, one sentence; empty for a user's own.
        style: the bundled picture that goes with it where no style is chosen; empty for none.
        key: what the command line calls a built-in one; empty for a user's own.
    """

    name: str
    look: Settings
    about: str = ""
    style: str = ""
    key: str = ""

    @property
    def changes(self) -> dict[str, object]:
        """What of the look is not as it is by default, by the names of the settings."""
        default = Settings()
        values = look_values(self.look).items()
        return {name: value for name, value in values if value != getattr(default, name)}


def look_of(settings: Settings) -> Settings:
    """What of the settings is the look; the rest takes its defaults."""
    return Settings.of(look_values(settings))


def look_values(settings: Settings) -> dict[str, object]:
    """The look by the names of its settings."""
    return {name: getattr(settings, name) for name in LOOK}


def wearing(settings: Settings, look: Settings) -> Settings:
    """The settings with the look of `look`."""
    return settings.replace(**look_values(look))
