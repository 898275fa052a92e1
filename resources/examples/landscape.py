"""Mountains over a lake: ridged terrain, snow, conifers, clouds, and all of it in the water.

A unit is a hundred metres; x goes right, y up, z away from the camera. Places on the picture are
slopes: (x, y) at a distance z of one. Images are (rows, columns) or (rows, columns, 3).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from resources.examples.film import blurred, developed
from resources.examples.maths import Array, chance, ramp, sample, tile, unit

SOFT = tile(1, 1.7)
FINE = tile(2, 0.9)
SMOOTH = tile(3, 3.2)
SIDE = 2048
REACH = 160.0
"""The ground spans x of -80 … 80 and z of 0 … 160."""
EYE = 0.5
HORIZON = 0.415
"""The horizon's height over the picture's lower rim, in heights of the picture."""
SUN = unit(np.array([-0.80, 0.36, -0.42]))
SUNLIGHT = np.array([2.75, 2.10, 1.42], np.float32)
SKYLIGHT = np.array([0.27, 0.38, 0.57], np.float32)


class Ground(NamedTuple):
    """Maps over the ground: height, and the light that leaves it."""

    height: Array
    colour: Array


def mountains(width: int, height: int) -> Array:
    """Snowy peaks and forests over a lake in the late afternoon."""
    ground = _ground()
    x = np.arange(0.5, width * 2, dtype=np.float32) / np.float32(width * 2) - np.float32(0.5)
    down = np.arange(0.5, height * 2, dtype=np.float32)
    rows = (np.float32(height * (1 - HORIZON) * 2) - down) / np.float32(width * 2)
    above = _seen(ground, x, rows, EYE)
    mirrored = _seen(ground, x, rows, -EYE)
    picture = _with_lake(above, mirrored, x, rows)
    small = picture.reshape(height, 2, width, 2, 3).mean((1, 3))
    return developed(small.astype(np.float32), 0.53, 0.06)


def _ground() -> Ground:
    steps = np.linspace(0, REACH, SIDE, dtype=np.float32)
    x, z = np.meshgrid(steps - 80, steps)
    height = _heights(x, z)
    cell = REACH / SIDE
    down_z, down_x = np.gradient(height, cell)
    normal = unit(np.stack([-down_x, np.ones_like(height), -down_z]))
    lambert = np.einsum("i,ijk->jk", SUN, normal).clip(0)
    hollow = height - blurred(height[..., None], 14)[..., 0]
    sky = (0.72 + 0.55 * hollow / (0.25 + 0.06 * height.clip(0))).clip(0.3, 1.15) * (
        0.55 + 0.45 * normal[1]
    )
    colour = _covers(x, z, height, normal[1], hollow)
    light = (lambert * _unshaded(height))[..., None] * SUNLIGHT + sky[..., None] * SKYLIGHT
    return Ground(height, colour * light)


def _heights(x: Array, z: Array) -> Array:
    """Ridges that grow towards a few peaks, a wooded shore, a spit of land in front."""
    warp_x = 3 * sample(SMOOTH, x * 0.006 + 0.2, z * 0.006)
    warp_z = 3 * sample(SMOOTH, x * 0.006, z * 0.006 + 0.5)
    total, weight = np.zeros_like(x), np.ones_like(x)
    for octave in range(9):
        scale, share = 0.0052 * 2.03**octave, 0.52**octave
        soft = 0.004 + 0.10 * 0.45**octave
        u, v = (x + warp_x * share**0.3) * scale, (z + warp_z * share**0.3) * scale
        ridge = (
            1.10 - np.sqrt(sample(SMOOTH, u + 0.37 * octave, v + 0.61 * octave) ** 2 + soft) * 0.9
        )
        ridge = ridge.clip(0) ** 2 * weight
        total, weight = total + ridge * share, (ridge * 1.7).clip(0.12, 1)
    total = 2.5 * (1 - np.exp(-total / 2.0))
    peaks = ((10, 92, 44, 24.0), (-36, 84, 36, 16.0), (48, 78, 32, 14.0), (-10, 128, 60, 9.0))
    bulk = np.zeros_like(x)
    for left, away, wide, high in peaks:
        far = np.hypot(x - left, (z - away) * 1.1) / wide
        bulk = np.maximum(bulk, high * ramp(far, 1, -0.1))
    shore = 30 + 3 * sample(SMOOTH, x * 0.012, x * 0 + 0.3) - 0.004 * x * x
    rise = ramp(z, 30, 62)
    high = bulk * (0.35 + 0.75 * total) + total * 3.6 * rise - 0.8 * rise
    beach = (z - shore) * 0.05 + 0.45 * ramp(z - shore, 0, 9) * total
    spit = 0.13 * (1 - ((x + 1.95) / 1.25) ** 2 - ((z - 4.3) / 1.0) ** 2)
    spit = spit + 0.02 * sample(FINE, x * 0.2, z * 0.2)
    return np.maximum(np.where(z < shore, beach, beach + high), np.maximum(spit, -0.3))


def _covers(x: Array, z: Array, height: Array, flat: Array, hollow: Array) -> Array:
    """What covers the ground: rock with strata, scree, meadow, forest floor, snow."""
    noise, fine = sample(SOFT, x * 0.06, z * 0.06), sample(FINE, x * 0.05, z * 0.05)
    strata = 0.5 + 0.5 * np.sin(height * 7 + noise * 2.5 + x * 0.3)
    rock = np.stack([0.25 + 0.07 * strata, 0.225 + 0.05 * strata, 0.205 + 0.035 * strata], -1)
    rock = rock * (1 + 0.14 * fine)[..., None]
    green = np.stack([0.105 + 0.03 * noise, 0.125 + 0.02 * noise, 0.050 + 0.01 * noise], -1)
    meadow = ramp(height + 0.7 * noise - (1 - flat) * 5, 3.6, 2.2)[..., None]
    wooded = (ramp(height + 0.4 * noise, 2.6, 1.8) * ramp(fine, -1.5, 0.5))[..., None]
    ground = rock + (green - rock) * meadow
    ground = ground + (np.array([0.045, 0.065, 0.035]) - ground) * wooded * 0.85
    line = height + 0.9 * noise + 0.5 * fine + hollow * -1.2 - 6.0
    snow = (ramp(line, -0.3, 1.1) * ramp(flat, 0.52, 0.74))[..., None]
    return (
        (ground + (np.array([0.86, 0.88, 0.92]) - ground) * snow)
        .clip(0.01, 0.95)
        .astype(np.float32)
    )


def _unshaded(height: Array) -> Array:
    """The share of the sun that ground elsewhere leaves."""
    over = np.full_like(height, -9)
    flat = float(np.hypot(SUN[0], SUN[2]))
    cell = REACH / SIDE
    for step in range(1, 150):
        far = step * (1 + step * 0.02)
        dx, dz = round(far * SUN[0] / flat), round(far * SUN[2] / flat)
        moved = np.roll(height, (-dz, -dx), (0, 1))
        over = np.maximum(
            over, (moved - height - far * cell * SUN[1] / flat) / (0.15 + far * cell * 0.05)
        )
    return ramp(over, 0.5, -0.6)


class View(NamedTuple):
    """What is seen: its light, and its distance (infinite for the sky)."""

    light: Array
    depth: Array


def _seen(ground: Ground, x: Array, rows: Array, eye: float) -> View:
    """The land and the sky through columns `x` and `rows` from a height of `eye`."""
    near, far = (_cast(ground.height, x, rows, eye, span) for span in ((1.6, 8), (20, 157)))
    depth = np.where(np.isfinite(near), near, far)
    with np.errstate(invalid="ignore"):
        place = np.where(np.isfinite(depth), depth, 0)
    u, v = (x * place + 80) / REACH, place / REACH
    light = np.stack([sample(ground.colour[..., i], u, v) for i in range(3)], -1)
    grain = sample(FINE, x * place * 0.35, place * 0.35) + sample(
        FINE, x * place * 1.3, place * 1.3
    )
    light = light * (1 + 0.13 * grain[..., None]).clip(0.4, 1.6)
    _plant(light, depth, ground, x, rows, eye)
    light = _hazed(light, np.where(np.isfinite(depth), depth, 0), x, rows)
    sky = _sky(np.broadcast_to(x, depth.shape), np.broadcast_to(rows[:, None], depth.shape))
    return View(np.where(np.isfinite(depth)[..., None], light, sky), depth)


def _cast(height: Array, x: Array, rows: Array, eye: float, span: tuple[float, float]) -> Array:
    """The distance of the land at each row and column, infinite where there is none.

    Along a column slopes to the land only count where they exceed all nearer ones, so that each
    row's first sight is found by bisection.
    """
    away = np.geomspace(*span, 1000).astype(np.float32)
    land = sample(
        height, (x[None] * away[:, None] + 80) / REACH, away[:, None] / REACH + 0 * x[None]
    )
    slope = np.where(land > 0, (land - eye) / away[:, None], -9)
    top = np.maximum.accumulate(slope, 0)
    depth = np.full((len(rows), len(x)), np.inf, np.float32)
    for column in range(len(x)):
        first = np.searchsorted(top[:, column], rows)
        hit = first < len(away)
        index = first[hit].clip(1)
        low, high = top[index - 1, column], slope[index, column]
        share = ((rows[hit] - low) / (high - low + 1e-9)).clip(0, 1)
        share = np.where(low < -5, 1, share)
        far = away[index - 1] + (away[index] - away[index - 1]) * share
        dry = (far * rows[hit] + eye > -0.02) | ((eye < 0) & (span[0] > 10))
        depth[hit, column] = np.where(dry, far, np.inf)
    return depth


def _trees() -> Array:
    """Trees' x, z and height, (3, n): dense along the shore, thinner uphill, big on the spit."""
    random = np.random.default_rng(8)
    z = 26 + 30 * random.random(26_000) ** 1.5
    x = random.uniform(-0.62, 0.62, len(z)) * z
    far = np.stack([x, z, random.uniform(0.22, 0.5, len(z))])
    near_x, near_z = random.normal(-2.15, 0.42, 46), random.uniform(3.75, 4.9, 46)
    near = np.stack([near_x, near_z, random.uniform(0.25, 0.62, 46) * (1 - 0.35 * (near_x > -1.7))])
    bushes = np.stack(
        [random.normal(-1.9, 0.5, 90), random.uniform(3.6, 4.8, 90), random.uniform(0.04, 0.11, 90)]
    )
    return np.concatenate([far, near, bushes], 1).astype(np.float32)


def _plant(light: Array, depth: Array, ground: Ground, x: Array, rows: Array, eye: float) -> None:
    """Draw the trees where nothing nearer hides them."""
    left, away, tall = _trees()
    u, v = (left + 80) / REACH, away / REACH
    foot = sample(ground.height, u, v)
    noise = sample(SOFT, left * 0.05, away * 0.05)
    stand = (foot > 0.015) & (foot < 2.4 + 0.5 * noise) & ((noise > -0.9) | (away < 10))
    pixel = float(x[1] - x[0])
    for index in np.flatnonzero(stand).tolist():
        z, high = away[index], tall[index]
        base, centre = (foot[index] - 0.01 - eye) / z, left[index] / z
        _draw_tree(
            light,
            depth,
            z,
            (centre - x[0]) / pixel,
            (rows[0] - base) / pixel,
            high / z / pixel,
            index,
        )


def _draw_tree(
    light: Array, depth: Array, away: float, column: float, row: float, tall: float, seed: int
) -> None:
    """A conifer of `tall` pixels that stands at (row, column): whorls of drooping boughs."""
    wide = tall * (0.17 + 0.05 * np.sin(seed * 2.4))
    top, bottom = max(0, int(row - tall)), min(len(light), int(row) + 1)
    left, right = max(0, int(column - wide)), min(light.shape[1], int(column + wide) + 2)
    if top >= bottom or left >= right:
        return
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    up, side = (row - y) / tall, (x - column) / wide
    whorls = 7 + tall * 0.035
    ragged = sample(FINE, side * 0.05 + seed * 0.37, up * 0.12 + seed * 0.11)
    bough = np.mod(up * whorls + 0.5 * np.abs(side) + 0.35 * ragged, 1)
    reach = (1 - up).clip(0) ** 0.85 * (0.62 + 0.42 * (1 - bough)) + 0.10 * ragged * (1 - up)
    inside = (np.abs(side) < reach) & (up > 0.06) | (np.abs(side) < 0.07) & (up > -0.02)
    inside &= away < depth[top:bottom, left:right]
    lit = (
        (0.42 - 0.55 * side / (reach + 0.1)).clip(0.02, 1)
        * (0.45 + 0.75 * (1 - bough))
        * (0.45 + 0.55 * up)
    )
    tone = 0.75 + 0.5 * np.float32(chance(np.array([seed]))[0])
    green = np.array([0.060, 0.078, 0.034], np.float32) * tone
    shade = green * (
        SUNLIGHT * (lit * (1 + 0.35 * ragged)).clip(0)[..., None] * 1.3
        + SKYLIGHT * (0.45 + 0.4 * up)[..., None]
    )
    light[top:bottom, left:right][inside] = shade[inside]
    depth[top:bottom, left:right][inside] = away


def _hazed(light: Array, depth: Array, x: Array, rows: Array) -> Array:
    """Aerial perspective: blue air, warmer to the left and thicker low down."""
    low = np.exp(-np.abs(rows[:, None]) * 7)
    share = 1 - np.exp(-depth * (0.0021 + 0.0035 * low))
    warm = ramp(x, 0.5, -0.5)[None, :, None]
    air = np.array([0.46, 0.60, 0.82]) + np.array([0.34, 0.12, -0.12]) * warm
    return (light + (air - light) * share[..., None]).astype(np.float32)


def _sky(x: Array, y: Array) -> Array:
    """Blue above, pale below, cumulus lit from the left and wisps over it; y is upwards."""
    y = np.abs(y)
    warm = ramp(x, 0.5, -0.5)[..., None]
    low = np.array([0.74, 0.80, 0.88]) + np.array([0.34, 0.10, -0.14]) * warm
    high = np.array([0.13, 0.29, 0.62])
    sky = low + (high - low) * ramp(y, 0.02, 0.50)[..., None]
    wisps = ramp(
        sample(SOFT, x * 0.45 + y * 0.3, y * 2.2 + 0.4) + 0.3 * sample(FINE, x * 0.8, y * 4),
        0.2,
        2.2,
    )
    sky = sky + (np.array([1.15, 1.05, 0.98]) - sky) * (wisps * 0.55)[..., None]
    body, lit = _cumulus(x, y)
    cloud = (
        np.array([0.46, 0.52, 0.66])
        + (np.array([1.75, 1.45, 1.12]) - np.array([0.46, 0.52, 0.66])) * lit[..., None]
    )
    return (sky + (cloud - sky) * body[..., None]).astype(np.float32)


def _cumulus(x: Array, y: Array) -> tuple[Array, Array]:
    """Heaped clouds: how opaque, and how much of the sun they show."""

    def density(x: Array, y: Array) -> Array:
        heap = sample(SMOOTH, x * 0.42 + 0.13, y * 0.85 + 0.07) * 0.75
        puffs = 0.42 * sample(SOFT, x * 0.9 + 0.3, y * 1.25) + 0.10 * sample(FINE, x * 1.1, y * 1.4)
        band = 1.5 * np.exp(-(((y - 0.25) / 0.10) ** 2)) - 1.35
        return heap + puffs + band

    here = density(x, y)
    thick = [density(x - 0.012 * k, y + 0.011 * k) for k in (1, 2.5, 4)]
    lit = (
        0.78
        + 0.5 * (here - thick[0])
        - 0.17 * np.maximum(thick[1], 0)
        - 0.17 * np.maximum(thick[2], 0)
    )
    return ramp(here, 0.0, 0.75), lit.clip(0, 1.1).astype(np.float32)


def _with_lake(above: View, mirrored: View, x: Array, rows: Array) -> Array:
    """The land over water that mirrors it, bent by ripples that gusts roughen."""
    water = ~np.isfinite(above.depth) & (rows[:, None] < 0)
    at = np.flatnonzero(rows < 0)
    away = EYE / -rows[at][:, None]
    place_x = x[None] * away
    gust = ramp(sample(SOFT, place_x * 0.02 + 0.2, away * 0.035 + 0 * x), 0.0, 1.6)
    swell = sample(SOFT, place_x * 0.20, away * 0.55) + 0.8 * sample(
        SOFT, place_x * 0.7 + 0.4, away * 1.7
    )
    tilt = swell * (0.006 + 0.016 * gust) / (1 + away * 0.4)
    pixel = float(x[1] - x[0])
    up = (-rows[at][:, None] + tilt * 1.6 + 0.004 * gust) / pixel
    first = int(np.searchsorted(-rows, 0))
    source_row = (first - 0.5 - up).round().astype(int).clip(0, first - 1)
    shift = sample(FINE, place_x * 0.4, away * 0.9) * 0.0012 / pixel
    source_column = (np.arange(len(x)) + shift).round().astype(int).clip(0, len(x) - 1)
    image = mirrored.light[source_row, source_column]
    grazing = 1 / np.sqrt(1 + rows[at] ** 2)
    share = (0.10 + 0.90 * (1 - np.abs(rows[at]) * grazing) ** 3.6)[:, None, None]
    deep = np.array([0.035, 0.085, 0.095], np.float32)
    lake = image * share * 0.93 + deep * (1 - share)
    picture = above.light.copy()
    picture[at] = np.where(water[at][..., None], lake, picture[at])
    return picture
