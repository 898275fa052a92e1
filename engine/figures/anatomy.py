"""What the loss sees, for figure 2: feature maps and Gram matrices of style, result and content."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from engine import pyramid
from engine.choices import Objective, Statistic
from engine.figures.layout import within
from engine.figures.order import MAPS, FigureOrder
from engine.figures.palette import coloured
from engine.figures.panels import Panel, Shows
from engine.job import Note, Progress
from engine.losses import Moments, StyleTarget, content_scale, energy, style_loss
from engine.series.messages import Made, Piece, SeriesMessage
from engine.stylise import loaded_network
from engine.vgg import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOWN: Final = (2, 99.8)
"""Per cent of a Gram matrix's numbers that have the darkest and the lightest colour."""

_FLOOR: Final = 1e-6
"""Added to numbers of which logarithms are taken; filters are scaled to mean activation 1."""

_BRIGHT: Final = 99.5
"""Per cent of a map's positions that are not yet white."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a layer makes of the three pictures.

    Attributes:
        features: float32 (N, H, W) of each, on the CPU.
        moments: of these.
    """

    features: Mapping[Shows, Tensor]
    moments: Mapping[Shows, Moments]

    def gram(self, of: Shows) -> NDArray[np.float64]:
        """G / M, (N, N): the Gram matrix for each position on average."""
        return (self.moments[of].second / self.moments[of].count).double().numpy()

    def style_distance(self, of: Shows) -> float:
        """E_l of a picture, as the paper defines it."""
        target = StyleTarget.blend([self.moments[Shows.STYLE]])
        return float(style_loss(self.moments[of], target, Objective.PAPER, Statistic.GRAM))

    def content_distance(self, of: Shows) -> float:
        """L_content of a picture of the content's size, as the paper defines it."""
        difference = self.features[of] - self.features[Shows.CONTENT]
        return energy(difference[None]) * content_scale(1.0, Objective.PAPER)


def pieces(order: FigureOrder, made: Made) -> Generator[SeriesMessage, None, None]:
    """Show what the layers make of a finished render and its pictures.

    Yields:
        A `Piece` for each panel of maps and Gram matrices; a `Note` on layers that are not there.
    """
    looks = yield from _looks(order, made)
    for index, panel in enumerate(order.panels):
        if panel.layer in looks:
            look = looks[panel.layer]
            caption = _distance(look, panel) if panel.has_caption else ""
            yield Piece(index, 1.0, _picture(look, panel, order), is_done=True, caption=caption)


def _picture(look: Look, panel: Panel, order: FigureOrder) -> NDArray[np.uint8]:
    if panel.shows is Shows.MAPS:
        return _strip(look, panel.of, order)
    return _gram(look, panel.of, order.gram_side)


def _distance(look: Look, panel: Panel) -> str:
    if panel.shows is Shows.MAPS:
        return f"L_{{content}} = {_number(look.content_distance(panel.of))}"
    return f"E_{{l}} = {_number(look.style_distance(panel.of))}"


def _looks(order: FigureOrder, made: Made) -> Generator[SeriesMessage, None, dict[str, Look]]:
    network = yield from _network(made)
    names = [convolution.name for convolution in network.convolutions]
    wanted = list(dict.fromkeys(panel.layer for panel in order.panels if panel.layer))
    missing = [layer for layer in wanted if layer not in names]
    if missing:
        yield Note(f"left out: {', '.join(missing)}; “{network.info.name}” ends at {names[-1]}")
    seen = {of: _features(network, picture, wanted) for of, picture in _pictures(made).items()}
    return {layer: _look(layer, seen) for layer in wanted if layer not in missing}


def _network(made: Made) -> Generator[SeriesMessage, None, Network]:
    """The network that the render was painted by, its filters scaled as they were."""
    messages = loaded_network(made.job, made.started.settings)
    while True:
        try:
            message = next(messages)
        except StopIteration as done:
            network: Network = done.value
            return network
        if isinstance(message, Note | Progress):
            yield message


def _pictures(made: Made) -> dict[Shows, Tensor]:
    """The three pictures as the loss sees them at full size, (H, W, 3)."""
    settings, last = made.started.settings, made.started.scales[-1]
    size = last.width, last.height
    fit = settings.style_fit
    assert fit is not None
    style = pyramid.tensor_of(made.job.styles[0])
    return {
        Shows.STYLE: pyramid.style_resized(style, size, fit, settings.style_scale),
        Shows.RENDER: torch.from_numpy(made.pixels),
        Shows.CONTENT: pyramid.resized(pyramid.tensor_of(made.job.content), *size),
    }


def _features(network: Network, picture: Tensor, wanted: list[str]) -> dict[str, Tensor]:
    """Features (N, H, W) of a picture by layer, as far as the network goes."""
    with torch.no_grad():
        return {
            visit.name: visit.output[0].float()
            for visit in network.walk(picture)
            if visit.name in wanted
        }


def _look(layer: str, seen: Mapping[Shows, Mapping[str, Tensor]]) -> Look:
    features = {of: by_layer[layer] for of, by_layer in seen.items()}
    return Look(features, {of: Moments.of(each[None]) for of, each in features.items()})


def _strip(look: Look, of: Shows, order: FigureOrder) -> NDArray[np.uint8]:
    """The same few feature maps of each picture, in the same greys, side by side on white."""
    (width, height), gap = order.map_size(of), order.map_gap
    strip = Image.new("L", (MAPS * width + (MAPS - 1) * gap, height), 255)
    for i, channel in enumerate(_telling(look)):
        top = max(np.percentile(maps[channel], _BRIGHT) for maps in look.features.values())
        grey = (look.features[of][channel].numpy() / (top or 1)).clip(0, 1) * 255
        tile = _contained(Image.fromarray(grey.astype(np.uint8)), width, height)
        strip.paste(tile, (i * (width + gap), 0))
    return np.asarray(strip.convert("RGB"))


def _telling(look: Look) -> list[int]:
    """The channels in which most is to be seen in all three pictures, the strongest first."""
    spread = torch.stack([maps.flatten(1).std(1) for maps in look.features.values()])  # (3, N)
    ranked = spread.amin(0).argsort(descending=True, stable=True)
    return [int(channel) for channel in ranked[:MAPS]]


def _contained(tile: Image.Image, width: int, height: int) -> Image.Image:
    """A map scaled into a tile, its positions still to be seen where there are few."""
    size = within(tile.size, (width, height))
    whole = Image.new("L", (width, height), 255)
    whole.paste(_scaled(tile, size), ((width - size[0]) // 2, (height - size[1]) // 2))
    return whole


def _gram(look: Look, of: Shows, side: int) -> NDArray[np.uint8]:
    """A Gram matrix in colours for the logarithms of its numbers, the same for each picture."""
    logs = {each: np.log10(look.gram(each) + _FLOOR) for each in look.moments}
    low, high = np.percentile(np.stack(list(logs.values())), _SHOWN)
    share = (logs[of] - low) / max(high - low, 1e-6)
    image = Image.fromarray(share.astype(np.float32))
    return coloured(np.asarray(_scaled(image, (side, side))))


def _scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    grows = size[0] > image.width
    return image.resize(size, Image.Resampling.NEAREST if grows else Image.Resampling.BOX)


def _number(value: float) -> str:
    """Three digits, with a power of ten where the number is large or small."""
    if value == 0 or 0.01 <= value < 1000:
        return f"{value:.3g}"
    digits, power = f"{value:.2e}".split("e")
    return f"{digits} · 10^{{{int(power)}}}"
