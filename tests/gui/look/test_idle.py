"""Settings without effect say so, and moving one gives it its effect where it can."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox

from engine.layers import LAYERS
from gui.look.panel import LookPanel


@pytest.fixture
def panel(panel: LookPanel) -> LookPanel:
    """With its advanced settings open."""
    panel.advanced.button.click()
    return panel


def idle(panel: LookPanel) -> set[str]:
    return {name for name, each in panel.controls.items() if not each.aside.isHidden()}


@pytest.mark.parametrize(
    ("settings", "names", "why"),
    [
        ({}, {"colour_strength"}, "The style's own colours"),
        ({"colours": "match"}, set(), ""),
        ({"colours": "luminance"}, {"colour_blend"}, "put back already"),
        ({"colours": "luminance", "colour_strength": 0.5}, set(), ""),
        ({"colours": "match", "style_layers": "conv1_1"}, {"detail"}, "The style layers are named"),
    ],
)
def test_what_has_no_effect_says_so_and_why(
    panel: LookPanel, settings: dict[str, object], names: set[str], why: str
) -> None:
    panel._session.set(**settings)
    assert idle(panel) == names
    for name in names:
        control = panel.controls[name]
        assert why in control.aside.toolTip()
        assert why in control.field.accessibleDescription()
        assert control.isEnabled()


def test_moving_detail_leaves_the_layers_to_impasto_again(panel: LookPanel) -> None:
    panel._session.set(style_layers="conv1_1,conv2_1", detail=20)
    slider = panel.controls["detail"].slider
    assert slider is not None
    slider.setValue(80)
    slider._send()
    settings = panel._session.state.settings
    assert (settings.detail, settings.style_layers) == (80, None)
    assert idle(panel) == {"colour_strength"}


def test_naming_layers_leaves_detail_as_it_was(panel: LookPanel) -> None:
    panel._session.set(detail=20)
    panel.controls["style_layers"].asked.emit("conv1_1")
    assert panel._session.state.settings.detail == 20
    assert idle(panel) == {"detail", "colour_strength"}


def test_colours_and_content_layers_are_chosen_by_words(panel: LookPanel) -> None:
    colours, layers = (panel.controls[name].field for name in ("colours", "content_layer"))
    assert isinstance(colours, QComboBox)
    assert isinstance(layers, QComboBox)
    assert [colours.itemText(row) for row in range(colours.count())] == [
        "the style's",
        "the photograph's",
        "the style's, matched",
        "matched by Cholesky",
    ]
    colours.activated.emit(colours.findText("the photograph's"))
    colours.setCurrentIndex(1)
    colours.activated.emit(1)
    assert panel._session.state.settings.colours == "luminance"
    assert [layers.itemData(row) for row in range(1, layers.count())] == list(LAYERS)
    assert layers.itemText(layers.findData("conv5_2")) == "conv5_2: keeps layout"
    layers.setCurrentIndex(layers.findData("conv5_2"))
    layers.activated.emit(layers.findData("conv5_2"))
    assert panel._session.state.settings.content_layer == "conv5_2"
