"""An engine without torch whose steps a test lets through one by one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.costs.rates import Rate
from engine.costs.workload import Workload
from engine.job import (
    DeviceInfo,
    Frame,
    Guidance,
    Job,
    Losses,
    Message,
    NetworkInfo,
    Note,
    Progress,
    Rewind,
    Scale,
    Started,
)
from engine.live import Wish
from engine.series.messages import Made, Piece, SeriesMessage
from engine.settings import Settings
from engine.variations.order import VariationsOrder

if TYPE_CHECKING:
    from engine.series.making import Order

CPU = DeviceInfo("cpu", "A fake CPU", 2**33, bfloat16=False)
STEPS = 10


def no_devices() -> tuple[DeviceInfo, ...]:
    """The one device of this engine."""
    return (CPU,)


def no_probe(work: Workload) -> Generator[None, None, Rate]:
    """Of this engine no speed is known."""
    yield
    raise ZeroDivisionError


def frame(step: int, steps: int = STEPS, shade: int | None = None) -> Frame:
    """A small frame whose shade tells its step."""
    pixels = np.full((24, 32, 3), step if shade is None else shade, np.uint8)

    def snapshot() -> NDArray[np.float32]:
        return np.divide(pixels, 255, dtype=np.float32)

    losses = Losses(1.0 / (step + 1), 0.0, {}, 0.0)
    return Frame(step, steps, 0, 1, (32, 24), losses, step + 1, pixels, snapshot, StepState(step))


@dataclass(frozen=True)
class StepState:
    """All that there is to a run: its step."""

    step: int

    def size(self, *, whole: bool) -> int:
        return 1

    def write(self, path: Path, *, whole: bool) -> None:
        path.write_text(str(self.step))


@dataclass
class FakeEngine:
    """Counts jobs and endings; `free` lets it run without waiting.

    Attributes:
        gate: each release lets one step pass.
        free: whether steps pass unasked.
        jobs: that were begun.
        cells: jobs of variations that were begun.
        cell_shade: by which each cell is lighter than the one before.
        network: by name.
        held: the masks that checkpoints hold.
        at: the step that it is about to paint: all that was to be done before is done.
        failure: raised before step `fails_at`; None for the next one.
    """

    gate: Semaphore = field(default_factory=lambda: Semaphore(0))
    free: bool = False
    network: str = "fake"
    failure: BaseException | None = None
    fails_at: int | None = 5
    jobs: list[Job] = field(default_factory=list)
    cells: list[Job] = field(default_factory=list)
    cell_shade: int = 0
    live: list[Settings] = field(default_factory=list)
    guided: list[Guidance] = field(default_factory=list)
    held: Guidance = field(default_factory=Guidance)
    rewinds: list[Rewind] = field(default_factory=list)
    at: int = 0
    opened: int = 0
    closed: int = 0

    def __call__(self, job: Job) -> Generator[Message, Wish | None, None]:
        self.jobs.append(job)
        return self._run(job)

    def series(self, order: Order) -> Generator[SeriesMessage, None, None]:
        """Paint variations: each in a shade of its own that grows with its steps."""
        assert isinstance(order, VariationsOrder)
        self.opened += 1
        try:
            for index, job in enumerate(order.jobs):
                self.cells.append(job)
                shade = self.cell_shade * len(self.cells)
                yield from self._cell(index, len(order.jobs), job, shade)
        finally:
            self.closed += 1

    def _cell(
        self, index: int, count: int, job: Job, shade: int
    ) -> Generator[SeriesMessage, None, None]:
        network = NetworkInfo(self.network, "a fake network", "")
        started = Started(job.settings, (Scale(32, 24, STEPS),), network, CPU, 1)
        last = frame(0)
        for step in range(STEPS + 1):
            while not self.free and not self.gate.acquire(timeout=0.01):
                yield Progress("painting")
            if self.failure is not None and step == self.fails_at:
                raise self.failure
            last = frame(step, shade=shade + step)
            yield Piece(index, (index + step / STEPS) / count, last.pixels)
        made = Made(job, started, last.step, last.losses, last.snapshot())
        yield Piece(index, (index + 1) / count, last.pixels, is_done=True, made=made)

    def _run(self, job: Job) -> Generator[Message, Wish | None, None]:
        self.opened += 1  # not where the run was cancelled before it began
        try:
            yield from self._messages(job)
        finally:
            self.closed += 1

    def _messages(self, job: Job) -> Generator[Message, Wish | None, None]:
        network = NetworkInfo(self.network, "a fake network", "")
        yield Progress("loading fake")
        guidance = self.held if job.resume else job.guidance
        yield Started(job.settings, (Scale(32, 24, STEPS),), network, CPU, 1, guidance)
        step = 0
        while step <= STEPS:
            self.at = step
            while not self.free and not self.gate.acquire(timeout=0.01):
                yield Progress("painting")
            if self.failure is not None and self.fails_at in (None, step):
                raise self.failure
            wish = yield frame(step)
            while isinstance(wish, Rewind):
                self.rewinds.append(wish)
                step = int(wish.path.read_text())
                wish = yield frame(step)
            if isinstance(wish, Guidance):
                self.guided.append(wish)
                yield Note("other masks", guidance=wish)
            elif wish is not None:
                self.live.append(wish)
            step += 1
        yield Note("the loss falls no further")
