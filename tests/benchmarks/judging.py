"""What the benchmarks that judge pictures share: the pairs, their network, and their judge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import torch
from torch import Tensor

from engine import defaults, devices, examples, geometry, imageio, networks, pyramid, vgg, weights
from engine.choices import Pooling, StyleFit
from engine.costs import workload
from engine.job import Picture
from engine.settings import Settings
from tests.benchmarks.textbook import Filters, Judge, Weighing

DATA: Final = Path(__file__).parents[3] / "shared" / "data"
REAL: Final = DATA / "tuebingen_neckarfront.jpg", DATA / "vangogh_starry_night.jpg"
EXAMPLES: Final = (
    "harbour+impasto",
    "mountains+watercolour",
    "still_life+cubism",
    "street+pointillism",
    "street+mosaic",
    "harbour+woodcut",
)


class Pair(NamedTuple):
    """A content and a style to paint it in."""

    name: str
    content: Picture
    style: Picture


def pairs(count: int) -> Iterator[Pair]:
    """The paper's first pair, where it is at hand, and bundled ones."""
    found = [
        (f"{e.content.stem}+{e.style.stem}", e.content, e.style)
        for e in map(examples.named, EXAMPLES)
    ]
    if REAL[0].exists():
        found.insert(0, ("tuebingen+starry_night", *REAL))
    for name, content, style in found[:count]:
        yield Pair(name, imageio.read(content), imageio.read(style))


def decided(settings: Settings) -> Settings:
    """The settings with nothing left open."""
    layers = networks.chosen(settings.network).layers
    device = devices.choose(settings.device)
    return defaults.resolved(
        settings, device, threads=torch.get_num_threads(), seed=0, layers=layers
    )


def network_of(settings: Settings, pair: Pair) -> vgg.Network:
    """The network as a render of the pair scales it, in float32."""
    entry = networks.chosen(settings.network)
    network = weights.load(entry, pooling=Pooling.AVERAGE, weights_input=settings.weights_input)
    pictures = (
        pyramid.resized(pyramid.tensor_of(p), *workload.small(p.size))
        for p in (pair.content, pair.style)
    )
    means = vgg.mean_activations(network, tuple(pictures))
    if not vgg.is_normalised(means):
        network = vgg.normalised(network, means)
    needed = [*dict(settings.style_layers or ()), settings.content_layer or ""]
    return network.down_to(vgg.deepest_of(needed)).to("cpu", torch.float32)


def judge_of(settings: Settings, pair: Pair, size: int) -> Judge:
    """The judge of a pair's pictures whose long side is `size`."""
    settings = decided(settings)
    network = network_of(settings, pair)
    scale = geometry.scales(settings.replace(size=size, scales=(size,)), pair.content.size)[-1]
    content, style = (pyramid.tensor_of(p) for p in (pair.content, pair.style))
    content = pyramid.resized(content, scale.width, scale.height)
    style = pyramid.style_resized(
        style, (scale.width, scale.height), StyleFit.WHOLE, settings.style_scale
    )
    filters = [Filters(c.name, c.weight, c.bias) for c in network.convolutions]
    assert settings.content_layer is not None
    weighing = Weighing(
        settings.content_layer,
        dict(settings.style_layers or ()),
        settings.content_weight,
        settings.style_weight or 0.0,
        settings.tv_weight or 0.0,
    )
    return Judge(filters, network.mean, planes(content), planes(style), weighing)


def planes(picture: Tensor) -> Tensor:
    """(H, W, 3) as (1, 3, H, W)."""
    return picture.permute(2, 0, 1)[None]
