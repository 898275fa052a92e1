"""`impasto variations`: a sheet of small renders over one or two settings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from engine.commands.flags import (
    EXAMPLE_HELP,
    given_settings,
    named_pictures,
    settings_of,
    with_settings,
)

_OVER: Final = (
    "A setting and its values, such as strength=30,50,70; without values, telling ones. Named "
    "twice, the first goes across and the second down. Style layers are separated by semicolons."
)


@click.command(name="variations", short_help="Paint a sheet of small variations.")
@click.argument("content", type=click.Path(path_type=Path), required=False)
@click.argument("style", type=click.Path(path_type=Path), nargs=-1)
@click.option("--over", multiple=True, metavar="SETTING[=A,B,C]", help=_OVER)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to save the sheet. Default: CONTENT-STYLE-variations.png in this folder, or the "
    "next free.",
)
@click.option(
    "--cells",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Save each cell in this folder too; render --enlarge-from paints one at full size.",
)
@click.option(
    "--cell-size",
    metavar="N",
    help="Long side of a cell in px (auto: near 224, one of the scales on the way to --size).",
)
@click.option("--example", metavar="NAME", help=EXAMPLE_HELP)
@click.option("--overwrite", is_flag=True, help="Replace the sheet and the cells if they exist.")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="Take settings from a JSON file; flags go before it.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be done, and what it would take in memory and time; paint nothing.",
)
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@with_settings
def variations_command(
    content: Path | None,
    style: tuple[Path, ...],
    over: tuple[str, ...],
    output: Path | None,
    cells: Path | None,
    cell_size: str | None,
    example: str | None,
    overwrite: bool,
    settings_file: Path | None,
    dry_run: bool,
    debug: bool,
    **flags: str | None,
) -> int:
    """Paint small renders of CONTENT in the manner of STYLE that differ in one or two settings.

    Each is the beginning of the render at --size, as far as its look goes, at a small part of its
    cost. --steps are those of a cell. Ctrl-C keeps what is painted.
    """
    settings = settings_of(settings_file, given_settings(flags))
    from engine.commands import sheet, terminal  # Pillow, NumPy and a progress bar

    pictures = named_pictures(content, style, example, flags["preset"])
    if output is None:
        output = terminal.unused("-".join((*(path.stem for path in pictures), "variations")))
    request = sheet.SheetRequest(pictures, over or ("strength",), output, cells, overwrite)
    painting = sheet.SheetRun(request, settings, cell_size)
    return painting.rehearse() if dry_run else painting.run()
