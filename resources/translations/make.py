"""Brings the translations up to date with the sources; what is translated already stays.

    python -m resources.translations.make

Lists the engine's texts where Qt's scanner finds them, scans everything, compiles, and says what
is left to be translated.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from resources.translations import collect

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("zh_CN",)
_LISTED: Final = "engine_texts.py"
_HEAD: Final = '''# ruff: noqa: E501
# fmt: off
"""Made by `python -m resources.translations.make`: what the engine says, for Qt's scanner."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
'''


def engine_texts() -> str:
    """The module that hands the engine's texts to Qt's scanner, and the templates to the window."""
    return "\n".join(
        (
            _HEAD,
            *_listed("TEXTS", collect.texts()),
            "",
            *_listed("TEMPLATES", collect.templates()),
            "",
        )
    )


def _listed(name: str, texts: Iterable[str]) -> Iterator[str]:
    yield f"{name} = ("
    for text in texts:
        yield f'    QT_TRANSLATE_NOOP("engine", {json.dumps(text, ensure_ascii=False)}),'
    yield ")"


def scan(listed: Path, target: Path, language: str) -> None:
    """Update a `.ts` file with Qt's scanner, without what is no longer used.

    Args:
        listed: the module that `engine_texts` gave.
        target: the file, which may exist.
        language: such as `zh_CN`.
    """
    sources = [*sorted((collect.ROOT / "gui").rglob("*.py")), listed]
    languages = ("-source-language", "en", "-target-language", language)
    _run("lupdate", *sources, "-no-obsolete", "-locations", "none", *languages, "-ts", target)


def compiled(source: Path, target: Path) -> None:
    """Turn a `.ts` file into the `.qm` that the window loads."""
    _run("lrelease", source, "-qm", target)


def unfinished(source: Path) -> list[str]:
    """What is left to be translated in a `.ts` file."""
    messages = ElementTree.parse(source).iter("message")
    return [
        message.findtext("source", "")
        for message in messages
        if message.find("translation[@type]") is not None
    ]


def _run(tool: str, *arguments: object) -> None:
    """Run one of Qt's tools, as PySide6 brings them along."""
    name = f"pyside6-{tool}"
    program = shutil.which(name, path=Path(sys.executable).parent) or shutil.which(name) or name
    subprocess.run([program, *map(str, arguments)], check=True, capture_output=True)


def main() -> None:
    """Update everything in this folder."""
    listed = FOLDER / _LISTED
    listed.write_text(engine_texts(), "utf-8", newline="\n")
    for language in LANGUAGES:
        source = FOLDER / f"impasto_{language}.ts"
        scan(listed, source, language)
        compiled(source, source.with_suffix(".qm"))
        for text in unfinished(source):
            sys.stdout.write(f"{language}: not translated yet: {text}\n")


if __name__ == "__main__":
    main()
