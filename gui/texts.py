"""Texts that the engine declares, in the user's language.

The engine knows no Qt, so its labels and messages cannot be found by Qt's translation scanner: they
are listed in a generated file under the context of this module, messages with gaps as templates.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from resources.translations.engine_texts import TEMPLATES, TEXTS

CONTEXT: Final = "engine"

_TEXTS: Final = frozenset(map(str, TEXTS))
_TEMPLATES: Final = tuple(map(str, TEMPLATES))
_GAP: Final = re.compile(r"\{\d+\}")
_LONGEST: Final = 2000
_DEEPEST: Final = 6
"""Messages within messages; with the bound on their length it bounds the time."""

translate = QCoreApplication.translate


def engine_text(text: str) -> str:
    """A label, a help text or a message of the engine's, translated as far as it is known."""
    return _translated(text, 0) if text else ""


def phrase(text: str) -> str:
    """A message in the user's language, with a capital letter."""
    text = engine_text(text)
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A cause or a remedy in the user's language, with a capital letter and a full stop."""
    text = phrase(text)
    return text if text.endswith((".", "!", "?", "。")) else translate("Texts", "{0}.").format(text)


def plain(words: str) -> str:
    """A menu's words without the mark of their mnemonic, which Chinese puts in brackets."""
    words = re.sub(r"\(&\w\)", "", words)
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").strip(" .…")


def _translated(text: str, depth: int) -> str:
    if text in _TEXTS:  # Qt would cut others short, at a zero or half a surrogate pair
        return translate(CONTEXT, text)
    if " " not in text or len(text) > _LONGEST or depth > _DEEPEST:
        return text
    # The translation of one template stands for the language that the others are in.
    for template, pieces, words in _templates(translate(CONTEXT, _TEMPLATES[0])):
        parts = _parts(text, pieces)
        if parts is not None:
            gaps = zip(_GAP.findall(template), parts, strict=True)
            # What is in quotation marks is a name, of the user's own choice.
            return words.format(
                *(
                    part if f"“{gap}”" in template else _translated(part, depth + 1)
                    for gap, part in gaps
                )
            )
    return text


@cache
def _templates(_language: str) -> tuple[tuple[str, list[str], str], ...]:
    """Each that is translated, what stands around its gaps, its translation; long ones first."""
    pairs = ((template, translate(CONTEXT, template)) for template in _TEMPLATES)
    ranked = sorted(pairs, key=lambda pair: -len(_GAP.sub("", pair[0])))
    return tuple((each, _GAP.split(each), words) for each, words in ranked if words != each)


def _parts(text: str, pieces: list[str]) -> list[str] | None:
    """What is in the gaps between the pieces, each as short as it can be; None if it is no such."""
    first, *middle, last = pieces
    begin, end = len(first), len(text) - len(last)
    if not (text.startswith(first) and text.endswith(last)):
        return None
    parts = []
    for piece in middle:
        found = text.find(piece, begin, max(begin, end))
        if found < 0:
            return None
        parts.append(text[begin:found])
        begin = found + len(piece)
    return [*parts, text[begin:end]] if begin <= end else None
