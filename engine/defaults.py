"""What the engine decides where a setting is left open: by the objective, and by the device.

Everything decided is written into the settings, so that the same job can be done again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.choices import Objective, Optimizer, Padding, Precision, StyleFit
from engine.job import DeviceInfo
from engine.layers import tilted
from engine.networks import PAPER_LAYERS, Layers
from engine.settings import Settings, default_style_weight

SMALLEST_SCALE: Final = 128

HISTORY: Final = 20
"""Steps that L-BFGS remembers where there is room."""

STEPS_A_SCALE: Final = 30
"""On average, where a finished picture is enlarged: it needs detail, and nothing else."""

SCALES_ONWARDS: Final = 3
"""Of a run that goes on from a picture: a change shows at once in the coarse ones."""


def for_objective(settings: Settings) -> Settings:
    """Decide what the objective decides: start, weights, how the style is fitted, the edges."""
    paper = settings.objective is Objective.PAPER
    return _filled(
        settings,
        {
            "init": "noise" if paper else "content",
            "style_weight": default_style_weight(settings.objective),
            "tv_weight": 0.0 if paper else 1.0,
            "style_fit": StyleFit.COVER if paper else StyleFit.WHOLE,
            "padding": Padding.ZEROS if paper else Padding.REPLICATE,
        },
    )


def resolved(
    settings: Settings,
    device: DeviceInfo,
    *,
    threads: int,
    seed: int,
    layers: Layers = PAPER_LAYERS,
) -> Settings:
    """Decide everything that is left open.

    Args:
        settings: as the user left them.
        device: on which the job runs; decides size, steps, precision and tile.
        threads: CPU threads to use if none are asked for.
        seed: to use if none is given.
        layers: that suit the network; the objective `paper` has its own.
    """
    if settings.objective is Objective.PAPER:
        layers = PAPER_LAYERS
    size = settings.size or (settings.scales[-1] if settings.scales else default_size(device))
    decided: dict[str, object] = {
        "size": size,
        "content_layer": layers.content,
        "style_layers": tilted(layers.style, settings.detail),
        "steps": default_steps(device),
        "scales": _default_scales(settings.objective, size),
        "seed": seed,
        "precision": Precision.MIXED if device.bfloat16 else Precision.FLOAT32,
        "threads": threads,
        "tile": 1536 if device.memory >= 16 * 2**30 else 1024,
    }
    # By its memory: see `engine.costs.frugal`.
    decided |= {"optimizer": Optimizer.LBFGS, "history": HISTORY}
    if settings.optimizer is Optimizer.ADAM:
        decided["learning_rate"] = 0.02
    return _filled(for_objective(settings), decided).replace(device=device.name)


def default_size(device: DeviceInfo) -> int:
    """Long side in px of a result that is worth keeping and does not take long on `device`."""
    if device.name == "cpu":
        return 640
    gigabytes = device.memory / 2**30
    return 2048 if gigabytes >= 40 else 1536 if gigabytes >= 14 else 1024


def default_steps(device: DeviceInfo, *, onwards: bool = False) -> int:
    """Iterations of a whole render, or of one that goes on from a picture."""
    steps = 150 if device.name == "cpu" else 220
    return steps // 2 if onwards else steps


def for_start(settings: Settings, start: int, device: DeviceInfo) -> Settings:
    """Decide how a render goes on from a picture.

    Args:
        settings: as the user left them.
        start: long side of the picture, px.
        device: on which the job runs.
    """
    size = settings.size or (settings.scales or (start,))[-1]
    decided = {
        "size": size,
        "scales": _default_scales(settings.objective, size)[-SCALES_ONWARDS:],
        "steps": default_steps(device, onwards=True),
    }
    return _filled(settings, decided)


def for_enlarging(settings: Settings, start: int, size: int) -> Settings:
    """Decide how a finished picture is painted larger: what is coarser than it stays.

    Args:
        settings: that it was painted with; scales and steps are left open.
        start: its long side, px.
        size: the long side wanted, px, above `start`.
    """
    scales = tuple(side for side in scales_to(size) if side > start)
    decided = {"size": size, "scales": scales, "steps": STEPS_A_SCALE * len(scales)}
    return _filled(settings, decided)


def _default_scales(objective: Objective, size: int) -> tuple[int, ...]:
    return (size,) if objective is Objective.PAPER else scales_to(size)


def scales_to(size: int) -> tuple[int, ...]:
    """Long sides in px of a pyramid, each twice the one before, down to `SMALLEST_SCALE`."""
    sides = [size]
    while sides[0] // 2 >= SMALLEST_SCALE:
        sides.insert(0, sides[0] // 2)
    return tuple(sides)


def _filled(settings: Settings, decided: Mapping[str, object]) -> Settings:
    open_ones = {n: value for n, value in decided.items() if getattr(settings, n) is None}
    return settings.replace(**open_ones)
