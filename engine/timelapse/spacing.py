"""Which frames of a run to keep, and which to show: arithmetic on their places in the run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def ways(steps: Sequence[float], changes: Sequence[float]) -> NDArray[np.float64]:
    """How far along each frame is, by steps and by change alike.

    Most of the change is in the first steps, most of the steps are later: a frame counts by both.

    Args:
        steps: of the frames, ascending.
        changes: of the picture up to each frame, ascending.

    Returns:
        From 0 at the first to at most 2 at the last: its share of the steps plus that of the
        change.
    """
    return _shares(steps) + _shares(changes)


def expendable(way: NDArray[np.float64], kept: Sequence[int] = ()) -> int:
    """The index of the frame, none of the two at the ends or `kept`, that leaves the smallest gap.

    Taking it away whenever there is one frame too many keeps them evenly spread: of n frames it
    leaves a gap of at most 2 / (n - 2) of the whole way.
    """
    gaps = way[2:] - way[:-2]
    gaps[[index - 1 for index in kept if 0 < index < len(way) - 1]] = np.inf
    return 1 + int(np.argmin(gaps))


def evenly(values: Sequence[float], count: int) -> tuple[int, ...]:
    """Choose frames whose values are as even as can be.

    Args:
        values: steps or cumulative change, ascending.
        count: how many; at least 1. Where there are fewer frames than that, some come repeatedly.

    Returns:
        Indexes, ascending: for each of `count` even values between the first and the last, the
        frame nearest to it. The last is always the last frame.
    """
    given = np.asarray(values, np.float64)
    wanted = np.linspace(given[0], given[-1], count)
    nearest = np.searchsorted((given[1:] + given[:-1]) / 2, wanted)
    nearest[-1] = len(given) - 1  # also where the picture no longer changed
    return tuple(int(index) for index in nearest)


def _shares(values: Sequence[float]) -> NDArray[np.float64]:
    given = np.asarray(values, np.float64)
    return (given - given[0]) / max(given[-1] - given[0], 1e-12)
