"""What the documentation points at is there: pages, pictures, headings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest

from tests.docs.pages import PAGES, ROOT

LINK: Final = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED: Final = re.compile(r"^\s*```.*?^\s*```", re.MULTILINE | re.DOTALL)
ADDRESS: Final = re.compile(r"[a-z]+:")
LARGEST: Final = 600_000
"""Bytes of a picture: pages are read over slow lines too."""


def links(page: Path) -> list[str]:
    """Where a page points to within the project."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    return [link for link in LINK.findall(text) if not ADDRESS.match(link)]


def headings(page: Path) -> set[str]:
    """The anchors that a page offers, as GitHub makes them of its headings."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_all_that_a_page_points_at_is_there(page: Path) -> None:
    for link in links(page):
        name, _, heading = unquote(link).partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{link} is not there"
        assert target.resolve().is_relative_to(ROOT), f"{link} leads out of the project"
        assert not heading or heading in headings(target), f"{link}: no such heading"


def test_every_picture_is_on_a_page_and_not_large() -> None:
    shown = {
        (page.parent / unquote(link)).resolve()
        for page in PAGES
        for link in links(page)
        if "#" not in link
    }
    for picture in (ROOT / "docs" / "pictures").glob("*.*"):
        assert picture.resolve() in shown, f"{picture.name} is on no page"
        assert picture.stat().st_size < LARGEST, f"{picture.name} is too large"


def test_the_guide_has_the_same_pages_and_headings_in_both_languages() -> None:
    english, chinese = (ROOT / "docs" / "guide" / language for language in ("en", "zh_CN"))
    names = {page.name for page in english.glob("*.md")}
    assert names == {page.name for page in chinese.glob("*.md")}
    for name in names:
        levels = [
            re.findall(
                r"^#+(?= )", FENCED.sub("", (folder / name).read_text("utf-8")), re.MULTILINE
            )
            for folder in (english, chinese)
        ]
        assert levels[0] == levels[1], f"{name} is built differently"


def test_every_page_of_the_guide_is_reached_from_its_index() -> None:
    for folder in (ROOT / "docs" / "guide").iterdir():
        reached = {link.partition("#")[0] for link in links(folder / "index.md")}
        missing = {page.name for page in folder.glob("*.md")} - reached - {"index.md"}
        assert not missing, f"{folder.name}/index.md does not lead to {missing}"
