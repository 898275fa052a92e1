"""How much memory a render takes, found by going through it and keeping an account.

The account holds what the engine holds: the same tensors, taken and given back in the same order.
It counts as the operating system does, to which a small block that was given back stays taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from engine.job import Scale
from engine.layers import LAYERS
from engine.settings import Optimizer, Padding, Pooling, Precision
from engine.workload import FLOAT, Layer, Patch, Size, Workload, layers, small

PARTS: Final = ("runtime", "weights", "pictures", "targets", "optimiser", "activations")

_RUNTIME: Final = 335_000_000
"""Python and torch after the first convolution, without the next."""

_CUDA_LIBRARIES: Final = 290_000_000
"""What a torch that is built for NVIDIA's cards takes besides, also where there is no card."""

_ON_A_CARD: Final = 600_000_000
"""What the driver and its libraries keep of a card's memory: an estimate, not measured yet."""

_SMALL: Final = 32 * 2**20
"""Blocks below this size go back to the C library's own store, not to the system."""

_SCATTER: Final = 1.35
"""The store's size relative to the most that was used of it: free blocks do not always fit."""


def peak(work: Workload) -> dict[str, int]:
    """The parts of the memory at the moment when most is taken, bytes."""
    on_card = work.device.name not in ("cpu", "mps")
    account = _Account(small=0 if on_card else _SMALL)
    account.take("runtime", _ON_A_CARD if on_card else runtime())
    render = _Render(account, work)
    if not on_card:
        render.prepare()
    account.take("weights", *_weights(work, render.item))
    for scale in work.scales:
        render.look(scale)
        render.evaluate(scale)
        account.give("targets", render.target(scale))
    return {part: account.highest[part] for part in PARTS}


def runtime() -> int:
    """What the process takes before there is any picture, bytes."""
    torch = find_spec("torch")
    folder = Path(torch.origin).parent / "lib" if torch and torch.origin else Path()
    has_cuda = any((folder / name).exists() for name in ("libtorch_cuda.so", "torch_cuda.dll"))
    return _RUNTIME + (_CUDA_LIBRARIES if has_cuda else 0)


@dataclass(slots=True)
class _Account:
    """What is taken, by part.

    Attributes:
        small: blocks of fewer bytes come from the store.
        highest: what was taken, by part, when that was the most.
    """

    small: int
    highest: Mapping[str, int] = field(default_factory=Counter)
    _taken: Counter[str] = field(default_factory=Counter)
    _stored: int = 0
    _store: float = 0.0

    def take(self, part: str, *sizes: int) -> None:
        """Take blocks."""
        self._taken[part] += sum(sizes)
        self._stored += sum(size for size in sizes if size < self.small)
        self._store = max(self._store, self._stored * _SCATTER)
        idle = int(self._store) - self._stored
        if self._taken.total() + idle > sum(self.highest.values()):
            self.highest = self._taken + Counter({"activations": idle})

    def give(self, part: str, *sizes: int) -> None:
        """Give blocks back."""
        self._taken[part] -= sum(sizes)
        self._stored -= sum(size for size in sizes if size < self.small)

    @contextmanager
    def holding(self, part: str, *sizes: int) -> Iterator[None]:
        """Take blocks for a while."""
        self.take(part, *sizes)
        yield
        self.give(part, *sizes)

    def touch(self, part: str, *sizes: int) -> None:
        """Take blocks and give them back."""
        self.take(part, *sizes)
        self.give(part, *sizes)


@dataclass(frozen=True, slots=True)
class _Render:
    """Goes through a render and takes down what it takes.

    Attributes:
        account: where it is taken down.
        work: the render.
    """

    account: _Account
    work: Workload

    @property
    def item(self) -> int:
        """Bytes of a feature."""
        return 2 if self.work.settings.precision is Precision.BFLOAT16 else FLOAT

    def target(self, scale: Scale) -> int:
        """Bytes of the content's features, and of the style's statistics with their gradients."""
        work, chain = self.work, self.work.layers
        content = (layer for layer in chain if layer.name in work.content_layers)
        features = sum(n.channels * n.positions(scale.width, scale.height) for n in content)
        squares = sum(n.channels**2 for n in chain if n.name in work.style_layers)
        return features * self.item + 4 * squares * FLOAT

    def prepare(self) -> None:
        """Read the pictures, load the network, measure its activations on the pictures."""
        work, account = self.work, self.account
        sizes = (work.content, *work.styles)
        account.take("pictures", *(3 * width * height for width, height in sizes))
        weights = _weights(work, FLOAT)
        account.touch("weights", work.file, *weights)
        copies = [_picture(*small(size)) for size in sizes]
        with account.holding("weights", *weights), account.holding("pictures", *copies):
            for size in sizes:
                for _, out in self._forward(layers(work.width, LAYERS[-1]), small(size), FLOAT):
                    account.touch("activations", 2 * out)  # summed in float64
            account.touch("weights", *weights)  # scaled to mean activation 1

    def look(self, scale: Scale) -> None:
        """Walk over the content and the styles; keep the content's features."""
        work, account = self.work, self.account
        own = _picture(scale.width, scale.height)
        if work.device.name in ("cpu", "mps"):
            for width, height in (work.content, *work.styles):
                full = _picture(width, height)
                account.touch("pictures", full, full // FLOAT, own)  # floats and a copy, to resize
        account.take("targets", self.target(scale))
        with account.holding("pictures", *[own] * (1 + len(work.styles))):
            for _ in self._forward(work.layers, self._largest(scale).outer, self.item):
                pass

    def evaluate(self, scale: Scale) -> None:
        """Compute loss and gradient as in the last step, when most is remembered."""
        picture, patch = _picture(scale.width, scale.height), self._largest(scale)
        is_tiled = patch.inner != (scale.width, scale.height)
        with (
            # The one that the scale began with, the current one, the one tried.
            self.account.holding("pictures", *[picture] * 3),
            self.account.holding("optimiser", *[picture] * self._remembered(scale)),
        ):
            if is_tiled:
                for layer, _ in self._forward(self.work.layers, patch.outer, self.item):
                    self._compare(layer, patch)
            tape = self._record(patch, compared=not is_tiled)
            with self.account.holding("optimiser", picture):
                self._back(tape)
            self.account.give("activations", 3 * patch.outer[0] * patch.outer[1] * self.item)

    def _largest(self, scale: Scale) -> Patch:
        return max(self.work.tiles(scale), key=lambda patch: patch.outer[0] * patch.outer[1])

    def _remembered(self, scale: Scale) -> int:
        """Pictures' worth that the update rule keeps, besides the gradient being computed."""
        settings = self.work.settings
        if settings.optimizer is Optimizer.LBFGS:
            pairs = min(settings.history, scale.steps)
            # Gradient and direction; the frame shown last holds a pair that was dropped since.
            return 2 + 2 * pairs + 2 * (scale.steps > settings.history)
        # Gradient and change; Adam's two averages, and those of the frame shown last.
        return 6 if settings.optimizer is Optimizer.ADAM else 2

    def _forward(
        self, chain: tuple[Layer, ...], size: Size, item: int
    ) -> Iterator[tuple[Layer, int]]:
        """Go forward without a tape: what went into a layer lives until after the next one."""
        older, before = 0, 3 * size[0] * size[1] * item
        self.account.take("activations", before)
        for layer in chain:
            *padded, out = self._made(layer, size, item)
            self.account.take("activations", *padded, out)
            self.account.give("activations", *padded, older)
            older, before = before, out
            yield layer, out
        self.account.give("activations", older, before)

    def _record(self, patch: Patch, *, compared: bool) -> list[tuple[Layer, list[int], int]]:
        """Go forward with a tape: of each layer what it made, and the bytes that went in."""
        tape = []
        into = 3 * patch.outer[0] * patch.outer[1] * self.item
        self.account.take("activations", into)
        for layer in self.work.layers:
            made = self._made(layer, patch.outer, self.item)
            self.account.take("activations", *made)
            tape.append((layer, made, into))
            into = made[-1]
            if compared:
                self._compare(layer, patch)
        return tape

    def _back(self, tape: list[tuple[Layer, list[int], int]]) -> None:
        """Go back over a tape, freeing it."""
        looked_at = (*self.work.style_layers, *self.work.content_layers)
        # Names of `tiling.evaluate` still hold the content's layer and the deepest one.
        held = (*self.work.content_layers, self.work.deepest)
        slope, late = 0, list[int]()
        for layer, made, into in reversed(tape):
            own = made[-1] if layer.name in looked_at else 0
            self.account.take("activations", own)
            if not slope:
                slope, own = own, 0
            padded = 0 if layer.is_pool else sum(made[:-1])
            rectified = 0 if layer.is_pool else made[-1]
            # Back through the ReLU, the convolution and, where there is one, the padding.
            with self.account.holding("activations", padded):
                self.account.touch("activations", rectified, 0 if padded else into)
                self.account.take("activations", into)
            if layer.name in held:
                late.append(made.pop())
            self.account.give("activations", slope, own, *made)
            slope = into
        self.account.give("activations", slope, *late)

    def _compare(self, layer: Layer, patch: Patch) -> None:
        """Take the statistics of a layer, and compare it with the content's."""
        own = layer.channels * layer.positions(*patch.inner)
        if layer.name in self.work.style_layers and patch.inner != patch.outer:
            self.account.touch("activations", own * self.item)  # a tile's own positions, copied
        if layer.name in self.work.content_layers:
            copies = 2 if self.item == FLOAT else 4  # difference and square; both sides widened
            self.account.touch("activations", *[own * FLOAT] * copies)

    def _made(self, layer: Layer, picture: Size, item: int) -> list[int]:
        """Bytes that a layer makes of a picture, its output last."""
        settings, out = self.work.settings, layer.positions(*picture) * layer.channels
        if layer.is_pool:
            # Where each maximum was is kept in 8 bytes.
            return [8 * out, item * out] if settings.pooling is Pooling.MAX else [item * out]
        if settings.padding is not Padding.REPLICATE:
            return [item * out]
        width, height = (side // layer.stride + 2 for side in picture)
        return [item * layer.before * width * height, item * out]


def _picture(width: int, height: int) -> int:
    return 3 * FLOAT * width * height


def _weights(work: Workload, item: int) -> list[int]:
    return [layer.weights * item for layer in layers(work.width, LAYERS[-1])]
