"""The losses: content, style statistics, total variation, and their gradients.

Style statistics are sums over positions, so a picture's are the sum of its tiles'. A loss sees
features only through these sums, and its gradient reaches the features through
`MomentsGradient.pull`: this is what makes tiling exact. A guide weighs the positions. Nothing here
knows which network the features come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

import torch
from torch import Tensor

from engine.blends.values import of_one
from engine.choices import Objective, Statistic
from engine.colour import OPPONENTS

TV_SOFTNESS: Final = 0.02
"""Differences well below this share of the range count by their square, larger ones as they are."""

CHROMA_CALM: Final = 3.0
"""How much more a difference of colour counts than one of light. The filters of the first layers
hardly tell single coloured pixels from grey ones, so that speckle and fringes of complementary
colours cost the style nothing; eyes see them at once."""

_CALMED: Final = torch.tensor([[1.0], [CHROMA_CALM], [CHROMA_CALM]]) * OPPONENTS
"""Rows that turn RGB into light and colours as they count."""

_AT_ONCE: Final = 2**13
"""Positions of a layer that are computed at once on the CPU."""
_AT_ONCE_ELSEWHERE: Final = 2**20
"""Likewise where each call costs time of its own."""
_EPSILON: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over positions of features φ (N channels) and of their products.

    Attributes:
        first: (N,) Σ φ.
        second: (N, N) Σ φ φᵀ, the paper's Gram matrix G.
        count: M, the number of positions; under a guide g its sum Σ g, a scalar where the sums are.
    """

    first: Tensor
    second: Tensor
    count: int | Tensor

    @classmethod
    def of(cls, features: Tensor, *, exact: bool = False, guide: Tensor | None = None) -> Moments:
        """Sum over the positions of features (1, N, H, W).

        Args:
            features: in any number format; sums are at least float32.
            exact: whether to return float64, for adding up many tiles.
            guide: g in 0 … 1, how much each position counts, (1, 1, H, W): Σ g φ and Σ g φ φᵀ.
        """
        channels = features.shape[1]
        first = features.new_zeros(channels, dtype=_at_least_float32(features.dtype))
        second = first.new_zeros(channels, channels)
        for block, weights in zip(_blocks(features), _guides(guide), strict=False):
            if _is_nowhere(weights):
                continue
            positions = _positions(block)  # (h*W, N)
            if weights is None and _is_cheap(block):
                # Products of blocks are rounded more coarsely than sums are, but add up in float32.
                first += positions.sum(0, dtype=first.dtype)
                second += positions.T @ positions
                continue
            positions = positions.to(first.dtype)
            guided = positions if weights is None else positions * _positions(weights)
            first += guided.sum(0)
            second.addmm_(positions.T, guided)
        wider = torch.float64 if exact else second.dtype
        whole = features.shape[2] * features.shape[3]
        count = whole if guide is None else guide.sum(dtype=wider)
        return cls(first.to(wider), second.to(wider), count)

    def __add__(self, other: Moments) -> Moments:
        """Sum over both sets of positions."""
        return Moments(
            self.first + other.first, self.second + other.second, self.count + other.count
        )


@dataclass(frozen=True, slots=True)
class MomentsGradient:
    """A loss's gradient with respect to `Moments`.

    Attributes:
        by_first: (N,), None where the loss does not look at the means.
        by_second: (N, N).
    """

    by_first: Tensor | None
    by_second: Tensor

    def times(self, weight: float) -> MomentsGradient:
        """The gradient of the loss times a weight."""
        by_first = None if self.by_first is None else self.by_first * weight
        return MomentsGradient(by_first, self.by_second * weight)

    def pull(self, features: Tensor) -> Tensor:
        """Carry the gradient back to features that went into the sums; see `add_to`."""
        gradient = torch.zeros_like(features)
        self.add_to(gradient, features)
        return gradient

    def add_to(self, gradient: Tensor, features: Tensor, guide: Tensor | None = None) -> None:
        """Add the gradient with respect to features that went into the sums.

        dL/dφ = dL/d(first) + (D + Dᵀ) φ with D = dL/d(second): equation 6 of the paper, for any
        loss on G.

        Args:
            gradient: (1, N, H, W) in the features' number format, as all gradients further back.
            features: of the same shape.
            guide: that they went in with, (1, 1, H, W).
        """
        symmetric = (self.by_second + self.by_second.T).to(features.dtype)
        blocks = zip(_blocks(gradient), _blocks(features), _guides(guide), strict=False)
        for part, block, weights in blocks:
            if _is_nowhere(weights):
                continue
            rows = _positions(block) @ symmetric
            if self.by_first is not None:
                rows += self.by_first.to(features.dtype)
            if weights is not None:
                rows *= _positions(weights).to(features.dtype)
            _, channels, height, width = block.shape
            part += rows.view(1, height, width, channels).permute(0, 3, 1, 2)


@dataclass(frozen=True, slots=True)
class StyleTarget:
    """The style's statistics at one layer, for each position on average.

    Attributes:
        mean: (N,).
        second: (N, N), A / M in the paper's letters.
    """

    mean: Tensor
    second: Tensor

    @classmethod
    def blend(cls, styles: Sequence[Moments], shares: Sequence[float] | None = None) -> StyleTarget:
        """Take the mean over styles, each counting by its share whatever its size.

        Args:
            styles: their statistics, at least one.
            shares: one for each, 0 or more, not all 0; only their ratios count. None for the same.
        """
        parts = of_one(shares or [1.0] * len(styles))
        mean = second = torch.zeros(())
        for style, part in zip(styles, parts, strict=True):
            # On the CPU, as not every device has float64.
            mean = mean + style.first.cpu().double() / style.count * part
            second = second + style.second.cpu().double() / style.count * part
        return cls(mean.to(styles[0].first), second.to(styles[0].second))


def style_loss(
    moments: Moments, target: StyleTarget, objective: Objective, statistic: Statistic
) -> Tensor:
    """E_l, the distance of a layer's statistics from the style's.

    `paper`: Σ (G − A)² / (4 N² M²). `balanced`: ‖G/M − A/M‖² / ‖A/M‖², a share of the style's own
    statistics, so that neither the size nor the network's scale changes its weight.

    Returns:
        A scalar, differentiable with respect to the moments.
    """
    mean, second = moments.first / moments.count, moments.second / moments.count
    if statistic is Statistic.WASSERSTEIN:
        return _wasserstein(mean, second, target)
    difference = (second - target.second.to(second.dtype)).square().sum()
    if objective is Objective.PAPER:
        return difference / (4 * second.shape[0] ** 2)
    return difference / (target.second.to(second.dtype).square().sum() + _EPSILON)


def style_gradient(
    moments: Moments, target: StyleTarget, objective: Objective, statistic: Statistic
) -> tuple[Tensor, MomentsGradient]:
    """E_l and its gradient with respect to the sums."""
    first = moments.first.detach().requires_grad_()
    second = moments.second.detach().requires_grad_()
    with torch.enable_grad():
        loss = style_loss(Moments(first, second, moments.count), target, objective, statistic)
        by_first, by_second = torch.autograd.grad(loss, (first, second), allow_unused=True)
    return loss.detach(), MomentsGradient(by_first, by_second)


def energy(features: Tensor) -> float:
    """Σ P² of features (1, N, H, W)."""
    wide = torch.float32 if features.device.type == "mps" else torch.float64
    return sum(float(block.to(wide).square().sum()) for block in _blocks(features))


def content_scale(squares: float, objective: Objective) -> float:
    """The factor of Σ (F − P)² in L_content: ½ in `paper`, 1 / Σ P² in `balanced`."""
    return 0.5 if objective is Objective.PAPER else 1 / (squares + _EPSILON)


def add_content(gradient: Tensor, features: Tensor, target: Tensor, scale: float) -> Tensor:
    """Σ (F − P)², whose gradient times `scale` is added (equation 2 of the paper).

    Args:
        gradient: with respect to F, (1, N, H, W).
        features: F, of the same shape and number format.
        target: P, likewise.
        scale: weight of the sum.

    Returns:
        The sum, not weighted, as a float32 (or float64) scalar.
    """
    squares = features.new_zeros((), dtype=_at_least_float32(features.dtype))
    blocks = (_blocks(gradient), _blocks(features), _blocks(target))
    for part, of_features, of_target in zip(*blocks, strict=True):
        difference = of_features - of_target
        squares += difference.to(squares.dtype).square().sum()
        part += difference.mul_(2 * scale)
    return squares


def add_total_variation(
    gradient: Tensor, pixels: Tensor, rows: slice, columns: slice, weight: float
) -> Tensor:
    """Sum over positions and opponent colours of the picture's softened gradient magnitude.

    Args:
        gradient: (H, W, 3), gets `weight` times that of the sum.
        pixels: (H, W, 3), RGB.
        rows: which rows' positions count; their neighbours below may lie outside.
        columns: likewise.
        weight: of the sum.

    Returns:
        Σ √(∂x² + ∂y² + ε²) − ε over light and, counting `CHROMA_CALM` times, two opponent colours;
        differences over the picture's last row and column are 0. Not weighted.
    """
    calmed = _CALMED.to(pixels)
    pixels = pixels @ calmed.T
    here, below, right = pixels[rows, columns], _next(rows), _next(columns)
    down, across = torch.zeros_like(here), torch.zeros_like(here)
    lower, righter = pixels[below, columns], pixels[rows, right]
    torch.sub(lower, here[: len(lower)], out=down[: len(lower)])
    torch.sub(righter, here[:, : righter.shape[1]], out=across[:, : righter.shape[1]])
    magnitude = down.square().addcmul_(across, across).add_(TV_SOFTNESS**2).sqrt_()
    total = (magnitude - TV_SOFTNESS).sum()
    if weight:
        down /= magnitude
        across /= magnitude
        slope = torch.zeros_like(pixels)
        slope[rows, columns] = -(down + across)
        slope[below, columns] += down[: len(lower)]
        slope[rows, right] += across[:, : righter.shape[1]]
        gradient.add_(slope @ calmed, alpha=weight)
    return total


def _next(places: slice) -> slice:
    return slice(places.start + 1, places.stop + 1)


def _positions(features: Tensor) -> Tensor:
    """(1, N, H, W) as (H*W, N); a view where the memory is channels last."""
    return features.permute(0, 2, 3, 1).reshape(-1, features.shape[1])


def _blocks(features: Tensor) -> tuple[Tensor, ...]:
    """Some rows at a time, so that what is computed of them stays in the cache, and is small."""
    at_once = _AT_ONCE if features.device.type == "cpu" else _AT_ONCE_ELSEWHERE
    return features.split(max(1, at_once // features.shape[3]), dim=2)


def _guides(guide: Tensor | None) -> Iterator[Tensor | None]:
    """A guide (1, 1, H, W) in the same blocks as features of its size; without end if none."""
    return repeat(None) if guide is None else iter(_blocks(guide))


def _is_nowhere(weights: Tensor | None) -> bool:
    """Whether a block counts for nothing; elsewhere than on the CPU to ask takes longer."""
    return weights is not None and weights.device.type == "cpu" and not weights.any()


def _is_cheap(block: Tensor) -> bool:
    """Whether products may stay bfloat16: elsewhere blocks are too large for that rounding."""
    return block.dtype == torch.bfloat16 and block.device.type == "cpu"


def _at_least_float32(dtype: torch.dtype) -> torch.dtype:
    return torch.float64 if dtype == torch.float64 else torch.float32


def _wasserstein(mean: Tensor, second: Tensor, target: StyleTarget) -> Tensor:
    """Squared Wasserstein-2 distance of Gaussians with these moments, over the style's energy.

    ‖μ − ν‖² + tr(Σ + T − 2 (T^½ Σ T^½)^½), divided by tr(A / M).
    """
    other_mean, other_second = target.mean.to(mean.dtype), target.second.to(mean.dtype)
    covariance = second - torch.outer(mean, mean)
    root = _square_root(other_second - torch.outer(other_mean, other_mean))
    cross = root @ covariance @ root
    eigenvalues = torch.linalg.eigvalsh((cross + cross.T) / 2)
    # Directions without variance have an infinite slope; a floor keeps it finite.
    variance = torch.trace(root @ root) / root.shape[0]
    floor = 1e-6 * variance.square() + _EPSILON
    overlap = (eigenvalues.clamp_min(0) + floor).sqrt().sum()
    energy = torch.trace(other_second) + _EPSILON
    means = (mean - other_mean).square().sum()
    return (means + torch.trace(covariance) + torch.trace(root @ root) - 2 * overlap) / energy


def _square_root(matrix: Tensor) -> Tensor:
    values, vectors = torch.linalg.eigh((matrix + matrix.T) / 2)
    return (vectors * values.clamp_min(0).sqrt()) @ vectors.T
