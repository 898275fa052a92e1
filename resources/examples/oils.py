"""Paintings made of strokes: thick oil, points of pure colour, chalk on toned paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from resources.examples.media import (
    Array,
    Brush,
    Canvas,
    Random,
    at,
    blurred,
    fractal,
    grid,
    mix,
    ramp,
    rgb,
    scattered,
    soft,
    stroke,
    varied,
)


def impasto(random: Random, side: int) -> Array:
    """A low sun over rows of wheat, in thick oil: every stroke casts its own small shadow."""
    scene, turn = _wheat_field(random, side)
    canvas = Canvas(np.tile(rgb("6b4a2b"), (side, side, 1)))
    for share, body in ((0.055, 0.8), (0.034, 1.2), (0.022, 1.7), (0.014, 2.0)):
        brush = Brush(share * side, share * side * 0.24, 9, 1.55, 0.16, body)
        _covered(canvas, random, scene, turn, brush, vary=0.09, detail=share < 0.03)
    _dabs_of_light(canvas, random, scene, turn)
    weave = fractal(random, side, 0.3) * 0.12
    canvas.height += weave.astype(np.float32)
    return canvas.lit(strength=0.42, gloss=0.16)


def pointillism(random: Random, side: int) -> Array:
    """A river bank in the afternoon, in points of pure colour that mix in the eye."""
    scene = _river_bank(random, side)
    ground = fractal(random, side, 0.6)[..., None] * 0.02 + rgb("e9dfc6")
    canvas = Canvas(ground.astype(np.float32))
    for radius, spacing, vary in (
        (0.0068, 0.009, 0.05),
        (0.0052, 0.0068, 0.1),
        (0.004, 0.006, 0.2),
    ):
        blurry = blurred(scene, radius * side)
        for y, x in scattered(random, side, spacing * side):
            colour = _divided(random, at(blurry, y, x), vary)
            size = radius * side * random.uniform(0.75, 1.15)
            brush = Brush(size, size * random.uniform(0.7, 1), 4, 2.2, 0.06, 1.2)
            stroke(canvas, random, brush, (y, x), random.uniform(0, np.pi), colour)
    return canvas.lit(strength=0.22, gloss=0.04)


def pastel(random: Random, side: int) -> Array:
    """Hills and trees at sunset, in chalk that breaks on the tooth of a toned paper."""
    scene, turn = _sunset_hills(random, side)
    tooth = fractal(random, side, 0.35) * 0.6 + fractal(random, side, 0.9) * 0.4
    tooth = ((tooth + 2) / 4).clip(0, 1).astype(np.float32)
    paper = mix(np.tile(rgb("6d5560"), (side, side, 1)), rgb("8a6f70"), tooth)
    canvas = Canvas(paper)
    for share, load, vary in ((0.075, 1.3, 0.06), (0.05, 1.0, 0.1), (0.03, 0.95, 0.12)):
        brush = Brush(share * side, share * side * 0.17, 14, load, 0.1, 0.4)
        _covered(canvas, random, scene, turn, brush, vary, detail=share < 0.04, tooth=tooth)
    _chalk_lights(canvas, random, scene, turn, tooth)
    return canvas.lit(strength=0.08)


def _covered(
    canvas: Canvas,
    random: Random,
    scene: Array,
    turn: Array,
    brush: Brush,
    vary: float,
    *,
    detail: bool,
    tooth: Array | None = None,
) -> None:
    """A layer of strokes in the scene's colours; where `detail`, only where it has any."""
    blurry = blurred(scene, brush.width * 0.8)
    lost = abs(scene - blurred(scene, brush.width * 3)).sum(2)
    for y, x in scattered(random, canvas.side, brush.width * 1.75):
        if detail and at(lost, y, x) < 0.05 and random.random() < 0.62:
            continue
        bent = replace(
            brush,
            length=brush.length * random.uniform(0.6, 1.2),
            width=brush.width * random.uniform(0.75, 1.2),
            bend=brush.width * random.normal(0, 0.5),
        )
        angle = float(at(turn, y, x)) + random.normal(0, 0.12)
        colour = varied(random, at(blurry, y, x), vary)
        stroke(canvas, random, bent, (y, x), angle, colour, tooth)


def _dabs_of_light(canvas: Canvas, random: Random, scene: Array, turn: Array) -> None:
    """Short, loaded touches in the lightest and the purest colours, put on last."""
    for y, x in scattered(random, canvas.side, 0.022 * canvas.side):
        colour = at(scene, y, x)
        if colour.mean() < 0.45 or random.random() < 0.45:
            continue
        lighter = varied(random, (colour * 1.25).clip(0, 1), 0.08)
        size = canvas.side * random.uniform(0.006, 0.012)
        brush = Brush(size, size * 0.38, 6, 1.9, 0.14, 2.6)
        angle = float(at(turn, y, x)) + random.normal(0, 0.2)
        stroke(canvas, random, brush, (y, x), angle, lighter)


def _chalk_lights(canvas: Canvas, random: Random, scene: Array, turn: Array, tooth: Array) -> None:
    for y, x in scattered(random, canvas.side, 0.03 * canvas.side):
        colour = at(scene, y, x)
        if random.random() < 0.55:
            continue
        accent = varied(random, (colour * 1.2 + 0.08).clip(0, 1), 0.16)
        brush = Brush(canvas.side * random.uniform(0.015, 0.04), canvas.side * 0.0035, 7, 0.95)
        angle = float(at(turn, y, x)) + random.normal(0, 0.25)
        stroke(canvas, random, brush, (y, x), angle, accent, tooth)


def _divided(random: Random, colour: Array, vary: float) -> Array:
    """One of the pure colours that mix to `colour`: its neighbours, sometimes its opposite."""
    chance = random.random()
    fuller = colour.mean() + (colour - colour.mean()) * 1.5
    if chance < 0.07:
        opposite = colour.mean() * 2 - fuller
        return varied(random, opposite.clip(0.05, 1), vary)
    turned = fuller + np.array([1, 0.2, -1.2]) * random.choice([-1, 1]) * vary * 1.2
    return varied(random, turned.clip(0, 1), vary)


def _wheat_field(random: Random, side: int) -> tuple[Array, Array]:
    """Colours, and the direction of the strokes."""
    y, x = grid(side)
    wind = fractal(random, side, 2.2)
    sun_y, sun_x = 0.24, 0.68
    far = np.hypot(y - sun_y, (x - sun_x) * 1.0)
    rings = far + 0.012 * wind + 0.01 * np.sin(np.arctan2(y - sun_y, x - sun_x) * 5)
    sky = ramp(
        rings, (0.045, "fff3c0"), (0.075, "ffd75e"), (0.13, "f2b441"), (0.2, "9fc2b4"),
        (0.3, "5c9cc0"), (0.45, "2f6cae"), (0.62, "234b95"), (0.9, "1b2f6b"),
    )  # fmt: skip
    bands = soft(np.sin(rings * 58 + wind * 1.3), 1.2) * soft(far - 0.09, 0.05)
    sky = mix(sky, rgb("cfe0d0"), bands * (0.5 - far * 0.35).clip(0, 1))
    ridge = 0.47 + 0.03 * np.sin(x * 7 + 1) + 0.014 * np.sin(x * 19) + 0.006 * wind
    nearer = 0.53 + 0.02 * np.sin(x * 5 + 4) + 0.008 * wind
    hills = ramp((y - ridge) * 8, (0, "4d63a0"), (0.5, "3b5a7e"))
    woods = mix(
        ramp(fractal(random, side, 1.2), (-1, "1f3d3a"), (1.2, "4a7440")), rgb("c9b04a"), 0.12
    )
    depth = (y - 0.55).clip(0.02, 1)
    row = (x - 0.42) / depth
    furrow = soft(np.sin(row * 9 + wind * 0.5), 1.4)
    wheat = ramp(
        furrow + 0.25 * wind, (-0.2, "9a5a22"), (0.3, "c98a2b"), (0.8, "eec04a"), (1.3, "f8e08a")
    )
    wheat = mix(wheat, rgb("5f7c3a"), soft(np.sin(row * 4.5 + 2), 0.5) * 0.4)
    scene = mix(sky, hills, soft(y - ridge, 0.006))
    scene = mix(scene, woods, soft(y - nearer, 0.006))
    scene = mix(scene, wheat, soft(y - nearer - 0.03 - 0.004 * wind, 0.01))
    trunk = _tree(y, x, 0.17, wind)
    leaves = ramp(
        fractal(random, side, 1.0, stretch=3, turn=np.pi / 2),
        (-1.2, "12281f"),
        (0, "24503a"),
        (1.3, "6d9147"),
    )
    scene = mix(scene, leaves, trunk)
    turn = np.arctan2(x - sun_x, -(y - sun_y)) + 0.28 * wind
    slopes = np.arctan2(depth, (x - 0.42)) + 0.12 * wind
    turn = np.where(y > nearer + 0.03, slopes, np.where(y > ridge, 0.15 * wind, turn))
    turn = np.where(trunk > 0.5, np.pi / 2 + 0.5 * wind, turn)
    return scene, turn.astype(np.float32)


def _tree(y: Array, x: Array, middle: float, wind: Array) -> Array:
    """The shape of a tall cypress."""
    rise = ((0.86 - y) / 0.76).clip(0, 1)
    width = 0.075 * np.sqrt(rise * (1 - rise).clip(0, 1)) * (1.35 - rise) * 1.6
    sway = middle + 0.016 * np.sin(y * 13) + 0.007 * wind
    return soft(width - abs(x - sway) + 0.004 * np.sin(y * 60 + x * 90), 0.008)


def _river_bank(random: Random, side: int) -> Array:
    y, x = grid(side)
    noise, finer = fractal(random, side, 2.0), fractal(random, side, 1.2)
    sky = ramp(y + 0.03 * noise, (0, "8fb9dd"), (0.25, "cfe0e2"), (0.38, "f6e7c4"))
    hills = ramp(x + 0.1 * noise, (0, "7d95b9"), (1, "a3a9c4"))
    water = ramp(
        y + 0.012 * finer, (0.4, "e8dcc0"), (0.5, "9cbfd6"), (0.7, "5f96c0"), (0.85, "3f74a5")
    )
    glitter = soft(np.sin((y * 120 + finer * 1.4) / (0.6 + y)) - 0.4, 0.6)
    water = mix(water, rgb("f7eed2"), glitter * 0.4 * soft(0.34 - abs(x - 0.55), 0.3))
    shore = 0.62 - 0.42 * x + 0.02 * noise + 0.5 * (x - 0.6).clip(0, 1)
    grass = ramp(finer * 0.5 + y, (0.2, "c2c24e"), (0.7, "7fa23f"), (1.1, "45722f"))
    shade = soft(0.16 - np.hypot((y - 0.87) * 1.6, x - 0.2) + 0.02 * noise, 0.05)
    grass = mix(grass, rgb("2f4a6b"), shade * 0.75)
    scene = mix(sky, hills, soft(y - 0.36 - 0.015 * noise - 0.02 * np.sin(x * 6), 0.012))
    scene = mix(scene, water, soft(y - 0.405, 0.008))
    bank = soft(y - shore - 0.28, 0.02)
    scene = mix(scene, grass, bank)
    for top, left, size in ((0.2, 0.1, 0.21), (0.24, 0.28, 0.15), (0.3, 0.9, 0.1)):
        scene = _crown(scene, random, (top, left, size), (y, x))
    for left in (0.47, 0.56, 0.71):
        scene = _sail(scene, (y, x), left, 0.47 + 0.06 * left)
    for left, top, hue in ((0.37, 0.8, "31406e"), (0.44, 0.82, "a83a34"), (0.62, 0.88, "473a5c")):
        scene = _stroller(scene, (y, x), left, top, hue)
    return scene


def _crown(
    scene: Array, random: Random, place: tuple[float, float, float], at_: tuple[Array, Array]
) -> Array:
    """A tree with a trunk; its crown lit from the right."""
    (top, left, size), (y, x) = place, at_
    edge = fractal(random, len(scene), 1.6)
    trunk = soft(0.012 - abs(x - left - 0.01 * np.sin(y * 20)), 0.006) * soft(y - top, 0.02)
    scene = mix(scene, rgb("4d3550"), trunk * soft(top + size * 2.6 - y, 0.02))
    inside = soft(size - np.hypot(y - top, (x - left) * 0.9) + 0.035 * edge, 0.02)
    light = (x - left) / size - (y - top) / size + 0.8 * edge
    leaves = ramp(light, (-1.6, "23406a"), (-0.4, "2f6b45"), (0.6, "74a03c"), (1.8, "e2cf57"))
    return mix(scene, leaves, inside)


def _sail(scene: Array, at_: tuple[Array, Array], left: float, foot: float) -> Array:
    y, x = at_
    height = (foot - y) / 0.15
    inside = soft(0.055 * (1 - height) - abs(x - left - 0.015 * height), 0.006)
    scene = mix(scene, rgb("f4c9a4"), inside * soft(height, 0.05) * soft(1 - height, 0.05))
    return mix(
        scene,
        rgb("5b3f4a"),
        soft(0.045 - abs(x - left), 0.01) * soft(0.008 - abs(y - foot - 0.008), 0.005),
    )


def _stroller(scene: Array, at_: tuple[Array, Array], left: float, top: float, hue: str) -> Array:
    """A figure with a parasol, seen from far."""
    y, x = at_
    body = soft(0.012 + 0.16 * (y - top) - abs(x - left), 0.005)
    body = body * soft(y - top, 0.01) * soft(top + 0.1 - y, 0.01)
    scene = mix(scene, rgb(hue), body)
    scene = mix(scene, rgb("c98d68"), soft(0.011 - np.hypot(y - top + 0.004, x - left), 0.004))
    dome = soft(0.036 - np.hypot((y - top + 0.012) * 1.3, x - left - 0.012), 0.006)
    return mix(scene, rgb("f0c9a0"), dome * soft(top - 0.012 - y, 0.006))


def _sunset_hills(random: Random, side: int) -> tuple[Array, Array]:
    y, x = grid(side)
    noise = fractal(random, side, 2.1)
    sky = ramp(
        y + 0.035 * noise, (0, "4f5f9a"), (0.14, "8d7fb0"), (0.27, "e39a8f"), (0.38, "ffc070"),
        (0.46, "ffe3a0"),
    )  # fmt: skip
    streaks = soft(fractal(random, side, 2.0, stretch=4) - 0.35, 0.9) * soft(0.36 - y, 0.25)
    sky = mix(sky, rgb("f7b6a0"), streaks * 0.75)
    scene = mix(sky, rgb("fff6d2"), soft(0.06 - np.hypot(y - 0.4, x - 0.36), 0.012))
    turn = 0.06 * noise
    colours = ("a884a8", "8a6a95", "a86b5c", "7a7a3c", "4f6a3a")
    for depth, hue in enumerate(colours):
        wave = 0.035 * np.sin(x * (5 + 1.3 * depth) + depth * 2.1) + 0.012 * noise
        line = 0.47 + depth * 0.1 + wave
        lit = rgb(hue) * (0.85 + 0.5 * (0.5 - abs(x - 0.36))[..., None])
        rows = soft(np.sin(x * 30 + (y - line) * 70 * (1 if depth % 2 else -1)), 1) * 0.16
        lit = mix(
            lit.astype(np.float32), rgb("f0b468"), rows + 0.25 * soft(0.012 - (y - line), 0.012)
        )
        inside = soft(y - line, 0.006)
        scene = mix(scene, lit, inside)
        slope = np.arctan(np.gradient(line, 1 / side, axis=1))
        turn = np.where(inside > 0.5, slope + (0.5 if depth % 2 else -0.4), turn)
    for left, foot, size in ((0.78, 0.68, 0.13), (0.9, 0.72, 0.11), (0.15, 0.8, 0.12)):
        crown = soft(size - np.hypot((y - foot + size) * 0.8, x - left) + 0.02 * noise, 0.012)
        leaves = ramp((left - x) / size + noise * 0.4, (-1, "2c3146"), (0, "4a5a3a"), (1, "c98a4a"))
        stem = (
            soft(0.009 - abs(x - left), 0.006)
            * soft(y - foot + size, 0.02)
            * soft(foot + 0.06 - y, 0.01)
        )
        scene = mix(mix(scene, rgb("38283a"), stem), leaves, crown)
        turn = np.where(crown > 0.5, 1.1 + 0.4 * noise, turn)
    return scene, turn.astype(np.float32)


PAINTINGS: dict[str, Callable[[Random, int], Array]] = {
    "impasto": impasto,
    "pointillism": pointillism,
    "pastel": pastel,
}
