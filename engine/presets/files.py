"""Reads and words preset files, as what anyone may have written."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.errors import EngineError
from engine.examples import STYLES
from engine.presets.looks import LOOK, Preset
from engine.settings import Settings

LONGEST_NAME: Final = 80
_LARGEST: Final = 65536
_STRENGTH: Final = "strength"
"""Stands for the style's weight, as in `Settings.replace`."""


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    form: Literal[1] = 1
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    about: Annotated[str, Field(max_length=200)] = ""
    style: str = ""
    settings: dict[str, Any]


def read(path: Path) -> Preset | None:
    """Read a preset; None where the file is none, or says what no preset may say."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        content = _File.model_validate_json(path.read_bytes())
        if not _is_fair(content):
            return None
        values = dict(content.settings)
        strength = values.pop(_STRENGTH, None)
        look = Settings.of(values).replace(strength=strength)
        return Preset(content.name, look, content.about, content.style)
    except (OSError, ValidationError, EngineError):
        return None


def written(preset: Preset) -> bytes:
    """A preset as a file holds it, whole: every setting of the look."""
    values = preset.look.model_dump(mode="json", include=set(LOOK))
    file = _File(name=preset.name, settings=values)
    return file.model_dump_json(indent=2, exclude={"about", "style"}).encode()


def _is_fair(content: _File) -> bool:
    """Whether it sets nothing but a look, and its name and its style are such."""
    named = tidy(content.name) == content.name and content.style in ("", *STYLES)
    return named and set(content.settings) <= {*LOOK, _STRENGTH}


def tidy(name: str) -> str:
    """One line without invisible characters, spelt in one way."""
    printable = "".join(each if each.isprintable() else " " for each in name)
    return " ".join(unicodedata.normalize("NFC", printable).split())
