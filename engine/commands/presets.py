"""`impasto presets`: the looks that come along."""

from __future__ import annotations

import click

from engine.presets.shelf import built_in


@click.command(name="presets", short_help="List the looks for --preset.")
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
def presets_command(debug: bool) -> None:
    """List the presets that come with Impasto, one a line, each with what it does."""
    for preset in built_in():
        style = f" [{preset.style}]" if preset.style else ""
        click.echo(f"{preset.key:14}{preset.about}{style}")
