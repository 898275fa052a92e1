"""A still life seen from several sides at once: facets, passages, and a few signs of things."""

from __future__ import annotations

from collections.abc import Callable

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
    rgb,
    scattered,
    soft,
    stroke,
    varied,
)

_OCHRES = ("b08d57", "8a6b3e", "c9ad7c", "6f6048", "94917f", "5f6b5c", "a9a48d", "d6c49b", "4b463d")
_ACCENTS = ("3f5f78", "a34a2c", "2f4a4a", "c8862f")

Shape = tuple[Array, float]
"""How far inside a place is, in shares of the side, and the direction of the light's fall."""


def cubism(random: Random, side: int) -> Array:
    """A guitar, a bottle and a glass on a table, broken into planes."""
    y, x = grid(side)
    scene = mix(np.tile(rgb("7d7058"), (side, side, 1)), rgb("b7a684"), soft(0.55 - y, 0.6))
    turn = np.full((side, side), 0.6, np.float32)
    for _ in range(260):
        scene, turn = _facet(scene, turn, random, _plane(random, (y, x)), _OCHRES, 0.85)
    for inside, fall, hues in _things((y, x)):
        scene, turn = _facet(scene, turn, random, (inside, fall), hues, 0.95)
        for _ in range(9):
            cut = np.minimum(inside, _plane(random, (y, x))[0])
            scene, turn = _facet(scene, turn, random, (cut, fall + random.normal()), hues, 0.75)
    for _ in range(14):
        scene, turn = _facet(scene, turn, random, _plane(random, (y, x)), _OCHRES, 0.3)
    painted = _brushed(random, scene, turn)
    return _signs(painted, (y, x)).clip(0, 1)


def _plane(random: Random, at_: tuple[Array, Array]) -> Shape:
    """A random triangle or quadrangle, larger at the picture's edge than in its middle."""
    y, x = at_
    middle = random.normal(0.5, 0.24, 2)
    size = random.uniform(0.03, 0.075) * (1 + 1.3 * np.hypot(*(middle - 0.5)))
    lean = random.choice([0.35, 1.2, 1.57, 2.0, 2.75]) + random.normal(0, 0.12)
    inside = np.full_like(y, np.inf)
    sides = random.integers(3, 5)
    for index in range(sides):
        angle = lean + index * 2 * np.pi / sides + random.normal(0, 0.25)
        off = size * random.uniform(0.6, 1.9)
        inside = np.minimum(
            inside, off - (y - middle[0]) * np.sin(angle) - (x - middle[1]) * np.cos(angle)
        )
    return inside.astype(np.float32), float(lean + random.choice([0, np.pi / 2]))


def _things(at_: tuple[Array, Array]) -> list[tuple[Array, float, tuple[str, ...]]]:
    """The table's edge, the bottle, the glass, the guitar's neck and body: shape, light, hues."""
    y, x = at_
    tilt = 0.5
    u = (x - 0.5) * np.cos(tilt) + (y - 0.6) * np.sin(tilt)
    v = (y - 0.6) * np.cos(tilt) - (x - 0.5) * np.sin(tilt)
    waist = 0.155 + 0.045 * np.cos(u * 26) - 0.5 * (u - 0.02).clip(0, 1) ** 2
    body = np.minimum(waist - abs(v), 0.25 - abs(u))
    neck = np.minimum(0.026 - abs(v), 0.2 - abs(u + 0.42))
    shoulder = 0.062 - 0.038 * soft(0.36 - y, 0.1)
    bottle = np.minimum(shoulder - abs(x - 0.74), np.minimum(y - 0.17, 0.62 - y))
    glass = np.minimum(0.06 + 0.25 * (0.62 - y) - abs(x - 0.26), np.minimum(y - 0.4, 0.6 - y))
    return [
        (y - 0.84 - 0.1 * (x - 0.5), 1.4, ("5a4630", "6f5636", "4a4a3a")),
        (bottle, 0.0, ("2f4a3f", "3f5f58", "5d7a5f", "1f2f2c")),
        (glass, 0.2, ("a9b5ac", "c9cdb9", "7f938f")),
        (neck, 2.0, ("2a211b", "3a2c20")),
        (body, 0.5, ("b8762f", "c98d43", "9a5a26", "d8a65a")),
    ]


def _facet(
    scene: Array, turn: Array, random: Random, shape: Shape, hues: tuple[str, ...], weight: float
) -> tuple[Array, Array]:
    """A plane lit along one edge that dissolves into its neighbours at another."""
    inside, fall = shape
    y, x = grid(len(scene))
    place = (y - 0.5) * np.sin(fall) + (x - 0.5) * np.cos(fall)
    covered = inside > 0
    if not covered.any():
        return scene, turn
    low, high = np.quantile(place[covered], (0.02, 0.98))
    share = ((place - low) / (high - low + 1e-6)).clip(0, 1)
    hue = varied(random, rgb(str(random.choice(hues))), 0.1)
    shaded = hue * (1.4 - 0.85 * share)[..., None]
    opacity = soft(inside, 0.003) * weight * (1 - 0.75 * soft(share - 0.75, 0.5))
    scene = mix(scene, shaded.clip(0, 1).astype(np.float32), opacity)
    line = soft(0.0024 - abs(inside - 0.001), 0.002) * (0.85 - 0.6 * share)
    rim = soft(0.012 - inside, 0.016) * soft(inside, 0.002) * (1 - share) * 0.22
    scene = mix(mix(scene, rgb("f3e6c4"), rim), rgb("241f1a"), line.clip(0, 1))
    return scene, np.where(covered, np.float32(fall + np.pi / 2), turn)


def _signs(scene: Array, at_: tuple[Array, Array]) -> Array:
    """Strings, a sound hole, a curl of the scroll, the bottle's mouth."""
    y, x = at_
    tilt = 0.5
    u = (x - 0.5) * np.cos(tilt) + (y - 0.6) * np.sin(tilt)
    v = (y - 0.6) * np.cos(tilt) - (x - 0.5) * np.sin(tilt)
    hole = np.hypot(u + 0.03, v)
    scene = mix(scene, rgb("1f1b18"), soft(0.046 - hole, 0.004) * (0.55 + 0.45 * soft(v, 0.06)))
    scene = mix(scene, rgb("d9c08a"), soft(0.003 - abs(hole - 0.056), 0.003) * 0.8)
    for off in (-0.0165, -0.0055, 0.0055, 0.0165):
        string = soft(0.0009 - abs(v - off), 0.0014) * soft(0.38 - abs(u + 0.22), 0.01)
        scene = mix(scene, rgb("efe6cf"), string * 0.85)
    curl = np.hypot(u - 0.2, v) - 0.02 - 0.011 * np.arctan2(v, u - 0.2)
    scene = mix(scene, rgb("241f1a"), soft(0.0022 - abs(curl), 0.003) * 0.8)
    rings = np.hypot((x - 0.74) * 1.0, (y - 0.17) * 3.2)
    return mix(scene, rgb("241f1a"), soft(0.003 - abs(rings - 0.026), 0.003) * 0.8)


def _brushed(random: Random, scene: Array, turn: Array) -> Array:
    """The planes as a flat brush lays them: short parallel touches that stay within the edges."""
    side = len(scene)
    canvas = Canvas(scene.copy())
    edges = abs(scene - blurred(scene, 0.004 * side)).sum(2)
    for share, spacing in ((0.011, 0.008), (0.0065, 0.0065)):
        for y, x in scattered(random, side, spacing * side):
            if at(edges, y, x) > 0.06:
                continue
            width = share * side * random.uniform(0.3, 0.5)
            brush = Brush(share * side, width, 8, 1.25, 0.09, 0.8)
            angle = float(at(turn, y, x)) + random.normal(0, 0.1)
            colour = varied(random, at(scene, y, x), 0.05)
            stroke(canvas, random, brush, (y, x), angle, colour)
    canvas.height += fractal(random, side, 0.4) * 0.1
    return canvas.lit(strength=0.2, gloss=0.03)


PAINTINGS: dict[str, Callable[[Random, int], Array]] = {"cubism": cubism}
