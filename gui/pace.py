"""How fast a run goes and when it will be done. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.job import Frame, Scale

_WINDOW = 12
"""Iterations over which the speed is taken."""


@dataclass(slots=True)
class Pace:
    """Takes the time of each frame that is seen.

    Attributes:
        scales: of the run; a step's time goes with a scale's area.
    """

    scales: tuple[Scale, ...]
    _seen: list[tuple[float, int]] = field(default_factory=list)
    _scale: int = -1

    def add(self, frame: Frame, now: float) -> None:
        """Note that `frame` was there at `now`, seconds."""
        if frame.scale != self._scale:
            self._scale = frame.scale
            self._seen.clear()
        self._seen.append((now, frame.step))
        del self._seen[:-_WINDOW]

    def rest(self) -> None:
        """Forget the times before a pause, which say nothing of the speed."""
        self._seen.clear()

    @property
    def steps_a_second(self) -> float:
        """At the current scale; 0 while unknown."""
        if len(self._seen) < 2:
            return 0.0
        (start, first), (end, last) = self._seen[0], self._seen[-1]
        return (last - first) / (end - start) if end > start else 0.0

    def seconds_left(self, frame: Frame) -> float | None:
        """From `frame` to the end of the last scale; None while unknown."""
        speed = self.steps_a_second
        if not speed:
            return None
        done_before = sum(scale.steps for scale in self.scales[: frame.scale])
        here = self.scales[frame.scale]
        left = float(max(0, here.steps - (frame.step - done_before)))
        for scale in self.scales[frame.scale + 1 :]:
            left += scale.steps * scale.width * scale.height / (here.width * here.height)
        return left / speed


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
