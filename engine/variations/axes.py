"""The axes of a sheet: a setting and the values that it takes from cell to cell."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine import networks
from engine.errors import SettingsError
from engine.knobs import STRENGTH, Knob
from engine.layers import PAPER_STYLE_LAYERS, LayerWeights
from engine.settings import KNOBS, Settings

MOST_VALUES: Final = 8
"""Along an axis: more are too small to be told apart side by side."""

_BESIDES: Final = ("seed", "init", "network")
"""What changes the picture too, though it is no part of a look."""

_STARTS: Final = ("content", "style", "noise")
_CONTENT_LAYERS: Final = ("conv2_2", "conv3_2", "conv4_2", "conv5_2")
_TOLD: Final[Mapping[str, tuple[object, ...]]] = {
    "strength": (30.0, 50.0, 70.0),
    "style_scale": (0.5, 1.0, 2.0),
    "content_layer": _CONTENT_LAYERS,
    "style_layers": tuple(",".join(PAPER_STYLE_LAYERS[: count + 1]) for count in range(5)),
    "init": _STARTS,
    "seed": (1, 2, 3, 4),
}
"""Values to begin with, where the declaration has none that are telling."""

_FIRST: Final = ("strength", "style_scale", "content_layer", "seed", "init")
"""What is varied most, before the rest."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A setting that differs along a sheet.

    Attributes:
        knob: its declaration.
        values: as `Settings` holds them, each once, two to `MOST_VALUES`.
    """

    knob: Knob
    values: tuple[object, ...]

    @classmethod
    def of(cls, name: str, values: Iterable[object], settings: Settings | None = None) -> Axis:
        """Make an axis of what was written.

        Args:
            name: of the setting, with `-` or `_`.
            values: as the settings read them; `auto` where they may be left open.
            settings: that the values have to go together with.

        Raises:
            SettingsError: no such setting or none that is varied, a value that it refuses, too
                few or too many of them, or one twice.
        """
        knob = knob_of(name)
        written = tuple(values)
        _check_count(knob, written)
        understood = tuple(_understood(knob, value, settings or Settings()) for value in written)
        for index, value in enumerate(understood):
            if value in understood[:index]:
                raise SettingsError(
                    f"{knob.label}: {in_words(knob, value)} is named twice",
                    "name each value once: every cell is to differ",
                )
        return cls(knob, understood)

    @classmethod
    def parse(cls, text: str, settings: Settings | None = None) -> Axis:
        """Read `strength=30,50,70`, or `strength` alone for telling values.

        What is a list itself, as the style layers are, is separated by semicolons.

        Raises:
            SettingsError: as `of`.
        """
        name, equals, rest = text.partition("=")
        knob = knob_of(name)
        values = separated(knob, rest) if equals else suggested(knob)
        return cls.of(knob.name, values, settings)

    @property
    def words(self) -> tuple[str, ...]:
        """The values for people."""
        return tuple(in_words(self.knob, value) for value in self.values)


def variable() -> tuple[Knob, ...]:
    """The settings that can be varied: those that change the picture, telling ones first."""
    knobs = {STRENGTH.name: STRENGTH, **{n: k for n, k in KNOBS.items() if _is_variable(k)}}
    first = [knobs.pop(name) for name in _FIRST]
    return (*first, *knobs.values())


def knob_of(name: str) -> Knob:
    """Find a setting that can be varied.

    Raises:
        SettingsError: there is none of that name, or it does not change the picture.
    """
    plain = name.strip().removeprefix("--").replace("-", "_")
    knobs = {knob.name: knob for knob in variable()}
    if plain in knobs:
        return knobs[plain]
    if plain in KNOBS:
        raise SettingsError(
            f"{plain} is not varied: all cells of a sheet are of one size and equally far",
            f"vary one of {', '.join(knobs)}",
        )
    near = difflib.get_close_matches(plain, knobs, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise SettingsError(f"there is no setting {plain!r}{hint}", f"vary one of {', '.join(knobs)}")


def separated(knob: Knob, text: str) -> tuple[str, ...]:
    """Take written values apart; none for a blank text."""
    parts = text.split(separator(knob)) if text.strip() else ()
    return tuple(part.strip() for part in parts)


def separator(knob: Knob) -> str:
    """What stands between written values: no comma where a value may hold one."""
    return ";" if knob.type is tuple else ","


def suggested(knob: Knob) -> tuple[object, ...]:
    """Values to begin with: what was found telling, all choices, or a low to a high one."""
    if knob.name in _TOLD:
        return _TOLD[knob.name]
    if knob.name == "network":
        return tuple(entry.name for entry in networks.catalogue() if entry.available)
    if knob.choices:
        return knob.choices[:MOST_VALUES]
    count = len(knob.stops)
    return tuple(knob.stops[count * quarter // 4] for quarter in (1, 2, 3)) if count else ()


def in_words(knob: Knob, value: object) -> str:
    """A value for people, as short as a label must be."""
    if value is None:
        return "auto"
    if isinstance(value, tuple):
        return _layers_in_words(value)
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    if knob.name in ("init", "network"):
        return text.replace("\\", "/").rpartition("/")[2]
    gap = "" if knob.unit == "×" else " "
    return f"{text}{gap}{knob.unit}" if knob.unit else text


def written(knob: Knob, value: object) -> str:
    """A value as `Axis.of` reads it."""
    if value is None:
        return "auto"
    if isinstance(value, tuple):
        equal = all(weight == 1 / len(value) for _, weight in value)
        return ",".join(name if equal else f"{name}={weight:.6g}" for name, weight in value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _layers_in_words(layers: LayerWeights) -> str:
    """Layers by their numbers alone, and their weights only where they differ."""
    if len(layers) == 1:
        return layers[0][0]
    alike = len({weight for _, weight in layers}) == 1
    return "+".join(
        name.removeprefix("conv") + ("" if alike else f"={weight:.3g}") for name, weight in layers
    )


def _is_variable(knob: Knob) -> bool:
    return knob.look or knob.name in _BESIDES


def _check_count(knob: Knob, values: tuple[object, ...]) -> None:
    if len(values) < 2:
        raise SettingsError(
            f"{knob.label}: a sheet compares at least two values",
            f"name several, such as {example(knob)}",
        )
    if len(values) > MOST_VALUES:
        raise SettingsError(
            f"{knob.label}: {len(values)} values are named, and more than {MOST_VALUES} side by "
            "side are too small to be told apart",
            f"name at most {MOST_VALUES}; another sheet can show the others",
        )


def example(knob: Knob) -> str:
    """How an axis is written."""
    values = suggested(knob) or ("A", "B")
    return f"{knob.name}={separator(knob).join(written(knob, value) for value in values)}"


def _understood(knob: Knob, value: object, settings: Settings) -> object:
    """What the settings make of a value.

    Raises:
        SettingsError: they refuse it.
    """
    if value == "auto" and knob.optional:
        value = None
    changed = settings.replace(**{knob.name: value})
    return _number(value) if knob is STRENGTH else getattr(changed, knob.name)


def _number(value: object) -> float:
    return float(str(value))
