"""The model: pictures, settings, the run, the result. Views only ask it and show it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine import live
from engine.errors import EngineError
from engine.job import DeviceInfo, Frame, Guidance, Job, Picture, Started
from engine.pace import Pace
from engine.settings import KNOBS, Settings
from gui.history import History
from gui.masks.guiding import followed, guides, plain
from gui.measuring import Measuring
from gui.reading import Read, Reading, Restored, for_enlarging, from_data, from_file, from_recipe
from gui.series import SeriesRun
from gui.state import Looking, Moment, Painted, Phase, Result, Role, Run, State, translate
from gui.styles import slots
from gui.texts import engine_text, phrase
from gui.worker import Ending, Outcome, Trouble, Worker
from gui.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from gui.look.outfit import Outfit
    from gui.recovery import Leftover, Recovery, RunRecord
    from gui.steering.reel import Reel

_STARTS = ("content", "style", "noise")
_START, _RECIPE, _STUDY, _OUTFIT = "start", "recipe", "study", "outfit"
"""What is read besides the pictures of the roles."""

SHORTEST_PAINT = 0.05
"""Seconds between two frames that are shown: 20 a second."""


class Session(QObject):
    """Holds the state and carries out what the views ask for.

    Attributes:
        apart: whether the run is of the queue: the panels do not act on it.

    Signals:
        changed: the new `State`.
        frame_shown: a `Frame` to paint, at most 20 a second.
        paced: the frame and its `Pace`, along with it.
        decided: `Started` of the run.
        devices_found: tuple of DeviceInfo.
        activity: what is being done before the first frame.
        noted: a line for the user.
        troubled: `Trouble`; None when something is done that makes the last one stale.
        recipe_found: a `Read` whose picture Impasto painted, and the role that it was meant for.
        study_found: the `Study` that was asked for.
        painted: `Painted`, of a run that ended or as a snapshot.
        run_ended: `Outcome`, once a run.
    """

    changed = Signal(object)
    frame_shown = Signal(object)
    paced = Signal(object, object)
    decided = Signal(object)
    devices_found = Signal(object)
    activity = Signal(str)
    noted = Signal(str)
    troubled = Signal(object)
    recipe_found = Signal(object, object)
    study_found = Signal(object)
    painted = Signal(object)
    run_ended = Signal(object)

    def __init__(
        self, worker: Worker, recovery: Recovery | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.state = State()
        self.devices: tuple[DeviceInfo, ...] = ()
        self._worker, self._recovery = worker, recovery
        self.speed = Measuring(worker, self)
        self.series = SeriesRun(self, worker)
        self.changed.connect(self.speed.follow)
        self.writer = Writer(self)
        self.writer.noted.connect(self.noted)
        self.writer.troubled.connect(self.troubled)
        self._history = History()
        self._pace = Pace()
        self._job: Job | None = None
        self._asked = self._sent = Settings()
        self.apart = False
        self._further = 0
        self._decided: Started | None = None
        self._record: RunRecord | None = None
        self._frame: Frame | None = None
        self._painted = 0.0
        self._latest: dict[str, Reading] = {}
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

    @property
    def reel(self) -> Reel:
        """What is recorded of the newest run."""
        return self._worker.reel

    # Inputs

    def open(self, role: Role, path: Path) -> None:
        """Read a picture file without holding up the window; a bad one changes nothing.

        Where Impasto painted it, its recipe is offered first.
        """
        self._begin_reading(role, lambda: from_file(path))

    def open_data(self, role: Role, data: bytes, name: str) -> None:
        """As `open`, from a file's bytes, such as the clipboard's."""
        self._begin_reading(role, lambda: from_data(data, name))

    def open_start(self, path: Path) -> None:
        """Read the picture that runs are to start from."""
        self._begin_reading(_START, lambda: replace(from_file(path), recipe=None))

    def restore_recipe(self, read: Read) -> None:
        """Bring back how a picture was made: settings and, where they are found, pictures."""
        self._begin_reading(_RECIPE, lambda: from_recipe(read))

    def take(self, role: Role, read: Read) -> None:
        """Take up a picture that was read."""
        picture = read.picture
        assert picture is not None
        if role is Role.CONTENT:
            self._change_picture(translate("Session", "content picture"), content=picture)
            self._say_notes(picture)
        else:
            what = translate("Session", "style picture")
            self.exchange_styles(self.state.styles[:1], (picture,), what)

    def read_styles(self, read: Callable[[], Read]) -> None:
        """Read further styles, or such as take the place of others; see `styles_from`."""
        self._further += 1
        self._begin_reading(f"style {self._further}", read)

    def exchange_styles(self, old: Sequence[Picture], new: Sequence[Picture], what: str) -> None:
        """Let styles take the place of others, or go; see `slots.exchanged`."""
        self._change(what, **slots.exchanged(self.state.now, old, new))
        for picture in new:
            self._say_notes(picture)

    def _say_notes(self, picture: Picture) -> None:
        for note in picture.notes:
            said = translate("Session", "{0}: {1}")
            self.noted.emit(said.format(picture.name, engine_text(note)))

    def remove(self, role: Role) -> None:
        """Take a picture away."""
        self._latest.pop(role, None)
        self._set(reading=self._roles_in_reading())
        if self.state.picture(role) is None:
            return
        if role is Role.CONTENT:
            what = translate("Session", "removal of the content picture")
            self._change_picture(what, content=None)
        else:
            what = translate("Session", "removal of the style picture")
            self.exchange_styles(self.state.styles[:1], (), what)

    def swap(self) -> None:
        """Let content and style change places."""
        now = self.state.now
        if not self.state.reading and now.content is not now.style:
            what = translate("Session", "swap of content and style")
            self._change_picture(what, **slots.swapped(now))

    def _begin_reading(self, what: str, read: Callable[[], Read]) -> None:
        began = self._latest[what] = Reading(read)
        began.done.connect(self._picture_read)
        self._set(reading=self._roles_in_reading())
        began.begin()

    def _roles_in_reading(self) -> frozenset[str]:
        roles = frozenset(self._latest) - {_START}
        return frozenset(Role) if {_RECIPE, _STUDY} & self._latest.keys() else roles

    @Slot(object, object)
    def _picture_read(self, reading: Reading, read: Read) -> None:
        what = next((key for key, latest in self._latest.items() if latest is reading), None)
        if what is None:
            return  # another picture was chosen meanwhile
        del self._latest[what]
        if read.restored is not None:
            self._restore(read.restored, translate("Session", "restored recipe"))
        elif what == _START and read.picture is not None:
            settings = self.state.settings.replace(init=str(read.path))
            start = translate("Session", "start")
            self._change(start, start=read.picture, settings=settings, from_result=False)
        elif read.outfit is not None:
            self.wear(read.outfit)
        elif read.recipe is not None:
            self.recipe_found.emit(read, what)
        elif read.picture is not None:
            self.take(Role(what), read)
        elif read.styles:
            new = translate("Session", "style pictures")
            self.exchange_styles(read.instead, read.styles, new)
        self._set(reading=self._roles_in_reading())
        self.troubled.emit(read.trouble)
        if read.study is not None:
            self.study_found.emit(read.study)

    def bring_back(self, job: Job, what: str) -> None:
        """Put a job's pictures and settings into the panels, in one step of that name."""
        named = job.settings.init not in (None, *_STARTS)
        result = None if named or job.start is None else Result.of_file(job.start, "")
        start = job.start if named else None
        pictures = (job.content, *job.styles)
        restored = Restored(job.settings, pictures, start, guidance=plain(job.guidance))
        self._restore(restored, what, result=result, from_result=result is not None)

    def _restore(self, restored: Restored, what: str, **changes: Any) -> None:  # noqa: ANN401
        self._change_picture(what, **restored.changes, **changes)
        for note in restored.notes:
            self.noted.emit(phrase(note))

    # Settings

    def set(self, **changes: object) -> None:
        """Change settings; live ones act on the run at once."""
        try:
            settings = self.state.settings.replace(**changes)
        except EngineError as error:
            self.troubled.emit(Trouble(error.cause, error.remedy))
            self.changed.emit(self.state)  # the views go back to what holds
            return
        self.use(settings)

    def use(self, settings: Settings, what: str = "") -> None:
        """Take over settings as a whole.

        Args:
            settings: for the next run; live ones act at once.
            what: the change in words, where it is not that of single settings; then a picture
                file to start from is read too.
        """
        old = self.state.settings
        init = settings.init
        if what and init not in (None, *_STARTS, old.init):
            self.open_start(Path(init or ""))  # it comes with its picture, or not at all
            settings = settings.replace(init=old.init)
        names = [name for name in KNOBS if getattr(settings, name) != getattr(old, name)]
        if names:
            labels = (engine_text(KNOBS[name].label) for name in names[:3])
            label = what or translate("Session", ", ").join(labels)
            self._change(label, kind="" if what else " ".join(names), settings=settings)

    def wear(self, outfit: Outfit) -> None:
        """Put on a preset in one step; one whose style is still being read is given up."""
        if self._latest.pop(_OUTFIT, None):
            self._set(reading=self._roles_in_reading())
        self._change(outfit.what, **outfit.changes(self.state.now))

    def read_outfit(self, read: Callable[[], Read]) -> None:
        """Put on a preset once its style is read; only the last one that was asked for."""
        self._begin_reading(_OUTFIT, read)

    def guide(self, guidance: Guidance, what: str) -> None:
        """Change which style goes where; acts on the run at once."""
        self._change(what, guidance=guidance)

    def start_from_result(self, yes: bool) -> None:
        """Choose whether the next run goes on from the picture on the canvas."""
        yes = yes and self.state.result is not None
        if yes != self.state.from_result:
            self._change(translate("Session", "start"), from_result=yes)

    def repaint(self, result: Result) -> None:
        """Let another version of the picture on the canvas take its place."""
        self._set(now=replace(self.state.now, result=result))

    def start_over(self) -> None:
        """Take the painted picture off the canvas and go back to the chosen start."""
        if not self.state.why_no_start_over:
            self._change_picture(translate("Session", "start over"))

    # The way back

    def undo(self) -> None:
        """Take the last change back, the picture with it."""
        if self._history.back and not self.state.why_no_undo:
            self._go(self._history.undo(self.state.now))

    def redo(self) -> None:
        """Bring back what undo took."""
        if self._history.forth and not self.state.why_no_redo:
            self._go(self._history.redo(self.state.now))

    def _go(self, there: Moment) -> None:
        before = self.state.now
        self._set(now=there, looking=None)
        self._act_live(before, self._history.way)

    def _change(self, what: str, *, kind: str = "", **changes: Any) -> None:  # noqa: ANN401
        """Change what can be undone, and what goes with it, in one step, if anything changes."""
        before = self.state.now
        besides = {name: changes.pop(name) for name in ("looking", "phase") if name in changes}
        now = followed(before, slots.fitting(replace(before, **changes)))
        if not now.is_like(before):
            self._history.record(what, kind, before, time.monotonic())
        self._set(now=now, **besides)
        self._act_live(before)

    def _change_picture(self, what: str, **changes: Any) -> None:  # noqa: ANN401
        """Change what is painted: what was painted of another picture leaves the canvas."""
        self._change(what, **{"looking": None, "result": None, "from_result": False, **changes})

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

    def study(self, result: Result, folders: Iterable[Path] = ()) -> None:
        """Find what it takes to paint a picture larger, in some folders; see `study_found`."""
        state, beside = self.state, tuple(folders)
        self._begin_reading(_STUDY, lambda: for_enlarging(result, state, beside))

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
        self._worker.start(job, self._record)

    # Pictures

    def look(self, looking: Looking | None) -> None:
        """Look at a picture of the filmstrip, or at the canvas's own again."""
        self._set(looking=looking)

    def adopt(self, result: Result, what: str) -> None:
        """Put a picture of the filmstrip on the canvas, to go on from it."""
        if self.state.phase is Phase.IDLE:
            self._change(what, looking=None, result=result, from_result=True)

    def save(self, path: Path, result: Result | None = None, *, overwrite: bool = True) -> None:
        """Have the result, or another picture, written; whoever asks knows what is there."""
        written = result or self.state.result
        if written is not None:
            self.troubled.emit(None)
            self.noted.emit(translate("Session", "Saving {0} …").format(path))
            self.writer.write(path, written, self.state.settings, overwrite=overwrite)

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

    def _set(self, **changes: Any) -> None:  # noqa: ANN401
        self.state = self._history.known(replace(self.state, **changes))
        self.changed.emit(self.state)
