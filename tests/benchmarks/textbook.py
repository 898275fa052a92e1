"""The textbook method, and the measure that it and Impasto are judged by: torch's plain operations.

Nothing of this is the engine's. The method is what tools of this kind do by default: one scale,
white noise, L-BFGS of history 100 with steps of length 1, float32 channels last.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

HISTORY = 100
CHROMA = 3.0
SOFTNESS = 0.02


class Filters(NamedTuple):
    """One convolution of the network."""

    name: str
    weight: Tensor
    bias: Tensor


@dataclass(frozen=True, slots=True)
class Weighing:
    """What counts how much in the loss."""

    content_layer: str
    style_layers: dict[str, float]
    content: float
    style: float
    variation: float


class Trace(NamedTuple):
    """A run of the textbook method.

    Attributes:
        losses: of each evaluation.
        seconds: from the start to the end of each evaluation.
        picture: (1, 3, H, W), which may lie outside 0 … 1 a little.
    """

    losses: list[float]
    seconds: list[float]
    picture: Tensor


class Judge:
    """The loss of a picture, relative content and Gram errors and softened total variation."""

    def __init__(
        self,
        network: Sequence[Filters],
        mean: Tensor,
        content: Tensor,
        style: Tensor,
        weighing: Weighing,
    ) -> None:
        """Look at content and style, each (1, 3, H, W) RGB in 0 … 1."""
        self.network, self.mean, self.weighing = network, mean[None, :, None, None], weighing
        self.shape = content.shape
        with torch.no_grad():
            self.content = self._features(content)[weighing.content_layer]
            maps = self._features(style)
            self.style = {name: gram(maps[name]) for name in weighing.style_layers}

    def loss(self, picture: Tensor) -> Tensor:
        """The whole loss, differentiable with respect to the picture (1, 3, H, W)."""
        maps, weighing = self._features(picture), self.weighing
        difference = maps[weighing.content_layer] - self.content
        total = weighing.content * difference.square().sum() / self.content.square().sum()
        for name, weight in weighing.style_layers.items():
            error = (gram(maps[name]) - self.style[name]).square().sum()
            share = error / self.style[name].square().sum()
            total = total + weighing.style * weight * share
        return total + weighing.variation * variation(picture)

    def _features(self, picture: Tensor) -> dict[str, Tensor]:
        maps = {}
        x = (picture - self.mean).contiguous(memory_format=torch.channels_last)
        block = "1"
        for name, weight, bias in self.network:
            if name[4] != block:
                x, block = F.avg_pool2d(x, 2), name[4]
            x = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), weight, bias).relu_()
            maps[name] = x
        return maps


def gram(maps: Tensor) -> Tensor:
    """(N, N) products of the maps (1, N, H, W), for each position on average."""
    rows = maps[0].permute(1, 2, 0).flatten(0, 1)  # (H*W, N)
    return rows.T @ rows / len(rows)


def variation(picture: Tensor) -> Tensor:
    """Mean of the softened gradient magnitude over light and, thrice as much, two colours."""
    red, green, blue = picture[0]
    planes = torch.stack(
        [
            (red + green + blue) / 3**0.5,
            CHROMA * (green - red) / 2**0.5,
            CHROMA * (red + green - 2 * blue) / 6**0.5,
        ]
    )
    down = F.pad(planes[:, 1:] - planes[:, :-1], (0, 0, 0, 1))
    across = F.pad(planes[:, :, 1:] - planes[:, :, :-1], (0, 1))
    return (
        (down.square() + across.square() + SOFTNESS**2).sqrt() - SOFTNESS
    ).sum() / planes.numel()


def optimise(judge: Judge, evaluations: int) -> Trace:
    """Minimise the judge's loss from white noise."""
    noise = torch.rand(judge.shape, generator=torch.Generator().manual_seed(0))
    picture = noise.requires_grad_()
    rule = torch.optim.LBFGS(
        [picture],
        max_iter=evaluations,
        max_eval=evaluations,
        history_size=HISTORY,
        tolerance_grad=0,
        tolerance_change=0,
    )
    losses: list[float] = []
    seconds: list[float] = []
    begun = time.perf_counter()

    def evaluate() -> Tensor:
        rule.zero_grad()
        loss = judge.loss(picture)
        loss.backward()
        losses.append(loss.item())
        seconds.append(time.perf_counter() - begun)
        return loss

    rule.step(evaluate)
    return Trace(losses, seconds, picture.detach())
