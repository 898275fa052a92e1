"""What becomes of the masks as they, the styles and the photograph change. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from engine import masks
from engine.errors import MaskError
from engine.job import Guidance
from gui.masks.grid import have_one_shape
from gui.styles.slots import same

if TYPE_CHECKING:
    from engine.job import Job, Mask, Picture
    from gui.state import Moment

STRENGTH: Final = -1
"""The region of the map that says how strongly all styles act; those of styles count from 0."""

UNGUIDED: Final = Guidance()


def plain(guidance: Guidance) -> Guidance:
    """The same, with no masks at all where all styles go everywhere."""
    own = guidance.masks if any(guidance.masks) else ()
    return UNGUIDED if guidance.is_everywhere else Guidance(own, guidance.strength)


def mask_of(guidance: Guidance, region: int) -> Mask | None:
    """The mask of a region; None where it is everywhere."""
    if region == STRENGTH:
        return guidance.strength
    return guidance.masks[region] if region < len(guidance.masks) else None


def with_mask(guidance: Guidance, styles: int, region: int, mask: Mask | None) -> Guidance:
    """Another mask for a region.

    Args:
        guidance: that there was.
        styles: how many there are.
        region: of a style, or `STRENGTH`.
        mask: None for everywhere.
    """
    if region == STRENGTH:
        return plain(Guidance(guidance.masks, mask))
    own = [mask_of(guidance, each) for each in range(styles)]
    own[region] = mask
    return plain(Guidance(tuple(own), guidance.strength))


def count_of(guidance: Guidance) -> int:
    """How many masks there are."""
    return sum(mask is not None for mask in (*guidance.masks, guidance.strength))


def followed(before: Moment, after: Moment) -> Moment:
    """The moment after a change of the pictures, with the masks that fit them.

    They stay with their style; those of another photograph are kept where it has the same shape.
    A style that was exchanged for another leaves its mask to that one.
    """
    guidance = after.guidance
    if guidance is not before.guidance or guidance.is_everywhere:
        return after
    if not _fits(before.content, after.content):
        return replace(after, guidance=UNGUIDED)
    if same(before.styles, after.styles):
        return after
    own = _reordered(guidance, before.styles, after.styles)
    return replace(after, guidance=plain(Guidance(own, guidance.strength)))


def fitted(guidance: Guidance, content: Picture | None, other: Picture) -> Guidance:
    """The masks of a photograph for another one: where it has the same shape."""
    return guidance if _fits(content, other) else UNGUIDED


def guides(now: Moment, job: Job) -> bool:
    """Whether the masks of the moment are a run's, and news to it."""
    is_its_own = now.content is job.content and same(now.styles, job.styles)
    return is_its_own and now.guidance is not job.guidance and not why_useless(now)


def why_useless(now: Moment) -> str:
    """Why the masks of the moment cannot be painted by, such as that one is empty."""
    try:
        if now.content is not None:
            masks.settled(now.guidance, now.content.size, len(now.styles))
    except MaskError as error:
        return error.cause
    return ""


def has_empty(guidance: Guidance) -> bool:
    """Whether a style goes nowhere at all, or all of them do."""
    every = (*guidance.masks, guidance.strength)
    return any(mask is not None and not mask.values.any() for mask in every)


def _fits(before: Picture | None, after: Picture | None) -> bool:
    if before is None or after is None:
        return False
    return before is after or have_one_shape(before.size, after.size)


def _reordered(
    guidance: Guidance, before: tuple[Picture, ...], after: tuple[Picture, ...]
) -> tuple[Mask | None, ...]:
    own = [mask_of(guidance, index) for index in range(len(before))]
    left = list(range(len(before)))
    found: dict[int, int] = {}
    for index, style in enumerate(after):
        at = next((each for each in left if before[each] is style), None)
        if at is not None:
            found[index] = at
            left.remove(at)
    found |= {index: index for index in left if index not in found}  # exchanged in its place
    return tuple(own[found[index]] if index in found else None for index in range(len(after)))
