"""A figure on a terminal: pulls the pieces, shows the progress, saves the sheet."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from rich.console import Console

from engine import imageio
from engine.commands.progress_bar import WorkBar
from engine.commands.terminal import stopping_when_told_to
from engine.costs import forecast
from engine.costs.pace import clock
from engine.costs.workload import Workload
from engine.figures import record
from engine.figures.order import FigureOrder
from engine.figures.sheet import Sheet
from engine.figures.text import plain
from engine.job import DeviceInfo, Job, Note, Picture, Progress
from engine.series.messages import Made, Piece

_EARLY: Final = 0.02
"""Share of the work before which no time left is said."""


class FigureRun:
    """One figure from the command line.

    Args:
        number: the paper's.
        paths: of the content, then of the styles.
        given: settings.
        output: where it goes.
        overwrite: whether an existing file is replaced.

    Raises:
        EngineError: pictures, settings or the place to write to are wrong.
    """

    def __init__(
        self,
        number: int,
        paths: tuple[Path, ...],
        given: Mapping[str, object],
        output: Path,
        *,
        overwrite: bool,
    ) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._output, self._overwrite = output, overwrite
        record.check_writable(output, overwrite=overwrite)
        content, *styles = map(self._read, paths)
        self._order = FigureOrder.of(number, content, tuple(styles), given)
        self._sheet = Sheet(self._order.layout)
        self._made: dict[int, Made] = {}
        self._began = time.monotonic()

    def run(self) -> int:
        """Make the figure and save it; nothing is saved where it is interrupted.

        Returns:
            The exit code, 0.

        Raises:
            EngineError: it cannot be made, or not to its end, or not be saved.
            KeyboardInterrupt: as it is pressed.
        """
        self._console.print(f"{record.title(self._order)}, {self._what}; {self._expected()}")
        self._began = time.monotonic()
        with stopping_when_told_to():
            self._make()
        sheet, order = self._sheet, self._order
        record.write(self._output, sheet.image, order, self._made, overwrite=self._overwrite)
        width, height = sheet.image.size
        taken = time.monotonic() - self._began
        self._console.print(str(self._output))
        self._console.print(f"{width} by {height} px in {forecast.duration(taken)}")
        return 0

    def rehearse(self) -> int:
        """Say what `run` would do, and do none of it; returns the exit code, 0."""
        width, height = self._sheet.image.size
        console = Console(highlight=False, soft_wrap=True)
        console.print(f"{record.title(self._order)}, {self._what}, {width} by {height} px in all")
        console.print(self._expected())
        return 0

    @property
    def _what(self) -> str:
        renders = len(self._order.jobs)
        side = f"{self._order.size} px"
        return f"{renders} renders of {side}" if renders > 1 else f"one render of {side}"

    def _read(self, path: Path) -> Picture:
        picture = imageio.read(path)
        for note in picture.notes:
            self._console.print(f"{path}: {note}")
        return picture

    def _expected(self) -> str:
        """What all renders take, at the speed of this machine."""
        from engine import devices  # loads torch
        from engine.costs import probe

        jobs = list(self._order.jobs.values())
        works = [_work(job, devices.choose(job.settings.device)) for job in jobs]
        rate = probe.rate_now(works[0])
        return forecast.describe(forecast.of_all(works, rate))

    def _make(self) -> None:
        from engine.series.making import made  # loads torch

        with WorkBar(self._console) as bar, closing(made(self._order)) as messages:
            for message in messages:
                if isinstance(message, Piece):
                    self._put(message, bar)
                elif isinstance(message, Note):
                    self._console.print(message.text)
                elif isinstance(message, Progress) and not self._made:
                    bar.show_progress(message)

    def _put(self, piece: Piece, bar: WorkBar) -> None:
        if piece.made is not None:
            self._made[piece.index] = piece.made
        if piece.is_done:
            self._sheet.put(piece.index, piece.pixels, piece.caption)
        panel = self._order.panels[piece.index]
        name = f"{panel.letter} {plain(panel.label)}".strip() or panel.shows.value
        bar.show_share(name, piece.share, self._left(piece.share))

    def _left(self, share: float) -> str:
        taken = time.monotonic() - self._began
        return clock(taken * (1 - share) / share) if share > _EARLY else ""


def _work(job: Job, device: DeviceInfo) -> Workload:
    sizes = tuple(style.size for style in job.styles)
    start = job.start.size if job.start else None
    return forecast.planned(job.settings, job.content.size, sizes, device, start=start)
