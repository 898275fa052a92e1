"""What a render consists of, as far as its cost depends on it: sizes, layers, tiles, arithmetic."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from engine import defaults, geometry, networks
from engine.blends.portions import Portion, portions
from engine.choices import Optimizer, Precision, StyleFit
from engine.disk.storage import is_file, size_of
from engine.imageio import SMALLEST_SIDE
from engine.job import DeviceInfo, Scale
from engine.layers import LAYERS
from engine.networks import NetworkEntry
from engine.settings import Settings

Size = tuple[int, int]
"""Width and height, px."""

FULL_WIDTH: Final = 64
_CHANNELS: Final = (1, 2, 4, 8, 8)
"""Of the five blocks, in units of the first one's."""

FLOAT: Final = 4
"""Bytes of a float32."""

RGB: Final = 3
"""Channels of a picture."""

_MEASURED_SIDE: Final = 512
"""Long side of the pictures that activations are measured on: more px, the same means."""

_PASSES: Final = 40
"""Over the picture's numbers in each step, whatever is remembered."""

_LONGEST_HEADER: Final = 2**20
_EVALUATIONS: Final = {Optimizer.LBFGS: 1.05, Optimizer.ADAM: 1.0, Optimizer.GRADIENT: 1.0}
"""Of loss and gradient for each iteration; a step that is too long is tried again."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution, or a pool.

    Attributes:
        name: `conv1_1` …, or `pool1` …
        before: channels that go in.
        channels: that come out.
        stride: px of the picture per position of the output's grid.
    """

    name: str
    before: int
    channels: int
    stride: int

    @property
    def is_pool(self) -> bool:
        """Whether it has no filters."""
        return self.name.startswith("pool")

    @property
    def weights(self) -> int:
        """How many numbers its filters are."""
        return 0 if self.is_pool else 9 * self.before * self.channels

    def positions(self, width: int, height: int) -> int:
        """Of the output's grid over a picture of this size."""
        return (width // self.stride) * (height // self.stride)


@dataclass(frozen=True, slots=True)
class Patch:
    """A tile's size: with the halo, and of what it owns."""

    outer: Size
    inner: Size


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the network, and in what tiles of a picture it is computed.

    Attributes:
        layers: of the part, with the pool that it ends with.
        tiles: how many there are of each size.
    """

    layers: tuple[Layer, ...]
    tiles: Counter[Patch]

    @property
    def is_tiled(self) -> bool:
        """Whether there is more than one tile."""
        return self.tiles.total() > 1

    @property
    def largest(self) -> Patch:
        """The tile that takes most memory."""
        return max(self.tiles, key=lambda patch: patch.outer[0] * patch.outer[1])

    def forward(self, layers: tuple[Layer, ...] | None = None) -> float:
        """Floating-point operations of a walk over all tiles, or over some of their layers."""
        chain = self.layers if layers is None else layers
        return sum(count * _forward(chain, patch.outer) for patch, count in self.tiles.items())


@dataclass(frozen=True, slots=True)
class Workload:
    """A render, planned.

    Attributes:
        settings: nothing left open that the cost depends on; no threads mean all.
        scales: coarse to fine.
        device: on which it is computed.
        content: the photograph's size.
        styles: the paintings' sizes.
        portions: what those give that have a share.
        width: channels of the network's first block.
        file: bytes of the network's file.
        regions: how many have a guide; 0 where the styles go everywhere.
    """

    settings: Settings
    scales: tuple[Scale, ...]
    device: DeviceInfo
    content: Size
    styles: tuple[Size, ...]
    portions: tuple[Portion, ...]
    width: int
    file: int
    regions: int = 0

    @classmethod
    def of(
        cls,
        settings: Settings,
        content: Size,
        styles: tuple[Size, ...],
        device: DeviceInfo,
        *,
        start: Size | None = None,
        regions: int = 0,
    ) -> Workload:
        """Plan a render as `stylise` will do it.

        Args:
            settings: open or decided.
            content: size of the photograph.
            styles: sizes of the paintings.
            device: that the settings mean.
            start: size of the picture to go on from, if one is named.
            regions: how many have a guide, as `masks.guided` counts them.

        Raises:
            EngineError: no such network, too narrow a content, or settings for another number of
                styles.
        """
        entry = networks.chosen(settings.network)
        if start is not None:
            settings = defaults.for_start(settings, max(start), device)
        decided = defaults.resolved(settings, device, threads=1, seed=0, layers=entry.layers)
        # Only torch knows how many threads are all, and no seed costs more than another.
        decided = decided.replace(threads=settings.threads, seed=settings.seed)
        scales = geometry.scales(decided, content)
        given = portions(decided, len(styles))
        width, file = width_of(entry), _file_of(entry)
        return cls(decided, scales, device, content, styles, given, width, file, regions)

    def after(self, scale: int, step: int) -> Workload:
        """What is left of it once some steps are done, `step` over all scales, `scale` current."""
        done = step - sum(planned.steps for planned in self.scales[:scale])
        current, *finer = self.scales[scale:]
        left = replace(current, steps=max(0, current.steps - done))
        return replace(self, scales=(left, *finer))

    @property
    def item(self) -> int:
        """Bytes of a feature, for nearly all of the time."""
        return FLOAT if self.settings.precision is Precision.FLOAT32 else FLOAT // 2

    @property
    def optimizer(self) -> Optimizer:
        """The update rule."""
        return self.settings.optimizer or Optimizer.LBFGS

    @property
    def history(self) -> int:
        """Steps that L-BFGS remembers."""
        return self.settings.history or defaults.HISTORY

    @property
    def deepest(self) -> str:
        """The deepest layer that is looked at."""
        return max((*self.style_layers, *self.content_layers), key=LAYERS.index)

    @property
    def style_layers(self) -> tuple[str, ...]:
        """Whose statistics count; none without a weight."""
        wanted = self.settings.style_layers if self.settings.style_weight else None
        return tuple(name for name, _ in wanted or ())

    @property
    def content_layers(self) -> tuple[str, ...]:
        """The one whose features count; none without a weight."""
        name = self.settings.content_layer if self.settings.content_weight else None
        return (name,) if name else ()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Down to the deepest that is looked at."""
        return layers(self.width, self.deepest)

    def stages(self, scale: Scale) -> tuple[Stage, ...]:
        """In what parts and tiles a picture of this scale is computed."""
        longest = max(scale.width, scale.height)
        parts = geometry.parts(longest, self.settings.tile or longest, self.deepest)
        chain = self.layers
        cut = len(chain) if len(parts) == 1 else 1 + _index(chain, geometry.CUT_AT)
        chains = (chain[:cut], chain[cut:])
        return tuple(
            Stage(own, _tiles(scale, part)) for own, part in zip(chains, parts, strict=False)
        )

    def paintings(self, scale: Scale) -> tuple[Scale, ...]:
        """The sizes at which the styles are looked at, at a scale of the content."""
        fit, content = self.settings.style_fit or StyleFit.WHOLE, (scale.width, scale.height)
        parts = [(p.size(self.styles[p.index]), p.scale) for p in self.portions]
        sizes = [geometry.style_size(part, content, fit, factor) for part, factor in parts]
        if fit is StyleFit.COVER:
            sizes = [(min(w, scale.width), min(h, scale.height)) for w, h in sizes]
        return tuple(Scale(*size, 0) for size in sizes)

    def content_anew(self, scale: Scale, item: int) -> tuple[Layer, ...]:
        """The layers that each tile's content features are computed anew by; none if they are kept.

        Args:
            scale: of the picture.
            item: bytes of a feature.
        """
        if not self.content_layers or not self.stages(scale)[0].is_tiled:
            return ()
        end = 1 + _index(self.layers, self.content_layers[0])
        last = self.layers[end - 1]
        size = last.channels * last.positions(scale.width, scale.height) * item
        return () if geometry.keeps_content(last.name, size) else self.layers[:end]

    def evaluations(self, scale: Scale) -> float:
        """Of loss and gradient at this scale, the first one included."""
        return 1 + scale.steps * self.evaluations_a_step

    @property
    def evaluations_a_step(self) -> float:
        """On average."""
        return _EVALUATIONS[self.optimizer]

    def flops(self, scale: Scale) -> float:
        """Floating-point operations of one evaluation of loss and gradient."""
        stages = self.stages(scale)
        # Tiles go forward twice.
        walks = sum((3 if stage.is_tiled else 2) * stage.forward() for stage in stages)
        anew = stages[0].forward(self.content_anew(scale, self.item))
        held = sum(map(self.flops, self._held(scale)))
        return walks + anew + sum(map(self._statistics, stages)) + held

    def flops_of_looking(self, scale: Scale) -> float:
        """Of the walks over the content and the styles that a scale begins with."""
        contents = (scale, *self._held(scale))
        paintings = [each for content in contents for each in self.paintings(content)]
        looked_at = (*contents * len(self.content_layers), *paintings)
        return sum(stage.forward() for each in looked_at for stage in self.stages(each))

    def flops_of_measuring(self) -> float:
        """Of the walks over all pictures, made small, by which the filters are scaled."""
        whole = layers(self.width, LAYERS[-1])
        sizes = (self.content, *(self.styles[portion.index] for portion in self.portions))
        return sum(_forward(whole, small(size)) for size in sizes)

    def traffic(self, scale: Scale) -> float:
        """Bytes that the update rule reads and writes in all steps of a scale."""
        passes = _PASSES * scale.steps
        if self.optimizer is Optimizer.LBFGS:
            # Two loops over the pairs, each with a product (2) and a sum (3) of pictures.
            filling = min(scale.steps, self.history)
            pairs = filling * (filling - 1) // 2 + filling * (scale.steps - filling)
            passes += 10 * pairs
        return passes * 3 * FLOAT * scale.width * scale.height

    def _held(self, scale: Scale) -> tuple[Scale, ...]:
        """At which size a picture of this scale is looked at too, if at any."""
        sizes = [(planned.width, planned.height) for planned in self.scales]
        size = scale.width, scale.height
        smaller = size in sizes and geometry.anchor(self.settings, self.scales, sizes.index(size))
        return (Scale(*smaller, scale.steps),) if smaller else ()

    def _statistics(self, stage: Stage) -> float:
        """Of the Gram matrices, and of carrying their gradient back to the features."""
        own = [layer for layer in stage.layers if layer.name in self.style_layers]
        return sum(
            4 * count * layer.channels**2 * layer.positions(*patch.inner) * max(1, self.regions)
            for layer in own
            for patch, count in stage.tiles.items()
        )


@cache
def layers(width: int, deepest: str) -> tuple[Layer, ...]:
    """VGG-19's layers down to `deepest`, `width` channels wide in the first block."""
    names = LAYERS[: LAYERS.index(deepest) + 1]
    return tuple(_chain(width, names))


def width_of(entry: NetworkEntry) -> int:
    """Channels of a network's first block; VGG-19's own where its file does not say."""
    path = entry.path
    if path is None or path.suffix != ".safetensors" or not is_file(path):
        return FULL_WIDTH
    try:
        header = _header(path)
        (width,) = (header.get("conv1_1.bias") or header["features.0.bias"])["shape"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return FULL_WIDTH
    return width if isinstance(width, int) and 0 < width <= FULL_WIDTH else FULL_WIDTH


def small(size: Size) -> Size:
    """The size at which activations are measured."""
    if max(size) <= _MEASURED_SIDE:
        return size
    width, height = geometry.fitted(size, _MEASURED_SIDE)
    return max(SMALLEST_SIDE, width), max(SMALLEST_SIDE, height)


def _forward(chain: tuple[Layer, ...], size: Size) -> float:
    return sum(2 * layer.weights * layer.positions(*size) for layer in chain)


def _chain(width: int, names: tuple[str, ...]) -> Iterator[Layer]:
    before, stride = 3, 1
    for name, following in pairwise((*names, "")):
        block = int(name[4])
        channels = width * _CHANNELS[block - 1]
        yield Layer(name, before, channels, stride)
        before = channels
        if following and following[4] != name[4]:
            stride *= 2
            yield Layer(f"pool{block}", channels, channels, stride)


def _header(path: Path) -> dict[str, Any]:
    """What a safetensors file says of its tensors; nothing in it is believed."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > _LONGEST_HEADER:
            raise ValueError(length)
        return json.loads(file.read(length))


def _file_of(entry: NetworkEntry) -> int:
    if entry.path is None:
        return entry.published.size if entry.published else 0
    return size_of(entry.path)


def _tiles(scale: Scale, part: geometry.Part) -> Counter[Patch]:
    columns, rows = (
        Counter(
            (outer_stop - outer_start, stop - start)
            for start, stop, outer_start, outer_stop in geometry.spans(side, part)
        )
        for side in (scale.width, scale.height)
    )
    return Counter(
        {
            Patch((columns_outer, rows_outer), (columns_own, rows_own)): across * down
            for (columns_outer, columns_own), across in columns.items()
            for (rows_outer, rows_own), down in rows.items()
        }
    )


def _index(chain: tuple[Layer, ...], name: str) -> int:
    return [layer.name for layer in chain].index(name)
