"""The user's presets: looks by name, one small file each, read as what anyone may have written."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine import files
from engine.errors import EngineError, SettingsError
from engine.settings import KNOBS, Settings

LONGEST_NAME: Final = 80
_LARGEST: Final = 65536
_LOOK: Final = tuple(name for name, knob in KNOBS.items() if knob.look)


@dataclass(frozen=True, slots=True)
class Preset:
    """A look with a name.

    Attributes:
        name: as the user wrote it.
        look: settings of which only those of the look count; the others have their defaults.
    """

    name: str
    look: Settings


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    form: Literal[1] = 1
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    settings: dict[str, Any]


def look_of(settings: Settings) -> Settings:
    """What of the settings is the look; the rest takes its defaults."""
    return Settings.of({name: getattr(settings, name) for name in _LOOK})


def wearing(settings: Settings, look: Settings) -> Settings:
    """The settings with the look of `look`."""
    return settings.replace(**{name: getattr(look, name) for name in _LOOK})


class PresetStore:
    """Keeps presets in a folder.

    Args:
        folder: the user's data folder, or in `IMPASTO_HOME`, where none is given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _own_folder()

    def presets(self) -> tuple[Preset, ...]:
        """Every preset that can be read, by name."""
        found: dict[str, Preset] = {}
        with suppress(OSError):
            for path in sorted(self._folder.glob("*.json")):
                preset = _read(path)
                if preset is not None and path.name == _file_name(preset.name):
                    found[preset.name] = preset
        return tuple(sorted(found.values(), key=lambda preset: preset.name.casefold()))

    def has(self, name: str) -> bool:
        """Whether there is a preset of that name already."""
        return any(preset.name == _tidy(name) for preset in self.presets())

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
        values = preset.look.model_dump(mode="json", include=set(_LOOK))
        text = _File(name=preset.name, settings=values).model_dump_json(indent=2)
        path = self._path(preset.name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.explained(path, error) from error
        files.write_bytes(path, text.encode(), overwrite=True)
        return preset

    def rename(self, preset: Preset, name: str) -> Preset:
        """Give a preset another name.

        Raises:
            EngineError: as `save` and `delete`; then both are as they were.
        """
        if _tidy(name) == preset.name:
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


def _own_folder() -> Path:
    home = os.environ.get("IMPASTO_HOME")
    base = Path(home).expanduser() if home else platformdirs.user_data_path("impasto", False)
    return base / "presets"


def _file_name(name: str) -> str:
    """A name that every file system takes, and that no other preset has; readable as far as so."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return f"{readable}-{digest}.json".lstrip("-")


def _tidy(name: str) -> str:
    """One line without invisible characters, spelt in one way."""
    printable = "".join(each if each.isprintable() else " " for each in name)
    return " ".join(unicodedata.normalize("NFC", printable).split())


def _checked(name: str) -> str:
    tidy = _tidy(name)
    if not tidy or len(tidy) > LONGEST_NAME:
        cause = f"a preset's name has 1 to {LONGEST_NAME} characters"
        raise SettingsError(cause, "choose another name")
    return tidy


def _read(path: Path) -> Preset | None:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        content = _File.model_validate_json(path.read_bytes())
        if _tidy(content.name) != content.name or not set(content.settings) <= set(_LOOK):
            return None
        return Preset(content.name, Settings.of(content.settings))
    except (OSError, ValidationError, EngineError):
        return None
