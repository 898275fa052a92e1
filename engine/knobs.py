"""What the declaration of a setting holds, for whoever builds a flag, a form or a page from it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from types import NoneType
from typing import Annotated, Any, Final, get_args

import annotated_types
from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic.functional_serializers import PlainSerializer
from pydantic.functional_validators import AfterValidator, BeforeValidator

from engine.errors import SettingsError
from engine.layers import (
    LayerWeights,
    as_mapping,
    checked_layer,
    checked_layer_weights,
    parse_layer_weights,
)

Stops = tuple[float, ...]


class Group(StrEnum):
    """Where a form shows a setting; in the order of declaration, the rest under these headings."""

    FRONT = "In front"
    INPUTS = "Inputs"
    COLOURS = "Colours"
    KEPT = "What is kept"
    METHOD = "Method"
    PYRAMID = "Coarse to fine"
    COMPUTATION = "Computation"
    SAVING = "Saving"


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting as its declaration says.

    Attributes:
        name: the field of `Settings`.
        label: for people, a few words.
        help: one sentence.
        unit: such as px; empty for none.
        live: whether it may change during a run.
        group: where a form shows it.
        look: whether it belongs to the look, and so to a preset, rather than to a machine or a job.
        stops: values that a slider offers, ascending; empty for no slider.
        type: str, int, float, an Enum, or tuple.
        optional: whether None (shown as `auto`) is a value.
        default: may be None.
        minimum: smallest value allowed, None for no limit; excluded if `above`.
        maximum: largest value allowed, None for no limit.
        above: whether `minimum` itself is excluded.
        multiple_of: values are multiples of it; None for any.
        words: what values are called where there is room for more than the value itself.
    """

    name: str
    label: str
    help: str
    unit: str
    live: bool
    group: Group
    look: bool
    stops: Stops
    type: type
    optional: bool
    default: object
    minimum: float | None
    maximum: float | None
    above: bool = False
    multiple_of: float | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def flag(self) -> str:
        """Its name on the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of a choice; empty for anything else."""
        members = self.type if issubclass(self.type, Enum) else ()
        return tuple(str(member.value) for member in members)

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        auto = ", or auto" if self.optional else ""
        if self.choices:
            return ", ".join(self.choices) + auto
        if self.type not in (int, float):
            return "text" + auto if self.type is str else "a list" + auto
        kind = "a whole number" if self.type is int else "a number"
        unit = f" {self.unit}" if self.unit else ""
        low = "above " if self.above else "from "
        multiple = f", a multiple of {self.multiple_of:g}" if self.multiple_of else ""
        return f"{kind} {low}{self.minimum:g} to {self.maximum:g}{unit}{multiple}{auto}"


def setting(
    default: object,
    label: str,
    help_text: str,
    group: Group,
    *,
    unit: str = "",
    live: bool = False,
    look: bool = False,
    stops: Stops = (),
    words: Mapping[str, str] | None = None,
    **limits: float,
) -> Any:  # noqa: ANN401 (pydantic's own type for a field's default)
    """Declare a field of `Settings`; `limits` are pydantic's: ge, gt, le, multiple_of."""
    extra: Any = {"unit": unit, "live": live, "group": group, "look": look, "stops": stops}
    extra["words"] = words or {}
    bounds: Any = limits
    return Field(default, title=label, description=help_text, json_schema_extra=extra, **bounds)


def even_stops(low: int, high: int, step: int) -> Stops:
    """Values for a slider, evenly spaced, both ends among them."""
    return tuple(range(low, high + 1, step))


def hundredths() -> Stops:
    """Values for a slider from 0 to 1."""
    return tuple(index / 100 for index in range(101))


def factor_stops(low: float, high: float, step: int = 0, *, zero: bool = False) -> Stops:
    """Values for a slider, each by the same factor above the one before, a hundred of them.

    Args:
        low: the first.
        high: the last.
        step: all are multiples of it, so that there are fewer at the lower end; 0 for two digits.
        zero: whether 0 comes before the first.
    """
    exact = (low * (high / low) ** (index / 100) for index in range(101))
    rounded = {round(x / step) * step if step else float(f"{x:.2g}") for x in exact}
    return tuple(sorted(rounded | {0.0} if zero else rounded))


STRENGTH: Final = Knob(
    name="strength",
    label="Strength",
    help="How much of the style: each ten is a visible step.",
    unit="",
    live=True,
    group=Group.FRONT,
    look=True,
    stops=even_stops(0, 100, 1),
    type=float,
    optional=False,
    default=50.0,
    minimum=0,
    maximum=100,
)
"""The style's weight on the artist's scale: no setting, but `Settings.replace` takes it."""


def knob_of(name: str, declared: FieldInfo) -> Knob:
    """Read back what `setting` declared."""
    options = get_args(declared.annotation) if NoneType in get_args(declared.annotation) else ()
    kind = next((o for o in options if o is not NoneType), declared.annotation)
    extra: dict[str, Any] = declared.json_schema_extra  # type: ignore[assignment]
    least = _limit(declared, annotated_types.Ge, "ge")
    above = _limit(declared, annotated_types.Gt, "gt")
    return Knob(
        name=name,
        label=declared.title or name,
        help=declared.description or "",
        **extra,
        type=kind if isinstance(kind, type) else tuple,
        optional=bool(options),
        default=declared.default,
        minimum=least if above is None else above,
        maximum=_limit(declared, annotated_types.Le, "le"),
        above=above is not None,
        multiple_of=_limit(declared, annotated_types.MultipleOf, "multiple_of"),
    )


def _limit(field: FieldInfo, kind: type, attribute: str) -> float | None:
    return next((getattr(m, attribute) for m in field.metadata if isinstance(m, kind)), None)


def explained(error: ValidationError, knobs: Mapping[str, Knob]) -> SettingsError:
    """Put pydantic's findings into one line: field, value, what is allowed."""
    return SettingsError(
        "; ".join(dict.fromkeys(_finding(dict(finding), knobs) for finding in error.errors())),
        "correct the setting; `impasto render --help` lists all of them",
    )


def _finding(finding: Mapping[str, Any], knobs: Mapping[str, Knob]) -> str:
    where = [str(part) for part in finding["loc"]]
    if finding["type"] == "json_invalid":
        return f"the settings are no JSON: {finding['ctx']['error']}"
    own_words = str(finding.get("ctx", {}).get("error", ""))
    if not where:
        return own_words or "settings are a JSON object of names and values"
    name = where[0]
    if finding["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, knobs, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"there is no setting {name!r}{hint}"
    value = _shortened(finding["input"])
    return f"{name}: {value} is not allowed: {own_words or knobs[name].allowed}"


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _as_pairs(value: object) -> object:
    if isinstance(value, str):
        return parse_layer_weights(value)
    return tuple(value.items()) if isinstance(value, Mapping) else value


LayerName = Annotated[
    str | None, AfterValidator(lambda name: None if name is None else checked_layer(name))
]
"""A layer that exists, or None."""

WeightedLayers = Annotated[
    LayerWeights | None,
    BeforeValidator(_as_pairs),
    AfterValidator(lambda weights: None if weights is None else checked_layer_weights(weights)),
    PlainSerializer(as_mapping, when_used="json"),
]
"""Layers that exist with weights, from text, pairs or a mapping; or None."""
