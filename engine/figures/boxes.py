"""Rectangles on a sheet that is composed: of a figure, of variations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, px; `right` and `bottom` are just beyond it."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Beyond its last column."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Beyond its last row."""
        return self.top + self.height

    def overlaps(self, other: Box) -> bool:
        """Whether the two have a pixel in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom
