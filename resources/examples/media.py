"""What the paintings share: fields, colours, a canvas with relief, brushes and papers.

Coordinates are px with y downwards; fields are float32 (side, side); colours RGB in 0 … 1. Lengths
are shares of the picture's side unless they say px, so that a painting is the same at every size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Random = np.random.Generator
Window = tuple[slice, slice]


def grid(side: int) -> tuple[Array, Array]:
    """Coordinates y and x of every pixel, 0 … 1."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    return y, x


def fractal(
    random: Random, side: int, slope: float, *, turn: float = 0.0, stretch: float = 1.0
) -> Array:
    """Noise with a 1/f^slope spectrum, mean 0, deviation 1, longer by `stretch` along `turn`."""
    y, x = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    frequency = np.hypot(along * stretch, across) * side + 1
    shape = frequency.shape
    waves = (random.normal(size=shape) + 1j * random.normal(size=shape)) / frequency**slope
    waves[0, 0] = 0
    noise = np.fft.irfft2(waves, s=(side, side))
    return (noise / noise.std()).astype(np.float32)


def blurred(picture: Array, sigma: float) -> Array:
    """A Gaussian blur of `sigma` px over (H, W) or (H, W, C), edges mirrored."""
    radius = max(1, int(3 * sigma + 0.5))
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    for axis in (0, 1):
        size = picture.shape[axis] + 2 * radius
        widths = [(radius, radius) if a == axis else (0, 0) for a in range(picture.ndim)]
        padded = np.pad(picture, widths, mode="symmetric")
        waves = np.fft.rfft(padded, axis=axis)
        shape = [-1 if a == axis else 1 for a in range(picture.ndim)]
        lens = np.fft.rfft(np.roll(np.pad(kernel, (0, size - len(kernel))), -radius) / kernel.sum())
        picture = np.fft.irfft(waves * lens.reshape(shape), n=size, axis=axis).astype(np.float32)
        picture = picture.take(range(radius, size - radius), axis=axis)
    return picture


def mix(one: Array, other: Array, share: NDArray[Any] | float) -> Array:
    """From `one` at 0 to `other` at 1; a field as share counts for all colours."""
    if isinstance(share, np.ndarray) and share.ndim == 2:
        share = share[..., None]
    return (one + (other - one) * share).astype(np.float32)


def ramp(place: Array, *stops: tuple[float, str]) -> Array:
    """Colours along a field through (place, "rrggbb") stops, (side, side, 3)."""
    at = [stop for stop, _ in stops]
    colours = np.array([rgb(text) for _, text in stops])
    return np.stack([np.interp(place, at, colours[:, c]) for c in range(3)], -1).astype(np.float32)


def rgb(text: str) -> Array:
    """The colour "rrggbb"."""
    return (np.array([int(text[i : i + 2], 16) for i in (0, 2, 4)]) / 255).astype(np.float32)


def soft(distance: NDArray[Any], width: float) -> Array:
    """0 below, 1 above nought, with a smooth ramp of `width` around it."""
    share = (distance / width + 0.5).clip(0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)


def at(picture: Array, y: float, x: float) -> Array:
    """The value of a field or picture at a place in px, the edge's beyond it."""
    row, column = int(y), int(x)
    value: Array = picture[
        min(max(row, 0), len(picture) - 1), min(max(column, 0), picture.shape[1] - 1)
    ]
    return value


def scattered(random: Random, side: int, spacing: float) -> NDArray[np.float64]:
    """Places (N, 2) in px on a jittered grid of `spacing` px that covers the edges, shuffled."""
    places = np.mgrid[0 : side + spacing : spacing, 0 : side + spacing : spacing]
    points = places.reshape(2, -1).T + random.uniform(-0.5, 0.5, (places[0].size, 2)) * spacing
    random.shuffle(points)
    return points


@dataclass(slots=True)
class Canvas:
    """Colour, and the relief of what was put on it.

    Attributes:
        colour: (side, side, 3).
        height: (side, side), px.
    """

    colour: Array
    height: Array = field(init=False)

    def __post_init__(self) -> None:
        self.height = np.zeros(self.colour.shape[:2], np.float32)

    @property
    def side(self) -> int:
        """Pixels of its sides."""
        return len(self.colour)

    def window(self, y: float, x: float, radius: float) -> tuple[Window, Array, Array] | None:
        """A square of the canvas around a place, with px coordinates relative to it."""
        top, left = max(0, int(y - radius)), max(0, int(x - radius))
        bottom, right = min(self.side, int(y + radius) + 2), min(self.side, int(x + radius) + 2)
        if top >= bottom or left >= right:
            return None
        dy = (np.arange(top, bottom, dtype=np.float32) - np.float32(y))[:, None]
        dx = (np.arange(left, right, dtype=np.float32) - np.float32(x))[None]
        return (slice(top, bottom), slice(left, right)), dy, dx

    def cover(self, window: Window, colour: Array, share: Array) -> None:
        """Put colour on a window, (h, w) share of it."""
        part = self.colour[window]
        part += share[..., None] * (colour - part)

    def lit(self, *, strength: float, gloss: float = 0.0, turn: float = -2.2) -> Array:
        """The colours with light raking over the relief from the direction `turn`."""
        dy, dx = np.gradient(self.height)
        slope = dx * np.cos(turn) + dy * np.sin(turn)
        shade = 1 + strength * np.tanh(slope)
        shine = gloss * (np.tanh(slope * 1.5).clip(0, 1) ** 3)
        return (self.colour * shade[..., None] + shine[..., None]).clip(0, 1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Brush:
    """How a stroke looks.

    Attributes:
        length: half of it, px.
        width: half of it, px.
        bristles: that leave streaks across the width.
        load: of paint; below 1 the streaks break up, most at the stroke's end.
        streaks: by how much bristles differ in lightness.
        body: thickness of the paint, px.
        bend: curvature, px across at the ends.
    """

    length: float
    width: float
    bristles: int = 9
    load: float = 1.3
    streaks: float = 0.12
    body: float = 1.0
    bend: float = 0.0


def stroke(
    canvas: Canvas,
    random: Random,
    brush: Brush,
    place: tuple[float, float],
    turn: float,
    colour: Array,
    tooth: Array | None = None,
) -> None:
    """One stroke centred on `place` (y, x px) in the direction `turn`; `tooth` breaks it up.

    Args:
        canvas: to paint on.
        random: of the bristles.
        brush: its shape.
        place: y and x, px.
        turn: radians, 0 to the right, growing downwards.
        colour: (3,).
        tooth: (side, side) 0 … 1, the height of the paper's grain; None on a smooth ground.
    """
    found = canvas.window(*place, brush.length + brush.width + abs(brush.bend))
    if found is None:
        return
    window, dy, dx = found
    along = (dx * np.cos(turn) + dy * np.sin(turn)) / brush.length
    across = (dy * np.cos(turn) - dx * np.sin(turn) - brush.bend * along**2) / brush.width
    profile = random.uniform(0, 1, brush.bristles + 2)
    streak = np.interp(across, np.linspace(-1.1, 1.1, brush.bristles + 2), profile)
    edge = 1.5 / brush.width
    ends = 1 - abs(along) - 0.12 * (streak - 0.5) * 2
    share = soft(1 - abs(across) * (0.8 + 0.2 * along), edge) * soft(ends, 3 / brush.length)
    wet = brush.load - 0.45 * (1 + along) - (1 - streak) * 0.7
    if tooth is not None:
        wet = wet - tooth[window]
    share = share * soft(wet + 0.5, 0.3)
    light = 1 + brush.streaks * (streak - 0.5) * 2
    canvas.cover(window, (colour * light[..., None]).clip(0, 1), share)
    ridge = brush.body * (0.35 + 0.9 * streak + 0.5 * across**4)
    canvas.height[window] += share * (ridge - 0.7 * canvas.height[window])


def varied(random: Random, colour: Array, amount: float) -> Array:
    """A colour near another: lighter or darker, warmer or cooler, fuller or paler."""
    grey = colour.mean()
    fuller = grey + (colour - grey) * (1 + random.normal(0, 1.2 * amount))
    warmth = np.array([1, 0, -1]) * random.normal(0, 0.35 * amount)
    return (fuller * (1 + random.normal(0, amount)) + warmth).clip(0, 1).astype(np.float32)
