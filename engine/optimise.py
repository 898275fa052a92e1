"""The update rules: each `step` is one accepted iteration of a picture kept within 0 … 1.

All of them project: a pixel that would leave the range stays at its border, and L-BFGS leaves such
pixels out of its model until the gradient points inwards again. The picture is never changed in
place, so an earlier one can be gone back to.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

import torch
from torch import Tensor

from engine import spectrum
from engine.choices import Optimizer, Precision
from engine.defaults import HISTORY
from engine.errors import DivergedError
from engine.settings import Settings
from engine.spectrum import Spectrum
from engine.tiling import Evaluation

Evaluate = Callable[[Tensor], Generator[None, None, Evaluation]]

FIRST_STEP: Final = 0.02
"""Root mean square of the first change, as a share of the range, where no curvature is known."""

SUFFICIENT_DECREASE: Final = 1e-4
SHRINKS: Final = 12

FADING: Final = 0.85
"""What a pair says of the spectrum fades by this factor with each newer pair: the loss is far from
quadratic, and what it was like long ago misleads."""

STRETCH: Final = 2.0
"""After steps of L-BFGS's usual first length, the shorter one of Barzilai and Borwein, the slope is
still a quarter of what it was; twice that length lowers the loss as far in fewer steps."""

NOISE: Final = {Precision.FLOAT32: 1e-6, Precision.BFLOAT16: 2e-3}
"""Relative rounding error of a loss: a rise below it is no reason to reject a step."""


@dataclass(frozen=True, slots=True)
class Point:
    """A picture (H, W, 3) in 0 … 1 and its evaluation."""

    picture: Tensor
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step did.

    Attributes:
        point: where it led; the old one where `stalled`.
        evaluations: how many it needed.
        retreats: how many of these were non-finite and were gone back from.
        stalled: no step however small lowers the loss at this precision.
    """

    point: Point
    evaluations: int
    retreats: int = 0
    stalled: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What a rule has learnt, in the terms of a checkpoint; never changed in place.

    Attributes:
        tensors: by name, each float32 of the picture's shape (H, W, 3).
        numbers: by name.
    """

    tensors: Mapping[str, Tensor] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)


Step = Generator[None, None, Taken]


class UpdateRule(Protocol):
    """One step at a time; `follow` when the loss itself has changed."""

    def step(self, at: Point, evaluate: Evaluate) -> Step:
        """Make one iteration."""
        ...

    def follow(self, old: Tensor, new: Tensor) -> None:
        """Go on with another loss: drop or adapt what was learnt of the one before.

        Args:
            old: gradient of the loss before, (H, W, 3).
            new: gradient of the loss from now on, at the same picture.
        """
        ...

    def adopt(self, settings: Settings) -> None:
        """Take up the rule's own settings, learning rate and history, where they were changed."""
        ...

    def memory(self) -> Memory:
        """All that the next step depends on, besides the point."""
        ...

    def recall(self, memory: Memory) -> None:
        """Go on from where `memory` was taken.

        Raises:
            ValueError: it is of another rule, or of none.
        """
        ...


def update_rule(settings: Settings) -> UpdateRule:
    """The rule that the settings name, fresh."""
    if settings.optimizer is Optimizer.GRADIENT:
        return GradientDescent(settings.learning_rate)
    if settings.optimizer is Optimizer.ADAM:
        return Adam(settings.learning_rate or FIRST_STEP)
    return LBFGS(settings.history or HISTORY, NOISE[settings.precision or Precision.FLOAT32])


@dataclass(frozen=True, slots=True)
class Pair:
    """What L-BFGS remembers of a step.

    Attributes:
        change: of the picture, s, (H, W, 3).
        slope: change of the gradient, y, (H, W, 3).
        product: sᵀy, above 0.
        square: sᵀs, a scalar.
        changes: (3, bands) energies of s, as shares of all.
        slopes: (3, bands) energies of y, relative to all of s.
    """

    change: Tensor
    slope: Tensor
    product: float
    square: Tensor
    changes: Tensor
    slopes: Tensor

    @classmethod
    def of(cls, change: Tensor, slope: Tensor, product: float, frequencies: Spectrum) -> Pair:
        """Take a step down."""
        changes, slopes = frequencies.energies(change), frequencies.energies(slope)
        square = changes.sum()
        return cls(change, slope, product, square, changes / square, slopes / square)


@dataclass(slots=True)
class LBFGS:
    """Limited-memory BFGS (Nocedal and Wright, algorithm 7.4) with projected backtracking.

    The first guess H₀ of the inverse Hessian is learnt by frequency and colour: `engine.spectrum`.
    A step is accepted once the loss has fallen by a share of what the gradient promised (Armijo),
    first tried at full length.

    Attributes:
        history: how many steps are remembered.
        noise: relative rounding error of the loss.
    """

    history: int
    noise: float
    _pairs: deque[Pair] = field(default_factory=deque)
    _spectrum: Spectrum | None = None

    def follow(self, old: Tensor, new: Tensor) -> None:
        """Drop the curvature pairs: they are of the loss before."""
        self.forget()

    def forget(self) -> None:
        """Drop the curvature pairs."""
        self._pairs.clear()

    def adopt(self, settings: Settings) -> None:
        """Remember as many pairs as now wanted, the newest ones."""
        self.history = settings.history or HISTORY
        while len(self._pairs) > self.history:
            self._pairs.popleft()

    def memory(self) -> Memory:
        """The curvature pairs, oldest first."""
        tensors: dict[str, Tensor] = {}
        numbers: dict[str, float] = {}
        for index, pair in enumerate(self._pairs):
            tensors |= {f"change.{index}": pair.change, f"slope.{index}": pair.slope}
            numbers[f"product.{index}"] = pair.product
        return Memory(tensors, numbers)

    def recall(self, memory: Memory) -> None:
        """See `UpdateRule`."""
        count = len(memory.numbers)
        _expect(count <= self.history, "more pairs than L-BFGS remembers")
        names = [(f"change.{i}", f"slope.{i}", f"product.{i}") for i in range(count)]
        _expect_names(memory, {n for pair in names for n in pair[:2]}, {n[2] for n in names})
        remembered = [
            (memory.tensors[c], memory.tensors[s], memory.numbers[p]) for c, s, p in names
        ]
        _expect(all(p > 0 and _dot(s, s) > 0 for _, s, p in remembered), "a pair without curvature")
        self._pairs = deque(Pair.of(*pair, self._frequencies(pair[0])) for pair in remembered)

    def step(self, at: Point, evaluate: Evaluate) -> Step:
        """Make one iteration; see `Taken`."""
        evaluations = retreats = 0
        while True:
            direction = self._direction(at)
            length = 1.0
            for _ in range(SHRINKS):
                picture = (at.picture + length * direction).clamp_(0, 1)
                new = Point(picture, (yield from evaluate(picture)))
                evaluations += 1
                finite = is_finite(new)
                if finite and self._is_lower(at, new):
                    self._remember(at, new)
                    return Taken(new, evaluations, retreats)
                retreats += not finite
                length *= _shrink(at, new, length * direction) if finite else 0.1
            if not self._pairs:
                return Taken(at, evaluations, retreats, stalled=True)
            self.forget()

    def _is_lower(self, at: Point, new: Point) -> bool:
        before, after = at.evaluation.losses.total, new.evaluation.losses.total
        promised = _dot(at.evaluation.gradient, new.picture - at.picture)
        return after <= before + SUFFICIENT_DECREASE * promised + self.noise * abs(before)

    def _direction(self, at: Point) -> Tensor:
        """−H g by the two-loop recursion, over the pixels that are free to move."""
        free = _free(at)
        gradient = at.evaluation.gradient * free
        direction = self._two_loops(-gradient) * free if self._pairs else -gradient
        slope = _dot(direction, gradient)
        if self._pairs and slope < 0 and math.isfinite(slope):
            return direction
        self.forget()
        return -gradient * (FIRST_STEP / _rms(gradient))

    def _two_loops(self, vector: Tensor) -> Tensor:
        # The products stay on the device: to ask for each would be to wait for it.
        products = []
        for pair in reversed(self._pairs):
            products.append(_product(pair.change, vector))
            vector = torch.addcmul(vector, pair.slope, products[-1], value=-1 / pair.product)
        vector = self._first_guess(vector)
        for pair, product in zip(self._pairs, reversed(products), strict=True):
            left = product - _product(pair.slope, vector)
            vector.addcmul_(pair.change, left, value=1 / pair.product)
        return vector

    def _first_guess(self, vector: Tensor) -> Tensor:
        """H₀ v: each band by what its steps have taught, all by the length of the last one."""
        changes = torch.stack([pair.changes for pair in self._pairs])  # (pairs, 3, bands)
        slopes = torch.stack([pair.slopes for pair in self._pairs])
        weights = FADING ** torch.arange(len(self._pairs) - 1, -1, -1.0).to(changes)
        gains = spectrum.lengths(
            torch.tensordot(weights, changes, 1), torch.tensordot(weights, slopes, 1)
        )
        last = self._pairs[-1]
        bent = (gains * last.slopes).sum() * last.square  # yᵀ P y
        return self._frequencies(vector).scaled(vector, gains * (STRETCH * last.product / bent))

    def _frequencies(self, picture: Tensor) -> Spectrum:
        size = picture.shape[:2]
        if self._spectrum is None or self._spectrum.size != size:
            self._spectrum = Spectrum.of(picture)
        return self._spectrum

    def _remember(self, at: Point, new: Point) -> None:
        change = new.picture - at.picture
        slope = new.evaluation.gradient - at.evaluation.gradient
        pairs = (change, slope), (change, change), (slope, slope)
        product, *squares = torch.stack([_product(a, b) for a, b in pairs]).tolist()
        # Without positive curvature along the step the model would lose its positive definiteness.
        if product > 1e-10 * math.sqrt(math.prod(squares)):
            self._pairs.append(Pair.of(change, slope, product, self._frequencies(change)))
            if len(self._pairs) > self.history:
                self._pairs.popleft()


@dataclass(slots=True)
class Adam:
    """Adam (Kingma and Ba, 2015) with projection.

    Attributes:
        rate: step length, as a share of the range for each step.
    """

    rate: float
    _steps: int = 0
    _mean: Tensor | None = None
    _square: Tensor | None = None

    def follow(self, old: Tensor, new: Tensor) -> None:
        """Bring the averages to the new gradient's length: afresh, every pixel would jump."""
        if self._mean is not None and self._square is not None:
            ratio = _rms(new) / _rms(old)
            self._mean, self._square = self._mean * ratio, self._square * ratio**2

    def forget(self) -> None:
        """Start the averages afresh."""
        self._steps, self._mean, self._square = 0, None, None

    def adopt(self, settings: Settings) -> None:
        """Step as far as now wanted; the averages stay."""
        self.rate = settings.learning_rate or FIRST_STEP

    def memory(self) -> Memory:
        """Both averages, over how many steps, and the rate, which a retreat lowers."""
        numbers = {"rate": self.rate, "steps": float(self._steps)}
        if self._mean is None or self._square is None:
            return Memory({}, numbers)
        return Memory({"mean": self._mean, "square": self._square}, numbers)

    def recall(self, memory: Memory) -> None:
        """See `UpdateRule`."""
        tensors, numbers = memory.tensors, memory.numbers
        _expect_names(memory, {"mean", "square"} if tensors else set(), {"rate", "steps"})
        _expect(numbers["rate"] > 0, "a rate that is not above 0")
        _expect(numbers["steps"].is_integer(), "a number of steps that is not whole")
        _expect((numbers["steps"] > 0) == bool(tensors), "averages over no steps")
        self.rate, self._steps = numbers["rate"], int(numbers["steps"])
        self._mean, self._square = tensors.get("mean"), tensors.get("square")
        _expect(self._square is None or float(self._square.min()) >= 0, "a square below 0")

    def step(self, at: Point, evaluate: Evaluate) -> Step:
        """Make one iteration; see `Taken`."""
        return (yield from _descend(self, at, evaluate))

    def change(self, gradient: Tensor) -> Tensor:
        """The step for this gradient, of which nothing is learnt yet: the caller's to keep."""
        steps = self._steps + 1
        if self._mean is None or self._square is None:
            mean, square = gradient * 0.1, gradient.square().mul_(0.001)
        else:
            mean, square = self._mean.lerp(gradient, 0.1), _averaged(self._square, gradient)
        # In place: at print size each picture's worth is near a gigabyte.
        square.div_(1 - 0.999**steps).sqrt_()
        # The usual 1e-8 would swamp gradients of a mean over millions of pixels.
        return mean.div_(1 - 0.9**steps).div_(square.add_(1e-16)).mul_(-self.rate)

    def learn(self, gradient: Tensor) -> None:
        """Take a gradient into the averages, once its step is taken; it is used up."""
        self._steps += 1
        if self._mean is None or self._square is None:
            self._square = gradient.square().mul_(0.001)
            self._mean = gradient.mul_(0.1)
        else:
            self._square = _averaged(self._square, gradient)
            self._mean = gradient.lerp_(self._mean, 0.9)


@dataclass(slots=True)
class GradientDescent:
    """x ← x − λ ∂L/∂x, as in figure 2 of the paper, with projection.

    Attributes:
        asked: λ; None chooses it at the first step, such that the pixels change by `FIRST_STEP` or
            so much less that the loss falls by at least half of what the gradient promises.
        rate: the λ in use; None before the first step.
    """

    asked: float | None
    rate: float | None = field(init=False)

    def __post_init__(self) -> None:
        self.rate = self.asked

    def follow(self, old: Tensor, new: Tensor) -> None:
        """Choose the rate afresh: it belongs to the loss."""
        self.rate = self.asked

    def forget(self) -> None:
        """Nothing is remembered."""

    def adopt(self, settings: Settings) -> None:
        """Step as far as now wanted."""
        self.asked = self.rate = settings.learning_rate

    def memory(self) -> Memory:
        """The rate, which the first step chose and a retreat lowers."""
        return Memory({}, {} if self.rate is None else {"rate": self.rate})

    def recall(self, memory: Memory) -> None:
        """See `UpdateRule`."""
        _expect_names(memory, set(), {"rate"} if memory.numbers else set())
        self.rate = memory.numbers.get("rate")
        _expect(self.rate is None or self.rate > 0, "a rate that is not above 0")

    def step(self, at: Point, evaluate: Evaluate) -> Step:
        """Make one iteration; see `Taken`."""
        if self.rate is None:
            return (yield from self._first_step(at, evaluate))
        return (yield from _descend(self, at, evaluate))

    def change(self, gradient: Tensor) -> Tensor:
        """The step for this gradient: the caller's to keep."""
        return gradient * -(self.rate or 0.0)

    def learn(self, gradient: Tensor) -> None:
        """Nothing is remembered."""

    def _first_step(self, at: Point, evaluate: Evaluate) -> Step:
        gradient = at.evaluation.gradient
        rate, retreats = FIRST_STEP / _rms(gradient), 0
        for tried in range(1, SHRINKS + 1):
            picture = (at.picture - rate * gradient).clamp_(0, 1)
            new = Point(picture, (yield from evaluate(picture)))
            promised = _dot(gradient, picture - at.picture)
            fall = new.evaluation.losses.total - at.evaluation.losses.total
            if fall <= promised / 2:
                self.rate = rate
                return Taken(new, tried, retreats)
            retreats += not is_finite(new)
            rate /= 4 if is_finite(new) else 10
        return Taken(at, SHRINKS, retreats, stalled=True)


def is_finite(point: Point) -> bool:
    """Whether a loss can be gone on from."""
    return math.isfinite(point.evaluation.losses.total)


def _descend(rule: Adam | GradientDescent, at: Point, evaluate: Evaluate) -> Step:
    """Take the rule's step as it is; while the loss is non-finite, a tenth of it."""
    for retreats in range(SHRINKS):
        # What this would teach is learnt after the evaluation, which takes memory enough itself.
        picture = rule.change(at.evaluation.gradient).add_(at.picture).clamp_(0, 1)
        new = Point(picture, (yield from evaluate(picture)))
        if is_finite(new):
            if retreats:
                rule.forget()
            else:
                rule.learn(at.evaluation.gradient)
            return Taken(new, retreats + 1, retreats)
        rule.rate = (rule.rate or 0.0) / 10
    raise DivergedError(
        "the loss is not a finite number however small the step",
        "choose precision float32 or smaller weights",
    )


def _shrink(at: Point, new: Point, change: Tensor) -> float:
    """Where a parabola through both losses and the slope has its minimum, within 0.1 … 0.5."""
    slope = _dot(at.evaluation.gradient, change)
    curvature = new.evaluation.losses.total - at.evaluation.losses.total - slope
    return min(0.5, max(0.1, -slope / (2 * curvature))) if curvature > 0 else 0.5


def _free(at: Point) -> Tensor:
    """1 where a pixel may follow −gradient, 0 where that would leave the range."""
    picture, gradient = at.picture, at.evaluation.gradient
    blocked = ((picture <= 0) & (gradient > 0)) | ((picture >= 1) & (gradient < 0))
    return (~blocked).to(gradient.dtype)


def _averaged(square: Tensor, gradient: Tensor) -> Tensor:
    """Adam's average of squares with one more in it."""
    return torch.mul(square, 0.999).addcmul_(gradient, gradient, value=0.001)


def _expect_names(memory: Memory, tensors: set[str], numbers: set[str]) -> None:
    _expect(memory.tensors.keys() == tensors, "the tensors are not this optimiser's")
    _expect(memory.numbers.keys() == numbers, "the numbers are not this optimiser's")


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def _dot(a: Tensor, b: Tensor) -> float:
    return float(_product(a, b))


def _product(a: Tensor, b: Tensor) -> Tensor:
    """The inner product of two pictures, a scalar where they are."""
    return torch.dot(a.reshape(-1), b.reshape(-1))


def _rms(vector: Tensor) -> float:
    return math.sqrt(_dot(vector, vector) / vector.numel()) or 1.0
