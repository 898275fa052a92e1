"""The pages of the documentation, and the commands on them."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (
    *sorted(ROOT.glob("*.md")),
    *(page for folder in ("docs", "resources") for page in sorted((ROOT / folder).rglob("*.md"))),
)
COMMANDED: Final = tuple(page for page in PAGES if page.name != "CHANGELOG.md")
"""Pages whose commands are run."""

_NOT_RUN: Final = re.compile(r"<!-- not run: (.+) -->")
_ENDS_WITH: Final = re.compile(r"<!-- ends with (\d+) -->")
_WHOLE_LINE: Final = re.compile(r"`(impasto [^`]+)`")


@dataclass(frozen=True, slots=True)
class Command:
    """A command that a page tells its reader to give.

    Attributes:
        page: relative to the project's folder.
        line: on which it begins.
        arguments: after `impasto`.
        not_run: why it is not run; empty where it is.
        exit_code: with which it is to end.
    """

    page: Path
    line: int
    arguments: tuple[str, ...]
    not_run: str
    exit_code: int

    def __str__(self) -> str:
        return f"{self.page.as_posix()}:{self.line}"


def commands(page: Path) -> list[Command]:
    """Every command of a page that begins with `impasto`, in blocks of code and as a whole line.

    What holds `…` is the form of a command, not one. A line above a block speaks of all in it:
    `<!-- not run: why -->` or `<!-- ends with 1 -->`.
    """
    found = []
    for line, text, mark in _lines_of_code(page.read_text(encoding="utf-8")):
        text = text.removeprefix("$ ")
        if text.startswith("impasto ") and "…" not in text:
            arguments = tuple(shlex.split(text, comments=True)[1:])
            not_run, ends = _NOT_RUN.fullmatch(mark), _ENDS_WITH.fullmatch(mark)
            why, code = not_run[1] if not_run else "", int(ends[1]) if ends else 0
            found.append(Command(page.relative_to(ROOT), line, arguments, why, code))
    return found


def _lines_of_code(text: str) -> list[tuple[int, str, str]]:
    """The number of each line of code, the line with those it goes on in, and what stands above."""
    found: list[tuple[int, str, str]] = []
    above, is_fenced, goes_on = "", False, False
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        alone = _WHOLE_LINE.fullmatch(stripped)
        if stripped.startswith("```"):
            is_fenced, goes_on = not is_fenced, False
            above = above if is_fenced else ""
        elif alone is not None:
            found.append((number, alone[1], above))
        elif (is_fenced or line.startswith("    ")) and stripped:
            if goes_on:
                first, before, mark = found.pop()
                found.append((first, before.removesuffix("\\") + stripped, mark))
            else:
                found.append((number, stripped, above))
            goes_on = stripped.endswith("\\")
        elif stripped:
            above, goes_on = stripped, False
    return found


ALL: Final = tuple(command for page in COMMANDED for command in commands(page))
TO_RUN: Final = {
    page: tuple(group)
    for page, group in groupby(
        (command for command in ALL if not (command.not_run or "zh_CN" in command.page.parts)),
        lambda command: command.page,
    )
}
"""By page, in the order in which a reader gives them; the Chinese guide has the English one's."""
