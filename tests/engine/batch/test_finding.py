"""What names, folders and patterns stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch.finding import find
from engine.errors import PictureError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deeper").mkdir()
    for name in ("b.png", "a.JPG", ".hidden.png", "notes.txt", "deeper/c.tif", "[x].webp"):
        (tmp_path / name).write_text("")
    return tmp_path


def names(*asked: object) -> list[str]:
    return [path.name for path in find(map(str, asked)).pictures]


def test_a_folder_stands_for_its_pictures_by_name_and_says_what_it_passes_over(
    folder: Path,
) -> None:
    found = find([str(folder)])
    assert [path.name for path in found.pictures] == ["[x].webp", "a.JPG", "b.png"]
    assert {path.name for path in found.passed_over} == {".hidden.png", "notes.txt"}


def test_a_pattern_that_the_shell_has_left_alone_is_written_out(folder: Path) -> None:
    assert names(folder / "*.png") == ["b.png"]
    assert names(folder / "**" / "*.tif") == ["c.tif"]


def test_a_file_is_taken_as_it_is_called_even_where_it_looks_like_a_pattern(folder: Path) -> None:
    assert names(folder / "[x].webp") == ["[x].webp"]
    assert names(folder / "notes.txt") == ["notes.txt"]  # what is wrong with it is said later
    assert names(folder / "missing.png") == ["missing.png"]


def test_each_picture_counts_once_at_its_first_place(folder: Path) -> None:
    again = folder / "deeper" / ".." / "b.png"
    assert names(folder / "b.png", folder, again) == ["b.png", "[x].webp", "a.JPG"]


def test_what_is_to_be_left_out_is_left_out_of_folders_but_not_where_it_is_named(
    folder: Path,
) -> None:
    own = frozenset({(folder / "b.png").resolve()})
    assert folder / "b.png" not in find([str(folder)], own).pictures
    assert find([str(folder / "b.png")], own).pictures == (folder / "b.png",)


@pytest.mark.parametrize("asked", ["empty", "*.gif"])
def test_where_there_is_no_picture_it_is_said(folder: Path, asked: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(PictureError, match="no picture"):
        find([str(folder / asked)])
