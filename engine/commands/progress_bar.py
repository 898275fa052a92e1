"""The line on a terminal that says what is being done and how far it is."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as Bar
from rich.text import Text

from engine.costs.pace import clock
from engine.job import Frame, Progress


class WorkBar(Bar):
    """One line, of iterations or of bytes; other work has neither and shows none.

    Args:
        console: to draw on.
        transient: whether the line goes away at the end.
    """

    def __init__(self, console: Console, *, transient: bool = False) -> None:
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(bar_width=6),
            _ByUnit(
                **{"it": MofNCompleteColumn(), "%": TaskProgressColumn()},
                B=DownloadColumn(binary_units=True),
            ),
            _ByUnit(it=_IterationsASecond(), B=TransferSpeedColumn()),
            _ByUnit(
                **dict.fromkeys(("it", "%"), TextColumn("{task.fields[left]}")),
                B=TimeRemainingColumn(compact=True),
            ),
            TextColumn("{task.fields[figures]}"),
            console=console,
            transient=transient,
        )
        self._shown = ("", "")
        self._task = self.add_task("starting", total=None, unit="", figures="", left="")

    def show_progress(self, message: Progress) -> None:
        """Show a sign of life, with its bytes if it counts any."""
        unit = "B" if message.done else ""
        self._begin(unit, message.activity)
        self.update(
            self._task, description=message.activity, completed=message.done, total=message.total
        )

    def show_frame(self, frame: Frame, figures: str, left: float | None) -> None:
        """Show how many iterations are done, and how many seconds are left, where that is known."""
        self._begin("it", "")
        self.update(
            self._task,
            description=f"scale {frame.scale + 1}/{frame.scales}",
            completed=frame.step,
            total=frame.steps,
            figures=figures,
            left="" if left is None else clock(left),
        )

    def show_share(self, text: str, share: float, left: str) -> None:
        """Show what is being done, and how much of it all is done and how long the rest takes."""
        self._begin("%", "")
        self.update(self._task, description=text, completed=share, total=1, left=left)

    def _begin(self, unit: str, activity: str) -> None:
        """Start a line of its own, with a speed of its own, where something else is done now."""
        if (unit, activity) != self._shown:
            self._shown = unit, activity
            self.remove_task(self._task)
            self._task = self.add_task(activity, total=None, unit=unit, figures="", left="")


class _ByUnit(ProgressColumn):
    """Shows a task by the column for what it counts, and nothing where it counts nothing."""

    def __init__(self, **columns: ProgressColumn) -> None:
        super().__init__()
        self._columns = columns

    def render(self, task: Task) -> Text:
        column = self._columns.get(task.fields["unit"])
        shown = column.render(task) if column else ""
        return shown if isinstance(shown, Text) else Text(str(shown))


class _IterationsASecond(ProgressColumn):
    """Nothing until it is known."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f} it/s" if task.speed else "", no_wrap=True)
