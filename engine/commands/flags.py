"""The flags and names that subcommands have in common; flags are the settings' declaration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from engine import examples
from engine.errors import InputError, SettingsError
from engine.examples import CONTENTS, STYLES
from engine.knobs import Knob
from engine.presets import shelf
from engine.settings import KNOBS, Settings

EXAMPLE_HELP = (
    "Paint bundled pictures: CONTENT, STYLE or CONTENT+STYLE. "
    f"Contents: {', '.join(CONTENTS)}. Styles: {', '.join(STYLES)}."
)

_PRESET_HELP = (
    "A whole look by name, with its own bundled style where none is named; flags go before it. "
    "“impasto presets” lists them."
)


def _metavar(knob: Knob) -> str:
    if knob.choices:
        return "|".join((*knob.choices, "auto") if knob.optional else knob.choices)
    kinds = {int: "N", float: "X", str: "NAME"}
    return kinds.get(knob.type, "LIST")


def _help(knob: Knob) -> str:
    default = "" if knob.optional or knob.type is tuple else f" Default {knob.default}."
    limits = f" {knob.allowed.capitalize()}." if knob.minimum is not None else ""
    return f"{knob.help}{limits}{default}"


def with_settings(command: Callable[..., int]) -> Callable[..., int]:
    """Add a flag for every setting, in the order of declaration, and one for all of a look."""
    for knob in reversed(KNOBS.values()):
        option = click.option(knob.flag, knob.name, metavar=_metavar(knob), help=_help(knob))
        command = option(command)
    return click.option("--preset", metavar="NAME", help=_PRESET_HELP)(command)


def named_pictures(
    content: Path | None, styles: tuple[Path, ...], name: str | None, preset: str | None = None
) -> tuple[Path, ...]:
    """The content, then the styles: those named, else the example's or the first bundled pair.

    Where no style is named, that of the preset goes before the example's.
    """
    own = shelf.named(preset).style if preset is not None else ""
    if content is None:
        example = examples.named(name or "", own)
        return example.content, example.style
    if name is not None:
        raise InputError("pictures and an example are named", "name the one or the other")
    if not styles and own:
        styles = (examples.file(own),)
    return content, *styles


def given_settings(flags: dict[str, str | None]) -> dict[str, object]:
    """The settings that flags name, above a preset's; the rest are left to whoever completes them.

    Raises:
        InputError: there is no preset of that name.
    """
    named = {name: text for name, text in flags.items() if text is not None}
    preset = named.pop("preset", None)
    look = shelf.named(preset).changes if preset is not None else {}
    return look | {name: _value(KNOBS[name], text) for name, text in named.items()}


def settings_of(file: Path | None, given: dict[str, object]) -> Settings:
    """The settings of a JSON file, if any, under those given.

    Raises:
        SettingsError: it cannot be read, or one of them is wrong.
    """
    if file is None:
        return Settings.of(given)
    try:
        text = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(f"{file} cannot be read: {reason}", "name a settings file") from error
    from_file = Settings.from_json(text)
    explicit = {name: getattr(from_file, name) for name in from_file.model_fields_set}
    return Settings.of({**explicit, **given})


def _value(knob: Knob, text: str) -> object:
    """Understand `auto`; everything else is the settings' own business."""
    return None if knob.optional and text == "auto" else text
