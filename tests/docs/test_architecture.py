"""The map of the code is true: every package and contract is on it, and no file is made up."""

from __future__ import annotations

import re
import tomllib
from typing import Final

import pytest

from tests.docs.pages import ROOT

PAGE: Final = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """What stands under a heading, to the next one."""
    return PAGE.partition(f"\n### {heading}\n")[2].partition("\n#")[0]


@pytest.mark.parametrize("folder", ["engine", "gui"])
def test_every_package_is_on_the_map_and_there_are_no_others(folder: str) -> None:
    there = {each.parent.name for each in (ROOT / folder).glob("*/__init__.py")}
    named = set(re.findall(r"^\| `(\w+)/` \|", section(f"{folder}/"), re.MULTILINE))
    assert named == there


def test_every_contract_of_imports_is_on_the_map() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {each["name"] for each in declared["tool"]["importlinter"]["contracts"]}
    rules = PAGE.partition("| contract |")[2].partition("\n\n")[0].replace("`", "")
    assert {name for name in contracts if f"| {name} |" not in rules} == set()


def test_every_file_that_it_names_is_there() -> None:
    known = {path.name for path in ROOT.rglob("*.py") if ".venv" not in path.parts}
    for name in re.findall(r"`([\w/]+\.py)`", PAGE):
        assert (ROOT / name).exists() if "/" in name else name in known, name
