"""The flags of a timelapse on the command line."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.choices import Spacing
from engine.errors import InputError

if TYPE_CHECKING:
    from engine.timelapse.filming import Filming


def with_timelapse(command: Callable[..., int]) -> Callable[..., int]:
    """Add the flags; the command gets a `Filming`, or None, as its argument `timelapse`."""

    @wraps(command)
    def collected(
        timelapse: Path | None,
        timelapse_seconds: float | None,
        timelapse_spacing: str | None,
        timelapse_size: int | None,
        timelapse_photograph: bool,
        **others: Any,  # noqa: ANN401 (the command's own)
    ) -> int:
        given = {
            "seconds": timelapse_seconds,
            "spacing": None if timelapse_spacing is None else Spacing(timelapse_spacing),
            "side": timelapse_size,
            "photograph": timelapse_photograph or None,
        }
        wanted = {name: value for name, value in given.items() if value is not None}
        return command(timelapse=_filming(timelapse, wanted), **others)

    for option in reversed(_options()):
        collected = option(collected)
    return collected


def _options() -> tuple[Callable[[Callable[..., int]], Callable[..., int]], ...]:
    return (
        click.option(
            "--timelapse",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write how the picture came about as an animation: .webp, .gif, or .mp4 (with the "
            "package av). Also where the render is interrupted.",
        ),
        click.option(
            "--timelapse-seconds",
            metavar="X",
            type=float,
            help="How long the timelapse lasts, 1 to 120. Default 8.",
        ),
        click.option(
            "--timelapse-spacing",
            type=click.Choice([*Spacing]),
            help="What is even from frame to frame: the steps, or the change of the picture, "
            "which is quickest at first. Default change.",
        ),
        click.option(
            "--timelapse-size",
            metavar="N",
            type=int,
            help="The timelapse's long side in px, 16 to 1024; never larger than the picture. "
            "Default 640.",
        ),
        click.option(
            "--timelapse-photograph",
            is_flag=True,
            help="Let the timelapse begin with the photograph.",
        ),
    )


def _filming(path: Path | None, wanted: dict[str, Any]) -> Filming | None:
    if path is None:
        if wanted:
            raise InputError(
                "how a timelapse is to be was named, but no file for it", "name --timelapse FILE"
            )
        return None
    from engine.timelapse.animation import Options  # loads Pillow and NumPy
    from engine.timelapse.filming import Filming

    return Filming(path, Options(**wanted))
