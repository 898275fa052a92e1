"""The catalogue: what is here, what auto takes, and what to do where there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import networks
from engine.errors import NetworkError
from tests.engine.support import finish


@pytest.fixture
def hub(home: Path) -> Path:
    """An empty cache folder of torch, and nothing in Impasto's."""
    networks.hub_folder().mkdir(parents=True)
    return networks.hub_folder()


def test_the_address_is_torchvisions() -> None:
    from torchvision.models import VGG19_Weights

    published = VGG19_Weights.IMAGENET1K_V1
    assert networks.VGG19.url == published.url
    assert networks.VGG19.size / 2**20 == pytest.approx(published.meta["_file_size"], abs=1e-3)


def test_the_hub_folder_is_torchs_own(hub: Path) -> None:
    import torch

    assert networks.hub_folder() == hub == Path(torch.hub.get_dir()) / "checkpoints"


def test_auto_takes_imagenets_where_its_weights_are(hub: Path) -> None:
    (hub / networks.VGG19.file).touch()
    assert networks.chosen("auto").name == "vgg19"
    assert networks.chosen("auto").path == hub / networks.VGG19.file


def test_auto_never_names_what_is_not_here(hub: Path) -> None:
    try:
        entry = networks.chosen("auto")
    except NetworkError as error:
        assert "download" in error.remedy
    else:
        assert entry.name == "sketch"
        assert entry.available


def test_a_name_of_the_catalogue_may_be_absent(hub: Path) -> None:
    entry = networks.chosen("vgg19")
    assert not entry.available


def test_a_file_is_its_own_network(tmp_path: Path) -> None:
    (tmp_path / "mine.pth").touch()
    assert networks.chosen(str(tmp_path / "mine.pth")).path == tmp_path / "mine.pth"


def test_neither_name_nor_file_is_refused(hub: Path) -> None:
    with pytest.raises(NetworkError, match="no network and no weights file 'vgg16'") as refusal:
        networks.chosen("vgg16")
    assert "vgg19" in refusal.value.remedy


def test_impastos_own_copy_goes_before_a_download_and_torchs(hub: Path, home: Path) -> None:
    home.mkdir(parents=True)
    for path in (
        hub / networks.VGG19.file,
        home / networks.VGG19.file,
        home / "vgg19-0123456789abcdef.safetensors",
    ):
        path.touch()
        entry = networks.chosen("vgg19")
        assert entry.path == path
        assert entry.kept == (path.suffix == ".safetensors")


def test_added_networks_have_their_names_but_auto_takes_none(hub: Path, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "oils-1.5-0123456789abcdef.safetensors").touch()
    (home / "no hash.safetensors").touch()
    added = networks.chosen("oils-1.5")
    assert (added.kept, added.available) == (True, True)
    assert [entry.name for entry in networks.catalogue()] == ["vgg19", "sketch", "oils-1.5"]
    assert all(entry.name in ("vgg19", "sketch") for entry in networks._offered())


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", ".", "/"])
def test_what_can_be_no_file_is_refused_like_any(hub: Path, name: str) -> None:
    with pytest.raises(NetworkError, match="no network and no weights file"):
        networks.chosen(name)


def test_the_folders_are_the_platforms_unless_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert networks.cache_folder() == networks.own_folder() == home
    monkeypatch.delenv("IMPASTO_HOME")
    assert networks.cache_folder().parts[-2:] == ("impasto", "networks")
    assert networks.own_folder().parts[-2:] == ("impasto", "networks")
    assert networks.cache_folder() != networks.own_folder()


def test_only_what_is_impastos_is_removed(hub: Path, home: Path) -> None:
    home.mkdir(parents=True)
    ours = {
        home / "vgg19-0123456789abcdef.safetensors",
        home / networks.VGG19.file,
        home / f"{networks.VGG19.file}.part",
    }
    others = {hub / networks.VGG19.file, home / "mine-0123456789abcdef.safetensors"}
    for path in ours | others:
        path.touch()
    assert set(finish(networks.remove(networks.chosen("vgg19")))) == ours
    assert not any(path.exists() for path in ours)
    assert all(path.exists() for path in others)
    for name in ("vgg19", "sketch"):
        with pytest.raises(NetworkError, match=f"nothing to remove of {name}"):
            finish(networks.remove(networks.chosen(name)))
    finish(networks.remove(networks.chosen("mine")))
    assert [entry.name for entry in networks.catalogue()] == ["vgg19", "sketch"]
