"""What the window shows, as one frozen value: pictures, settings, the run, the result."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from engine.job import Picture
from engine.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.job import Frame, Job, Started
    from engine.recipe import Recipe
    from gui.gallery import Entry
    from gui.pace import Pace
    from gui.recovery import RunRecord
    from gui.worker import Ending

translate = QCoreApplication.translate


class Role(StrEnum):
    """What a picture is for."""

    CONTENT = "content"
    STYLE = "style"


class Phase(StrEnum):
    """What the run is doing."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLING = "cancelling"


@dataclass(frozen=True, slots=True)
class Result:
    """A picture that was painted.

    Attributes:
        pixels: at full size and precision, float32 (H, W, 3).
        content: what it was painted of; None where that is not known.
        recipe: how, to be embedded; empty where that is not known.
        kept: the file of the filmstrip that it comes from, whose transparency and EXIF go along.
    """

    pixels: NDArray[np.float32]
    content: Picture | None = None
    recipe: str = ""
    kept: Picture | None = None

    def as_start(self) -> Picture:
        """A picture to go on from, at a depth that loses nothing to be seen."""
        pixels = np.rint(self.pixels.clip(0, 1) * 65535).astype(np.uint16)
        return Picture(pixels, translate("Session", "the picture on the canvas"))


@dataclass(frozen=True, slots=True)
class Painted:
    """A picture for the filmstrip.

    Attributes:
        pixels: at full size and precision, float32 (H, W, 3).
        job: that it was painted for.
        settings: the user's that it was painted by.
        recipe: how it was painted.
        ending: of the run; None for a snapshot.
        record: what to forget once the picture is safe.
    """

    pixels: NDArray[np.float32]
    job: Job
    settings: Settings
    recipe: Recipe
    ending: Ending | None = None
    record: RunRecord | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """How far a run is.

    Attributes:
        content: that it paints.
        pace: of its steps.
        decided: what the engine has decided, once it has.
        frame: the newest that was shown, once there is one.
    """

    content: Picture
    pace: Pace
    decided: Started | None = None
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What can be undone.

    Attributes:
        content: the photograph.
        style: the painting.
        settings: for the next run; live ones act at once.
        result: the painted picture on the canvas.
        from_result: whether the next run goes on from it.
        start: the picture file that runs start from, where the settings name one.
    """

    content: Picture | None = None
    style: Picture | None = None
    settings: Settings = field(default_factory=Settings)
    result: Result | None = None
    from_result: bool = False
    start: Picture | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """A picture of the filmstrip that is looked at in place of the canvas's own.

    Attributes:
        shown: that one.
        beside: another to compare it with.
    """

    shown: Entry
    beside: Entry | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All that the views show, but for the frames.

    Attributes:
        now: what can be undone.
        reading: roles whose picture is being read.
        phase: of the run.
        looking: at a picture of the filmstrip.
        undo: what Undo would take back, in words; empty for nothing.
        redo: what Redo would bring back.
        why_no_undo: why Undo cannot be pressed; empty if it can.
        why_no_redo: why Redo cannot be pressed; empty if it can.
    """

    now: Moment = field(default_factory=Moment)
    reading: frozenset[Role] = frozenset()
    phase: Phase = Phase.IDLE
    looking: Looking | None = None
    undo: str = ""
    redo: str = ""
    why_no_undo: str = ""
    why_no_redo: str = ""

    @property
    def content(self) -> Picture | None:
        """The photograph."""
        return self.now.content

    @property
    def style(self) -> Picture | None:
        """The painting."""
        return self.now.style

    @property
    def settings(self) -> Settings:
        """For the next run; live ones act at once."""
        return self.now.settings

    @property
    def result(self) -> Result | None:
        """The painted picture on the canvas."""
        return self.now.result

    @property
    def from_result(self) -> bool:
        """Whether the next run goes on from the picture on the canvas."""
        return self.now.from_result

    def picture(self, role: Role) -> Picture | None:
        """The picture in a role."""
        return self.content if role is Role.CONTENT else self.style

    @property
    def why_no_render(self) -> str:
        """Why Render cannot be pressed; empty if it can."""
        if self.phase is not Phase.IDLE:
            return translate("State", "A render is running")
        if self.reading:
            return translate("State", "A picture is being read")
        if self.content is None and self.style is None:
            return translate("State", "Choose a content and a style picture first")
        if self.content is None:
            return translate("State", "Choose a content picture first")
        if self.style is None:
            return translate("State", "Choose a style picture first")
        return ""

    @property
    def why_no_pause(self) -> str:
        """Why the run can be neither paused nor resumed; empty if it can."""
        if self.phase is Phase.IDLE:
            return translate("State", "Nothing is running")
        if self.phase is Phase.CANCELLING:
            return translate("State", "The render is being cancelled")
        return ""

    @property
    def why_no_cancel(self) -> str:
        """Why Cancel cannot be pressed; empty if it can."""
        return self.why_no_pause

    @property
    def why_no_save(self) -> str:
        """Why nothing can be saved; empty if something can."""
        if self.looking is not None:
            return ""
        if self.phase is not Phase.IDLE:
            return translate("State", "Take a snapshot, or wait for the end of the render")
        return "" if self.result else translate("State", "There is no picture yet")

    @property
    def why_no_swap(self) -> str:
        """Why content and style cannot change places; empty if they can."""
        if self.reading:
            return translate("State", "A picture is being read")
        missing = self.content is None and self.style is None
        return translate("State", "There are no pictures to swap") if missing else ""

    @property
    def why_no_continue(self) -> str:
        """Why no run can go on from the picture; empty if one can."""
        if self.result is None and self.phase is Phase.IDLE:
            return translate("State", "There is no picture yet")
        return self.why_no_render

    @property
    def why_no_back(self) -> str:
        """Why the canvas cannot be gone back to; empty if it can."""
        return "" if self.looking else translate("State", "The canvas is shown already")

    @property
    def why_no_start_over(self) -> str:
        """Why there is nothing to start over; empty if there is."""
        if self.phase is not Phase.IDLE:
            return translate("State", "A render is running")
        return "" if self.result else translate("State", "There is no picture yet")

    @property
    def why_no_snapshot(self) -> str:
        """Why no snapshot can be taken; empty if one can."""
        return "" if self.phase in (Phase.RUNNING, Phase.PAUSED) else self.why_no_pause
