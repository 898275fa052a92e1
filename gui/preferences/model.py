"""The preferences as the window's parts see them: one value that changes, and is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from gui.preferences.store import Loaded, Preferences, PreferencesStore
from gui.worker import Trouble


class PreferencesModel(QObject):
    """Holds the preferences and saves each change.

    Signals:
        changed: the new `Preferences`.
        troubled: `Trouble`, where they could not be saved; they hold until the end all the same.
    """

    changed = Signal(object)
    troubled = Signal(object)

    def __init__(self, store: PreferencesStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        loaded = store.load()
        self._preferences = loaded.preferences
        self._note = self._said_of(loaded) if loaded.damaged else ""

    @property
    def preferences(self) -> Preferences:
        """As they are now."""
        return self._preferences

    @property
    def note(self) -> str:
        """What the user should know of how they were read; mostly nothing."""
        return self._note

    def set(self, **changes: object) -> None:
        """Change some of them; a value that is out of range raises."""
        self._use(self._preferences.with_changes(**changes))

    def remember_picture(self, path: Path) -> None:
        """Put a picture first among the recent ones."""
        self._use(self._preferences.with_recent(path))

    def _use(self, preferences: Preferences) -> None:
        if preferences == self._preferences:
            return
        self._preferences = preferences
        try:
            self._store.save(preferences)
        except EngineError as error:
            self.troubled.emit(Trouble(error.cause, error.remedy))
        self.changed.emit(preferences)

    def _said_of(self, loaded: Loaded) -> str:
        if loaded.kept_as is None:
            return self.tr("The preferences could not be read; defaults stand in for them")
        return self.tr(
            "The preferences were damaged: defaults stand in for what was lost, "
            "the old file is kept as {0}"
        ).format(loaded.kept_as.name)
