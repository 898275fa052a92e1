"""Texts that the engine declares, in the user's language.

The engine knows no Qt, so its labels and messages cannot be found by Qt's translation scanner: they
are listed in a generated file under the context of this module, messages with gaps as templates.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from resources.translations.engine_texts import TEMPLATES

CONTEXT: Final = "engine"

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
    known = translate(CONTEXT, text)
    if known != text or " " not in text or len(text) > _LONGEST or depth > _DEEPEST:
        return known
    # The translation of one template stands for the language that the others are in.
    for template, pattern, words in _templates(translate(CONTEXT, _TEMPLATES[0])):
        match = pattern.fullmatch(text)
        if match:
            parts = zip(_GAP.findall(template), match.groups(), strict=True)
            return words.format(
                # What is in quotation marks is a name, of the user's own choice.
                *(
                    part if f"“{gap}”" in template else _translated(part, depth + 1)
                    for gap, part in parts
                )
            )
    return text


@lru_cache(maxsize=1)
def _templates(_language: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Each template that is translated, as a pattern and in translation; the most telling first."""
    pairs = ((template, translate(CONTEXT, template)) for template in _TEMPLATES)
    ranked = sorted(pairs, key=lambda pair: -len(_GAP.sub("", pair[0])))
    return tuple((each, _pattern(each), words) for each, words in ranked if words != each)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, _GAP.split(template))), re.DOTALL)
