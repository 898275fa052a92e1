"""The model: pictures, settings, the run, the result. Views only ask it and show it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from engine import imageio, live
from engine.errors import EngineError
from engine.job import DeviceInfo, Job, Picture, Started
from engine.recipe import Recipe
from engine.settings import KNOBS, Settings
from gui.pace import Pace
from gui.worker import Ending, Outcome, Trouble, Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

SHORTEST_PAINT = 0.05
"""Seconds between two frames that are shown: 20 a second."""


class Role(StrEnum):
    """What a picture is for."""

    CONTENT = "content"
    STYLE = "style"


class Phase(StrEnum):
    """What the run is doing."""

    IDLE = "idle"
    RUNNING = "running"
    CANCELLING = "cancelling"


@dataclass(frozen=True, slots=True)
class Result:
    """A picture that was painted.

    Attributes:
        pixels: at full size and precision, float32 (H, W, 3).
        content: what it was painted of; None where that is not known.
        recipe: how, to be embedded; empty where that is not known.
        saved: whether it is in a file.
    """

    pixels: NDArray[np.float32]
    content: Picture | None = None
    recipe: str = ""
    saved: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All that the views show, but for the frames.

    Attributes:
        content: the photograph.
        style: the painting.
        reading: roles whose picture is being read.
        settings: for the next run; live ones act at once.
        from_result: whether the next run starts from the picture on the canvas.
        phase: of the run.
        result: of the last run that painted anything.
    """

    content: Picture | None = None
    style: Picture | None = None
    reading: frozenset[Role] = frozenset()
    settings: Settings = field(default_factory=Settings)
    from_result: bool = False
    phase: Phase = Phase.IDLE
    result: Result | None = None

    def picture(self, role: Role) -> Picture | None:
        """The picture in a role."""
        return self.content if role is Role.CONTENT else self.style

    @property
    def why_no_render(self) -> str:
        """Why Render cannot be pressed; empty if it can."""
        if self.phase is not Phase.IDLE:
            return "A render is running"
        if self.reading:
            return "A picture is being read"
        missing = [role for role in Role if self.picture(role) is None]
        return f"Choose a {' and a '.join(missing)} picture first" if missing else ""

    @property
    def why_no_save(self) -> str:
        """Why nothing can be saved; empty if something can."""
        if self.phase is not Phase.IDLE:
            return "Wait for the end of the render, or cancel it: the picture is kept"
        return "" if self.result else "There is no picture yet"


class Session(QObject):
    """Holds the state and carries out what the views ask for.

    Signals:
        changed: the new `State`.
        frame_shown: a `Frame` to paint, at most 20 a second.
        paced: the frame and its `Pace`, along with it.
        decided: `Started` of the run.
        devices_found: tuple of DeviceInfo.
        activity: what is being done before the first frame.
        noted: a line for the user.
        troubled: `Trouble`; None when an action succeeded that makes the last one stale.
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
    run_ended = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State()
        self._worker = worker
        self._pace = Pace(())
        self._job: Job | None = None
        self._decided: Started | None = None
        self._painted = 0.0
        self._latest: dict[Role, object] = {}
        self._paint_timer = QTimer(self)
        self._paint_timer.setSingleShot(True)
        self._paint_timer.timeout.connect(self._show_newest)
        worker.frame_ready.connect(self._frame_ready)
        worker.started.connect(self._started)
        worker.prepared.connect(self._prepared)
        worker.noted.connect(self._noted)
        worker.busy_with.connect(self._busy_with)
        worker.ended.connect(self._ended)

    # Inputs

    def open_next(self, path: Path) -> None:
        """Open a picture for the first role that is empty, or else as the style."""
        taken = {role for role in Role if self.state.picture(role)} | self.state.reading
        self.open(Role.STYLE if Role.CONTENT in taken else Role.CONTENT, path)

    def open(self, role: Role, path: Path) -> None:
        """Read a picture file without holding up the window; a bad one changes nothing."""
        self._read(role, lambda: imageio.read(path))

    def open_data(self, role: Role, data: bytes, name: str) -> None:
        """As `open`, from a file's bytes, such as the clipboard's."""
        self._read(role, lambda: imageio.decode(data, name))

    def remove(self, role: Role) -> None:
        """Take a picture away."""
        self._latest.pop(role, None)
        self._set(
            **{role.value: None},
            reading=self.state.reading - {role},
            from_result=self.state.from_result and role is not Role.CONTENT,
        )

    def swap(self) -> None:
        """Exchange content and style; nothing happens while one of them is being read."""
        content, style = self.state.content, self.state.style
        if not self.state.reading and (content or style):
            self._set(content=style, style=content, from_result=False)

    def _read(self, role: Role, read: Callable[[], Picture]) -> None:
        reading = _Reading(role, read)
        self._latest[role] = reading.done
        reading.done.read.connect(self._picture_read, Qt.ConnectionType.QueuedConnection)
        self._set(reading=self.state.reading | {role})
        QThreadPool.globalInstance().start(reading)

    @Slot(object, object, object)
    def _picture_read(self, done: object, picture: Picture | None, trouble: Trouble | None) -> None:
        role = next((role for role, latest in self._latest.items() if latest is done), None)
        if role is None:
            return  # another picture was chosen meanwhile
        del self._latest[role]
        reading = self.state.reading - {role}
        if picture is None:
            self._set(reading=reading)
        else:
            from_result = self.state.from_result and role is not Role.CONTENT
            self._set(**{role.value: picture}, reading=reading, from_result=from_result)
            for note in picture.notes:
                self.noted.emit(f"{picture.name}: {note}")
        self.troubled.emit(trouble)

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

    def use(self, settings: Settings) -> None:
        """Take over settings as a whole."""
        if settings == self.state.settings:
            return
        live = any(
            knob.live and getattr(settings, name) != getattr(self.state.settings, name)
            for name, knob in KNOBS.items()
        )
        self._set(settings=settings)
        if live and self.state.phase is Phase.RUNNING:
            self._worker.change(settings)

    def start_from_result(self, yes: bool) -> None:
        """Choose whether the next run goes on from the picture on the canvas."""
        self._set(from_result=yes and self.state.result is not None)

    # The run

    def render(self) -> None:
        """Start a run; does nothing where `why_no_render` says why."""
        state = self.state
        if state.why_no_render or state.content is None or state.style is None:
            return
        start = None
        if state.from_result and state.result is not None:
            start = Picture(imageio.to_uint8(state.result.pixels), "the picture on the canvas")
        self._pace = Pace(())
        self.troubled.emit(None)
        self._set(phase=Phase.RUNNING)
        self._job = Job(state.content, (state.style,), state.settings, start)
        self._decided = None
        self._worker.start(self._job)

    def cancel(self) -> None:
        """Stop the run at its next message and keep its picture."""
        if self.state.phase is Phase.RUNNING:
            self._worker.cancel()
            self._set(phase=Phase.CANCELLING)

    def save(self, path: Path) -> bool:
        """Write the result; the dialog has asked about an existing file already."""
        result = self.state.result
        if result is None:
            return False
        extras = imageio.Extras()
        if result.content is not None:
            settings = self.state.settings
            extras = imageio.Extras.of(path, result.content, settings, result.recipe)
        try:
            notes = imageio.write(path, result.pixels, extras, overwrite=True)
        except EngineError as error:
            self.troubled.emit(Trouble(error.cause, error.remedy))
            return False
        self._set(result=replace(result, saved=True))
        self.troubled.emit(None)
        self.noted.emit("; ".join((f"Saved {path}", *notes)))
        return True

    @Slot()
    def _frame_ready(self) -> None:
        wait = SHORTEST_PAINT - (time.monotonic() - self._painted)
        self._paint_timer.start(max(0, round(wait * 1000)))

    @Slot()
    def _show_newest(self) -> None:
        frame = self._worker.take_frame()
        if frame is not None:
            self._painted = time.monotonic()
            self._pace.add(frame, self._painted)
            self.frame_shown.emit(frame)
            self.paced.emit(frame, self._pace)

    @Slot(object)
    def _started(self, started: Started) -> None:
        self._pace = Pace(started.scales)
        self._decided = started
        self.decided.emit(started)

    @Slot(object)
    def _prepared(self, devices: tuple[DeviceInfo, ...]) -> None:
        self.devices_found.emit(devices)

    @Slot(str)
    def _noted(self, text: str) -> None:
        self.noted.emit(_capitalised(text))

    @Slot(str)
    def _busy_with(self, text: str) -> None:
        self.activity.emit(_capitalised(text) + " …")

    @Slot(object)
    def _ended(self, outcome: Outcome) -> None:
        self._paint_timer.stop()
        self._show_newest()
        result = self.state.result if outcome.pixels is None else self._result(outcome)
        self._set(phase=Phase.IDLE, result=result)
        if outcome.ending is Ending.FAILED:
            self.troubled.emit(outcome.trouble)
        self.run_ended.emit(outcome)

    def _result(self, outcome: Outcome) -> Result:
        assert outcome.pixels is not None
        if self._job is None or self._decided is None or outcome.frame is None:
            return Result(outcome.pixels)
        in_force = live.in_force(self._decided.settings, self.state.settings)
        made = Recipe.of(self._job, replace(self._decided, settings=in_force), outcome.frame.step)
        return Result(outcome.pixels, self._job.content, made.to_json())

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed.emit(self.state)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Done(QObject):
    """Carries what was read to the window's thread."""

    read = Signal(object, object, object)


class _Reading(QRunnable):
    """Reads one picture in the thread pool."""

    def __init__(self, role: Role, read: Callable[[], Picture]) -> None:
        super().__init__()
        self.role = role
        self.done = _Done()
        self._read = read

    def run(self) -> None:
        """Read, and hand over the picture or why there is none."""
        try:
            self.done.read.emit(self.done, self._read(), None)
        except EngineError as error:
            self.done.read.emit(self.done, None, Trouble(error.cause, error.remedy))
