"""Every command that the documentation tells its readers to give is one that works."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import click
import pytest
from PIL import Image

from engine import cli, examples
from engine.commands.flags import given_settings
from engine.settings import KNOBS, Settings
from tests.docs.pages import ALL, ROOT, TO_RUN, Command

STAND_INS: Final = {
    "photo.jpg": "harbour",
    "painting.jpg": "impasto",
    "a.jpg": "mosaic",
    "b.jpg": "woodcut",
    "photos/beach.jpg": "harbour",
    "photos/garden.jpg": "mountains",
    "paintings/starry_night.jpg": "woodcut",
    "paintings/klee-1.png": "mosaic",
    "paintings/klee-2.png": "cubism",
    **{f"{name}.jpg": name for name in (*examples.CONTENTS, *examples.STYLES)},
    **{f"resources/examples/{name}.jpg": name for name in (*examples.CONTENTS, *examples.STYLES)},
}
"""Files that a reader has, and the bundled pictures in their stead."""

FIRST: Final = Path("docs/guide/en/first-render.md")
WITHOUT_PICTURES: Final = ("devices", "networks")
ALTERNATIVES: Final = Path("README.md")
"""Its commands are not given one after the other: their results have the same names."""
PAINTED_AT, ENLARGED_TO = "64", "96"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with small copies of what readers have, and an empty home."""
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    desk = tmp_path / "desk"
    for name, bundled in STAND_INS.items():
        path = desk / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(examples.file(bundled)) as picture:
            picture.thumbnail((96, 96))
            picture.save(path)
    for mask in (ROOT / "docs/pictures/masks").iterdir():
        shutil.copy(mask, desk)
    (desk / "damaged.jpg").write_bytes(b"not a picture")
    monkeypatch.chdir(desk)
    return desk


def small(command: Command) -> list[str]:
    """The same command for a picture that is painted at once; the last of a flag counts."""
    name, *rest = command.arguments
    if name in WITHOUT_PICTURES:
        return [name, *rest]
    more = ["--network", "sketch", "--device", "cpu", "--threads", "1"]
    if command.page == ALTERNATIVES:
        more += ["--overwrite"]
    if "--steps 0" not in " ".join(rest):
        more += ["--steps", "1"]
    if "--print-size" in rest:
        return [name, *rest, *more, "--dry-run"]  # some hundred px even at the fewest dpi
    size = ENLARGED_TO if "--enlarge-from" in rest else PAINTED_AT
    return [name, *rest, *more, "--size", size]


def give(command: Command) -> None:
    assert cli.run(small(command)) == command.exit_code, str(command)


def test_there_are_commands_to_test() -> None:
    assert len(ALL) > 40
    assert FIRST in TO_RUN


@pytest.mark.parametrize("command", ALL, ids=str)
def test_a_command_has_only_flags_and_values_that_exist(command: Command) -> None:
    name, *rest = command.arguments
    with click.Context(cli.impasto) as group:
        known = cli.impasto.get_command(group, name)
        assert known is not None, f"there is no subcommand {name}"
        with known.make_context(name, rest, parent=group) as context:
            flags = {key: context.params.get(key) for key in KNOBS}
    Settings.of(given_settings(flags))


def test_the_guide_gives_the_same_commands_in_both_languages() -> None:
    given = {
        language: [
            (command.page.name, command.arguments, command.not_run)
            for command in ALL
            if language in command.page.parts
        ]
        for language in ("en", "zh_CN")
    }
    assert given["en"] == given["zh_CN"]


def test_the_first_commands_of_the_guide_paint(folder: Path) -> None:
    for command in TO_RUN[FIRST]:
        give(command)
    assert list(folder.glob("*.png"))


@pytest.mark.slow
@pytest.mark.parametrize("page", TO_RUN, ids=str)
def test_every_command_of_a_page_works_in_the_order_of_the_page(page: Path, folder: Path) -> None:
    for command in TO_RUN[page]:
        give(command)
