"""What the town is made of: plaster and windows, tiles, stone, boats, water, wet setts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from resources.examples.maths import Array, chance, mix, ramp, sample, tile, unit
from resources.examples.solids import Spot, Surface

SOFT = tile(1, 1.7)
FINE = tile(2, 0.9)
SLOPES = [np.roll(SOFT, 1, axis) - SOFT for axis in (0, 1)]


def matte(
    spot: Spot,
    albedo: Array,
    emission: Array | None = None,
    mirror: Array | float = 0.0,
    roughness: float = 0.3,
    normal: Array | None = None,
) -> Surface:
    """A surface of one gloss; with no gloss unless `mirror` is given."""
    ones = np.ones_like(spot.seed)
    glow = np.zeros_like(albedo) if emission is None else emission
    return Surface(
        albedo.clip(0, 0.95),
        glow,
        ones * mirror,
        ones * roughness,
        spot.normal if normal is None else normal,
    )


def wall(spot: Spot) -> Surface:
    """A plastered front with rows of windows, some lit, a door, a plinth and a cornice."""
    wide, eaves = spot.size[0], spot.size[1]
    front = np.abs(spot.facing[2]) > np.abs(spot.facing[0])
    u, y = np.where(front, spot.local[0], spot.local[2]), spot.local[1]
    span = np.where(front, wide, spot.size[2])
    columns, storeys = np.round(span / 1.75), np.round(eaves / 2.9)
    across, up = (u / span + 0.5) * columns, y / eaves * storeys
    column, storey = np.floor(across), np.floor(up)
    x, v = np.abs(across - column - 0.5), up - storey
    x, v = x * span / columns, (v - 0.53) * eaves / storeys
    ground = storey == 0
    half = np.where(ground, 0.56, 0.46)
    door = ground & (chance(column, spot.seed + 3) < 0.3)
    v = np.where(door, v + 0.5, v)
    tall = np.where(door, 1.15, 0.78)
    inside = np.maximum(x - half, np.abs(v) - tall)
    inside = np.where(
        y > eaves - 0.15, np.maximum(np.abs(u) - 0.45, np.abs(y - eaves - 1.3) - 0.6), inside
    )
    inside = np.where(front | (chance(column, storey, spot.seed) < 0.3), inside, 1)
    streak = sample(FINE, u * 0.11 + spot.seed * 0.3, y * 0.02)
    stain = sample(SOFT, u * 0.06 + spot.seed * 0.17, y * 0.06)
    tone = 1 + 0.13 * stain + 0.07 * streak + 0.05 * sample(FINE, u * 0.4, y * 0.4)
    albedo = spot.tint * tone.clip(0.5, 1.4)
    albedo = mix(albedo, (0.24, 0.22, 0.20), ramp(y, 0.62, 0.55) * 0.8 + ramp(y, 2.2, 0.3) * 0.25)
    trim = (
        ramp(inside, 0.17, 0.15) * front
        + ramp(np.abs(y - eaves + 0.2), 0.17, 0.14)
        + 0.7 * ramp(np.abs(y - 2.95), 0.08, 0.06)
    )
    albedo = mix(albedo, (0.74, 0.71, 0.65), trim.clip(0, 1) * 0.85)
    albedo = (
        albedo
        * (
            1
            - 0.45
            * ramp(np.abs(v + tall + 0.32), 0.18, 0.02)
            * (x < half)
            * (y < eaves - 0.15)
            * front
            * ~door
        )[None]
    )
    return _glazed(spot, albedo, inside, x, v, (column, storey), door)


def _glazed(
    spot: Spot,
    albedo: Array,
    inside: Array,
    x: Array,
    v: Array,
    cell: tuple[Array, Array],
    door: NDArray[np.bool_],
) -> Surface:
    """Panes, bars and what shows behind them, where `inside` is below nought."""
    glass = inside < 0
    bars = (x < 0.035) | (np.abs(v - 0.22) < 0.035) | (np.abs(v + 0.3) < 0.02) | (inside > -0.06)
    lot = chance(*cell, spot.seed + 7)
    lit = (lot < 0.42) & ~door
    lit = lit | (door & (v > 0.75) & ~bars)
    curtain = ramp(x, 0.18, 0.30) * 0.6 + 0.25 * ramp(v, 0.1, 0.6)
    room = (1 - curtain) * (
        0.85 + 0.10 * sample(SOFT, spot.local[0] * 0.4, spot.local[1] * 0.4 + lot)
    )
    warm = mix((1.6, 0.74, 0.23), (1.5, 0.95, 0.45), chance(*cell, spot.seed + 9))
    emission = (
        warm
        * room.clip(0.15, 1.2)
        * (0.6 + 0.8 * chance(*cell, spot.seed + 5))
        * (glass & lit & ~bars)
    )
    pane = np.where(door, 0.5, 1) * mix((0.03, 0.04, 0.05), (0.12, 0.11, 0.10), curtain)
    pane = np.where(door, spot.tint[::-1] * 0.35, pane)
    frame = np.where(bars, np.where(door, 0.12, 0.62), pane)
    shadow = np.where(v > 0, ramp(inside, -0.25, 0.0) * 0.4, 0)
    albedo = np.where(glass, frame * (1 - shadow), albedo)
    mirror = np.where(glass & ~bars & ~door, np.where(lit, 0.06, 0.22), 0)
    return matte(spot, albedo, emission, mirror, 0.1)


def dormer(spot: Spot) -> Surface:
    """The front of a dormer, with its window."""
    x, v = np.abs(spot.local[0]), spot.local[1] - 0.1
    inside = np.maximum(x - 0.38, np.abs(v) - 0.5) + 9 * (spot.facing[2] > -0.5)
    cell = (np.floor(spot.seed * 4), np.zeros_like(v))
    return _glazed(spot, spot.tint, inside, x, v, cell, v > 99)


def tiles(spot: Spot) -> Surface:
    """Courses of tiles, each of its own tone, with moss."""
    side = np.abs(spot.facing[0]) > np.abs(spot.facing[2])
    u = np.where(side, spot.local[2], spot.local[0]) / 0.27
    v = spot.local[1] / 0.24
    row = np.floor(v)
    tone = 0.72 + 0.5 * chance(np.floor(u + 0.5 * row), row, spot.seed)
    edge = 0.55 + 0.45 * ramp(v - row, 0.0, 0.35)
    wave = 0.85 + 0.15 * np.cos((u + 0.5 * row) * 6.2832)
    moss = ramp(sample(SOFT, u * 0.03 + spot.seed * 0.2, v * 0.03), 0.5, 1.8)
    return matte(
        spot,
        mix(spot.tint * tone * edge * wave, (0.12, 0.14, 0.07), moss * 0.6),
        mirror=0.03,
        roughness=0.5,
    )


def brick(spot: Spot) -> Surface:
    """Bricks in mortar."""
    u, v = (spot.local[0] + spot.local[2]) / 0.5, spot.local[1] / 0.22
    row = np.floor(v)
    along = u + 0.5 * row
    mortar = np.minimum(
        ramp(np.abs(v - row - 0.5), 0.5, 0.42),
        ramp(np.abs(along - np.floor(along) - 0.5), 0.5, 0.45),
    )
    tone = (0.7 + 0.5 * chance(np.floor(along), row)) * (0.75 + 0.25 * mortar)
    return matte(spot, (spot.tint * tone).astype(np.float32))


def stones(spot: Spot) -> Surface:
    """The quay: large stones in courses, dark and green at the waterline."""
    flat = spot.facing[1] > 0.5
    u, v = spot.place[0] / 1.1, np.where(flat, spot.place[2] / 0.8, spot.place[1] / 0.5)
    row = np.floor(v)
    along = u + 0.5 * row + 0.2 * chance(row)
    joint = np.minimum(
        ramp(np.abs(v - row - 0.5), 0.5, 0.44),
        ramp(np.abs(along - np.floor(along) - 0.5), 0.5, 0.47),
    )
    tone = (0.7 + 0.45 * chance(np.floor(along), row)) * (0.45 + 0.55 * joint)
    albedo = spot.tint * (tone + 0.1 * sample(FINE, u * 0.3, v * 0.2))
    weed = ramp(spot.place[1] + 0.2 * sample(SOFT, u * 0.1, u * 0.03), 0.7, 0.1)
    return matte(spot, mix(albedo, (0.05, 0.07, 0.04), weed * 0.9))


def planks(spot: Spot) -> Surface:
    """A painted hull with a pale strake, a boot top and a planked deck."""
    y, high = spot.local[1], spot.size[1]
    deck = spot.facing[1] > 0.9
    seam = np.where(
        deck, np.abs(np.mod(spot.local[2] / 0.14, 1) - 0.5), np.abs(np.mod(y / 0.2, 1) - 0.5)
    )
    albedo = mix(spot.tint, (0.80, 0.76, 0.68), ramp(np.abs(y - high + 0.12), 0.11, 0.09))
    albedo = mix(albedo, (0.32, 0.07, 0.05), ramp(y, 0.24, 0.20))
    albedo = np.where(deck, np.array([[0.44], [0.31], [0.19]]), albedo) * (
        1 - 0.3 * ramp(seam, 0.42, 0.48)
    )
    worn = 1 + 0.1 * sample(FINE, spot.local[0] * 0.1, y * 0.3)
    return matte(spot, (albedo * worn).astype(np.float32), mirror=0.035, roughness=0.3)


def cabin(spot: Spot) -> Surface:
    """A wheelhouse with a row of windows, lit where the seed is 2."""
    side = np.abs(spot.facing[0]) > np.abs(spot.facing[2])
    u = np.where(side, spot.local[2], spot.local[0]) / 0.5
    band = np.abs(spot.local[1] / spot.size[1] - 0.35) < 0.38
    glass = band & (np.abs(np.mod(u, 1) - 0.5) < 0.38) & (np.abs(spot.facing[1]) < 0.5)
    warm = np.array([[1.9], [1.15], [0.5]], np.float32) * (glass & (spot.seed == 2))
    return matte(spot, np.where(glass, 0.04, spot.tint), warm, np.where(glass, 0.15, 0.03))


def paint(spot: Spot) -> Surface:
    """Oil paint, a little glossy."""
    return matte(spot, spot.tint * 1.0, mirror=0.05, roughness=0.35)


def canvas(spot: Spot) -> Surface:
    """Creased canvas."""
    crease = 0.85 + 0.15 * np.sin(
        spot.local[0] * 22 + 3 * sample(SOFT, spot.local[0], spot.local[1])
    )
    return matte(spot, spot.tint * crease)


def timber(spot: Spot) -> Surface:
    """Weathered wood, wet and dark near the water."""
    tone = 1 + 0.3 * sample(FINE, (spot.local[0] + spot.local[2]) * 0.9, spot.local[1] * 0.06)
    wet = ramp(spot.place[1], 0.7, 0.2)
    return matte(spot, mix(spot.tint * tone, (0.03, 0.04, 0.03), wet * 0.8))


def brush(spot: Spot) -> Surface:
    """Shrubs on far hills."""
    tone = 1 + 0.3 * sample(FINE, spot.place[0] * 0.01, spot.place[1] * 0.02)
    return matte(spot, spot.tint * tone)


def flame(spot: Spot) -> Surface:
    """The glass of a lit lantern."""
    glow = np.ones_like(spot.local) * np.array([[9.0], [5.6], [2.6]], np.float32)
    return matte(spot, np.full_like(spot.local, 0.05), glow)


def coat(spot: Spot) -> Surface:
    """Dark clothes under an umbrella of the solid's tint."""
    y = spot.local[1] + 1.1
    ribs = 0.8 + 0.2 * np.abs(np.sin(np.arctan2(spot.local[2] + 0.08, spot.local[0] - 0.12) * 4))
    albedo = np.where(y > 1.755, spot.tint * ribs, np.array([[0.035], [0.036], [0.045]]))
    return matte(spot, albedo.astype(np.float32), mirror=0.03, roughness=0.5)


def _ripples(place: Array, scale: float, height: float, stretch: float = 1) -> Array:
    """A normal tilted by waves: noise of three sizes."""
    tilt = [
        sum(
            sample(
                slope, place[0] * scale * octave * stretch + 0.3 * octave, place[2] * scale * octave
            )
            / octave**0.15
            for octave in (1.0, 2.7, 6.1)
        )
        for slope in SLOPES
    ]
    return unit(np.stack([tilt[1] * height, np.ones_like(place[0]), tilt[0] * height]))


def water(spot: Spot) -> Surface:
    """Calm water; albedo is nought, so that all of it mirrors and its own colour is added."""
    normal = _ripples(spot.place, 0.012, 0.24, 0.5)
    return matte(spot, np.zeros_like(spot.local), spot.tint * 1.0, 0.04, 0.0, normal)


def cobbles(spot: Spot) -> Surface:
    """Wet setts in courses across the street, with puddles that mirror everything."""
    x, z = spot.place[0], spot.place[2]
    row = np.floor(z / 0.17)
    u, v = x / 0.21 + 0.5 * np.mod(row, 2) + 0.3 * chance(row), z / 0.17
    along, off = np.floor(u), v - row - 0.5
    side = u - along - 0.5
    depth = ramp(np.maximum(np.abs(side), np.abs(off)), 0.5, 0.36)
    level = sample(SOFT, x * 0.045 + 0.4, z * 0.03 + 0.1) + 0.5 * sample(SOFT, x * 0.2, z * 0.13)
    wet = ramp(level + 0.55 * ramp(np.abs(x), 2.6, 3.2), 0.45, 0.8)
    tone = 0.6 + 0.7 * chance(along, row)
    albedo = spot.tint * (tone * (0.35 + 0.65 * depth) + 0.06 * sample(FINE, x * 0.7, z * 0.7))
    lean = (1 - wet) * 0.30
    bump = np.stack([side * lean * (1 + 0 * tone), np.ones_like(x), off * lean])
    jitter = np.stack(
        [chance(along, row, along * 0 + 3) - 0.5, 0 * x, chance(along, row, along * 0 + 4) - 0.5]
    )
    ripple = _ripples(spot.place, 0.15, 0.05)
    normal = unit(mix(unit(bump + jitter * 0.14 * (1 - wet)), ripple, wet))
    albedo = mix(albedo, albedo * 0.35, wet)
    flooded = wet > 0.96
    glow = np.where(flooded, albedo * 0.3, 0).astype(np.float32)
    albedo = np.where(flooded, 0, albedo).astype(np.float32)
    return Surface(albedo, glow, 0.10 + 0.25 * wet, 0.34 * (1 - wet) + 0.02, normal)


def flags(spot: Spot) -> Surface:
    """Wet paving and the kerb."""
    x, z = np.abs(spot.place[0]), spot.place[2]
    u, v = x / 0.6, z / 0.9 + 0.5 * np.mod(np.floor(x / 0.6), 2)
    joint = np.minimum(
        ramp(np.abs(np.mod(u, 1) - 0.5), 0.5, 0.475), ramp(np.abs(np.mod(v, 1) - 0.5), 0.5, 0.485)
    )
    tone = 0.75 + 0.4 * chance(np.floor(u), np.floor(v)) + 0.08 * sample(FINE, x * 0.3, z * 0.3)
    wet = ramp(sample(SOFT, x * 0.1, z * 0.06), -0.2, 0.9)
    albedo = spot.tint * tone * (0.4 + 0.6 * joint) * (1 - 0.45 * wet)
    return matte(spot, albedo, mirror=0.05 + 0.12 * wet, roughness=0.25)
