"""A render on a terminal: pulls the messages, shows the progress, saves the picture."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from rich.console import Console
from rich.progress import track

from engine import imageio, masks
from engine.commands.progress_bar import WorkBar
from engine.costs.pace import Pace
from engine.disk import rescue
from engine.disk.autosave import Autosave
from engine.errors import EngineError, InputError, OutputError
from engine.figures import inset
from engine.job import Frame, Guidance, Job, Message, Note, Picture, Progress, Started
from engine.print_size import on_paper
from engine.recipes import recipe, replay, report
from engine.settings import Settings
from engine.timelapse.filming import Filming

INTERRUPTED: Final = 130
_LONGEST_STEM: Final = 200
"""Bytes; nearly all file systems allow 255 for a name."""
_STARTS: Final = (None, "content", "style", "noise")


@dataclass(frozen=True, slots=True)
class Request:
    """What a render was asked for besides the settings.

    Attributes:
        pictures: the content, then the styles.
        output: where the result goes; None saves none.
        report: where the report goes.
        overwrite: whether an existing output or checkpoint is replaced.
        checkpoint: where the run's state is written every few seconds; None writes none.
        resume: the checkpoint to go on from.
        with_recipe: whether the result holds how it was made.
        masks: for each style, as `masks.named` knows them; none leaves them to `guidance`.
        strength_map: likewise.
        guidance: of the recipe that is followed.
        followed: the recipe that the settings are from, if any.
        notes: what the user should know before the start.
        unfinished: whether a picture that is not finished is saved too; else its checkpoint is.
        timelapse: what becomes of the frames.
        inset: whether the styles are laid into the result's lower left corner.
    """

    pictures: tuple[Path, ...]
    output: Path | None
    report: Path | None
    overwrite: bool
    checkpoint: Path | None = None
    resume: Path | None = None
    with_recipe: bool = True
    masks: tuple[str, ...] = ()
    strength_map: str | None = None
    guidance: Guidance | None = None
    followed: recipe.Recipe | None = None
    notes: tuple[str, ...] = ()
    unfinished: bool = True
    timelapse: Filming | None = None
    inset: bool = False


class Shower(Protocol):
    """Shows how far a render is; see `WorkBar`."""

    def show_progress(self, message: Progress) -> None:
        """Show a sign of life."""

    def show_frame(self, frame: Frame, figures: str, left: float | None) -> None:
        """Show how many iterations are done, and how many seconds are left."""


class Rendering:
    """One render from the command line.

    Args:
        request: what else was asked for.
        settings: on resuming, those that were set explicitly are held against the checkpoint's.
        console: to speak on; stderr where there is none.
        shower: shows how far it is; a line of its own where there is none.

    Raises:
        EngineError: pictures, settings or places to write to are wrong; found before the start.
    """

    def __init__(
        self,
        request: Request,
        settings: Settings,
        console: Console | None = None,
        shower: Shower | None = None,
    ) -> None:
        self._request, self._shower = request, shower
        self._console = console or Console(stderr=True, highlight=False, soft_wrap=True)
        for note in request.notes:
            self._console.print(note)
        self._check(settings)
        self._report = report.Report(self._job(self._continued(settings)))
        path = request.checkpoint
        self._autosave = Autosave(path) if path else None
        self._last: Frame | None = None
        self._pace = Pace()
        self._saved: Path | None = None

    @property
    def record(self) -> report.Report:
        """What has been done so far."""
        return self._report

    @property
    def last(self) -> Frame | None:
        """The newest frame, once there is one."""
        return self._last

    def run(self) -> int:
        """Paint, save, tell.

        Returns:
            The exit code: 0, or 130 where Ctrl-C ended it and the picture so far was saved.

        Raises:
            EngineError: the render or the saving failed; the picture so far was saved if any.
            KeyboardInterrupt: before there was any picture.
        """
        with ExitStack() as after:
            if self._request.timelapse is not None:
                after.callback(self._request.timelapse.close)
            return self._run()

    def _run(self) -> int:
        try:
            with stopping_when_told_to():
                self._paint()
        except KeyboardInterrupt:
            if self._last is None:
                raise
            self._finish("interrupted")
            return INTERRUPTED
        except Exception:
            if self._last is not None and self._last.step:
                self._finish_failed()
            raise
        self._finish("finished")
        return 0

    def rehearse(self) -> int:
        """Say what `run` would do, and do none of it.

        Returns:
            The exit code, 0.

        Raises:
            EngineError: what `run` would refuse before the start.
        """
        from engine.commands import dry_run  # loads torch

        plan = dry_run.planned(self._report.job)
        last = plan.work.scales[-1]
        if self._request.output is not None:
            imageio.check_size(self._request.output, last.width, last.height)
        Console(highlight=False, soft_wrap=True).print(plan.text, markup=False)
        if self._request.report is not None:
            report.write(self._request.report, plan.record(self._report))
        return 0

    def _finish_failed(self) -> None:
        try:
            self._finish("failed")
        except EngineError as error:  # why the render failed is told last
            self._console.print(f"{error.cause}; {error.remedy}")

    def _check(self, settings: Settings) -> None:
        request = self._request
        if request.output is not None:
            imageio.check_writable(request.output, overwrite=request.overwrite)
            imageio.check_depth(request.output, settings.depth)
        if request.inset and len(request.pictures) < 2:
            raise InputError("no style is named that could be inset", "name one, or leave it out")
        if request.report is not None:
            report.check_writable(request.report)
        if request.timelapse is not None:
            request.timelapse.check(overwrite=request.overwrite)
        path, resume = request.checkpoint, request.resume
        goes_on = resume and path and resume.resolve() == path.resolve()
        if path and path.exists() and not goes_on and not request.overwrite:
            raise OutputError(
                f"“{path}” exists already",
                f"go on from it with --resume {path}, choose another name, or allow overwriting",
            )

    def _continued(self, settings: Settings) -> Settings:
        path = self._request.resume
        if path is None:
            return settings
        from engine import checkpoint  # loads torch

        asked = {name: getattr(settings, name) for name in settings.model_fields_set}
        return checkpoint.continued(checkpoint.read_header(path).settings, asked)

    def _job(self, settings: Settings) -> Job:
        content, *styles = (self._read(path) for path in self._request.pictures)
        resume = self._request.resume
        # A checkpoint holds what has become of the start picture, which may be gone.
        has_start = settings.init not in _STARTS and resume is None
        start = self._read(Path(settings.init or "")) if has_start else None
        guidance = self._guidance(content)
        masks.settled(guidance, content.size, len(styles))  # refuses what the engine would, sooner
        return Job(content, tuple(styles), settings, start, resume, guidance)

    def _guidance(self, content: Picture) -> Guidance:
        """What was named, and else the recipe's."""
        request, own = self._request, self._request.guidance or Guidance()
        found = masks.named(request.masks, request.strength_map, content)
        return Guidance(
            found.masks if request.masks else own.masks,
            found.strength if request.strength_map else own.strength,
        )

    def _read(self, path: Path) -> Picture:
        picture = imageio.read(path)
        for note in picture.notes:
            self._console.print(f"{path}: {note}")
        return picture

    def _paint(self) -> None:
        from engine.stylise import stylise  # loads torch, after all that can be refused is

        with self._showing() as bar, closing(stylise(self._report.job)) as messages:
            for message in messages:
                self._report.add(message)
                self._show(message, bar)
                for each in (self._autosave, self._request.timelapse):
                    if isinstance(message, Frame) and each:
                        self._tell(each.add(message))

    def _showing(self) -> AbstractContextManager[Shower]:
        return nullcontext(self._shower) if self._shower else WorkBar(self._console)

    def _tell(self, note: Note | None) -> None:
        if note is not None:
            self._report.add(note)
            self._console.print(note.text)

    def _show(self, message: Message, bar: Shower) -> None:
        if isinstance(message, Frame):
            self._last = message
            self._pace.add(message, time.monotonic())
            bar.show_frame(message, _figures(message), self._pace.seconds_left(message))
        elif isinstance(message, Started):
            self._begin(message)
        elif isinstance(message, Note):
            self._console.print(message.text)
        elif isinstance(message, Progress) and self._last is None:
            bar.show_progress(message)

    def _begin(self, started: Started) -> None:
        """Say what was decided, and refuse what cannot be saved or is not the recipe's."""
        request = self._request
        if request.output is not None:
            last = started.scales[-1]
            imageio.check_size(request.output, last.width, last.height)
        self._pace = Pace.of(self._report.job, started)
        self._console.print(_decided(started))
        if request.followed and request.followed.network.sha256 != started.network.sha256:
            self._console.print("the network's weights are not those that the recipe was made with")

    def _finish(self, outcome: str) -> None:
        """Save the picture, the state and the report; what fails does not keep the others."""
        request, last = self._request, self._last
        with ExitStack() as steps:  # run in reverse, each also where the one before failed
            steps.callback(self._conclude, outcome)
            if last is not None and request.timelapse:
                steps.callback(self._write_timelapse, request.timelapse)
            if last is not None and self._autosave:
                steps.callback(self._settle, last, whole=outcome != "finished")
            is_wanted = request.unfinished or outcome == "finished"
            if last is not None and request.output is not None and is_wanted:
                steps.callback(self._save, request.output, last, outcome)

    def _save(self, path: Path, last: Frame, outcome: str) -> None:
        """Write the picture; where that fails, keep it somewhere else."""
        pixels, note = rescue.pixels_of(last)
        self._tell(note)
        extras = self._extras(path, last)
        if self._request.inset:
            styles = self._report.job.styles
            extras = replace(extras, alpha=inset.opaque(extras.alpha, pixels, styles))
            pixels = inset.inlaid(pixels, styles)
        try:
            notes = imageio.write(path, pixels, extras, overwrite=self._request.overwrite)
        except EngineError:
            elsewhere = rescue.save_elsewhere(path, pixels, extras)
            if elsewhere is not None:
                self._saved = elsewhere
                self._tell(Note(f"the picture was saved as {elsewhere} instead"))
            raise
        self._saved = path
        so_far = "" if outcome == "finished" else f" ({outcome}: the picture so far)"
        self._console.print(f"{path}{so_far}")
        for text in notes:
            self._tell(Note(f"{path}: {text}"))

    def _extras(self, path: Path, last: Frame) -> imageio.Extras:
        """What the file holds besides the colours: alpha, camera data, the recipe."""
        job, started = self._report.job, self._report.started
        assert started is not None
        text = ""
        if self._request.with_recipe:
            followed = recipe.Recipe.of(job, started, last.step)
            inlaid = True if self._request.inset else None
            text = followed.model_copy(update={"inset": inlaid}).to_json()
        return imageio.Extras.of(path, job.content, started.settings, text)

    def _settle(self, last: Frame, *, whole: bool) -> None:
        assert self._autosave is not None
        trouble = self._autosave.settle(last, whole=whole)
        self._tell(trouble)
        if whole and trouble is None:
            self._console.print(f"go on with --resume {self._request.checkpoint}")

    def _write_timelapse(self, timelapse: Filming) -> None:
        animation = timelapse.animation(self._report.job.content)
        frames = track(
            animation.frames(),
            "timelapse",
            len(animation.stills),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        done = timelapse.write(animation, frames, overwrite=self._request.overwrite)
        self._console.print(done)

    def _conclude(self, outcome: str) -> None:
        request, last = self._request, self._last
        record = self._report.as_dict(outcome, self._saved)
        if request.report is not None:
            report.write(request.report, record)
        if last is not None:
            self._console.print(_summary(record, last))


def following(
    file: Path, request: Request, given: Mapping[str, object]
) -> tuple[Request, Settings]:
    """Complete a request, and find its settings, by the recipe in a picture file.

    Args:
        file: that holds the recipe.
        request: with the pictures named, or none to have them found.
        given: settings that go before the recipe's.

    Raises:
        EngineError: there is no recipe to follow, or something that it needs is missing.
    """
    followed = recipe.read(file)
    found = replay.replay(followed, file, request.pictures, given)
    completed = replace(request, pictures=found.pictures, notes=found.notes)
    has_inset = request.inset or bool(followed.inset)
    completed = replace(completed, followed=followed, inset=has_inset, guidance=followed.masks)
    return completed, found.settings


def enlarging(
    file: Path, request: Request, given: Mapping[str, object]
) -> tuple[Request, Settings]:
    """Complete a request, and find its settings, to paint a finished picture larger.

    Args:
        file: the picture, which holds its recipe.
        request: as for `following`.
        given: as for `following`; the size among them.

    Raises:
        EngineError: as `following`, or the size is no larger.
    """
    side = max(imageio.read(file).size)
    own = recipe.read(file)
    found = replay.enlarged(own, file, side, request.pictures, given)
    completed = replace(request, pictures=found.pictures, notes=found.notes)
    return replace(completed, guidance=own.masks), found.settings


def unused(stem: str) -> Path:
    """The first of STEM.png, STEM-2.png … that is not there yet, in the current folder.

    A stem that is longer than file systems allow, such as of twenty styles, is cut off.
    """
    stem = os.fsencode(stem)[:_LONGEST_STEM].decode(errors="ignore")
    path, number = Path(f"{stem}.png"), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-{number}.png")
    return path


@contextmanager
def stopping_when_told_to() -> Iterator[None]:
    """Take the operating system's other ways to end a program for Ctrl-C: they keep the picture.

    What is ignored stays ignored: `nohup` lets a render live on when its terminal closes.
    """
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    heeded = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, signal.default_int_handler) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _figures(frame: Frame) -> str:
    losses = frame.losses
    style = sum(losses.style.values()) / max(1, len(losses.style))
    return f"loss {losses.total:.3g} content {losses.content:.2g} style {style:.2g}"


def _decided(started: Started) -> str:
    network, device = started.network, started.device
    sizes = " → ".join(f"{scale.width}×{scale.height}" for scale in started.scales)
    lines = [
        "; ".join((f"network {network.name}: {network.description}", *network.notes)),
        f"device {device.name}: {device.label}, {started.settings.precision}, "
        f"{started.threads} threads",
        f"sizes {sizes}{_on_paper(started)}, seed {started.settings.seed}",
        device.remark,
        "" if started.guidance.is_everywhere else masks.described(started.guidance),
    ]
    return "\n".join(line for line in lines if line)


def _on_paper(started: Started) -> str:
    dpi, last = started.settings.dpi, started.scales[-1]
    return f" ({on_paper(last.width, last.height, dpi)})" if dpi else ""


def _summary(record: dict[str, Any], last: Frame) -> str:
    width, height = last.size
    return (
        f"{width}×{height} px, {last.step} steps with {record['network']['name']} in "
        f"{record['seconds']:.1f} s, {record['peak_memory_bytes'] / 2**30:.1f} GiB at most"
    )
