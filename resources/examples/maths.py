"""Vectors, noise and ramps that the example pictures are made with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Triple = tuple[float, float, float]
UP = np.array([0, 1, 0], np.float32)


def unit(vector: NDArray[Any]) -> Array:
    """The vectors' directions."""
    return (vector / np.sqrt((vector * vector).sum(0) + 1e-20)).astype(np.float32)


def turned(yaw: float = 0, pitch: float = 0, roll: float = 0) -> Array:
    """A frame turned about y, then its own x and z, in radians."""
    y, x, z = ((np.cos(a), np.sin(a)) for a in (yaw, pitch, roll))
    about_y = np.array([[y[0], 0, -y[1]], [0, 1, 0], [y[1], 0, y[0]]])
    about_x = np.array([[1, 0, 0], [0, x[0], x[1]], [0, -x[1], x[0]]])
    about_z = np.array([[z[0], z[1], 0], [-z[1], z[0], 0], [0, 0, 1]])
    return (about_z @ about_x @ about_y).astype(np.float32)


def tile(seed: int, slope: float, side: int = 1024) -> Array:
    """A tile of noise with a 1/f^slope spectrum that repeats; mean 0, deviation 1."""
    frequency = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]) * side
    random = np.random.default_rng(seed)
    waves = random.normal(size=(2, *frequency.shape))
    spectrum = (waves[0] + 1j * waves[1]) / np.maximum(frequency, 3) ** slope
    spectrum[0, 0] = 0
    noise = np.fft.irfft2(spectrum, s=(side, side))
    return (noise / noise.std()).astype(np.float32)


def sample(noise: Array, u: NDArray[Any], v: NDArray[Any]) -> Array:
    """A repeating tile, one to a unit, between its pixels at (u, v)."""
    side = noise.shape[0]
    x, y = u * side, v * side
    left, top = np.floor(x), np.floor(y)
    x, y = x - left, y - top
    i, j = left.astype(np.int32) & (side - 1), top.astype(np.int32) & (side - 1)
    k, m = (i + 1) & (side - 1), (j + 1) & (side - 1)
    upper, lower = noise[j, i] * (1 - x) + noise[j, k] * x, noise[m, i] * (1 - x) + noise[m, k] * x
    return (upper * (1 - y) + lower * y).astype(np.float32)


def chance(*keys: NDArray[Any]) -> Array:
    """A repeatable number of 0 … 1 for each combination of rounded keys."""
    state = np.zeros(np.shape(keys[0]), np.uint32)
    for key in keys:
        state = (state ^ np.floor(key).astype(np.int64).astype(np.uint32)) * np.uint32(0x9E3779B1)
        state = (state ^ (state >> np.uint32(15))) * np.uint32(0x85EBCA77)
    return ((state ^ (state >> np.uint32(13))) / np.float32(2**32)).astype(np.float32)


def mix(one: Any, two: Any, share: Any) -> Array:  # noqa: ANN401
    """From `one` to `two`; triples become columns."""
    one, two = (np.array(c, np.float32)[:, None] if isinstance(c, tuple) else c for c in (one, two))
    return (one + (two - one) * share).astype(np.float32)


def ramp(value: NDArray[Any], low: float, high: float) -> Array:
    """0 below `low`, 1 above `high` (or the other way about), smooth between."""
    share = ((value - low) / (high - low)).clip(0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)
