"""A harbour at dusk and a street after rain: houses, boats, lamps, water and haze.

A unit is a metre; y is up, the ground or the water is at 0 and the camera looks along z.
"""

from __future__ import annotations

import numpy as np

from resources.examples.film import developed
from resources.examples.materials import (
    FINE,
    SOFT,
    brick,
    brush,
    cabin,
    canvas,
    coat,
    cobbles,
    dormer,
    flags,
    flame,
    paint,
    planks,
    stones,
    tiles,
    timber,
    wall,
    water,
)
from resources.examples.maths import UP, Array, Triple, mix, ramp, sample, turned, unit
from resources.examples.solids import Convex, Field, Material, Solid
from resources.examples.tracer import Camera, Lamp, Scene, expose

TALL = 1e3
PLASTERS: tuple[Triple, ...] = (
    (0.72, 0.30, 0.17),
    (0.78, 0.62, 0.34),
    (0.36, 0.47, 0.52),
    (0.74, 0.68, 0.58),
    (0.56, 0.16, 0.12),
    (0.40, 0.50, 0.36),
    (0.80, 0.49, 0.22),
    (0.66, 0.55, 0.50),
)
FLAME = (17.0, 9.5, 3.9)


def harbour(width: int, height: int) -> Array:
    """Boats before a quay with lit windows, after sunset."""
    camera = Camera((-9, 3.3, 0), (2, 3.3, 40), 1.0, 0.055)
    posts = [(x, 1.6, 35.2) for x in (-19.0, -7.5, 4.0, 15.5, 27.0)]
    solids = [
        _block((-200, -3, -5), (200, 0, 400), water, (0.008, 0.028, 0.036)),
        _block((-90, -3, 34), (90, 1.6, 60), stones, (0.42, 0.38, 0.34)),
        *_quayside(),
        *_church(-4.2, 62, 9.5, 0.62),
        *_hills(),
        *(part for post in posts for part in _post(post, 3.3)),
        *_sailing(-8.6, 19.5, 0.5, (0.80, 0.78, 0.72), (0.10, 0.22, 0.38), 9.5),
        *_sailing(9.5, 28.5, 2.75, (0.10, 0.24, 0.36), (0.75, 0.70, 0.62), 10.5),
        *_sailing(-15.8, 29.0, 2.9, (0.62, 0.58, 0.50), (0.42, 0.10, 0.08), 8.5),
        *_trawler(2.6, 20.5, 2.55),
        *_hull(-3.3, 10.6, 0.35, 1.6, 0.55, (0.52, 0.20, 0.10)),
        _ball((-3.3, 0.5, 10.6), (1.3, 0.24, 0.42), canvas, (0.40, 0.42, 0.33), 0.35),
        *_piles(),
    ]
    lamps = [_lamp((x, y + 3.3, z - 0.1)) for x, y, z in posts]
    scene = Scene(solids, _dusk, camera, lamps, haze=0.0009, glow=0.0004)
    return developed(expose(scene, width, height, 3, 6), 1.0, 0.09)


def street(width: int, height: int) -> Array:
    """Two people with umbrellas between lit houses; lamps and sky in wet cobbles."""
    camera = Camera((0.7, 1.75, -3), (0.1, 1.75, 40), 0.98, 0.11)
    posts = [(side * 3.75, 0.12, z) for z in (5.5, 15.5, 26.0, 37.0, 50.0) for side in (-1, 1)]
    solids = [
        _block((-60, -1, -20), (60, 0, 400), cobbles, (0.20, 0.20, 0.22)),
        _block((-9, -1, -20), (-3.3, 0.12, 90), flags, (0.26, 0.25, 0.25)),
        _block((3.3, -1, -20), (9, 0.12, 90), flags, (0.26, 0.25, 0.25)),
        *_terraces(),
        *_church(1.2, 96, 0, 1.25),
        *(part for post in posts for part in _post(post, 3.5)),
        _person((-1.05, 0, 9.3), 0.25, (0.30, 0.030, 0.035), 1),
        _person((1.35, 0, 15.5), -0.3, (0.03, 0.045, 0.08), 2),
    ]
    lamps = [_lamp((x, y + 3.5, z)) for x, y, z in posts]
    scene = Scene(solids, _evening, camera, lamps, haze=0.0034, glow=0.0004)
    return developed(expose(scene, width, height, 3, 6), 0.84, 0.12)


def _dusk(way: Array) -> Array:
    """After sunset: orange at the left horizon, teal above, clouds lit from below."""
    towards = unit(np.stack([way[0], 0 * UP[0] + np.zeros_like(way[0]), way[2]]))
    warm = ramp(towards[0] * -0.42 + towards[2] * 0.9, -0.6, 1.0)
    up = np.abs(way[1])
    low = mix((0.30, 0.30, 0.42), (1.70, 0.72, 0.24), warm)
    middle = mix((0.24, 0.31, 0.46), (0.86, 0.50, 0.40), warm)
    sky = mix(mix(low, middle, ramp(up, 0.0, 0.13)), (0.13, 0.27, 0.47), ramp(up, 0.06, 0.36))
    cover = _clouds(way, 0.055, 0.1)
    lit = mix((0.26, 0.23, 0.34), (1.75, 0.62, 0.32), warm * ramp(up, 0.75, 0.1))
    return mix(sky, lit, cover * 0.9) * (0.62 + 0.38 * ramp(way[2], -0.5, 0.4))


def _evening(way: Array) -> Array:
    """The blue hour after rain, with a band of light at the end of the street."""
    up, ahead = np.abs(way[1]), ramp(way[2], -0.4, 1)
    low = mix((0.22, 0.29, 0.44), (1.35, 0.74, 0.42), ahead)
    sky = mix(low, (0.27, 0.39, 0.63), ramp(up, 0.0, 0.24))
    sky = mix(sky, (0.14, 0.25, 0.50), ramp(up, 0.18, 0.6))
    shade = mix((0.17, 0.21, 0.33), (0.95, 0.55, 0.48), ahead * ramp(up, 0.5, 0.05))
    return mix(sky, shade, _clouds(way, 0.06, -0.1) * 0.85)


def _clouds(way: Array, scale: float, cover: float) -> Array:
    """The share of cloud in a layer overhead, 0 … 1."""
    height = np.abs(way[1]) + 0.06
    u, v = way[0] / height * scale, way[2] / height * scale
    noise = sample(SOFT, u + 0.31, v * 1.6 + 0.17) + 0.35 * sample(FINE, u * 1.5, v * 2.5)
    return ramp(noise, cover, cover + 1.5) * ramp(np.abs(way[1]), 0.0, 0.06)


def _block(low: Triple, high: Triple, material: Material, tint: Triple, seed: float = 0) -> Solid:
    middle = tuple((np.array(low) + high) / 2)
    half = (np.array(high) - low) / 2
    slabs = np.array([[*axis, -h, h] for axis, h in zip(np.eye(3), half, strict=True)], np.float32)
    size = (float(half[0]), float(half[1]), float(half[2]))
    radius = float(np.linalg.norm(half)) * 1.001
    return Solid(Convex(slabs), material, middle, radius, tint, size, seed)


def _rod(start: Triple, end: Triple, radius: float, material: Material, tint: Triple) -> Solid:
    """A round bar from one place to another."""
    way = np.array(end) - np.array(start)
    length = float(np.linalg.norm(way))
    axis = way / length
    side = unit(np.cross(axis, [0.3, 0.1, 0.9]))
    frame = np.stack([side, axis, np.cross(side, axis)]).astype(np.float32)
    slab = np.array([[0, 1, 0, -length / 2, length / 2]], np.float32)
    tube = np.array([[0, 0, 0, 1 / radius, 0, 1 / radius]], np.float32)
    middle = tuple((np.array(start) + end) / 2)
    return Solid(Convex(slab, tube), material, middle, length / 2 + radius, tint, frame=frame)


def _ball(place: Triple, radii: Triple, material: Material, tint: Triple, yaw: float = 0) -> Solid:
    shape = Convex(rounds=np.array([[0, 0, 0, *(1 / np.array(radii))]], np.float32))
    return Solid(shape, material, place, max(radii) * 1.01, tint, radii, frame=turned(yaw))


def _house(
    place: Triple, yaw: float, size: Triple, pitch: float, seed: int, gable: bool
) -> list[Solid]:
    """Walls under a pitched roof; `size` is width, eaves and depth; the front faces -z."""
    wide, eaves, deep = size
    random = np.random.default_rng(seed)
    frame, across = turned(yaw), 0 if gable else 2
    half = (wide if gable else deep) / 2
    sine, cosine = np.sin(pitch), np.cos(pitch)
    slopes = np.zeros((2, 5), np.float32)
    slopes[:, across], slopes[:, 1] = (sine, -sine), cosine
    top = cosine * eaves + sine * half
    slopes[:, 3], slopes[:, 4] = -TALL, top
    walls = [[1, 0, 0, -wide / 2, wide / 2], [0, 1, 0, -1, TALL], [0, 0, 1, -deep / 2, deep / 2]]
    tint = PLASTERS[seed % len(PLASTERS)]
    radius = float(
        np.linalg.norm([wide / 2 + 0.5, eaves + half * sine / cosine + 1, deep / 2 + 0.5])
    )
    body = Convex(np.concatenate([np.array(walls, np.float32), slopes]))
    solids = [Solid(body, wall, place, radius, tint, (wide, eaves, deep), seed, frame)]
    roof = ((0.34, 0.12, 0.07), (0.20, 0.17, 0.17), (0.42, 0.18, 0.10))[seed % 3]
    for slope, sign in zip(slopes, (1, -1), strict=True):
        panel = slope.copy()
        panel[3:] = top + 0.01, top + 0.2
        ends = np.array(walls, np.float32)
        ends[2 - across] += (0, 0, 0, -0.22, 0.22)
        ends[across, 3:] = sorted((-0.02 * sign, sign * (half + 0.4)))
        solids.append(
            Solid(
                Convex(np.stack([panel, *ends])),
                tiles,
                place,
                radius,
                roof,
                seed=seed,
                frame=frame,
            )
        )
    ridge = eaves + half * sine / cosine
    for x in (-0.28, 0.3)[: random.integers(1, 3)]:
        at = (
            np.array([x * wide, ridge - 0.4, 0.15 * deep])
            if not gable
            else np.array([x * wide, eaves + half * 0.5, 0])
        )
        chimney = _block((-0.4, -1.6, -0.4), (0.4, 1.5, 0.4), brick, (0.40, 0.20, 0.14), seed)
        moved = frame.T @ at + place
        solids.append(
            Solid(chimney.shape, brick, tuple(moved), 2, chimney.tint, chimney.size, seed, frame)
        )
    if not gable:
        solids += _dormers(place, frame, size, half, sine / cosine, seed)
    return solids


def _dormers(
    place: Triple, frame: Array, size: Triple, half: float, steep: float, seed: int
) -> list[Solid]:
    """Little gabled windows in a roof that slopes to the front."""
    solids = []
    for x in (-0.25, 0.25):
        at = frame.T @ np.array([x * size[0], size[1] + 0.75 * steep, -half + 1.6]) + place
        walls = [[1, 0, 0, -0.65, 0.65], [0, 1, 0, -0.8, 3], [0, 0, 1, -1.0, 1.5]]
        caps = [[s * 0.6, 0.8, 0, -9, 0.8 * 0.75 + 0.6 * 0.65] for s in (-1, 1)]
        body = Convex(np.array(walls + caps, np.float32))
        solids.append(
            Solid(body, dormer, tuple(at), 2.6, (0.8, 0.77, 0.7), (1, 1, 1), seed + x, frame)
        )
        for s in (-1, 1):
            lid = [
                [s * 0.6, 0.8, 0, caps[0][4], caps[0][4] + 0.1],
                [0, 0, 1, -1.15, 1.5],
                [1, 0, 0, *sorted((0, s * 0.8))],
            ]
            solids.append(
                Solid(
                    Convex(np.array(lid, np.float32)),
                    tiles,
                    tuple(at),
                    2.6,
                    (0.22, 0.17, 0.16),
                    seed=seed,
                    frame=frame,
                )
            )
    return solids


def _quayside() -> list[Solid]:
    """The row of houses along the harbour."""
    random = np.random.default_rng(11)
    solids, x = [], -38.0
    for number in range(13):
        wide = random.uniform(5.4, 8.2)
        gable = number % 3 != 1
        size = (wide, random.uniform(6.3, 9.6), 9.0)
        pitch = random.uniform(0.85, 1.0) if gable else random.uniform(0.65, 0.8)
        solids += _house((x + wide / 2, 1.6, 44), 0, size, pitch, number + 20, gable)
        x += wide + (0.03 if number % 4 else 0.9)
    return solids


def _terraces() -> list[Solid]:
    """Houses along both sides of the street and across its end."""
    random = np.random.default_rng(4)
    solids = []
    for side in (-1, 1):
        z = -6.0 + side
        for number in range(9):
            wide = random.uniform(6, 9)
            size = (wide, random.uniform(6.2, 9.2), 8.0)
            seed = number * 2 + side + 40
            gable = bool(random.random() < 0.45)
            place = (side * (5.6 + 4.0 + random.uniform(0, 0.4)), 0, z + wide / 2)
            solids += _house(place, side * np.pi / 2, size, random.uniform(0.75, 0.95), seed, gable)
            z += wide + 0.03
    return solids


def _church(x: float, z: float, base: float, scale: float = 1.0) -> list[Solid]:
    """A tower with a spire."""
    tower = _block(
        (x - 2.6 * scale, 0, z - 2.6),
        (x + 2.6 * scale, base + 12 * scale, z + 2.6),
        brick,
        (0.50, 0.40, 0.33),
    )
    slabs = [[s * 0.97, 0.24, 0, -TALL, 0.97 * 2.9 * scale] for s in (-1, 1)]
    slabs += [[0, 0.24, s * 0.97, -TALL, 0.97 * 2.9 * scale] for s in (-1, 1)]
    slabs += [
        [s * 0.69, 0.24, t * 0.69, -TALL, 0.97 * 2.95 * scale] for s in (-1, 1) for t in (-1, 1)
    ]
    slabs.append([0, 1, 0, 0, TALL])
    spire = Solid(
        Convex(np.array(slabs, np.float32)),
        tiles,
        (x, base + 12 * scale, z),
        14 * scale,
        (0.20, 0.34, 0.30),
    )
    return [tower, spire]


def _hills() -> list[Solid]:
    hills = ((-150, 330, 220, 34), (120, 380, 260, 44), (-20, 395, 180, 26))
    return [
        _ball((x, -6, z), (wide, high, 60), brush, (0.10, 0.13, 0.10)) for x, z, wide, high in hills
    ]


def _post(place: Triple, height: float) -> list[Solid]:
    """A street lamp: an iron post and a lantern."""
    x, y, z = place
    iron = (0.04, 0.045, 0.05)
    top = y + height
    return [
        _rod(place, (x, top - 0.25, z), 0.055, paint, iron),
        _rod(place, (x, y + 0.7, z), 0.10, paint, iron),
        _ball((x, top, z), (0.17, 0.24, 0.17), flame, (1, 1, 1)),
        _ball((x, top + 0.27, z), (0.24, 0.07, 0.24), paint, iron),
    ]


def _lamp(place: Triple) -> Lamp:
    return Lamp(place, FLAME, ((0.15, 0, 0), (0, 0.2, 0), (0, 0, 0.15)))


def _hull(x: float, z: float, yaw: float, length: float, high: float, tint: Triple) -> list[Solid]:
    """A boat's body, pointed at both ends, and its deck; `length` is half of the boat's."""
    beam, deep = 0.36 * length, high * 2.2
    rounds = [[0, high, s * beam, 0.866 / length, 1 / deep, 0.5 / beam] for s in (-1, 1)]
    body = Convex(np.array([[0, 1, 0, -3, high]], np.float32), np.array(rounds, np.float32))
    return [
        Solid(body, planks, (x, 0, z), length * 1.3, tint, (length, high, beam), frame=turned(yaw))
    ]


def _sailing(
    x: float, z: float, yaw: float, hull: Triple, cover: Triple, mast: float
) -> list[Solid]:
    """A sailing boat with its sail furled along the boom."""
    forward, wood = turned(yaw).T @ np.array([1.0, 0, 0]), (0.42, 0.26, 0.14)

    def at(along: float, up: float) -> Triple:
        place = np.array([x, up, z]) + forward * along
        return (float(place[0]), float(place[1]), float(place[2]))

    shed = Solid(
        _block((-1.3, 0, -0.5), (1.3, 0.6, 0.5), cabin, hull).shape,
        cabin,
        at(-0.4, 1.2),
        1.6,
        (0.75, 0.72, 0.66),
        (1.3, 0.3, 0.5),
        1,
        turned(yaw),
    )
    return [
        *_hull(x, z, yaw, 3.3, 0.95, hull),
        shed,
        _rod(at(0.6, 0.6), at(0.6, mast), 0.07, paint, wood),
        _rod(at(0.6, 2.0), at(-2.5, 2.1), 0.05, paint, wood),
        _ball(at(-0.9, 2.2), (1.65, 0.20, 0.17), canvas, cover, yaw),
        _rod(at(0.6, mast - 0.3), at(3.2, 1.0), 0.016, paint, (0.1, 0.1, 0.1)),
        _rod(at(0.6, mast - 0.3), at(-3.2, 1.0), 0.016, paint, (0.1, 0.1, 0.1)),
        _rod(at(0.05, mast * 0.62), at(1.15, mast * 0.62), 0.03, paint, wood),
    ]


def _trawler(x: float, z: float, yaw: float) -> list[Solid]:
    """A fishing boat with a wheelhouse and a derrick."""
    forward, frame = turned(yaw).T @ np.array([1.0, 0, 0]), turned(yaw)

    def at(along: float, up: float) -> Triple:
        place = np.array([x, up, z]) + forward * along
        return (float(place[0]), float(place[1]), float(place[2]))

    house = _block((-0.85, 0, -0.75), (0.85, 1.9, 0.75), cabin, (1, 1, 1))
    lid = _block((-1.05, 0, -0.9), (1.05, 0.12, 0.9), paint, (1, 1, 1))
    return [
        *_hull(x, z, yaw, 4.2, 1.25, (0.07, 0.22, 0.30)),
        Solid(
            house.shape,
            cabin,
            at(-1.4, 2.1),
            1.6,
            (0.82, 0.78, 0.70),
            (0.85, 0.95, 0.75),
            2,
            frame,
        ),
        Solid(lid.shape, paint, at(-1.4, 3.1), 1.5, (0.50, 0.14, 0.08), frame=frame),
        _rod(at(0.5, 1), at(0.5, 6.2), 0.09, paint, (0.62, 0.40, 0.16)),
        _rod(at(0.5, 2.2), at(3.0, 5.0), 0.06, paint, (0.62, 0.40, 0.16)),
        _rod(at(0.5, 6.0), at(4.1, 1.4), 0.02, paint, (0.1, 0.1, 0.1)),
        _rod(at(0.5, 6.0), at(-2.2, 3.2), 0.02, paint, (0.1, 0.1, 0.1)),
        _ball(at(0.5, 6.3), (0.1, 0.1, 0.1), flame, (1, 1, 1)),
        _ball(at(1.6, 1.4), (0.5, 0.3, 0.45), canvas, (0.55, 0.35, 0.12), yaw),
    ]


def _piles() -> list[Solid]:
    """Mooring posts in the foreground."""
    places = ((-11.2, 8.9, 1.7), (-10.7, 9.7, 1.35), (3.4, 11.5, 1.5), (4.1, 12.2, 1.9))
    return [
        _rod((x, -2, z), (x + 0.05, high, z), 0.17, timber, (0.20, 0.15, 0.11))
        for x, z, high in places
    ]


def _person(place: Triple, yaw: float, umbrella: Triple, seed: int) -> Solid:
    """Somebody walking away under an umbrella, 1.75 m tall."""
    x, y, z = place
    return Solid(
        Field(_walker, (0.75, 1.15, 0.75), 0.75),
        coat,
        (x, y + 1.1, z),
        1.6,
        umbrella,
        (1, 1, 1),
        seed,
        turned(yaw),
    )


def _walker(place: Array) -> Array:
    x, y, z = place[0], place[1] + 1.1, place[2]
    legs = [
        _limb(x - s * 0.09, y, z - s * 0.10 * (0.9 - y), 0.02, 0.85, 0.055, 0.085) for s in (-1, 1)
    ]
    wide = 0.20 + 0.10 * ramp(y, 1.25, 0.6) - 0.05 * ramp(y, 1.3, 1.5)
    coat = np.maximum(np.hypot(x / 1.15, z * 1.15) - wide, np.abs(y - 1.03) - 0.43) * 0.7
    head = np.sqrt(x * x + (y - 1.62) ** 2 + z * z) - 0.115
    arm = _limb(x - 0.2 + (y - 1.2) * 0.15, y, z + 0.1, 1.0, 1.42, 0.06, 0.07)
    pole = np.maximum(np.hypot(x - 0.16, z + 0.1) - 0.014, np.abs(y - 1.6) - 0.5)
    around = np.arctan2(z + 0.08, x - 0.12)
    scallop = 0.03 * np.abs(np.sin(around * 4))
    dome = np.sqrt((x - 0.12) ** 2 + (y - 1.52) ** 2 * 1.35 + (z + 0.08) ** 2)
    cover = np.maximum(np.abs(dome - 0.68 + scallop) - 0.012, 1.80 + scallop - y)
    parts = [*legs, coat, head, arm, pole, cover]
    return np.min(np.stack(parts), 0).astype(np.float32)


def _limb(
    x: Array, y: Array, z: Array, low: float, high: float, thin: float, thick: float
) -> Array:
    share = ((y - low) / (high - low)).clip(0, 1)
    axis: Array = np.sqrt(x * x + z * z + (y - low - share * (high - low)) ** 2)
    wide = thin + (thick - thin) * share
    return (axis - wide).astype(np.float32)
