"""How fast a run goes and when it will be done: what was measured, laid on what was planned."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final

from engine import masks
from engine.choices import Precision
from engine.costs import forecast, rates
from engine.costs.rates import Rate
from engine.costs.workload import Workload
from engine.errors import EngineError
from engine.geometry import LARGEST_PREVIEW, SHOWN, WIDE_SHARE
from engine.job import Frame, Job, Scale, Started

_SLOWER: Final = 2.0
"""How much longer these take where the speed of float32 is not known."""

_SLOWEST: Final = 8.0
"""What is slower than so many times was measured while something else was computed."""

_CALLS: Final = 1.2e9
"""Operations that a processor could do in the time of an evaluation's calls, in each tile, and on
top of what the forecast counts: a slow machine is slow at both."""

_COMPOSED: Final = 4e3
_PLAIN: Final = 1.5e3
"""Likewise of each pixel of a preview."""

_WINDOW: Final = 12
"""Frames over which the speed is taken."""

_TYPICAL: Final = {"cpu": Rate(2e11, 1e10)}
_TYPICAL_CARD: Final = Rate(2e13, 5e11)


@dataclass(frozen=True, slots=True)
class Course:
    """A planned render as time that goes by, if the machine is as fast as it was measured.

    Attributes:
        work: the render.
        rate: the speed.
        wide: that of its float32 steps where the precision is mixed.
        starts: when each scale begins, and when the last one ends, s.
    """

    work: Workload
    rate: Rate
    wide: Rate
    starts: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        takes = (self._at(index, scale.steps) for index, scale in enumerate(self.work.scales))
        object.__setattr__(self, "starts", tuple(accumulate(takes, initial=0.0)))

    @classmethod
    def of(cls, job: Job, started: Started) -> Course:
        """Of a job under way.

        Raises:
            EngineError: its network is no longer there.
        """
        styles = tuple(style.size for style in job.styles)
        regions = masks.guided(started.guidance, len(styles))
        work = Workload.of(
            started.settings, job.content.size, styles, started.device, regions=regions
        )
        return cls.planned(replace(work, scales=started.scales))

    @classmethod
    def planned(cls, work: Workload) -> Course:
        """At the speed that was measured, or else a typical one."""
        rate = rates.known(work)
        if rate is None:
            return cls.typical(work)
        float32 = work.settings.replace(precision=Precision.FLOAT32)
        wide = rates.known(replace(work, settings=float32))
        is_sound = wide is not None and rate.flops / _SLOWEST <= wide.flops <= rate.flops
        return cls(work, rate, wide if wide and is_sound else _slower(rate))

    @classmethod
    def typical(cls, work: Workload) -> Course:
        """At the speed of a machine of this kind: what counts is how its parts compare."""
        rate = _TYPICAL.get(work.device.name, _TYPICAL_CARD)
        return cls(work, rate, _slower(rate))

    @property
    def end(self) -> float:
        """Seconds from the first look at the pictures to the last frame."""
        return self.starts[-1]

    def position(self, frame: Frame) -> float:
        """Seconds until a frame is there."""
        before = sum(scale.steps for scale in self.work.scales[: frame.scale])
        return self.starts[frame.scale] + self._at(frame.scale, max(0, frame.step - before))

    def _at(self, index: int, steps: int) -> float:
        """Of the first steps of a scale, and of what it begins with."""
        scale = replace(self.work.scales[index], steps=steps)
        is_mixed = self.work.settings.precision is Precision.MIXED
        is_last = index + 1 == len(self.work.scales)
        rate = self.wide if is_mixed and is_last and not self._wide_from else self.rate
        seconds = forecast.seconds_of(self.work, scale, rate) + self._besides(index, scale)
        wide = steps - self._wide_from
        if not (is_mixed and is_last) or wide < 0 or rate is self.wide:
            return seconds
        # With it come a look at the pictures and an evaluation; the rule's traffic is the same.
        again = self.work.evaluations(replace(scale, steps=wide))
        flops, looking = self.work.flops(scale), self.work.flops_of_looking(scale)
        widened = (looking + again * flops) / self.wide.flops
        return seconds + widened - (again - 1) * flops / self.rate.flops

    def _besides(self, index: int, scale: Scale) -> float:
        """Of a processor's calls and previews, which count where the picture is small."""
        if self.work.device.name != "cpu":
            return 0.0
        tiles = sum(stage.tiles.total() for stage in self.work.stages(scale))
        calls = self.work.evaluations(scale) * tiles * _CALLS
        previews = scale.steps * self._preview(index)
        one_core = self.rate.flops / (self.work.settings.threads or 1)
        return (calls + previews) / one_core

    def _preview(self, index: int) -> float:
        """Operations in whose time the preview of a step is made."""
        scales, here = self.work.scales, self.work.scales[index]
        is_composed = index + 1 < len(scales) and self.work.settings.init not in ("noise", "style")
        whole = scales[-1] if is_composed else here
        side = min(SHOWN * max(here.width, here.height), LARGEST_PREVIEW)
        factor = min(1.0, side / max(whole.width, whole.height))
        pixels = whole.width * whole.height * factor**2
        return pixels * (_COMPOSED if is_composed else _PLAIN)

    @property
    def _wide_from(self) -> int:
        """Steps of the last scale that are not float32, where the precision is mixed."""
        steps = self.work.scales[-1].steps
        return steps - -(-steps // WIDE_SHARE)  # rounded up


@dataclass(frozen=True, slots=True)
class _Sight:
    """When a frame was seen, and where it stands; the frame itself would hold on to memory."""

    now: float
    position: float
    scale: int
    step: int
    evaluations: int


@dataclass(slots=True)
class Pace:
    """Takes the time of each frame that is seen.

    Attributes:
        course: of the run; None where it is not known.
    """

    course: Course | None = None
    _seen: list[_Sight] = field(default_factory=list)

    @classmethod
    def of(cls, job: Job, started: Started) -> Pace:
        """Of a job that begins; where it cannot be planned, only its steps a second are known."""
        with suppress(EngineError):
            return cls(Course.of(job, started))
        return cls()

    def add(self, frame: Frame, now: float) -> None:
        """Note that `frame` was there at `now`, seconds."""
        position = self.course.position(frame) if self.course else 0.0
        sight = _Sight(now, position, frame.scale, frame.step, frame.evaluations)
        if self._seen and _is_skipping(self._seen[-1], sight):
            self._seen.clear()
        self._seen.append(sight)
        del self._seen[:-_WINDOW]

    def rest(self) -> None:
        """Forget the times before a pause, which say nothing of the speed."""
        self._seen.clear()

    @property
    def steps_a_second(self) -> float:
        """At the current scale; 0 while unknown."""
        here = [sight for sight in self._seen if sight.scale == self._seen[-1].scale]
        if len(here) < 2 or here[-1].now <= here[0].now:
            return 0.0
        return (here[-1].step - here[0].step) / (here[-1].now - here[0].now)

    def seconds_left(self, frame: Frame) -> float | None:
        """From `frame` to the end of the last scale; None while unknown."""
        if self.course is None or len(self._seen) < 2:
            return None
        first, last = self._seen[0], self._seen[-1]
        if last.position <= first.position:
            return None
        # The first steps of a scale are tried twice more often than the average one.
        steps, scales = last.step - first.step, last.scale - first.scale
        usual = steps * self.course.work.evaluations_a_step + scales
        harder = (last.evaluations - first.evaluations) / usual
        slowness = (last.now - first.now) / (last.position - first.position) / harder
        return max(0.0, self.course.end - self.course.position(frame)) * slowness


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _slower(rate: Rate) -> Rate:
    return Rate(rate.flops / _SLOWER, rate.traffic)


def _is_skipping(before: _Sight, after: _Sight) -> bool:
    """Whether the run went back, or left steps out where the loss falls no further."""
    return after.step < before.step or (
        after.evaluations - before.evaluations < after.step - before.step
    )
