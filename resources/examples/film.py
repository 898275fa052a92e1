"""From light to a picture: denoising, bloom, a film's shoulder, sRGB."""

from __future__ import annotations

import numpy as np

from resources.examples.maths import Array


def denoised(seen: Array, samples: int) -> Array:
    """Smooth the light, not the colours it falls on, (3, height, width), where surfaces agree."""
    base = seen[3:6] + 0.01
    ratio = np.minimum(seen[:3] / base, 30)
    guide = np.concatenate([seen[6:9] * 4, np.log(seen[9:10] + 1) * 8, np.log(base) * 1.2])
    for step, trust in ((1, 0.0), (2, samples * 0.4), (4, samples * 0.8), (1, samples * 0.4)):
        total, weight = ratio.copy(), np.ones_like(ratio[:1])
        tone = np.log(ratio.mean(0) + 0.05)
        for shift in ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
            move = (shift[0] * step, shift[1] * step)
            other = np.roll(ratio, move, (1, 2))
            apart = ((np.roll(guide, move, (1, 2)) - guide) ** 2).sum(0)
            apart = apart + (np.roll(tone, move, (0, 1)) - tone) ** 2 * trust * (1 + 25 * seen[10])
            share = np.exp(-apart) * (0.7 if 0 in shift else 0.5)
            total, weight = total + other * share, weight + share
        ratio = total / weight
    return (ratio * base).astype(np.float32)


def developed(light: Array, exposure: float, bloom: float = 0.06) -> Array:
    """Linear light as a film shows it: bloom, shoulder, a darker rim; sRGB 0 … 1."""
    height, width = light.shape[:2]
    light = light * exposure
    bright = np.minimum(light, 12)
    halo = sum(blurred(bright, width * sigma) for sigma in (0.004, 0.015, 0.05)) / 3
    light = light * (1 - bloom) + halo * bloom
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = light * (1 - 0.13 * (x * x + y * y)[..., None])
    film = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
    return to_srgb(film.clip(0, 1))


def to_srgb(linear: Array) -> Array:
    """Encode linear light for display."""
    return np.where(
        linear < 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 1e-6) ** (1 / 2.4) - 0.055
    ).astype(np.float32)


def blurred(image: Array, sigma: float) -> Array:
    """A Gaussian blur of `sigma` pixels, mirrored at the rims."""
    pad = int(sigma * 3) + 1
    wide = np.pad(image, ((pad, pad), (pad, pad), (0, 0)), mode="symmetric")
    y, x = (
        np.fft.fftfreq(wide.shape[0])[:, None, None],
        np.fft.rfftfreq(wide.shape[1])[None, :, None],
    )
    lens = np.exp(-2 * (np.pi * sigma) ** 2 * (y**2 + x**2))
    soft = np.fft.irfft2(np.fft.rfft2(wide, axes=(0, 1)) * lens, s=wide.shape[:2], axes=(0, 1))
    return soft[pad:-pad, pad:-pad].astype(np.float32)
