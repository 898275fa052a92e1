"""The pictures that were opened last, as the preferences keep them."""

from __future__ import annotations

from pathlib import Path

from gui.inputs.picture_input import RecentList
from gui.preferences.model import PreferencesModel


class Recent(RecentList):
    """Reads and writes the preferences' list."""

    def __init__(self, preferences: PreferencesModel) -> None:
        super().__init__()
        self._preferences = preferences

    def paths(self) -> tuple[Path, ...]:
        """All of them, whether or not they are still there."""
        return self._preferences.preferences.recent

    def add(self, path: Path) -> None:
        """Put a file in front; the oldest may have to go."""
        self._preferences.remember_picture(path)
