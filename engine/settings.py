"""Every setting of Impasto, declared once.

The command line, the window's form, validation, presets and the reference page derive from
`Settings`; nothing else says what a setting's range, default or help is. A default of None means
"decided by the engine", by the objective or the device: see `engine.defaults`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
    model_validator,
)

from engine.blends import values as blends
from engine.choices import (
    ExifKept,
    Objective,
    Optimizer,
    Padding,
    Pooling,
    Precision,
    Statistic,
    StyleFit,
    WeightsInput,
)
from engine.errors import SettingsError
from engine.knobs import STRENGTH, Group, even_stops, explained, factor_stops, knob_of, setting
from engine.layers import (
    LayerWeights,
    as_mapping,
    checked_layer,
    checked_layer_weights,
    parse_layer_weights,
)

STRENGTH_DECADE = 25.0
"""Strength points per factor of ten in the style's weight: each ten points is a factor of 2.5."""


class Settings(BaseModel):
    """Every knob of a render. Frozen: a change is a new object (`replace`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    size: int | None = setting(
        None,
        "Size",
        "Long side of the result (auto: by the device).",
        unit="px",
        ge=32,
        le=32768,
        group=Group.FRONT,
        stops=factor_stops(256, 4096, 64),
    )
    style_scale: float = setting(
        1.0,
        "Stroke size",
        "Size of the style relative to the result: larger means larger strokes.",
        unit="×",
        ge=0.1,
        le=8,
        live=True,
        group=Group.FRONT,
        look=True,
        stops=factor_stops(0.25, 4),
    )
    steps: int | None = setting(
        None,
        "Steps",
        "Iterations in all, shared out over the scales, most of them where they are cheap; "
        "0 only evaluates (auto: by the device).",
        ge=0,
        le=100_000,
        group=Group.FRONT,
        stops=even_stops(0, 1000, 10),
    )
    tv_weight: float | None = setting(
        None,
        "Smoothing",
        "Weight of the total variation, which calms single pixels (auto: by the objective; for "
        "paper 0).",
        live=True,
        ge=0,
        le=1e12,
        group=Group.FRONT,
        look=True,
        stops=factor_stops(0.01, 100, zero=True),
    )
    network: str = setting(
        "auto",
        "Network",
        "Which network's features describe the pictures: vgg19, sketch, one that you added, or a "
        "weights file (auto: vgg19 where its weights are on this machine, else sketch).",
        group=Group.FRONT,
    )
    content_weight: float = setting(
        1.0,
        "Content weight",
        "α; 0 is texture synthesis.",
        live=True,
        ge=0,
        le=1e12,
        group=Group.KEPT,
        look=True,
        stops=factor_stops(0.01, 100, zero=True),
    )
    style_weight: float | None = setting(
        None,
        "Style weight",
        "β; 0 is content reconstruction (auto: by the objective; for paper α/β = 1e-3).",
        live=True,
        ge=0,
        le=1e12,
        group=Group.KEPT,
        look=True,
        stops=factor_stops(0.1, 1e5, zero=True),
    )
    content_layer: str | None = setting(
        None,
        "Content layer",
        "The layer whose features the result keeps: shallow keeps pixels, deep keeps layout "
        "(auto: the paper's conv4_2; conv2_2 with sketch).",
        live=True,
        group=Group.KEPT,
        look=True,
    )
    style_layers: Annotated[LayerWeights | None, PlainSerializer(as_mapping, when_used="json")] = (
        setting(
            None,
            "Style layers",
            "The layers whose statistics the result takes over, each with a weight: "
            "conv1_1,conv2_1=0.5 (without a weight: equal shares; auto: the paper's five, with "
            "sketch the shallow ones more).",
            live=True,
            group=Group.KEPT,
            look=True,
        )
    )
    statistic: Statistic = setting(
        Statistic.GRAM,
        "Style statistic",
        "gram is the paper's; wasserstein compares means and covariances.",
        live=True,
        group=Group.KEPT,
        look=True,
    )
    style_fit: StyleFit | None = setting(
        None,
        "Style fit",
        "How the style comes to the content's size: whole keeps all of it at the same area, "
        "cover crops it to the same sides, stretch distorts it (auto: whole; for paper cover).",
        live=True,
        group=Group.KEPT,
        look=True,
    )
    objective: Objective = setting(
        Objective.BALANCED,
        "Objective",
        "balanced keeps the look when the size changes; paper is the formulas of 2016 to the "
        "letter.",
        group=Group.METHOD,
        look=True,
    )
    pooling: Pooling = setting(
        Pooling.AVERAGE,
        "Pooling",
        "average is the paper's; max is how VGG-19 was trained.",
        group=Group.METHOD,
        look=True,
    )
    padding: Padding | None = setting(
        None,
        "Padding",
        "What the network sees beyond the picture's edges: zeros, as VGG-19 was trained, which "
        "leave a frame, or the edge itself replicated (auto: replicate; for paper zeros).",
        group=Group.METHOD,
        look=True,
    )
    optimizer: Optimizer | None = setting(
        None,
        "Optimiser",
        "lbfgs gets furthest per step, adam needs less memory, gradient is the plain step of "
        "the paper's figure 2 (auto: lbfgs where its memory fits, else adam).",
        group=Group.METHOD,
        look=True,
    )
    learning_rate: float | None = setting(
        None,
        "Learning rate",
        "Step length of adam and λ of gradient (auto: 0.02 for adam; for gradient as long as the "
        "first step allows).",
        live=True,
        gt=0,
        le=1e12,
        group=Group.METHOD,
        look=True,
        stops=factor_stops(1e-3, 1),
    )
    history: int | None = setting(
        None,
        "L-BFGS memory",
        "Steps that L-BFGS remembers (auto: 20, or 10 or 5 where more do not fit).",
        live=True,
        ge=1,
        le=200,
        group=Group.METHOD,
        stops=even_stops(1, 100, 1),
    )
    weights_input: WeightsInput | None = setting(
        None,
        "Trained for",
        "Which input a weights file was trained for (auto: recognised from its values).",
        group=Group.METHOD,
    )
    init: str | None = setting(
        None,
        "Start from",
        "content, style, noise, or a picture file (auto: content; for paper noise).",
        group=Group.INPUTS,
    )
    style_shares: blends.Shares | None = setting(
        None,
        "Style shares",
        "How much of each of several styles, in their order: 0.7,0.3; 0 leaves one out (auto: "
        "equal shares).",
        live=True,
        group=Group.INPUTS,
    )
    style_scales: blends.Scales | None = setting(
        None,
        "Style scales",
        "Size of each style relative to the stroke size, in their order: 1,0.5 (auto: all 1).",
        live=True,
        group=Group.INPUTS,
    )
    style_crops: blends.Crops | None = setting(
        None,
        "Style crops",
        "The part of each style that counts, in their order: whole, or left,top,right,bottom from "
        "0 to 1, such as whole/0,0.25,0.5,1 (auto: all of each).",
        live=True,
        group=Group.INPUTS,
    )
    scales: tuple[Annotated[int, Field(ge=32, le=32768)], ...] | None = setting(
        None,
        "Scales",
        "Long sides of the coarse-to-fine pyramid, ascending, such as 128,256,512; the last is "
        "the size of the result (auto: halved down to 128; for paper only the size itself).",
        unit="px",
        group=Group.PYRAMID,
    )
    device: str = setting(
        "auto",
        "Device",
        "cpu, cuda, cuda:1, mps, xpu (auto: the fastest there is).",
        group=Group.COMPUTATION,
    )
    precision: Precision | None = setting(
        None,
        "Precision",
        "Number format of the features; mixed is bfloat16 and, for the last tenth at full size, "
        "float32 (auto: mixed where the device is faster with bfloat16, else float32).",
        group=Group.COMPUTATION,
    )
    tile: int | None = setting(
        None,
        "Tile",
        "Pictures with a longer side are computed in tiles of this size, exactly, to save memory "
        "(auto: by the device's memory).",
        unit="px",
        ge=128,
        le=32768,
        multiple_of=16,
        live=True,
        group=Group.COMPUTATION,
        stops=factor_stops(256, 4096, 64),
    )
    threads: int | None = setting(
        None,
        "Threads",
        "CPU threads (auto: all cores).",
        ge=1,
        le=1024,
        group=Group.COMPUTATION,
        stops=even_stops(1, 64, 1),
    )
    seed: int | None = setting(
        None,
        "Seed",
        "Makes the noise repeatable (auto: drawn afresh and recorded).",
        ge=0,
        le=2**32 - 1,
        group=Group.COMPUTATION,
    )
    depth: int | None = setting(
        None,
        "Depth",
        "Depth of the saved picture, 8 or 16 (auto: 16 for PNG and TIFF where the content has "
        "more than 8, else 8).",
        unit="bits a channel",
        ge=8,
        le=16,
        multiple_of=8,
        group=Group.SAVING,
    )
    dpi: int | None = setting(
        None,
        "Dots per inch",
        "Written into the saved picture for printers, which take its size on paper from it (auto: "
        "left out; 300 with a print size).",
        unit="dpi",
        ge=30,
        le=4800,
        group=Group.SAVING,
    )
    exif: ExifKept = setting(
        ExifKept.NONE,
        "Camera data",
        "What the saved picture keeps of the content's EXIF: none, all but the position where it "
        "was taken, or all.",
        group=Group.SAVING,
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
        return None if value is None else checked_layer_weights(value)

    @field_validator("content_layer")
    @classmethod
    def _content_layer_exists(cls, value: str | None) -> str | None:
        return None if value is None else checked_layer(value)

    @field_validator("network", "init", "device")
    @classmethod
    def _not_empty(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("is empty")
        return value

    @field_validator("scales", mode="before")
    @classmethod
    def _scales_split(cls, value: object) -> object:
        return tuple(value.split(",")) if isinstance(value, str) else value

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
            raise explained(error, KNOBS) from error

    @classmethod
    def from_json(cls, text: str | bytes) -> Settings:
        """Read what `to_json` wrote, or a part of it; the rest takes its defaults.

        Raises:
            SettingsError: no JSON object, unknown names or wrong values.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise explained(error, KNOBS) from error

    def to_json(self) -> str:
        """Write every setting, one a line, None as null."""
        return self.model_dump_json(indent=2)

    def replace(self, **changes: object) -> Settings:
        """Return a checked copy with some settings changed.

        Args:
            changes: values by name; `strength` stands for the style's weight, which is left open
                where that comes to the same.

        Raises:
            SettingsError: as `of`.
        """
        strength = changes.pop("strength", None)
        settings = Settings.of({**dict(self), **changes})
        return settings if strength is None else settings._of_strength(_checked_strength(strength))

    def _of_strength(self, strength: float) -> Settings:
        default = self.replace(style_weight=None)
        same = math.isclose(default.strength, strength, abs_tol=1e-9)
        return default if same else self.with_strength(strength)

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


KNOBS = {name: knob_of(name, field) for name, field in Settings.model_fields.items()}
"""Every setting by name, in the order of declaration."""


def _checked_strength(value: object) -> float:
    try:
        strength = float(str(value))
    except ValueError:
        strength = math.nan
    if not 0 <= strength <= 100:
        raise SettingsError(
            f"strength: {value!r} is not allowed: {STRENGTH.allowed}", "correct the setting"
        )
    return strength
