"""Finds the texts that Qt-free modules declare and the window shows: labels, helps, messages.

A message that is put together, an f-string, becomes a template with `{0}`, `{1}` … in its gaps.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from engine.knobs import STRENGTH, Group, Knob
from engine.presets.shelf import built_in
from engine.settings import KNOBS

ROOT: Final = Path(__file__).parents[2]

_NOT_FOR_THE_WINDOW: Final = {
    "captions.py",
    "cli.py",
    "commands",
    "batch",
    "filming.py",
    "description.py",
    "rates.py",
    "shelf.py",
    "record.py",
}
_TOLD: Final = re.compile(r"(\w*Error|Note|Trouble)$")
"""Calls in the window's own modules that tell something in the engine's way."""

_NOT_TOLD: Final = ("tr", "translate", "startswith")

_WORD: Final = re.compile(r"[^\W\d_]{3}")
_CODE: Final = re.compile(r"[\\<\n]|[{}]")

COMPOSED: Final = (
    "{0}; {1}",
    "{0}; did you mean {1}?",
    "{0}; L-BFGS's memory is cleared",
    "{0}, {1} of {2} MB",
    "{0}, {1} MB",
    "{0} bits a channel",
    "{0} s",
    "{0} h",
    "{0}, or auto",
    "{0}, a multiple of {1}",
    "a whole number from {0} to {1}",
    "a number from {0} to {1}",
    "a number above {0} to {1}",
    "{0}: the file needs {1}",
    "{0}: the file needs {1}, {2} are free",
    "“{0}” is of other pictures: its {1} was {2}, not {3}",
)
"""Messages that the engine puts together from parts of sentences, as a whole."""

OF_THE_SYSTEM: Final = (
    "Permission denied",
    "No such file or directory",
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "Is a directory",
    "Not a directory",
    "File name too long",
    "Input/output error",
)
"""What systems say most often of a file that cannot be read or written."""


def texts() -> tuple[str, ...]:
    """Every text without a gap, sorted."""
    return _sorted(text for text in _all() if not _has_gaps(text))


def templates() -> tuple[str, ...]:
    """Every text with gaps, sorted."""
    return _sorted(text for text in _all() if _has_gaps(text))


def _sorted(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))


def _has_gaps(text: str) -> bool:
    return "{0}" in text


def _all() -> Iterator[str]:
    for knob in (STRENGTH, *KNOBS.values()):
        yield from _of_knob(knob)
    yield from (str(group) for group in Group)
    for preset in built_in():
        yield from (preset.name, preset.about)
    yield from COMPOSED
    yield from OF_THE_SYSTEM
    for path in sorted((ROOT / "engine").rglob("*.py")):
        if _NOT_FOR_THE_WINDOW.isdisjoint(path.relative_to(ROOT).parts):
            yield from _told(_literals(ast.parse(path.read_text("utf-8"))))
    for path in sorted((ROOT / "gui").rglob("*.py")):
        for function in _tellers(ast.parse(path.read_text("utf-8"))):
            yield from _told(_literals(function))


def _of_knob(knob: Knob) -> Iterator[str]:
    words = knob.words.values()
    yield from filter(None, (knob.label, knob.help, knob.unit, *knob.choices, *words))
    yield knob.name  # as messages call it
    if knob.live and knob is not STRENGTH:  # as a change during a run is noted, alone and in a row
        yield f"{knob.label.lower()} {{0}} → {{1}}"
        yield f"{{0}}, {knob.label.lower()} {{1}} → {{2}}"


def _told(found: Iterable[str]) -> Iterator[str]:
    """The texts that are made of words, and whole: not mere parts that are put together."""
    for text in found:
        plain = re.sub(r"\{\d+\}", "", text)
        is_part = text[0] in " ,;:" or text[-1] in " ,;:"
        is_told = bool(_WORD.search(plain)) and " " in text
        if is_told and not is_part and not _CODE.search(plain):
            yield text


def _tellers(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """The functions that call for something to be told."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_tells, ast.walk(node))):
            yield node


def _tells(node: ast.AST) -> bool:
    name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return bool(_TOLD.search(name)) and not hasattr(builtins, name)


def _literals(node: ast.AST) -> Iterator[str]:
    """The strings in a piece of code, but not its docstrings nor what Qt's scanner finds."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Compare | ast.comprehension):
        return  # words that are looked for, not told
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(_NOT_TOLD):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield _template(node)
    for child in ast.iter_child_nodes(node):
        is_part = isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)
        if not is_part:
            yield from _literals(child)


def _template(joined: ast.JoinedStr) -> str:
    parts, gaps = [], 0
    for part in joined.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{gaps}}}")
            gaps += 1
    return "".join(parts)
