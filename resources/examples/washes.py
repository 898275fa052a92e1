"""Pictures made of water and pigment: watercolour on rough paper, ink on absorbent paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resources.examples.media import Array, Canvas, Random, blurred, fractal, grid, mix, rgb, soft


def watercolour(random: Random, side: int) -> Array:
    """Poppies before hills: transparent washes, hard edges, blooms, and the paper's grain."""
    y, x = grid(side)
    tooth = _rough_paper(random, side)
    sheet = np.ones((side, side, 3), np.float32) * rgb("faf6ec")
    noise = fractal(random, side, 1.9)
    sky = soft(0.5 - y + 0.05 * noise, 0.25) * (
        1 - 0.85 * soft(fractal(random, side, 2.2) - 0.35, 0.5)
    )
    sheet = _wash(sheet, random, sky, "6fa3cf", tooth, wet=0.02, weight=0.75)
    sheet = _wash(
        sheet, random, soft(0.2 - abs(y - 0.42) + 0.04 * noise, 0.2), "f3c987", tooth, 0.02, 0.6
    )
    for depth, hue in enumerate(("9fb3cf", "7f9dae", "87a878", "6d9455", "557f45")):
        line = 0.4 + 0.075 * depth + 0.03 * np.sin(x * (6 + depth) + 2.3 * depth) + 0.012 * noise
        hill = soft(y - line, 0.004) * (1 - 0.75 * soft(y - line - 0.1 - 0.03 * noise, 0.2))
        sheet = _wash(sheet, random, hill, hue, tooth, wet=0.0035, weight=0.8)
    meadow = soft(y - 0.7 - 0.02 * noise, 0.06) * (0.75 + 0.25 * soft(noise, 1))
    sheet = _wash(sheet, random, meadow, "8fae4a", tooth, wet=0.006, weight=0.75)
    shade = soft(fractal(random, side, 1.3, stretch=4, turn=np.pi / 2) - 0.3, 0.4) * soft(
        y - 0.76, 0.1
    )
    sheet = _wash(sheet, random, shade, "2f6b4a", tooth, wet=0.003, weight=0.6)
    for _ in range(70):
        sheet = _blade(sheet, random, tooth)
    for index in range(26):
        sheet = _poppy(sheet, random, tooth, index / 25)
    sheet = _splashes(sheet, random, tooth)
    return (sheet * (1 + 0.025 * tooth)[..., None]).clip(0, 1).astype(np.float32)


def ink_wash(random: Random, side: int) -> Array:
    """Peaks in mist, a boat, and bamboo in front: ink from thin to black, on absorbent paper."""
    y, x = grid(side)
    fibre = fractal(random, side, 0.7, stretch=7, turn=0.4) + fractal(
        random, side, 0.7, stretch=7, turn=2.1
    )
    paper = rgb("efe6d2") + 0.012 * fibre[..., None] - 0.012 * fractal(random, side, 2.2)[..., None]
    ink = np.zeros((side, side), np.float32)
    for depth in range(5):
        ink = np.maximum(ink * 0.999, 0) + _peaks(random, side, depth)
    ink = ink * soft(0.74 - y, 0.12)
    mist = soft(0.09 - abs(y - 0.66 + 0.03 * fractal(random, side, 2.2, stretch=4)), 0.14)
    ink = ink * (1 - 0.9 * mist)
    ripples = soft(
        np.sin(y * 210 / (0.4 + y) + 1.5 * fractal(random, side, 1.8, stretch=6)) - 0.86, 0.2
    )
    ink += 0.22 * ripples * soft(y - 0.74, 0.08) * soft(0.3 - abs(x - 0.55), 0.3)
    canvas = Canvas(np.repeat(1 - ink.clip(0, 1)[..., None], 3, 2).astype(np.float32))
    _boat(canvas, random)
    _bamboo(canvas, random)
    ink = 1 - blurred(canvas.colour[..., 0], 0.0006 * side)
    bled = ink + 0.16 * blurred(ink, 0.004 * side) * (1 + 0.6 * fibre)
    strength = (bled * (1 + 0.05 * fibre)).clip(0, 1) ** 0.95
    painted = mix(paper.astype(np.float32), rgb("17181c"), strength * 0.96)
    return _seal(painted, random).clip(0, 1)


def _rough_paper(random: Random, side: int) -> Array:
    bumps = blurred(fractal(random, side, 0.0), 0.0018 * side)
    bumps = bumps / bumps.std() * 0.8 + 0.4 * fractal(random, side, 1.0)
    return (bumps - blurred(bumps, 0.02 * side)).astype(np.float32)


def _wash(
    sheet: Array, random: Random, shape: Array, hue: str, tooth: Array, wet: float, weight: float
) -> Array:
    """Lay a transparent wash where `shape` is 1.

    Pigment gathers at its drying edge and in the paper's hollows, and is pushed back in blooms.

    Args:
        sheet: (side, side, 3), what shines through.
        random: of the granulation and the blooms.
        shape: 0 … 1.
        hue: of the pigment on white paper.
        tooth: the paper's height.
        wet: how far it bleeds, share of the side.
        weight: of the pigment, 1 for the colour itself.
    """
    side = len(sheet)
    wobbly = soft(shape - 0.5 + 0.09 * fractal(random, side, 1.5), 0.25 if wet < 0.01 else 0.8)
    body = blurred(wobbly, max(0.6, wet * side))
    rim = (body - blurred(body, 0.006 * side)).clip(0, 1)
    flow = fractal(random, side, 2.0)
    bloom = (soft(flow - 0.9, 0.08) * (1 - soft(flow - 0.98, 0.6))).astype(np.float32)
    density = (
        body * (0.72 + 0.2 * flow.clip(-1.5, 1.5) - 0.035 * tooth) + 1.1 * rim + 0.14 * bloom * body
    )
    absorbed = -np.log(rgb(hue).clip(0.03, 0.99)) * weight
    return (sheet * np.exp(-absorbed * density.clip(0, 2)[..., None])).astype(np.float32)


def _patch(
    sheet: Array, random: Random, middle: tuple[float, float], radius: float
) -> tuple[tuple[slice, slice], Array, Array] | None:
    """A window of the sheet and its coordinates in radii."""
    side = len(sheet)
    found = Canvas(sheet).window(middle[0] * side, middle[1] * side, radius * side)
    if found is None:
        return None
    window, dy, dx = found
    jitter = random.uniform(0.9, 1.1)
    return window, dy / (radius * side) * jitter, dx / (radius * side)


def _stain(
    sheet: Array, window: tuple[slice, slice], shape: NDArray[Any], hue: str, tooth: Array
) -> None:
    """A small wash in a window: pigment darker at its rim, granulated."""
    inner = shape.clip(0, 1)
    rim = 4 * inner * (1 - inner)
    density = inner * (0.62 - 0.06 * tooth[window]) + 0.3 * rim
    absorbed = -np.log(rgb(hue).clip(0.03, 0.99))
    sheet[window] *= np.exp(-absorbed * density.clip(0, 2)[..., None])


def _blade(sheet: Array, random: Random, tooth: Array) -> Array:
    foot, left, tall = random.uniform(0.88, 1.05), random.uniform(0, 1), random.uniform(0.08, 0.26)
    patch = _patch(sheet, random, (foot - tall / 2, left), tall * 0.6)
    if patch is None:
        return sheet
    window, v, u = patch
    lean = random.normal(0, 0.3)
    width = 0.028 * (0.9 + v).clip(0.05, 1.6)
    shape = soft(width - abs(u - lean * (v - 0.8) ** 2 * 0.4), 0.03) * soft(0.85 - abs(v), 0.1)
    _stain(sheet, window, shape, str(random.choice(["4f7f3f", "7fa04a", "3f6f4f"])), tooth)
    return sheet


def _poppy(sheet: Array, random: Random, tooth: Array, near: float) -> Array:
    """A poppy of four or five petals, one wash over another; larger the nearer it stands."""
    size = (0.018 + 0.075 * near**1.5) * random.uniform(0.8, 1.15)
    across = (0.08 + 0.381966 * 25 * near) % 0.94 + random.normal(0, 0.02)
    middle = 0.64 + 0.27 * near + random.normal(0, 0.03), across + 0.03
    hue = str(random.choice(["f0583c", "f58a5c", "ee5a6a", "f7a468"]))
    _reserved(sheet, random, middle, size)
    for petal in range(random.integers(4, 6)):
        angle = petal * 1.4 + random.normal(0, 0.25)
        spot = (
            middle[0] + 0.45 * size * np.sin(angle) * 0.7,
            middle[1] + 0.45 * size * np.cos(angle),
        )
        patch = _patch(sheet, random, spot, size)
        if patch is None:
            continue
        window, v, u = patch
        edge = 0.06 * np.sin(np.arctan2(v, u) * random.integers(5, 10) + random.uniform(0, 6))
        far = np.hypot(v * 1.15, u) + edge
        fade = 0.55 + 0.45 * soft(far - 0.25 + 0.5 * random.normal() * u, 0.8)
        _stain(sheet, window, soft(0.68 - far, 0.05) * fade * 0.8, hue, tooth)
    patch = _patch(sheet, random, middle, size * 0.5)
    if patch is not None:
        window, v, u = patch
        spots = soft(0.36 - np.hypot(v * 1.2, u) + 0.12 * np.sin(np.arctan2(v, u) * 11), 0.25)
        _stain(sheet, window, spots, "3a2f45", tooth)
    return sheet


def _reserved(sheet: Array, random: Random, middle: tuple[float, float], size: float) -> None:
    """Paper kept white, as with masking fluid, for what is painted later and must stay pure."""
    patch = _patch(sheet, random, middle, size * 1.15)
    if patch is not None:
        window, v, u = patch
        ragged = 0.05 * np.sin(np.arctan2(v, u) * 7 + random.uniform(0, 6))
        shape = soft(0.8 - np.hypot(v * 1.3, u) + ragged, 0.06)
        sheet[window] = mix(sheet[window], rgb("fbf4ea"), shape * 0.93)


def _splashes(sheet: Array, random: Random, tooth: Array) -> Array:
    for _ in range(60):
        place = random.uniform(0.55, 1), random.uniform(0, 1)
        patch = _patch(sheet, random, place, float(random.exponential(0.0022)) + 0.0012)
        if patch is not None:
            window, v, u = patch
            hue = str(random.choice(["e0654a", "6f9a5a", "7fa3c4"]))
            _stain(sheet, window, soft(0.7 - np.hypot(v, u), 0.3) * 0.8, hue, tooth)
    return sheet


def _peaks(random: Random, side: int, depth: int) -> Array:
    """A range of steep peaks: dark along the ridge, dry strokes down the flanks, mist below."""
    y, _ = grid(side)
    row = np.arange(side) / side
    line = 0.72 - 0.05 * depth * (1 if depth < 4 else 0.4) + 0.03 * fractal(random, side, 1.2)[0]
    for _ in range(random.integers(2, 5) if depth < 4 else 2):
        at, tall = random.uniform(0.05, 0.95), random.uniform(0.16, 0.5) * (1 - 0.1 * depth)
        if depth == 4:
            at, tall = random.choice([random.uniform(-0.05, 0.12), random.uniform(0.85, 1.0)]), 0.3
        rise = (1 - abs(row - at) / random.uniform(0.07, 0.17)).clip(0, 1)
        line = np.minimum(line, 0.74 - tall * rise**0.75 + 0.02 * np.sin(row * 60 + depth))
    rough = 0.007 * fractal(random, side, 1.3, stretch=2, turn=np.pi / 2)
    below = y - line[None] + rough
    inside = soft(below, 0.004)
    wet = np.exp(-below.clip(0, 1) / (0.07 + 0.03 * depth))
    dry = soft(fractal(random, side, 1.05, stretch=5, turn=np.pi / 2 + 0.3) - 0.25, 0.9)
    ridge = np.exp(-((below - 0.004) ** 2) / 0.00006)
    weight = (0.1 + 0.12 * depth) * (0.55 + 0.45 * fractal(random, side, 2.0).clip(-1, 1) * 0.5)
    tone: Array = inside * weight * (0.85 * wet + 0.75 * wet**0.5 * dry + 0.35 * ridge)
    return tone.clip(0, 1).astype(np.float32)


def _leaf(
    canvas: Canvas, random: Random, place: tuple[float, float], turn: float, size: float
) -> None:
    """One pressed and lifted stroke: a point, a belly, a long tip."""
    side = canvas.side
    found = canvas.window(place[0] * side, place[1] * side, size * side * 1.1)
    if found is None:
        return
    window, dy, dx = found
    along = (dx * np.cos(turn) + dy * np.sin(turn)) / (size * side)
    across = (dy * np.cos(turn) - dx * np.sin(turn)) / (size * side) - 0.12 * along**2
    belly = 0.085 * (along.clip(0, 1) ** 0.55) * (1 - along.clip(0, 1)) ** 0.8 * 2.1
    streak = np.sin(across * random.uniform(120, 200) + random.uniform(0, 6))
    dry = soft(1.25 - along - 0.3 * streak * along.clip(0, 1), 0.35)
    tone = random.uniform(0.55, 0.97)
    pressed = soft(belly - abs(across), 0.012) * dry * (belly > 0)
    canvas.cover(window, rgb("ffffff") * np.float32(1 - tone), pressed)


def _bamboo(canvas: Canvas, random: Random) -> None:
    for left, lean, wide in ((0.13, 0.05, 0.016), (0.2, -0.02, 0.011)):
        top = 1.02
        while top > -0.1:
            _joint(canvas, random, top, left + lean * (1 - top), wide)
            top -= 0.17
    for _ in range(15):
        y, x = random.uniform(0.08, 0.72), random.uniform(0.08, 0.34)
        for _ in range(random.integers(3, 6)):
            _leaf(canvas, random, (y, x), random.normal(0.75, 0.5), random.uniform(0.07, 0.15))


def _joint(canvas: Canvas, random: Random, foot: float, left: float, wide: float) -> None:
    """A segment of the stem: one flat-brush stroke, darker at its ends and its left."""
    side = canvas.side
    found = canvas.window((foot - 0.08) * side, left * side, 0.1 * side)
    if found is None:
        return
    window, dy, dx = found
    v, u = dy / (0.08 * side), dx / (wide * side)
    streak = np.sin(u * 9 + random.uniform(0, 6)) * 0.12 + np.sin(u * 23 + 2 * v) * 0.06
    tone = 0.42 + 0.22 * v**4 - 0.16 * u + streak
    shape = soft(1 - abs(u) + 0.1 * v**4, 0.2) * soft(0.96 - abs(v), 0.05)
    canvas.colour[window] *= 1 - (shape * tone.clip(0.1, 0.9))[..., None]


def _boat(canvas: Canvas, random: Random) -> None:
    side = canvas.side
    found = canvas.window(0.82 * side, 0.6 * side, 0.09 * side)
    if found is None:
        return
    window, dy, dx = found
    v, u = dy / (0.09 * side), dx / (0.09 * side)
    keel = 0.12 - 0.16 * u**2
    hull = soft(keel - v, 0.03) * soft(v + 0.03 + 0.1 * u**2, 0.03) * soft(0.85 - abs(u), 0.03)
    roof = soft(0.2 - np.hypot(u * 0.7 + 0.05, (v + 0.02) * 1.3), 0.03) * soft(-v - 0.02, 0.03)
    man = (
        soft(0.02 + 0.03 * (v + 0.42) - abs(u - 0.45), 0.02) * soft(v + 0.42, 0.03) * soft(-v, 0.03)
    )
    hat = soft(0.07 + (v + 0.42) * 1.2 - abs(u - 0.45), 0.03) * soft(-0.37 - v, 0.02)
    pole = soft(0.008 - abs(u - 0.55 - 0.35 * v), 0.012) * soft(0.62 - abs(v), 0.02)
    dark = np.maximum.reduce(
        [hull * 0.85, roof * 0.6, man * 0.9, hat.clip(0, 1) * 0.85, pole * 0.7]
    )
    canvas.colour[window] *= 1 - (dark * (0.9 + 0.1 * random.random()))[..., None]


def _seal(painted: Array, random: Random) -> Array:
    """A red seal with four strokes of white, pressed unevenly."""
    y, x = grid(len(painted))
    v, u = (y - 0.9) / 0.028, (x - 0.9) / 0.028
    square = soft(1 - np.maximum(abs(u), abs(v)) + 0.03 * fractal(random, len(painted), 0.8), 0.06)
    lines = [
        abs(u) - 0.06,
        abs(v + 0.35) - 0.06,
        np.hypot(u + 0.4, v - 0.35) - 0.2,
        abs(u - v - 0.1) - 0.05,
    ]
    carved = np.maximum.reduce([soft(-line, 0.06) for line in lines]) * soft(
        0.78 - np.maximum(abs(u), abs(v)), 0.06
    )
    pressed = 0.85 + 0.12 * fractal(random, len(painted), 0.9).clip(-2, 1)
    return mix(painted, rgb("b8281f"), square * (1 - carved) * pressed)


PAINTINGS: dict[str, Callable[[Random, int], Array]] = {
    "watercolour": watercolour,
    "ink_wash": ink_wash,
}
