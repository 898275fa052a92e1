"""The command line; its flags are the settings' declaration.

Exit codes: 0 done, 2 wrong input or usage, 1 anything else, 130 interrupted. Errors are one line
of cause and one of remedy on stderr; a traceback only with `--debug`.
"""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from engine import __version__
from engine.commands.batch import batch_command
from engine.commands.figures import figure_command
from engine.commands.flags import (
    EXAMPLE_HELP,
    given_settings,
    named_pictures,
    settings_of,
    with_settings,
)
from engine.commands.networks import networks_command
from engine.commands.presets import presets_command
from engine.commands.timelapse import with_timelapse
from engine.commands.variations import variations_command
from engine.errors import EngineError, InputError
from engine.print_size import DEFAULT_DPI, PrintSize
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.timelapse.filming import Filming

SUBCOMMANDS: Final = ("render", "variations", "batch", "figure", "devices", "networks", "presets")
INTERRUPTED: Final = 130


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit code."""
    debug = "--debug" in arguments
    try:
        code = impasto.main(arguments, prog_name="impasto", standalone_mode=False)
    except EngineError as error:
        return _fail(error.cause, error.remedy, error.exit_code, debug)
    except click.ClickException as error:
        return _fail(error.format_message(), _usage_remedy(error), 2, debug)
    except (KeyboardInterrupt, click.Abort):
        return _fail(
            "interrupted before there was a picture", "nothing was saved", INTERRUPTED, debug
        )
    except Exception as error:  # noqa: BLE001 (the last line of defence: no traceback unasked)
        cause = f"unexpected {type(error).__name__}: {str(error).partition(chr(10))[0]}"
        return _fail(cause, "run it again with --debug and report what it prints", 1, debug)
    return int(code or 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="impasto")
def impasto() -> None:
    """Repaint a photograph in the style of another picture.

    Without a subcommand the window opens: impasto [CONTENT [STYLE …]]. With "impasto tour FOLDER"
    it paints an example off screen, and writes pictures of itself.
    """


@impasto.command(short_help="Paint a picture from the command line.")
@click.argument("content", type=click.Path(path_type=Path), required=False)
@click.argument("style", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to save the result. Default: CONTENT-STYLE.png in this folder, or the next free.",
)
@click.option(
    "--example",
    metavar="NAME",
    help=EXAMPLE_HELP,
)
@click.option(
    "--overwrite", is_flag=True, help="Replace the result's file and the checkpoint if they exist."
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    help="Write the state of the render here every few seconds, and when it is interrupted.",
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    help="Go on from a checkpoint, with its settings and the same pictures. Further --checkpoint "
    "writes may go to the same file.",
)
@click.option("--report", type=click.Path(path_type=Path), help="Write what was done, as JSON.")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="Take settings from a JSON file; flags go before it.",
)
@click.option(
    "--recipe",
    "recipe_file",
    type=click.Path(path_type=Path),
    help="Paint again as a picture saved by Impasto was: its settings, under the flags given, and "
    "its pictures where none are named.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be done, and what it would take in memory and time; paint nothing.",
)
@click.option(
    "--enlarge-from",
    "small_file",
    metavar="RENDER",
    type=click.Path(path_type=Path),
    help="Paint a picture saved by Impasto larger, in the same look and in few steps: by its "
    "recipe, starting from it. Name --size or --print-size.",
)
@click.option(
    "--print-size",
    metavar="SIZE",
    help="In place of --size: the size on paper, such as 30x20cm, 12x8in or 30cm, at --dpi dots "
    f"per inch (auto: {DEFAULT_DPI}). The long side counts; the picture keeps its shape.",
)
@click.option(
    "--mask",
    "masks",
    metavar="FILE",
    multiple=True,
    help="Where a style goes: white there, black nowhere, grey a little; once for each style, in "
    "their order. In place of a file: none (everywhere), rest (what the other masks leave), alpha "
    "(where the content is not transparent).",
)
@click.option(
    "--strength-map",
    metavar="FILE",
    help="How strongly the styles act: white wholly, black not at all. In place of a file: none, "
    "alpha.",
)
@click.option(
    "--inset",
    is_flag=True,
    help="Save the result with its style in the lower left corner, as in the paper's figure 3.",
)
@with_timelapse
@click.option("--no-recipe", is_flag=True, help="Do not embed in the result how it was made.")
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@with_settings
def render(
    content: Path | None,
    style: tuple[Path, ...],
    output: Path | None,
    example: str | None,
    overwrite: bool,
    report: Path | None,
    checkpoint: Path | None,
    resume: Path | None,
    settings_file: Path | None,
    recipe_file: Path | None,
    dry_run: bool,
    small_file: Path | None,
    print_size: str | None,
    masks: tuple[str, ...],
    strength_map: str | None,
    timelapse: Filming | None,
    inset: bool,
    no_recipe: bool,
    debug: bool,
    **flags: str | None,
) -> int:
    """Paint CONTENT in the manner of STYLE; several styles are blended, see --style-shares.

    Without any name a bundled pair is painted, so that there is something to see at once. Ctrl-C
    keeps the picture so far. With --steps 0 and --init FILE that picture is evaluated.
    """
    given = given_settings(flags)
    if print_size is not None:
        given = _printed(print_size, given)
    settings = settings_of(settings_file, given)
    # Pillow, NumPy and a progress bar, which --help does without.
    from engine.commands import terminal

    request = terminal.Request(
        (),
        output,
        report,
        overwrite,
        checkpoint,
        resume,
        with_recipe=not no_recipe,
        masks=masks,
        strength_map=strength_map,
        timelapse=timelapse,
        inset=inset,
    )
    source = recipe_file or small_file
    if source is None:
        request = replace(
            request, pictures=named_pictures(content, style, example, flags["preset"])
        )
    else:
        _check_alone(recipe_file, small_file, settings_file, resume, flags["preset"])
        named = (
            named_pictures(content, style, example, flags["preset"]) if content or example else ()
        )
        find = terminal.following if recipe_file else terminal.enlarging
        request, settings = find(source, replace(request, pictures=named), given)
    if output is None and settings.steps != 0:
        name = "-".join(path.stem for path in request.pictures)
        request = replace(request, output=terminal.unused(name))
    rendering = terminal.Rendering(request, settings)
    return rendering.rehearse() if dry_run else rendering.run()


@impasto.command(name="devices", short_help="List what can be computed on.")
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
def devices_command(debug: bool) -> None:
    """List the devices, the fastest first, with their memory and number formats."""
    from engine import devices  # loads torch

    for device in devices.list_devices():
        formats = "float32, bfloat16" if device.bfloat16 else "float32"
        click.echo(f"{device.name:8} {device.label}, {device.memory / 2**30:.1f} GiB, {formats}")
        if device.remark:
            click.echo(f"         {device.remark}")


impasto.add_command(batch_command)
impasto.add_command(figure_command)
impasto.add_command(networks_command)
impasto.add_command(presets_command)
impasto.add_command(variations_command)


def _check_alone(
    recipe_file: Path | None,
    small_file: Path | None,
    settings_file: Path | None,
    resume: Path | None,
    preset: str | None,
) -> None:
    if preset is not None:
        raise InputError(
            "a preset and a recipe are named, and each is a whole look", "name the one or the other"
        )
    if settings_file is not None:
        raise InputError("a settings file and a recipe are named", "name the one or the other")
    if recipe_file is not None and small_file is not None:
        raise InputError("--recipe and --enlarge-from are named", "name the one or the other")
    if small_file is not None and resume is not None:
        raise InputError(
            "--enlarge-from and --resume are named",
            "to go on, name --resume and the pictures: the checkpoint holds the rest",
        )


def _printed(size: str, given: dict[str, object]) -> dict[str, object]:
    """Put the pixels and the resolution of a size on paper among the settings."""
    if given.get("size") is not None:
        raise InputError("--size and --print-size are named", "name the one or the other")
    dpi = Settings.of({"dpi": given.get("dpi")}).dpi or DEFAULT_DPI
    return {**given, "size": PrintSize.parse(size).pixels(dpi), "dpi": dpi}


def _usage_remedy(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "impasto"
    return f"see {path} --help"


def _fail(cause: str, remedy: str, code: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    _say(f"impasto: {cause}")
    _say(f"remedy: {remedy}")
    return code


def _say(text: str) -> None:
    click.echo(text, err=True)
