"""Settings: one declaration, checked everywhere, told in words."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.choices import Objective, Optimizer, Pooling, Precision, Statistic, StyleFit
from engine.defaults import default_size, resolved
from engine.errors import SettingsError
from engine.job import DeviceInfo
from engine.knobs import STRENGTH, Knob, factor_stops
from engine.layers import LAYERS, parse_layer_weights
from engine.networks import PAPER_LAYERS, SKETCH_LAYERS
from engine.settings import KNOBS, Settings
from tests.engine.support import PLAIN_CPU

finite = st.floats(1e-6, 1e9, allow_nan=False)
names = st.text("abcdefgh/._- ", min_size=1).filter(str.strip)
layer_weights = st.dictionaries(st.sampled_from(LAYERS), finite, min_size=1)
some_settings = st.fixed_dictionaries(
    {
        "objective": st.sampled_from(Objective),
        "statistic": st.sampled_from(Statistic),
        "pooling": st.sampled_from(Pooling),
        "optimizer": st.sampled_from(Optimizer),
        "content_layer": st.sampled_from(LAYERS),
        "style_layers": layer_weights,
        "content_weight": finite,
        "history": st.integers(1, 200),
        "style_scale": st.floats(0.1, 8),
        "network": names,
        "device": names,
    },
    optional={
        "size": st.none() | st.integers(32, 32768),
        "steps": st.none() | st.integers(0, 100_000),
        "init": st.none() | names,
        "seed": st.none() | st.integers(0, 2**32 - 1),
        "style_weight": st.none() | finite,
        "tv_weight": st.none() | finite,
        "learning_rate": st.none() | finite,
        "precision": st.none() | st.sampled_from(Precision),
        "style_fit": st.none() | st.sampled_from(StyleFit),
        "threads": st.none() | st.integers(1, 1024),
        "tile": st.none() | st.integers(8, 2048).map(lambda n: n * 16),
    },
)


@given(values=some_settings)
def test_json_and_back_is_the_same(values: dict[str, object]) -> None:
    settings = Settings.of(values)
    assert Settings.from_json(settings.to_json()) == settings


@given(values=some_settings, seed=st.integers(0, 99))
def test_resolving_again_changes_nothing(values: dict[str, object], seed: int) -> None:
    once = resolved(Settings.of(values), PLAIN_CPU, threads=2, seed=seed)
    another = DeviceInfo("cpu", "another", 2**40, bfloat16=True)
    assert resolved(once, another, threads=9, seed=seed + 1) == once


@given(
    text=st.text()
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*KNOBS, "x"]), inner),
    ).map(json.dumps)
)
def test_foreign_json_is_accepted_or_refused_in_one_line(text: str) -> None:
    try:
        Settings.from_json(text)
    except SettingsError as error:
        assert error.cause
        assert "\n" not in error.cause
        assert error.remedy


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sise": 3}, "there is no setting 'sise'; did you mean size?"),
        ({"size": 5}, "size: 5 is not allowed: a whole number from 32 to 32768 px, or auto"),
        ({"size": "big"}, "size: 'big' is not allowed: a whole number"),
        ({"steps": -1}, "steps: -1 is not allowed: a whole number from 0"),
        ({"pooling": "avg"}, "pooling: 'avg' is not allowed: average, max"),
        ({"content_weight": float("nan")}, "content_weight: nan is not allowed"),
        ({"style_weight": float("inf")}, "style_weight: inf is not allowed"),
        ({"learning_rate": 0}, "learning_rate: 0 is not allowed: a number above 0"),
        ({"tile": 130}, "a multiple of 16"),
        ({"content_layer": "conv9_1"}, "there is no layer 'conv9_1'"),
        ({"content_layer": "conv42"}, "did you mean conv4_2?"),
        ({"style_layers": "conv1_1,conv6_1"}, "there is no layer 'conv6_1'"),
        ({"style_layers": "conv1_1=x"}, "the weight in 'conv1_1=x' is not a number"),
        ({"style_layers": "conv1_1=0"}, "all weights are 0"),
        ({"style_layers": "conv1_1=-1"}, "weights are 0 or more"),
        ({"style_layers": "conv1_1,conv1_1"}, "a layer is named twice"),
        ({"style_layers": ""}, "at least one layer"),
        ({"style_layers": {"conv1_1": float("nan")}}, "style_layers: nan is not allowed"),
        ({"scales": (256, 128)}, "scales ascend"),
        ({"scales": ()}, "scales ascend"),
        ({"size": 512, "scales": (128, 256)}, "size 512 and the last of the scales, 256, disagree"),
        ({"content_weight": 0, "style_weight": 0}, "both 0"),
        ({"network": " "}, "network: ' ' is not allowed: is empty"),
    ],
)
def test_a_wrong_value_is_refused_with_field_value_and_what_is_allowed(
    values: dict[str, object], words: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.of(values)
    assert words in refusal.value.cause
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "3", '{"size": 1e999}', "[" * 2000])
def test_text_that_is_no_settings_object_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        Settings.from_json(text)


def test_layers_without_a_weight_share_evenly_and_come_shallow_first() -> None:
    assert parse_layer_weights("conv2_1=0.5, conv1_1") == (("conv2_1", 0.5), ("conv1_1", 0.5))
    settings = Settings.of({"style_layers": "conv3_1=2,conv1_1=1"})
    assert settings.style_layers == (("conv1_1", 1.0), ("conv3_1", 2.0))


def test_layers_are_those_that_suit_the_network_but_for_the_papers_objective() -> None:
    papers = dict.fromkeys(("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"), 0.2)
    for objective, layers, content, style in (
        ("balanced", PAPER_LAYERS, "conv4_2", papers),
        ("balanced", SKETCH_LAYERS, "conv2_2", dict(SKETCH_LAYERS.style)),
        ("paper", SKETCH_LAYERS, "conv4_2", papers),
    ):
        settings = Settings.of({"objective": objective})
        decided = resolved(settings, PLAIN_CPU, threads=1, seed=0, layers=layers)
        assert decided.content_layer == content
        assert dict(decided.style_layers or ()) == style
    assert sum(dict(SKETCH_LAYERS.style).values()) == pytest.approx(1)


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError):
        Settings().size = 3


def test_the_papers_objective_has_the_papers_defaults() -> None:
    paper = resolved(Settings.of({"objective": "paper"}), PLAIN_CPU, threads=1, seed=0)
    assert paper.style_weight is not None
    assert paper.content_weight / paper.style_weight == pytest.approx(1e-3)
    assert (paper.init, paper.tv_weight, paper.pooling) == ("noise", 0.0, Pooling.AVERAGE)
    assert paper.style_fit is StyleFit.COVER
    assert paper.scales == (paper.size,)
    assert paper.optimizer is Optimizer.LBFGS
    assert paper.content_layer == "conv4_2"


def test_the_balanced_pyramid_is_halved_down_to_128() -> None:
    settings = resolved(Settings.of({"size": 640}), PLAIN_CPU, threads=1, seed=0)
    assert settings.scales == (160, 320, 640)


def test_a_bigger_device_gets_bigger_defaults() -> None:
    sizes = [
        default_size(DeviceInfo(name, "", memory, bfloat16=False))
        for name, memory in (("cpu", 2**36), ("cuda:0", 2**33), ("cuda:0", 2**37))
    ]
    assert sizes == sorted(set(sizes))


@given(strength=st.floats(0, 100))
def test_strength_and_style_weight_are_two_views_of_one_number(strength: float) -> None:
    for settings in (Settings(), Settings.of({"objective": "paper", "content_weight": 5})):
        assert settings.with_strength(strength).strength == pytest.approx(strength, abs=1e-6)


def test_each_ten_of_strength_is_the_same_visible_factor() -> None:
    weights = [Settings().with_strength(s).style_weight or 0 for s in range(0, 101, 10)]
    factors = [b / a for a, b in pairwise(weights)]
    assert factors == pytest.approx([10**0.4] * 10)
    assert Settings().strength == 50


@pytest.mark.parametrize("known", KNOBS.values(), ids=lambda knob: knob.name)
def test_every_knob_is_described(known: Knob) -> None:
    assert known.label
    assert known.help.endswith((".", ")."))
    assert known.allowed
    if known.type in (int, float):
        assert known.minimum is not None
        assert known.maximum is not None


def test_what_a_run_is_made_of_is_not_live() -> None:
    fixed = {name for name, knob in KNOBS.items() if not knob.live}
    made_of = {"network", "weights_input", "objective", "pooling", "padding", "optimizer"}
    begun_with = {"size", "steps", "scales", "init", "seed"}
    computed_by = {"device", "precision", "threads"}
    saved_with = {"depth", "dpi", "exif"}
    assert fixed == made_of | begun_with | computed_by | saved_with


@pytest.mark.parametrize("strength", [50, "50", 50.0])
def test_the_default_strength_leaves_the_style_weight_open(strength: object) -> None:
    settings = Settings.of({"style_weight": 7, "tv_weight": 2})
    assert settings.replace(strength=strength) == Settings.of({"tv_weight": 2})
    other = Settings.of({"content_weight": 10}).replace(strength=strength)
    assert other.style_weight == pytest.approx(300)


@pytest.mark.parametrize("strength", [-1, 100.5, "much", "", float("nan"), True, (1,)])
def test_a_wrong_strength_is_refused_like_any_setting(strength: object) -> None:
    with pytest.raises(SettingsError, match=r"strength: .* is not allowed: a number from 0 to 100"):
        Settings().replace(strength=strength)


def test_scales_are_read_from_text() -> None:
    assert Settings.of({"scales": "128, 256,512"}).scales == (128, 256, 512)
    with pytest.raises(SettingsError, match="scales: 'x' is not allowed"):
        Settings.of({"scales": "128,x"})


@given(st.floats(1e-3, 1e3), st.floats(1.5, 1e4), st.integers(0, 64), st.booleans())
def test_stops_ascend_by_about_the_same_factor(
    low: float, factor: float, step: int, zero: bool
) -> None:
    stops = factor_stops(low, low * factor, step, zero=zero)
    assert stops == tuple(sorted(set(stops)))
    assert len(stops) <= 102
    assert stops[-1] == pytest.approx(low * factor, rel=0.05, abs=step / 2)
    assert not zero or stops[0] == 0
    assert all(stop % step == 0 for stop in stops if step)


@pytest.mark.parametrize("known", [*KNOBS.values(), STRENGTH], ids=lambda knob: knob.name)
def test_what_a_slider_offers_is_allowed_and_holds_no_surprise(known: Knob) -> None:
    if known.stops:
        assert known.minimum is not None
        assert known.maximum is not None
        assert known.minimum <= known.stops[0] < known.stops[-1] <= known.maximum
    for stop in known.stops:
        settings = Settings().replace(**{known.name: stop})
        assert getattr(settings, known.name) == pytest.approx(stop)
