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

from engine.choices import Colours, Optimizer, Padding, Pooling, Precision
from engine.costs.workload import FLOAT, RGB, Layer, Patch, Size, Stage, Workload, layers, small
from engine.geometry import CUT_AT
from engine.job import Scale
from engine.layers import LAYERS

_Made = tuple[Layer, int]
"""A layer of a tape, and the bytes of its output."""

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
        render.leave(scale)
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
        """Bytes of the content's features, of the style's statistics, and of guides."""
        work, chain = self.work, self.work.layers
        names = () if self._anew(scale) else work.content_layers
        features = sum(
            layer.channels * layer.positions(scale.width, scale.height)
            for layer in chain
            if layer.name in names
        )
        return features * self.item + self._squares * FLOAT + self._guides(scale)

    @property
    def _squares(self) -> int:
        """Numbers in the statistics of all style layers."""
        names = self.work.style_layers
        one = sum(layer.channels**2 for layer in self.work.layers if layer.name in names)
        return one * max(1, self.work.regions)

    def _guides(self, scale: Scale) -> int:
        """Bytes of all regions' guides, on the grids of the style layers."""
        names, size = self.work.style_layers, (scale.width, scale.height)
        grids = {layer.positions(*size) for layer in self.work.layers if layer.name in names}
        return self.work.regions * sum(grids) * FLOAT

    def prepare(self) -> None:
        """Read the pictures, load the network, measure its activations on the pictures."""
        work, account = self.work, self.account
        sizes = (work.content, *work.styles)
        account.take("pictures", *(3 * width * height for width, height in sizes))
        weights = _weights(work, FLOAT)
        account.touch("weights", work.file, *weights)
        measured = (work.content, *(work.styles[portion.index] for portion in work.portions))
        copies = [_picture(*small(size)) for size in measured]
        with account.holding("weights", *weights), account.holding("pictures", *copies):
            for size in measured:
                self._forward(layers(work.width, LAYERS[-1]), small(size), FLOAT)
            account.touch("weights", *weights)  # scaled to mean activation 1

    def look(self, scale: Scale) -> None:
        """Walk over the content and the styles; keep what they are compared by."""
        work, account = self.work, self.account
        own, photograph = _picture(scale.width, scale.height), self._photograph(scale)
        with account.holding("pictures", own):  # that the scale begins with
            if photograph == own:
                self._resize(work.content, own)
            # While masks are laid there are twice as many values, their sum, and what it may be.
            laid = (2 * work.regions + 2) * scale.width * scale.height * FLOAT
            account.touch("targets", laid if work.regions else 0)
            account.take("targets", self.target(scale))
            account.take("pictures", photograph)
            self._walk_over(scale)
            for portion, painting in zip(work.portions, work.paintings(scale), strict=True):
                resized = _picture(painting.width, painting.height)
                self._resize(portion.size(work.styles[portion.index]), resized)
                with account.holding("pictures", resized):
                    self._walk_over(painting)
                account.take("targets", self._squares * 2 * FLOAT)  # of tiles in float64
            account.give("targets", *[self._squares * 2 * FLOAT] * len(work.portions))
        if not self._anew(scale):
            account.give("pictures", photograph)

    def leave(self, scale: Scale) -> None:
        """Let go of what `look` kept."""
        if self._anew(scale):
            self.account.give("pictures", self._photograph(scale))
        self.account.give("targets", self.target(scale))

    def evaluate(self, scale: Scale) -> None:
        """Compute loss and gradient as in the last step, when most is remembered."""
        picture = _picture(scale.width, scale.height)
        with (
            # The current one, the one tried.
            self.account.holding("pictures", *[picture] * 2),
            self.account.holding("optimiser", *[picture] * self._remembered(scale)),
            # The statistics and their gradient; of tiles in float64.
            self.account.holding("targets", *[self._squares * 2 * FLOAT] * 2),
        ):
            stages = self.work.stages(scale)
            kept = [self._enter(stage, scale) for stage in stages]
            gradients = [picture, *(self._between(scale) for _ in stages[1:])]
            for stage, tape, gradient in reversed(list(zip(stages, kept, gradients, strict=True))):
                part = "optimiser" if stage is stages[0] else "activations"
                self.account.take(part, gradient)
                self._return(stage, tape, self._anew(scale))
                if stage is not stages[0]:
                    self.account.give("activations", gradient)  # what had entered
            self.account.give("activations", *(self._between(scale) for _ in stages[1:]))
            self.account.touch("optimiser", *[picture] * self._learnt)
            self.account.give("optimiser", picture)

    def _anew(self, scale: Scale) -> tuple[Layer, ...]:
        return self.work.content_anew(scale, self.item)

    def _photograph(self, scale: Scale) -> int:
        """Bytes that the content takes at a scale; at its own size they are its own, of 8 bits."""
        own = _picture(scale.width, scale.height)
        is_grey = self.work.settings.colours is Colours.LUMINANCE
        if is_grey or self.work.content != (scale.width, scale.height):
            return own
        return 0 if self._is_here else own // FLOAT

    @property
    def _is_here(self) -> bool:
        """Whether the device computes in the memory that files are read into."""
        return self.work.device.name in ("cpu", "mps")

    def _resize(self, size: Size, own: int) -> None:
        """Bring a picture to the scale's size: in floats, and the result."""
        if self._is_here:
            self.account.touch("pictures", _picture(*size), own)

    def _between(self, scale: Scale) -> int:
        """Bytes of what goes from the upper part to the lower."""
        pool = next(layer for layer in self.work.layers if layer.name == CUT_AT)
        return pool.channels * pool.positions(scale.width, scale.height) * self.item

    def _remembered(self, scale: Scale) -> int:
        """Pictures' worth that the update rule keeps, besides the gradient being computed."""
        rule, history = self.work.optimizer, self.work.history
        if rule is Optimizer.LBFGS:
            pairs = min(history, max(0, scale.steps - 1))
            # Gradient and direction; the frame shown last holds a pair that was dropped since.
            return 2 + 2 * pairs + 2 * (scale.steps > history)
        # The gradient; Adam's two averages.
        return 3 if rule is Optimizer.ADAM else 1

    @property
    def _learnt(self) -> int:
        """Pictures' worth that the update rule takes after an evaluation."""
        # L-BFGS: the new pair, and the waves that it is made of.
        return {Optimizer.LBFGS: 5, Optimizer.ADAM: 1}.get(self.work.optimizer, 0)

    def _walk_over(self, scale: Scale) -> None:
        """Go forward over a whole picture, without going back."""
        stages = self.work.stages(scale)
        for stage in stages:
            self._forward(stage.layers, stage.largest.outer, self.item)
            if stage.is_tiled and stage is not stages[-1]:
                self.account.take("activations", self._between(scale))
        self.account.give("activations", *(self._between(scale) for _ in stages[1:]))

    def _enter(self, stage: Stage, scale: Scale) -> list[_Made]:
        """Go forward, add up the statistics; return the tape of a part that is one tile."""
        patch = stage.largest
        if not stage.is_tiled:
            return self._record(stage, patch)
        self._forward(stage.layers, patch.outer, self.item)
        if stage.layers[-1].name == CUT_AT:
            self.account.take("activations", self._between(scale))
        return []

    def _return(self, stage: Stage, tape: list[_Made], anew: tuple[Layer, ...]) -> None:
        """Go back through a part, in its largest tile."""
        patch, content = stage.largest, 0
        is_upper = stage.layers[0].before == RGB
        if anew and is_upper:
            self._forward(anew, patch.outer, self.item)
            content = anew[-1].channels * anew[-1].positions(*patch.outer) * self.item
        with self.account.holding("activations", content):
            self._back(stage, tape or self._record(stage, patch))

    def _forward(self, chain: tuple[Layer, ...], size: Size, item: int) -> None:
        """Go forward without a tape."""
        before = RGB * size[0] * size[1] * item
        self.account.take("activations", before)
        for layer in chain:
            *passing, out = self._made(layer, size, item)
            self.account.take("activations", *passing, out)
            self.account.give("activations", *passing, before)
            before = out
        self.account.give("activations", before)

    def _record(self, stage: Stage, patch: Patch) -> list[_Made]:
        """Go forward with a tape: each layer and the bytes that are kept of its output."""
        tape: list[_Made] = []
        picture = RGB * patch.outer[0] * patch.outer[1] * self.item
        is_frugal = stage.is_tiled or stage.layers[0].before != RGB
        for layer in stage.layers:
            *passing, out = self._made(layer, patch.outer, self.item)
            entering = picture if layer.before == RGB else 0
            self.account.take("activations", entering, *passing, out)
            self.account.give("activations", entering, *passing)
            if tape and is_frugal:
                tape[-1] = self._slimmed(*tape[-1], layer)
            tape.append((layer, out))
        return tape

    def _slimmed(self, layer: Layer, out: int, following: Layer) -> _Made:
        """Keep of a layer that nobody looks at only where it is above 0."""
        is_max = following.is_pool and self.work.settings.pooling is Pooling.MAX
        if layer.name in (*self.work.style_layers, *self.work.content_layers) or is_max:
            return layer, out
        kept = 0 if layer.is_pool else out // self.item
        self.account.take("activations", kept)
        self.account.give("activations", out)
        return layer, kept

    def _back(self, stage: Stage, tape: list[_Made]) -> None:
        """Go back over a tape, freeing it."""
        patch, slope, is_view = stage.largest, 0, False
        for layer, out in reversed(tape):
            if not slope and layer.name in self._looked_at:
                slope = layer.channels * layer.positions(*patch.outer) * self.item
                self.account.take("activations", slope)
            into = self._entering(layer, patch)
            if not slope:
                self.account.give("activations", out)
                continue
            if layer.is_pool:
                if self.work.settings.pooling is Pooling.MAX:
                    again = self._made(layer, patch.outer, self.item)
                    self.account.touch("activations", into, *again)
                self.account.take("activations", into)
                self.account.give("activations", slope, out)
            else:
                self.account.give("activations", out)
                # Where there were edges to fold, the gradient is a view, and copied.
                with self.account.holding("activations", slope if is_view else 0):
                    self.account.take("activations", into)
                self.account.give("activations", slope)
            slope, is_view = into, self._is_padded and not layer.is_pool
        self.account.give("activations", slope)

    @property
    def _looked_at(self) -> tuple[str, ...]:
        """Layers that losses sit on, and the one that the lower part's gradient comes to."""
        return (*self.work.style_layers, *self.work.content_layers, CUT_AT)

    @property
    def _is_padded(self) -> bool:
        return self.work.settings.padding is Padding.REPLICATE

    def _entering(self, layer: Layer, patch: Patch) -> int:
        """Bytes of the gradient with respect to what goes into a layer."""
        stride = layer.stride // 2 if layer.is_pool else layer.stride
        rim = 2 if self._is_padded and not layer.is_pool else 0
        width, height = (side // stride + rim for side in patch.outer)
        return layer.before * width * height * self.item

    def _made(self, layer: Layer, picture: Size, item: int) -> list[int]:
        """Bytes that a layer makes of a picture, its output last; the others only pass."""
        settings, out = self.work.settings, layer.positions(*picture) * layer.channels
        if layer.is_pool:
            # Where each maximum was is told in 8 bytes.
            return [8 * out, item * out] if settings.pooling is Pooling.MAX else [item * out]
        if not self._is_padded:
            return [item * out]
        width, height = (side // layer.stride + 2 for side in picture)
        return [item * layer.before * width * height, item * out]


def _picture(width: int, height: int) -> int:
    return 3 * FLOAT * width * height


def _weights(work: Workload, item: int) -> list[int]:
    return [layer.weights * item for layer in layers(work.width, LAYERS[-1])]
