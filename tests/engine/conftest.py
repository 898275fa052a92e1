"""Shared by the tests of networks: published weights on a web server of this machine."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import networks
from engine.networks import Published
from tests.engine.web import Site, serving


@pytest.fixture(scope="session")
def published_file() -> tuple[str, bytes]:
    """A VGG-19 as torchvision saves it, an eighth as wide, under a name that ends in its hash."""
    import torch

    from engine import weights

    buffer = io.BytesIO()
    state = weights.seeded(3, width=8)
    torch.save({**state, "classifier.0.weight": torch.zeros(64, 64)}, buffer)
    data = buffer.getvalue()
    return f"vgg19-{hashlib.sha256(data).hexdigest()[:8]}.pth", data


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Empty folders for networks: Impasto's, which is returned, and torch's."""
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path / "impasto"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    return tmp_path / "impasto" / "networks"


@pytest.fixture
def site(
    home: Path, published_file: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """A web server from which vgg19 is fetched."""
    name, data = published_file
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving({name: data}) as served:
        monkeypatch.setattr(networks, "VGG19", Published(f"{served.address}/{name}", len(data)))
        yield served
