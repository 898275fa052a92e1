"""Loss and gradient of a picture, in one piece or in tiles, with the same result.

Style statistics are sums over positions. Pass 1 walks over the tiles without a tape and adds the
sums up; the gradient of the style loss with respect to the sums is then a constant. Pass 2 walks
again with a tape and carries that constant, and the content loss of the features that a tile
owns, back to the pixels; the gradients of overlapping tiles, halos included, are added. A picture
of one tile needs a single walk.

All work here is done in generators that yield None wherever it may be interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from engine.geometry import spans
from engine.job import Losses
from engine.losses import (
    Moments,
    MomentsGradient,
    StyleTarget,
    content_gradient,
    content_scale,
    content_sum,
    style_gradient,
    total_variation,
)
from engine.settings import Settings
from engine.vgg import Network, Tape, Visit, backwards

Result = TypeVar("Result")
Work = Generator[None, None, Result]
"""Work that may be interrupted wherever it yields."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, px; `bottom` and `right` are outside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of the picture.

    Attributes:
        inner: what it owns; the tiles' inner boxes cover the picture once.
        outer: with the halo that its own features see.
        last_row: whether it owns the picture's ragged bottom edge.
        last_column: whether it owns the ragged right edge.
    """

    inner: Box
    outer: Box
    last_row: bool
    last_column: bool

    def crop(self, picture: Tensor) -> Tensor:
        """The outer box of (H, W, 3)."""
        box = self.outer
        return picture[box.top : box.bottom, box.left : box.right]

    def owned(self, features: Tensor, stride: int) -> Tensor:
        """The features of the inner box, as a view of those of the outer box (1, N, H, W)."""
        rows, columns = self.inside(stride)
        return features[:, :, rows, columns]

    def inside(self, stride: int) -> tuple[slice, slice]:
        """Where the inner box's positions lie in the outer box's grid."""
        top = (self.inner.top - self.outer.top) // stride
        left = (self.inner.left - self.outer.left) // stride
        bottom = None if self.last_row else (self.inner.bottom - self.outer.top) // stride
        right = None if self.last_column else (self.inner.right - self.outer.left) // stride
        return slice(top, bottom), slice(left, right)

    def within(self, stride: int) -> tuple[slice, slice]:
        """Where the inner box's positions lie in the whole picture's grid."""
        bottom = None if self.last_row else self.inner.bottom // stride
        right = None if self.last_column else self.inner.right // stride
        return slice(self.inner.top // stride, bottom), slice(self.inner.left // stride, right)


@dataclass(frozen=True, slots=True)
class Targets:
    """What the picture is compared with at one scale.

    Attributes:
        content: P, (1, N, H', W') in the features' number format; None where α = 0.
        content_scale: the factor of Σ (F − P)².
        style: by layer; empty where β = 0.
    """

    content: Tensor | None
    content_scale: float
    style: Mapping[str, StyleTarget]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The losses of a picture and the total's gradient, float32 (H, W, 3)."""

    losses: Losses
    gradient: Tensor


def plan(height: int, width: int, tile: int, deepest: str) -> tuple[Tile, ...]:
    """Cut a picture into tiles that own at most `tile` px a side, on multiples of 16."""
    rows, columns = spans(height, tile, deepest), spans(width, tile, deepest)
    return tuple(
        Tile(
            Box(top, left, bottom, right),
            Box(outer_top, outer_left, outer_bottom, outer_right),
            bottom == height,
            right == width,
        )
        for top, bottom, outer_top, outer_bottom in rows
        for left, right, outer_left, outer_right in columns
    )


def style_moments(
    network: Network, picture: Tensor, settings: Settings
) -> Work[dict[str, Moments]]:
    """Add up a picture's statistics at every style layer."""
    wanted = dict(settings.style_layers or ())
    network = network.down_to(next(reversed(wanted)))
    sums: dict[str, Moments] = {}
    tiles = _tiles(network, picture, settings)
    for tile in tiles:
        for visit in network.walk(tile.crop(picture)):
            if visit.name in wanted:
                _add_moments(sums, visit, tile, exact=len(tiles) > 1)
            yield
    return sums


def content_features(network: Network, picture: Tensor, settings: Settings) -> Work[Tensor]:
    """Put together a picture's features at the content layer, (1, N, H', W')."""
    assert settings.content_layer is not None
    network = network.down_to(settings.content_layer)
    height, width = picture.shape[:2]
    whole: Tensor | None = None
    for tile in _tiles(network, picture, settings):
        for visit in network.walk(tile.crop(picture)):
            if visit.name == settings.content_layer:
                part = tile.owned(visit.output, visit.stride)
                if whole is None:
                    grid = height // visit.stride, width // visit.stride
                    whole = _empty_like(part, *grid)
                rows, columns = tile.within(visit.stride)
                whole[:, :, rows, columns] = part
            yield
    assert whole is not None
    return whole


def targets(
    network: Network, content: Tensor, styles: list[Tensor], settings: Settings
) -> Work[Targets]:
    """Walk the network over the content and the styles once; see `Targets`."""
    features = None
    scale = 0.0
    if settings.content_weight:
        features = yield from content_features(network, content, settings)
        scale = content_scale(features, settings.objective)
    by_style = []
    for style in styles if settings.style_weight else []:
        by_style.append((yield from style_moments(network, style, settings)))
    names = by_style[0] if by_style else ()
    blended = {name: StyleTarget.blend([sums[name] for sums in by_style]) for name in names}
    return Targets(features, scale, blended)


def evaluate(
    network: Network, picture: Tensor, goal: Targets, settings: Settings
) -> Work[Evaluation]:
    """The loss α L_content + β Σ w_l E_l + γ TV and its gradient with respect to the pixels.

    Args:
        network: as deep as the layers in `settings`.
        picture: (H, W, 3) in 0 … 1.
        goal: of the same size.
        settings: resolved; gives layers, weights, objective, statistic and tile.
    """
    tiles = _tiles(network, picture, settings)
    sums: dict[str, Moments] = {}
    contents = []
    tape: Tape = []
    for tile in tiles:
        for visit in network.walk(tile.crop(picture), record=len(tiles) == 1):
            yield
            if visit.name in goal.style:
                _add_moments(sums, visit, tile, exact=len(tiles) > 1)
            if goal.content is not None and visit.name == settings.content_layer:
                rows, columns = tile.within(visit.stride)
                own = tile.owned(visit.output, visit.stride)
                contents.append(content_sum(own.detach(), goal.content[:, :, rows, columns]))
            if len(tiles) == 1:
                tape.append(visit)
            yield
    style, by_moments = _style_losses(sums, goal, settings)
    gradient = torch.zeros_like(picture)
    for tile in tiles:
        if len(tiles) > 1:
            for visit in network.walk(tile.crop(picture), record=True):
                tape.append(visit)
                yield
        by_pixels = yield from backwards(tape, _gradient_of(tile, goal, by_moments, settings))
        tile.crop(gradient).add_(by_pixels[0].permute(1, 2, 0))
    tv = _add_total_variation(picture, tiles, gradient, settings)
    return Evaluation(_losses(contents, goal, style, tv, settings), gradient)


def _tiles(network: Network, picture: Tensor, settings: Settings) -> tuple[Tile, ...]:
    height, width = picture.shape[:2]
    tile = settings.tile or max(height, width)
    return plan(height, width, tile, network.convolutions[-1].name)


def _add_moments(sums: dict[str, Moments], visit: Visit, tile: Tile, *, exact: bool) -> None:
    on_mps = visit.output.device.type == "mps"  # which has no float64
    own = Moments.of(tile.owned(visit.output.detach(), visit.stride), exact=exact and not on_mps)
    sums[visit.name] = sums[visit.name] + own if visit.name in sums else own


def _empty_like(part: Tensor, height: int, width: int) -> Tensor:
    empty = part.new_empty(1, part.shape[1], height, width)
    return empty.contiguous(memory_format=torch.channels_last)


def _style_losses(
    sums: Mapping[str, Moments], goal: Targets, settings: Settings
) -> tuple[dict[str, Tensor], dict[str, MomentsGradient]]:
    """E_l by layer, and the gradient of β Σ w_l E_l with respect to the sums."""
    weights = dict(settings.style_layers or ())
    beta = settings.style_weight or 0.0
    losses, gradients = {}, {}
    for name, target in goal.style.items():
        loss, by = style_gradient(sums[name], target, settings.objective, settings.statistic)
        weight = beta * weights[name]
        losses[name] = loss
        gradients[name] = by.times(weight)
    return losses, gradients


def _gradient_of(
    tile: Tile, goal: Targets, by_moments: Mapping[str, MomentsGradient], settings: Settings
) -> Callable[[Visit], Tensor | None]:
    """Return what `backwards` asks: dL/dF of the losses on a layer, 0 outside the inner box."""

    def gradient_at(visit: Visit) -> Tensor | None:
        parts = []
        own = tile.owned(visit.output.detach(), visit.stride)
        if visit.name in by_moments:
            parts.append(by_moments[visit.name].pull(own))
        if goal.content is not None and visit.name == settings.content_layer:
            rows, columns = tile.within(visit.stride)
            scale = goal.content_scale * settings.content_weight
            parts.append(content_gradient(own, goal.content[:, :, rows, columns], scale))
        return _spread(sum(parts[1:], parts[0]), tile, visit) if parts else None

    return gradient_at


def _spread(own: Tensor, tile: Tile, visit: Visit) -> Tensor:
    if own.shape == visit.output.shape:
        return own
    whole = torch.zeros_like(visit.output)
    tile.owned(whole, visit.stride).copy_(own)
    return whole


def _add_total_variation(
    picture: Tensor, tiles: tuple[Tile, ...], gradient: Tensor, settings: Settings
) -> Tensor:
    """Mean total variation; its weighted gradient is added to `gradient`."""
    total = picture.new_zeros(())
    for tile in tiles:
        pixels = tile.crop(picture).detach().requires_grad_()
        top, left = tile.outer.top, tile.outer.left
        rows = slice(tile.inner.top - top, tile.inner.bottom - top)
        columns = slice(tile.inner.left - left, tile.inner.right - left)
        with torch.enable_grad():
            part = total_variation(pixels, rows, columns) / picture.numel()
        if settings.tv_weight:
            (by_pixels,) = torch.autograd.grad(part, pixels)
            tile.crop(gradient).add_(by_pixels, alpha=settings.tv_weight)
        total += part.detach()
    return total


def _losses(
    contents: list[Tensor],
    goal: Targets,
    style: Mapping[str, Tensor],
    tv: Tensor,
    settings: Settings,
) -> Losses:
    """Bring all losses to the host at once: each single one would wait for the device."""
    wide = torch.float32 if tv.device.type == "mps" else torch.float64
    content = torch.stack([part.to(wide) for part in contents]).sum() if contents else 0.0
    scalars = [torch.as_tensor(content), tv, *style.values()]
    raw_content, raw_tv, *raw = torch.stack(
        [scalar.to(tv.device, wide) for scalar in scalars]
    ).tolist()
    by_layer = dict(zip(style, raw, strict=True))
    weights = dict(settings.style_layers or ())
    weighted = sum(weights[name] * loss for name, loss in by_layer.items())
    total = (
        settings.content_weight * goal.content_scale * raw_content
        + (settings.style_weight or 0.0) * weighted
        + (settings.tv_weight or 0.0) * raw_tv
    )
    return Losses(total, goal.content_scale * raw_content, by_layer, raw_tv)
