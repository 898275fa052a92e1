"""The frozen messages of a series of pictures. Nothing here knows torch or Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.job import Note, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.job import Job, Losses, Started


@dataclass(frozen=True, slots=True)
class Made:
    """A picture of a series that is done, with all that its recipe says.

    Attributes:
        job: that painted it.
        started: what was decided.
        step: iterations that it has had.
        losses: of it.
        pixels: at full size and precision, float32 [0, 1] sRGB (H, W, 3).
    """

    job: Job
    started: Started
    step: int
    losses: Losses
    pixels: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture of a series as it is now; of each index only the newest counts.

    Attributes:
        index: which one, from 0.
        share: of the whole series' work that is done, 0 … 1.
        pixels: uint8 (h, w, 3) sRGB.
        is_done: whether it is as it stays.
        caption: what is known of it only now; empty for nothing.
        made: how it was painted, once it is done; None for what is not a render.
    """

    index: int
    share: float
    pixels: NDArray[np.uint8]
    is_done: bool = False
    caption: str = ""
    made: Made | None = None


SeriesMessage = Piece | Progress | Note
