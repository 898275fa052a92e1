"""The sizes that a render works in: the pyramid's scales, a picture's tiles, a layer's reach.

Arithmetic alone: what the engine does and what the forecast counts come from the same numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from engine.choices import Objective, StyleFit
from engine.errors import PictureError
from engine.imageio import SMALLEST_SIDE
from engine.job import Scale
from engine.layers import CONVOLUTIONS_PER_BLOCK
from engine.settings import Settings

DEEPEST_STRIDE: Final = 16

CUT: Final = 3
"""The block after whose pool the network of a tiled picture is cut in two parts."""

CUT_AT: Final = f"pool{CUT}"

_GROWTH: Final = 2.75
"""How much longer the lower part's tiles are: it has an eighth of the features for each px."""

_LARGEST_CONTENT: Final = 2**29
"""Bytes of content features of a tiled picture that are worth keeping, not computing anew."""

LARGE: Final = 1024
"""Long side in px up to which a scale has much to add to what the coarser ones found."""

FEWER: Final = 0.7
"""Steps of a scale relative to the next coarser one's."""

FEWER_WHERE_LARGE: Final = 0.5
"""The same where it is beyond `LARGE`: what is new there is grain."""

MOST: Final = 40
"""Steps of a scale coarser than the one near `ANCHOR`: more are better used at finer ones."""

WIDE_SHARE: Final = 10
"""One in so many of the last scale's steps is float32, where the precision is mixed: the last."""

LARGEST_PREVIEW: Final = 2048
"""Pixels of its long side."""

SHOWN: Final = 4
"""How many times as large as its scale a preview is at most: larger ones would take the time of
the iterations."""

ANCHOR: Final = 512
"""Long side in px near which a picture is also looked at while it is painted larger."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the network's blocks, and the tiles that they are computed in.

    The upper part's halo is short, as its layers see little; the lower part goes over many
    pictures in one piece, and so has none and is gone over only once.

    Attributes:
        deepest: its last convolution.
        tile: px a side that a tile owns at most.
        halo: px around that, which its features see, on the grid of its last layer.
    """

    deepest: str
    tile: int
    halo: int


def scales(settings: Settings, content: tuple[int, int]) -> tuple[Scale, ...]:
    """Plan the pyramid: sizes with the content's aspect, and the steps spent at each.

    Each scale takes fewer steps than the next coarser one, as each step costs four times as much,
    until the coarse ones have had enough (`MOST`); scales that would get no step are left out,
    coarsest first, save the last.

    Args:
        settings: resolved.
        content: width and height of the photograph, px.

    Raises:
        PictureError: so narrow a picture that a scale would have too short a side.
    """
    assert settings.scales is not None
    assert settings.steps is not None
    sizes = [fitted(content, side) for side in settings.scales]
    sizes = [size for size in sizes if min(size) >= SMALLEST_SIDE] or sizes[-1:]
    if min(sizes[-1]) < SMALLEST_SIDE:
        raise PictureError(
            f"at {settings.scales[-1]} px the content is only {min(sizes[-1])} px on its short "
            "side",
            f"choose a larger size, so that the short side has {SMALLEST_SIDE} px, or crop it",
        )
    steps = _shared(settings.steps, [max(size) for size in sizes])
    sizes = sizes[len(sizes) - len(steps) :]
    return tuple(Scale(*size, count) for size, count in zip(sizes, steps, strict=True))


def anchor(settings: Settings, planned: tuple[Scale, ...], index: int) -> tuple[int, int] | None:
    """Find the size at which a large picture is also looked at, so that it keeps its look.

    Args:
        settings: resolved.
        planned: all scales.
        index: of the one that is painted.

    Returns:
        Width and height, px: a half, a quarter … of that scale, the one nearest to `ANCHOR`. None
        where the scale itself is the nearest, or was not begun at a smaller one, and for the
        paper's objective.
    """
    own = planned[index]
    factor = round(math.log2(max(own.width, own.height) / ANCHOR))
    is_begun = index > 0 or settings.init not in ("content", "style", "noise")
    if factor < 1 or not is_begun or settings.objective is Objective.PAPER:
        return None
    side = round(max(own.width, own.height) / 2**factor)
    return fitted((own.width, own.height), side)


def parts(longest: int, tile: int, deepest: str) -> tuple[Part, ...]:
    """Decide how a picture goes through the network: in one part, or in two if it has tiles.

    Args:
        longest: of the picture's sides, px.
        tile: px a side that a tile owns at most.
        deepest: the last layer that is needed.
    """
    if longest <= tile or _block(deepest) <= CUT:
        return (Part(deepest, tile, _on_grid(reach(deepest), stride(deepest))),)
    upper = f"conv{CUT}_{CONVOLUTIONS_PER_BLOCK[CUT - 1]}"
    beyond = reach(deepest) - reach(upper)
    return (
        Part(upper, tile, _on_grid(reach(upper), 2**CUT)),
        Part(
            deepest, _on_grid(int(tile * _GROWTH), DEEPEST_STRIDE), _on_grid(beyond, DEEPEST_STRIDE)
        ),
    )


def spans(length: int, part: Part) -> list[tuple[int, int, int, int]]:
    """Cut a side into equal inner spans on multiples of 16, with a halo around each.

    Returns:
        For each span where it starts and stops, and where its halo does, px.
    """
    count = -(-length // part.tile)
    step = -(-length // (count * DEEPEST_STRIDE)) * DEEPEST_STRIDE
    edges = [*range(0, length, step), length]
    if len(edges) > 2 and edges[-1] - edges[-2] < DEEPEST_STRIDE:
        # A sliver thinner than the deepest grid's cell would own no position of it.
        del edges[-2]
    return [
        (start, stop, max(0, start - part.halo), min(length, stop + part.halo))
        for start, stop in pairwise(edges)
    ]


def reach(deepest: str) -> int:
    """How far in px a position of `deepest` sees beyond its own cell of the grid.

    Computed from the architecture: conv3_4 22, conv5_1 70, conv5_2 86, conv5_4 118.
    """
    total, stride = 0, 1
    for block, count in enumerate(CONVOLUTIONS_PER_BLOCK, start=1):
        for index in range(1, count + 1):
            total += stride
            if f"conv{block}_{index}" == deepest:
                return total
        # A 2 × 2 pool's cell covers its two inputs exactly: the grid doubles, nothing is reached.
        stride *= 2
    raise ValueError(deepest)


def stride(layer: str) -> int:
    """Px of the picture per position of a convolution's grid."""
    return int(2 ** (_block(layer) - 1))


def keeps_content(layer: str, size: int) -> bool:
    """Whether a tiled picture's content features stay in memory, all tiles' together.

    Those of a deep layer do, as they are small for what it takes to compute them.

    Args:
        layer: the content's.
        size: bytes of all its features.
    """
    return _block(layer) > CUT or size <= _LARGEST_CONTENT


def _block(name: str) -> int:
    return int(name[len("conv")])


def _on_grid(length: int, stride: int) -> int:
    """The next multiple."""
    return -(-length // stride) * stride


def style_size(
    style: tuple[int, int], content: tuple[int, int], fit: StyleFit, scale: float
) -> tuple[int, int]:
    """The size that a style picture is brought to, before `cover` crops it; each width, height.

    Args:
        style: its own, px.
        content: at this scale, px.
        fit: `whole` gives it the content's area, `cover` at least the content's sides, `stretch`
            the content's sides by distorting it.
        scale: size relative to that; above 1 the strokes grow.
    """
    width, height = content
    own_width, own_height = style
    if fit is StyleFit.STRETCH:
        sides = width * scale, height * scale
    else:
        if fit is StyleFit.WHOLE:
            factor = scale * (width * height / (own_width * own_height)) ** 0.5
        else:
            factor = scale * max(width / own_width, height / own_height)
        sides = own_width * factor, own_height * factor
    return max(round(sides[0]), SMALLEST_SIDE), max(round(sides[1]), SMALLEST_SIDE)


def fitted(size: tuple[int, int], long_side: int) -> tuple[int, int]:
    """A picture's width and height in px at another long side."""
    width, height = size
    factor = long_side / max(size)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _shared(steps: int, sides: list[int]) -> list[int]:
    """Share steps out over sides, coarse to fine: no scale with none but the last."""
    sides = sides[len(sides) - max(1, min(len(sides), steps)) :]
    weights = [1.0]
    for side in sides[1:]:
        weights.append(weights[-1] * (FEWER if side <= LARGE else FEWER_WHERE_LARGE))
    shares = [max(1, int(steps * weight / sum(weights))) if steps else 0 for weight in weights]
    shares[0] += steps - sum(shares)
    if shares[0] > MOST and len(sides) > 1 and sides[1] < ANCHOR * math.sqrt(2):
        return [MOST, *_shared(steps - MOST, sides[1:])]
    return shares
