"""Which part of a picture lies where in the canvas: zoom, pan and fit as plain geometry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self

Point = tuple[float, float]

LOWEST: Final = 0.05
HIGHEST: Final = 32.0
STOPS: Final = (
    *(0.05, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0),
)
"""Where the zoom buttons stop, between the lowest and the highest zoom."""
_NEAR = 1.01


@dataclass(frozen=True, slots=True)
class View:
    """A picture seen in a room; lengths in the room are device pixels.

    Attributes:
        picture: width and height in px of the picture at full size.
        room: width and height of the canvas.
        margin: what stays free around a picture that fits.
        zoom: device pixels to a pixel of the picture; None for as large as fits.
        centre: which part of the picture is in the middle of the room, 0 … 1.
    """

    picture: tuple[int, int] = (1, 1)
    room: Point = (1, 1)
    margin: float = 0
    zoom: float | None = None
    centre: Point = (0.5, 0.5)

    @property
    def fit(self) -> float:
        """The zoom that shows all of the picture, as large as can be."""
        spaces = (max(1.0, side - 2 * self.margin) for side in self.room)
        return min(space / side for space, side in zip(spaces, self.picture, strict=True))

    @property
    def scale(self) -> float:
        """The zoom there is: 1 for a device pixel to each pixel."""
        return self.fit if self.zoom is None else self.zoom

    @property
    def lowest(self) -> float:
        """The least zoom; huge pictures still fit."""
        return min(LOWEST, self.fit)

    @property
    def highest(self) -> float:
        """The greatest zoom; tiny pictures still fill the room."""
        return max(HIGHEST, self.fit)

    @property
    def size(self) -> Point:
        """Of the picture in the room."""
        width, height = self.picture
        return width * self.scale, height * self.scale

    @property
    def origin(self) -> Point:
        """Where the picture's upper left corner is."""
        return self.point_of((0.0, 0.0))

    def rect(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the picture, on whole device pixels."""
        (left, top), (width, height) = self.origin, self.size
        return round(left), round(top), max(1, round(width)), max(1, round(height))

    def point_of(self, part: Point) -> Point:
        """Where a part of the picture is, given as 0 … 1 of its width and height."""
        x, y = (
            room / 2 + (at - centre) * size
            for room, at, centre, size in zip(self.room, part, self.centre, self.size, strict=True)
        )
        return x, y

    def part_at(self, point: Point) -> Point:
        """Which part of the picture is at a point; beyond 0 … 1 outside of it."""
        u, v = (
            centre + (at - room / 2) / size
            for room, at, centre, size in zip(self.room, point, self.centre, self.size, strict=True)
        )
        return u, v

    def fitted(self) -> Self:
        """All of the picture."""
        return replace(self, zoom=None, centre=(0.5, 0.5))

    def zoomed(self, zoom: float, at: Point | None = None) -> Self:
        """Another zoom, the part of the picture at a point staying there; else the middle."""
        at = at or (self.room[0] / 2, self.room[1] / 2)
        part = self.part_at(at)
        changed = replace(self, zoom=min(max(zoom, self.lowest), self.highest), centre=part)
        x, y = changed.point_of(part)
        return changed.moved(at[0] - x, at[1] - y)

    def stepped(self, up: bool, at: Point | None = None) -> Self:
        """To the next of the `STOPS`."""
        stops = sorted({*STOPS, self.lowest, self.highest})
        if up:
            further = [stop for stop in stops if stop > self.scale * _NEAR]
            return self.zoomed(further[0] if further else self.highest, at)
        further = [stop for stop in stops if stop * _NEAR < self.scale]
        return self.zoomed(further[-1] if further else self.lowest, at)

    def moved(self, right: float, down: float) -> Self:
        """The picture pushed by so many device pixels, as far as it may go."""
        u, v = (
            _held(centre - push / size, size, room, self.margin)
            for centre, push, size, room in zip(
                self.centre, (right, down), self.size, self.room, strict=True
            )
        )
        return replace(self, centre=(u, v))

    def within(self, room: Point, margin: float) -> Self:
        """The same part of the picture in the middle of another room."""
        if (room, margin) == (self.room, self.margin):
            return self
        changed = replace(self, room=room, margin=margin)
        return changed if self.zoom is None else changed.moved(0, 0)

    def showing(self, picture: tuple[int, int]) -> Self:
        """Another picture: in the same place if it has the same shape, else all of it."""
        if not _same_shape(self.picture, picture):
            return replace(self, picture=picture).fitted()
        if self.zoom is None:
            return replace(self, picture=picture)
        # Not held within the limits: that would move the picture under the user's eyes.
        zoom = self.zoom * sum(self.picture) / sum(picture)
        return replace(self, picture=picture, zoom=zoom)


def _held(centre: float, size: float, room: float, margin: float) -> float:
    """Keep a side in the middle if there is room for it, else at a third of the room at least."""
    excess = size + 2 * margin - room
    # Grows from nothing, so that the picture never jumps as it outgrows the room.
    reach = (excess / 2 + min(excess, room / 3)) / size if excess > 0 else 0.0
    return min(max(centre, 0.5 - reach), 0.5 + reach)


def _same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two sizes differ by a factor, but for the rounding to whole pixels."""
    return abs(one[0] * other[1] - one[1] * other[0]) <= max(sum(one), sum(other))
