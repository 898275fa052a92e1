"""What a run saves on where memory runs out: the tile, and how much L-BFGS remembers.

Smaller tiles give the same picture to the last digits, only later. A shorter memory gives another
one of the same kind, so it is cut only where it is what takes the memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.settings import Settings

SMALLEST_TILE: Final = 128
STRIDE: Final = 16
"""Tiles are multiples of the deepest layer's stride, px."""

_HALO: Final = 24
"""About what a tile sees beyond its edges, px."""
_BYTES_A_PIXEL: Final = 1000
"""Of the features while a tile's gradient is computed; float32."""
_BYTES_A_PAIR: Final = 24
"""That L-BFGS keeps for each px and each step it remembers."""


def lessened(settings: Settings, size: tuple[int, int], pairs: int) -> Settings | None:
    """The same settings with less memory: half of the tile, or half of what L-BFGS remembers.

    Args:
        settings: resolved.
        size: width and height of the picture at this scale, px.
        pairs: how many steps L-BFGS remembers now.

    Returns:
        What to try next; None where nothing is left to save on.
    """
    tile = _in_use(settings, size)
    half = max(SMALLEST_TILE, _on_grid(tile / 2))
    is_tile_left, is_memory_left = half < tile, pairs > 1
    if is_memory_left and (not is_tile_left or _remembered(size, pairs) > _features(size, tile)):
        return settings.replace(history=pairs // 2)
    return settings.replace(tile=half) if is_tile_left else None


def within(settings: Settings, fitting: Mapping[str, int]) -> Settings:
    """Settings that go nowhere above what is known to fit."""
    changes = {n: limit for n, limit in fitting.items() if getattr(settings, n) > limit}
    return settings.replace(**changes) if changes else settings


def _in_use(settings: Settings, size: tuple[int, int]) -> int:
    """The tile's side; the whole picture's where that is smaller."""
    whole = _on_grid(max(size))
    return min(settings.tile or whole, whole)


def _on_grid(side: float) -> int:
    return -int(-side // STRIDE) * STRIDE


def _remembered(size: tuple[int, int], pairs: int) -> int:
    return size[0] * size[1] * pairs * _BYTES_A_PAIR


def _features(size: tuple[int, int], tile: int) -> int:
    width, height = (min(side, tile + 2 * _HALO) for side in size)
    return width * height * _BYTES_A_PIXEL
