"""Loss and gradient of a picture, in one piece or in tiles, with the same result.

Style statistics are sums over positions. Pass 1 walks over the tiles and adds the sums up; the
gradient of the style loss with respect to the sums is then a constant. Pass 2 walks again with a
tape and carries that constant, and the content loss of the features that a tile owns, back to the
pixels; the gradients of overlapping tiles, halos included, are added.

The network of a tiled picture is cut at a pool. The tiles of its upper part need a short halo only;
what they own of the pool's output is put together, and the lower part, which has few features for
each pixel, goes over that in much larger tiles, mostly in one. What is one tile is walked once.

All work here is done in generators that yield None wherever it may be interrupted.
"""

from __future__ import annotations

import operator
from collections.abc import Container, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import torch
from torch import Tensor

from engine import devices, geometry
from engine.geometry import Part
from engine.guides import Guides
from engine.job import Losses
from engine.losses import (
    Moments,
    MomentsGradient,
    StyleTarget,
    add_content,
    add_total_variation,
    content_scale,
    energy,
    style_gradient,
)
from engine.settings import Settings
from engine.vgg import Add, Network, Tape, Visit, backwards, keep

Result = TypeVar("Result")
Work = Generator[None, None, Result]
"""Work that may be interrupted wherever it yields."""

_Slopes = dict[int, MomentsGradient]
"""By region."""


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
    """

    inner: Box
    outer: Box

    def crop(self, grid: Tensor, stride: int = 1) -> Tensor:
        """The outer box of a picture, or of features of that stride, (H, W, N)."""
        box = self.outer
        rows = slice(box.top // stride, box.bottom // stride)
        return grid[rows, box.left // stride : box.right // stride]

    def owned(self, features: Tensor, stride: int) -> Tensor:
        """The features of the inner box, as a view of those of the outer box (1, N, H, W)."""
        top, left = self.outer.top, self.outer.left
        # A ragged last row or column has no position: the division rounds down.
        rows = slice((self.inner.top - top) // stride, (self.inner.bottom - top) // stride)
        columns = slice((self.inner.left - left) // stride, (self.inner.right - left) // stride)
        return features[:, :, rows, columns]

    def within(self, features: Tensor, stride: int) -> Tensor:
        """The features of the inner box, as a view of the whole picture's (1, N, H, W)."""
        box = self.inner
        rows = slice(box.top // stride, box.bottom // stride)
        return features[:, :, rows, box.left // stride : box.right // stride]


@dataclass(frozen=True, slots=True)
class Targets:
    """What the picture is compared with at one scale.

    Attributes:
        content: P, (1, N, H', W') in the features' number format; None where α = 0, or where it is
            so large that each tile's is computed anew.
        content_scale: the factor of Σ (F − P)².
        style: by layer, for each region; empty where β = 0.
        photograph: (H, W, 3) in 0 … 1 or in bytes, where P is computed anew.
        guides: where the regions are; None for a single one that is everywhere.
    """

    content: Tensor | None
    content_scale: float
    style: Mapping[str, tuple[StyleTarget, ...]]
    photograph: Tensor | None = None
    guides: Guides | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The losses of a picture and the total's gradient, float32 (H, W, 3)."""

    losses: Losses
    gradient: Tensor


@dataclass(slots=True)
class _Stage:
    """A part of the network, and the tiles that it is walked over in.

    Attributes:
        network: the part.
        tiles: of the picture.
        entered: what the part is walked over, (H, W, N).
        needed: layers whose features are needed on the way back; None where all are kept.
        tape: of the tile that is being gone back through, or of the only one.
    """

    network: Network
    tiles: tuple[Tile, ...]
    entered: Tensor
    needed: Container[str] | None
    tape: Tape = field(default_factory=list)

    def keep(self, visit: Visit) -> None:
        """Add to the tape."""
        if self.needed is None:
            self.tape.append(visit)
        else:
            keep(self.tape, visit, self.needed)

    def walk(self, tile: Tile) -> Iterator[Visit]:
        """Visit the layers of a tile."""
        return self.network.walk(tile.crop(self.entered, self.network.stride))


def plan(height: int, width: int, part: Part) -> tuple[Tile, ...]:
    """Cut a picture into tiles for a part of the network."""
    return tuple(
        Tile(Box(top, left, bottom, right), Box(outer_top, outer_left, outer_bottom, outer_right))
        for top, bottom, outer_top, outer_bottom in geometry.spans(height, part)
        for left, right, outer_left, outer_right in geometry.spans(width, part)
    )


def style_moments(
    network: Network, picture: Tensor, settings: Settings
) -> Work[dict[str, Moments]]:
    """Add up a picture's statistics at every style layer."""
    wanted = dict(settings.style_layers or ())
    network = network.down_to(next(reversed(wanted)))
    sums = yield from _moments(network, picture, settings, wanted)
    return {name: whole for name, (whole,) in sums.items()}


def content_targets(network: Network, picture: Tensor, settings: Settings) -> Work[Targets]:
    """Look at the photograph: P, or the photograph itself where P is better computed anew."""
    assert settings.content_layer is not None
    network = network.down_to(settings.content_layer)
    whole, squares = None, 0.0
    for _, tile, visit in _through(network, picture, settings):
        if visit.name == settings.content_layer:
            own = tile.owned(visit.output, visit.stride)
            squares += energy(own)
            if whole is not None or _is_kept(visit, picture, settings):
                whole = _placed(whole, own, tile, visit.stride, picture)
        yield
    scale = content_scale(squares, settings.objective)
    return Targets(whole, scale, {}, picture if whole is None else None)


def targets(
    network: Network,
    content: Tensor,
    styles: Iterable[Tensor],
    settings: Settings,
    shares: Sequence[float] | None = None,
    guides: Guides | None = None,
) -> Work[Targets]:
    """Walk the network over the content and the styles once; see `Targets`, `StyleTarget.blend`."""
    goal = Targets(None, 0.0, {})
    if settings.content_weight:
        goal = yield from content_targets(network, content, settings)
    by_style = []
    if settings.style_weight:
        for style in styles:
            by_style.append((yield from style_moments(network, style, settings)))
    names = by_style[0] if by_style else ()
    regions = guides.styles if guides else (tuple(range(len(by_style))),)
    blended = {
        name: tuple(_blended(by_style, name, members, shares) for members in regions)
        for name in names
    }
    return replace(goal, style=blended, guides=guides)


def _blended(
    by_style: list[dict[str, Moments]],
    name: str,
    members: tuple[int, ...],
    shares: Sequence[float] | None,
) -> StyleTarget:
    own = None if shares is None else [shares[index] for index in members]
    return StyleTarget.blend([by_style[index][name] for index in members], own)


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
    stages: list[_Stage] = []
    sums = yield from _moments(network, picture, settings, goal.style, stages, goal.guides)
    style, slopes = _style_losses(sums, goal, settings)
    tiles = stages[0].tiles
    back = _Back(goal, slopes, settings)
    while stages:
        gradient = yield from back.through(stages.pop())
    tv = _add_total_variation(picture, tiles, gradient, settings)
    if len(tiles) > 1 and picture.device.type == "cpu":
        # The update rule comes next, whose pictures what the tiles leave behind is too small for.
        # Not after each tile: to take it all anew costs up to a third of the time.
        devices.tidy()
    return Evaluation(_losses(back.squares, goal, style, tv, settings), gradient)


def _moments(
    network: Network,
    picture: Tensor,
    settings: Settings,
    wanted: Container[str],
    stages: list[_Stage] | None = None,
    guides: Guides | None = None,
) -> Work[dict[str, list[Moments]]]:
    """Go forward, and add up the statistics of some layers, for each region; see `_through`."""
    sums: dict[str, list[Moments]] = {}
    for stage, tile, visit in _through(network, picture, settings, stages):
        yield
        if visit.name in wanted:
            own = _own_moments(visit, tile, guides, exact=len(stage.tiles) > 1)
            before = sums.get(visit.name)
            sums[visit.name] = own if before is None else list(map(operator.add, before, own))
        yield
    return sums


def _through(
    network: Network, picture: Tensor, settings: Settings, stages: list[_Stage] | None = None
) -> Iterator[tuple[_Stage, Tile, Visit]]:
    """Visit all layers, part after part and in each tile after tile.

    Args:
        network: as deep as it is needed.
        picture: (H, W, 3).
        settings: give the tile.
        stages: take all that it takes to go back, if anybody will.
    """
    height, width = picture.shape[:2]
    longest = max(height, width)
    parts = geometry.parts(longest, settings.tile or longest, network.convolutions[-1].name)
    networks = network.split(geometry.CUT) if len(parts) > 1 else (network,)
    needed = None
    if longest > (settings.tile or longest):  # a smaller picture has room for the faster way
        needed = {str(settings.content_layer), *dict(settings.style_layers or ())}
    grid = picture
    for part, own in zip(parts, networks, strict=True):
        stage = _Stage(own, plan(height, width, part), grid, needed)
        if stages is not None:
            stages.append(stage)
        pooled = None
        for tile in stage.tiles:
            for visit in stage.walk(tile):
                yield stage, tile, visit
                if stages is not None and len(stage.tiles) == 1:
                    stage.keep(visit)
            if own.pooled:
                output = tile.owned(visit.output, visit.stride)
                pooled = _placed(pooled, output, tile, visit.stride, picture)
        if pooled is not None:
            grid = pooled[0].permute(1, 2, 0)  # (H', W', N), contiguous


@dataclass(slots=True)
class _Back:
    """The way back from the losses to the pixels.

    Attributes:
        goal: that the picture is compared with.
        slopes: gradients of the style losses with respect to the sums.
        settings: give the content's layer and weight.
        squares: gets Σ (F − P)² of each tile.
        gradient: with respect to what went into the part that was gone through last, (H, W, N).
    """

    goal: Targets
    slopes: Mapping[str, _Slopes]
    settings: Settings
    squares: list[Tensor] = field(default_factory=list)
    gradient: Tensor | None = None

    def through(self, stage: _Stage) -> Work[Tensor]:
        """Go back through a part, tile by tile; return `gradient`."""
        gradient = torch.zeros_like(stage.entered)
        for tile in stage.tiles:
            content = yield from self._content(stage, tile)
            if not stage.tape:
                for visit in stage.walk(tile):
                    stage.keep(visit)
                    yield
                del visit
            by_input = yield from backwards(stage.network, stage.tape, self._adding(tile, content))
            if by_input is not None:
                tile.crop(gradient, stage.network.stride).add_(by_input[0].permute(1, 2, 0))
        self.gradient = gradient
        return gradient

    def _content(self, stage: _Stage, tile: Tile) -> Work[Tensor | None]:
        """P of what the tile owns; None where it is not looked at."""
        goal, layer = self.goal, self.settings.content_layer
        if layer is None:
            return None
        if goal.content is not None:
            return tile.within(goal.content, geometry.stride(layer))
        if goal.photograph is None or stage.network.stride > 1:
            return None
        own = None
        for visit in stage.network.down_to(layer).walk(tile.crop(goal.photograph)):
            if visit.name == layer:
                own = tile.owned(visit.output, visit.stride)
            yield
        return own

    def _adding(self, tile: Tile, content: Tensor | None) -> Add:
        """Return what `backwards` asks: adds dL/dF of the losses on what a tile owns of a layer."""

        def add(visit: Visit, gradient: Tensor | None) -> Tensor | None:
            is_content = content is not None and visit.name == self.settings.content_layer
            is_cut = visit.name == geometry.CUT_AT and self.gradient is not None
            if not (is_content or is_cut or visit.name in self.slopes):
                return gradient
            if gradient is None:
                gradient = torch.zeros_like(visit.output)
            own, slope = (tile.owned(grid, visit.stride) for grid in (visit.output, gradient))
            if visit.name in self.slopes:
                guides = _own_guides(visit, tile, self.goal.guides)
                for region, by_sums in self.slopes[visit.name].items():
                    by_sums.add_to(slope, own, guides[region])
            if content is not None and is_content:
                scale = self.goal.content_scale * self.settings.content_weight
                self.squares.append(add_content(slope, own, content, scale))
            if self.gradient is not None and is_cut:
                slope += tile.within(_as_features(self.gradient), visit.stride)
            return gradient

        return add


def _as_features(grid: Tensor) -> Tensor:
    """A view of (H, W, N) as (1, N, H, W)."""
    return grid.permute(2, 0, 1)[None]


def _placed(whole: Tensor | None, own: Tensor, tile: Tile, stride: int, picture: Tensor) -> Tensor:
    """Put what a tile owns of some features into the whole picture's, (1, N, H', W')."""
    if whole is None:
        height, width = picture.shape[0] // stride, picture.shape[1] // stride
        whole = _as_features(own.new_empty(height, width, own.shape[1]))
    tile.within(whole, stride).copy_(own)
    return whole


def _is_kept(visit: Visit, picture: Tensor, settings: Settings) -> bool:
    """Whether all of P stays in memory; see `geometry.keeps_content`."""
    height, width = picture.shape[:2]
    count = visit.output.shape[1] * (height // visit.stride) * (width // visit.stride)
    is_tiled = settings.tile is not None and max(height, width) > settings.tile
    size = count * visit.output.element_size()
    return not is_tiled or geometry.keeps_content(visit.name, size)


def _own_moments(visit: Visit, tile: Tile, guides: Guides | None, *, exact: bool) -> list[Moments]:
    """The sums of what a tile owns, for each region."""
    on_mps = visit.output.device.type == "mps"  # which has no float64
    own = tile.owned(visit.output, visit.stride)
    return [
        Moments.of(own, exact=exact and not on_mps, guide=guide)
        for guide in _own_guides(visit, tile, guides)
    ]


def _own_guides(visit: Visit, tile: Tile, guides: Guides | None) -> tuple[Tensor | None, ...]:
    """What a tile owns of each region's guide, (1, 1, h, w)."""
    if guides is None:
        return (None,)
    return tile.within(guides.grids[visit.name], visit.stride).split(1, 1)


def _style_losses(
    sums: Mapping[str, list[Moments]], goal: Targets, settings: Settings
) -> tuple[dict[str, Tensor], dict[str, _Slopes]]:
    """E_l by layer, and the gradient of β Σ w_l E_l with respect to the sums."""
    weights = dict(settings.style_layers or ())
    beta = settings.style_weight or 0.0
    losses, gradients = {}, {}
    for name, targets in goal.style.items():
        shares = goal.guides.shares[name] if goal.guides else None
        losses[name], slopes = _style_loss(sums[name], targets, shares, settings)
        weight = beta * weights[name]
        gradients[name] = {region: by.times(weight) for region, by in slopes.items()}
    return losses, gradients


def _style_loss(
    sums: list[Moments],
    targets: tuple[StyleTarget, ...],
    shares: tuple[float, ...] | None,
    settings: Settings,
) -> tuple[Tensor, _Slopes]:
    """E of one layer, and its gradient with respect to the sums.

    Regions count by their share of the area: a pixel is pushed as hard whatever the size of its
    region, half the strength is half the loss, and a mask over everything is as good as none.
    """
    kind = settings.objective, settings.statistic
    if shares is None:
        loss, by = style_gradient(sums[0], targets[0], *kind)
        return loss, {0: by}
    total, slopes = sums[0].first.new_zeros(()), {}
    for region, share in enumerate(shares):
        if share:  # else no position of this grid lies in it
            loss, by = style_gradient(sums[region], targets[region], *kind)
            total = total + loss * share
            slopes[region] = by.times(share)
    return total, slopes


def _add_total_variation(
    picture: Tensor, tiles: tuple[Tile, ...], gradient: Tensor, settings: Settings
) -> Tensor:
    """Mean total variation; its weighted gradient is added to `gradient`."""
    total = picture.new_zeros(())
    for tile in tiles:
        top, left = tile.outer.top, tile.outer.left
        rows = slice(tile.inner.top - top, tile.inner.bottom - top)
        columns = slice(tile.inner.left - left, tile.inner.right - left)
        weight = (settings.tv_weight or 0.0) / picture.numel()
        total += add_total_variation(tile.crop(gradient), tile.crop(picture), rows, columns, weight)
    return total / picture.numel()


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
