"""Masks carried down to each layer's grid: where each region's style acts, and how much.

Spatial control of *Controlling Perceptual Factors in Neural Style Transfer* (CVPR 2017), section 4,
with g for its T²: the guided Gram matrix of a region is Σ g φ φᵀ / Σ g.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from engine import masks
from engine.job import Guidance, Mask
from engine.layers import LAYERS


@dataclass(frozen=True, slots=True)
class Guides:
    """Where each region's style acts in a picture of one size.

    Attributes:
        styles: for each region which styles it blends, by their places.
        grids: by layer, (1, R, H', W') float32 in 0 … 1 for R regions; at each position they add
            up to at most 1, and what is left of that has no style.
        shares: by layer each region's mean over the grid, its share of the picture's area.
    """

    styles: tuple[tuple[int, ...], ...]
    grids: Mapping[str, Tensor]
    shares: Mapping[str, tuple[float, ...]]

    @classmethod
    def of(
        cls,
        regions: Tensor,
        styles: tuple[tuple[int, ...], ...],
        layers: Collection[str],
        device: str,
    ) -> Guides:
        """Carry regions down to some layers.

        Args:
            regions: (1, R, H, W) as `laid` makes them, on the CPU.
            styles: for each region.
            layers: whose grids are needed.
            device: that they go to.
        """
        grids, shares = {}, {}
        for name, grid in carried(regions, layers):
            grids[name] = grid.to(device)
            means = grid.mean((0, 2, 3), dtype=torch.float64)
            shares[name] = tuple(means.tolist())
        return cls(styles, grids, shares)


def over(
    size: tuple[int, int],
    guidance: Guidance,
    shares: Sequence[float],
    layers: Collection[str],
    device: str,
) -> Guides | None:
    """Lay masks over a picture, and carry them down.

    Args:
        size: width and height, px.
        guidance: settled.
        shares: of the styles, which count where their masks overlap; only ratios do.
        layers: whose grids are needed.
        device: that they go to.

    Returns:
        None where there is nothing to guide: all styles go everywhere, or none anywhere.
    """
    if not layers or not masks.guided(guidance, len(shares)):
        return None
    regions = masks.regions(guidance, len(shares))
    weights = [sum(shares[index] for index in region.styles) for region in regions]
    values = laid([region.mask for region in regions], guidance.strength, *size, weights)
    return Guides.of(values, tuple(region.styles for region in regions), layers, device)


def laid(
    parts: Sequence[Mask | None],
    strength: Mask | None,
    width: int,
    height: int,
    weights: Sequence[float] | None = None,
) -> Tensor:
    """Lay masks over a picture, and make them a partition where they overlap.

    Where values m add up to more than 1 they are divided by their sum, in proportion of their
    weights; where to less, the rest stays without style. The strength map multiplies all.

    Args:
        parts: masks of the regions, None for everywhere.
        strength: None for 1 everywhere.
        width: of the picture, px.
        height: likewise.
        weights: of the regions where they overlap, None for all the same.

    Returns:
        (1, R, H, W) float32.
    """
    values = torch.cat([_over(mask, width, height) for mask in parts], 1)
    covered = values.sum(1, keepdim=True).clamp_max_(1)
    if weights is not None:
        values = values * torch.tensor(weights, dtype=values.dtype)[None, :, None, None]
    total = values.sum(1, keepdim=True)
    values = values * (covered / total.clamp_min_(torch.finfo(total.dtype).tiny))
    return values if strength is None else values * _over(strength, width, height)


def carried(regions: Tensor, layers: Collection[str]) -> Iterator[tuple[str, Tensor]]:
    """Carry regions to the grids of some layers, shallow to deep: the mean over each grid's cell.

    It is linear, so a partition stays one. Taking the mean over 3 × 3 cells at each convolution
    besides, as far as the features see, leaks no less beyond a hard border (in the 8 px behind it
    a picture of 256 px changed by 5.1 of 255 levels, against 5.3, and by nothing further on), and
    leaves more without style before it (there it changed by 19 levels, against 22 of the mean over
    cells and 34 away from the border).

    Args:
        regions: (1, R, H, W).
        layers: by name.

    Yields:
        Each layer, and (1, R, H', W') on its grid.
    """
    deepest = max(layers, key=LAYERS.index)
    block = "1"
    for name in LAYERS[: LAYERS.index(deepest) + 1]:
        if name[4] != block:
            regions, block = F.avg_pool2d(regions, 2), name[4]
        if name in layers:
            yield name, regions


def _over(mask: Mask | None, width: int, height: int) -> Tensor:
    """A mask at a picture's size, (1, 1, H, W) float32."""
    if mask is None:
        return torch.ones(1, 1, height, width)
    values = torch.from_numpy(mask.values.astype("float32")).div_(255)[None, None]
    return F.interpolate(values, size=(height, width), mode="bilinear", antialias=True)
