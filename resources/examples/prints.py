"""Pictures cut and laid: a woodcut in three blocks, and a mosaic of glass, stone and gold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from resources.examples.media import (
    Array,
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
    varied,
)

_RELAXATIONS = 14


def woodcut(random: Random, side: int) -> Array:
    """A wave, a mountain and the sun: a key block in black over two blocks of colour."""
    tone, turn, tints = _stormy_bay(random, side)
    key = Canvas(np.ones((side, side, 3), np.float32))
    _carve(key, random, tone, turn, spacing=0.0066)
    ink = soft(0.5 - key.colour[..., 0], 0.5)
    grain = fractal(random, side, 0.9, stretch=9, turn=0.06)
    salt = soft(fractal(random, side, 0.55) - 2.15, 0.5)
    worn = (0.93 + 0.05 * grain - 0.5 * salt).clip(0, 1)
    paper = rgb("efe4cc") + 0.018 * fractal(random, side, 0.5, stretch=5)[..., None]
    printed = paper * (1 - (1 - tints) * (0.88 + 0.07 * grain)[..., None])
    return mix(printed.astype(np.float32), rgb("1b1a1d"), ink * worn).clip(0, 1)


def mosaic(random: Random, side: int) -> Array:
    """Two fish among waves under a golden sun, in tesserae that follow the forms."""
    scene, turn, gold = _fish_pond(random, side)
    places = scattered(random, side, 0.0185 * side)
    for _ in range(_RELAXATIONS):
        nearest, _, _ = _tiles(places, turn, side, 0.0185 * side)
        places = _middles(nearest, places)
    nearest, first, second = _tiles(places, turn, side, 0.0185 * side)
    return _laid(random, scene, gold, places, (nearest, first, second))


def _carve(key: Canvas, random: Random, tone: Array, turn: Array, spacing: float) -> None:
    """Black lines that swell with the darkness, as the gouge leaves them standing."""
    side = key.side
    for y, x in scattered(random, side, spacing * side):
        dark = 1 - float(at(tone, y, x))
        if dark < 0.1 + 0.08 * random.random():
            continue
        length = side * random.uniform(0.014, 0.034)
        width = side * 0.0031 * dark**1.2 * random.uniform(0.8, 1.15)
        found = key.window(y, x, length + 2)
        if found is None:
            continue
        window, dy, dx = found
        angle = float(at(turn, y, x)) + random.normal(0, 0.03)
        along = (dx * np.cos(angle) + dy * np.sin(angle)) / length
        bend = length * 0.05 * random.normal()
        across = abs(dy * np.cos(angle) - dx * np.sin(angle) - bend * along**2)
        swell = width * (1 - along**2).clip(0, 1) ** 0.7
        ragged = 0.25 * np.sin(along * random.uniform(9, 22) + random.uniform(0, 6))
        key.cover(window, rgb("000000"), soft(swell + ragged - across, 1.1) * (swell > 0.3))


def _stormy_bay(random: Random, side: int) -> tuple[Array, Array, Array]:
    """How light each place is, the direction of the cuts, and the tint blocks."""
    y, x = grid(side)
    noise = fractal(random, side, 2.2)
    far = np.hypot(y - 0.24, x - 0.3)
    rays = 0.5 + 0.5 * np.sin(np.arctan2(y - 0.24, x - 0.3) * 26 + 0.4 * noise)
    tone = 0.78 - 0.3 * y + 0.14 * rays * soft(far - 0.13, 0.04)
    turn = np.arctan2(y - 0.24, x - 0.3)
    tints = np.tile(rgb("f6efe0"), (side, side, 1))
    tints = mix(tints, rgb("c9d6d2"), soft(0.36 - y + 0.02 * noise, 0.4) * 0.9)
    sun = soft(0.115 - far, 0.004)
    tints, tone = mix(tints, rgb("d5482f"), sun), np.where(sun > 0.5, 0.97, tone)
    cloud = soft(fractal(random, side, 2.1, stretch=4) - 0.9, 0.05) * soft(0.3 - y, 0.1)
    tone, turn = np.where(cloud > 0.5, 0.96, tone), np.where(cloud > 0.5, 0.05, turn)
    peak = 0.26 + 0.95 * abs(x - 0.7) ** 1.15 + 0.012 * noise
    inside, snow = y > peak, y < peak + 0.1 + 0.035 * np.sin(x * 60)
    slope = np.where(x < 0.7, 2.2, 1.0) + 0.12 * noise
    lit = np.where(x < 0.7, 0.62, 0.12)
    tone = np.where(inside, np.where(snow, lit + 0.32, lit), tone)
    turn = np.where(inside, slope, turn)
    tints = mix(tints, rgb("a9c3cc"), soft(y - peak - 0.1, 0.02) * 0.8)
    for depth in range(4):
        phase, foot = depth * 1.7 + 0.6, 0.56 + 0.115 * depth
        swell = 0.045 * np.sin(x * (8 - depth) + phase) + 0.02 * np.sin(x * 17 + phase * 3)
        line = foot + swell + 0.004 * noise
        below = y - line
        crest = soft(0.024 + 0.012 * np.sin(x * 70 + 4 * noise) - below, 0.01)
        hollow = 0.08 + 4.2 * (below - 0.02).clip(0, 0.2) + 0.25 * np.sin(below * 90 + 2 * noise)
        tone = np.where(below > 0, np.where(crest > 0.5, 0.98, hollow), tone)
        flow = np.arctan(np.gradient(line, 1 / side, axis=1)) + 2.2 * below
        turn = np.where(below > 0, flow, turn)
        blue = mix(np.tile(rgb("3f7d95"), (side, side, 1)), rgb("9cc3c4"), (below * 5).clip(0, 1))
        tints = mix(tints, blue, soft(below - 0.02, 0.004) * (1 - crest))
    return tone.clip(0, 1).astype(np.float32), turn.astype(np.float32), tints


def _tiles(
    places: NDArray[np.float64], turn: Array, side: int, size: float
) -> tuple[NDArray[np.int32], Array, Array]:
    """For each pixel its tile, and the distances to it and to the second nearest.

    Distances are those of squares turned with the field (Hausner, *Simulating Decorative
    Mosaics*, SIGGRAPH 2001), in px.
    """
    nearest = np.zeros((side, side), np.int32)
    first, second = np.full((2, side, side), 1e9, np.float32)
    radius = size * 1.5
    for index, (y, x) in enumerate(places):
        top, left = max(0, int(y - radius)), max(0, int(x - radius))
        bottom, right = min(side, int(y + radius) + 2), min(side, int(x + radius) + 2)
        if top >= bottom or left >= right:
            continue
        dy = (np.arange(top, bottom, dtype=np.float32) - np.float32(y))[:, None]
        dx = (np.arange(left, right, dtype=np.float32) - np.float32(x))[None]
        angle = float(at(turn, y, x))
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        distance = np.maximum(abs(dx * cos + dy * sin), abs(dy * cos - dx * sin))
        window = slice(top, bottom), slice(left, right)
        closer = distance < first[window]
        second[window] = np.where(closer, first[window], np.minimum(second[window], distance))
        first[window] = np.where(closer, distance, first[window])
        nearest[window][closer] = index
    return nearest, first, second


def _middles(nearest: NDArray[np.int32], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each tile's centre of mass; its old place where it has no pixel."""
    y, x = np.mgrid[0 : len(nearest), 0 : len(nearest)]
    flat, count = nearest.ravel(), len(places)
    mass = np.bincount(flat, minlength=count)
    sums = [np.bincount(flat, c.ravel(), minlength=count) for c in (y, x)]
    middles = np.stack(sums, 1) / np.maximum(mass, 1)[:, None]
    return np.where(mass[:, None] > 0, middles, places)


def _laid(
    random: Random,
    scene: Array,
    gold: Array,
    places: NDArray[np.float64],
    tiles: tuple[NDArray[np.int32], Array, Array],
) -> Array:
    """Tiles set unevenly into grout, each tilted, chipped and glossy in its own way."""
    nearest, first, second = tiles
    side = len(scene)
    smooth = blurred(scene, 0.003 * side)
    colours = np.array([varied(random, at(smooth, y, x), 0.1) for y, x in places])
    golden = np.array([at(gold, y, x) > 0.5 for y, x in places])
    tilt = random.normal(0, 1, (len(places), 2)).astype(np.float32)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    middle = places.astype(np.float32)[nearest]
    v, u = (y - middle[..., 0]) / (0.01 * side), (x - middle[..., 1]) / (0.01 * side)
    gap = second - first + 0.0009 * side * fractal(random, side, 1.0)
    inside = soft(gap - 0.0021 * side, 0.0022 * side)
    bevel = soft(0.006 * side - gap, 0.006 * side)
    edge_y, edge_x = np.gradient(blurred(inside, 0.0012 * side))
    relief = (-(edge_y + edge_x) * 0.008 * side).clip(-1, 1)
    slope = tilt[nearest][..., 0] * v + tilt[nearest][..., 1] * u
    body = fractal(random, side, 1.1)
    light = (
        1 + 0.09 * tilt[nearest].sum(2) + 0.1 * slope + 0.05 * body - 0.12 * bevel - 0.5 * relief
    )
    glint = (0.5 + 0.5 * np.sin(slope * 2 + tilt[nearest][..., 0] * 3)) ** 6
    shine = np.where(golden[nearest], 0.42, 0.1) * glint
    tile = colours[nearest] * light[..., None] + shine[..., None] * rgb("fff0c8")
    grout = (
        rgb("7d7468") * (0.75 + 0.12 * body + 0.6 * blurred(inside, 0.004 * side) * 0.2)[..., None]
    )
    return mix(grout.astype(np.float32), tile.astype(np.float32), inside).clip(0, 1)


def _fish_pond(random: Random, side: int) -> tuple[Array, Array, Array]:
    """Colours, direction of the rows, and where the tiles are gold."""
    y, x = grid(side)
    noise = fractal(random, side, 2.3)
    wave = 0.02 * np.sin(x * 22 + 2 * np.sin(y * 9)) + 0.006 * noise
    rows = (y + wave) * 34
    water = ramp(
        0.5 + 0.5 * np.sin(rows), (0, "0f4f6e"), (0.4, "1f7f94"), (0.75, "58b3ab"), (1, "c4e3cf")
    )
    water = mix(water, rgb("12305c"), (y * 1.2 - 0.35).clip(0, 0.7))
    turn = np.arctan(np.gradient(wave, 1 / side, axis=1)) * -1
    far = np.hypot(y - 0.2, x - 0.76)
    ray = soft(0.27 + 0.045 * np.sign(np.sin(np.arctan2(y - 0.2, x - 0.76) * 14)) - far, 0.004)
    sun = ramp(far, (0.05, "fff0b0"), (0.12, "f2c84b"), (0.2, "d98f2a"), (0.3, "b5651d"))
    scene = mix(water, sun, ray)
    gold = soft(0.13 - far, 0.004)
    turn = np.where(ray > 0.5, np.arctan2(y - 0.2, x - 0.76) + np.pi / 2, turn)
    for middle, size, tilt, hues in (
        ((0.47, 0.4), 0.3, -0.25, ("c23b22", "ee7b30", "f9d9a0")),
        ((0.78, 0.6), 0.24, 0.2, ("6b2a5b", "b3476a", "f3c1b0")),
    ):
        scene, turn, gold = _fish((scene, turn, gold), middle, size, tilt, hues)
    frame = np.minimum(np.minimum(y, 1 - y), np.minimum(x, 1 - x))
    border = ramp(
        frame,
        (0.012, "7a1f1f"),
        (0.02, "7a1f1f"),
        (0.022, "e9dcc0"),
        (0.038, "e9dcc0"),
        (0.041, "26476b"),
    )
    outside = soft(0.055 - frame, 0.003)
    along = np.where(np.minimum(x, 1 - x) < np.minimum(y, 1 - y), np.pi / 2, 0.0)
    turn = np.where(outside > 0.5, along, turn)
    return mix(scene, border, outside), turn.astype(np.float32), gold * (1 - outside)


def _fish(
    under: tuple[Array, Array, Array],
    middle: tuple[float, float],
    size: float,
    tilt: float,
    hues: tuple[str, str, str],
) -> tuple[Array, Array, Array]:
    """A fish with scales in rows, fins, and a golden eye."""
    scene, turn, gold = under
    y, x = grid(len(scene))
    dy, dx = y - middle[0], x - middle[1]
    u = (dx * np.cos(tilt) + dy * np.sin(tilt)) / size
    v = (dy * np.cos(tilt) - dx * np.sin(tilt)) / size - 0.08 * np.sin(u * 3)
    girth = 0.36 * np.sqrt((1 - u**2).clip(0, 1)) * (1 + 0.25 * u)
    body = soft(girth - abs(v), 0.02)
    tail = (
        soft(0.1 + 0.55 * (-u - 0.8).clip(0, 1) - abs(v), 0.02)
        * soft(-u - 0.8, 0.02)
        * soft(u + 1.35, 0.02)
    )
    fin = soft(0.3 - np.hypot((u + 0.1) * 0.8, (abs(v) - 0.3)), 0.02)
    fins = np.maximum(tail, fin * (1 - body))
    stripes = soft(np.sin(v * 40), 1)
    scene = mix(
        scene, mix(np.tile(rgb(hues[0]), (len(scene), len(scene), 1)), rgb(hues[1]), stripes), fins
    )
    scales = soft(np.sin(u * 24 + 3 * np.cos(v * 14)), 0.8)
    flank = ramp(
        v / 0.36 + 0.2 * scales, (-1, hues[0]), (-0.2, hues[1]), (0.6, hues[2]), (1.2, "fff3dc")
    )
    scene = mix(scene, mix(flank, rgb(hues[0]), (1 - scales) * 0.45), body)
    gill = soft(0.02 - abs(np.hypot(u - 0.35, v) - 0.32), 0.015) * body * soft(0.6 - u, 0.05)
    scene = mix(scene, rgb("3a1414"), gill * 0.8)
    eye = np.hypot(u - 0.66, v + 0.07)
    scene = mix(
        mix(scene, rgb("f2cf5a"), soft(0.1 - eye, 0.01)), rgb("101018"), soft(0.05 - eye, 0.01)
    )
    girdle = soft(0.035 - abs(girth - abs(v)), 0.02) * soft(1 - abs(u), 0.02)
    scene = mix(scene, rgb("2a1620"), girdle * 0.55)
    inside = np.maximum(body, fins) > 0.5
    flow = tilt + 0.5 * v * np.sign(u) + np.where(fins > 0.5, 0.5 * v, 0)
    gold = np.maximum(gold * (1 - inside), soft(0.1 - eye, 0.01) * soft(eye - 0.05, 0.01))
    return scene, np.where(inside, flow, turn), gold


PAINTINGS: dict[str, Callable[[Random, int], Array]] = {"woodcut": woodcut, "mosaic": mosaic}
