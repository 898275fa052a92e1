"""The shape of `sketch`, VGG-19 at half width to conv5_2, as trained and as exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import safetensors.torch
import torch
import torch.nn.functional as F
from torch import Tensor, nn

BLOCKS = ((32, 2), (64, 2), (128, 4), (256, 4), (256, 2))
"""Channels and convolutions of each block."""

MEAN = 0.5
"""Subtracted from the picture's RGB in 0 … 1."""


class Sketch(nn.Module):
    """Convolutions with batch norms, average pooling between the blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.convolutions, self.norms = nn.ModuleDict(), nn.ModuleDict()
        channels = 3
        for name, count in layer_channels():
            convolution = nn.Conv2d(channels, count, 3, padding=1, bias=False)
            nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
            self.convolutions[name] = convolution
            self.norms[name] = nn.BatchNorm2d(count)
            channels = count

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Features after each ReLU, by layer.

        Args:
            pictures: (B, 3, H, W), RGB in 0 … 1.
        """
        x, block, features = pictures - MEAN, "1", {}
        for name, _ in layer_channels():
            if name[4] != block:
                x, block = F.avg_pool2d(x, 2), name[4]
            x = F.relu(self.norms[name](self.convolutions[name](x)))
            features[name] = x
        return features


def layer_channels() -> Iterator[tuple[str, int]]:
    """Each convolution's name and number of channels, shallow to deep."""
    for block, (channels, count) in enumerate(BLOCKS, start=1):
        for index in range(1, count + 1):
            yield f"conv{block}_{index}", channels


def last_of_blocks() -> tuple[str, ...]:
    """The deepest layer of each block."""
    return tuple(f"conv{block}_{count}" for block, (_, count) in enumerate(BLOCKS, start=1))


def folded(model: Sketch) -> dict[str, Tensor]:
    """Weights and biases of plain convolutions that do what convolution and norm do in use."""
    state = {}
    for name, _ in layer_channels():
        convolution, norm = model.convolutions[name], model.norms[name]
        assert isinstance(convolution, nn.Conv2d)
        assert isinstance(norm, nn.BatchNorm2d)
        assert norm.running_var is not None
        assert norm.running_mean is not None
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        state[f"{name}.weight"] = (convolution.weight * scale[:, None, None, None]).detach()
        state[f"{name}.bias"] = (norm.bias - norm.running_mean * scale).detach()
    return state


def unfold(state: dict[str, Tensor], network: Sketch, pictures: Tensor) -> None:
    """Turn plain convolutions back into convolution and norm, so that they can be trained on.

    The inverse of `folded` on these pictures: the norms' statistics are those that the pictures
    give, and each filter is brought to unit deviation before its norm.
    """
    device = next(network.parameters()).device
    x, block = (pictures - MEAN), "1"
    for name, _ in layer_channels():
        if name[4] != block:
            x, block = F.avg_pool2d(x, 2), name[4]
        weight, bias = state[f"{name}.weight"], state[f"{name}.bias"]
        answer = F.conv2d(x, weight, padding=1)
        variance, mean = torch.var_mean(answer, (0, 2, 3))
        deviation = variance.sqrt().clamp_min(1e-4)
        values = {
            "running_mean": mean / deviation,
            "running_var": torch.ones_like(mean),
            "weight": deviation,
            "bias": bias + mean,
        }
        norm = network.norms[name]
        with torch.no_grad():
            network.convolutions[name].weight.copy_(weight / deviation[:, None, None, None])  # type: ignore[operator]
            for key, value in values.items():
                getattr(norm, key).copy_(value.to(device))
        x = (answer + bias[:, None, None]).relu()


def features(state: dict[str, Tensor], pictures: Tensor) -> dict[str, Tensor]:
    """What `Sketch.forward` returns, from folded weights."""
    x, block, found = pictures - MEAN, "1", {}
    for name, _ in layer_channels():
        if name[4] != block:
            x, block = F.avg_pool2d(x, 2), name[4]
        x = F.conv2d(x, state[f"{name}.weight"], state[f"{name}.bias"], padding=1).relu()
        found[name] = x
    return found


def normalised(state: dict[str, Tensor], pictures: Tensor) -> dict[str, Tensor]:
    """Scale each filter so that its mean activation over the pictures is 1.

    A channel that hardly ever answers is scaled as if its mean were a hundredth of its layer's.
    """
    means = {n: f.double().mean((0, 2, 3)) for n, f in features(state, pictures).items()}
    result, before = {}, torch.ones(3, dtype=torch.float64)
    for name, mean in means.items():
        scale = mean.clamp_min(0.01 * float(mean.mean()))
        weight = state[f"{name}.weight"].double() * before[None, :, None, None]
        result[f"{name}.weight"] = (weight / scale[:, None, None, None]).float()
        result[f"{name}.bias"] = (state[f"{name}.bias"].double() / scale).float()
        before = scale
    return result


def export(state: dict[str, Tensor], path: Path, facts: dict[str, str]) -> None:
    """Write normalised weights in float16, whole or not at all."""
    halves = {key: value.half().contiguous() for key, value in state.items()}
    if not all(bool(torch.isfinite(value).all()) for value in halves.values()):
        raise ValueError("weights do not fit into float16")
    metadata = {
        "name": "sketch",
        "architecture": "vgg19",
        "input": "rgb01",
        "mean": ",".join([str(MEAN)] * 3),
        "normalised": "true",
        **facts,
    }
    part = path.with_suffix(".part")
    safetensors.torch.save_file(halves, part, metadata)
    part.replace(path)
