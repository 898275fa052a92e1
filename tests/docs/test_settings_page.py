"""The reference of the settings is what their declaration says, and nothing is left out."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any, Final

import pytest

from engine.knobs import STRENGTH
from engine.settings import KNOBS
from tests.docs.pages import ROOT

SCRIPT: Final = ROOT / "docs" / "scripts" / "settings.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT), run_name="settings_page")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_committed_page_is_what_the_declaration_makes(
    script: dict[str, Any], language: str
) -> None:
    path: Path = script["paths"]()[language]
    page = script["page"](script["languages"]()[language])
    assert path.read_text(encoding="utf-8") == page, f"run python docs/scripts/{SCRIPT.name}"


def test_every_setting_is_on_the_page_with_its_range_and_default(script: dict[str, Any]) -> None:
    text = script["paths"]()["en"].read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| **")]
    assert len(rows) == len(KNOBS) + 1
    for knob in KNOBS.values():
        (row,) = (row for row in rows if f"** `{knob.flag}` |" in row)
        assert f"**{knob.label}**" in row
        assert ("●" in row) is knob.live
        assert ("◇" in row) is knob.look
        assert knob.default is not None or "`auto`" in row
    assert f"**{STRENGTH.label}**" in rows[0]


def test_nothing_of_the_declaration_is_left_in_english(script: dict[str, Any]) -> None:
    known = script["translated"]("zh_CN")
    for knob in (STRENGTH, *KNOBS.values()):
        for text in (knob.label, knob.help, knob.group, *knob.words.values()):
            assert known.get(text), f"{text!r} is not translated"
