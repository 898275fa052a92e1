"""The words below the figures, marked up; they are English, as the figures' labels are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

CAPTIONS: Final = {
    1: (
        "Pictures found from white noise by one term of the loss alone. Above, the style: from "
        "conv1_1 alone up to all five layers, structures of growing size are matched, and the "
        "arrangement of the scene is discarded. Below, the content: from shallow layers nearly "
        "every pixel comes back, from deep ones what there is and where."
    ),
    2: (
        "What the loss sees. Of the style a, the result x and the content p, for each layer some "
        "of the feature maps and the Gram matrix, in colours for the logarithms of its numbers. "
        "E_{l} is the distance of a Gram matrix from the style's, L_{content} that of the "
        "result's feature maps from the content's."
    ),
    3: (
        "The content of a photograph (A) in the styles of several pictures, each of which is in "
        "the lower left corner of its panel."
    ),
    4: (
        "The weight of the content relative to that of the style (alpha over beta), from 10^{-4}, "
        "which matches the style and hardly shows the photograph, to 10^{-1}, which keeps the "
        "photograph and less of the style."
    ),
    5: (
        "The photograph, and its content matched on a shallow and on a deep layer. conv2_2 keeps "
        "much of each pixel, so that the style lies over the photograph; conv4_2 keeps what there "
        "is and where, and lets the style change edges and colours."
    ),
    6: (
        "Results from the content (A), from the style (B), and from four pictures of white noise "
        "(C). The start biases the result little; only noise gives as many different results as "
        "one likes."
    ),
    7: (
        "The style of one photograph (B) on the content of another (A): light and colours change, "
        "the scene stays."
    ),
}
"""By the paper's numbers."""


def headline(number: int, title: str) -> str:
    """What a figure is called."""
    return f"Figure {number}: {title}"


def sources(content: str, styles: Sequence[str]) -> str:
    """Of which pictures it was made, by their names."""
    return f"Content: {content}. {'Styles' if styles[1:] else 'Style'}: {', '.join(styles)}."
