"""What the losses of a run were, and the ticks of a logarithmic axis. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine import live
from engine.job import Frame, Losses, Started
from engine.settings import Settings

MOST: Final = 2000
"""Points of a curve; beyond, every second one goes."""
TOTAL, CONTENT, SMOOTHING = "total", "content", "smoothing"
DECADES: Final = 6
"""Parts that are smaller than the total by more than these powers of ten are not seen."""

_AGREE: Final = 1e-3
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def contributions(losses: Losses, settings: Settings) -> dict[str, float]:
    """The total, and its parts as they count in it: α L_content, β w_l E_l, smoothing."""
    beta, shares = settings.style_weight or 0.0, dict(settings.style_layers or ())
    parts = {name: beta * shares.get(name, 0.0) * raw for name, raw in losses.style.items()}
    return {
        TOTAL: losses.total,
        CONTENT: settings.content_weight * losses.content,
        **parts,
        SMOOTHING: (settings.tv_weight or 0.0) * losses.tv,
    }


@dataclass(slots=True)
class LossHistory:
    """Every loss of a run by iteration, thinned out as it grows.

    Attributes:
        steps: ascending.
        curves: by name, as long as `steps`; NaN where there is nothing to show on a log axis.
        marks: the steps at which a scale began, with the picture's long side there, px.
    """

    steps: list[int] = field(default_factory=list)
    curves: dict[str, list[float]] = field(default_factory=dict)
    marks: list[tuple[int, int]] = field(default_factory=list)
    _decided: Settings | None = None
    _used: Settings | None = None
    _asked: Settings | None = None
    _in_force: Settings | None = None
    _scale: int = -1
    _stride: int = 1
    _passing: int = 0

    def start(self, started: Started) -> None:
        """Forget the run before; weights that are asked for later fall back on these."""
        self.clear()
        self._decided = self._used = started.settings

    def clear(self) -> None:
        """Forget everything."""
        self.steps.clear()
        self.curves.clear()
        self.marks.clear()
        self._decided = self._used = self._asked = self._in_force = None
        self._scale, self._stride, self._passing = -1, 1, 0

    def add(self, frame: Frame, asked: Settings) -> None:
        """Add a frame's losses.

        Args:
            frame: a later one than before; after a step back, what it overtakes is forgotten.
            asked: the settings as the user has them now, which the frame may not know yet.
        """
        self._forget_from(frame.step)
        if frame.scale != self._scale:
            self._scale = frame.scale
            self.marks.append((frame.step, max(frame.size)))
        if self._passing:
            self._drop(slice(-1, None))  # it was only there for being the newest
        self._append(frame.step, self._parts(frame.losses, asked))
        self._passing = (self._passing + 1) % self._stride
        if len(self.steps) > MOST:
            self._thin_out()

    def points(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Steps and log₁₀ of a curve; NaN where there is a gap."""
        steps = np.asarray(self.steps, dtype=np.float64)
        return steps, np.log10(np.asarray(self.curves[name], dtype=np.float64))

    def value(self, name: str, index: int) -> float:
        """A point of a curve, NaN where there is none."""
        return self.curves[name][index]

    def nearest(self, step: float) -> int | None:
        """The index of the step nearest to one; None while there is none."""
        if not self.steps:
            return None
        return int(np.abs(np.asarray(self.steps) - step).argmin())

    def size_at(self, step: int) -> int:
        """The picture's long side at a step, px."""
        return next((size for begun, size in reversed(self.marks) if begun <= step), 0)

    def _parts(self, losses: Losses, asked: Settings) -> Mapping[str, float]:
        """Weighted by the settings that the frame was computed with: its parts give its total."""
        newest = self._resolved(asked)
        parts = contributions(losses, newest)
        before = contributions(losses, self._used) if self._used else parts
        if not _agree(parts) and _agree(before):
            return before
        self._used = newest
        return parts

    def _resolved(self, asked: Settings) -> Settings:
        if self._in_force is None or asked is not self._asked:
            self._asked = asked
            self._in_force = live.in_force(self._decided, asked) if self._decided else asked
        return self._in_force

    def _append(self, step: int, parts: Mapping[str, float]) -> None:
        for name in parts:
            self.curves.setdefault(name, [math.nan] * len(self.steps))
        self.steps.append(step)
        for name, values in self.curves.items():
            value = parts.get(name, 0.0)
            values.append(value if 0 < value < math.inf else math.nan)

    def _forget_from(self, step: int) -> None:
        kept = len(self.steps)
        while kept and self.steps[kept - 1] >= step:
            kept -= 1
        if kept < len(self.steps):
            self._drop(slice(kept, None))
            self._passing = 0
        self.marks[:] = [mark for mark in self.marks if mark[0] <= step]

    def _thin_out(self) -> None:
        self._stride *= 2
        self._passing = 0
        self._drop(slice(-2, None, -2))  # the newest stays

    def _drop(self, places: slice) -> None:
        del self.steps[places]
        for values in self.curves.values():
            del values[places]


def _agree(parts: Mapping[str, float]) -> bool:
    """Whether the parts add up to the total."""
    whole = math.fsum(value for name, value in parts.items() if name != TOTAL)
    return math.isclose(whole, parts[TOTAL], rel_tol=_AGREE)


def span(curves: list[NDArray[np.float64]]) -> tuple[float, float]:
    """The range of an axis that shows curves of log₁₀, with a little room around."""
    values = np.concatenate([*curves, np.empty(0)])
    values = values[np.isfinite(values)]
    if not values.size:
        return -1.0, 0.0
    high = float(values.max())
    low = max(float(values.min()), high - DECADES)
    room = max(0.06 * (high - low), 0.02)
    return low - room, high + room


def ticks(low: float, high: float, most: int = 6) -> tuple[list[float], list[float]]:
    """Places of labelled ticks and of fine ones on an axis of log₁₀.

    Args:
        low: start of the axis, log₁₀.
        high: end of it.
        most: about as many labelled ones.
    """
    decades = [float(n) for n in range(math.ceil(low), math.floor(high) + 1)]
    if len(decades) > 2:
        every = math.ceil(len(decades) / most)
        labelled = decades[::every]
    else:
        labelled = _even_ticks(low, high, most)
    return labelled, _fine_ticks(low, high) if len(decades) <= 4 else decades


def number(place: float) -> str:
    """What stands at a tick: 0.05, 200, 10⁶, 3·10⁻⁵."""
    value = 10**place
    if 1e-3 <= value < 1e4 * (1 - 1e-9):
        return f"{value:.4g}"
    mantissa, exponent = f"{value:.2e}".split("e")
    power = "10" + str(int(exponent)).translate(_SUPERSCRIPT)
    shown = f"{float(mantissa):g}"
    return power if shown == "1" else f"{shown}·{power}"


def figure(value: float) -> str:
    """A value in three digits; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    if 1e-3 <= value < 1e5:
        return f"{value:#.3g}".rstrip(".")
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}·10" + str(int(exponent)).translate(_SUPERSCRIPT)


def _even_ticks(low: float, high: float, most: int) -> list[float]:
    """1, 2, 5 of each decade, or where there are few of those, even steps of the value."""
    places = (n + math.log10(m) for n in range(math.floor(low), math.ceil(high)) for m in (1, 2, 5))
    simple = [place for place in places if low <= place <= high]
    if len(simple) >= 3:
        return simple
    start, end = 10**low, 10**high
    step = _simple_step((end - start) / max(most, 5))  # then at least two are inside
    first = math.ceil(start / step)
    last = math.floor(end / step)
    return [math.log10(n * step) for n in range(max(1, first), last + 1)]


def _simple_step(least: float) -> float:
    """The next of 1, 2, 5, 10 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least * (1 - 1e-9))


def _fine_ticks(low: float, high: float) -> list[float]:
    places = (
        n + math.log10(m) for n in range(math.floor(low), math.ceil(high)) for m in range(1, 10)
    )
    return [place for place in places if low <= place <= high]
