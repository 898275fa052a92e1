"""The user's presets: looks by name, one small file each, read as what anyone may have written."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.disk import files, folders
from engine.errors import SettingsError
from engine.presets.files import LONGEST_NAME, read, tidy, written
from engine.presets.looks import Preset, look_of, wearing

if TYPE_CHECKING:
    from engine.settings import Settings

__all__ = ["LONGEST_NAME", "Preset", "PresetStore", "look_of", "wearing"]


class PresetStore:
    """Keeps presets in a folder.

    Args:
        folder: the user's data folder, or in `IMPASTO_HOME`, where none is given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or folders.data() / "presets"

    def presets(self) -> tuple[Preset, ...]:
        """Every preset that can be read, by name."""
        found: dict[str, Preset] = {}
        with suppress(OSError):
            for path in sorted(self._folder.glob("*.json")):
                preset = read(path)
                if preset is not None and path.name == _file_name(preset.name):
                    found[preset.name] = preset
        return tuple(sorted(found.values(), key=lambda preset: preset.name.casefold()))

    def has(self, name: str) -> bool:
        """Whether there is a preset of that name already."""
        return any(preset.name == tidy(name) for preset in self.presets())

    def save(self, name: str, settings: Settings, *, overwrite: bool = False) -> Preset:
        """Keep the look of the settings under a name.

        Raises:
            SettingsError: the name is empty or too long.
            OutputError: there is one of that name, or it cannot be written.
            DiskFullError: no space is left.
        """
        preset = Preset(_checked(name), look_of(settings))
        if not overwrite and self.has(preset.name):
            raise SettingsError(f"there is a preset “{preset.name}” already", "choose another name")
        path = self._path(preset.name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.explained(path, error) from error
        files.write_bytes(path, written(preset), overwrite=True)
        return preset

    def rename(self, preset: Preset, name: str) -> Preset:
        """Give a preset another name.

        Raises:
            EngineError: as `save` and `delete`; then both are as they were.
        """
        if tidy(name) == preset.name:
            return preset
        renamed = self.save(name, preset.look)
        self.delete(preset)
        return renamed

    def delete(self, preset: Preset) -> None:
        """Remove a preset; one that is gone already is no failure.

        Raises:
            OutputError: its file cannot be removed.
        """
        path = self._path(preset.name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise files.explained(path, error) from error

    def _path(self, name: str) -> Path:
        return self._folder / _file_name(name)


def _file_name(name: str) -> str:
    """A name that every file system takes, and that no other preset has; readable as far as so."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return f"{readable}-{digest}.json".lstrip("-")


def _checked(name: str) -> str:
    checked = tidy(name)
    if not checked or len(checked) > LONGEST_NAME:
        cause = f"a preset's name has 1 to {LONGEST_NAME} characters"
        raise SettingsError(cause, "choose another name")
    return checked
