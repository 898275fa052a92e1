"""What becomes of shares, scales and crops where styles come and go. Shows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from engine.blends.portions import NAMES
from engine.blends.values import Crop, of_one

if TYPE_CHECKING:
    from engine.job import Job, Picture
    from engine.settings import Settings
    from gui.state import Moment

Pictures = tuple["Picture", ...]

MOST: Final = 20
"""Styles that find room."""

_PLACES: Final = 4
"""Decimals of a share that a slider gives."""


def same(one: Sequence[Picture], other: Sequence[Picture]) -> bool:
    """Whether these are the same pictures, taken for what they are."""
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def exchanged(now: Moment, old: Sequence[Picture], new: Sequence[Picture]) -> dict[str, Any]:
    """Let styles take the place of others.

    Args:
        now: the moment before.
        old: those that go; the first new one stands where the first of them stood, and has its
            share and its scale.
        new: those that come; they go to the end where none go. The others have as much as those
            that there are have on average.

    Returns:
        What changes in the moment: `styles` and `settings`.
    """
    going = [index for index, style in enumerate(now.styles) if any(style is o for o in old)]
    at = going[0] if going else len(now.styles)
    staying = [index for index in range(len(now.styles)) if index not in going]
    before = [index for index in staying if index < at]
    after = [index for index in staying if index > at]
    heir = [at if going else None, *[None] * len(new)][: len(new)]
    styles = (
        *(now.styles[index] for index in before),
        *new,
        *(now.styles[index] for index in after),
    )
    settings = _kept(now.settings, [*before, *heir, *after], fresh=len(before), count=len(new))
    return {"styles": styles, "settings": settings}


def swapped(now: Moment) -> dict[str, Any]:
    """Let the content and the first style change places."""
    incoming = () if now.content is None else (now.content,)
    return {"content": now.style, **exchanged(now, now.styles[:1], incoming)}


def fitting(now: Moment) -> Moment:
    """A moment whose settings say nothing of styles that are not there."""
    settings = now.settings
    wrong = [
        name for name in NAMES if len(getattr(settings, name) or now.styles) != len(now.styles)
    ]
    if not wrong:
        return now
    return replace(now, settings=settings.replace(**dict.fromkeys(wrong)))


def in_run(now: Moment, job: Job | None, sent: Settings) -> Settings:
    """The settings as a run can take them up.

    Args:
        now: what is wished for.
        job: the run's; styles that came since wait for the next one, and with them all that is
            said of the styles.
        sent: what the run was told last.
    """
    if job is None or same(now.styles, job.styles):
        return now.settings
    return now.settings.replace(**{name: getattr(sent, name) for name in NAMES})


def shares(settings: Settings, count: int) -> tuple[float, ...]:
    """How much of each of so many styles there is, as parts of 1."""
    return of_one(settings.style_shares or (1.0,) * count) if count else ()


def plain_shares(values: Sequence[float]) -> tuple[float, ...] | None:
    """Shares as settings say them: rounded, None where all are the same."""
    rounded = tuple(round(value, _PLACES) for value in values)
    return None if max(rounded) - min(rounded) < 2 * 10**-_PLACES else rounded


def with_part(
    settings: Settings, count: int, index: int, scale: float, crop: Crop | None
) -> dict[str, object]:
    """Change the scale and the crop of one of so many styles; None where nothing is special."""
    scales = list(settings.style_scales or (1.0,) * count)
    crops = list(settings.style_crops or (None,) * count)
    scales[index], crops[index] = scale, crop
    return {
        "style_scales": tuple(scales) if any(each != 1 for each in scales) else None,
        "style_crops": tuple(crops) if any(crops) else None,
    }


def _kept(settings: Settings, origins: list[int | None], fresh: int, count: int) -> Settings:
    """Settings for styles that come from such places; a crop is of its picture and not kept."""
    changes: dict[str, object] = dict.fromkeys(NAMES)
    if settings.style_shares and len(origins) > 1:
        old = settings.style_shares
        mean = sum(old) / len(old)
        values = tuple(mean if index is None else old[index] for index in origins)
        changes["style_shares"] = plain_shares(of_one(values))
    if settings.style_scales and origins:
        scales = settings.style_scales
        kept = tuple(1.0 if index is None else scales[index] for index in origins)
        changes["style_scales"] = kept if any(scale != 1 for scale in kept) else None
    if settings.style_crops and origins:
        crops = settings.style_crops
        new = range(fresh, fresh + count)
        parts = tuple(
            None if index is None or place in new else crops[index]
            for place, index in enumerate(origins)
        )
        changes["style_crops"] = parts if any(parts) else None
    return settings.replace(**changes)
