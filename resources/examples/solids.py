"""Solids that rays can meet: convex ones, and fields of distances; and what a surface is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np

from resources.examples.maths import Array, Triple, unit

FAR = 1e9
NEAR = 2e-3
"""The shortest step of a ray, so that none hits the surface that it leaves."""


class Spot(NamedTuple):
    """Where rays met solids: in the world, in the solid's own frame, and the solid's traits."""

    place: Array
    local: Array
    facing: Array
    normal: Array
    tint: Array
    size: Array
    seed: Array


class Surface(NamedTuple):
    """How a spot treats light; `mirror` is the share reflected head-on, 0 for matte.

    Where the albedo is black all paths are mirrored, weakened by that share.
    """

    albedo: Array
    emission: Array
    mirror: Array
    roughness: Array
    normal: Array


Material = Callable[[Spot], Surface]


class Shape(Protocol):
    """A body in its own frame."""

    def hit(self, start: Array, way: Array) -> Array:
        """Distance to the first entry, or FAR."""
        ...

    def normal(self, place: Array) -> Array:
        """The outward direction at places on the surface."""
        ...


@dataclass(frozen=True)
class Convex:
    """What lies within all slabs (normal, low, high) and all ellipsoids (centre, 1/radii)."""

    slabs: Array = field(default_factory=lambda: np.zeros((0, 5), np.float32))
    rounds: Array = field(default_factory=lambda: np.zeros((0, 6), np.float32))

    def hit(self, start: Array, way: Array) -> Array:
        """Distance to the first entry, or FAR."""
        near = np.full(start.shape[1], -FAR, np.float32)
        far = -near
        if len(self.slabs):
            speed, level = self.slabs[:, :3] @ way, self.slabs[:, :3] @ start
            speed = np.where(np.abs(speed) < 1e-9, np.float32(1e-9), speed)
            one, two = ((self.slabs[:, i, None] - level) / speed for i in (3, 4))
            near, far = np.minimum(one, two).max(0), np.maximum(one, two).min(0)
        for ball in self.rounds:
            enter, leave = _through_ball(ball, start, way)
            near, far = np.maximum(near, enter), np.minimum(far, leave)
        return np.where((near < far) & (near > NEAR), near, np.float32(FAR))

    def normal(self, place: Array) -> Array:
        """The gradient of the constraint that is nearest to being broken."""
        levels, ways = [], []
        for slab in self.slabs:
            level = slab[:3] @ place
            up = level * 2 > slab[3] + slab[4]
            levels.append(np.where(up, level - slab[4], slab[3] - level))
            ways.append(slab[:3, None] * np.where(up, 1, -1))
        for ball in self.rounds:
            from_centre = (place - ball[:3, None]) * ball[3:, None]
            levels.append((np.sqrt((from_centre**2).sum(0)) - 1) / ball[3:].max())
            ways.append(unit(from_centre * ball[3:, None]))
        nearest = np.argmax(levels, 0)
        chosen: Array = np.stack(ways)[nearest, :, np.arange(len(nearest))].T.astype(np.float32)
        return chosen


@dataclass(frozen=True)
class Field:
    """What lies below nought in a field of distances, marched within a box of half sides."""

    distance: Callable[[Array], Array]
    box: Triple
    pace: float = 0.9
    steps: int = 44

    @property
    def radius(self) -> float:
        """Of the ball around the box."""
        return float(np.linalg.norm(self.box))

    def hit(self, start: Array, way: Array) -> Array:
        """Distance to the first entry, or FAR."""
        speed = np.where(np.abs(way) < 1e-9, np.float32(1e-9), way)
        sides = np.array(self.box, np.float32)[:, None]
        one, two = (-sides - start) / speed, (sides - start) / speed
        near, far = np.minimum(one, two).max(0), np.maximum(one, two).min(0)
        return self.march(start, way, np.maximum(near, NEAR * 2), far, 1)

    def march(self, start: Array, way: Array, near: Array, far: Array, sign: float) -> Array:
        """Follow rays from `near` until the field times `sign` vanishes, or FAR."""
        travelled, found = near.copy(), np.full(len(near), FAR, np.float32)
        active = np.flatnonzero(near < far)
        tolerance = NEAR * 0.3
        for _ in range(self.steps):
            if not len(active):
                break
            at = travelled[active]
            gap = sign * self.distance(start[:, active] + way[:, active] * at)
            there = gap < tolerance
            found[active[there]] = at[there]
            travelled[active] = at + gap * self.pace
            active = active[~there & (travelled[active] < far[active])]
        return found

    def normal(self, place: Array) -> Array:
        """The field's gradient, from four neighbours."""
        corners = np.array([[1, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]], np.float32)
        width = np.float32(self.radius * 1.5e-3)
        pull = [
            corner[:, None] * self.distance(place + corner[:, None] * width) for corner in corners
        ]
        return unit(np.sum(pull, 0))


@dataclass(frozen=True)
class Solid:
    """A shape placed in the world; the rows of `frame` are its axes."""

    shape: Shape
    material: Material
    place: Triple
    radius: float
    tint: Triple = (0.5, 0.5, 0.5)
    size: Triple = (1, 1, 1)
    seed: float = 0
    frame: Array = field(default_factory=lambda: np.eye(3, dtype=np.float32))
    glass: Triple | None = None
    """What a unit of its inside lets through, for solids that rays pass."""


def _through_ball(ball: Array, start: Array, way: Array) -> tuple[Array, Array]:
    """Where rays enter and leave an ellipsoid; never (FAR, -FAR) for those that miss it."""
    begin, along = (start - ball[:3, None]) * ball[3:, None], way * ball[3:, None]
    a, b, c = (along**2).sum(0) + 1e-12, (begin * along).sum(0), (begin**2).sum(0) - 1
    rest = b * b - a * c
    root = np.sqrt(rest.clip(0))
    missed = rest < 0
    return np.where(missed, np.float32(FAR), (-b - root) / a), np.where(
        missed, np.float32(-FAR), (-b + root) / a
    )
