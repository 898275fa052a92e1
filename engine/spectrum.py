"""How strongly the loss curves by frequency and colour, learnt from the steps of a run.

The losses bend the picture's coarse forms and its finest grain far less than what lies between, by
factors of ten and more, and each network does so differently. An update rule that starts from one
length for all frequencies spends most of its iterations on finding that out. Here the ratio of each
band's steps to the changes of its gradient says how far the next step may go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from engine.colour import OPPONENTS

BANDS: Final = 10
"""One for each octave, from 1/512 cycle per px up to the grid's corner."""

LARGEST_GAIN: Final = 30.0
"""Relative to the mean: a band that hardly moved has taught next to nothing."""

_AT_ONCE: Final = 2**15
"""Frequencies that are shared out at once: more would not stay in the cache."""
_AT_ONCE_ELSEWHERE: Final = 2**22
"""Likewise where each call costs time of its own."""


@dataclass(frozen=True, slots=True)
class Spectrum:
    """The frequencies of a picture's grid.

    Attributes:
        height: of the picture, px.
        width: likewise.
        place: (H, W // 2 + 1) where each frequency lies among the bands, 0 … BANDS − 1.
        copies: (W // 2 + 1,) how often the whole spectrum holds each column of this half.
    """

    height: int
    width: int
    place: Tensor
    copies: Tensor

    @classmethod
    def of(cls, picture: Tensor) -> Spectrum:
        """The frequencies of pictures of the size of this one, (H, W, 3)."""
        height, width = picture.shape[:2]
        # Elsewhere the transform is missing, or was never seen to work.
        home = picture.device if picture.device.type in ("cpu", "cuda") else torch.device("cpu")
        rows = torch.fft.fftfreq(height).to(home, picture.dtype)[:, None]
        columns = torch.fft.rfftfreq(width).to(home, picture.dtype)[None]
        cycles = (rows.square() + columns.square()).sqrt_().clamp_min_(2.0 ** (1 - BANDS))
        place = cycles.log2_().add_(BANDS - 1).clamp_(0, BANDS - 1)
        copies = torch.full_like(columns[0], 2.0)
        copies[0] = 1
        if width % 2 == 0:
            copies[-1] = 1
        return cls(height, width, place, copies)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the pictures, px."""
        return self.height, self.width

    def energies(self, vector: Tensor) -> Tensor:
        """How much of the square of a vector's length lies in each band.

        Args:
            vector: (H, W, 3).

        Returns:
            (3, BANDS) by opponent colour; the sum over all is the square of the length.
        """
        power = self._waves(vector).abs().square_().mul_(self.copies)  # (3, H, W // 2 + 1)
        at_once = _AT_ONCE if power.device.type == "cpu" else _AT_ONCE_ELSEWHERE
        bands = torch.arange(BANDS).to(self.place)[:, None]
        sums = power.new_zeros(3, BANDS)
        blocks = power.flatten(1).split(at_once, 1), self.place.flatten().split(at_once)
        for powers, places in zip(*blocks, strict=True):
            shares = (bands - places).abs_().neg_().add_(1).clamp_min_(0)
            sums.addmm_(powers, shares.T)
        return sums / (self.height * self.width)

    def scaled(self, vector: Tensor, gains: Tensor) -> Tensor:
        """A vector with each frequency times its gain, between bands as `energies` shares out.

        Args:
            vector: (H, W, 3).
            gains: (3, BANDS), above 0: this is a symmetric, positive definite map.
        """
        below = self.place.floor().clamp_max_(BANDS - 2)
        share, index = self.place - below, below.long()
        waves = self._waves(vector)
        for plane, gain in zip(waves, gains.to(self.place), strict=True):
            plane *= torch.lerp(gain[index], gain[index + 1], share)
        planes = torch.fft.irfft2(waves, s=(self.height, self.width))
        return (planes.permute(1, 2, 0) @ OPPONENTS.to(planes)).to(vector.device)

    def _waves(self, vector: Tensor) -> Tensor:
        vector = vector.to(self.place.device)
        planes = (vector @ OPPONENTS.to(vector).T).permute(2, 0, 1)
        return torch.fft.rfft2(planes.contiguous())


def lengths(changes: Tensor, slopes: Tensor) -> Tensor:
    """How far a step may go in each band, relative to the mean.

    Args:
        changes: (3, BANDS) energies of steps.
        slopes: (3, BANDS) energies of the changes of the gradient along them.

    Returns:
        (3, BANDS): the geometric mean of the two Barzilai–Borwein lengths, √(Σ s² / Σ y²).
    """
    mean = (changes.sum() / slopes.sum()).sqrt()
    ratio = (changes / slopes.clamp_min(torch.finfo(slopes.dtype).tiny)).sqrt() / mean
    known = torch.where(slopes > 0, ratio, torch.ones_like(ratio))
    return known.clamp(1 / LARGEST_GAIN, LARGEST_GAIN)
