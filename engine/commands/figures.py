"""`impasto figure`: the paper's figures, made anew of any pictures."""

from __future__ import annotations

from pathlib import Path

import click

from engine import examples
from engine.commands.flags import EXAMPLE_HELP, given_settings, named_pictures, with_settings
from engine.figures.paper import FIGURES

_WHAT = "\n\n".join(f"{each.number}  {each.title}: {each.help}" for each in FIGURES.values())


@click.command(
    name="figure",
    short_help="Make a figure of the paper anew.",
    help="Make figure NUMBER of the paper (Gatys, Ecker and Bethge 2016) anew, of CONTENT and "
    "STYLE or of bundled pictures: one PNG with every panel labelled.\n\n"
    f"{_WHAT}\n\n"
    "All settings may be given but those that a figure is about; --size is that of a panel. "
    "Figure 1 takes the paper's formulas to the letter. The others take the balanced objective, "
    "in which both terms are shares of the pictures' own: then the ratios of figure 4 show at any "
    "size what they show in the paper, whose content term is a sum that grows with the picture. "
    "With --objective paper they are the paper's to the letter.",
)
@click.argument("number", type=click.IntRange(min(FIGURES), max(FIGURES)))
@click.argument("content", type=click.Path(path_type=Path), required=False)
@click.argument("style", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to save the figure, a PNG. Default: figure-NUMBER.png in this folder, or the next "
    "free.",
)
@click.option("--example", metavar="NAME", help=EXAMPLE_HELP)
@click.option("--overwrite", is_flag=True, help="Replace the figure's file if it exists.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be done, and what it would take in memory and time; paint nothing.",
)
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@with_settings
def figure_command(
    number: int,
    content: Path | None,
    style: tuple[Path, ...],
    output: Path | None,
    example: str | None,
    overwrite: bool,
    dry_run: bool,
    debug: bool,
    **flags: str | None,
) -> int:
    """See `help`."""
    given = given_settings(flags)
    pictures = _pictures(number, content, style, example)
    from engine.commands.figure_run import FigureRun  # Pillow, NumPy and a progress bar
    from engine.commands.terminal import unused

    path = output or unused(f"figure-{number}")
    run = FigureRun(number, pictures, given, path, overwrite=overwrite)
    return run.rehearse() if dry_run else run.run()


def _pictures(
    number: int, content: Path | None, styles: tuple[Path, ...], name: str | None
) -> tuple[Path, ...]:
    """The content, then the styles: the figure's own bundled ones where none are named."""
    figure = FIGURES[number]
    own = tuple(map(examples.file, (figure.content, *figure.styles)))
    if content is None and name is None:
        return own
    if content is not None and name is None and not styles:
        return content, *own[1:]
    return named_pictures(content, styles, name)
