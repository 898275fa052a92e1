"""What holds a large picture to the look of a smaller one: the loss of the picture scaled down.

The network sees a few dozen pixels at a time. Nothing in the loss of a large picture holds the
forms that a smaller one was painted for, and so they drift. The loss of the picture scaled down,
added, keeps them where they were and costs the large one next to nothing of its own loss.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.tiling import Evaluation


@dataclass(frozen=True, slots=True)
class Reduction:
    """Scaling down by antialiased bicubic resampling, as two matrices: it is linear, and separable.

    Attributes:
        rows: (h, H).
        columns: (w, W).
    """

    rows: Tensor
    columns: Tensor

    @classmethod
    def between(cls, large: tuple[int, int], small: tuple[int, int], device: str) -> Reduction:
        """From one width and height to another, px."""
        (width, height), (small_width, small_height) = large, small
        matrices = _resampling(height, small_height), _resampling(width, small_width)
        return cls(*(matrix.to(device) for matrix in matrices))

    def down(self, picture: Tensor) -> Tensor:
        """(H, W, 3) as (h, w, 3); as with all bicubics, a little beyond 0 … 1 here and there."""
        planes = [self.rows @ plane @ self.columns.T for plane in picture.unbind(2)]
        return torch.stack(planes, 2)

    def add_gradient(self, whole: Tensor, small: Tensor) -> None:
        """Add a gradient with respect to what `down` made to that of the picture.

        Args:
            whole: (H, W, 3), changed in place.
            small: (h, w, 3).
        """
        for plane, gradient in zip(whole.unbind(2), small.unbind(2), strict=True):
            plane.add_(self.rows.T @ gradient @ self.columns)


def added(whole: Evaluation, small: Evaluation, reduction: Reduction) -> Evaluation:
    """The loss of a picture and the loss of what it is scaled down to.

    Args:
        whole: of the picture; its gradient is changed in place.
        small: of the picture scaled down.
        reduction: by which it was.

    Returns:
        With the terms of the whole picture: only the total and its gradient hold both.
    """
    reduction.add_gradient(whole.gradient, small.gradient)
    total = whole.losses.total + small.losses.total
    return replace(whole, losses=replace(whole.losses, total=total))


def _resampling(length: int, smaller: int) -> Tensor:
    """(smaller, length): each column is what becomes of a single bright pixel."""
    pixels = torch.eye(length)[None, None]  # (1, 1, length, length)
    return F.interpolate(pixels, size=(smaller, length), mode="bicubic", antialias=True)[0, 0]
