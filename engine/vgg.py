"""VGG-19's features by the paper's layer names (`conv1_1` … `conv5_4`, after their ReLU).

The network is a walk from layer to layer, not one call: between two layers the caller may stop,
and the backward walk frees each layer's memory as it passes. Its gradients are written out, as
autograd would keep each layer's padded input beside its output: here one of them is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.choices import Padding, Pooling
from engine.errors import NetworkError
from engine.job import NetworkInfo
from engine.layers import LAYERS

SILENT_CHANNEL: Final = 0.01
"""A channel whose mean activation is below this share of its layer's is scaled as if at it."""

_ROWS: Final = 64
"""Of a layer, that are worked on at once: they stay in the cache."""

ALREADY_NORMALISED: Final = (0.5, 2.0)
"""Mean activations of all layers within this range count as scaled to 1 already."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """A 3 × 3 convolution, padded by 1, and its ReLU.

    Attributes:
        name: `conv1_1` …
        weight: (N, N_in, 3, 3).
        bias: (N,).
    """

    name: str
    weight: Tensor
    bias: Tensor


@dataclass(frozen=True, slots=True)
class Visit:
    """One layer of a walk, with what came out of it.

    Attributes:
        name: of the convolution, or `pool1` …
        stride: px of the picture per position of the output's grid, 1 … 16.
        output: (1, N, H, W); on a tape maybe only where it is above 0: see `keep`.
        layer: that was applied.
    """

    name: str
    stride: int
    output: Tensor
    layer: Convolution | Pooling


Tape = list[Visit]

Add = Callable[[Visit, Tensor | None], Tensor | None]
"""Given a layer, and dL/dF of all losses further down or None for none, adds to it in place."""


@dataclass(frozen=True, slots=True)
class Network:
    """VGG-19, or a network of its shape, down to some layer; or a part of one.

    Attributes:
        info: what it is, for people.
        mean: (3,) RGB in 0 … 1, subtracted from the picture first.
        convolutions: shallow to deep, without a gap.
        pooling: between the blocks, 2 × 2.
        padding: what the convolutions see beyond the picture's edges.
        stride: px of the picture per position of what goes in: 1, but for a lower part, which
            takes features.
        pooled: whether a pool comes last, as in an upper part.
    """

    info: NetworkInfo
    mean: Tensor
    convolutions: tuple[Convolution, ...]
    pooling: Pooling
    padding: Padding = Padding.ZEROS
    stride: int = 1
    pooled: bool = False

    def down_to(self, deepest: str) -> Network:
        """Leave out what lies below `deepest`.

        Raises:
            NetworkError: the network ends above it.
        """
        names = [convolution.name for convolution in self.convolutions]
        if deepest not in names:
            raise NetworkError(
                f"“{self.info.name}” has no layer {deepest}: it ends at {names[-1]}",
                f"choose content and style layers up to {names[-1]}, or another network",
            )
        convolutions = self.convolutions[: names.index(deepest) + 1]
        return replace(self, convolutions=convolutions, pooled=False)

    def to(self, device: torch.device | str, dtype: torch.dtype) -> Network:
        """Move to a device and number format, in the memory order that is fastest there."""
        convolutions = tuple(
            replace(
                c,
                weight=c.weight.to(device, dtype).contiguous(memory_format=torch.channels_last),
                bias=c.bias.to(device, dtype),
            )
            for c in self.convolutions
        )
        return replace(self, mean=self.mean.to(device), convolutions=convolutions)

    def split(self, block: int) -> tuple[Network, Network]:
        """Cut after the pool of a block: what comes out of the first part goes into the second."""
        upper = [c for c in self.convolutions if int(c.name[4]) <= block]
        lower = self.convolutions[len(upper) :]
        return (
            replace(self, convolutions=tuple(upper), pooled=True),
            replace(self, convolutions=lower, stride=2**block),
        )

    def walk(self, grid: Tensor) -> Iterator[Visit]:
        """Visit the layers shallow to deep.

        Args:
            grid: a picture, (H, W, 3) RGB in 0 … 1 or in bytes; of a lower part, features
                (H, W, N).
        """
        x = grid if self.stride > 1 else _light(grid, self.mean.dtype) - self.mean
        x = x.permute(2, 0, 1)[None]  # (1, 3, H, W), channels last
        x = x.to(self.convolutions[0].weight.dtype)
        stride = self.stride
        for name, layer in self._layers():
            if isinstance(layer, Pooling):
                stride *= 2
            x = _apply(layer, x, self.padding)
            yield Visit(name, stride, x, layer)

    def _layers(self) -> Iterator[tuple[str, Convolution | Pooling]]:
        block = self.convolutions[0].name[4]
        for convolution in self.convolutions:
            if convolution.name[4] != block:
                yield f"pool{block}", self.pooling
                block = convolution.name[4]
            yield convolution.name, convolution
        if self.pooled:
            yield f"pool{block}", self.pooling


def keep(tape: Tape, visit: Visit, needed: Container[str]) -> None:
    """Add a visit to a tape; nobody needs more of the one before than where it is above 0.

    Args:
        tape: of the walk so far.
        visit: the next one.
        needed: layers whose features are looked at on the way back.
    """
    if tape and tape[-1].name not in needed and visit.layer is not Pooling.MAX:
        tape[-1] = replace(tape[-1], output=_slim(tape[-1]))
    tape.append(visit)


def _slim(visit: Visit) -> Tensor:
    # A pool's output is but the next layer's input, whose gradient does not depend on it.
    is_pool = isinstance(visit.layer, Pooling)
    return visit.output.new_empty(0) if is_pool else (visit.output > 0).view(torch.uint8)


def backwards(network: Network, tape: Tape, add: Add) -> Generator[None, None, Tensor | None]:
    """Go back over visits, deep to shallow, emptying the tape.

    Args:
        network: that was walked over.
        tape: all visits of its walk, as `keep` keeps them.
        add: adds the gradient of the losses that sit on a layer itself.

    Yields:
        None after each layer, where the work may be interrupted.

    Returns:
        dL/dx, (1, 3, H, W) in the network's number format; None where there are no losses.
    """
    gradient = None
    while tape:
        visit = tape.pop()
        gradient = add(visit, gradient)
        yield
        if gradient is None:
            continue
        layer = visit.layer
        if isinstance(layer, Convolution):
            gradient = _back_through_relu(visit.output, gradient)
            del visit  # its output is needed no more
            gradient = _back_through_convolution(layer, gradient, network.padding)
        elif layer is Pooling.MAX:
            gradient = _back_through_maxima(tape[-1].output, gradient)
        else:
            gradient = _back_through_means(tape[-1].output, gradient)
        yield
    return gradient


def deepest_of(names: Mapping[str, object] | list[str]) -> str:
    """The deepest of some layers."""
    return max(names, key=LAYERS.index)


def mean_activations(network: Network, pictures: tuple[Tensor, ...]) -> dict[str, Tensor]:
    """Each channel's mean over the positions of all pictures, by layer.

    Args:
        network: in float32.
        pictures: each (H, W, 3) RGB in 0 … 1.

    Returns:
        (N,) for each convolution.
    """
    sums: dict[str, Tensor] = {}
    positions: dict[str, int] = {}
    for picture in pictures:
        for visit in network.walk(picture):
            count = visit.output.shape[2] * visit.output.shape[3]
            total = visit.output.sum((0, 2, 3), dtype=torch.float64)
            sums[visit.name] = sums.get(visit.name, torch.zeros_like(total)) + total
            positions[visit.name] = positions.get(visit.name, 0) + count
    return {c.name: sums[c.name] / positions[c.name] for c in network.convolutions}


def is_normalised(means: Mapping[str, Tensor]) -> bool:
    """Whether every layer's mean activation is near 1 already."""
    low, high = ALREADY_NORMALISED
    return all(low <= float(mean.mean()) <= high for mean in means.values())


def normalised(network: Network, means: Mapping[str, Tensor]) -> Network:
    """Scale the filters so that each one's mean activation is 1 (section 2 of the paper).

    ReLU and pooling commute with a positive scale, so the features of each layer become
    F / mean exactly and nothing else changes. Silent channels are scaled by a floor.
    """
    convolutions = []
    before = torch.ones(3, dtype=torch.float64)
    for convolution in network.convolutions:
        mean = means[convolution.name].cpu()
        scale = mean.clamp_min(SILENT_CHANNEL * float(mean.mean()) or 1.0)
        weight = convolution.weight.double() * before[None, :, None, None]
        convolutions.append(
            Convolution(
                convolution.name,
                (weight / scale[:, None, None, None]).to(convolution.weight.dtype),
                (convolution.bias.double() / scale).to(convolution.bias.dtype),
            )
        )
        before = scale
    notes = (*network.info.notes, "filters scaled to mean activation 1 over these pictures")
    return replace(
        network, info=replace(network.info, notes=notes), convolutions=tuple(convolutions)
    )


def _light(picture: Tensor, dtype: torch.dtype) -> Tensor:
    """Bring bytes to 0 … 1."""
    return picture.to(dtype).div_(255) if picture.dtype == torch.uint8 else picture


def _apply(layer: Convolution | Pooling, x: Tensor, padding: Padding) -> Tensor:
    if isinstance(layer, Convolution):
        if padding is Padding.REPLICATE:
            x = F.pad(x, (1, 1, 1, 1), mode="replicate")
            return F.conv2d(x, layer.weight, layer.bias).relu_()
        return F.conv2d(x, layer.weight, layer.bias, padding=1).relu_()
    return F.max_pool2d(x, 2) if layer is Pooling.MAX else F.avg_pool2d(x, 2)


def _back_through_relu(output: Tensor, gradient: Tensor) -> Tensor:
    """A new gradient, contiguous; where only signs were kept of the output, the same in place."""
    if output.dtype != torch.uint8:
        return torch.ops.aten.threshold_backward(gradient, output, 0)
    # Some rows at a time, to widen the signs.
    for known, part in zip(output.split(_ROWS, 2), gradient.split(_ROWS, 2), strict=True):
        part *= known.to(part.dtype)
    return gradient


def _back_through_convolution(layer: Convolution, gradient: Tensor, padding: Padding) -> Tensor:
    if padding is Padding.ZEROS:
        return F.conv_transpose2d(gradient, layer.weight, padding=1)
    padded = F.conv_transpose2d(gradient, layer.weight)
    for whole in (padded, padded.transpose(2, 3)):
        # What was seen beyond the edges were the edges.
        whole[:, :, 1] += whole[:, :, 0]
        whole[:, :, -2] += whole[:, :, -1]
    return padded[:, :, 1:-1, 1:-1]


def _back_through_maxima(x: Tensor, gradient: Tensor) -> Tensor:
    leaf = x.detach().requires_grad_()
    with torch.enable_grad():
        pooled = F.max_pool2d(leaf, 2)
    (by_input,) = torch.autograd.grad(pooled, leaf, gradient)
    return by_input


def _back_through_means(x: Tensor, gradient: Tensor) -> Tensor:
    whole = torch.zeros_like(x, dtype=gradient.dtype)
    height, width = gradient.shape[2:]
    cells = whole[:, :, : 2 * height, : 2 * width]
    cells = cells.unflatten(2, (height, 2)).unflatten(4, (width, 2))  # (1, N, H, 2, W, 2)
    cells.copy_(gradient.div_(4)[:, :, :, None, :, None].expand_as(cells))
    return whole
