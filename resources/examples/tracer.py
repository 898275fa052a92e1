"""A small path tracer: convex solids and distance fields, lamps, glass, haze, and a developer.

Vectors are float32 of shape (3, n), scalars (n,); lengths are in whatever unit a scene is built in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resources.examples.film import denoised
from resources.examples.maths import UP, Array, Triple, unit
from resources.examples.solids import FAR, NEAR, Field, Solid, Spot, Surface

Indices = NDArray[np.int64]
Random = np.random.Generator

BLOCK = 32_768
MATTE = 2
"""The matte thing at which a path ends."""
SPARED = np.float32(0.5)
"""The share of paths that go on from the first matte thing."""
GLASS = 1.5


@dataclass(frozen=True)
class Lamp:
    """A source of light: a ball's worth of jitter, or a panel spanned by two half sides."""

    place: Triple
    colour: Triple
    spread: Sequence[Triple]
    panel: bool = False


@dataclass(frozen=True)
class Camera:
    """Looks from `eye` to `target`; `view` is the picture's width at a distance of one."""

    eye: Triple
    target: Triple
    view: float
    shift: float = 0
    aperture: float = 0

    def rays(self, x: Array, y: Array, random: Random) -> tuple[Array, Array]:
        """Rays through points of the picture, x and y in widths from its centre, y upwards."""
        eye = np.array(self.eye, np.float32)
        ahead = np.array(self.target, np.float32) - eye
        focus = np.linalg.norm(ahead)
        ahead = ahead / focus
        right = np.cross(UP, ahead)
        right = right / np.linalg.norm(right)
        above = np.cross(ahead, right)
        way = ahead[:, None] + (right[:, None] * x + above[:, None] * (y + self.shift)) * self.view
        turn, reach = random.random((2, len(x)), np.float32)
        lens = (
            np.sqrt(reach)
            * self.aperture
            * np.array([np.cos(turn * 6.2832), np.sin(turn * 6.2832)])
        )
        offset = right[:, None] * lens[0] + above[:, None] * lens[1]
        start = eye[:, None] + offset
        return start.astype(np.float32), unit((way * focus - offset).astype(np.float32))


@dataclass(frozen=True)
class Scene:
    """Everything a ray can meet; `haze` is what share of light a unit of air takes."""

    solids: Sequence[Solid]
    sky: Callable[[Array], Array]
    camera: Camera
    lamps: Sequence[Lamp] = ()
    glints: Callable[[Array], Array] | None = None
    haze: float = 0
    glow: float = 0
    """How brightly haze shows the lamps' light, seen from the camera."""

    def nearest(self, start: Array, way: Array) -> tuple[Array, Indices]:
        """Distance (FAR for none) and index (-1 for none) of the first solid along each ray."""
        best = np.full(start.shape[1], FAR, np.float32)
        which = np.full(start.shape[1], -1)
        centres = np.array([solid.place for solid in self.solids], np.float32)
        radii = np.array([solid.radius for solid in self.solids], np.float32)[:, None]
        along = centres @ way - (start * way).sum(0)
        gap = (centres**2).sum(1)[:, None] - 2 * (centres @ start) + (start**2).sum(0) - along**2
        near = (gap <= radii**2) & (along > -radii)
        for index in np.flatnonzero(near.any(1)).tolist():
            solid, rows = self.solids[index], np.flatnonzero(near[index])
            place = np.array(solid.place, np.float32)[:, None]
            local = solid.frame @ (start[:, rows] - place)
            distance = solid.shape.hit(local, solid.frame @ way[:, rows])
            closer = distance < best[rows]
            best[rows[closer]], which[rows[closer]] = distance[closer], index
        return best, which

    def spot(self, place: Array, which: Indices) -> tuple[Spot, Surface]:
        """Traits and surface of the places on the solids `which`."""
        local, facing, normal = np.empty((3, *place.shape), np.float32)
        parts = np.empty((10, place.shape[1]), np.float32)
        for index in np.unique(which):
            solid, rows = self.solids[index], np.flatnonzero(which == index)
            local[:, rows] = solid.frame @ (place[:, rows] - np.array(solid.place)[:, None])
            facing[:, rows] = solid.shape.normal(local[:, rows])
            normal[:, rows] = solid.frame.T @ facing[:, rows]
            parts[:7, rows] = np.array([*solid.tint, *solid.size, solid.seed])[:, None]
        spot = Spot(place, local, facing, normal, parts[:3], parts[3:6], parts[6])
        return spot, self._surface(spot, which)

    def _surface(self, spot: Spot, which: Indices) -> Surface:
        whole = np.zeros((11, len(which)), np.float32)
        kinds = [solid.material for solid in self.solids]
        for material in dict.fromkeys(kinds[index] for index in np.unique(which)):
            rows = np.flatnonzero(np.array([kind is material for kind in kinds])[which])
            part = material(Spot(*(trait[..., rows] for trait in spot)))
            whole[:3, rows], whole[3:6, rows], whole[6, rows] = part[:3]
            whole[7, rows], whole[8:, rows] = part[3:]
        return Surface(whole[:3], whole[3:6], whole[6], whole[7], whole[8:])

    def lit(self, spot: Spot, normal: Array, random: Random) -> Array:
        """Light that arrives straight from one lamp, chosen by how much it may give."""
        count = spot.place.shape[1]
        if not self.lamps:
            return np.zeros((3, count), np.float32)
        places, powers = (
            np.array([getattr(lamp, k) for lamp in self.lamps], np.float32)
            for k in ("place", "colour")
        )
        reach = ((places[:, :, None] - spot.place) ** 2).sum(1)
        odds = powers.max(1)[:, None] / (reach + 0.5)
        odds = np.cumsum(odds / odds.sum(0), 0)
        pick = (random.random(count, np.float32) > odds[:-1]).sum(0)
        chance = np.diff(odds, axis=0, prepend=0)[pick, np.arange(count)]
        jitter = random.uniform(-1, 1, (3, count)).astype(np.float32)
        spread = np.array([lamp.spread for lamp in self.lamps], np.float32)[pick]
        target = places[pick].T + np.einsum("nji,jn->in", spread, jitter)
        towards = target - spot.place
        length = np.sqrt((towards**2).sum(0))
        towards /= length
        share = (normal * towards).sum(0).clip(0) / (length**2 * chance + 0.02)
        panels = np.array([lamp.panel for lamp in self.lamps])[pick]
        faces = unit(np.cross(spread[:, 0], spread[:, 1]).T + 1e-12)
        share = share * np.where(panels, np.abs((faces * towards).sum(0)), 1)
        share[share > 0] *= self.open_share(
            spot.place[:, share > 0], towards[:, share > 0], length[share > 0]
        )
        return powers[pick].T * share

    def open_share(self, start: Array, way: Array, length: Array) -> Array:
        """The share of light that gets through: none past solids, most of it past glass."""
        share = np.ones(len(length), np.float32)
        distance, which = self.nearest(start, way)
        blocked = np.flatnonzero(distance < length - 0.05)
        clear = np.array([solid.glass is not None for solid in self.solids])[which[blocked]]
        share[blocked] = 0
        through = blocked[clear]
        if len(through):
            onward = start[:, through] + way[:, through] * (distance[through] + NEAR)
            rest = length[through] - distance[through]
            share[through] = 0.72 * self.open_share(onward, way[:, through], rest)
        return share

    def veil(self, start: Array, way: Array, distance: Array) -> tuple[Array, Array]:
        """The share of light left after `distance` of haze, and the light that haze adds."""
        length = np.minimum(distance, 400)
        left = np.exp(-self.haze * length)
        level = np.stack([way[0], np.abs(way[1]) * 0.3 + 0.02, way[2]])
        added = self.sky(unit(level)) * (1 - left)
        for lamp in self.lamps if self.glow else ():
            offset = np.array(lamp.place, np.float32)[:, None] - start
            along = (offset * way).sum(0)
            aside = np.sqrt(((offset**2).sum(0) - along**2).clip(0.02))
            angle = np.arctan((length - along) / aside) + np.arctan(along / aside)
            added = added + np.array(lamp.colour, np.float32)[:, None] * (self.glow * angle / aside)
        return left, added


class Seen(NamedTuple):
    """What paths brought: light, and the colour, direction and distance of what they first met.

    `glassy` is 1 where that was glass; `met` tells which paths have met anything.
    """

    light: Array
    base: Array
    normal: Array
    depth: Array
    glassy: Array
    met: NDArray[np.bool_]


@dataclass
class _Paths:
    """Paths under way: `rows` are their places in what is Seen, `pure` those only mirrored yet."""

    start: Array
    way: Array
    beam: Array
    rows: Indices
    pure: NDArray[np.bool_]
    turns: NDArray[np.int64]

    def keep(self, wanted: NDArray[np.bool_]) -> None:
        """Go on with the wanted ones only."""
        self.start, self.way = self.start[:, wanted], self.way[:, wanted]
        self.beam, self.rows = self.beam[:, wanted], self.rows[wanted]
        self.pure, self.turns = self.pure[wanted], self.turns[wanted]


def trace(scene: Scene, start: Array, way: Array, random: Random, bounces: int) -> Seen:
    """Follow paths; the light each brings, and the first matte thing that it met."""
    count = start.shape[1]
    light, base, normal = np.zeros((3, 3, count), np.float32)
    depth, glassy = np.zeros((2, count), np.float32)
    seen = Seen(light, base, normal, depth, glassy, np.zeros(count, bool))
    rows, pure = np.arange(count), np.ones(count, bool)
    paths = _Paths(start, way, np.ones_like(way), rows, pure, np.zeros_like(rows))
    for bounce in range(bounces):
        distance, which = scene.nearest(paths.start, paths.way)
        if scene.haze and bounce < 2:
            _cross_haze(scene, paths, seen, distance)
        _leave(scene, paths, seen, which < 0)
        paths.keep(which >= 0)
        if not len(paths.rows):
            break
        _turn(scene, paths, seen, distance[which >= 0], which[which >= 0], random)
    return seen


def _bring(paths: _Paths, seen: Seen, light: Array) -> None:
    """Add light that is free of noise, and so belongs to the colour of what is first met too."""
    seen.light[:, paths.rows] += light
    seen.base[:, paths.rows] += light * ~seen.met[paths.rows]


def _cross_haze(scene: Scene, paths: _Paths, seen: Seen, distance: Array) -> None:
    left, added = scene.veil(paths.start, paths.way, distance)
    _bring(paths, seen, paths.beam * added * paths.pure)
    paths.beam = paths.beam * np.where(paths.pure, left, np.float32(1))


def _leave(scene: Scene, paths: _Paths, seen: Seen, missed: NDArray[np.bool_]) -> None:
    _bring(paths, seen, paths.beam * scene.sky(paths.way) * missed)
    seen.met[paths.rows[missed]] = True


def _turn(
    scene: Scene, paths: _Paths, seen: Seen, distance: Array, which: Indices, random: Random
) -> None:
    """Light paths where they met solids, and send them on from there."""
    place = paths.start + paths.way * distance
    spot, surface = scene.spot(place, which)
    clear = np.array([solid.glass is not None for solid in scene.solids])[which]
    polished = surface.albedo.max(0) <= 0
    share = _mirrored_share(surface, paths.way)
    shiny = ((random.random(len(which), np.float32) < share) | polished) & ~clear
    matte = ~shiny & ~clear
    _bring(paths, seen, paths.beam * surface.emission * (polished & paths.pure))
    paths.beam = paths.beam * np.where(polished, share, np.float32(1))
    if scene.glints is not None:
        _glint(scene, paths, seen, spot, surface, random)
    _note(paths, seen, surface, distance, ~polished, clear)
    _light(scene, paths, seen, spot, surface, matte, random)
    scatter = unit(np.asarray(random.standard_normal(place.shape)))
    mirrored = paths.way - 2 * (surface.normal * paths.way).sum(0) * surface.normal
    glossy = mirrored + scatter * surface.roughness**2
    onward = unit(np.where(shiny, glossy, surface.normal + scatter * 0.999))
    paths.start = place + spot.normal * NEAR
    for index in np.unique(which[clear]).tolist():
        at = np.flatnonzero(which == index)
        lens = place[:, at], paths.way[:, at], spot.normal[:, at], paths.beam[:, at]
        through = _pass_glass(scene.solids[index], *lens, random)
        paths.start[:, at], onward[:, at], paths.beam[:, at] = through
    paths.way = onward
    _thin(paths, matte, random)


def _glint(
    scene: Scene, paths: _Paths, seen: Seen, spot: Spot, surface: Surface, random: Random
) -> None:
    """Add the lamps that glossy things mirror, wherever a path might turn: chance would speckle."""
    assert scene.glints is not None
    cosine = (surface.normal * paths.way).sum(0)
    scatter = unit(np.asarray(random.standard_normal(paths.way.shape))) * surface.roughness**2
    way = unit(paths.way - 2 * cosine * surface.normal + scatter)
    light = paths.beam * _mirrored_share(surface, paths.way) * scene.glints(way) * paths.pure
    bright = np.flatnonzero(light.max(0) > 1e-3)
    far = np.full(len(bright), 50, np.float32)
    start = spot.place[:, bright] + spot.normal[:, bright] * NEAR
    light[:, bright] *= scene.open_share(start, way[:, bright], far)
    _bring(paths, seen, light.astype(np.float32))


def _mirrored_share(surface: Surface, way: Array) -> Array:
    """Schlick's share of mirrored light, less towards the rim of rough things; 0 for matte."""
    slant = (1 - np.abs((surface.normal * way).sum(0))).clip(0, 1)
    rim = (1 - surface.mirror) * slant**5 * (1 - surface.roughness)
    return np.where(surface.mirror > 0, surface.mirror + rim, np.float32(0))


def _note(
    paths: _Paths,
    seen: Seen,
    surface: Surface,
    distance: Array,
    shown: NDArray[np.bool_],
    clear: NDArray[np.bool_],
) -> None:
    """Remember what paths met first, for the denoiser."""
    fresh = shown & ~seen.met[paths.rows]
    colour = surface.albedo + surface.emission / (1 + surface.emission)
    seen.base[:, paths.rows] += paths.beam * fresh * colour
    seen.normal[:, paths.rows] += fresh * surface.normal
    seen.depth[paths.rows] += fresh * distance
    seen.glassy[paths.rows] += fresh & clear
    seen.met[paths.rows[fresh]] = True


def _light(
    scene: Scene,
    paths: _Paths,
    seen: Seen,
    spot: Spot,
    surface: Surface,
    matte: NDArray[np.bool_],
    random: Random,
) -> None:
    """Add what matte things shine back of the lamps and give themselves."""
    lamps = np.zeros_like(spot.place)
    part = Spot(*(trait[..., matte] for trait in spot))
    lamps[:, matte] = scene.lit(part, surface.normal[:, matte], random)
    shone = paths.beam * (surface.albedo * lamps + surface.emission) * matte
    seen.light[:, paths.rows] += np.minimum(shone, np.where(paths.pure, 60, 2))
    paths.beam = np.where(matte, paths.beam * surface.albedo, paths.beam)


def _thin(paths: _Paths, matte: NDArray[np.bool_], random: Random) -> None:
    """End paths at their last matte thing and some at earlier ones, for which the others stand."""
    paths.turns = paths.turns + matte
    chosen = random.random(len(matte), np.float32) < SPARED
    paths.beam = (paths.beam / np.where(matte, SPARED, 1)).astype(np.float32)
    paths.pure = paths.pure & ~matte
    paths.keep(~matte | ((paths.turns < MATTE) & chosen))


def _pass_glass(
    solid: Solid, place: Array, way: Array, normal: Array, beam: Array, random: Random
) -> tuple[Array, Array, Array]:
    """Reflect off glass, or refract into it and on to where the ray leaves it again."""
    assert isinstance(solid.shape, Field) and solid.glass is not None
    cosine = -(normal * way).sum(0).clip(-1, 0)
    mirrored = random.random(len(cosine)) < 0.04 + 0.96 * (1 - cosine) ** 5
    inside, _ = _refract(way, normal, 1 / GLASS)
    at, tint = place.copy(), np.array(solid.glass, np.float32)[:, None]
    out, done = inside.copy(), np.zeros(len(cosine), bool)
    for _ in range(3):
        local = solid.frame @ (at - np.array(solid.place, np.float32)[:, None])
        turned = solid.frame @ inside
        near = np.full(len(cosine), NEAR * 4, np.float32)
        thick = solid.shape.march(local, turned, near, near + solid.radius * 2, -1)
        thick = np.where(done | (thick > FAR / 2), 0, thick)
        at = at + inside * thick
        beam = beam * np.where(mirrored, 1, tint**thick)
        skin = solid.frame.T @ solid.shape.normal(
            solid.frame @ (at - np.array(solid.place)[:, None])
        )
        leaving, trapped = _refract(inside, -skin, GLASS)
        out = np.where(done, out, np.where(trapped, inside, leaving))
        done = done | ~trapped
        inside = np.where(trapped, inside - 2 * (inside * skin).sum(0) * skin, inside)
    back = way - 2 * (normal * way).sum(0) * normal
    start = np.where(mirrored, place + normal * NEAR, at + out * NEAR * 2)
    return start.astype(np.float32), np.where(mirrored, back, out).astype(np.float32), beam


def _refract(way: Array, normal: Array, ratio: float) -> tuple[Array, NDArray[np.bool_]]:
    cosine = -(normal * way).sum(0)
    rest = 1 - ratio**2 * (1 - cosine**2)
    bent = ratio * way + (ratio * cosine - np.sqrt(rest.clip(0))) * normal
    return unit(bent), rest < 0


def expose(scene: Scene, width: int, height: int, samples: int, bounces: int) -> Array:
    """The scene's linear light, (height, width, 3), from `samples`² paths a pixel, denoised."""
    total = np.zeros((11, height * width), np.float32)
    pixels = np.arange(height * width)
    for number in range(samples * samples):
        for block in np.array_split(pixels, max(1, len(pixels) // BLOCK)):
            random = np.random.default_rng((number, int(block[0])))
            cell = np.array(divmod(number, samples), np.float32)[:, None]
            jitter = (random.random((2, len(block)), np.float32) + cell) / samples
            x = (block % width + jitter[0]) / width - 0.5
            y = (height / 2 - block // width - jitter[1]) / width
            seen = trace(scene, *scene.camera.rays(x, y, random), random, bounces)
            total[:, block] += np.concatenate([*seen[:3], [seen.depth, seen.glassy]]) / samples**2
    return denoised(total.reshape(11, height, width), samples).transpose(1, 2, 0)
