"""Masks: which style goes where, read from files, checked, and embedded in recipes."""

from engine.masks.embedded import EmbeddedGuidance, EmbeddedMask
from engine.masks.naming import named
from engine.masks.reading import LONGEST, canonical, of_alpha, of_picture, read, rest
from engine.masks.regions import (
    Region,
    are_same,
    described,
    guided,
    is_same,
    only,
    regions,
    settled,
)

__all__ = [
    "LONGEST",
    "EmbeddedGuidance",
    "EmbeddedMask",
    "Region",
    "are_same",
    "canonical",
    "described",
    "guided",
    "is_same",
    "named",
    "of_alpha",
    "of_picture",
    "only",
    "read",
    "regions",
    "rest",
    "settled",
]
