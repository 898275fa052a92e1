"""The seven figures have the panels of the paper's, with its labels and settings."""

from __future__ import annotations

import pytest

from engine.choices import Objective
from engine.errors import InputError, SettingsError
from engine.figures.panels import Panel, Shows
from engine.figures.paper import FIGURES
from engine.figures.text import can_be_drawn, plain
from engine.layers import PAPER_STYLE_LAYERS
from engine.settings import Settings
from tests.engine.figures.conftest import MakeOrder


def renders(number: int, styles: int = 1) -> list[Panel]:
    return [panel for panel in FIGURES[number].plan(styles) if panel.shows is Shows.RENDER]


def test_there_are_the_papers_seven() -> None:
    assert list(FIGURES) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("number", FIGURES)
def test_every_word_can_be_drawn_and_no_two_panels_share_a_place(number: int) -> None:
    figure = FIGURES[number]
    panels = figure.plan(5 if figure.many else 1)
    words = [figure.title, figure.caption, *figure.heads.values()]
    words += [text for panel in panels for text in (panel.label, panel.letter)]
    assert all(can_be_drawn(plain(text)) for text in words)
    places = [(panel.row, panel.column) for panel in panels]
    assert len(set(places)) == len(places)


def test_figure_1_takes_each_term_alone_from_shallow_to_deep(order: MakeOrder) -> None:
    made = order(1)
    style = [made.settings_of(p) for p in renders(1) if p.row == 0]
    content = [made.settings_of(p) for p in renders(1) if p.row == 1]
    layers = [tuple(name for name, _ in s.style_layers or ()) for s in style]
    assert layers == [PAPER_STYLE_LAYERS[:count] for count in (1, 2, 3, 4, 5)]
    assert all(sum(w for _, w in s.style_layers or ()) == pytest.approx(1) for s in style)
    assert [s.content_layer for s in content] == [
        "conv1_2", "conv2_2", "conv3_2", "conv4_2", "conv5_2",
    ]  # fmt: skip
    assert all(s.content_weight == 0 and s.style_weight for s in style)
    assert all(s.style_weight == 0 and s.content_weight for s in content)
    assert {s.objective for s in (*style, *content)} == {Objective.PAPER}
    assert [p.label for p in renders(1) if p.row == 1] == [s.content_layer for s in content]


def test_figure_3_has_a_panel_for_each_style_with_its_inset(order: MakeOrder) -> None:
    made = order(3, styles=5)
    assert [panel.letter for panel in made.panels] == list("ABCDEF")
    jobs = list(made.jobs.values())
    assert [job.styles for job in jobs] == [(style,) for style in made.styles]
    assert all(panel.inset for panel in made.panels[1:])


def test_figure_4_goes_through_the_papers_ratios(order: MakeOrder) -> None:
    settings = [order(4).settings_of(panel) for panel in renders(4)]
    ratios = [s.content_weight / (s.style_weight or 0) for s in settings]
    assert ratios == pytest.approx([1e-4, 1e-3, 1e-2, 1e-1])
    assert [plain(panel.label) for panel in renders(4)] == ["10^-4", "10^-3", "10^-2", "10^-1"]
    assert len({s.replace(style_weight=1.0).to_json() for s in settings}) == 1


def test_figure_5_differs_in_the_content_layer_alone(order: MakeOrder) -> None:
    settings = [order(5).settings_of(panel) for panel in renders(5)]
    assert [s.content_layer for s in settings] == ["conv2_2", "conv4_2"]
    assert len({s.replace(content_layer=None).to_json() for s in settings}) == 1


def test_figure_6_starts_from_content_style_and_four_noises(order: MakeOrder) -> None:
    settings = [order(6).settings_of(panel) for panel in renders(6)]
    assert [s.init for s in settings] == ["content", "style", *["noise"] * 4]
    assert len({s.seed for s in settings[2:]}) == 4


def test_figures_2_and_7_have_one_render(order: MakeOrder) -> None:
    assert len(renders(2)) == len(renders(7)) == 1
    layers = [panel.layer for panel in FIGURES[2].plan(1) if panel.shows is Shows.GRAM]
    assert layers == [name for name in PAPER_STYLE_LAYERS for _ in range(3)]


def test_the_users_settings_go_before_the_figures_and_below_the_panels(order: MakeOrder) -> None:
    made = order(5, seed=7, style_weight=3.0, objective="paper", size=64)
    (first, second) = (made.settings_of(panel) for panel in renders(5))
    assert (first.seed, first.style_weight, first.size) == (7, 3.0, 64)
    assert first.objective is Objective.PAPER
    assert (first.content_layer, second.content_layer) == ("conv2_2", "conv4_2")


@pytest.mark.parametrize(
    ("number", "given", "flag"),
    [
        (1, {"content_layer": "conv1_1"}, "--content-layer"),
        (4, {"style_weight": 3}, "--style-weight"),
        (6, {"init": "noise"}, "--init"),
        (6, {"seed": 3}, "--seed"),
    ],
)
def test_what_a_figure_is_about_cannot_be_set(
    order: MakeOrder, number: int, given: dict[str, object], flag: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        order(number, **given)
    assert flag in refused.value.cause
    assert flag in refused.value.remedy


@pytest.mark.parametrize(("number", "styles"), [(4, 2), (3, 0), (7, 0)])
def test_too_many_styles_or_none_are_refused(order: MakeOrder, number: int, styles: int) -> None:
    with pytest.raises(InputError, match=f"figure {number} takes"):
        order(number, styles=styles)


def test_the_defaults_are_settings_that_go_together() -> None:
    for figure in FIGURES.values():
        for panel in figure.plan(2):
            Settings.of({**figure.settings, **panel.settings})


def test_a_start_from_a_file_is_refused_with_what_there_is(order: MakeOrder) -> None:
    with pytest.raises(SettingsError) as refused:
        order(7, init="photo.png")
    assert "photo.png" in refused.value.cause
    assert "noise" in refused.value.remedy
