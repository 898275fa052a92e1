"""A render on a terminal: pulls the messages, shows the progress, saves the picture."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from engine import imageio, report
from engine.job import Frame, Job, Message, Note, Picture, Progress, Started
from engine.progress_bar import WorkBar
from engine.settings import Settings

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
    """

    pictures: tuple[Path, ...]
    output: Path | None
    report: Path | None
    overwrite: bool


class Rendering:
    """One render from the command line.

    Raises:
        EngineError: pictures, settings or places to write to are wrong; found before the start.
    """

    def __init__(self, request: Request, settings: Settings) -> None:
        self._request = request
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._check()
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

    def _check(self) -> None:
        request = self._request
        if request.output is not None:
            imageio.check_writable(request.output, overwrite=request.overwrite)
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

        with WorkBar(self._console) as bar, closing(stylise(self._report.job)) as messages:
            for message in messages:
                self._report.add(message)
                self._show(message, bar)

    def _show(self, message: Message, bar: WorkBar) -> None:
        if isinstance(message, Frame):
            self._last = message
            bar.show_frame(message, _figures(message))
        elif isinstance(message, Started):
            self._console.print(_decided(message))
        elif isinstance(message, Note):
            self._console.print(message.text)
        elif isinstance(message, Progress) and self._last is None:
            bar.show_progress(message)

    def _finish(self, outcome: str) -> None:
        request, last = self._request, self._last
        if request.output is not None and last is not None:
            imageio.write(request.output, last.snapshot(), overwrite=request.overwrite)
            so_far = "" if outcome == "finished" else f" ({outcome}: the picture so far)"
            self._console.print(f"{request.output}{so_far}")
        record = self._report.as_dict(outcome, request.output)
        if request.report is not None:
            report.write(request.report, record)
        if last is not None:
            self._console.print(_summary(record, last))


def unused(stem: str) -> Path:
    """The first of STEM.png, STEM-2.png … that is not there yet, in the current folder."""
    path, number = Path(f"{stem}.png"), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-{number}.png")
    return path


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
