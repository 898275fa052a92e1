"""Names: each its own, the same for the same command, kept where more pictures come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.plan import Item, pair, planned
from engine.errors import OutputError
from engine.settings import Settings

OUT = Path("out")
FILES = st.lists(
    st.builds(
        lambda folder, stem, suffix: Path(folder) / (stem + suffix),
        st.sampled_from(["one", "two", "ONE"]),
        st.sampled_from(["a", "A", "a-b", "b", "", "c" * 200]),
        st.sampled_from([".png", ".jpg"]),
    ),
    min_size=1,
    max_size=5,
    unique=True,
)
TEMPLATES = st.sampled_from(["{content}-{style}.png", "{content}.jpg", "{n}", "all.tif"])


@given(contents=FILES, styles=FILES, template=TEMPLATES)
def test_every_content_comes_in_every_style_under_a_name_of_its_own(
    contents: list[Path], styles: list[Path], template: str
) -> None:
    items = planned(contents, styles, OUT, template=template)
    assert [(i.content, i.style) for i in items] == [(c, s) for c in contents for s in styles]
    outputs = [item.output.name.casefold() for item in items]
    assert len(set(outputs)) == len(outputs)
    assert items == planned(contents, styles, OUT, template=template)


@given(contents=FILES, more=FILES, styles=FILES, template=TEMPLATES)
def test_what_has_a_name_keeps_it_when_others_come_before_it(
    contents: list[Path], more: list[Path], styles: list[Path], template: str
) -> None:
    first = planned(contents, styles, OUT, template=template)
    named = {pair(item.content, item.style): item.output.name for item in first}
    both = list(dict.fromkeys((*more, *contents)))
    items = planned(both, styles, OUT, template=template, named=named)
    assert set(first) <= set(items)
    assert len({item.output.name.casefold() for item in items}) == len(items)


def outputs(template: str, **settings: object) -> list[str]:
    files = [Path("x/sea.jpg"), Path("y/sea.jpg")]
    items = planned(
        files, [Path("ink.png")], OUT, template=template, settings=Settings.of(settings)
    )
    return [item.output.name for item in items]


def test_pictures_of_one_name_are_numbered_in_their_order() -> None:
    assert outputs("{content}-{style}.png") == ["sea-ink.png", "sea-ink-2.png"]
    assert outputs("{n} {content}") == ["1 sea.png", "2 sea.png"]


def test_settings_can_be_in_a_name() -> None:
    assert outputs("{content} {size} {seed}.webp", size=640, seed=7)[0] == "sea 640 7.webp"


def test_a_format_that_is_not_written_is_refused() -> None:
    with pytest.raises(OutputError, match=r"\.xcf"):
        outputs("{content}.xcf")


def test_a_name_that_is_no_text_gets_one(tmp_path: Path) -> None:
    (item,) = planned([tmp_path / "caf\udce9.png"], [tmp_path / "ink.png"], OUT)
    assert item == Item(item.content, item.style, OUT / "caf-ink.png")
