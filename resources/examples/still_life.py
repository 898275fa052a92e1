"""A still life by a window: fruit in a bowl, a goblet of wine, grapes, cloth over a table's edge.

A unit is a decimetre; y is up and the table's top is at 0.
"""

from __future__ import annotations

import numpy as np

from resources.examples.film import developed
from resources.examples.maths import Array, Triple, chance, mix, ramp, sample, tile, turned, unit
from resources.examples.solids import Convex, Field, Material, Solid, Spot, Surface
from resources.examples.tracer import Camera, Lamp, Scene, expose

SOFT = tile(1, 1.7)
FINE = tile(2, 0.9)
EDGE = -2.3
"""Where the table's front edge lies."""


def still_life(width: int, height: int) -> Array:
    """Fruit, a goblet and cloth in the soft light of a window at the left."""
    window = Lamp((-8.5, 6.2, -3.2), (330, 300, 255), ((0.6, 0, 1.8), (0, 2.3, 0), (0, 0, 0)), True)
    camera = Camera((0.6, 3.5, -11.2), (0.15, 0.95, -0.3), 0.66, aperture=0.07)
    solids = [*_room(), *_bowl(), *_fruit(), *_grapes((1.0, 0, -1.75)), *_goblet()]
    scene = Scene(solids, _dim, camera, (window,), glints=_panes)
    return developed(expose(scene, width, height, 3, 7), 1.0, 0.05)


def _dim(way: Array) -> Array:
    """The room's own light: cool from the left, warm from the right, darker below."""
    side = ramp(way[0], -1, 1)
    return mix((0.30, 0.34, 0.40), (0.20, 0.16, 0.12), side) * (0.55 + 0.45 * ramp(way[1], -1, 1))


def _panes(way: Array) -> Array:
    """The window as glossy things mirror it: four panes."""
    away = np.minimum(way[0], -1e-3)
    along, up = way[2] / -away + 0.32, way[1] / -away - 0.62
    inside = ramp(np.abs(along), 0.34, 0.31) * ramp(np.abs(up), 0.42, 0.39) * (way[0] < 0)
    bars = ramp(np.abs(along), 0.015, 0.03) * ramp(np.abs(up + 0.05), 0.015, 0.03)
    return np.array([[9.5], [9.2], [8.6]], np.float32) * inside * bars


def _room() -> list[Solid]:
    top = np.array([[1, 0, 0, -30, 30], [0, 1, 0, -0.35, 0], [0, 0, 1, EDGE, 5]], np.float32)
    wall = np.array([[0, 0, 1, 5, 6]], np.float32)
    apron = np.array(
        [[1, 0, 0, -30, 30], [0, 1, 0, -9, -0.3], [0, 0, 1, EDGE + 0.3, 4]], np.float32
    )
    cloth = Field(_cloth, (2.9, 1.5, 2.6), 0.6, 200)
    return [
        Solid(Convex(top), _wood, (0, 0, 0), 1e4),
        Solid(Convex(apron), _wood, (0, 0, 0), 1e4, seed=1),
        Solid(Convex(wall), _plaster, (0, 0, 0), 1e4),
        Solid(cloth, _linen, (0.9, -0.85, -0.75), 4.2),
    ]


def _cloth(place: Array) -> Array:
    """Cloth that lies on the table and hangs over its edge, in folds."""
    x, y, z = place[0], place[1] - 0.85, place[2] - 0.75 - EDGE + 0.1
    hang = ramp(y, 0.0, -1.6)
    turn = x * 1.0 + 0.25 * np.sin(z * 1.3 + 1) * (1 - hang)
    folds = 1 - np.sqrt(np.sin(turn * 2.1 + 0.8 * np.sin(turn * 1.7)) ** 2 + 0.05)
    small = 0.05 * np.sin(x * 2.3 - z * 3.1 + 1.5 * np.sin(x * 1.1 + z * 0.7))
    small = small + 0.035 * np.sin(x * 5.1 + z * 2.2 + 2 * np.sin(z * 1.9))
    lift = 0.30 + small * ramp(z, -0.05, 0.5) + (0.08 + 0.42 * hang) * folds
    near = np.maximum(-z - 0.0, 0), np.maximum(y + 0.12, 0)
    deep = np.minimum(np.maximum(-z, y + 0.12), 0)
    table = np.hypot(*near) + deep - 0.08
    side = np.abs(x + 0.16 * z - 0.1) - 2.35 - 0.12 * np.sin(z * 2.1) - 0.1 * hang * folds
    rear = z - 3.0 - 0.3 * x - 0.1 * np.sin(x * 2)
    hem = -y - 2.05 + 0.1 * np.sin(x * 1.2)
    sheet = np.abs(table - lift + 0.10) - 0.025
    return np.maximum(np.maximum(sheet, side), np.maximum(rear, hem)).astype(np.float32)


def _bowl() -> list[Solid]:
    def distance(place: Array) -> Array:
        ring, y = np.hypot(place[0], place[2]), place[1]
        shell = np.abs(np.hypot(ring, (y - 1.05) * 1.15) - 1.42) - 0.05
        dish = np.maximum(shell, y - 0.72)
        rim = np.hypot(ring - 1.40, y - 0.72) - 0.075
        foot = np.maximum(np.abs(ring - 0.62) - 0.08, np.abs(y + 0.16) - 0.16)
        return _blend(np.minimum(dish, rim), foot, 0.12) * 0.9

    return [Solid(Field(distance, (1.55, 0.85, 1.55)), _glaze, (-1.55, 0.32, 0.35), 1.75)]


def _fruit() -> list[Solid]:
    apple, pear, lemon = (
        Field(_apple, (1.1, 1.15, 1.1)),
        Field(_pear, (1.1, 1.8, 1.05)),
        Field(_lemon, (1.45, 1.05, 1.05)),
    )
    ball = Field(lambda p: np.sqrt((p * p).sum(0)) - 1, (1.02, 1.02, 1.02))
    red, gold = (0.56, 0.045, 0.035), (0.75, 0.60, 0.10)
    return [
        _sized(apple, _apple_skin, (-2.25, 1.26, 0.05), 0.66, red, turned(0.4, -0.25, 0.3), 1),
        _sized(apple, _apple_skin, (-0.98, 1.24, -0.20), 0.62, red, turned(2.4, 0.5, -0.45), 2),
        _sized(ball, _peel, (-1.55, 1.22, 1.05), 0.64, (0.85, 0.32, 0.03), turned(), 3),
        _sized(pear, _pear_skin, (-1.62, 1.62, 0.30), 0.60, gold, turned(0.3, 0.2, -0.18), 4),
        _sized(
            pear,
            _pear_skin,
            (3.15, 0.62, 0.55),
            0.66,
            (0.50, 0.55, 0.12),
            turned(0.5, 0.05, 0.1),
            5,
        ),
        _sized(
            lemon, _peel, (-0.55, 0.62, -1.72), 0.50, (0.93, 0.63, 0.035), turned(0.5, 0, 0.05), 6
        ),
        _sized(
            apple,
            _apple_skin,
            (2.75, 0.66, -0.95),
            0.60,
            (0.62, 0.16, 0.04),
            turned(1.2, -0.35, 0.25),
            7,
        ),
        _half_lemon(),
    ]


def _sized(
    shape: Field,
    material: Material,
    place: Triple,
    scale: float,
    tint: Triple,
    frame: Array,
    seed: float,
) -> Solid:
    def distance(point: Array) -> Array:
        return shape.distance(point / scale) * scale

    body = Field(distance, (shape.box[0] * scale, shape.box[1] * scale, shape.box[2] * scale))
    return Solid(body, material, place, body.radius, tint, (scale, 0, 0), seed, frame)


def _half_lemon() -> Solid:
    def distance(point: Array) -> Array:
        return np.maximum(_lemon(point / 0.5) * 0.5, point[0])

    frame = turned(1.95, 0, -0.25)
    return Solid(
        Field(distance, (0.75, 0.55, 0.55)),
        _flesh,
        (0.42, 0.55, -2.0),
        0.75,
        (0.93, 0.63, 0.035),
        (0.5, 0, 0),
        8,
        frame,
    )


def _grapes(place: Triple) -> list[Solid]:
    """A tapering heap of grapes, none at the same height or spacing."""
    random = np.random.default_rng(5)
    solids = []
    for number in range(40):
        size, layer = random.uniform(0.19, 0.26), number % 3 // 2
        x = 2.1 * (number / 40) ** 1.1
        z = random.uniform(-1, 1) * 0.62 * (1 - x / 2.9) * (1 - 0.4 * layer)
        y = 0.42 + 0.33 * layer * (1 - x / 4) + random.normal(0, 0.03)
        shape = Convex(rounds=np.array([[0, 0, 0, *[1 / size] * 2, 0.9 / size]], np.float32))
        tint = mix((0.16, 0.03, 0.10), (0.10, 0.03, 0.16), random.random())[:, 0]
        at = (place[0] + x, place[1] + y, place[2] + z + x * 0.18)
        solids.append(Solid(shape, _bloom, at, size * 1.2, tuple(tint), seed=number))
    return solids


def _goblet() -> list[Solid]:
    glass = Solid(
        Field(_glass, (0.97, 1.68, 0.97), 0.85, 56),
        _clear,
        (1.35, 1.62, 0.7),
        2.0,
        glass=(0.93, 0.96, 0.95),
    )
    wine = Solid(
        Field(_wine, (0.9, 0.85, 0.9)), _clear, (1.35, 2.42, 0.7), 1.3, glass=(0.50, 0.045, 0.06)
    )
    return [glass, wine]


def _glass(place: Array) -> Array:
    """A goblet from y = -1.6 to 1.65: foot, stem with a knop, bowl."""
    ring, y = np.hypot(place[0], place[2]), place[1]
    shell = np.abs(_cup(ring, y - 0.8)) - 0.03
    cup = np.maximum(shell, y - 1.62)
    knop = np.hypot(ring, (y + 0.75) * 1.3) - 0.17
    stem = np.maximum(
        ring - 0.075 - 0.07 * ramp(np.abs(y + 0.8), 0.25, 0.85) ** 2, np.abs(y + 0.8) - 0.75
    )
    foot = np.maximum(ring - 0.82, np.abs(y + 1.56 - 0.10 * ramp(ring, 0.8, 0.1)) - 0.035)
    return _blend(_blend(cup, _blend(stem, knop, 0.06), 0.12), foot, 0.1).astype(np.float32)


def _cup(ring: Array, y: Array) -> Array:
    """The goblet's bowl: an egg, narrower at its mouth."""
    wide = 0.88 - 0.10 * ramp(y, 0, 0.9)
    egg: Array = np.hypot(ring / wide, np.where(y < 0, y / 0.82, y / 3.4)) - 1
    return egg * np.float32(0.7)


def _wine(place: Array) -> Array:
    ring, y = np.hypot(place[0], place[2]), place[1]
    return np.maximum(_cup(ring, y) + 0.055, y - 0.12).astype(np.float32)


def _apple(place: Array) -> Array:
    """An apple of radius 1: five soft lobes, dimples at both ends, a stalk."""
    ring, y = np.hypot(place[0], place[2]), place[1]
    around, angle = np.arctan2(place[2], place[0]), np.arctan2(ring, y)
    radius = (
        1 - 0.48 * np.exp(-((angle / 0.42) ** 2)) - 0.25 * np.exp(-(((np.pi - angle) / 0.35) ** 2))
    )
    low = ramp(angle, 0.8, 3)
    radius = radius - 0.06 * low + 0.035 * np.cos(5 * around) * low + 0.03 * np.sin(around + 1)
    body = (np.hypot(ring, y) - radius) * 0.65
    bend = np.hypot(place[0] - 0.16 * (y - 0.5).clip(0) ** 2 * 2, place[2]) - 0.05
    stalk = np.maximum(bend - 0.03 * ramp(y, 0.9, 1.1), np.abs(y - 0.78) - 0.34)
    return np.minimum(body, stalk * 0.8).astype(np.float32)


def _pear(place: Array) -> Array:
    x, y, z = place[0] - 0.06 * place[1] ** 2, place[1], place[2]
    belly, neck = (
        np.sqrt(x * x + y * y + z * z) - 0.95,
        np.sqrt(x * x + (y - 0.98) ** 2 + z * z) - 0.42,
    )
    body = _blend(belly, neck, 0.75) + 0.02 * np.sin(3 * np.arctan2(z, x))
    body = body + 0.12 * np.exp(-((x * x + z * z) / 0.03)) * (y < 0)
    stalk = np.maximum(np.hypot(x - 0.2 * (y - 1.3) ** 2, z) - 0.045, np.abs(y - 1.45) - 0.28)
    return (np.minimum(body, stalk) * 0.85).astype(np.float32)


def _lemon(place: Array) -> Array:
    x, ring = np.abs(place[0]), np.hypot(place[1], place[2])
    body = np.hypot(x / 1.28, ring) - 1
    tip = np.hypot(x - 1.22, ring) - 0.16
    return (_blend(body * 0.9, tip, 0.35) * 0.9).astype(np.float32)


def _blend(one: Array, two: Array, width: float) -> Array:
    """The smaller of two distances, with a fillet."""
    overlap = (width - np.abs(one - two)).clip(0) / width
    return (np.minimum(one, two) - overlap * overlap * width / 4).astype(np.float32)


def _surface(
    spot: Spot, albedo: Array, mirror: float = 0, roughness: float = 0, bump: Array | None = None
) -> Surface:
    ones = np.ones_like(spot.seed)
    normal = spot.normal if bump is None else unit(spot.normal + bump)
    return Surface(
        albedo.clip(0.005, 0.95), np.zeros_like(albedo), ones * mirror, ones * roughness, normal
    )


def _bumps(spot: Spot, scale: float, height: float) -> Array:
    """A normal's offset by noise over the two main directions of a surface."""
    u = spot.local[0] * 0.7 + spot.local[1] * 0.4
    v = spot.local[2] * 0.7 - spot.local[1] * 0.5
    parts = [sample(FINE, u * scale + shift, v * scale) for shift in (0, 0.37, 0.71)]
    return np.stack(parts) * np.float32(height)


def _wood(spot: Spot) -> Surface:
    """Oiled boards along x, with grain and seams."""
    x, z = spot.place[0], spot.place[2] + spot.place[1]
    board = np.floor(z / 1.45)
    x = x + chance(board) * 37
    warp = sample(SOFT, x * 0.02, z * 0.06 + chance(board))
    rings = np.sin((z * 5 + warp * 7) * 2) * 0.5 + 0.5
    grain = sample(FINE, x * 0.035, z * 0.55)
    albedo = mix(
        (0.20, 0.105, 0.050), (0.40, 0.235, 0.12), (0.5 * rings + 0.24 * grain + 0.3).clip(0, 1)
    )
    seam = ramp(np.abs(z / 1.45 - board - 0.5), 0.494, 0.484)
    albedo = albedo * (0.8 + 0.4 * chance(board, spot.seed)) * (0.25 + 0.75 * seam)
    bump = np.stack([grain * 0, grain * 0, grain]) * 0.02
    return _surface(spot, albedo, 0.03, 0.45, bump.astype(np.float32))


def _plaster(spot: Spot) -> Surface:
    u, v = spot.place[0], spot.place[1]
    tone = sample(SOFT, u * 0.05, v * 0.05) * 0.16 + sample(FINE, u * 0.12, v * 0.12) * 0.05
    albedo = mix((0.22, 0.25, 0.23), (0.40, 0.385, 0.32), (0.5 + tone * 1.6).clip(0, 1))
    return _surface(spot, albedo, bump=_bumps(spot, 0.2, 0.03))


def _linen(spot: Spot) -> Surface:
    """Off-white cloth with a weave and two blue bands near its hem."""
    u, v = spot.local[0], np.where(spot.facing[1] > 0.6, spot.local[2], -spot.local[1])
    weave = np.sin(u * 95) * np.sin(v * 95)
    tone = 0.80 + 0.05 * weave + 0.04 * sample(SOFT, u * 0.2, v * 0.2)
    albedo = mix((0.93, 0.90, 0.83), (0.95, 0.93, 0.88), 0.5) * tone
    hem = np.maximum(
        ramp(np.abs(spot.local[1] + 0.77), 0.075, 0.065),
        ramp(np.abs(spot.local[1] + 0.60), 0.03, 0.02),
    )
    albedo = mix(albedo, (0.10, 0.17, 0.36), hem * 0.85)
    return _surface(spot, albedo)


def _glaze(spot: Spot) -> Surface:
    """White glaze, painted blue: bands and leaves."""
    y, around = spot.local[1], np.arctan2(spot.local[2], spot.local[0])
    leaf = np.sin(around * 14) * np.sin(y * 13 + 1.1 * np.sin(around * 7)) + 0.15 * np.sin(
        around * 42 + y * 20
    )
    drawn = ramp(leaf, 0.32, 0.42) * ramp(np.abs(y - 0.18), 0.36, 0.33)
    bands = np.maximum(ramp(np.abs(y - 0.66), 0.05, 0.04), ramp(np.abs(y + 0.2), 0.04, 0.03))
    wash = 0.75 + 0.2 * sample(SOFT, around * 0.3, y * 0.5)
    albedo = mix((0.83, 0.84, 0.82), (0.05, 0.10, 0.38), np.maximum(drawn, bands) * wash.clip(0, 1))
    return _surface(spot, albedo, 0.05, 0.08)


def _apple_skin(spot: Spot) -> Surface:
    """Streaks of red over yellow, specks, green in the dimple, a brown stalk."""
    p = spot.local / spot.size[0]
    ring, around = np.hypot(p[0], p[2]), np.arctan2(p[2], p[0])
    angle = np.arctan2(ring, p[1])
    streaks = sample(FINE, around * 1.1 + spot.seed * 0.3, angle * 0.09) + 0.6 * sample(
        SOFT, around / 6.283, angle * 0.2
    )
    blush = ramp(streaks * 0.35 + 0.55 + 0.35 * np.sin(around + spot.seed * 2), 0.0, 0.75)
    skin = mix((0.74, 0.58, 0.16), spot.tint, blush)
    skin = mix(skin, (0.45, 0.50, 0.14), ramp(angle, 0.5, 0.12) * 0.8)
    skin = mix(
        skin, (0.80, 0.66, 0.42), _specks(around * 9, np.cos(angle) * 11, spot.seed, 0.07) * 0.6
    )
    stalk = (ring < 0.16) & (p[1] > 0.62)
    return _surface(spot, mix(skin, (0.16, 0.09, 0.04), stalk), 0.045, 0.22)


def _pear_skin(spot: Spot) -> Surface:
    p = spot.local / spot.size[0]
    around = np.arctan2(p[2], p[0])
    mottle = sample(SOFT, around / 6.283, p[1] * 0.2 + spot.seed * 0.1)
    skin = mix(spot.tint, (0.42, 0.46, 0.09), (0.35 + 0.3 * mottle).clip(0, 1))
    skin = mix(
        skin, (0.70, 0.22, 0.06), ramp(np.sin(around * 1.0 - 1.9) + 0.3 * mottle, 0.15, 1.3) * 0.7
    )
    skin = mix(skin, (0.28, 0.17, 0.06), _specks(around * 12, p[1] * 12, spot.seed, 0.10) * 0.65)
    russet = ramp(p[1], 0.98, 1.3) * 0.5 + ramp(p[1], -0.75, -0.95) * 0.6
    skin = mix(skin, (0.30, 0.17, 0.07), russet)
    stalk = (np.hypot(p[0] - 0.06, p[2]) < 0.2) & (p[1] > 1.42)
    return _surface(spot, mix(skin, (0.13, 0.08, 0.04), stalk), 0.04, 0.34)


def _peel(spot: Spot) -> Surface:
    """Citrus peel with pores."""
    tone = sample(
        SOFT, spot.local[0] * 0.2 + spot.seed * 0.1, spot.local[1] * 0.2 + spot.local[2] * 0.1
    )
    albedo = mix(spot.tint, (0.70, 0.42, 0.03), (0.15 + 0.14 * tone).clip(0, 0.5))
    return _surface(spot, albedo, 0.045, 0.26, _bumps(spot, 0.9, 0.07))


def _flesh(spot: Spot) -> Surface:
    """A lemon cut across: peel, pith and ten segments."""
    y, z = spot.local[1] / 0.5, spot.local[2] / 0.5
    ring, around = np.hypot(y, z), np.arctan2(z, y)
    spoke = np.abs(np.mod(around * 10 / 6.2832, 1) - 0.5)
    pulp = (
        ramp(spoke * ring, 0.47 * ring, 0.47 * ring - 0.03)
        * ramp(ring, 0.86, 0.82)
        * ramp(ring, 0.08, 0.13)
    )
    cells = sample(FINE, around * 0.9, ring * 0.15) * 0.12
    inside = mix((0.90, 0.86, 0.62), (0.86, 0.66, 0.10), pulp) * (1 + cells * pulp)
    cut = spot.facing[0] > 0.9
    albedo = np.where(cut & (ring < 0.94), inside, spot.tint)
    return _surface(spot, albedo, 0.05, 0.2, _bumps(spot, 0.9, 0.07))


def _bloom(spot: Spot) -> Surface:
    """Dark grapes with a dusty bloom."""
    dust = sample(
        SOFT, spot.local[0] * 0.6 + spot.seed * 0.13, spot.local[1] * 0.6 + spot.local[2] * 0.4
    )
    albedo = mix(spot.tint, (0.36, 0.33, 0.48), (0.22 + 0.16 * dust).clip(0, 0.7))
    return _surface(spot, albedo, 0.05, 0.2)


def _clear(spot: Spot) -> Surface:
    return _surface(spot, np.ones_like(spot.local), 0.04)


def _specks(u: Array, v: Array, seed: Array, size: float) -> Array:
    """Round specks, one to a cell at a place of its own."""
    i, j = np.floor(u), np.floor(v)
    x, y = (0.2 + 0.6 * chance(i, j, seed + n) for n in (11, 12))
    return ramp(np.hypot(u - i - x, v - j - y), size * 1.5, size * 0.6)
