"""A sheet of variations on a terminal: pulls the pieces, shows the progress, saves the pictures."""

from __future__ import annotations

import re
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from engine import defaults, imageio
from engine.commands.progress_bar import WorkBar
from engine.commands.terminal import INTERRUPTED, stopping_when_told_to
from engine.costs import forecast
from engine.costs.pace import clock
from engine.disk import files
from engine.job import Job, Note, Picture, Progress
from engine.recipes import recipe
from engine.series.messages import Made, Piece
from engine.settings import Settings
from engine.variations import axes, drawing
from engine.variations.axes import Axis
from engine.variations.sheet import STARTS, STEPS, Cell, Sheet

_UNFIT: Final = re.compile(r"[^A-Za-z0-9.,=-]+")
"""What has no place in a file's name."""

_LONGEST: Final = 120
"""Characters of a file's name."""


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """What a sheet was asked for besides the settings.

    Attributes:
        pictures: the content, then the styles.
        over: what varies, as it was written.
        output: where the sheet goes.
        cells: the folder that each cell goes into too; None for none.
        overwrite: whether what exists is replaced.
    """

    pictures: tuple[Path, ...]
    over: tuple[str, ...]
    output: Path
    cells: Path | None
    overwrite: bool


class SheetRun:
    """One sheet from the command line.

    Args:
        request: what else was asked for.
        settings: that all cells have in common.
        cell_size: long side of a cell, px, as it was written; None for a fitting one.

    Raises:
        EngineError: pictures, settings or places to write to are wrong; found before the start.
    """

    def __init__(self, request: SheetRequest, settings: Settings, cell_size: str | None) -> None:
        self._request = request
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        varied = tuple(Axis.parse(text, settings) for text in request.over)
        side = Settings.of({"size": None if cell_size == "auto" else cell_size}).size
        imageio.check_writable(request.output, overwrite=request.overwrite)
        content, *styles = (self._read(path) for path in request.pictures)
        steps = STEPS if settings.steps is None else settings.steps
        size = _size(settings)
        self._sheet = Sheet.of(settings, varied, content.size, size, side=side, steps=steps)
        starts = {
            init: self._read(Path(init))
            for init in {cell.settings.init for cell in self._sheet.cells}
            if init is not None and init not in STARTS
        }
        base = Job(content, tuple(styles), settings)
        self._jobs = [self._sheet.job(cell, base, starts) for cell in self._sheet.cells]
        self._files = [self._file(cell) for cell in self._sheet.cells]
        self._check_cells()
        self._pixels: list[NDArray[np.uint8] | None] = [None] * len(self._jobs)
        self._began = time.monotonic()

    def run(self) -> int:
        """Paint, save, tell.

        Returns:
            The exit code: 0, or 130 where Ctrl-C ended it and the sheet so far was saved.

        Raises:
            EngineError: a cell or the saving failed; the sheet so far was saved if any.
            KeyboardInterrupt: before any cell was done.
        """
        try:
            with stopping_when_told_to():
                self._paint()
        except KeyboardInterrupt:
            if not self._is_begun:
                raise
            self._save("interrupted")
            return INTERRUPTED
        except Exception:
            if self._is_begun:
                self._save("failed")
            raise
        self._save("finished")
        return 0

    def rehearse(self) -> int:
        """Say what `run` would do, and do none of it; returns the exit code, 0."""
        from engine.commands import dry_run  # loads torch

        plan = dry_run.planned(self._jobs[0])
        console = Console(highlight=False, soft_wrap=True)
        console.print(self._what, markup=False)
        console.print(f"each cell: {plan.text}", markup=False)
        if plan.expected.seconds is not None:
            whole = forecast.duration(len(self._jobs) * plan.expected.seconds)
            console.print(f"all cells: time ≈ {whole}", markup=False)
        return 0

    @property
    def _is_begun(self) -> bool:
        return any(pixels is not None for pixels in self._pixels)

    @property
    def _what(self) -> str:
        sheet = self._sheet
        over = ", ".join(f"{axis.knob.name} {', '.join(axis.words)}" for axis in sheet.axes)
        side = sheet.cells[0].settings.size
        return f"{len(sheet.cells)} cells of {side} px, for renders of {sheet.size} px: {over}"

    def _read(self, path: Path) -> Picture:
        picture = imageio.read(path)
        for note in picture.notes:
            self._console.print(f"{path}: {note}")
        return picture

    def _paint(self) -> None:
        from engine.series.painting import painted  # loads torch

        self._console.print(self._what)
        with WorkBar(self._console) as bar, closing(painted(self._jobs)) as messages:
            for message in messages:
                if isinstance(message, Piece):
                    self._show(message, bar)
                    if message.made is not None:
                        self._keep(message.index, message.made)
                elif isinstance(message, Note):
                    self._console.print(message.text)
                elif isinstance(message, Progress) and not self._is_begun:
                    bar.show_progress(message)

    def _show(self, piece: Piece, bar: WorkBar) -> None:
        gone = time.monotonic() - self._began
        left = gone * (1 - piece.share) / piece.share if piece.share else None
        text = f"cell {piece.index + 1} of {len(self._jobs)}"
        bar.show_share(text, piece.share, "" if left is None else clock(left))

    def _keep(self, index: int, made: Made) -> None:
        self._pixels[index] = imageio.to_uint8(made.pixels)
        if self._request.cells is None:
            return
        path = self._files[index]
        text = recipe.Recipe.of(made.job, made.started, made.step).to_json()
        extras = imageio.Extras.of(path, made.job.content, made.started.settings, text)
        imageio.write(path, made.pixels, extras, overwrite=self._request.overwrite)

    def _save(self, outcome: str) -> None:
        request = self._request
        pixels = np.divide(drawing.drawn(self._sheet, self._pixels), 255, dtype=np.float32)
        imageio.write(request.output, pixels, overwrite=request.overwrite)
        so_far = "" if outcome == "finished" else f" ({outcome}: the cells so far)"
        self._console.print(f"{request.output}{so_far}")
        if request.cells is not None:
            self._console.print(
                f"paint one of {request.cells} larger with render --enlarge-from FILE --size "
                f"{self._sheet.size}"
            )

    def _file(self, cell: Cell) -> Path:
        """Where a cell is saved: its number, and what it was painted with."""
        sheet, folder = self._sheet, self._request.cells or Path()
        parts = [
            f"{axis.knob.name}={axes.written(axis.knob, value)}"
            for axis, value in zip(sheet.axes, cell.choice, strict=True)
        ]
        number = 1 + cell.column + cell.row * sheet.columns
        name = _UNFIT.sub("_", " ".join((f"{number:02}", *parts)))
        return folder / f"{name[:_LONGEST]}.png"

    def _check_cells(self) -> None:
        """Find out before the start whether the cells can be saved; their folder is made."""
        folder = self._request.cells
        if folder is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.explained(folder, error) from error
        for path in self._files:
            imageio.check_writable(path, overwrite=self._request.overwrite)


def _size(settings: Settings) -> int:
    """Long side of the renders that the cells stand for, px."""
    if settings.size or settings.scales:
        return settings.size or (settings.scales or (0,))[-1]
    from engine import devices  # loads torch

    return defaults.default_size(devices.choose(settings.device))
