"""Colours for numbers: viridis, in which equal steps look equal, in print and to most eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STOPS: Final = bytes.fromhex(
    "440154 48186a 472d7b 424086 3b528b 33638d "
    "2c728e 26828e 21918c 1fa088 28ae80 3fbc73 "
    "5ec962 84d44b addc30 d8e219 fde725 "
)
"""Seventeen of its colours, by Smith and van der Walt (CC0); those between are mixed of two."""


def coloured(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Colours (H, W, 3) for numbers (H, W) in 0 … 1; what lies outside takes the end's colour."""
    stops = np.frombuffer(_STOPS, np.uint8).reshape(-1, 3)
    at = np.linspace(0, 1, len(stops))
    channels = [np.interp(values, at, channel) for channel in stops.T]
    return np.rint(np.stack(channels, -1)).astype(np.uint8)
