"""Every setting of Impasto, declared once.

The command line, the window's form, validation, presets and the reference page derive from
`Settings`; nothing else says what a setting's range, default or help is. A default of None means
"decided by the engine", by the objective or the device: see `engine.defaults`.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import NoneType
from typing import Annotated, Any, Self, get_args

import annotated_types
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo

from engine.errors import SettingsError

CONVOLUTIONS_PER_BLOCK = (2, 2, 4, 4, 4)
LAYERS = tuple(
    f"conv{block}_{index}"
    for block, count in enumerate(CONVOLUTIONS_PER_BLOCK, start=1)
    for index in range(1, count + 1)
)
"""VGG-19's convolutions by the paper's names, shallow to deep."""
PAPER_STYLE_LAYERS = ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")
STRENGTH_DECADE = 25.0
"""Strength points per factor of ten in the style's weight: each ten points is a factor of 2.5."""


class Objective(StrEnum):
    """What is minimised."""

    BALANCED = "balanced"
    PAPER = "paper"


class Statistic(StrEnum):
    """Which statistic of the features stands for the style."""

    GRAM = "gram"
    WASSERSTEIN = "wasserstein"


class Pooling(StrEnum):
    """How the network halves its grid between blocks."""

    AVERAGE = "average"
    MAX = "max"


class Padding(StrEnum):
    """What the network sees beyond the picture's edges."""

    ZEROS = "zeros"
    REPLICATE = "replicate"


class Optimizer(StrEnum):
    """The update rule."""

    LBFGS = "lbfgs"
    ADAM = "adam"
    GRADIENT = "gradient"


class StyleFit(StrEnum):
    """How the style picture is brought to the content's size."""

    WHOLE = "whole"
    COVER = "cover"
    STRETCH = "stretch"


class Precision(StrEnum):
    """The number format of the features; statistics and losses are float32 always."""

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


class ExifKept(StrEnum):
    """What a result keeps of the camera's data (EXIF) of the content."""

    NONE = "none"
    WITHOUT_POSITION = "without-position"
    ALL = "all"


class WeightsInput(StrEnum):
    """Which input a weights file was trained for."""

    TORCHVISION = "torchvision"
    CAFFE = "caffe"


LayerWeights = tuple[tuple[str, float], ...]


def _layer_name(name: object) -> str:
    if name in LAYERS:
        return str(name)
    near = difflib.get_close_matches(str(name), LAYERS, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise ValueError(f"there is no layer {name!r}: VGG-19 has {LAYERS[0]} … {LAYERS[-1]}{hint}")


def parse_layer_weights(text: str) -> LayerWeights:
    """Read `conv1_1,conv2_1=0.5`; a layer without a weight gets an equal share, 1/number.

    Raises:
        ValueError: a weight is not a number.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    share = 1 / len(parts) if parts else 0.0
    weights = []
    for part in parts:
        name, equals, weight = part.partition("=")
        try:
            weights.append((name.strip(), float(weight) if equals else share))
        except ValueError:
            raise ValueError(f"the weight in {part!r} is not a number") from None
    return tuple(weights)


def _as_mapping(weights: LayerWeights | None) -> dict[str, float] | None:
    return None if weights is None else dict(weights)


def _knob(
    default: object,
    label: str,
    help_text: str,
    *,
    unit: str = "",
    live: bool = False,
    **limits: float,
) -> Any:  # noqa: ANN401 (pydantic's own type for a field's default)
    extra: Any = {"unit": unit, "live": live}
    bounds: Any = limits
    return Field(default, title=label, description=help_text, json_schema_extra=extra, **bounds)


class Settings(BaseModel):
    """Every knob of a render. Frozen: a change is a new object (`replace`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    network: str = _knob(
        "auto",
        "Network",
        "Which network's features describe the pictures: vgg19, sketch, one that you added, or a "
        "weights file (auto: vgg19 where its weights are on this machine, else sketch).",
    )
    weights_input: WeightsInput | None = _knob(
        None,
        "Weights made for",
        "Which input a weights file was trained for (auto: recognised from its values).",
    )
    objective: Objective = _knob(
        Objective.BALANCED,
        "Objective",
        "balanced keeps the look when the size changes; paper is the formulas of 2016 to the "
        "letter.",
    )
    size: int | None = _knob(
        None, "Size", "Long side of the result (auto: by the device).", unit="px", ge=32, le=32768
    )
    steps: int | None = _knob(
        None,
        "Steps",
        "Iterations in all, shared out over the scales, most of them where they are cheap; "
        "0 only evaluates (auto: by the device).",
        ge=0,
        le=100_000,
    )
    scales: tuple[Annotated[int, Field(ge=32, le=32768)], ...] | None = _knob(
        None,
        "Scales",
        "Long sides of the coarse-to-fine pyramid, ascending, such as 128,256,512; the last is "
        "the size of the result (auto: halved down to 128; for paper only the size itself).",
        unit="px",
    )
    init: str | None = _knob(
        None,
        "Start from",
        "content, style, noise, or a picture file (auto: content; for paper noise).",
    )
    seed: int | None = _knob(
        None,
        "Seed",
        "Makes the noise repeatable (auto: drawn afresh and recorded).",
        ge=0,
        le=2**32 - 1,
    )
    content_weight: float = _knob(
        1.0, "Content weight", "α; 0 is texture synthesis.", live=True, ge=0, le=1e12
    )
    style_weight: float | None = _knob(
        None,
        "Style weight",
        "β; 0 is content reconstruction (auto: by the objective; for paper α/β = 1e-3).",
        live=True,
        ge=0,
        le=1e12,
    )
    tv_weight: float | None = _knob(
        None,
        "Smoothing",
        "Weight of the total variation, which calms single pixels (auto: by the objective; for "
        "paper 0).",
        live=True,
        ge=0,
        le=1e12,
    )
    content_layer: str | None = _knob(
        None,
        "Content layer",
        "The layer whose features the result keeps: shallow keeps pixels, deep keeps layout "
        "(auto: the paper's conv4_2; conv2_2 with sketch).",
        live=True,
    )
    style_layers: Annotated[LayerWeights | None, PlainSerializer(_as_mapping, when_used="json")] = (
        _knob(
            None,
            "Style layers",
            "The layers whose statistics the result takes over, each with a weight: "
            "conv1_1,conv2_1=0.5 (without a weight: equal shares; auto: the paper's five, with "
            "sketch the shallow ones more).",
            live=True,
        )
    )
    statistic: Statistic = _knob(
        Statistic.GRAM,
        "Style statistic",
        "gram is the paper's; wasserstein compares means and covariances.",
        live=True,
    )
    pooling: Pooling = _knob(
        Pooling.AVERAGE, "Pooling", "average is the paper's; max is how VGG-19 was trained."
    )
    padding: Padding | None = _knob(
        None,
        "Padding",
        "What the network sees beyond the picture's edges: zeros, as VGG-19 was trained, which "
        "leave a frame, or the edge itself replicated (auto: replicate; for paper zeros).",
    )
    style_scale: float = _knob(
        1.0,
        "Stroke size",
        "Size of the style relative to the result: larger means larger strokes.",
        unit="×",
        ge=0.1,
        le=8,
        live=True,
    )
    style_fit: StyleFit | None = _knob(
        None,
        "Style fit",
        "How the style comes to the content's size: whole keeps all of it at the same area, "
        "cover crops it to the same sides, stretch distorts it (auto: whole; for paper cover).",
        live=True,
    )
    optimizer: Optimizer = _knob(
        Optimizer.LBFGS,
        "Optimiser",
        "lbfgs gets furthest per step, adam needs less memory, gradient is the plain step of "
        "the paper's figure 2.",
    )
    learning_rate: float | None = _knob(
        None,
        "Learning rate",
        "Step length of adam and λ of gradient (auto: 0.02 for adam; for gradient as long as the "
        "first step allows).",
        live=True,
        gt=0,
        le=1e12,
    )
    history: int = _knob(
        20, "L-BFGS memory", "Steps that L-BFGS remembers.", live=True, ge=1, le=200
    )
    device: str = _knob(
        "auto", "Device", "cpu, cuda, cuda:1, mps, xpu (auto: the fastest there is)."
    )
    precision: Precision | None = _knob(
        None,
        "Precision",
        "Number format of the features (auto: bfloat16 where the device is faster with it).",
    )
    threads: int | None = _knob(None, "Threads", "CPU threads (auto: all cores).", ge=1, le=1024)
    tile: int | None = _knob(
        None,
        "Tile",
        "Pictures with a longer side are computed in tiles of this size, exactly, to save memory "
        "(auto: by the device's memory).",
        unit="px",
        ge=128,
        le=32768,
        multiple_of=16,
        live=True,
    )
    depth: int | None = _knob(
        None,
        "Depth",
        "Depth of the saved picture, 8 or 16 (auto: 16 for PNG and TIFF where the content has "
        "more than 8, else 8).",
        unit="bits a channel",
        ge=8,
        le=16,
        multiple_of=8,
    )
    exif: ExifKept = _knob(
        ExifKept.NONE,
        "Camera data",
        "What the saved picture keeps of the content's EXIF: none, all but the position where it "
        "was taken, or all.",
    )

    @field_validator("style_layers", mode="before")
    @classmethod
    def _style_layers_as_pairs(cls, value: object) -> object:
        if isinstance(value, str):
            return parse_layer_weights(value)
        return tuple(value.items()) if isinstance(value, Mapping) else value

    @field_validator("style_layers")
    @classmethod
    def _style_layers_exist(cls, value: LayerWeights | None) -> LayerWeights | None:
        if value is None:
            return None
        names = [_layer_name(name) for name, _ in value]
        if not names:
            raise ValueError("at least one layer is needed; for no style set the style weight to 0")
        if len(set(names)) < len(names):
            raise ValueError("a layer is named twice")
        if any(weight < 0 for _, weight in value):
            raise ValueError("weights are 0 or more")
        if not any(weight for _, weight in value):
            raise ValueError("all weights are 0; for no style set the style weight to 0")
        return tuple(sorted(value, key=lambda pair: LAYERS.index(pair[0])))

    @field_validator("content_layer")
    @classmethod
    def _content_layer_exists(cls, value: str | None) -> str | None:
        return None if value is None else _layer_name(value)

    @field_validator("network", "init", "device")
    @classmethod
    def _not_empty(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("is empty")
        return value

    @field_validator("scales")
    @classmethod
    def _scales_ascend(cls, value: tuple[int, ...] | None) -> tuple[int, ...] | None:
        if value is not None and (not value or list(value) != sorted(set(value))):
            raise ValueError("scales ascend, each named once, such as 128,256,512")
        return value

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.scales and self.size and self.scales[-1] != self.size:
            raise ValueError(
                f"size {self.size} and the last of the scales, {self.scales[-1]}, disagree: "
                "name one of them"
            )
        if self.content_weight == 0 and self.style_weight == 0:
            raise ValueError("content weight and style weight are both 0: nothing to do")
        return self

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Settings:
        """Make settings from names and values.

        Raises:
            SettingsError: unknown names or wrong values, each with what is allowed.
        """
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            raise _explained(error) from error

    @classmethod
    def from_json(cls, text: str | bytes) -> Settings:
        """Read what `to_json` wrote, or a part of it; the rest takes its defaults.

        Raises:
            SettingsError: no JSON object, unknown names or wrong values.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise _explained(error) from error

    def to_json(self) -> str:
        """Write every setting, one a line, None as null."""
        return self.model_dump_json(indent=2)

    def replace(self, **changes: object) -> Settings:
        """Return a checked copy with some settings changed.

        Raises:
            SettingsError: as `of`.
        """
        return Settings.of({**dict(self), **changes})

    @property
    def strength(self) -> float:
        """The style's weight relative to its default, on the artist's scale; 50 is the default."""
        weight = self.style_weight
        default = default_style_weight(self.objective)
        ratio = (default if weight is None else weight) / default / (self.content_weight or 1.0)
        return 50 + STRENGTH_DECADE * math.log10(ratio) if ratio > 0 else 0.0

    def with_strength(self, strength: float) -> Settings:
        """Set the style's weight from the artist's scale, 0 … 100, logarithmic."""
        ratio = 10 ** ((strength - 50) / STRENGTH_DECADE)
        weight = default_style_weight(self.objective) * ratio * (self.content_weight or 1.0)
        return self.replace(style_weight=weight)


def default_style_weight(objective: Objective) -> float:
    """β where none is given: α/β = 1e-3 in the paper's objective."""
    return 1000.0 if objective is Objective.PAPER else 30.0


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting as its declaration says, for whoever builds a form, a flag or a page from it.

    Attributes:
        name: the field of `Settings`.
        label: for people, a few words.
        help: one sentence.
        unit: such as px; empty for none.
        live: whether it may change during a run.
        type: str, int, float, an Enum, or tuple.
        optional: whether None (shown as `auto`) is a value.
        default: may be None.
        minimum: smallest value allowed, None for no limit; excluded if `above`.
        maximum: largest value allowed, None for no limit.
        above: whether `minimum` itself is excluded.
        multiple_of: values are multiples of it; None for any.
    """

    name: str
    label: str
    help: str
    unit: str
    live: bool
    type: type
    optional: bool
    default: object
    minimum: float | None
    maximum: float | None
    above: bool
    multiple_of: float | None

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


def _limit(field: FieldInfo, kind: type, attribute: str) -> float | None:
    return next((getattr(m, attribute) for m in field.metadata if isinstance(m, kind)), None)


def _knob_of(name: str, field: FieldInfo) -> Knob:
    options = get_args(field.annotation) if NoneType in get_args(field.annotation) else ()
    kind = next((o for o in options if o is not NoneType), field.annotation)
    extra: dict[str, Any] = field.json_schema_extra  # type: ignore[assignment]
    least = _limit(field, annotated_types.Ge, "ge")
    above = _limit(field, annotated_types.Gt, "gt")
    return Knob(
        name=name,
        label=field.title or name,
        help=field.description or "",
        unit=extra["unit"],
        live=extra["live"],
        type=kind if isinstance(kind, type) else tuple,
        optional=bool(options),
        default=field.default,
        minimum=least if above is None else above,
        maximum=_limit(field, annotated_types.Le, "le"),
        above=above is not None,
        multiple_of=_limit(field, annotated_types.MultipleOf, "multiple_of"),
    )


KNOBS = {name: _knob_of(name, field) for name, field in Settings.model_fields.items()}
"""Every setting by name, in the order of declaration."""


def _explained(error: ValidationError) -> SettingsError:
    """Put pydantic's findings into one line: field, value, what is allowed."""
    return SettingsError(
        "; ".join(dict.fromkeys(_finding(dict(finding)) for finding in error.errors())),
        "correct the setting; `impasto render --help` lists all of them",
    )


def _finding(finding: Mapping[str, Any]) -> str:
    where = [str(part) for part in finding["loc"]]
    if finding["type"] == "json_invalid":
        return f"the settings are no JSON: {finding['ctx']['error']}"
    own_words = str(finding.get("ctx", {}).get("error", ""))
    if not where:
        return own_words or "settings are a JSON object of names and values"
    name = where[0]
    if finding["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, KNOBS, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"there is no setting {name!r}{hint}"
    value = _shortened(finding["input"])
    return f"{name}: {value} is not allowed: {own_words or KNOBS[name].allowed}"


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
