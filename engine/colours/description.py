"""What happens to the pictures' colours, in words: for `--dry-run`, before anything is painted."""

from __future__ import annotations

import numpy as np

from engine.choices import Colours
from engine.colours.palette import Palette, style_map
from engine.job import Job
from engine.settings import Settings


def lines(settings: Settings, job: Job) -> tuple[str, ...]:
    """A line on the colours, one for each style that is brought to other ones, one on the blend."""
    colours, strength = settings.colours, settings.colour_strength
    content = Palette.of(job.content.pixels)
    changed = []
    for style in job.styles if colours is not Colours.STYLE and strength else ():
        theirs = Palette.of(style.pixels)
        after = style_map(colours, strength, theirs, content).of(theirs)
        changed.append(f"  “{style.name}” {_named(theirs)} → {_named(after)}")
    back = f"  {100 * settings.colour_blend:.0f} % of the photograph's are put back at the end"
    share = f", at {100 * strength:.0f} %" if strength < 1 and colours is not Colours.STYLE else ""
    first = f"colours {colours}: {_WORDS[colours]}{share}"
    return first, *changed, *((back,) if settings.colour_blend else ())


_WORDS = {
    Colours.STYLE: "the style's are used as they are",
    Colours.LUMINANCE: "only light is painted, and the photograph's colours are put back",
    Colours.MATCH: "the style's are brought to the photograph's by symmetric square roots",
    Colours.CHOLESKY: "the style's are brought to the photograph's by Cholesky's factors",
}


def _named(palette: Palette) -> str:
    """Mean and deviation, as `mean #a08c70 ± 21 %`."""
    mean = (palette.mean.clip(0, 1) * 255 + 0.5).astype(int)
    deviation = np.sqrt(max(0.0, float(np.trace(palette.covariance)) / 3))
    return f"mean #{mean[0]:02x}{mean[1]:02x}{mean[2]:02x} ± {100 * deviation:.0f} %"
