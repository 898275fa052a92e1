"""What a batch says: a line while it goes on, a table and a report at its end."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column, Table

from engine.batch.painting import Begun, Ended, Ending
from engine.costs.forecast import duration, gigabytes
from engine.costs.pace import clock
from engine.job import Frame, Progress
from engine.recipes import report
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.batch.forecast import Expected


class BatchBar(Bar):
    """One line: how many of all, which one, how far it is, and the time that is left.

    Args:
        console: to draw on.
        total: pictures of the batch.
        pending: how many of them are to be painted now.
    """

    def __init__(self, console: Console, total: int, pending: int) -> None:
        name = Column(no_wrap=True, overflow="ellipsis", max_width=40)
        super().__init__(
            TextColumn("{task.fields[count]}", markup=False),
            BarColumn(bar_width=12),
            TextColumn("{task.description}", markup=False, table_column=name),
            TextColumn("{task.fields[now]}", markup=False),
            console=console,
            transient=True,
        )
        self._pending, self._total = pending, total
        self._before = 0
        self._taken: list[float] = []
        self._begun = time.monotonic()
        self._task = self.add_task("", total=total, count=f"1 of {total}", now="")

    def show_begun(self, begun: Begun) -> None:
        """Show which picture comes now."""
        self._before, self._begun = begun.index, time.monotonic()
        self.update(
            self._task,
            completed=begun.index,
            description=begun.item.title,
            count=f"{begun.index + 1} of {self._total}",
            now="",
        )

    def show_ended(self, ended: Ended) -> None:
        """Count a picture that is done with."""
        if ended.ending is Ending.DONE:
            self._taken.append(ended.seconds)
        if ended.seconds:
            self._pending -= 1

    def show_progress(self, message: Progress) -> None:
        """Show a sign of life before the first step of a picture."""
        self.update(self._task, now=message.text)

    def show_frame(self, frame: Frame, figures: str, left: float | None) -> None:
        """Show how far the present picture is, and the time that all will take."""
        share = frame.step / max(1, frame.steps)
        parts = [f"{frame.step}/{frame.steps}", *self._times(left)]
        self.update(self._task, completed=self._before + share, now=" · ".join(parts))

    def _times(self, left: float | None) -> list[str]:
        if left is None:
            return []
        so_far = time.monotonic() - self._begun
        usual = sum(self._taken) / len(self._taken) if self._taken else so_far + left
        others = max(0, self._pending - 1) * usual
        return [f"{clock(left)} left", f"all {clock(left + others)}"]


def line(ended: Ended) -> str:
    """What is said of a picture when it is done with; nothing of one that was there before."""
    if ended.ending is Ending.SKIPPED:
        return ""
    if ended.ending is Ending.DONE:
        assert ended.size is not None
        width, height = ended.size
        made = f"{width}×{height} px, {ended.steps} steps in {ended.seconds:.1f} s"
        return f"{ended.item.output}  {made}"
    return f"{ended.item.title}: {ended.cause}; {ended.remedy}"


def table(all_ended: Iterable[Ended], left: int) -> Table:
    """How many pictures were painted, and which were not, and why."""
    ended = tuple(all_ended)
    shown = Table(box=None, show_header=False, pad_edge=False)
    shown.add_column(no_wrap=True)
    shown.add_column(justify="right", no_wrap=True)
    shown.add_column(overflow="fold")
    counts = Counter(each.ending for each in ended)
    seconds = sum(each.seconds for each in ended)
    remarks = {
        Ending.DONE: f"in {duration(seconds)}" if counts[Ending.DONE] else "",
        Ending.SKIPPED: "painted before",
        Ending.DIFFERS: "there already, not as asked for now: --overwrite paints them anew",
        Ending.FAILED: "the same command tries them again",
    }
    for ending, remark in remarks.items():
        if counts[ending] or ending is Ending.DONE:
            shown.add_row(ending.value, str(counts[ending]), remark)
    if left:
        shown.add_row("left", str(left), "the same command goes on with them")
    return shown


def foreseen(expected: Expected) -> str:
    """How long a batch will take, and what of it cannot be painted."""
    lines = [f"{each.title}: {error.cause}" for each, error in expected.refused]
    if expected.bytes:
        needed, there = gigabytes(expected.bytes), gigabytes(expected.available)
        lines.append(f"memory ≈ {needed} at most, of {there} that are there")
        lines.append(f"time ≈ {duration(expected.seconds)} in all")
    return "\n".join(lines)


def record(
    all_ended: Iterable[Ended],
    *,
    outcome: str,
    settings: Settings,
    folder: Path,
    left: int,
    passed_over: Iterable[Path],
    seconds: float,
) -> dict[str, Any]:
    """Everything, in JSON's types.

    Args:
        all_ended: the pictures that are done with.
        outcome: finished, interrupted or failed.
        settings: that were asked for.
        folder: of the pictures.
        left: how many were not come to.
        passed_over: files that are no pictures.
        seconds: in all.
    """
    ended = tuple(all_ended)
    counts = Counter(each.ending for each in ended)
    return {
        "outcome": outcome,
        "folder": _text(folder),
        "settings": json.loads(settings.to_json()),
        "counts": {**{ending.value: counts[ending] for ending in Ending}, "left": left},
        "pictures": [_record(each) for each in ended],
        "passed_over": [_text(path) for path in passed_over],
        "versions": report.versions(),
        "seconds": seconds,
        "peak_memory_bytes": report.peak_memory(),
    }


def _record(ended: Ended) -> dict[str, Any]:
    width, height = ended.size or (None, None)
    return {
        "content": _text(ended.item.content),
        "style": _text(ended.item.style),
        "output": _text(ended.item.output),
        "outcome": ended.ending.value,
        "width": width,
        "height": height,
        "steps": ended.steps,
        "seconds": ended.seconds,
        "notes": list(ended.notes),
        "cause": ended.cause,
        "remedy": ended.remedy,
    }


def _text(path: Path) -> str:
    """A name need be no text."""
    return str(path).encode(errors="backslashreplace").decode()
