"""What the window shows, as one frozen value: pictures, settings, the run, the result."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

import numpy as np
from PySide6.QtCore import QCoreApplication

from engine import defaults, live
from engine.errors import EngineError
from engine.imageio.colour import to_uint16
from engine.job import Job, Picture
from engine.recipes.recipe import Recipe
from engine.settings import Settings
from gui.masks.guiding import UNGUIDED, fitted, has_empty
from gui.styles import slots

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.costs.pace import Pace
    from engine.job import Frame, Guidance, Started
    from gui.film.gallery import Entry
    from gui.trouble.recovery import RunRecord
    from gui.worker import Ending

translate = QCoreApplication.translate


class Role(StrEnum):
    """What a picture is for."""

    CONTENT = "content"
    STYLE = "style"


class Phase(StrEnum):
    """What the run is doing; `SERIES` where a series of pictures is made in its stead."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLING = "cancelling"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class Result:
    """A picture that was painted.

    Attributes:
        pixels: at full size and precision, float32 (H, W, 3).
        content: what it was painted of; None where that is not known.
        recipe: how, to be embedded; empty where that is not known.
        kept: the file that it comes from, whose transparency and EXIF go along.
        styles: in whose manner, where that is known.
        network: as the settings named it; empty where that is not known.
        guidance: which style went where.
        inset: the styles that are laid into its corner as it is saved.
        bare: its pixels with none of the photograph's colours put back, where they are known to be
            others.
    """

    pixels: NDArray[np.float32]
    content: Picture | None = None
    recipe: str = ""
    kept: Picture | None = None
    styles: tuple[Picture, ...] = ()
    network: str = ""
    guidance: Guidance = UNGUIDED
    inset: tuple[Picture, ...] = ()
    bare: NDArray[np.float32] | None = None

    @classmethod
    def of(cls, pixels: NDArray[np.float32], job: Job, recipe: str) -> Self:
        """What a job has painted."""
        network, guidance = job.settings.network, job.guidance
        return cls(
            pixels, job.content, recipe, styles=job.styles, network=network, guidance=guidance
        )

    @classmethod
    def of_file(cls, picture: Picture, recipe: str, network: str = "") -> Self:
        """What was painted some other time."""
        pixels = np.divide(picture.pixels, 2**picture.depth - 1, dtype=np.float32)
        return cls(pixels, None, recipe, picture, network=network)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        return self.pixels.shape[1], self.pixels.shape[0]

    @property
    def arrays(self) -> tuple[NDArray[np.float32], ...]:
        """What of it takes much memory."""
        return (self.pixels,) if self.bare is None else (self.pixels, self.bare)

    def with_inset(self) -> Self:
        """The same picture, to be saved with its styles in its corner."""
        recipe = self.recipe
        if recipe:
            recipe = Recipe.from_json(recipe, "").model_copy(update={"inset": True}).to_json()
        return replace(self, inset=self.styles, recipe=recipe)

    def as_start(self) -> Picture:
        """A picture to go on from, at a depth that loses nothing to be seen."""
        pixels = to_uint16(self.pixels)
        name = translate("Session", "the picture on the canvas")
        return Picture(pixels, *((self.kept.name, self.kept.sha256) if self.kept else (name,)))


@dataclass(frozen=True, slots=True)
class Study:
    """A painted picture and all that it takes to paint it larger.

    Attributes:
        result: the picture.
        settings: that it was painted with; size, scales, steps and tile are open.
        content: what it was painted of.
        styles: in whose manner.
        notes: what differs from how it was painted.
        guidance: which style went where.
    """

    result: Result
    settings: Settings
    content: Picture
    styles: tuple[Picture, ...]
    notes: tuple[str, ...] = ()
    guidance: Guidance = UNGUIDED

    @property
    def side(self) -> int:
        """The long side, px."""
        return max(self.result.size)

    def larger(self, size: int, dpi: int | None) -> Settings:
        """The settings that say how large; how it is enlarged is left open.

        Raises:
            SettingsError: no result may be as large, or none have so many dots per inch.
        """
        return self.settings.replace(size=size, dpi=dpi)

    def decided(self, settings: Settings) -> Settings:
        """How it is enlarged, by settings that `larger` gave."""
        assert settings.size is not None
        return defaults.for_enlarging(settings, self.side, settings.size)

    def job(self, settings: Settings) -> Job:
        """What paints it larger, by settings that `larger` gave."""
        start, guidance = self.result.as_start(), self.guidance
        decided = self.decided(settings)
        return Job(self.content, self.styles, decided, start, guidance=guidance)


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

    @classmethod
    def of(
        cls,
        pixels: NDArray[np.float32],
        job: Job,
        decided: Started,
        asked: Settings,
        wished: Settings,
        step: int,
    ) -> Self:
        """What a run has painted.

        Args:
            pixels: at full size and precision.
            job: that it was painted for.
            decided: by the engine, at the start.
            asked: the settings that the run began with.
            wished: those by now, of which the live ones are in force.
            step: iterations that it has had.
        """
        with suppress(EngineError):  # as the engine, which goes on where they do not go together
            decided = replace(decided, settings=live.in_force(decided.settings, wished))
            asked = live.merged(asked, wished)
        return cls(pixels, job, asked, Recipe.of(job, decided, step))


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
        styles: the paintings.
        settings: for the next run; live ones act at once.
        result: the painted picture on the canvas.
        from_result: whether the next run goes on from it.
        start: the picture file that runs start from, where the settings name one.
        guidance: which style goes where; acts at once.
    """

    content: Picture | None = None
    styles: tuple[Picture, ...] = ()
    settings: Settings = field(default_factory=Settings)
    result: Result | None = None
    from_result: bool = False
    start: Picture | None = None
    guidance: Guidance = UNGUIDED

    @property
    def style(self) -> Picture | None:
        """The first painting."""
        return self.styles[0] if self.styles else None

    def is_like(self, other: Moment) -> bool:
        """Whether nothing differs, pictures and masks taken for what they are."""
        pictures = ("content", "result", "start", "guidance")
        same = all(getattr(self, name) is getattr(other, name) for name in pictures)
        same = same and slots.same(self.styles, other.styles)
        return same and (self.settings, self.from_result) == (other.settings, other.from_result)


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
        reading: roles whose picture is being read, and a name for each further style that is.
        phase: of the run.
        looking: at a picture of the filmstrip.
        undo: what Undo would take back, in words; empty for nothing.
        redo: what Redo would bring back.
        why_no_undo: why Undo cannot be pressed; empty if it can.
        why_no_redo: why Redo cannot be pressed; empty if it can.
    """

    now: Moment = field(default_factory=Moment)
    reading: frozenset[str] = frozenset()
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
        """The first painting."""
        return self.now.style

    @property
    def styles(self) -> tuple[Picture, ...]:
        """The paintings."""
        return self.now.styles

    @property
    def guidance(self) -> Guidance:
        """Which style goes where."""
        return self.now.guidance

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
    def job(self) -> Job | None:
        """What Render would paint; None where a picture is missing."""
        return None if self.content is None else self.job_of(self.content)

    def job_of(self, content: Picture) -> Job | None:
        """What Render would paint of another content; None where there is no style."""
        if not self.styles:
            return None
        is_file = self.settings.init not in (None, "content", "style", "noise")
        start = self.now.start if is_file else None
        if self.from_result and self.result is not None and content is self.content:
            start = self.result.as_start()
        guidance = fitted(self.guidance, self.content, content)
        return Job(content, self.styles, self.settings, start, guidance=guidance)

    @property
    def why_no_render(self) -> str:
        """Why Render cannot be pressed; empty if it can."""
        return self.why_no_series or self.why_no_queueing

    @property
    def why_no_queueing(self) -> str:
        """Why nothing can be added to the queue; empty if something can."""
        if self.reading:
            return translate("State", "A picture is being read")
        if self.content is None and self.style is None:
            return translate("State", "Choose a content and a style picture first")
        if self.content is None:
            return translate("State", "Choose a content picture first")
        if self.style is None:
            return translate("State", "Choose a style picture first")
        if has_empty(self.guidance):
            return translate("State", "A mask is empty: paint it, or clear it")
        return ""

    @property
    def why_no_series(self) -> str:
        """Why no series of pictures can be begun; empty if one can."""
        if self.phase is Phase.SERIES:
            return translate("State", "A series of pictures is being painted")
        return "" if self.phase is Phase.IDLE else translate("State", "A render is running")

    @property
    def why_no_pause(self) -> str:
        """Why the run can be neither paused nor resumed; empty if it can."""
        if self.phase is Phase.IDLE:
            return translate("State", "Nothing is running")
        if self.phase is Phase.SERIES:
            return translate("State", "A series is cancelled, not paused")
        if self.phase is Phase.CANCELLING:
            return translate("State", "The render is being cancelled")
        return ""

    @property
    def why_no_cancel(self) -> str:
        """Why Cancel cannot be pressed; empty if it can."""
        return "" if self.phase is Phase.SERIES else self.why_no_pause

    @property
    def why_no_save(self) -> str:
        """Why nothing can be saved; empty if something can."""
        if self.looking is not None:
            return ""
        if self.phase is Phase.SERIES:
            return self.why_no_series
        if self.phase is not Phase.IDLE:
            return translate("State", "Take a snapshot, or wait for the end of the render")
        return "" if self.result else translate("State", "There is no picture yet")

    @property
    def why_no_inset(self) -> str:
        """Why nothing can be saved with its style in its corner; empty if something can."""
        if self.looking is not None:
            return translate("State", "Put this picture on the canvas first, or go back to it")
        if self.why_no_save or self.result is None:
            return self.why_no_save
        unknown = translate("State", "The style that this picture was painted by is not open")
        return "" if self.result.styles else unknown

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
    def why_no_enlarging(self) -> str:
        """Why no picture can be painted larger; empty if one can."""
        if self.phase is not Phase.IDLE:
            return translate("State", "Wait for the end of the render, or cancel it")
        if self.reading:
            return translate("State", "A picture is being read")
        if self.looking is not None:
            return ""
        if self.result is None:
            return translate("State", "There is no painted picture yet")
        unknown = translate("State", "How this picture was painted is not known")
        return "" if self.result.recipe else unknown

    @property
    def why_no_masks(self) -> str:
        """Why no masks can be painted; empty if they can."""
        if self.content is None:
            return translate("State", "Choose a content picture first: masks are painted on it")
        if not self.styles:
            return translate("State", "Choose a style picture first: masks say where it goes")
        return ""

    @property
    def why_no_back(self) -> str:
        """Why the canvas cannot be gone back to; empty if it can."""
        return "" if self.looking else translate("State", "The canvas is shown already")

    @property
    def why_no_start_over(self) -> str:
        """Why there is nothing to start over; empty if there is."""
        if self.why_no_series:
            return self.why_no_series
        return "" if self.result else translate("State", "There is no picture yet")

    @property
    def why_no_snapshot(self) -> str:
        """Why no snapshot can be taken; empty if one can."""
        if self.phase is Phase.SERIES:
            return self.why_no_series
        return "" if self.phase in (Phase.RUNNING, Phase.PAUSED) else self.why_no_pause
