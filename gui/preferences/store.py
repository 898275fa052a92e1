"""What the application remembers of its user: declared once, kept in one file. Knows no Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.disk import files, folders
from engine.print_size import Unit

MOST_RECENT: Final = 12
"""Pictures that are remembered."""


class Scheme(StrEnum):
    """Light, dark, or as the system is."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Language(StrEnum):
    """Of the texts in the window."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


class Motion(StrEnum):
    """Of what moves by itself."""

    SYSTEM = "system"
    LESS = "less"
    FULL = "full"


class Format(StrEnum):
    """Of quickly saved pictures: the suffix of the file."""

    PNG = ".png"
    JPEG = ".jpg"
    TIFF = ".tif"
    WEBP = ".webp"


def _pictures_folder() -> Path:
    return platformdirs.user_pictures_path() / "Impasto"


class Preferences(BaseModel):
    """Everything that outlives the window, but pictures.

    Attributes:
        scheme: light or dark.
        language: of the texts.
        motion: whether anything moves by itself.
        gallery_limit_mb: what the kept renders may take of the disk, in MB.
        name_template: the name of quickly saved pictures; `file_name` fills it.
        quick_save_folder: where they go.
        quick_save_format: which format they have.
        queue_saves: whether finished renders of the queue are saved in a folder too.
        queue_folder: in which.
        notify: whether the system tells when a render ends in the background.
        leave_core: whether a processor core is left to other programs during a run.
        banner_dismissed: whether the offer to download a network was declined.
        recent: pictures opened last, the newest first.
        size_unit: what sizes are said in.
        look_advanced_open: whether the look's advanced settings show.
        window_geometry: Qt's, in base64.
        window_state: likewise.
        splitter_sizes: pixels, by the splitter's name.
        last_folders: where a file was last chosen, by what for.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    scheme: Scheme = Scheme.SYSTEM
    language: Language = Language.SYSTEM
    motion: Motion = Motion.SYSTEM
    gallery_limit_mb: int = Field(default=2048, ge=100, le=1_000_000)
    name_template: str = "{content} in the style of {style}"
    quick_save_folder: Path = Field(default_factory=_pictures_folder)
    quick_save_format: Format = Format.PNG
    queue_saves: bool = False
    queue_folder: Path = Field(default_factory=_pictures_folder)
    notify: bool = True
    leave_core: bool = False
    banner_dismissed: bool = False
    recent: tuple[Path, ...] = Field(default=(), max_length=MOST_RECENT)
    size_unit: Unit = Unit.PX
    look_advanced_open: bool = False
    window_geometry: str = ""
    window_state: str = ""
    splitter_sizes: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    last_folders: dict[str, Path] = Field(default_factory=dict)

    def with_changes(self, **changes: object) -> Self:
        """Other values for some of them.

        Raises:
            ValidationError: one is out of range.
            AttributeError: there is none of that name.
        """
        unknown = changes.keys() - type(self).model_fields.keys()
        if unknown:
            raise AttributeError(f"no preferences: {', '.join(sorted(unknown))}")
        return type(self).model_validate(self.model_dump() | changes)

    def with_recent(self, picture: Path) -> Self:
        """The picture first among the recent ones, the oldest forgotten."""
        others = [path for path in self.recent if path != picture]
        return self.with_changes(recent=(picture, *others)[:MOST_RECENT])

    def to_json(self) -> str:
        """As the file has it."""
        return json.dumps(self.model_dump(), indent=2, default=str)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file of preferences gave.

    Attributes:
        preferences: as far as they could be read; the rest are the defaults.
        damaged: whether some or all could not be read.
        kept_as: where the damaged file is now, None where it could not be set aside.
    """

    preferences: Preferences
    damaged: bool = False
    kept_as: Path | None = None


class PreferencesStore:
    """One file of preferences."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()

    def load(self) -> Loaded:
        """Read the file; whatever is wrong with it, there are preferences."""
        try:
            found = json.loads(self.path.read_bytes())
            preferences, whole = _readable(found)
        except FileNotFoundError:
            return Loaded(Preferences())
        except (OSError, ValueError, RecursionError):
            preferences, whole = Preferences(), False
        if whole:
            return Loaded(preferences)
        return Loaded(preferences, damaged=True, kept_as=self._set_aside())

    def save(self, preferences: Preferences) -> None:
        """Write them whole or not at all.

        Raises:
            OutputError: they cannot be written.
            DiskFullError: no space is left.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.explained(self.path, error) from error
        files.write_bytes(self.path, preferences.to_json().encode(), overwrite=True)

    def _set_aside(self) -> Path | None:
        bad = self.path.with_name(f"{self.path.name}.bad")
        try:
            self.path.replace(bad)
        except OSError:
            return None
        return bad


def default_path() -> Path:
    """Where the preferences are: in `IMPASTO_HOME`, else where the platform keeps such files."""
    return folders.config() / "preferences.json"


def _readable(found: object) -> tuple[Preferences, bool]:
    """The preferences that can be read, and whether these are all that there are."""
    if not isinstance(found, Mapping):
        return Preferences(), False
    try:
        return Preferences.model_validate(found), True
    except ValidationError as error:
        wrong = {each["loc"][0] for each in error.errors()}
    kept: dict[str, Any] = {name: value for name, value in found.items() if name not in wrong}
    return Preferences.model_validate(kept), False
