"""A recipe followed again: its pictures and network found, and what differs said.

The names in a recipe are only compared with those of files in a few folders, never opened as
paths; and what is found counts by its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine import defaults, examples, networks
from engine.choices import Optimizer
from engine.errors import RecipeError, RecipeNetworkError, SettingsError
from engine.recipes import report
from engine.recipes.recipe import Ingredient, Recipe
from engine.settings import Settings

_MOST_BYTES: Final = 2**31
"""Looked through for a file that was renamed: about two seconds of a fast disk."""

_DECIDES: Final[Mapping[str, tuple[str, ...]]] = {
    "size": ("scales",),
    "scales": ("size",),
    "device": ("precision", "threads", "tile"),
    "optimizer": ("learning_rate",),
    "network": ("content_layer", "style_layers", "weights_input"),
    "detail": ("style_layers",),
    "objective": (
        "style_weight",
        "tv_weight",
        "style_fit",
        "content_layer",
        "style_layers",
        "padding",
        "scales",
        "init",
    ),
}
"""What the engine had decided by another setting, and so decides anew where that one changes."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A recipe brought to this machine.

    Attributes:
        pictures: the content, then the styles.
        settings: the recipe's under the ones given.
        notes: what differs from the recipe, for the user.
    """

    pictures: tuple[Path, ...]
    settings: Settings
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """A finished picture brought to this machine, to be painted larger.

    Attributes:
        pictures: where those are that were not at hand.
        settings: that it was painted with; size, scales, steps and tile are left open.
        notes: what differs from its recipe, for the user.
    """

    pictures: Mapping[Ingredient, Path]
    settings: Settings
    notes: tuple[str, ...]


def replay(
    recipe: Recipe,
    file: Path,
    pictures: Sequence[Path],
    given: Mapping[str, object],
    beside: Sequence[Path] = (),
) -> Replay:
    """Find what a recipe needs.

    Args:
        recipe: as `recipe.read` gives it.
        file: that held it; its folder is looked through.
        pictures: named by the user, content first; none to have them found.
        given: settings that go before the recipe's.
        beside: further folders to look through.

    Raises:
        RecipeError: a picture or the network is not found.
        SettingsError: a setting given is wrong.
    """
    folders = _searched(file, beside)
    notes = _standing(recipe)
    wanted = (recipe.content, *recipe.styles)
    found = tuple(pictures) or tuple(_found(item, folders, notes) for item in wanted)
    notes += _differing(found, wanted) if pictures else []
    return Replay(found, _settings(recipe, folders, given, notes), tuple(notes))


def original(
    recipe: Recipe,
    file: Path,
    at_hand: Collection[Ingredient],
    given: Mapping[str, object],
    beside: Sequence[Path] = (),
) -> Original:
    """Find what it takes to paint a finished picture larger, but for how large.

    Args:
        recipe: that the picture holds.
        file: of the picture; its folder is looked through.
        at_hand: pictures that need not be found.
        given: settings that go before.
        beside: further folders to look through.

    Raises:
        RecipeError: a picture or the network is not found.
        SettingsError: a setting given is wrong.
    """
    folders = _searched(file, beside)
    notes = _standing(recipe)
    wanted = [item for item in (recipe.content, *recipe.styles) if item not in at_hand]
    found = {item: _found(item, folders, notes) for item in wanted}
    settings = _settings(recipe, folders, {**_opened(recipe), **given}, notes)
    return Original(found, settings, tuple(notes))


def enlarged(
    recipe: Recipe,
    file: Path,
    side: int,
    pictures: Sequence[Path],
    given: Mapping[str, object],
) -> Replay:
    """Find what it takes to paint a finished picture larger, in the same look.

    Args:
        recipe: that the picture holds.
        file: of the picture, which the render starts from.
        side: its long side, px.
        pictures: as for `replay`.
        given: settings that go before; size or scales among them.

    Raises:
        RecipeError: a picture or the network is not found.
        SettingsError: a setting given is wrong, or the size no larger.
    """
    opened = _opened(recipe)
    asked = Settings.of({**opened, **given})
    size = asked.size or (asked.scales or (0,))[-1]
    if size <= side:
        raise SettingsError(
            f"“{file.name}” is {side} px on its long side"
            + (f", not below {size}" if size else ""),
            "name a larger size: --size N, or --print-size and --dpi",
        )
    found = replay(recipe, file, pictures, {**opened, **given, "init": str(file)})
    settings = defaults.for_enlarging(found.settings, side, size)
    note = f"enlarges “{file.name}” from {side} to {size} px in {settings.steps} steps"
    return Replay(found.pictures, settings, (*found.notes, note))


def _opened(recipe: Recipe) -> dict[str, object]:
    """What a picture that is painted larger does not take over."""
    if recipe.inset:
        raise RecipeError(
            "the style lies in the picture's corner, and would be painted over",
            "save the picture without it, and enlarge that",
        )
    opened: dict[str, object] = dict.fromkeys(("size", "scales", "steps", "tile", "history"))
    if recipe.settings.optimizer is Optimizer.LBFGS:
        opened["optimizer"] = None  # what it remembers of a larger picture may not fit
    return opened


def _searched(file: Path, beside: Sequence[Path]) -> tuple[Path, ...]:
    return file.parent, Path(), examples.folder(), *beside


def _settings(
    recipe: Recipe, folders: Sequence[Path], given: Mapping[str, object], notes: list[str]
) -> Settings:
    """The recipe's under those given; its network and its start are found."""
    changes: dict[str, object] = {}
    for changed in given:
        changes |= dict.fromkeys(_DECIDES.get(changed, ()))
    if "network" not in given:
        changes["network"] = _network(recipe.network, folders)
    if recipe.start and "init" not in given:
        changes["init"] = str(_found(recipe.start, folders, notes))
    return recipe.settings.replace(**changes | dict(given))


def _standing(recipe: Recipe) -> list[str]:
    """What the picture's maker had that is not the same here."""
    notes = []
    here = report.versions()
    others = [f"{n} {v}" for n, v in recipe.versions.items() if n in here and here[n] != v]
    if others:
        notes.append(f"made with {', '.join(others)}: the result may differ in its last digits")
    if recipe.settings.steps is not None and recipe.step < recipe.settings.steps:
        notes.append(f"its picture ended after {recipe.step} of {recipe.settings.steps} steps")
    return notes


def _found(item: Ingredient, folders: Sequence[Path], notes: list[str]) -> Path:
    """Find a picture by name and hash, by its hash alone, or else by its name alone."""
    named = [path for path in _files(folders) if path.name == item.name]
    for path in (*named, *_alike(item, folders)):
        if item.sha256 and _sha256(path) == item.sha256:
            return path
    if named:
        notes.append(f"“{item.name}” is not the file that the recipe was made with")
        return named[0]
    raise RecipeError(
        f"the recipe's picture “{item.name}” is neither beside it nor in this folder",
        "name the pictures: render CONTENT STYLE --recipe FILE (and --init, if it is the start)",
    )


def _alike(item: Ingredient, folders: Sequence[Path]) -> Iterator[Path]:
    """Files of the same kind, up to a bound on their bytes."""
    left = _MOST_BYTES
    for path in _files(folders):
        if path.suffix.lower() == Path(item.name).suffix.lower():
            left -= path.stat().st_size
            if left < 0:
                return
            yield path


def _differing(pictures: Sequence[Path], wanted: Sequence[Ingredient]) -> list[str]:
    """Say which of the pictures named are not the recipe's own."""
    notes = [
        f"“{path.name}” is not the recipe's “{item.name}”: their contents differ"
        for path, item in zip(pictures, wanted, strict=False)
        if item.sha256 and path.is_file() and _sha256(path) != item.sha256
    ]
    if len(pictures) != len(wanted):
        count = len(wanted) - 1
        plural = "" if count == 1 else "s"
        notes.append(f"the recipe has {count} style{plural}, {len(pictures) - 1} are named")
    return notes


def _network(network: Ingredient, folders: Sequence[Path]) -> str:
    """The network by its name in the catalogue, or a file of the same hash; fetches nothing."""
    known = {entry.name: entry for entry in networks.catalogue()}
    if network.name in known:
        if known[network.name].available:
            return network.name
        raise RecipeNetworkError(
            f"the recipe's network {network.name} is not on this machine",
            f"--network {network.name} downloads it once; another network gives another picture",
        )
    for path in _files(folders):
        if path.name == network.name and _sha256(path) == network.sha256:
            return str(path)
    raise RecipeNetworkError(
        f"the recipe's network “{network.name}” is neither beside it nor in this folder",
        "name its file with --network",
    )


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        try:
            yield from sorted(path for path in folder.iterdir() if path.is_file())
        except OSError:
            continue  # a folder that cannot be listed holds nothing to be found


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # what cannot be read is not what is looked for
