"""What is kept of a session's pictures: all of it, whole, within bounds, whoever disturbs."""

from __future__ import annotations

import errno
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from engine import imageio
from engine.errors import DiskFullError, OutputError, PictureError, SettingsError
from engine.job import Picture
from engine.recipes import recipe
from engine.recipes.recipe import Ingredient, Recipe
from engine.settings import Settings
from gui.film.gallery import Entry, Gallery, Kind, Made, default_folder
from tests.engine.disk.test_full_disk import FullDisk

ROOT = Path(__file__).parents[3]
WISHES = Settings(size=64, steps=50).with_strength(70)
RECIPE = Recipe(
    settings=Settings(size=64, steps=50, network="sketch", seed=3),
    step=20,
    content=Ingredient(name="photo.jpg", sha256="a" * 64),
    styles=(Ingredient(name="painting.jpg", sha256="b" * 64),),
    network=Ingredient(name="sketch", sha256="c" * 64),
    versions={"impasto": "1"},
)


def painted(seed: int = 0, height: int = 24, width: int = 32) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random((height, width, 3), dtype=np.float32)


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    return Gallery(tmp_path / "gallery")


@pytest.fixture(scope="module")
def nobody() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def hidden(gallery: Gallery) -> list[str]:
    return [path.name for path in gallery.folder.iterdir() if path.name.startswith(".")]


def test_a_picture_comes_back_with_sixteen_bits_and_its_transparency(gallery: Gallery) -> None:
    pixels = painted()
    alpha = np.full((24, 32), 255, np.uint8)
    content = Picture(np.zeros((24, 32, 3), np.uint8), "photo.png", alpha=alpha)
    opaque = gallery.add(pixels, made=Made())
    assert np.array_equal(gallery.pixels(opaque).pixels, (pixels * 65535 + 0.5).astype(np.uint16))
    alpha[:, :16] = 0
    extras = imageio.Extras.of(Path("x.png"), content, WISHES, RECIPE.to_json())
    back = gallery.pixels(gallery.add(pixels, made=Made(), extras=extras))
    assert back.alpha is not None
    assert back.depth == 16
    assert (back.alpha[:, :16] == 0).all()
    assert (back.alpha[:, 16:] == 65535).all()


def test_a_kept_file_is_a_render_like_any_other_and_can_be_dropped_back(gallery: Gallery) -> None:
    content = Picture(np.zeros((24, 32, 3), np.uint8), "photo.png")
    extras = imageio.Extras.of(Path("x.png"), content, WISHES, RECIPE.to_json())
    assert recipe.read(gallery.add(painted(), made=Made(), extras=extras).picture) == RECIPE


def test_how_it_was_made_survives_a_restart(gallery: Gallery) -> None:
    made = Made.of(RECIPE, WISHES, kind=Kind.SNAPSHOT, finished=False)
    added = gallery.add(painted(), made=made)
    (entry,) = Gallery(gallery.folder).entries()
    assert entry == added
    assert entry.made.settings() == WISHES
    assert (entry.width, entry.height) == (32, 24)
    assert (entry.made.kind, entry.made.finished) == (Kind.SNAPSHOT, False)
    assert (entry.made.strength, entry.made.step, entry.made.steps) == (70, 20, 50)
    assert entry.made.content == RECIPE.content
    assert entry.made.styles == RECIPE.styles
    assert entry.made.network == "sketch"
    assert entry.size == sum(path.stat().st_size for path in entry.folder.iterdir())


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ((24, 32), (32, 24)),
        ((300, 600), (256, 128)),
        ((16, 4000), (256, 1)),
        ((257, 20), (20, 256)),
    ],
)
def test_thumbnails_are_small(
    gallery: Gallery, shape: tuple[int, int], size: tuple[int, int]
) -> None:
    entry = gallery.add(np.full((*shape, 3), 0.5, np.float32), made=Made())
    with Image.open(entry.thumbnail) as thumbnail:
        assert thumbnail.size == size
        colour = thumbnail.convert("RGB").getpixel((0, 0))
    assert colour in [(v, v, v) for v in (127, 128, 129)]


def test_order_is_that_of_adding_and_times_are_now(gallery: Gallery) -> None:
    added = [gallery.add(painted(), made=Made()) for _ in range(5)]
    assert ids(gallery.entries()) == [entry.id for entry in added]
    ages = [added[-1].time.now(added[-1].time.tzinfo) - entry.time for entry in added]
    assert all(0 <= age.total_seconds() < 60 for age in ages)


def test_two_programs_share_a_folder(gallery: Gallery) -> None:
    other = Gallery(gallery.folder)
    added = [each.add(painted(), made=Made()) for each in (gallery, other, gallery, other)]
    assert set(ids(gallery.entries())) == {entry.id for entry in added}
    other.delete(added[0].id)
    gallery.delete(added[0].id)  # does not mind that the other was faster
    assert ids(gallery.entries()) == ids(other.entries())


def test_the_folder_is_with_the_users_data_or_where_the_variable_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "gallery"
    monkeypatch.delenv("IMPASTO_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_folder().name == "gallery"
    assert default_folder().parent.name == "impasto"


def test_an_empty_gallery_is_no_trouble(gallery: Gallery) -> None:
    gallery.purge()
    assert gallery.entries() == gallery.bounded(0) == ()
    assert gallery.size == 0
    assert not gallery.folder.exists()


# Deleting and bounds


def test_what_was_deleted_can_be_restored_until_it_is_purged(gallery: Gallery) -> None:
    first, second = (gallery.add(painted(i), made=Made()) for i in range(2))
    gallery.delete(first.id)
    assert ids(gallery.entries()) == [second.id]
    assert gallery.restore(first.id) == first
    assert ids(gallery.entries()) == [first.id, second.id]
    gallery.delete(first.id)
    gallery.purge()
    with pytest.raises(PictureError, match="no longer"):
        gallery.restore(first.id)
    assert hidden(gallery) == []


def test_what_is_in_use_and_the_newest_stay_beyond_the_bound(gallery: Gallery) -> None:
    added = [gallery.add(painted(i), made=Made()) for i in range(4)]
    gallery.delete(added[1].id)
    gone = gallery.bounded(0, keep=frozenset({added[0].id, added[1].id}))
    assert ids(gone) == [added[2].id]
    assert gallery.restore(added[1].id) == added[1]
    assert ids(gallery.bounded(0)) == [added[0].id, added[1].id]
    assert ids(gallery.entries()) == [added[3].id]


OPERATIONS = st.one_of(
    st.just(("add", 0)),
    st.tuples(st.sampled_from(["delete", "restore"]), st.integers(0, 7)),
    st.tuples(st.just("bound"), st.integers(0, 25_000)),
    st.tuples(st.sampled_from(["purge", "restart"]), st.just(0)),
)


class Shadow:
    """What a gallery should hold, by ids and sizes."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}
        self.deleted: dict[str, int] = {}

    @property
    def size(self) -> int:
        return sum(self.kept.values()) + sum(self.deleted.values())

    def bound(self, limit: int) -> list[str]:
        for entry_id in sorted(self.deleted):
            if self.size > limit:
                del self.deleted[entry_id]
        gone = []
        for entry_id in sorted(self.kept)[:-1]:
            if self.size > limit:
                del self.kept[entry_id]
                gone.append(entry_id)
        return gone

    def some(self, which: int) -> str:
        known = sorted({*self.kept, *self.deleted, "20200101-000000-000000-00000000"})
        return known[which % len(known)]


@given(st.lists(OPERATIONS, max_size=14))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_walk_of_operations_holds_what_a_simple_model_holds(
    walk: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        gallery, shadow = Gallery(Path(folder)), Shadow()
        for seed, (what, value) in enumerate(walk):
            if what == "restart":
                gallery = Gallery(Path(folder))
            else:
                step(gallery, shadow, what, value, seed)
            assert ids(gallery.entries()) == sorted(shadow.kept)
            assert gallery.size == shadow.size


def step(gallery: Gallery, shadow: Shadow, what: str, value: int, seed: int) -> None:
    """Do the same with both."""
    chosen = shadow.some(value)
    if what == "add":
        entry = gallery.add(painted(seed, 16, 16 + 8 * (seed % 4)), made=Made())
        shadow.kept[entry.id] = entry.size
    elif what == "delete":
        gallery.delete(chosen)
        if chosen in shadow.kept:
            shadow.deleted[chosen] = shadow.kept.pop(chosen)
    elif what == "restore" and (chosen in shadow.deleted or chosen in shadow.kept):
        assert gallery.restore(chosen).id == chosen
        shadow.kept.setdefault(chosen, shadow.deleted.pop(chosen, 0))
    elif what == "restore":
        with pytest.raises(PictureError):
            gallery.restore(chosen)
    elif what == "bound":
        assert ids(gallery.bounded(value)) == shadow.bound(value)
    else:
        gallery.purge()
        shadow.deleted.clear()


# Damage


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def put_a_folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pretend(path: Path) -> None:
    """A head that claims 100 000 × 100 000 px."""
    data = bytearray(path.read_bytes())
    data[16:24] = struct.pack(">II", 100_000, 100_000)
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [Path.unlink, cut, pretend, put_a_folder_there])
@pytest.mark.parametrize("of", ["picture", "made"])
def test_damaged_entries_are_passed_over(
    gallery: Gallery, damage: Callable[[Path], None], of: str
) -> None:
    sound, broken = (gallery.add(painted(i), made=Made()) for i in range(2))
    damage(broken.picture if of == "picture" else broken.folder / "made.json")
    assert ids(gallery.entries()) == [sound.id]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"form": 2}',
        b'{"step": -1}',
        b'{"strength": NaN}',
        b'{"kind": "film"}',
        b'{"network": "\xff"}',
        b'{"content": {"name": "x", "sha256": "../.."}}',
        b'{"network": "' + b"x" * 300 + b'"}',
        b" " * 2**19 + b"{}",
        b"[" * 100_000,
    ],
)
def test_what_lies_beside_a_picture_is_not_believed(gallery: Gallery, text: bytes) -> None:
    entry = gallery.add(painted(), made=Made())
    (entry.folder / "made.json").write_bytes(text)
    assert gallery.entries() == ()


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_bytes_beside_a_picture_do_harm(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / "fuzzed"
    gallery = Gallery(folder)
    if not folder.exists():
        gallery.add(painted(), made=Made())
    (place,) = (path for path in folder.iterdir())
    (place / "made.json").write_bytes(data)
    assert len(gallery.entries()) <= 1


@pytest.mark.parametrize(
    "name",
    [
        "holiday",
        "99999999-999999-999999-00000000",
        "٢٠٢٠٠١٠١-000000-000000-00000000",
        "20200101-000000-000000-0000000g",
    ],
)
def test_foreign_folders_are_passed_over(gallery: Gallery, name: str) -> None:
    entry = gallery.add(painted(), made=Made())
    copy = gallery.folder / name
    shutil.copytree(entry.folder, copy)
    (copy / entry.picture.name).rename(copy / f"impasto-{name}.png")
    assert gallery.entries() == (entry,)
    gallery.bounded(0)
    gallery.purge()
    assert copy.exists()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone is set by POSIX means")
def test_a_time_before_all_times_is_passed_over(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = gallery.add(painted(), made=Made())
    name = "00010101-000000-000000-00000000"
    entry.picture.rename(entry.folder / f"impasto-{name}.png")
    entry.folder.rename(gallery.folder / name)
    monkeypatch.setenv("TZ", "XYZ+12")
    time.tzset()
    try:
        assert gallery.entries() == ()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_links_to_other_places_are_not_followed(gallery: Gallery, tmp_path: Path) -> None:
    entry = gallery.add(painted(), made=Made())
    elsewhere = tmp_path / entry.id
    entry.folder.rename(elsewhere)
    try:
        entry.folder.symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert gallery.entries() == ()
    gallery.bounded(0)
    assert len(list(elsewhere.iterdir())) == 3


def test_a_later_versions_pictures_are_shown_and_their_settings_refused(gallery: Gallery) -> None:
    entry = gallery.add(painted(), made=Made.of(RECIPE, WISHES))
    path = entry.folder / "made.json"
    path.write_text(path.read_text().replace("{", '{"mood": "blue", ', 1))
    (found,) = gallery.entries()
    assert found.made.settings() == WISHES
    path.write_text(path.read_text().replace("style_weight", "style_mass"))
    (found,) = gallery.entries()
    with pytest.raises(SettingsError, match="style_mass"):
        found.made.settings()


# Killed and crowded out


def test_what_a_killed_program_left_is_neither_shown_nor_kept(
    gallery: Gallery, nobody: int
) -> None:
    whole, half, deleted = (gallery.add(painted(i), made=Made()) for i in range(3))
    half.folder.rename(gallery.folder / f".{half.id}.{nobody}.part")
    deleted.folder.rename(gallery.folder / f".{deleted.id}.{nobody}.trash")
    assert gallery.entries() == (whole,)
    gallery.purge()
    assert gallery.entries() == (whole,)
    assert hidden(gallery) == []


def test_what_a_living_program_writes_or_deleted_stays(gallery: Gallery) -> None:
    whole, half, deleted = (gallery.add(painted(i), made=Made()) for i in range(3))
    names = [f".{half.id}.{os.getppid()}.part", f".{deleted.id}.{os.getppid()}.trash"]
    half.folder.rename(gallery.folder / names[0])
    deleted.folder.rename(gallery.folder / names[1])
    gallery.purge()
    gallery.bounded(0)
    assert gallery.entries() == (whole,)
    assert sorted(hidden(gallery)) == sorted(names)


def test_a_program_killed_while_it_adds_leaves_nothing_half(gallery: Gallery) -> None:
    code = (
        "import sys, numpy as np\n"
        "from pathlib import Path\n"
        "from gui.film.gallery import Gallery, Made\n"
        "gallery = Gallery(Path(sys.argv[1]))\n"
        "pixels = np.random.default_rng(0).random((300, 400, 3), dtype=np.float32)\n"
        "while True:\n    print(gallery.add(pixels, made=Made()).id, flush=True)\n"
    )
    asked = [sys.executable, "-c", code, str(gallery.folder)]
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        told = [victim.stdout.readline().strip() for _ in range(3)]
        victim.kill()
    found = gallery.entries()
    assert set(told) <= set(ids(found))
    assert all(gallery.pixels(entry).size == (400, 300) for entry in found)
    gallery.purge()
    assert hidden(gallery) == []


@pytest.mark.parametrize("space", [0, 5_000])
def test_a_full_disk_leaves_nothing_and_says_what_to_do(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, space: int
) -> None:
    before = gallery.add(painted(), made=Made())
    with monkeypatch.context() as patch:
        FullDisk(patch, space, errno.ENOSPC)
        with pytest.raises(DiskFullError, match="no space is left") as failure:
            gallery.add(painted(1, 64, 64), made=Made())
    assert "clean up the filmstrip" in failure.value.remedy
    assert gallery.entries() == (before,)
    assert hidden(gallery) == []


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "gallery").write_text("a file")
    with pytest.raises(OutputError, match="cannot be changed"):
        Gallery(tmp_path / "gallery").add(painted(), made=Made())


def test_a_picture_that_went_is_explained(gallery: Gallery) -> None:
    entry = gallery.add(painted(), made=Made())
    gallery.delete(entry.id)
    with pytest.raises(PictureError, match="there is no file"):
        gallery.pixels(entry)
