"""Small networks, pictures and settings for the tests of the torch ring."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from engine import defaults, weights
from engine.choices import Pooling
from engine.job import DeviceInfo, Frame, Job, Message, Picture
from engine.live import Wish
from engine.networks import NetworkEntry
from engine.settings import Settings
from engine.stylise import stylise
from engine.vgg import Network

Result = TypeVar("Result")
NO_PIXELS = np.zeros((1, 1, 3), np.uint8)
PLAIN_CPU = DeviceInfo("cpu", "a CPU", 8 * 2**30, bfloat16=False)


def resolved(**values: object) -> Settings:
    """Settings as a job on a plain CPU would resolve them."""
    return defaults.resolved(Settings.of(values), PLAIN_CPU, threads=1, seed=0)


def finish(work: Generator[object, None, Result]) -> Result:
    """Do interruptible work in one go."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            result: Result = done.value
            return result


def network(deepest: str = "conv2_1", *, seed: int = 0, width: int = 64) -> Network:
    """Seeded filters through the real loader's code."""
    state = weights.seeded(seed, deepest, width=width)
    return from_state(state)


def from_state(state: dict[str, Tensor]) -> Network:
    """A network from a state dict, by way of a file in memory's stead."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seeded.pth"
        torch.save(state, path)
        entry = NetworkEntry(path.name, "seeded, untrained", path)
        return weights.load(entry, pooling=Pooling.AVERAGE, weights_input=None)


def noise(height: int, width: int, seed: int = 0) -> Tensor:
    """A float64 picture (H, W, 3) away from the borders of the range."""
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(height, width, 3, generator=generator, dtype=torch.float64) * 0.8 + 0.1


def picture(height: int, width: int, seed: int = 0) -> Picture:
    """Soft coloured blobs, as a picture that was read."""
    generator = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    phases = generator.uniform(0, 6, (3, 3))
    waves = [np.sin(9 * x * a + 7 * y * b + c) for a, b, c in phases]
    pixels = (np.stack(waves, -1) * 100 + 128 + generator.normal(0, 8, (height, width, 3))).round()
    return Picture(pixels.clip(0, 255).astype(np.uint8), f"picture-{seed}")


def frames(messages: Generator[Message, Wish | None, None]) -> list[Frame]:
    """Run a job to its end and keep its frames."""
    return [message for message in messages if isinstance(message, Frame)]


def paint(path: Path, **values: object) -> list[Frame]:
    """Run a small job with the network in a file."""
    small = {
        "network": str(path),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "size": 48,
        "steps": 4,
        "device": "cpu",
        "threads": 1,
    }
    settings = Settings.of({**small, **values})
    return frames(stylise(Job(picture(36, 48), (picture(40, 40, 1),), settings)))
