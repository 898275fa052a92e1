"""The catalogue: what is here, what auto takes, and what to do where there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import networks
from engine.errors import NetworkError


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of torch."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    folder = tmp_path / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    return folder


def test_the_hub_folder_is_torchs_own(hub: Path) -> None:
    import torch

    assert networks.hub_folder() == hub == Path(torch.hub.get_dir()) / "checkpoints"


def test_auto_takes_imagenets_where_its_weights_are(hub: Path) -> None:
    (hub / networks.VGG19_FILE).touch()
    assert networks.chosen("auto").name == "vgg19"
    assert networks.chosen("auto").path == hub / networks.VGG19_FILE


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
