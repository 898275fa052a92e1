"""What can be varied, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingsError
from engine.knobs import STRENGTH
from engine.settings import KNOBS, Settings
from engine.variations import axes
from engine.variations.axes import Axis
from tests.engine.pictures import quick

strengths = st.lists(
    st.integers(0, 1000).map(lambda tenth: tenth / 10), min_size=2, max_size=8, unique=True
)
scales = st.lists(
    st.floats(0.1, 8).map(lambda x: float(f"{x:.4g}")), min_size=2, max_size=8, unique=True
)


@quick
@given(strengths)
def test_what_is_written_of_a_strength_is_what_is_painted(values: list[float]) -> None:
    axis = Axis.parse("strength=" + ", ".join(map(str, values)))
    assert axis.values == tuple(values)
    for value in axis.values:
        assert Settings().replace(strength=value).strength == pytest.approx(value, abs=1e-6)


@quick
@given(scales, st.sampled_from(["style_scale", "style-scale", "--style-scale"]))
def test_a_setting_goes_by_its_name_and_by_its_flag(values: list[float], name: str) -> None:
    axis = Axis.parse(f"{name}={','.join(map(str, values))}")
    assert axis.knob is KNOBS["style_scale"]
    assert axis.values == pytest.approx(tuple(values))
    again = axes.separator(axis.knob).join(axes.written(axis.knob, each) for each in axis.values)
    assert Axis.parse(f"style_scale={again}").values == pytest.approx(axis.values)


@quick
@given(st.text(max_size=60))
def test_whatever_is_written_is_understood_or_refused_in_words(text: str) -> None:
    try:
        axis = Axis.parse(text)
    except SettingsError as error:
        assert error.cause
        assert error.remedy
    else:
        assert 2 <= len(set(axis.values)) == len(axis.values) <= axes.MOST_VALUES


@pytest.mark.parametrize("knob", axes.variable(), ids=lambda knob: knob.name)
def test_every_setting_that_is_offered_has_values_that_go_or_asks_for_some(knob: object) -> None:
    assert isinstance(knob, type(STRENGTH))
    if len(axes.suggested(knob)) < 2:
        assert knob.name == "network"  # of which there may be only one
        return
    axis = Axis.parse(knob.name)
    assert 2 <= len(axis.values) <= axes.MOST_VALUES
    assert Axis.parse(axes.example(knob)) == axis
    assert len(set(axis.words)) == len(axis.words)
    for value in axis.values:
        Settings().replace(**{knob.name: value})


def test_what_is_varied_most_is_offered_first() -> None:
    names = [knob.name for knob in axes.variable()]
    assert names[:5] == ["strength", "style_scale", "content_layer", "seed", "init"]
    assert len(set(names)) == len(names)
    assert {"size", "steps", "device", "tile"}.isdisjoint(names)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("strength=30", "Strength: a sheet compares at least two values"),
        ("strength=", "such as strength=30,50,70"),
        (f"seed={','.join(map(str, range(20)))}", "20 values are named, and more than 8"),
        ("strength=30,50,30.0", "Strength: 30 is named twice"),
        ("strength=30,500", "strength: '500' is not allowed: a number from 0 to 100"),
        ("style_scale=1,big", "style_scale: 'big' is not allowed"),
        ("content_layer=conv4_2,conv9_9", "there is no layer 'conv9_9'"),
        ("statistic=gram,gramm", "statistic: 'gramm' is not allowed: gram, wasserstein"),
        ("size=256,512", "size is not varied"),
        ("strenght=30,50", "did you mean strength?"),
        ("=1,2", "there is no setting ''"),
        ("seed=1,,2", "seed: '' is not allowed"),
    ],
)
def test_what_cannot_be_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Axis.parse(text)
    assert words in refused.value.cause + refused.value.remedy


def test_an_open_choice_and_lists_of_layers_are_values_too() -> None:
    assert Axis.parse("tv-weight=auto,0,1").values == (None, 0.0, 1.0)
    axis = Axis.parse("style_layers=conv1_1; conv1_1,conv2_1 ;conv1_1=2,conv3_1=0.5")
    assert axis.values[1] == (("conv1_1", 0.5), ("conv2_1", 0.5))
    assert axis.words == ("conv1_1", "1_1+2_1", "1_1=2+3_1=0.5")


def test_labels_are_short_and_in_the_setting_s_unit() -> None:
    assert Axis.parse("style_scale=0.5,2").words == ("0.5×", "2×")
    assert Axis.parse("strength=30,70").words == ("30", "70")
    assert Axis.parse("init=content,pictures/sea.jpg").words == ("content", "sea.jpg")
