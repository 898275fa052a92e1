"""Pictures brought to the size of a scale."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from engine import geometry
from engine.choices import StyleFit
from engine.job import Picture


def tensor_of(picture: Picture) -> Tensor:
    """A picture as float32 (H, W, 3) in 0 … 1, on the CPU."""
    return _numbers(picture).float().div_(2**picture.depth - 1)


def at_size(picture: Picture, width: int, height: int) -> Tensor:
    """A picture at a size, (H, W, 3) on the CPU: float32 in 0 … 1, or its own bytes.

    Where it has that size and 8 bits, they stay its own, not to be changed: as floats they are
    four times as large, and whoever walks over them makes those of a tile at a time.
    """
    if picture.size == (width, height) and picture.depth == 8:
        return _numbers(picture)
    return resized(tensor_of(picture), width, height)


def planes(picture: Tensor) -> Tensor:
    """(H, W, 3) as a view (1, 3, H, W), that torch sees to be channels last."""
    # Not `permute(2, 0, 1)[None]`, which it takes for out of order and copies.
    return picture[None].permute(0, 3, 1, 2)


def resized(picture: Tensor, width: int, height: int) -> Tensor:
    """Resample (H, W, 3) with antialiasing, on the CPU, the same on every device."""
    if picture.shape[:2] == (height, width):
        return picture
    size = height, width
    result = F.interpolate(planes(picture.cpu()), size=size, mode="bicubic", antialias=True)
    return result[0].permute(1, 2, 0).contiguous().clamp_(0, 1)


def with_change(base: Tensor, below: Tensor, coarse: Tensor) -> Tensor:
    """A picture with what a coarse one changes of it, as a Laplacian pyramid adds up.

    Args:
        base: (H, W, 3).
        below: (h, w, 3), the same picture at a smaller size.
        coarse: (h, w, 3), `below` as it was altered.

    Returns:
        (H, W, 3), where `base` is: `base` in all that `coarse` is too small to hold.
    """
    height, width = base.shape[:2]
    change = planes(coarse.to(base.device) - below.to(base.device))
    grown = F.interpolate(change, size=(height, width), mode="bicubic", antialias=True)
    return (base + grown[0].permute(1, 2, 0)).clamp_(0, 1)


def style_resized(style: Tensor, content: tuple[int, int], fit: StyleFit, scale: float) -> Tensor:
    """Bring a style picture to the content's size.

    Args:
        style: (H, W, 3).
        content: width and height at this scale, px.
        fit: `whole` gives it the content's area, `cover` the content's sides by cropping its
            centre, `stretch` the content's sides by distorting it.
        scale: size relative to that; above 1 the strokes grow.
    """
    own_height, own_width = style.shape[:2]
    fitted = resized(style, *geometry.style_size((own_width, own_height), content, fit, scale))
    return _centre(fitted, *content) if fit is StyleFit.COVER else fitted


def noise(width: int, height: int, seed: int) -> Tensor:
    """White noise, uniform in 0 … 1, (H, W, 3); the same on every device."""
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(height, width, 3, generator=generator)


def _numbers(picture: Picture) -> Tensor:
    # A copy only of what must not be written to: torch warns of that.
    return torch.from_numpy(np.require(picture.pixels, requirements=["C", "W"]))


def _centre(picture: Tensor, width: int, height: int) -> Tensor:
    own_height, own_width = picture.shape[:2]
    left, top = max(0, own_width - width) // 2, max(0, own_height - height) // 2
    return picture[top : top + height, left : left + width].contiguous()
