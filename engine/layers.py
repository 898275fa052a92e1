"""The network's layers by the paper's names, and how weights for them are written and checked."""

from __future__ import annotations

import difflib
from typing import Final

CONVOLUTIONS_PER_BLOCK = (2, 2, 4, 4, 4)
LAYERS = tuple(
    f"conv{block}_{index}"
    for block, count in enumerate(CONVOLUTIONS_PER_BLOCK, start=1)
    for index in range(1, count + 1)
)
"""VGG-19's convolutions by the paper's names, shallow to deep."""
PAPER_STYLE_LAYERS = ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")

TILT: Final = 4.0
"""Between neighbouring blocks, at either end of `tilted`."""

KEEPS: Final = ("every pixel", "pixels", "fine forms", "forms", "layout")
"""What the features of each block hold on to, and so what a content layer there keeps."""

LAYER_WORDS: Final = {name: f"{name}: keeps {KEEPS[int(name[4]) - 1]}" for name in LAYERS}
"""The layers as content layers, in words."""

LayerWeights = tuple[tuple[str, float], ...]


def checked_layer(name: object) -> str:
    """Return the name of a layer that exists.

    Raises:
        ValueError: there is none of that name.
    """
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


def as_mapping(weights: LayerWeights | None) -> dict[str, float] | None:
    """The weights by layer, as JSON has them."""
    return None if weights is None else dict(weights)


def checked_layer_weights(weights: LayerWeights) -> LayerWeights:
    """Check the layers of a style, and put them shallow first.

    Raises:
        ValueError: none, one that does not exist or comes twice, or weights that cannot be.
    """
    names = [checked_layer(name) for name, _ in weights]
    if not names:
        raise ValueError("at least one layer is needed; for no style set the style weight to 0")
    if len(set(names)) < len(names):
        raise ValueError("a layer is named twice")
    if any(weight < 0 for _, weight in weights):
        raise ValueError("weights are 0 or more")
    if not any(weight for _, weight in weights):
        raise ValueError("all weights are 0; for no style set the style weight to 0")
    return tuple(sorted(weights, key=lambda pair: LAYERS.index(pair[0])))


def tilted(weights: LayerWeights, detail: float) -> LayerWeights:
    """Shift a style's weight between shallow layers, whose details are small, and deep ones.

    Each block further down, the last one as the last but one, counts for `TILT` times as much at
    0, and as little at 100; their sum stays.

    Args:
        weights: by layer.
        detail: 0 coarse … 100 fine; 50 leaves the weights as they are.
    """
    if detail == 50:
        return weights
    factor = TILT ** ((50 - detail) / 50)
    moved = [(name, weight * factor ** min(int(name[4]), 4)) for name, weight in weights]
    share = sum(weight for _, weight in weights) / sum(weight for _, weight in moved)
    return tuple((name, float(f"{weight * share:.4g}")) for name, weight in moved)
