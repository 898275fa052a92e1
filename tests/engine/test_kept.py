"""Networks converted and kept: the same numbers, whole or not at all, and what auto never does."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
import safetensors.torch
import torch

from engine import kept, networks, weights
from engine.choices import Pooling, WeightsInput
from engine.disk import storage
from engine.errors import NetworkError
from engine.job import Job, Note, Progress
from engine.layers import LAYERS
from engine.networks import NetworkEntry
from engine.settings import Settings
from engine.stylise import stylise
from engine.vgg import Network
from tests.engine.support import finish, frames, picture
from tests.engine.web import Answer, Site

ROOT = Path(__file__).parents[2]


def load(entry: NetworkEntry, weights_input: WeightsInput | None = None) -> Network:
    return weights.load(entry, pooling=Pooling.AVERAGE, weights_input=weights_input)


def same(a: Network, b: Network) -> bool:
    pairs = zip(a.convolutions, b.convolutions, strict=True)
    return torch.equal(a.mean, b.mean) and all(
        torch.equal(x.weight, y.weight) and torch.equal(x.bias, y.bias) for x, y in pairs
    )


def source(folder: Path, file: tuple[str, bytes]) -> NetworkEntry:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file[0]).write_bytes(file[1])
    return NetworkEntry(file[0], "", folder / file[0])


def names(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.iterdir()) if path.suffix != ".lock"]


def test_vgg19_is_fetched_converted_and_the_download_removed(
    site: Site, home: Path, published_file: tuple[str, bytes], tmp_path: Path
) -> None:
    entry = finish(kept.ready(networks.chosen("vgg19")))
    assert entry == networks.chosen("vgg19") == networks.chosen("auto")
    assert entry.path is not None
    assert names(home) == [entry.path.name]
    original = load(source(tmp_path, published_file), WeightsInput.TORCHVISION)
    assert same(load(entry), original)
    assert load(entry).info.sha256 == hashlib.sha256(published_file[1]).hexdigest()
    assert len(site.ranges) == 1
    assert list(kept.ready(entry)) == []  # and nothing is left to do


def test_what_is_kept_is_float32_safetensors_of_the_convolutions_alone(
    site: Site, published_file: tuple[str, bytes]
) -> None:
    entry = finish(kept.ready(networks.chosen("vgg19")))
    assert entry.path is not None
    state = safetensors.torch.load_file(entry.path)
    assert set(state) == {f"{layer}.{kind}" for layer in LAYERS for kind in ("weight", "bias")}
    assert {tensor.dtype for tensor in state.values()} == {torch.float32}
    with safetensors.safe_open(entry.path, "pt") as file:
        metadata = file.metadata()
    assert metadata["source"] == published_file[0]
    assert metadata["source_sha256"] == hashlib.sha256(published_file[1]).hexdigest()
    assert metadata["made_for"] == "torchvision"


def test_torchs_copy_is_converted_and_left_where_it_is(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    source(networks.hub_folder(), published_file)
    entry = finish(kept.ready(networks.chosen("auto")))
    assert entry.kept
    assert entry.path in list(home.iterdir())
    assert names(networks.hub_folder()) == [published_file[0]]
    assert site.ranges == []


def test_a_damaged_copy_of_torchs_is_refused_and_left_where_it_is(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    name, data = published_file
    source(networks.hub_folder(), (name, data[:-1]))
    with pytest.raises(NetworkError, match="is damaged: its SHA-256 does not begin") as error:
        finish(kept.ready(networks.chosen("auto")))
    assert "impasto networks fetch vgg19" in error.value.remedy
    assert names(networks.hub_folder()) == [name]
    assert names(home) == []
    assert site.ranges == []  # auto downloads nothing, whatever happens


def test_a_damaged_download_is_thrown_away_and_said(
    site: Site, home: Path, published_file: tuple[str, bytes]
) -> None:
    name, data = published_file
    source(home, (name, data[:-1]))
    with pytest.raises(NetworkError, match=r"is damaged: .*; it was thrown away"):
        finish(kept.ready(networks.chosen("vgg19")))
    assert names(home) == []
    assert finish(kept.ready(networks.chosen("vgg19"))).kept


def test_where_nothing_can_be_kept_it_is_said_and_torchs_copy_used(
    home: Path, published_file: tuple[str, bytes], site: Site
) -> None:
    source(networks.hub_folder(), published_file)
    home.parent.mkdir()
    home.write_text("in the way")
    said = list(kept.ready(networks.chosen("auto")))
    assert any(isinstance(m, Note) and "takes longer to load" in m.text for m in said)
    entry = finish(kept.ready(networks.chosen("auto")))
    assert entry.path == networks.hub_folder() / published_file[0]
    assert load(entry).convolutions


def test_a_file_that_the_user_names_is_used_as_it_is(
    home: Path, published_file: tuple[str, bytes], tmp_path: Path
) -> None:
    entry = networks.chosen(str(source(tmp_path, published_file).path))
    assert list(kept.ready(entry)) == []
    assert not home.exists()


@pytest.mark.parametrize("spoil", [lambda d: d[:-1], lambda d: d[:500] + b"?" + d[501:]])
def test_what_is_kept_is_checked_at_every_load(
    site: Site, spoil: object, published_file: tuple[str, bytes]
) -> None:
    entry = finish(kept.ready(networks.chosen("vgg19")))
    assert entry.path is not None
    entry.path.write_bytes(spoil(entry.path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(NetworkError, match=r"changed or damaged|cannot be read") as error:
        load(entry)
    assert error.value.remedy
    with pytest.raises(NetworkError, match="is damaged"):
        finish(kept.check(entry))


def test_a_single_changed_weight_is_found(site: Site) -> None:
    entry = finish(kept.ready(networks.chosen("vgg19")))
    assert entry.path is not None
    data = bytearray(entry.path.read_bytes())
    data[-3] ^= 1
    entry.path.write_bytes(data)
    with pytest.raises(NetworkError, match="changed or damaged on this machine") as error:
        load(entry)
    assert "impasto networks fetch vgg19" in error.value.remedy


def test_check_names_what_is_whole(site: Site, published_file: tuple[str, bytes]) -> None:
    entry = finish(kept.ready(networks.chosen("vgg19")))
    assert finish(kept.check(entry)).sha256 == hashlib.sha256(published_file[1]).hexdigest()
    with pytest.raises(NetworkError, match="not on this machine"):
        finish(kept.check(networks.NetworkEntry("gone", "of the test", None)))


def jobs(network: str) -> Job:
    small = {"size": 48, "steps": 1, "device": "cpu", "threads": 1, "network": network}
    shallow = {"content_layer": "conv2_1", "style_layers": "conv1_1,conv2_1"}
    return Job(picture(36, 48), (picture(40, 40, 1),), Settings.of({**small, **shallow}))


def test_a_render_that_names_vgg19_fetches_it_with_figures_once(
    site: Site, published_file: tuple[str, bytes]
) -> None:
    said = list(stylise(jobs("vgg19")))
    assert any(isinstance(m, Note) and "downloading the weights of vgg19" in m.text for m in said)
    size = len(published_file[1])
    figures = [(m.done, m.total) for m in said if isinstance(m, Progress) and m.done]
    assert (size, size) in figures
    first, second = frames(iter(said)), frames(stylise(jobs("auto")))  # type: ignore[arg-type]
    assert first[-1].losses == second[-1].losses
    assert len(site.ranges) == 1


def test_auto_never_downloads(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "sketch_path", lambda: Path("nowhere"))
    with pytest.raises(NetworkError, match="no network is on this machine"):
        list(stylise(jobs("auto")))
    assert site.ranges == []


def test_a_render_without_a_connection_says_what_to_do(site: Site) -> None:
    site.answers = [Answer(status=503)]
    with pytest.raises(NetworkError, match="answers: 503") as error:
        list(stylise(jobs("vgg19")))
    assert "sketch" in error.value.remedy


def test_a_closed_render_keeps_the_part_that_came(site: Site, home: Path) -> None:
    site.answers = [Answer(stall=1000)]
    messages = stylise(jobs("vgg19"))
    while not (isinstance(message := next(messages), Progress) and message.done):
        pass
    messages.close()
    assert names(home) == [f"{networks.VGG19.file}.part"]


FETCHING = """
import sys
from engine import cli, networks
networks.VGG19 = networks.Published(sys.argv[1], int(sys.argv[2]))
sys.exit(cli.run(["networks", "fetch"]))
"""


@pytest.mark.slow  # each process loads torch
def test_of_two_processes_one_fetches_and_the_other_finds(site: Site, home: Path) -> None:
    site.answers = [Answer(stall=1000), Answer()]
    arguments = [networks.VGG19.url, str(networks.VGG19.size)]
    command = [sys.executable, "-c", FETCHING, *arguments]
    work = kept.ready(networks.chosen("vgg19"))  # this process is at it already
    while not (isinstance(message := next(work), Progress) and message.done):
        pass
    others = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    work.close()
    told = [process.communicate(timeout=120) for process in others]
    assert [process.returncode for process in others] == [0, 0], told
    entry = networks.chosen("vgg19")
    assert all(str(entry.path).encode() in out for out, _ in told)
    assert names(home) == [entry.path.name] if entry.path else False
    assert site.ranges == [None, "bytes=1000-"]


def test_an_added_network_is_found_by_its_name(
    home: Path, published_file: tuple[str, bytes], tmp_path: Path
) -> None:
    file = source(tmp_path, published_file)
    assert file.path is not None
    entry = finish(kept.add(file.path, "oils"))
    assert entry == networks.chosen("oils")
    assert entry in networks.catalogue()
    assert same(load(entry), load(file))
    assert file.path.exists()


def test_an_added_caffe_network_stays_one(home: Path, tmp_path: Path) -> None:
    torch.save(weights.seeded(1, "conv2_1", width=8), tmp_path / "w.pth")
    entry = finish(kept.add(tmp_path / "w.pth", "caffes", WeightsInput.CAFFE))
    assert "caffe input, as the file says" in load(entry).info.notes[0]
    file = NetworkEntry("w", "", tmp_path / "w.pth")
    assert same(load(entry), load(file, WeightsInput.CAFFE))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "cannot name a network"),
        ("../up", "cannot name a network"),
        ("a b", "cannot name a network"),
        (".hidden", "cannot name a network"),
        ("x" * 65, "cannot name a network"),
        ("auto", "there is a network auto already"),
        ("VGG19", "there is a network VGG19 already"),
        ("sketch", "there is a network sketch already"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(
    home: Path, tmp_path: Path, name: str, words: str
) -> None:
    with pytest.raises(NetworkError, match=words):
        finish(kept.add(tmp_path / "w.pth", name))
    assert not home.exists()


def test_a_name_is_given_once_and_nothing_bad_is_added(home: Path, tmp_path: Path) -> None:
    torch.save(weights.seeded(1, "conv1_1", width=8), tmp_path / "w.pth")
    finish(kept.add(tmp_path / "w.pth", "mine"))
    with pytest.raises(NetworkError, match="there is a network Mine already"):
        finish(kept.add(tmp_path / "w.pth", "Mine"))
    (tmp_path / "bad.pth").write_text("no weights")
    with pytest.raises(NetworkError, match="cannot be read as weights"):
        finish(kept.add(tmp_path / "bad.pth", "bad"))
    assert [entry.name for entry in networks.catalogue()] == ["vgg19", "sketch", "mine"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    storage.write_whole(tmp_path / "w", b"first")
    (tmp_path / "w.part").mkdir()
    with pytest.raises(NetworkError, match="networks cannot be kept in"):
        storage.write_whole(tmp_path / "w", b"second")
    assert (tmp_path / "w").read_bytes() == b"first"
