"""Colours as light and two opponents, which statistics of pictures are nearly independent in."""

from __future__ import annotations

from typing import Final

import torch

OPPONENTS: Final = torch.tensor(
    [
        [1 / 3**0.5, 1 / 3**0.5, 1 / 3**0.5],
        [1 / 2**0.5, -1 / 2**0.5, 0.0],
        [1 / 6**0.5, 1 / 6**0.5, -2 / 6**0.5],
    ]
)
"""Light, red against green, yellow against blue: rows that turn RGB into them, orthonormal."""
