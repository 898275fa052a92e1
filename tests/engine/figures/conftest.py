"""Figures of small pictures, by an untrained network that has every layer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.figures.order import FigureOrder
from tests.engine.support import picture

MakeOrder = Callable[..., FigureOrder]


@pytest.fixture(scope="session")
def deep_net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of seeded filters of all layers, 8 channels wide in the first block."""
    import torch

    from engine import weights

    path = tmp_path_factory.mktemp("networks") / "deep.pth"
    torch.save(weights.seeded(0, "conv5_2", width=8), path)
    return path


@pytest.fixture
def order(deep_net: Path) -> MakeOrder:
    """Make an order of a figure, small and short unless a test says otherwise."""

    def make(number: int, *, styles: int = 1, **given: object) -> FigureOrder:
        small = {"network": str(deep_net), "size": 48, "steps": 1, "device": "cpu", "threads": 1}
        paintings = tuple(picture(40, 40, seed) for seed in range(1, styles + 1))
        return FigureOrder.of(number, picture(36, 48), paintings, {**small, **given})

    return make
