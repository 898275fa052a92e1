"""Thousands of spoilt weight files: each is refused in words, or is a network of finite numbers."""

from __future__ import annotations

import io
import random
from collections import Counter
from pathlib import Path

import pytest
import safetensors.torch
import torch

from engine import weights
from engine.choices import Pooling
from engine.errors import NetworkError
from engine.networks import NetworkEntry
from engine.vgg import Network
from tests.engine.test_weights import by_layer_name


def zipped() -> bytes:
    buffer = io.BytesIO()
    torch.save(weights.seeded(0, "conv1_2", width=2), buffer)
    return buffer.getvalue()


def legacy() -> bytes:
    buffer = io.BytesIO()
    state = weights.seeded(0, "conv1_2", width=2)
    torch.save(state, buffer, _use_new_zipfile_serialization=False)
    return buffer.getvalue()


def own() -> bytes:
    state = by_layer_name(weights.seeded(0, "conv1_2", width=2))
    metadata = {"input": "rgb01", "mean": "0.5,0.4,0.3", "made_for": "torchvision"}
    return safetensors.torch.save(state, metadata)


KINDS = {"zipped.pth": zipped, "legacy.pth": legacy, "own.safetensors": own}


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Change bits, bytes, runs, order or length, mostly where the structure is described."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        reach = len(result) if chance.random() < 0.4 else min(len(result), 900)
        at = chance.randrange(max(1, reach))
        length = chance.choice((1, 2, 8, 64))
        match chance.randrange(6):
            case 0:
                result[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del result[at : at + length]
            case 2:
                result[at:at] = chance.randbytes(length)
            case 3:
                result[at : at + length] = result[:length]
            case 4:
                result[at : at + 8] = chance.choice((b"\x00", b"\xff", b"9")) * 8
            case _:
                del result[chance.randrange(len(result) + 1) :]
    return bytes(result)


def outcome(path: Path) -> str:
    """Load a file; anything but a network of finite numbers or a NetworkError is a failure."""
    entry = NetworkEntry(path.name, "spoilt", path)
    try:
        network = weights.load(entry, pooling=Pooling.AVERAGE, weights_input=None)
    except NetworkError as error:
        assert error.remedy
        assert error.cause.isprintable()
        return "refused"
    assert finite(network)
    return "read"


def finite(network: Network) -> bool:
    tensors = [t for c in network.convolutions for t in (c.weight, c.bias)]
    return all(bool(torch.isfinite(tensor).all()) for tensor in tensors)


def fuzz(folder: Path, name: str, seed: int, count: int) -> Counter[str]:
    chance, data, path = random.Random(seed), KINDS[name](), folder / name
    seen: Counter[str] = Counter()
    for _ in range(count):
        path.write_bytes(spoilt(data, chance))
        seen[outcome(path)] += 1
    return seen


@pytest.mark.parametrize("name", KINDS)
def test_spoilt_files_are_refused_or_read(tmp_path: Path, name: str) -> None:
    seen = fuzz(tmp_path, name, seed=1, count=200)
    assert seen["refused"] > 50
    assert seen.total() == 200


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_five_thousand_spoilt_files_are_refused_or_read(tmp_path: Path, name: str) -> None:
    seen = fuzz(tmp_path, name, seed=2, count=5_000)
    print(name, dict(seen))  # noqa: T201 (for docs/reliability.md)
    assert seen.total() == 5_000
