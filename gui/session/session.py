"""The run: begun, steered and ended over the one bridge to the engine."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine import live
from engine.costs.pace import Pace
from engine.errors import EngineError
from engine.job import DeviceInfo, Frame, Guidance, Job, Started
from engine.settings import Settings
from gui.files.writer import Writer
from gui.manners.courtesy import Courtesy
from gui.masks.guiding import guides
from gui.run.measuring import Measuring
from gui.run.series import SeriesRun
from gui.session.inputs import Inputs
from gui.state import Moment, Painted, Phase, Result, Run, translate
from gui.styles import slots
from gui.texts import phrase
from gui.worker import Ending, Outcome, Trouble, Worker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gui.steering.reel import Reel
    from gui.trouble.recovery import Leftover, Recovery, RunRecord

SHORTEST_PAINT = 0.05
"""Seconds between two frames that are shown: 20 a second."""


class Session(Inputs):
    """The model with its run: carries out what the views ask for.

    Attributes:
        apart: whether the run is of the queue: the panels do not act on it.

    Signals:
        frame_shown: a `Frame` to paint, at most 20 a second.
        paced: the frame and its `Pace`, along with it.
        decided: `Started` of the run.
        devices_found: tuple of DeviceInfo.
        activity: what is being done before the first frame.
        painted: `Painted`, of a run that ended or as a snapshot.
        run_ended: `Outcome`, once a run.
    """

    frame_shown = Signal(object)
    paced = Signal(object, object)
    decided = Signal(object)
    devices_found = Signal(object)
    activity = Signal(str)
    painted = Signal(object)
    run_ended = Signal(object)

    def __init__(
        self, worker: Worker, recovery: Recovery | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.devices: tuple[DeviceInfo, ...] = ()
        self._worker, self._recovery = worker, recovery
        self.speed, self.courtesy = Measuring(worker, self), Courtesy(self)
        self.series = SeriesRun(self, worker)
        self.changed.connect(self.speed.follow)
        self.writer = Writer(self)
        self.writer.noted.connect(self.noted)
        self.writer.troubled.connect(self.troubled)
        self._pace = Pace()
        self._job: Job | None = None
        self._asked = self._sent = Settings()
        self.apart = False
        self._decided: Started | None = None
        self._record: RunRecord | None = None
        self._frame: Frame | None = None
        self._painted = 0.0
        self._paint_timer = QTimer(self)
        self._paint_timer.setSingleShot(True)
        self._paint_timer.timeout.connect(self._show_newest)
        worker.frame_ready.connect(self._frame_ready)
        worker.started.connect(self._started)
        worker.prepared.connect(self._prepared)
        worker.noted.connect(self._noted)
        worker.settled.connect(self._settled)
        worker.guided.connect(self._guided)
        worker.busy_with.connect(self._busy_with)
        worker.kept.connect(self._kept)
        worker.ended.connect(self._ended)

    @property
    def run(self) -> Run | None:
        """What is being painted; None while nothing is."""
        if self.state.phase is Phase.IDLE or self._job is None:
            return None
        return Run(self._job.content, self._pace, self._decided, self._frame)

    @property
    def wished(self) -> Settings:
        """What the run is to go by: the panels' live settings, unless it is the queue's."""
        return self._asked if self.apart else slots.in_run(self.state.now, self._job, self._sent)

    def leave_core(self, yes: bool) -> None:
        """Choose whether runs leave a processor core to other programs; see `Courtesy`."""
        if yes != self.courtesy.leaves_core:
            self.courtesy.leaves_core = yes
            self.changed.emit(self.state)

    @property
    def reel(self) -> Reel:
        """What is recorded of the newest run."""
        return self._worker.reel

    # The run

    def render(self) -> None:
        """Start a run; does nothing where `why_no_render` says why."""
        job = None if self.state.why_no_render else self.state.job
        if job is not None:
            self._begin(job)

    def paint(self, job: Job, leftover: Leftover | None = None) -> Path | None:
        """Paint a job of the queue; the panels neither show nor change it, nor does it them.

        Returns:
            The folder that its state is kept in.
        """
        self.apart = True
        self._begin(job, leftover)
        return self._record.folder if self._record else None

    def paint_from(self, result: Result, job: Job, settings: Settings, what: str) -> None:
        """Start a job from a painted picture; with it on the canvas one step back, named `what`."""
        if self.state.phase is not Phase.IDLE or self.state.reading:
            self.noted.emit(self.state.why_no_render)
            return
        self._change(
            what,
            looking=None,
            content=job.content,
            styles=job.styles or self.state.styles,
            settings=settings,
            result=result,
            from_result=True,
            guidance=job.guidance,
        )
        self._begin(job, asked=settings)

    def resume_run(self, leftover: Leftover) -> bool:
        """Go on with a run that a crash has interrupted.

        Returns:
            False where that has to wait, which is said.
        """
        if self.state.phase is not Phase.IDLE or self.state.reading:
            self.noted.emit(self.state.why_no_render)
            return False
        try:
            job = leftover.job()
        except EngineError as error:
            self.troubled.emit(Trouble(error.cause, error.remedy))
            return True
        self.bring_back(job, translate("Session", "resumption"))
        self._begin(job, leftover)
        return True

    def pause(self) -> None:
        """Wait before the next iteration, or go on after that."""
        if self.state.phase is Phase.RUNNING:
            self._worker.pause()
            self._set(phase=Phase.PAUSED)
        elif self.state.phase is Phase.PAUSED:
            self._worker.resume()
            self._pace.rest()
            self._set(phase=Phase.RUNNING)

    def cancel(self) -> None:
        """Stop the run at its next message and keep its picture."""
        if self.state.phase in (Phase.RUNNING, Phase.PAUSED, Phase.SERIES):
            self._worker.cancel()
            self._set(phase=Phase.CANCELLING)

    def occupy(self, phase: Phase) -> None:
        """Take the phase of what is done in a run's stead: a series."""
        self._job = None  # that of the run before
        self._set(phase=phase)

    def snapshot(self) -> None:
        """Keep the picture of this moment of the run in the filmstrip."""
        if not self.state.why_no_snapshot:
            self._worker.keep()

    def save(self, path: Path, result: Result | None = None, *, overwrite: bool = True) -> None:
        """Have the result, or another picture, written; whoever asks knows what is there."""
        written = result or self.state.result
        if written is not None:
            self.troubled.emit(None)
            self.noted.emit(translate("Session", "Saving {0} …").format(path))
            self.writer.write(path, written, self.state.settings, overwrite=overwrite)

    def _begin(
        self, job: Job, leftover: Leftover | None = None, asked: Settings | None = None
    ) -> None:
        self._asked = self._sent = asked or job.settings
        self._pace = Pace()
        if not self.apart:
            self.troubled.emit(None)
        self._job, self._decided, self._frame = job, None, None
        self._record = self._recovery.record(job, leftover) if self._recovery else None
        self._set(phase=Phase.RUNNING, looking=self.state.looking if self.apart else None)
        self._worker.start(self.courtesy.job(job), self._record)

    def _act_live(self, before: Moment, way: tuple[int, int] | None = None) -> None:
        now, job = self.state.now, self._job
        running = self.state.phase in (Phase.RUNNING, Phase.PAUSED)
        if job is None or self.apart or not running:
            return
        old, new = (slots.in_run(each, job, self._sent) for each in (before, now))
        changed, guided = bool(live.differences(old, new).intersection(live.LIVE)), guides(now, job)
        if way is not None and (changed or guided):
            self._worker.go(new, *way)
        elif changed:
            self._worker.change(new, self._history.mark)
        if changed:
            self._sent = new
        if guided:
            self._job = replace(job, guidance=now.guidance)
            self._worker.change_guidance(now.guidance, 0 if way else self._history.mark)

    # What the worker says

    @Slot()
    def _frame_ready(self) -> None:
        wait = SHORTEST_PAINT - (time.monotonic() - self._painted)
        self._paint_timer.start(max(0, round(wait * 1000)))

    @Slot()
    def _show_newest(self) -> None:
        frame = self._worker.take_frame()
        if frame is not None:
            self._frame, self._painted = frame, time.monotonic()
            self._pace.add(frame, self._worker.taken_at)
            self.frame_shown.emit(frame)
            self.paced.emit(frame, self._pace)

    @Slot(object)
    def _started(self, started: Started) -> None:
        assert self._job is not None
        self._pace = Pace.of(self._job, started)
        self._decided = started
        if self._job.resume is not None and not self.apart:  # the checkpoint knows its masks
            self._job = replace(self._job, guidance=started.guidance)
            self._set(now=replace(self.state.now, guidance=started.guidance))
        self.decided.emit(started)

    @Slot(object)
    def _prepared(self, devices: tuple[DeviceInfo, ...]) -> None:
        self.devices = devices
        self.devices_found.emit(devices)

    @Slot(object)
    def _settled(self, settings: Settings) -> None:
        """Such as a tile that had to become smaller: what the recipe will say."""
        if self._decided is not None:
            self._decided = replace(self._decided, settings=settings)

    @Slot(object)
    def _guided(self, guidance: Guidance) -> None:
        """Likewise, of other masks."""
        if self._decided is not None:
            self._decided = replace(self._decided, guidance=guidance)

    @Slot(str)
    def _noted(self, text: str) -> None:
        self.noted.emit(phrase(text))

    @Slot(str)
    def _busy_with(self, text: str) -> None:
        self.activity.emit(translate("Session", "{0} …").format(phrase(text)))

    @Slot(object, object)
    def _kept(self, frame: Frame, pixels: NDArray[np.float32]) -> None:
        painted = self._painted_by(frame, pixels)
        if painted is not None:
            self.painted.emit(painted)

    @Slot(object)
    def _ended(self, outcome: Outcome) -> None:
        self._paint_timer.stop()
        self._show_newest()
        if outcome.pixels is None or outcome.frame is None:
            self._set(phase=Phase.IDLE)
            if self._record is not None:
                self._record.forget()
        else:
            painted = self._painted_by(outcome.frame, outcome.pixels)
            recipe = painted.recipe.to_json() if painted else ""
            assert self._job is not None
            result = Result.of(outcome.pixels, self._job, recipe)
            goes_on = result.content is self.state.content
            new: Any = {} if self.apart else {"result": result, "from_result": goes_on}
            self._change(translate("Session", "render"), phase=Phase.IDLE, **new)
            if painted is not None:
                self.painted.emit(replace(painted, ending=outcome.ending, record=self._record))
        if outcome.ending is Ending.FAILED and not self.apart:
            self.troubled.emit(outcome.trouble)
        self.run_ended.emit(outcome)
        self.apart = False

    def _painted_by(self, frame: Frame, pixels: NDArray[np.float32]) -> Painted | None:
        if self._job is None or self._decided is None:
            return None
        asked, wished = self._asked, self.wished
        return Painted.of(pixels, self._job, self._decided, asked, wished, frame.step)
