"""The seven figures of the paper, declared."""

from __future__ import annotations

from itertools import accumulate
from string import ascii_uppercase
from typing import Final

from engine.figures.captions import CAPTIONS
from engine.figures.panels import Figure, Panel, Shows
from engine.layers import PAPER_STYLE_LAYERS

SIZE: Final = 256
"""Long side of a panel where none is given, px."""

CONTENT_LAYERS: Final = ("conv1_2", "conv2_2", "conv3_2", "conv4_2", "conv5_2")
"""That figure 1 reconstructs the content from."""

RATIOS: Final = (-4, -3, -2, -1)
"""Powers of ten that the weight of the content is to that of the style in figure 4."""

NOISES: Final = (1, 2, 3, 4)
"""Seeds of figure 6."""

_CONTENT_LAYER: Final = "conv4_2"
"""Of figure 2."""

_COLUMNS: Final = 3
"""Of figure 3."""

_EXACT: Final = {"objective": "paper", "size": SIZE, "steps": 150, "seed": 1}
"""The formulas to the letter, from white noise, at one scale."""
_FREE: Final = {"size": SIZE, "steps": 120, "seed": 1}
"""As a render without any flags is painted."""
_FROM_NOISE: Final = {**_FREE, "init": "noise", "steps": 150}
"""In the balanced objective too, whose ratios mean the same at any size."""


def _reconstructions(_: int) -> tuple[Panel, ...]:
    styles = (f"{'' if i == 0 else '+ '}{name}" for i, name in enumerate(PAPER_STYLE_LAYERS))
    cumulative = accumulate(((name,) for name in PAPER_STYLE_LAYERS), lambda a, b: a + b)
    return (
        Panel(0, 0, Shows.STYLE, label="Style"),
        *(
            Panel(
                0, i, Shows.RENDER, "abcde"[i - 1], label,
                {"content_weight": 0.0, "style_weight": 1000.0, "style_layers": ",".join(layers)},
            )
            for i, (label, layers) in enumerate(zip(styles, cumulative, strict=True), 1)
        ),
        Panel(1, 0, Shows.CONTENT, label="Content"),
        *(
            Panel(
                1, i, Shows.RENDER, "abcde"[i - 1], layer,
                {"content_weight": 1.0, "style_weight": 0.0, "content_layer": layer},
            )
            for i, layer in enumerate(CONTENT_LAYERS, 1)
        ),
    )  # fmt: skip


def _anatomy(_: int) -> tuple[Panel, ...]:
    pictures = (
        Panel(0, 0, Shows.STYLE, "a", "the style"),
        Panel(0, 3, Shows.RENDER, "x", "the result"),
        Panel(0, 6, Shows.CONTENT, "p", "the content"),
    )
    layers = sorted((*PAPER_STYLE_LAYERS, _CONTENT_LAYER))
    tables = (
        panel
        for row, layer in enumerate(layers, 1)
        for column, of in ((0, Shows.STYLE), (3, Shows.RENDER), (6, Shows.CONTENT))
        for panel in _table(row, column, layer, of)
    )
    return (*pictures, *tables)


def _table(row: int, column: int, layer: str, of: Shows) -> tuple[Panel, ...]:
    """What a layer makes of a picture: its maps, and their Gram matrix where the style's count."""
    is_content = layer == _CONTENT_LAYER
    is_compared = is_content and of is Shows.RENDER
    maps = Panel(row, column, Shows.MAPS, "", layer, layer=layer, of=of, has_caption=is_compared)
    if is_content:
        return (maps,)
    label = {Shows.STYLE: "A", Shows.RENDER: "G"}.get(of, "G of p")
    is_compared = of is not Shows.STYLE
    column += 1
    gram = Panel(row, column, Shows.GRAM, "", label, layer=layer, of=of, has_caption=is_compared)
    return maps, gram


def _styles(count: int) -> tuple[Panel, ...]:
    content = Panel(0, 0, Shows.CONTENT, "A")
    return (
        content,
        *(
            Panel(*divmod(i, _COLUMNS), Shows.RENDER, _letter(i), style=i - 1, inset=True)
            for i in range(1, count + 1)
        ),
    )


def _ratios(_: int) -> tuple[Panel, ...]:
    return tuple(
        Panel(
            *divmod(i, 2), Shows.RENDER, label=f"10^{{{power}}}",
            settings={"content_weight": 1.0, "style_weight": 10.0**-power},
        )
        for i, power in enumerate(RATIOS)
    )  # fmt: skip


def _content_layers(_: int) -> tuple[Panel, ...]:
    return (
        Panel(0, 0, Shows.CONTENT, label="Content"),
        *(
            Panel(0, i, Shows.RENDER, label=layer, settings={"content_layer": layer})
            for i, layer in enumerate(("conv2_2", "conv4_2"), 1)
        ),
    )


def _starts(_: int) -> tuple[Panel, ...]:
    return (
        Panel(0, 0, Shows.CONTENT, label="Content"),
        Panel(0, 1, Shows.STYLE, label="Style"),
        Panel(0, 2, Shows.RENDER, "A", "from the content", {"init": "content"}),
        Panel(0, 3, Shows.RENDER, "B", "from the style", {"init": "style"}),
        *(
            Panel(1, i, Shows.RENDER, "C", f"from noise {n}", {"init": "noise", "seed": n})
            for i, n in enumerate(NOISES)
        ),
    )


def _photographs(_: int) -> tuple[Panel, ...]:
    return (
        Panel(0, 0, Shows.CONTENT, "A", "Content"),
        Panel(0, 1, Shows.STYLE, "B", "Style"),
        Panel(0, 2, Shows.RENDER, "C", "Result"),
    )


def _letter(index: int) -> str:
    """A … Z, then AA …, as a table's columns are called."""
    more, last = divmod(index, len(ascii_uppercase))
    return (_letter(more - 1) if more else "") + ascii_uppercase[last]


_ALL: Final = (
    Figure(
        1,
        "What the layers keep",
        "the style found again from the statistics of ever more layers, the content from "
        "ever deeper ones.",
        CAPTIONS[1],
        _reconstructions,
        "harbour",
        ("impasto",),
        _EXACT,
        {0: "Style reconstructions", 1: "Content reconstructions"},
    ),
    Figure(
        2,
        "The algorithm",
        "feature maps and Gram matrices of the style, the result and the content, by "
        "layer, with the losses.",
        CAPTIONS[2],
        _anatomy,
        "harbour",
        ("impasto",),
        _FREE,
    ),
    Figure(
        3,
        "One photograph, several styles",
        "the photograph in each of the styles named, with the style in the corner.",
        CAPTIONS[3],
        _styles,
        "harbour",
        ("impasto", "mosaic", "woodcut", "watercolour", "cubism"),
        _FREE,
        many=True,
    ),
    Figure(
        4,
        "Content against style",
        "the weight of the content against that of the style, from 1e-4 to 1e-1.",
        CAPTIONS[4],
        _ratios,
        "harbour",
        ("impasto",),
        _FROM_NOISE,
    ),
    Figure(
        5,
        "The content layer",
        "the content matched on conv2_2 and on conv4_2.",
        CAPTIONS[5],
        _content_layers,
        "harbour",
        ("impasto",),
        {**_FROM_NOISE, "style_weight": 10.0},
    ),
    Figure(
        6,
        "Where the optimisation starts",
        "started from the content, from the style, and from four noises.",
        CAPTIONS[6],
        _starts,
        "harbour",
        ("impasto",),
        {**_FREE, "style_weight": 10.0, "steps": 150},
    ),
    Figure(
        7,
        "From photograph to photograph",
        "the style of one photograph on another.",
        CAPTIONS[7],
        _photographs,
        "harbour",
        ("street",),
        _FREE,
    ),
)

FIGURES: Final = {figure.number: figure for figure in _ALL}
"""By the paper's numbers."""
