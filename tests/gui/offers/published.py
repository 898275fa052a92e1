"""A network of a megabyte on a web server of this machine, for tests of downloads."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine import networks
from engine.networks import Published
from tests.engine.web import Site, serving

DATA = random.Random(5).randbytes(2**20)
NAME = f"vgg19-{hashlib.sha256(DATA).hexdigest()[:8]}.pth"


def empty_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where networks are kept from now on: nowhere that has any."""
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path / "impasto"))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    return tmp_path / "impasto" / "networks"


@contextmanager
def publishing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Serve what is fetched as vgg19; none of the server's threads is left behind."""
    empty_folders(tmp_path, monkeypatch)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    before = set(threading.enumerate())
    with serving({NAME: DATA}) as site:
        monkeypatch.setattr(networks, "VGG19", Published(f"{site.address}/{NAME}", len(DATA)))
        yield site
    for thread in set(threading.enumerate()) - before:
        if "process_request_thread" in thread.name:
            thread.join(5)
