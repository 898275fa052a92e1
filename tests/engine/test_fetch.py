"""Downloads from a real server, whatever it does, and what is left on the disk after each."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from engine import networks
from engine.disk.storage import locked
from engine.errors import DiskFullError, NetworkError
from engine.fetch import TRIES, Fetching, fetch
from engine.job import Note, Progress
from engine.networks import NetworkEntry, Published
from tests.engine.web import Answer, Site


def vgg19() -> NetworkEntry:
    return networks.chosen("vgg19")


def finish(work: Fetching) -> tuple[Path, list[Progress | Note]]:
    said = []
    while True:
        try:
            said.append(next(work))
        except StopIteration as done:
            return done.value, said


def notes(said: list[Progress | Note]) -> str:
    return "\n".join(message.text for message in said if isinstance(message, Note))


def files(folder: Path) -> dict[str, int]:
    """What lies in a folder, but for locks."""
    return {p.name: p.stat().st_size for p in folder.iterdir() if p.suffix != ".lock"}


def part_of(home: Path) -> Path:
    return home / f"{networks.VGG19.file}.part"


def test_a_whole_file_arrives_with_figures(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    name, data = published_file
    path, said = finish(fetch(vgg19()))
    assert path == home / name
    assert path.read_bytes() == data
    assert files(home) == {name: len(data)}
    assert site.ranges == [None]
    downloads = [m for m in said if isinstance(m, Progress) and "downloading" in m.activity]
    assert (downloads[-1].done, downloads[-1].total) == (len(data), len(data))
    done = [m.done for m in downloads]
    assert done == sorted(done)
    assert notes(said) == ""


def test_what_is_here_is_not_fetched_again(site: Site) -> None:
    first, _ = finish(fetch(vgg19()))
    second, said = finish(fetch(vgg19()))
    assert first == second
    assert len(site.ranges) == 1
    assert any(isinstance(m, Progress) and "checking" in m.activity for m in said)


def test_torchs_own_copy_is_used_where_it_is(site: Site, published_file: tuple[str, bytes]) -> None:
    name, data = published_file
    networks.hub_folder().mkdir(parents=True)
    (networks.hub_folder() / name).write_bytes(data)
    path, _ = finish(fetch(vgg19()))
    assert path == networks.hub_folder() / name
    assert site.ranges == []


def test_a_damaged_copy_of_torchs_is_left_alone_and_said(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    name, data = published_file
    networks.hub_folder().mkdir(parents=True)
    (networks.hub_folder() / name).write_bytes(data[:-9])
    path, said = finish(fetch(vgg19()))
    assert path == home / name
    assert "damaged, and was left as it is" in notes(said)
    assert (networks.hub_folder() / name).read_bytes() == data[:-9]
    assert vgg19().path == path


@pytest.mark.parametrize("spoilt", [slice(0, 1000), slice(0, 0), slice(1, None)])
def test_a_damaged_file_of_ours_is_found_thrown_away_and_fetched_again(
    site: Site, home: Path, published_file: tuple[str, bytes], spoilt: slice
) -> None:
    name, data = published_file
    home.mkdir(parents=True)
    (home / name).write_bytes(data[spoilt])
    path, said = finish(fetch(vgg19()))
    assert path.read_bytes() == data
    assert f"{name} was damaged, and was thrown away" in notes(said)


def test_a_cut_off_transfer_goes_on_where_it_broke(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    _, data = published_file
    site.answers = [Answer(cut=200_000), Answer(cut=300_000), Answer()]
    path, said = finish(fetch(vgg19()))
    assert path.read_bytes() == data
    assert site.ranges == [None, "bytes=200000-", "bytes=500000-"]
    assert notes(said).count("the connection broke") == 2


def test_a_stalled_transfer_goes_on_after_patience_is_lost(
    site: Site, published_file: tuple[str, bytes]
) -> None:
    site.answers = [Answer(stall=100_000), Answer()]
    path, said = finish(fetch(vgg19(), patience=0.2))
    assert path.read_bytes() == published_file[1]
    assert site.ranges == [None, "bytes=100000-"]
    assert "nothing came for 0.2 s" in notes(said)


def test_a_stall_gives_signs_of_life_and_is_given_up(site: Site) -> None:
    site.answers = [Answer(stall=100_000), Answer(stall=0)]
    with pytest.raises(NetworkError, match=r"stopped at 0\.1 of .* nothing came for 0\.8 s"):
        finish(fetch(vgg19(), patience=0.8))
    site.answers = [Answer(stall=0)]
    work = fetch(vgg19(), patience=60)
    waiting = [next(work) for _ in range(3)]  # long before the patience is lost
    work.close()
    assert {m.done for m in waiting if isinstance(m, Progress)} == {100_000}


def test_a_transfer_that_does_not_advance_is_given_up_and_its_part_kept(
    site: Site, home: Path
) -> None:
    site.answers = [Answer(cut=200_000), Answer(cut=0)]
    with pytest.raises(NetworkError, match=r"stopped at 0\.2 of 1 MB: the connection") as error:
        finish(fetch(vgg19()))
    assert "go on from there" in error.value.remedy
    assert files(home) == {part_of(home).name: 200_000}
    assert len(site.ranges) == 2


def test_a_trickle_is_given_up_after_some_tries(site: Site, home: Path) -> None:
    site.answers = [Answer(cut=10)]
    with pytest.raises(NetworkError, match=r"stopped at 0\.0 of"):
        finish(fetch(vgg19()))
    assert len(site.ranges) == TRIES
    assert part_of(home).stat().st_size == 10 * TRIES


def test_a_server_without_ranges_begins_anew(site: Site, published_file: tuple[str, bytes]) -> None:
    site.answers = [Answer(cut=200_000, ranges=False), Answer(ranges=False)]
    path, _ = finish(fetch(vgg19()))
    assert path.read_bytes() == published_file[1]
    assert site.ranges == [None, "bytes=200000-"]


def test_cancel_keeps_the_part_and_the_next_fetch_goes_on(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    site.answers = [Answer(stall=300_000), Answer()]
    work = fetch(vgg19())
    while not (isinstance(message := next(work), Progress) and message.done == 300_000):
        pass
    work.close()
    assert files(home) == {part_of(home).name: 300_000}
    path, _ = finish(fetch(vgg19()))  # the lock was given back, too
    assert path.read_bytes() == published_file[1]
    assert site.ranges == [None, "bytes=300000-"]


def test_a_part_that_was_complete_is_only_checked(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    home.mkdir(parents=True)
    part_of(home).write_bytes(published_file[1])
    path, _ = finish(fetch(vgg19()))
    assert path.read_bytes() == published_file[1]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(flip=77),
        Answer(flip=-1),
        Answer(length=50_000),
        Answer(length=-1, cut=50_000),
        Answer(length=0),
    ],
)
def test_what_is_not_the_file_is_thrown_away_and_said(
    site: Site, home: Path, answer: Answer
) -> None:
    site.answers = [answer, Answer()]
    with pytest.raises(NetworkError, match="damaged and was thrown away: its SHA-256") as error:
        finish(fetch(vgg19()))
    assert "fetch it again" in error.value.remedy
    assert files(home) == {}
    finish(fetch(vgg19()))
    assert site.ranges == [None, None]


def test_a_rest_of_another_file_is_thrown_away(site: Site, home: Path) -> None:
    home.mkdir(parents=True)
    part_of(home).write_bytes(b"?" * 1000)
    with pytest.raises(NetworkError, match="damaged and was thrown away"):
        finish(fetch(vgg19()))
    assert files(home) == {}


def test_a_length_that_is_too_long_is_a_cut_and_no_harm(
    site: Site, published_file: tuple[str, bytes]
) -> None:
    size = len(published_file[1])
    site.answers = [Answer(length=size + 100), Answer()]
    path, said = finish(fetch(vgg19()))
    assert path.read_bytes() == published_file[1]
    assert site.ranges == [None, f"bytes={size}-"]
    assert "the connection broke" in notes(said)


def test_a_rest_that_comes_in_pieces_is_put_together(
    site: Site, published_file: tuple[str, bytes]
) -> None:
    site.answers = [Answer(cut=200_000), Answer(cut=1000, length=1000), Answer()]
    path, said = finish(fetch(vgg19()))
    assert path.read_bytes() == published_file[1]
    assert site.ranges == [None, "bytes=200000-", "bytes=201000-"]
    assert f"201000 of {len(published_file[1])} bytes came" in notes(said)


def test_without_a_length_the_hash_decides(site: Site, published_file: tuple[str, bytes]) -> None:
    site.answers = [Answer(length=-1)]
    path, said = finish(fetch(vgg19()))
    assert path.read_bytes() == published_file[1]
    downloads = [m for m in said if isinstance(m, Progress) and "downloading" in m.activity]
    assert {m.total for m in downloads} == {None}


@pytest.mark.parametrize("answer", [Answer(length=10**12), Answer(length=-1, endless=True)])
def test_far_too_much_is_not_taken(site: Site, home: Path, answer: Answer) -> None:
    site.answers = [answer]
    with pytest.raises(NetworkError, match=r"bytes.* expected"):
        finish(fetch(vgg19()))
    assert files(home) == {}


def test_a_range_that_was_not_asked_for_is_not_pasted_in(site: Site, home: Path) -> None:
    site.answers = [Answer(cut=200_000), Answer(shift=-5)]
    with pytest.raises(NetworkError, match="another part than asked for"):
        finish(fetch(vgg19()))
    assert files(home) == {}


@pytest.mark.parametrize("status", [204, 403, 404, 416, 500, 503])
def test_an_answer_without_the_file_is_said(site: Site, home: Path, status: int) -> None:
    site.answers = [Answer(status=status)]
    with pytest.raises(NetworkError, match=f"127.0.0.1.* answers: {status}") as error:
        finish(fetch(vgg19()))
    assert "name a weights file as the network, or use sketch" in error.value.remedy
    assert files(home) == {}
    assert len(site.ranges) == 1


def test_a_redirection_is_followed_but_not_in_a_circle(
    site: Site, published_file: tuple[str, bytes]
) -> None:
    elsewhere = f"{site.address}/mirror/{published_file[0]}"
    site.answers = [Answer(status=302, location=elsewhere), Answer(cut=1000), Answer()]
    path, _ = finish(fetch(vgg19()))
    assert path.read_bytes() == published_file[1]
    path.unlink()
    site.answers = [Answer(status=302, location=elsewhere)]
    with pytest.raises(NetworkError, match="redirects"):
        finish(fetch(vgg19()))
    site.answers = [Answer(status=302, location="file:///etc/passwd")]
    with pytest.raises(NetworkError, match="could not be downloaded"):
        finish(fetch(vgg19()))


def test_without_a_server_the_error_says_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(networks, "VGG19", Published("http://127.0.0.1:9/vgg19-00000000.pth", 1))
    with pytest.raises(NetworkError, match=r"no connection to 127\.0\.0\.1:9") as error:
        finish(fetch(vgg19()))
    for way_out in ("connect to the internet", "a weights file", "sketch"):
        assert way_out in error.value.remedy


@pytest.mark.parametrize("url", ["http://[/vgg19-00000000.pth", "nonsense-00000000.pth"])
def test_an_address_that_is_none_is_an_error_like_any(
    home: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setattr(networks, "VGG19", Published(url, 1))
    with pytest.raises(NetworkError, match="could not be downloaded"):
        finish(fetch(vgg19()))


@pytest.mark.parametrize(
    ("variable", "value"), [("SSL_CERT_FILE", "/nowhere"), ("ALL_PROXY", "nonsense://proxy")]
)
def test_settings_of_the_machine_that_cannot_be_used_are_said(
    site: Site, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(NetworkError, match="could not be downloaded") as error:
        finish(fetch(vgg19()))
    assert "proxy and certificate settings" in error.value.remedy


def test_what_is_published_nowhere_cannot_be_fetched(home: Path) -> None:
    with pytest.raises(NetworkError, match="sketch is published nowhere"):
        finish(fetch(networks.chosen("sketch")))


def test_a_file_in_the_folders_place_is_said(site: Site, home: Path) -> None:
    home.parent.mkdir(parents=True)
    home.write_text("in the way")
    with pytest.raises(NetworkError, match="networks cannot be kept in") as error:
        finish(fetch(vgg19()))
    assert "IMPASTO_HOME" in error.value.remedy
    assert site.ranges == []


def test_too_little_space_is_said_before_the_download(
    site: Site, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = Published(networks.VGG19.url, 2**60)
    monkeypatch.setattr(networks, "VGG19", huge)
    with pytest.raises(DiskFullError, match="MB too little space"):
        finish(fetch(vgg19()))
    assert site.ranges == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_disk_that_gets_full_meanwhile_is_said(site: Site, home: Path) -> None:
    home.mkdir(parents=True)
    part_of(home).symlink_to("/dev/full")
    with pytest.raises(DiskFullError, match="no space is left"):
        finish(fetch(vgg19()))


def test_a_second_fetch_waits_for_the_first_and_finds_its_file(site: Site, home: Path) -> None:
    site.answers = [Answer(stall=300_000), Answer()]
    first, second = fetch(vgg19()), fetch(vgg19())
    while not (isinstance(message := next(first), Progress) and message.done):
        pass
    said = next(second)
    assert isinstance(said, Progress)
    assert "waiting for another Impasto" in said.text
    first.close()
    site.answers = [Answer()]
    path, _ = finish(fetch(vgg19()))
    again, rest = finish(second)
    assert again == path
    assert not any("downloading" in m.text for m in rest)
    assert len(site.ranges) == 2


def test_the_lock_is_given_back_by_whichever_thread_closes(site: Site, home: Path) -> None:
    site.answers = [Answer(stall=1000)]
    work = fetch(vgg19())
    while not (isinstance(message := next(work), Progress) and message.done):
        pass
    closer = threading.Thread(target=work.close)
    closer.start()
    closer.join()
    assert next(locked(home / "other"), None) is None
    assert next(locked(home / "vgg19"), None) is None


def test_figures_are_told_in_words_too() -> None:
    assert Progress("checking").text == "checking"
    assert Progress("downloading", 3 * 2**20, 2**23).text == "downloading, 3 of 8 MB"
    assert Progress("downloading", 3 * 2**20).text == "downloading, 3 MB"
