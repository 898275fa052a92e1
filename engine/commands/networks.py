"""`impasto networks`: what is here, and getting, adding, checking and removing networks."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import click

from engine import networks
from engine.choices import WeightsInput
from engine.disk.storage import size_of
from engine.errors import NetworkError
from engine.job import Note, Progress
from engine.networks import NetworkEntry

Result = TypeVar("Result")


@click.group(
    name="networks",
    short_help="List, fetch, add, check or remove networks.",
    invoke_without_command=True,
)
@click.pass_context
def networks_command(context: click.Context) -> None:
    """List, fetch, add, check or remove networks, whose features a render works with.

    Without a subcommand they are listed.
    """
    if context.invoked_subcommand is None:
        context.invoke(_list)


def _command(help_text: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a subcommand that takes --debug, as every one does."""

    def made(function: Callable[..., None]) -> click.Command:
        name = function.__name__.strip("_")
        debug = click.option(
            "--debug", is_flag=True, expose_value=False, help="Show a traceback when it fails."
        )
        return networks_command.command(name=name, short_help=help_text)(debug(function))

    return made


@_command("List the networks, and where they lie.")
def _list() -> None:
    """List the networks that can be named, with their size and place."""
    for entry in networks.catalogue():
        place = "not here"
        if entry.path is not None:
            place = f"{size_of(entry.path) / 2**20:.0f} MB, {entry.path}"
        elif entry.published is not None:
            fetch = f"impasto networks fetch {entry.name}"
            place = f"not here; {fetch} downloads {entry.published.megabytes} MB"
        click.echo(f"{entry.name:8} {entry.description}")
        click.echo(f"         {place}")


@_command("Download a network.")
@click.argument("name", default="vgg19")
def _fetch(name: str) -> None:
    """Download NAME (vgg19) unless it is here and intact, and keep what a render needs of it.

    Ctrl-C keeps what came so far: the next fetch goes on from there.
    """
    from engine.fetch import fetch

    entry = _named(name)
    _done(fetch(entry))
    from engine import kept  # loads torch, and no download need wait for it

    _tell_place(_done(kept.ready(networks.chosen(entry.name))))


@_command("Keep a weights file under a name.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("name", required=False)
@click.option(
    "--weights-input",
    type=click.Choice([kind.value for kind in WeightsInput]),
    help="Which input the file was trained for. Default: recognised.",
)
def _add(file: Path, name: str | None, weights_input: str | None) -> None:
    """Keep the VGG-19 weights in FILE, so that --network NAME finds them.

    NAME is the file's by default. The file itself is left as it is.
    """
    from engine import kept  # loads torch

    made_for = WeightsInput(weights_input) if weights_input else None
    _tell_place(_done(kept.add(file, name or file.stem, made_for)))


@_command("Check that networks are whole.")
@click.argument("name", required=False)
def _check(name: str | None) -> None:
    """Check NAME, or every network here: its hash, its layers, its numbers."""
    from engine import kept  # loads torch

    damaged: list[NetworkError] = []
    for entry in [_named(name)] if name else [e for e in networks.catalogue() if e.available]:
        try:
            info = _done(kept.check(entry))
            click.echo(f"{entry.name:8} intact, SHA-256 {info.sha256}")
        except NetworkError as error:
            damaged.append(error)
            click.echo(f"{entry.name:8} {error.cause}")
    if damaged:
        raise damaged[0]


@_command("Delete a network that was fetched or added.")
@click.argument("name")
def _remove(name: str) -> None:
    """Delete what Impasto keeps of NAME; files of torch, and yours, are left alone."""
    for path in _done(networks.remove(_named(name))):
        click.echo(f"deleted {path}")


def _named(name: str) -> NetworkEntry:
    entries = {entry.name: entry for entry in networks.catalogue()}
    if name not in entries:
        raise NetworkError(f"there is no network {name!r}", f"name one of {', '.join(entries)}")
    return entries[name]


def _tell_place(entry: NetworkEntry) -> None:
    click.echo(f"{entry.name}: {entry.path}")


def _done(work: Generator[Progress | Note, None, Result]) -> Result:
    """Pull work to its end, with a bar on stderr."""
    from rich.console import Console

    from engine.commands.progress_bar import WorkBar

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    with WorkBar(console, transient=True) as bar, closing(work):
        while True:
            try:
                message = next(work)
            except StopIteration as done:
                result: Result = done.value
                return result
            if isinstance(message, Note):
                console.print(message.text)
            else:
                bar.show_progress(message)
