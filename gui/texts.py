"""Texts that the engine declares, in the user's language.

The engine knows no Qt, so its labels cannot be found by Qt's translation scanner: they are listed
in a generated file under the context of this module.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

CONTEXT: Final = "engine"


def engine_text(text: str) -> str:
    """A label, a help text or a message of the engine's, translated where it is known."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def sentence(text: str) -> str:
    """A cause or a remedy in the user's language, with a capital letter and a full stop."""
    text = engine_text(text)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "。")) else ".")
