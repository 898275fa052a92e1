"""The mathematics of colours: their statistics, and what maps one picture's onto another's.

All of it is done on sRGB values as they are stored, as in Gatys et al., *Controlling Perceptual
Factors in Neural Style Transfer* (CVPR 2017), section 5: the network sees these values, and every
step here is linear in them, so that it does not matter whether a picture is scaled before or after.
Light is Y of YIQ, Y = 0.299 R + 0.587 G + 0.114 B; chroma is the rest, (R − Y, G − Y, B − Y), which
is as much as I and Q.

What is computed on pictures is written so that NumPy's arrays and torch's tensors will both do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from engine.choices import Colours

LUMA: Final = (0.299, 0.587, 0.114)
"""Of red, green and blue in the light."""

LARGEST_GAIN: Final = 8.0
"""Times that a style's differences of colour are stretched at most: a grey palette's would be noise
of its file, blown up."""

_LARGEST_RATIO: Final = 16.0
"""For Cholesky's factors, whose gain in each direction is not known beforehand."""

_LEAST_VARIANCE: Final = 1e-6
"""Of a direction without any: less than the steps of 8 bits make."""

_LEAST_SHARE: Final = 0.1
"""Of a painting's own chroma in what is shown, that it is told from."""

_AT_ONCE: Final = 2**16
"""Positions whose colours are summed up at once."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Palette:
    """The statistics of a picture's colours.

    Attributes:
        mean: (3,) RGB in 0 … 1.
        covariance: (3, 3).
    """

    mean: Matrix
    covariance: Matrix

    @classmethod
    def of(cls, pixels: NDArray[Any]) -> Self:
        """Measure a picture (H, W, 3): bytes, 16 bits, or floats in 0 … 1."""
        top = np.iinfo(pixels.dtype).max if np.issubdtype(pixels.dtype, np.integer) else 1
        first, second = np.zeros(3), np.zeros((3, 3))
        rows = max(1, _AT_ONCE // pixels.shape[1])
        for begin in range(0, len(pixels), rows):
            colours = pixels[begin : begin + rows].reshape(-1, 3) / np.float64(top)
            first += colours.sum(0)
            second += colours.T @ colours
        count = pixels.shape[0] * pixels.shape[1]
        mean = first / count
        return cls(mean, second / count - np.outer(mean, mean))

    @property
    def light(self) -> tuple[float, float]:
        """Mean and variance of the light."""
        weights = np.array(LUMA)
        variance = float(weights @ self.covariance @ weights)
        return float(weights @ self.mean), max(0.0, variance)  # rounding, of a constant one


@dataclass(frozen=True, slots=True)
class ColourMap:
    """An affine map of colours, x ↦ matrix x + offset.

    Attributes:
        matrix: (3, 3).
        offset: (3,).
    """

    matrix: Matrix
    offset: Matrix

    @classmethod
    def identity(cls) -> Self:
        """Leaves all colours as they are."""
        return cls(np.eye(3), np.zeros(3))

    @property
    def is_identity(self) -> bool:
        """Whether it changes nothing."""
        return bool((self.matrix == np.eye(3)).all() and not self.offset.any())

    def partly(self, strength: float) -> ColourMap:
        """Go only part of the way: 0 is the identity, 1 this map."""
        matrix = (1 - strength) * np.eye(3) + strength * self.matrix
        return ColourMap(matrix, strength * self.offset)

    def of(self, palette: Palette) -> Palette:
        """The statistics of colours that had these."""
        mean = self.matrix @ palette.mean + self.offset
        return Palette(mean, self.matrix @ palette.covariance @ self.matrix.T)

    def apply(self, colours: Any) -> None:  # noqa: ANN401 (NumPy's or torch's)
        """Map colours (…, 3), in place; not clipped."""
        red, green, blue = (colours[..., channel] * 1.0 for channel in range(3))
        for channel, (weights, offset) in enumerate(
            zip(self.matrix.tolist(), self.offset.tolist(), strict=True)
        ):
            mixed = weights[0] * red + weights[1] * green + weights[2] * blue
            colours[..., channel] = mixed + offset


GREY: Final = ColourMap(np.tile(LUMA, (3, 1)), np.zeros(3))
"""Leaves the light alone."""


def content_map(colours: Colours, strength: float) -> ColourMap:
    """What happens to the photograph's colours before the network sees them."""
    return GREY.partly(strength) if colours is Colours.LUMINANCE else ColourMap.identity()


def style_map(colours: Colours, strength: float, style: Palette, content: Palette) -> ColourMap:
    """What happens to a painting's colours before the network sees them."""
    if colours is Colours.STYLE:
        return ColourMap.identity()
    full = _light_matched if colours is Colours.LUMINANCE else _matched
    return full(colours, style, content).partly(strength)


def _light_matched(_: Colours, style: Palette, content: Palette) -> ColourMap:
    """Grey, with mean and deviation of the photograph's light (section 5.1, equation 4)."""
    (mean, variance), (wanted_mean, wanted) = style.light, content.light
    floor = max(wanted / LARGEST_GAIN**2, _LEAST_VARIANCE)
    gain = (wanted / max(variance, floor)) ** 0.5
    return ColourMap(gain * GREY.matrix, np.full(3, wanted_mean - gain * mean))


def _matched(colours: Colours, style: Palette, content: Palette) -> ColourMap:
    """With mean and covariance of the photograph's colours (section 5.2, equations 5 to 8).

    A Σ_s Aᵀ = Σ_c, by symmetric square roots or by Cholesky's factors. They are equal wherever no
    difference of colour has to be stretched more than `LARGEST_GAIN` times.
    """
    theirs, wanted = style.covariance, content.covariance
    values, vectors = np.linalg.eigh(theirs)
    if colours is Colours.CHOLESKY:
        floor = np.full(3, np.linalg.eigvalsh(wanted)[-1] / _LARGEST_RATIO**2)
    else:
        along = np.einsum("ij,ik,kj->j", vectors, wanted, vectors)  # Σ_c in these directions
        floor = along / LARGEST_GAIN**2
    values = np.maximum(values, np.maximum(floor, _LEAST_VARIANCE))
    if colours is Colours.CHOLESKY:
        steady = (vectors * values) @ vectors.T
        factor = np.linalg.cholesky(wanted + 1e-12 * np.eye(3))
        matrix = factor @ np.linalg.inv(np.linalg.cholesky(steady))
    else:
        matrix = _square_root(wanted) @ (vectors / np.sqrt(values)) @ vectors.T
    return ColourMap(matrix, content.mean - matrix @ style.mean)


def _square_root(covariance: Matrix) -> Matrix:
    values, vectors = np.linalg.eigh(covariance)
    return (vectors * np.sqrt(values.clip(min=0))) @ vectors.T


def light(colours: Any) -> Any:  # noqa: ANN401 (NumPy's or torch's)
    """Y of colours (…, 3), (…, 1)."""
    red, green, blue = LUMA
    y = red * colours[..., 0] + green * colours[..., 1] + blue * colours[..., 2]
    return y[..., None]


def fit(colours: Any) -> None:  # noqa: ANN401 (NumPy's or torch's)
    """Bring colours (…, 3) into 0 … 1, in place: their light and hue stay, they get paler.

    Clipping each channel for itself would change all three.
    """
    grey = light(colours)
    chroma = colours - grey
    grey = grey.clip(0, 1)
    most, least = _extremes(chroma)
    share = ((1 - grey) / most.clip(min=1e-12)).clip(max=1)
    share = share.clip(max=grey / (-least).clip(min=1e-12))
    colours[...] = (grey + share * chroma).clip(0, 1)


def _extremes(colours: Any) -> tuple[Any, Any]:  # noqa: ANN401 (NumPy's or torch's)
    """The largest and the smallest channel of each colour, (…, 1)."""
    red, green, blue = (colours[..., channel : channel + 1] for channel in range(3))
    return red.clip(min=green).clip(min=blue), red.clip(max=green).clip(max=blue)


@dataclass(frozen=True, slots=True)
class Mixture:
    """Whose chroma the finished picture shows; its light is the painting's.

    Attributes:
        own: share of what was painted.
        kept: share of the photograph's.
    """

    own: float
    kept: float

    @classmethod
    def of(cls, colours: Colours, strength: float, blend: float) -> Self:
        """What the settings come to.

        Where only light is painted, in the measure of `strength`, the photograph's chroma is put
        back in that measure; `blend` then goes the rest of the way to it.
        """
        share = strength if colours is Colours.LUMINANCE else 0.0
        return cls(0.0 if share == 1 else 1 - blend, share + blend - share * blend)

    @property
    def is_plain(self) -> bool:
        """Whether what was painted is shown as it is."""
        return (self.own, self.kept) == (1, 0)

    def mix(self, painted: Any, photograph: Any) -> None:  # noqa: ANN401 (NumPy's or torch's)
        """Turn what was painted into what is shown, (…, 3), in place; not clipped."""
        grey = light(painted)
        chroma = photograph - light(photograph)
        painted[...] = grey + self.own * (painted - grey) + self.kept * chroma

    def unmix(self, shown: Any, photograph: Any) -> None:  # noqa: ANN401 (NumPy's or torch's)
        """Go back from what is shown to what would have to be painted, in place; not clipped."""
        grey = light(shown)
        chroma = shown - grey - self.kept * (photograph - light(photograph))
        # Of a picture that shows next to nothing of its own, only its light is known well.
        shown[...] = grey + chroma * (1 / max(self.own, _LEAST_SHARE) if self.own else 0.0)
