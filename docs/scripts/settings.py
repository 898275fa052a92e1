"""The reference of all settings, in every language, generated from their declaration.

python docs/scripts/settings.py

Names and explanations are those of `engine.settings`, their Chinese that of the window's own
translations; only the few words around them are here. A test holds the pages against it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from engine.knobs import STRENGTH, Knob
from engine.settings import KNOBS

DOCS: Final = Path(__file__).parents[1]
_TRANSLATIONS: Final = DOCS.parent / "resources" / "translations"


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says of its own, in one language; `engine` translates the declaration."""

    title: str
    introduction: str
    head: tuple[str, str, str, str]
    values: str
    choice: str
    comma: str
    above: str
    multiple: str
    text: str
    several: str
    no_flag: str
    engine: dict[str, str]


def translated(language: str) -> dict[str, str]:
    """The engine's texts in a language of the window, read without Qt."""
    root = ElementTree.parse(_TRANSLATIONS / f"impasto_{language}.ts").getroot()
    context = next(each for each in root.iter("context") if each.findtext("name") == "engine")
    messages = context.iter("message")
    return {each.findtext("source", ""): each.findtext("translation", "") for each in messages}


def languages() -> dict[str, Words]:
    """What each page says, by the language's code."""
    return {
        "en": Words(
            title="Every setting",
            introduction="This page is made from the settings' own declaration by\n"
            "`python docs/scripts/settings.py`; it is never edited by hand. *auto* leaves a "
            "setting to Impasto,\nwhich decides by the objective, the device and its memory and "
            "says what it chose: in the window\nbeside the field, on the command line before the "
            "first step. **●** in the last column: a change\nacts at once on a render that is "
            "running. **◇**: it belongs to the look, and so to a preset.",
            head=("Setting", "Values", "Default", "What it does"),
            values="{0} … {1}",
            choice="`{0}` ({1})",
            comma=", ",
            above="above {0}, up to {1}",
            multiple=", a multiple of {0:g}",
            text="a name",
            several="a list",
            no_flag="in the window, presets and variations; elsewhere `--style-weight`",
            engine={},
        ),
        "zh_CN": Words(
            title="全部设置",
            introduction="本页由 `python docs/scripts/settings.py` 根据设置自身的声明生成，"
            "从不手工修改。*auto*（自动）表示交给 Impasto 决定："
            "它根据优化目标、设备和内存作出选择，"
            "并说明选了什么——在窗口里显示在输入框旁，在命令行里显示在第一步之前。"
            "末列的 **●** 表示：渲染进行中修改会立即生效。**◇** 表示：属于画面风貌，会存入预设。",
            head=("设置", "取值", "默认", "作用"),
            values="{0} … {1}",
            choice="`{0}`（{1}）",
            comma="、",
            above="大于 {0}，至多 {1}",
            multiple="，须为 {0:g} 的倍数",
            text="名称",
            several="列表",
            no_flag="用于窗口、预设和变体；其他场合用 `--style-weight`",
            engine=translated("zh_CN"),
        ),
    }


def page(words: Words) -> str:
    """The whole page in Markdown."""
    return "\n".join(_lines(words)) + "\n"


def _lines(words: Words) -> Iterator[str]:
    yield f"# {words.title}"
    yield ""
    yield words.introduction
    for group, knobs in groupby((STRENGTH, *KNOBS.values()), lambda knob: knob.group):
        yield from ("", f"## {words.engine.get(group, group)}", "")
        yield f"| {' | '.join(words.head)} | |"
        yield "|---|---|---|---|---|"
        yield from (_row(knob, words) for knob in knobs)


def _row(knob: Knob, words: Words) -> str:
    label = words.engine.get(knob.label, knob.label)
    flag = words.no_flag if knob is STRENGTH else f"`{knob.flag}`"
    marks = " ".join(("●",) * knob.live + ("◇",) * knob.look)
    cells = (
        f"**{label}** {flag}",
        _allowed(knob, words),
        _default(knob),
        words.engine.get(knob.help, knob.help),
        marks,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _allowed(knob: Knob, words: Words) -> str:
    if knob.choices:
        return words.comma.join(_choice(choice, knob, words) for choice in knob.choices)
    if knob.minimum is None or knob.maximum is None:
        return words.text if knob.type is str else words.several
    form = words.above if knob.above else words.values
    limits = form.format(_number(knob.minimum, knob), _number(knob.maximum, knob))
    unit = f" {words.engine.get(knob.unit, knob.unit)}" if knob.unit else ""
    return limits + unit + (words.multiple.format(knob.multiple_of) if knob.multiple_of else "")


def _choice(choice: str, knob: Knob, words: Words) -> str:
    """A choice as it is written, and as a form calls it where that is something else."""
    called = knob.words.get(choice, choice)
    called = words.engine.get(called, called)
    return f"`{choice}`" if called == choice else words.choice.format(choice, called)


def _number(value: float, knob: Knob) -> str:
    return f"{value:.0f}" if knob.type is int else f"{value:g}".replace("e+", "e")


def _default(knob: Knob) -> str:
    if knob.default is None:
        return "`auto`"
    return f"`{knob.default:g}`" if isinstance(knob.default, float) else f"`{knob.default}`"


def paths() -> dict[str, Path]:
    """Where the page of each language lies."""
    return {"en": DOCS / "settings.md", "zh_CN": DOCS / "settings.zh_CN.md"}


def main() -> None:
    """Write all pages."""
    for language, words in languages().items():
        paths()[language].write_text(page(words), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{paths()[language]}\n")


if __name__ == "__main__":
    main()
