"""The pages are read as they were meant: no mark of Markdown is left over in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.docs.pages import PAGES, ROOT


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_nothing_of_the_markup_shows(page: Path) -> None:
    # Between Chinese characters emphasis does not end after punctuation: *甲。*乙 stays as it is.
    blocks = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    texts = [
        part.content for block in blocks for part in block.children or () if part.type == "text"
    ]
    assert [text for text in texts if "**" in text or "](" in text or text.count("*") > 1] == []
