"""A render on a terminal: pulls the messages, shows the progress, saves the picture."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from engine import imageio, recipe, report
from engine.errors import DiskFullError, EngineError, OutputError
from engine.job import Frame, Job, Message, Note, Picture, Progress, Started
from engine.replay import replay
from engine.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INTERRUPTED: Final = 130
_STARTS: Final = (None, "content", "style", "noise")


@dataclass(frozen=True, slots=True)
class Request:
    """What a render was asked for besides the settings.

    Attributes:
        pictures: the content, then the styles.
        output: where the result goes; None saves none.
        report: where the report goes.
        overwrite: whether an existing output is replaced.
        with_recipe: whether the result holds how it was made.
        followed: the recipe that the settings are from, if any.
        notes: what the user should know before the start.
    """

    pictures: tuple[Path, ...]
    output: Path | None
    report: Path | None
    overwrite: bool
    with_recipe: bool = True
    followed: recipe.Recipe | None = None
    notes: tuple[str, ...] = ()


class Rendering:
    """One render from the command line.

    Raises:
        EngineError: pictures, settings or places to write to are wrong; found before the start.
    """

    def __init__(self, request: Request, settings: Settings) -> None:
        self._request = request
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        for note in request.notes:
            self._console.print(note)
        self._check(settings)
        self._report = report.Report(self._job(settings))
        self._last: Frame | None = None

    def run(self) -> int:
        """Paint, save, tell.

        Returns:
            The exit code: 0, or 130 where Ctrl-C ended it and the picture so far was saved.

        Raises:
            EngineError: the render or the saving failed; the picture so far was saved if any.
            KeyboardInterrupt: before there was any picture.
        """
        try:
            self._paint()
        except KeyboardInterrupt:
            if self._last is None:
                raise
            self._finish("interrupted")
            return INTERRUPTED
        except Exception:
            if self._last is not None and self._last.step:
                self._finish("failed")
            raise
        self._finish("finished")
        return 0

    def _check(self, settings: Settings) -> None:
        request = self._request
        if request.output is not None:
            imageio.check_writable(request.output, overwrite=request.overwrite)
            imageio.check_depth(request.output, settings.depth)
        if request.report is not None:
            report.check_writable(request.report)

    def _job(self, settings: Settings) -> Job:
        content, *styles = (self._read(path) for path in self._request.pictures)
        start = None if settings.init in _STARTS else self._read(Path(settings.init or ""))
        return Job(content, tuple(styles), settings, start)

    def _read(self, path: Path) -> Picture:
        picture = imageio.read(path)
        for note in picture.notes:
            self._console.print(f"{path}: {note}")
        return picture

    def _paint(self) -> None:
        from engine.stylise import stylise  # loads torch, after all that can be refused is

        with self._bar() as bar, closing(stylise(self._report.job)) as messages:
            task = bar.add_task("starting", total=None, figures="")
            for message in messages:
                self._report.add(message)
                self._show(message, bar, task)

    def _bar(self) -> Bar:
        return Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=6),
            MofNCompleteColumn(),
            _Speed(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[figures]}"),
            console=self._console,
        )

    def _show(self, message: Message, bar: Bar, task: TaskID) -> None:
        if isinstance(message, Frame):
            self._last = message
            bar.update(
                task,
                description=f"scale {message.scale + 1}/{message.scales}",
                completed=message.step,
                total=message.steps,
                figures=_figures(message),
            )
        elif isinstance(message, Started):
            self._begin(message)
        elif isinstance(message, Note):
            self._console.print(message.text)
        elif isinstance(message, Progress) and self._last is None:
            bar.update(task, description=message.activity)

    def _begin(self, started: Started) -> None:
        """Say what was decided, and refuse what cannot be saved or is not the recipe's."""
        request = self._request
        if request.output is not None:
            last = started.scales[-1]
            imageio.check_size(request.output, last.width, last.height)
        self._console.print(_decided(started))
        if request.followed and request.followed.network.sha256 != started.network.sha256:
            self._console.print("the network's weights are not those that the recipe was made with")

    def _save(self, output: Path, last: Frame) -> None:
        """Write the picture; where that fails, keep it in the system's folder for such things."""
        job, started = self._report.job, self._report.started
        text = ""
        if self._request.with_recipe and started is not None:
            text = recipe.Recipe.of(job, started, last.step).to_json()
        settings = started.settings if started else job.settings
        extras = imageio.Extras.of(output, job.content, settings, text)
        pixels = last.snapshot()
        try:
            notes = imageio.write(output, pixels, extras, overwrite=self._request.overwrite)
        except (DiskFullError, OutputError) as error:
            raise _rescued(error, output.name, pixels, extras) from error
        for note in notes:
            self._console.print(f"{output}: {note}")

    def _finish(self, outcome: str) -> None:
        request, last = self._request, self._last
        if request.output is not None and last is not None:
            self._save(request.output, last)
            so_far = "" if outcome == "finished" else f" ({outcome}: the picture so far)"
            self._console.print(f"{request.output}{so_far}")
        record = self._report.as_dict(outcome, request.output)
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
    found = replay(followed, file, request.pictures, given)
    completed = replace(request, pictures=found.pictures, notes=found.notes)
    return replace(completed, followed=followed), found.settings


def unused(stem: str) -> Path:
    """The first of STEM.png, STEM-2.png … that is not there yet, in the current folder."""
    path, number = Path(f"{stem}.png"), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-{number}.png")
    return path


def _rescued(
    error: DiskFullError | OutputError,
    name: str,
    pixels: NDArray[np.float32],
    extras: imageio.Extras,
) -> EngineError:
    """Save a picture that would be lost with this process, and say where."""
    try:
        path = Path(tempfile.mkdtemp(prefix="impasto-")) / name
    except OSError:
        return error
    try:
        imageio.write(path, pixels, extras)
    except EngineError:
        path.parent.rmdir()
        return error
    return type(error)(f"{error.cause}; the picture was saved as {path} instead", error.remedy)


class _Speed(ProgressColumn):
    """Iterations a second."""

    def render(self, task: Task) -> Text:
        """Show nothing until it is known."""
        return Text(f"{task.speed:.1f} it/s" if task.speed else "", no_wrap=True)


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
        f"sizes {sizes}, seed {started.settings.seed}",
        device.remark,
    ]
    return "\n".join(line for line in lines if line)


def _summary(record: dict[str, Any], last: Frame) -> str:
    width, height = last.size
    return (
        f"{width}×{height} px, {last.step} steps with {record['network']['name']} in "
        f"{record['seconds']:.1f} s, {record['peak_memory_bytes'] / 2**30:.1f} GiB at most"
    )
