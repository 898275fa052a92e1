"""Names for files that every system takes, filled in from a template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

PLACEHOLDERS: Final = ("content", "style", "date", "time", "size", "seed", "n")
"""What a template may name, in braces."""

LONGEST: Final = 180
"""Bytes of UTF-8: room for a suffix below the 255 of every system, also decomposed on a Mac."""

_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)


def file_name(template: str, values: Mapping[str, object]) -> str:
    """Fill a template and make it a name, without suffix, that can be saved anywhere.

    Args:
        template: text with `PLACEHOLDERS` in braces; braces around anything else stay.
        values: for the placeholders; one that is missing counts as empty.
    """

    def fill(found: re.Match[str]) -> str:
        return str(values.get(found[1], "")) if found[1] in PLACEHOLDERS else found[0]

    return safe(re.sub(r"\{(\w+)\}", fill, template))


def safe(name: str) -> str:
    """A name as near to this as Windows, macOS and Linux take; never empty."""
    composed = unicodedata.normalize("NFC", name)
    name = " ".join("".join(map(_safe_character, composed)).split())
    name = name.strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name) or "picture"


def _safe_character(character: str) -> str:
    if character in _FORBIDDEN:
        return "_"
    if character.isspace():
        return " "
    # Control, direction, surrogate, private and unassigned characters: unseen, or refused.
    return "" if unicodedata.category(character).startswith("C") else character


def _shortened(name: str) -> str:
    return name.encode()[:LONGEST].decode(errors="ignore").rstrip(". ")
