"""Generated pictures to learn from: textures, strokes, leaves, scenes; every one from its seed.

Nothing here is taken from photographs or paintings. `picture(seed)` composes one of several kinds
with a palette, then blurs and adds grain as a lens and a sensor would.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Random = np.random.Generator
SIDE = 256
"""Pixels of a picture's sides."""


def picture(seed: int, side: int = SIDE) -> Array:
    """One picture, float32 (side, side, 3) in 0 … 1; the same for the same seed."""
    random = np.random.default_rng(seed)
    kind = KINDS[random.integers(len(KINDS))]
    return _through_a_lens(random, kind(random, side)).clip(0, 1)


def dead_leaves(random: Random, side: int) -> Array:
    """Leaves of all sizes over each other, each with its own texture and shading."""
    canvas = _ground(random, side)
    colours = palette(random, 8)
    textures = [_texture(random, side) for _ in range(4)]
    for _ in range(random.integers(40, 160)):
        radius = side * 0.02 * float(random.pareto(1.6) + 1).__pow__(0.9)
        rows, columns, y, x = _window(random, side, min(radius, side * 0.4))
        turned_y, turned_x = _turned(random, y, x, random.uniform(0.3, 1))
        distance = _norm(random, turned_y, turned_x)
        mask = _soft(1 - distance, 1.5 / radius)[..., None]
        shade = 1 + random.uniform(0, 0.5) * (random.uniform(-1, 1) * x + random.uniform(-1, 1) * y)
        grain = textures[random.integers(4)][rows, columns, None] - 0.5
        colour = colours[random.integers(8)] * shade[..., None] + random.uniform(0, 0.7) * grain
        canvas[rows, columns] += mask * (colour.clip(0, 1) - canvas[rows, columns])
    return canvas


def clouds(random: Random, side: int) -> Array:
    """Warped, stretched 1/f noise through a palette."""
    field = _stretch(_warped(random, spectrum_noise(random, side)))
    return _coloured(random, field, random.integers(3, 7))


def strokes(random: Random, side: int) -> Array:
    """Brush strokes with bristles and relief along a flow."""
    canvas = _ground(random, side)
    colours = palette(random, 7)
    scene = _stretch(spectrum_noise(random, side, 1.6))
    angle = _stretch(spectrum_noise(random, side, 2.2)) * random.uniform(2, 9)
    length, width = side * random.uniform(0.03, 0.14), side * random.uniform(0.006, 0.03)
    for _ in range(int(min(900, 2.2 * side * side / (length * width * 4)))):
        rows, columns, y, x = _window(random, side, length)
        row, column = (rows.start + rows.stop) // 2, (columns.start + columns.stop) // 2
        turn = angle[row, column] + random.normal(0, 0.15)
        along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
        across = (across + 0.25 * random.normal() * along**2) * length / width
        mask = _soft(1 - np.abs(across), 0.3) * _soft(1 - np.abs(along), 0.15)
        bristles = np.sin(across * random.uniform(4, 14) + random.uniform(0, 6))
        light = 1 + 0.15 * bristles + 0.2 * across * random.uniform(0, 1)
        place = scene[row, column] * 6 + random.normal(0, 0.7)
        colour = colours[int(np.clip(place, 0, 6))] * light[..., None]
        canvas[rows, columns] += mask[..., None] * (colour.clip(0, 1) - canvas[rows, columns])
    return canvas


def hatching(random: Random, side: int) -> Array:
    """Layers of pen lines whose density follows a tone."""
    tone = _stretch(spectrum_noise(random, side, 2.0))
    ink = np.zeros_like(tone)
    for layer in range(random.integers(1, 4)):
        y, _ = _turned(random, *_grid(side), 1.0)
        wobble = spectrum_noise(random, side, 1.5) * random.uniform(0, 1.5)
        lines = np.sin((y * random.uniform(20, 70) + wobble) * np.pi)
        ink = np.maximum(ink, _soft(tone * 1.6 - 0.4 - layer * 0.25 - (lines + 1) / 2, 0.15))
    paper, pen = palette(random, 2)
    return paper + ink[..., None] * (pen - paper)


def stippling(random: Random, side: int) -> Array:
    """Dots on a jittered grid, their size or colour after a tone."""
    spacing = random.uniform(3.5, 12)
    points = np.stack(np.meshgrid(*[np.arange(0, side, spacing)] * 2), -1).reshape(-1, 2)
    points = (points + random.normal(0, spacing * 0.25, points.shape)) % side
    index, distance = _nearest(points, side)
    tone = _stretch(spectrum_noise(random, side, 2.0))
    colours = palette(random, 6)
    place = points.astype(int).clip(0, side - 1)
    values = tone[place[:, 0], place[:, 1]]
    chosen = (values * 6 + random.normal(0, 1, len(points))).clip(0, 5).astype(int)
    mask = _soft(spacing * (0.25 + 0.35 * values[index]) - distance, 1.0)[..., None]
    ground = palette(random, 1)[0]
    return ground + mask * (colours[chosen][index] - ground)


def mosaic(random: Random, side: int) -> Array:
    """Voronoi cells with grout, each tilted to the light."""
    points = random.uniform(0, side, (random.integers(20, 400), 2))
    if random.random() < 0.5:
        spacing = side / random.uniform(8, 24)
        points = np.stack(np.meshgrid(*[np.arange(0, side, spacing)] * 2), -1).reshape(-1, 2)
        points = points + random.normal(0, spacing * 0.12, points.shape)
    index, distance, second = _two_nearest(points, side)
    tone = _stretch(spectrum_noise(random, side, 2.0))
    place = points.astype(int).clip(0, side - 1)
    chosen = tone[place[:, 0], place[:, 1]] * 8 + random.normal(0, 0.8, len(points))
    colours = palette(random, 8)[chosen.clip(0, 7).astype(int)]
    colours = colours * random.uniform(0.75, 1.15, (len(points), 1)).astype(np.float32)
    grout = _soft(second - distance - random.uniform(0.5, 3), 1.0)[..., None]
    return colours[index] * grout + palette(random, 1)[0] * 0.5 * (1 - grout)


def weave(random: Random, side: int) -> Array:
    """Stripes, checks and cloth."""
    y, x = _turned(random, *_grid(side), random.uniform(0.5, 1))
    wobble = 0.02 * random.uniform(0, 3) * spectrum_noise(random, side, 2.0)
    frequency = random.uniform(6, 50)
    warp, weft = np.sin((x + wobble) * frequency * 3.1), np.sin((y + wobble) * frequency * 3.1)
    if random.random() < 0.35:
        return _coloured(random, (warp + 1) / 2, random.integers(2, 5))
    over = _soft(warp * weft * 2, 0.5)
    one, two = palette(random, 2)
    threads = one * (0.7 + 0.3 * warp[..., None]), two * (0.7 + 0.3 * weft[..., None])
    return over[..., None] * threads[0] + (1 - over[..., None]) * threads[1]


def gradient(random: Random, side: int) -> Array:
    """Soft light: a few large, defocused discs over a slope of colours."""
    y, x = _turned(random, *_grid(side), 1.0)
    canvas = _coloured(random, _stretch(y + 0.3 * x), random.integers(2, 4))
    for colour in palette(random, random.integers(1, 9)):
        rows, columns, dy, dx = _window(random, side, side * random.uniform(0.05, 0.4))
        mask = _round(dy, dx, random.uniform(0.03, 0.6))[..., None]
        opacity = random.uniform(0.3, 1)
        canvas[rows, columns] += mask * opacity * (colour - canvas[rows, columns])
    return canvas


def landscape(random: Random, side: int) -> Array:
    """Ridges one behind the other in haze under a sky, some with water in front."""
    y, _ = _grid(side)
    canvas = _coloured(random, _stretch(y + 0.05 * spectrum_noise(random, side)), 3)
    haze, *colours = palette(random, 7)
    for depth, colour in enumerate(colours):
        ridge = spectrum_noise(random, side, random.uniform(1.6, 3))[0] * random.uniform(0.05, 0.3)
        line = -0.5 + depth * random.uniform(0.1, 0.35) + ridge[None, :]
        texture = spectrum_noise(random, side, 1.0) * random.uniform(0.02, 0.16)
        lit = colour + texture[..., None]
        lit = lit + (haze - lit) * (0.7 - 0.1 * depth)
        mask = _soft(y - line, 0.012)[..., None]
        canvas = canvas + mask * (lit - canvas)
    if random.random() < 0.4:
        shore = int(side * random.uniform(0.55, 0.8))
        mirrored = canvas[shore - 1 :: -1][: side - shore]
        canvas[shore : shore + len(mirrored)] = mirrored * random.uniform(0.6, 0.95)
    return canvas


def solids(random: Random, side: int) -> Array:
    """Balls and blocks lit from one side on a textured ground with soft shadows."""
    canvas = _ground(random, side) * 0.9
    light = random.normal(size=3)
    light = light / np.linalg.norm(light)
    for colour in palette(random, random.integers(3, 14)):
        rows, columns, y, x = _window(random, side, side * random.uniform(0.06, 0.3))
        shadow = _round(1.1 * y - 0.1 * light[0], 1.1 * x - 0.1 * light[1], 0.5)[..., None]
        canvas[rows, columns] *= 1 - 0.5 * shadow
        height = np.sqrt((1 - y**2 - x**2).clip(0))
        if random.random() < 0.35:
            y, x = _turned(random, y, x, random.uniform(0.5, 1))
            mask, lambert = (
                _soft(0.7 - np.maximum(abs(y), abs(x)), 0.03),
                0.6 + 0.3 * np.sign(x - y),
            )
        else:
            mask = _round(y, x, 0.03)
            lambert = (y * light[0] + x * light[1] + height * abs(light[2])).clip(0)
        gloss = random.uniform(0, 0.8) * lambert ** random.uniform(8, 40)
        lit = colour * (0.25 + 0.85 * lambert[..., None]) + gloss[..., None]
        canvas[rows, columns] += mask[..., None] * (lit.clip(0, 1) - canvas[rows, columns])
    return canvas


KINDS: tuple[Callable[[Random, int], Array], ...] = (
    dead_leaves,
    dead_leaves,
    clouds,
    strokes,
    strokes,
    strokes,
    hatching,
    stippling,
    mosaic,
    weave,
    gradient,
    landscape,
    landscape,
    solids,
)


def palette(random: Random, count: int | np.integer[Any]) -> Array:
    """Colours that go together, from muted to vivid, (count, 3)."""
    hue = random.uniform(0, 1) + random.normal(0, random.uniform(0.02, 0.3), count)
    saturation = random.uniform(0.05, 0.95) * random.uniform(0.4, 1, count)
    value = random.uniform(0.003, 1, count) ** 0.5  # linear would leave most pictures dark
    sector = (hue[:, None] * 6 + np.array([5, 3, 1])) % 6
    amount = np.minimum(sector, 4 - sector).clip(0, 1)
    return (value[:, None] * (1 - saturation[:, None] * amount)).astype(np.float32)


def spectrum_noise(random: Random, side: int, slope: float | None = None) -> Array:
    """Noise with a 1/f^slope spectrum, stretched along some direction; mean 0, deviation 1."""
    slope = random.uniform(0.7, 2.2) if slope is None else slope
    y, x = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    turn, stretch = random.uniform(0, np.pi), random.uniform(1, 4) if random.random() < 0.5 else 1
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    frequency = np.hypot(along * stretch, across) + 1 / side
    shape = (side, side // 2 + 1)
    waves = (random.normal(size=shape) + 1j * random.normal(size=shape)) / frequency**slope
    waves[0, 0] = 0
    field = np.fft.irfft2(waves, s=(side, side))
    return (field / field.std()).astype(np.float32)


def _through_a_lens(random: Random, canvas: Array) -> Array:
    """Some blur, some grain, some contrast, as chance has it."""
    if random.random() < 0.5:
        canvas = _blurred(canvas, random.uniform(0.3, 1.6))
    if random.random() < 0.5:
        grain = random.normal(0, random.uniform(0.005, 0.06), canvas.shape)
        canvas = canvas + grain.astype(np.float32)
    if random.random() < 0.5:
        canvas = (canvas.clip(0, 1) ** random.uniform(0.6, 1.7)).astype(np.float32)
    return canvas


def _blurred(canvas: Array, sigma: float) -> Array:
    side = canvas.shape[0]
    y, x = np.fft.fftfreq(side)[:, None, None], np.fft.rfftfreq(side)[None, :, None]
    lens = np.exp(-2 * (np.pi * sigma) ** 2 * (y**2 + x**2))
    waves = np.fft.rfft2(canvas, axes=(0, 1)) * lens
    return np.fft.irfft2(waves, s=(side, side), axes=(0, 1)).astype(np.float32)


def _ground(random: Random, side: int) -> Array:
    return _coloured(random, _stretch(_texture(random, side)), random.integers(2, 5))


def _texture(random: Random, side: int) -> Array:
    if random.random() < 0.6:
        return _stretch(spectrum_noise(random, side))
    y, _ = _turned(random, *_grid(side), 1.0)
    waves = np.sin(y * random.uniform(10, 120) + spectrum_noise(random, side, 1.8))
    return ((waves + 1) / 2).astype(np.float32)


def _coloured(random: Random, field: NDArray[Any], count: int | np.integer[Any]) -> Array:
    """Through `count` colours, at least two, from 0 to 1."""
    colours = palette(random, count)
    place = field.clip(0, 1) * (len(colours) - 1)
    low = np.minimum(place.astype(int), len(colours) - 2)
    share = (place - low)[..., None]
    if random.random() < 0.3:
        share = _soft(share - 0.5, 0.08)
    return (colours[low] * (1 - share) + colours[low + 1] * share).astype(np.float32)


def _stretch(field: Array) -> Array:
    low, high = np.quantile(field, (0.01, 0.99))
    return ((field - low) / (high - low + 1e-6)).clip(0, 1).astype(np.float32)


def _warped(random: Random, field: Array) -> Array:
    side = field.shape[0]
    amount = random.uniform(0, 0.15) * side
    y, x = np.mgrid[0:side, 0:side]
    dy, dx = (spectrum_noise(random, side, 2.2) * amount for _ in range(2))
    return field[(y + dy).astype(int) % side, (x + dx).astype(int) % side]


def _grid(side: int) -> tuple[Array, Array]:
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    return y.astype(np.float32), x.astype(np.float32)


def _turned(random: Random, y: Array, x: Array, ratio: float) -> tuple[Array, Array]:
    turn = random.uniform(0, 2 * np.pi)
    return (y * np.cos(turn) - x * np.sin(turn)) / ratio, x * np.cos(turn) + y * np.sin(turn)


def _window(random: Random, side: int, radius: float) -> tuple[slice, slice, Array, Array]:
    """A random square that overlaps the picture, and coordinates of -1 … 1 within it."""
    centre = random.uniform(0, side, 2)
    spans = [slice(max(0, int(c - radius)), min(side, int(c + radius) + 2)) for c in centre]
    y, x = (
        ((np.arange(span.start, span.stop) - c) / radius).astype(np.float32)
        for span, c in zip(spans, centre, strict=True)
    )
    shape = (len(y), len(x))
    return spans[0], spans[1], np.broadcast_to(y[:, None], shape), np.broadcast_to(x, shape)


def _norm(random: Random, y: Array, x: Array) -> Array:
    kind = random.integers(3)
    if kind == 0:
        return np.hypot(y, x).astype(np.float32)
    if kind == 1:
        return (np.maximum(abs(y), abs(x)) * 1.2).astype(np.float32)
    return abs(y) + abs(x)


def _soft(field: NDArray[Any], width: float) -> Array:
    """0 below, 1 above nought, with a ramp of `width` around it."""
    return (field / width + 0.5).clip(0, 1).astype(np.float32)


def _round(y: NDArray[Any], x: NDArray[Any], width: float) -> Array:
    """A disc of radius 1 whose ramp of `width` lies inside it, so that no window cuts it off."""
    return _soft(1 - np.hypot(y, x) - width / 2, width)


def _nearest(points: NDArray[np.float64], side: int) -> tuple[NDArray[np.int64], Array]:
    index, distance, _ = _two_nearest(points, side)
    return index, distance


def _two_nearest(points: NDArray[np.float64], side: int) -> tuple[NDArray[np.int64], Array, Array]:
    """For each pixel the nearest point, its distance, and the second's.

    Only points of neighbouring cells of a coarse grid are looked at, which is exact where points
    lie evenly and near enough for a texture elsewhere.
    """
    cells = max(2, int(np.sqrt(len(points) / 3)))
    size = side / cells
    cell = (points / size).astype(int).clip(0, cells - 1)
    index = np.zeros((side, side), np.int64)
    first, second = np.full((2, side, side), 1e9, np.float32)
    edges = np.linspace(0, side, cells + 1).astype(int)
    for row in range(cells):
        for column in range(cells):
            near = np.flatnonzero((abs(cell - (row, column)) <= 2).all(1))
            if len(near) < 2:
                near = np.arange(len(points))
            block = slice(edges[row], edges[row + 1]), slice(edges[column], edges[column + 1])
            y, x = np.mgrid[block]
            offsets = y[..., None] - points[near, 0], x[..., None] - points[near, 1]
            distance = np.hypot(*offsets).astype(np.float32)
            order = np.argpartition(distance, 1, axis=2)[..., :2]
            two = np.sort(np.take_along_axis(distance, order, 2), axis=2)
            index[block] = near[distance.argmin(2)]
            first[block], second[block] = two[..., 0], two[..., 1]
    return index, first, second
