"""Streams of frames and what a recorder makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.job import Frame, Losses
from engine.timelapse import Film, Recorder


class NoState:
    """What cannot be gone on from."""

    def size(self, *, whole: bool) -> int:
        return 1

    def write(self, path: Path, *, whole: bool) -> None:
        path.touch()


def frame(
    step: int, pixels: NDArray[np.uint8], *, steps: int = 100, scale: int = 0, scales: int = 1
) -> Frame:
    height, width = pixels.shape[:2]
    losses = Losses(1.0, 0.0, {}, 0.0)

    def snapshot() -> NDArray[np.float32]:
        return np.divide(pixels, 255, dtype=np.float32)

    return Frame(
        step, steps, scale, scales, (width, height), losses, step, pixels, snapshot, NoState()
    )


def plain(shade: float, height: int = 24, width: int = 32) -> NDArray[np.uint8]:
    return np.full((height, width, 3), round(shade), np.uint8)


def blobs(height: int, width: int, phase: float = 0.0) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    waves = [np.sin(7 * x + k + phase) + np.cos(6 * y - k + phase) for k in range(3)]
    return (np.stack(waves, -1) * 55 + 128).astype(np.uint8)


def filmed(pictures: Sequence[NDArray[np.uint8]]) -> Film:
    """A film of all of these, one a step."""
    recorder = Recorder()
    try:
        for step, pixels in enumerate(pictures):
            assert recorder.add(frame(step, pixels)) is None
        return recorder.film()
    finally:
        recorder.close()
