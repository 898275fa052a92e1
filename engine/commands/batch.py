"""`impasto batch`: every content in every style, resumable, with one report."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.commands.flags import given_settings, settings_of, with_settings
from engine.errors import EngineError, InputError
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.batch.journal import Journal
    from engine.batch.painting import Batch, Ended
    from engine.batch.plan import Item

INTERRUPTED = 130


class _Greedy(click.Command):
    """Takes everything up to the next option for `--style`, as a shell writes a pattern out."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """In the order in which it is typed."""
        return ["CONTENTS… --style STYLES… -o FOLDER [OPTIONS]"]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give each of the styles a flag of its own."""
        flagged: list[str] = []
        takes = is_first = False
        for index, argument in enumerate(args):
            if argument == "--":
                flagged += args[index:]
                break
            is_option = argument.startswith("-") and argument != "-"
            if takes and not is_option and not is_first:
                flagged.append("--style")
            is_first = argument == "--style"
            takes = is_first or (takes and not is_option)
            flagged.append(argument)
        return super().parse_args(ctx, flagged)


@click.command(
    name="batch",
    cls=_Greedy,
    short_help="Paint many contents in many styles.",
)
@click.argument("contents", nargs=-1, required=True)
@click.option(
    "--style",
    "styles",
    metavar="STYLES…",
    multiple=True,
    required=True,
    help="Files, folders or patterns; all that follow up to the next option.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder that the pictures go to. It is made where it is missing.",
)
@click.option(
    "--name",
    "template",
    metavar="TEMPLATE",
    default="{content}-{style}.png",
    show_default=True,
    help="What the pictures are called; {size}, {seed} and the number {n} are filled in too. Its "
    "ending names the format.",
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Paint anew what is there already but of other pictures or settings.",
)
@click.option("--report", type=click.Path(path_type=Path), help="Write what was done, as JSON.")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="Take settings from a JSON file; flags go before it.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say how many pictures there are and how long they take; paint nothing.",
)
@click.option("--no-recipe", is_flag=True, help="Do not embed in the results how they were made.")
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@with_settings
def batch_command(
    contents: tuple[str, ...],
    styles: tuple[str, ...],
    folder: Path,
    template: str,
    overwrite: bool,
    report: Path | None,
    settings_file: Path | None,
    dry_run: bool,
    no_recipe: bool,
    debug: bool,
    **flags: str | None,
) -> int:
    """Paint every one of CONTENTS in every one of the styles.

    Both are files, folders or patterns such as "photos/*.jpg". A picture that fails does not stop
    the others. Killed or interrupted, the same command goes on where it was: nothing that is
    finished is painted again. It ends with 0 if all pictures are there, else with 1.
    """
    settings = settings_of(settings_file, given_settings(flags))
    asked = _Asked(contents, styles, folder, template, settings, overwrite, not no_recipe)
    return asked.rehearse() if dry_run else asked.run(report)


class _Asked:
    """One batch from the command line."""

    def __init__(
        self,
        contents: tuple[str, ...],
        styles: tuple[str, ...],
        folder: Path,
        template: str,
        settings: Settings,
        overwrite: bool,
        with_recipe: bool,
    ) -> None:
        from rich.console import Console

        self._contents, self._styles, self._folder = contents, styles, folder
        self._template, self._settings = template, settings
        self._overwrite, self._with_recipe = overwrite, with_recipe
        self._errors = Console(stderr=True, highlight=False, soft_wrap=True)
        self._passed_over: tuple[Path, ...] = ()

    def run(self, report_file: Path | None) -> int:
        """Paint, and tell of it; returns the exit code."""
        from engine import networks
        from engine.batch.journal import Journal
        from engine.recipes import report

        networks.chosen(self._settings.network)
        if report_file is not None:
            report.check_writable(report_file)
        with Journal(self._folder) as journal:
            if journal.note:
                self._say(journal.note)
            return self._paint(self._batch(journal), journal, report_file)

    def rehearse(self) -> int:
        """Say what would be done."""
        from engine.batch import forecast, journal, telling

        if (self._folder / journal.FOLDER).is_dir():
            with journal.Journal(self._folder) as known:
                batch = self._batch(known)
                pending = _pending(batch, known)
        else:
            batch = self._batch(None)
            pending = batch.items
        there = len(batch.items) - len(pending)
        click.echo(
            f"{len(batch.items)} pictures: {there} are there, {len(pending)} are to be painted"
        )
        if pending:
            click.echo(telling.foreseen(forecast.expected(pending, self._settings)))
        return 0

    def _batch(self, journal: Journal | None) -> Batch:
        from engine import imageio
        from engine.batch import plan
        from engine.batch.finding import find
        from engine.batch.painting import Batch

        own = journal.outputs if journal else frozenset()
        contents, styles = find(self._contents, own), find(self._styles, own)
        self._passed_over = tuple(dict.fromkeys((*contents.passed_over, *styles.passed_over)))
        if self._passed_over:
            names = ", ".join(path.name for path in self._passed_over[:5])
            more = " …" if len(self._passed_over) > 5 else ""
            self._say(f"passed over, as they are no pictures: {names}{more}")
        items = plan.planned(
            contents.pictures,
            styles.pictures,
            self._folder,
            template=self._template,
            settings=self._settings,
            named=journal.names(self._template) if journal else None,
        )
        _check(items)
        imageio.check_depth(items[0].output, self._settings.depth)
        return Batch(items, self._settings, self._template, self._overwrite, self._with_recipe)

    def _paint(self, batch: Batch, journal: Journal, report_file: Path | None) -> int:
        from engine.commands.terminal import stopping_when_told_to

        ended: list[Ended] = []
        begun, outcome = time.monotonic(), "failed"
        try:
            with stopping_when_told_to():
                self._pull(batch, journal, ended)
            outcome = "finished"
        except KeyboardInterrupt:
            outcome = "interrupted"
        finally:
            self._conclude(batch, ended, outcome, report_file, time.monotonic() - begun)
        if outcome == "interrupted":
            return INTERRUPTED
        return 0 if all(each.ending in _THERE for each in ended) else 1

    def _pull(self, batch: Batch, journal: Journal, ended: list[Ended]) -> None:
        from engine.batch.painting import Begun, painted
        from engine.batch.telling import BatchBar, line

        total, pending = len(batch.items), len(_pending(batch, journal))
        said = {""}
        with BatchBar(self._errors, total, pending) as bar:
            for news in painted(batch, journal, bar):
                if isinstance(news, Begun):
                    bar.show_begun(news)
                    continue
                bar.show_ended(news)
                ended.append(news)
                for text in (line(news), *news.notes):
                    if text not in said:
                        self._say(text)
                    said.add(text)  # most notes are the same for all

    def _conclude(
        self,
        batch: Batch,
        ended: list[Ended],
        outcome: str,
        report_file: Path | None,
        seconds: float,
    ) -> None:
        from rich.console import Console

        from engine.batch import telling
        from engine.recipes import report

        left = len(batch.items) - len(ended)
        if report_file is not None:
            record = telling.record(
                ended,
                outcome=outcome,
                settings=self._settings,
                folder=self._folder,
                left=left,
                passed_over=self._passed_over,
                seconds=seconds,
            )
            report.write(report_file, record)
        Console(highlight=False).print(telling.table(ended, left))

    def _say(self, text: str) -> None:
        self._errors.print(text, markup=False)


_THERE = ("done", "skipped")


def _check(items: tuple[Item, ...]) -> None:
    """Refuse to paint over what is painted from."""
    sources = {path.resolve() for item in items for path in (item.content, item.style)}
    for item in items:
        if item.output.resolve() in sources:
            raise InputError(
                f"“{item.output}” would take the place of a picture that it is made from",
                "choose another folder with -o, or other names with --name",
            )


def _pending(batch: Batch, journal: Journal) -> tuple[Item, ...]:
    """What is to be painted now, or at least tried."""
    pending = []
    for item in batch.items:
        try:
            known = batch.before(item, journal)
        except EngineError:
            known = None
        if known is None:
            pending.append(item)
    return tuple(pending)
