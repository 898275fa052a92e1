"""Pictures brought to the size of a scale."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.imageio import SMALLEST_SIDE
from engine.job import Picture
from engine.settings import StyleFit


def tensor_of(picture: Picture) -> Tensor:
    """A picture as float32 (H, W, 3) in 0 … 1, on the CPU."""
    return torch.from_numpy(picture.pixels.copy()).float().div_(2**picture.depth - 1)


def resized(picture: Tensor, width: int, height: int) -> Tensor:
    """Resample (H, W, 3) with antialiasing, on the CPU, the same on every device."""
    if picture.shape[:2] == (height, width):
        return picture
    planes = picture.cpu().permute(2, 0, 1)[None]
    result = F.interpolate(planes, size=(height, width), mode="bicubic", antialias=True)
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
    planes = (coarse.to(base.device) - below.to(base.device)).permute(2, 0, 1)[None]
    grown = F.interpolate(planes, size=(height, width), mode="bicubic", antialias=True)
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
    width, height = content
    if fit is StyleFit.STRETCH:
        return resized(style, *_at_least(round(width * scale), round(height * scale)))
    own_height, own_width = style.shape[:2]
    if fit is StyleFit.WHOLE:
        factor = scale * (width * height / (own_width * own_height)) ** 0.5
    else:
        factor = scale * max(width / own_width, height / own_height)
    fitted = resized(style, *_at_least(round(own_width * factor), round(own_height * factor)))
    return _centre(fitted, width, height) if fit is StyleFit.COVER else fitted


def noise(width: int, height: int, seed: int) -> Tensor:
    """White noise, uniform in 0 … 1, (H, W, 3); the same on every device."""
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(height, width, 3, generator=generator)


def _at_least(width: int, height: int) -> tuple[int, int]:
    return max(width, SMALLEST_SIDE), max(height, SMALLEST_SIDE)


def _centre(picture: Tensor, width: int, height: int) -> Tensor:
    own_height, own_width = picture.shape[:2]
    left, top = max(0, own_width - width) // 2, max(0, own_height - height) // 2
    return picture[top : top + height, left : left + width].contiguous()
