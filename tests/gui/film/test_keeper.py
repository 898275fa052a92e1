"""The gallery behind the window's back: one thing after the other, news on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.job import Picture
from gui.film.gallery import Entry, Gallery, Made
from gui.film.keeper import GalleryKeeper
from gui.worker import Trouble


def painted(value: float = 0.5) -> NDArray[np.float32]:
    return np.full((16, 20, 3), value, np.float32)


class Heard:
    """All that a keeper told, in order, and on which threads."""

    def __init__(self, keeper: GalleryKeeper) -> None:
        self.news: list[tuple[str, object]] = []
        self.threads: set[int] = set()
        for name in ("loaded", "added", "removed", "restored", "opened", "troubled"):
            # Direct: heard on the thread that emits.
            getattr(keeper, name).connect(
                lambda *what, name=name: self._hear(name, what),
                Qt.ConnectionType.DirectConnection,
            )

    def _hear(self, name: str, what: tuple[object, ...]) -> None:
        self.threads.add(threading.get_ident())
        self.news.append((name, what[0] if len(what) == 1 else what))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.news]


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    return Gallery(tmp_path / "gallery")


@pytest.fixture
def keeper(gallery: Gallery, qtbot: QtBot) -> Iterator[GalleryKeeper]:
    keeper = GalleryKeeper(gallery)
    yield keeper
    assert keeper.wait(20_000)


@pytest.fixture
def heard(keeper: GalleryKeeper) -> Heard:
    return Heard(keeper)


def entry_of(news: tuple[str, object]) -> Entry:
    assert isinstance(news[1], Entry)
    return news[1]


def test_news_arrive_in_order_on_the_windows_thread(
    keeper: GalleryKeeper, heard: Heard, gallery: Gallery, qtbot: QtBot
) -> None:
    keeper.load()
    for value in (0.1, 0.2, 0.3):
        keeper.add(painted(value), made=Made())
    qtbot.waitUntil(lambda: len(heard.news) == 4)
    assert heard.news[0] == ("loaded", ())
    assert tuple(entry_of(news) for news in heard.news[1:]) == gallery.entries()
    assert heard.threads == {threading.get_ident()}


def test_deleting_and_restoring_are_told(
    keeper: GalleryKeeper, heard: Heard, gallery: Gallery, qtbot: QtBot
) -> None:
    entry = gallery.add(painted(), made=Made())
    keeper.delete(entry)
    keeper.restore(entry)
    qtbot.waitUntil(lambda: len(heard.news) == 2)
    assert heard.news == [("removed", entry), ("restored", entry)]


def test_what_goes_as_space_is_bounded_is_told_one_by_one(
    keeper: GalleryKeeper, heard: Heard, gallery: Gallery, qtbot: QtBot
) -> None:
    entries = [gallery.add(painted(), made=Made()) for _ in range(4)]
    keeper.bound(0, frozenset({entries[1].id}))
    qtbot.waitUntil(lambda: len(heard.news) == 2)
    assert heard.news == [("removed", entries[0]), ("removed", entries[2])]


def test_a_start_clears_away_what_was_deleted(
    keeper: GalleryKeeper, heard: Heard, gallery: Gallery, qtbot: QtBot
) -> None:
    gone, stays = (gallery.add(painted(), made=Made()) for _ in range(2))
    gallery.delete(gone.id)
    keeper.load()
    qtbot.waitUntil(lambda: heard.news == [("loaded", (stays,))])
    keeper.restore(gone)
    qtbot.waitUntil(lambda: heard.names == ["loaded", "troubled"])


def test_a_clean_up_frees_what_was_deleted(keeper: GalleryKeeper, gallery: Gallery) -> None:
    entry = gallery.add(painted(), made=Made())
    keeper.delete(entry)
    assert keeper.wait(20_000)
    assert gallery.size == entry.size
    keeper.purge()
    assert keeper.wait(20_000)
    assert gallery.size == 0


def test_only_the_pictures_asked_for_last_are_opened(
    keeper: GalleryKeeper, heard: Heard, gallery: Gallery, qtbot: QtBot
) -> None:
    first, second, third = (gallery.add(painted(v), made=Made()) for v in (0.0, 0.5, 1.0))
    keeper.open(first)
    keeper.open(second)
    keeper.open(first, third)
    qtbot.waitUntil(lambda: bool(heard.news))
    assert keeper.wait(20_000)
    ((name, opened),) = heard.news
    assert name == "opened"
    assert isinstance(opened, tuple)
    assert opened[0] == (first, third)
    black, white = opened[1]
    assert isinstance(black, Picture)
    assert (black.pixels.max(), white.pixels.min()) == (0, 65535)


def test_trouble_is_told_and_the_next_thing_is_done(
    keeper: GalleryKeeper, heard: Heard, gallery: Gallery, qtbot: QtBot
) -> None:
    gallery.folder.write_text("a file in the way")
    keeper.add(painted(), made=Made())
    qtbot.waitUntil(lambda: heard.names == ["troubled"])
    trouble = heard.news[0][1]
    assert isinstance(trouble, Trouble)
    assert str(gallery.folder) in trouble.cause
    gallery.folder.unlink()
    keeper.add(painted(), made=Made())
    qtbot.waitUntil(lambda: heard.names == ["troubled", "added"])


def test_a_fault_of_the_programs_own_is_told_with_details(
    keeper: GalleryKeeper, heard: Heard, qtbot: QtBot
) -> None:
    keeper.add(np.zeros((0, 0), np.float32), made=Made())
    qtbot.waitUntil(lambda: heard.names == ["troubled"])
    trouble = heard.news[0][1]
    assert isinstance(trouble, Trouble)
    assert "Traceback" in trouble.details


def test_waiting_drains_what_was_asked(keeper: GalleryKeeper, gallery: Gallery) -> None:
    for _ in range(3):
        keeper.add(painted(), made=Made())
    assert keeper.wait(20_000)
    assert len(gallery.entries()) == 3
