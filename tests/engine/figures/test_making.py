"""Figures are made panel after panel, stop where they are told to, and say what is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from engine import pyramid, vgg, weights
from engine.choices import Padding, Pooling
from engine.errors import NetworkError
from engine.figures import anatomy
from engine.figures.anatomy import Look
from engine.figures.inset import border, sizes
from engine.figures.making import made
from engine.figures.order import MAPS, FigureOrder
from engine.figures.palette import coloured
from engine.figures.panels import Shows
from engine.figures.paper import FIGURES
from engine.job import Note
from engine.networks import NetworkEntry
from engine.series.messages import Piece
from tests.engine.figures.conftest import MakeOrder
from tests.engine.support import finish, picture


def finished(order: FigureOrder) -> dict[int, Piece]:
    """The pieces as they stay, by the index of their panel."""
    return {m.index: m for m in made(order) if isinstance(m, Piece) and m.is_done}


@pytest.mark.parametrize("number", FIGURES)
def test_every_panel_comes_and_the_work_done_only_grows(order: MakeOrder, number: int) -> None:
    made_of = order(number, styles=2 if FIGURES[number].many else 1)
    pieces = [message for message in made(made_of) if isinstance(message, Piece)]
    done = [piece.index for piece in pieces if piece.is_done]
    assert sorted(done) == list(range(len(made_of.panels)))
    shares = [piece.share for piece in pieces]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    for piece in pieces:
        is_render = made_of.panels[piece.index].shows is Shows.RENDER
        assert (piece.made is not None) == (is_render and piece.is_done)


def test_each_render_is_painted_by_its_panels_settings(order: MakeOrder) -> None:
    pieces = finished(order(6))
    for index, job in order(6).jobs.items():
        render = pieces[index].made
        assert render is not None
        assert render.job.settings == job.settings
        assert render.started.settings.init == job.settings.init
        assert render.pixels.shape == (36, 48, 3)
    noises = [pieces[index].pixels for index in list(order(6).jobs)[2:]]
    assert all((noises[0] != other).any() for other in noises[1:])


def test_figure_3s_panels_bear_their_styles_in_the_lower_left_corner(order: MakeOrder) -> None:
    made_of = order(3, styles=2)
    pieces = finished(made_of)
    for index, panel in enumerate(made_of.panels[1:], 1):
        piece, style = pieces[index], made_of.styles[panel.style]
        ((width, height),) = sizes((48, 36), [style.size])
        corner = piece.pixels[-height:, :width].astype(float)
        own = pyramid.resized(pyramid.tensor_of(style), width, height).numpy() * 255
        assert np.abs(corner - own).mean() < 8
        assert (piece.pixels[-height - border((48, 36)), :width] == 255).all()


def test_closing_stops_within_a_panel(order: MakeOrder) -> None:
    messages = made(order(4, steps=50))
    seen = [next(m for m in messages if isinstance(m, Piece) and 0 < m.share < 0.25)]
    messages.close()
    assert list(messages) == []
    assert not seen[0].is_done


def test_panels_whose_layers_are_not_there_are_left_out_and_said(
    order: MakeOrder, net: Path
) -> None:
    made_of = order(1, network=str(net))  # it ends at conv2_1
    messages = list(made(made_of))
    done = [m.index for m in messages if isinstance(m, Piece) and m.is_done]
    shown = [made_of.panels[index].label for index in done]
    assert sorted(shown) == sorted(["Style", "Content", "conv1_1", "+ conv2_1", "conv1_2"])
    said = [m.text for m in messages if isinstance(m, Note) and "left out" in m.text]
    assert len(said) == 7
    assert all("it ends at conv2_1" in text for text in said)


def test_a_figure_of_which_nothing_can_be_made_is_refused_with_a_remedy(
    order: MakeOrder, net: Path
) -> None:
    with pytest.raises(NetworkError) as refused:
        list(made(order(5, network=str(net))))
    assert "ends at conv2_1" in refused.value.cause
    assert "another network" in refused.value.remedy


def test_figure_2_leaves_out_the_layers_that_are_not_there(order: MakeOrder, net: Path) -> None:
    layers = {"content_layer": "conv1_2", "style_layers": "conv1_1,conv2_1"}
    made_of = order(2, network=str(net), **layers)
    messages = list(made(made_of))
    done = {m.index for m in messages if isinstance(m, Piece) and m.is_done}
    shown = {made_of.panels[index].layer for index in done} - {""}
    assert shown == {"conv1_1", "conv2_1"}
    (said,) = [m.text for m in messages if isinstance(m, Note) and "left out" in m.text]
    assert "conv3_1, conv4_1, conv4_2, conv5_1" in said


def looked(order: FigureOrder) -> tuple[dict[str, Look], Piece]:
    pieces = finished(order)
    (render,) = (piece for piece in pieces.values() if piece.made is not None)
    assert render.made is not None
    return finish(anatomy._looks(order, render.made)), render


def test_figure_2s_gram_matrices_are_those_of_an_independent_walk(
    order: MakeOrder, deep_net: Path
) -> None:
    looks, render = looked(order(2))
    assert render.made is not None
    entry = NetworkEntry("deep", "seeded", deep_net)
    network = weights.load(entry, pooling=Pooling.AVERAGE, weights_input=None)
    network = replace(network, padding=Padding.REPLICATE)  # the balanced objective's
    pictures = tuple(pyramid.tensor_of(p) for p in (picture(36, 48), picture(40, 40, 1)))
    network = vgg.normalised(network, vgg.mean_activations(network, pictures))
    x = torch.from_numpy(render.made.pixels) - network.mean
    x = x.permute(2, 0, 1)[None]
    for convolution in network.convolutions:
        if convolution.name.endswith("_1") and convolution.name != "conv1_1":
            x = F.avg_pool2d(x, 2)
        x = F.relu(F.conv2d(F.pad(x, (1,) * 4, "replicate"), convolution.weight, convolution.bias))
        if convolution.name in looks:
            flat = x[0].flatten(1).double().numpy()
            gram = np.einsum("im,jm->ij", flat, flat) / flat.shape[1]
            ours = looks[convolution.name].gram(Shows.RENDER)
            np.testing.assert_allclose(ours, gram, rtol=1e-4, atol=1e-6)


def test_figure_2s_losses_are_the_papers(order: MakeOrder) -> None:
    looks, _ = looked(order(2))
    for look in looks.values():
        g, a = look.gram(Shows.RENDER), look.gram(Shows.STYLE)
        by_hand = ((g - a) ** 2).sum() / (4 * len(g) ** 2)
        assert look.style_distance(Shows.RENDER) == pytest.approx(by_hand, rel=1e-3)
        assert look.style_distance(Shows.STYLE) == 0
        f, p = (look.features[of].double() for of in (Shows.RENDER, Shows.CONTENT))
        by_hand = 0.5 * float(((f - p) ** 2).sum())
        assert look.content_distance(Shows.RENDER) == pytest.approx(by_hand, rel=1e-4)


def test_figure_2s_pictures_fit_their_panels_and_losses_stand_below(order: MakeOrder) -> None:
    made_of = order(2)
    pieces = finished(made_of)
    for index, (panel, place) in enumerate(zip(made_of.panels, made_of.layout.places, strict=True)):
        if panel.layer:
            shape = place.picture.height, place.picture.width, 3
            assert pieces[index].pixels.shape == shape
            assert bool(pieces[index].caption) == panel.has_caption
            assert made_of.layout.small.width(pieces[index].caption) <= place.below.width
    captions = [piece.caption for piece in pieces.values() if piece.caption]
    assert sum(text.startswith("E_{l} = ") for text in captions) == 10
    assert sum(text.startswith("L_{content} = ") for text in captions) == 1
    assert MAPS == 3


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (0.0273, "0.0273"), (12.345, "12.3"), (7.2e-4, "7.20 · 10^{-4}"),
     (323456.0, "3.23 · 10^{5}")],
)  # fmt: skip
def test_losses_have_three_digits(value: float, words: str) -> None:
    assert anatomy._number(value) == words


def test_equal_steps_of_the_colours_grow_lighter_evenly() -> None:
    """Viridis: CIE lightness rises in a straight line."""
    srgb = coloured(np.linspace(0, 1, 33)[None]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    y = linear[0] @ [0.2126, 0.7152, 0.0722]
    lightness = 116 * np.cbrt(y) - 16
    steps = np.diff(lightness)
    assert steps.min() > 0
    assert steps.max() < 1.6 * steps.mean()
