"""Several names in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_MOST: Final = 3


def listed(names: Sequence[str]) -> str:
    """One name, or a few of them; of many the first two, and how many more there are."""
    parts = list(names)
    if len(parts) > _MOST:
        more = translate("Styles", "{0} more").format(len(parts) - _MOST + 1)
        parts = [*parts[: _MOST - 1], more]
    if len(parts) < 2:
        return "".join(parts)
    before = translate("Styles", ", ").join(parts[:-1])
    return translate("Styles", "{0} and {1}").format(before, parts[-1])
