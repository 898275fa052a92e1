"""Scale and detail: stroke size, fine or coarse by the layers' weights, the content layer."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine import checkpoint, defaults, networks, pyramid, weights
from engine.choices import StyleFit
from engine.errors import NetworkError
from engine.job import DeviceInfo, Frame, Job, NetworkInfo, Started
from engine.layers import KEEPS, LAYERS, tilted
from engine.networks import PAPER_LAYERS, SKETCH_LAYERS
from engine.recipes import replay
from engine.recipes.recipe import Recipe
from engine.settings import KNOBS, Settings
from engine.stylise import stylise
from tests.engine.pictures import quick
from tests.engine.support import PLAIN_CPU, frames, picture

SETS = pytest.mark.parametrize("layers", [PAPER_LAYERS.style, SKETCH_LAYERS.style])


def centre(layers: tuple[tuple[str, float], ...]) -> float:
    """Which block the weight lies in on average."""
    return sum(int(name[4]) * weight for name, weight in layers) / sum(w for _, w in layers)


@SETS
@quick
@given(detail=st.floats(0, 100))
def test_detail_moves_the_weight_and_keeps_its_sum(
    layers: tuple[tuple[str, float], ...], detail: float
) -> None:
    moved = tilted(layers, detail)
    assert [name for name, _ in moved] == [name for name, _ in layers]
    assert all(weight > 0 for _, weight in moved)
    assert math.fsum(w for _, w in moved) == pytest.approx(math.fsum(w for _, w in layers), 1e-3)
    if abs(detail - 50) > 0.1:
        assert (centre(moved) < centre(layers)) == (detail > 50)


@SETS
def test_in_the_middle_the_weights_are_the_networks_own(
    layers: tuple[tuple[str, float], ...],
) -> None:
    assert tilted(layers, 50) == layers


@SETS
def test_more_detail_is_more_weight_in_shallow_layers(
    layers: tuple[tuple[str, float], ...],
) -> None:
    centres = [centre(tilted(layers, detail)) for detail in range(0, 101, 10)]
    assert centres == sorted(centres, reverse=True)
    assert centres[0] - centres[-1] > 1.5  # blocks


def decided(layers: networks.Layers = SKETCH_LAYERS, **values: object) -> Settings:
    settings = Settings.of(values)
    return defaults.resolved(settings, PLAIN_CPU, threads=1, seed=0, layers=layers)


def test_detail_decides_the_layers_that_are_left_open_and_no_others() -> None:
    assert decided(detail=80).style_layers == tilted(SKETCH_LAYERS.style, 80)
    assert decided(PAPER_LAYERS, detail=10).style_layers == tilted(PAPER_LAYERS.style, 10)
    own = decided(detail=80, style_layers="conv1_1,conv2_1")
    assert own.style_layers == (("conv1_1", 0.5), ("conv2_1", 0.5))


def recipe_of(settings: Settings) -> Recipe:
    info = NetworkInfo("sketch", "", "")
    device = DeviceInfo("cpu", "", 0, bfloat16=False)
    started = Started(decided(**dict(settings)), (), info, device, 1)
    asked = Job(picture(8, 8), (picture(8, 8, 1),), settings)
    return Recipe.of(asked, started, 0)


def test_a_recipe_repeats_the_layers_and_another_detail_decides_them_anew(tmp_path: Path) -> None:
    paths = tuple(tmp_path / name for name in ("content.png", "style.png"))
    recipe = recipe_of(Settings.of({"detail": 80, "network": "sketch"}))
    again = replay.replay(recipe, tmp_path / "x.png", paths, {}).settings
    assert (again.detail, again.style_layers) == (80, tilted(SKETCH_LAYERS.style, 80))
    other = replay.replay(recipe, tmp_path / "x.png", paths, {"detail": 20.0}).settings
    assert decided(**dict(other)).style_layers == tilted(SKETCH_LAYERS.style, 20)
    both = {"detail": 20.0, "style_layers": "conv1_1"}
    assert replay.replay(recipe, tmp_path / "x.png", paths, both).settings.style_layers == (
        ("conv1_1", 1.0),
    )


def test_a_resumed_run_takes_up_another_detail() -> None:
    saved = decided(detail=80)
    on = checkpoint.continued(saved, {"detail": 20.0})
    assert decided(**dict(on)).style_layers == tilted(SKETCH_LAYERS.style, 20)
    assert checkpoint.continued(saved, {"detail": 80.0}) == saved
    own = checkpoint.continued(saved, {"detail": 20.0, "style_layers": (("conv1_1", 1.0),)})
    assert own.style_layers == (("conv1_1", 1.0),)


# Stroke size


@pytest.mark.parametrize("fit", list(StyleFit))
@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_strokes_have_the_same_share_of_the_picture_at_every_size(
    fit: StyleFit, scale: float
) -> None:
    style = torch.rand(90, 120, 3, generator=torch.Generator().manual_seed(1))
    shares = []
    for width, height in ((160, 120), (320, 240), (640, 480)):
        resized = pyramid.style_resized(style, (width, height), StyleFit.WHOLE, scale)
        # So large is in the result what is all of the style's width.
        shares.append((resized.shape[1] / width, resized.shape[0] / height))
        cropped = pyramid.style_resized(style, (width, height), fit, scale)
        assert cropped.shape[1] <= max(width, round(width * scale))
    np.testing.assert_allclose(shares, [(scale, scale)] * 3, rtol=0.01)


def grain(picture: np.ndarray) -> float:
    """Mean spatial frequency of a picture's light, in cycles over its width."""
    light = picture.mean(-1) - picture.mean()
    power = np.abs(np.fft.fft2(light)) ** 2
    rows, columns = (np.fft.fftfreq(n) * n for n in light.shape)
    return float((power * np.hypot(rows[:, None], columns)).sum() / power.sum())


def textured(size: int, scale: float) -> float:
    """Grain of a texture painted at a size and a stroke size."""
    values = {"network": "sketch", "content_weight": 0, "init": "noise", "tv_weight": 0}
    layers = {"content_layer": "conv1_1", "style_layers": "conv1_1,conv2_1"}
    place = {"threads": 1, "device": "cpu", "seed": 1, "precision": "float32"}
    shape = {"scales": (size // 2, size), "steps": 24, "style_scale": scale}
    settings = Settings.of({**values, **layers, **place, **shape})
    rows, columns = np.mgrid[0:96, 0:96] // 6
    checks = (((rows + columns) % 2) * 180 + 40).astype(np.uint8)
    style = replace(picture(96, 96), pixels=np.repeat(checks[..., None], 3, -1))
    last = frames(stylise(Job(picture(96, 96), (style,), settings)))[-1]
    return grain(last.snapshot())


def test_stroke_size_changes_the_grain_and_the_size_of_the_result_does_not() -> None:
    plain = textured(64, 1)
    assert textured(128, 1) == pytest.approx(plain, rel=0.25)
    assert textured(64, 2) < 0.7 * plain


# Content layer


@pytest.fixture(scope="module")
def shallow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("net") / "seeded.pth"
    torch.save(weights.seeded(0, "conv3_2", width=8), path)
    return path


def asked(net: Path | str, layer: str) -> Job:
    values = {"content_layer": layer, "style_layers": "conv1_1", "scales": (32,), "steps": 1}
    place = {"threads": 1, "device": "cpu", "seed": 1, "network": str(net)}
    return Job(picture(24, 32), (picture(20, 20, 1),), Settings.of({**values, **place}))


@pytest.mark.parametrize("layer", ["conv2_2", "conv3_2", "conv4_2", "conv5_2"])
def test_every_layer_of_the_papers_figures_holds_the_content(layer: str) -> None:
    losses = [frame.losses for frame in frames(stylise(asked("sketch", layer)))]
    assert losses[-1].content > 0


def test_a_content_layer_that_the_network_lacks_is_refused_with_the_reason(shallow: Path) -> None:
    with pytest.raises(NetworkError, match=r"has no layer conv4_2: it ends at conv3_2"):
        list(stylise(asked(shallow, "conv4_2")))
    assert any(isinstance(m, Frame) for m in stylise(asked(shallow, "conv3_2")))


def test_each_layer_has_words_for_what_it_keeps() -> None:
    words = KNOBS["content_layer"].words
    assert tuple(words) == LAYERS
    assert words["conv2_2"] == "conv2_2: keeps pixels"
    assert words["conv5_2"] == "conv5_2: keeps layout"
    assert len({text.partition(": ")[2] for text in words.values()}) == len(KEEPS)
