"""Writes an animation: WebP and GIF by Pillow, MP4 by PyAV where that is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np
from PIL import Image

from engine.disk import files
from engine.errors import OutputError
from engine.timelapse.animation import Animation

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEBP, GIF, MP4 = SUFFIXES = ".webp", ".gif", ".mp4"
"""Of the files that a timelapse may be; they say the format."""

_WEBP_QUALITY: Final = 82
_CRF: Final = "18"
"""x264's constant quality: not to be told from the source when it moves."""
_VIDEO_FPS: Final = 24
_SAMPLED: Final = 12
"""Frames that GIF's palette is made of."""
_POINTS: Final = 2000
"""Pixels of each of them that it is made of; with more it takes seconds."""
_SPREAD: Final = 20.0
"""Width of the dither, in values of 0 … 255: about the distance of two colours of the palette."""


def why_no_mp4() -> str:
    """Why no MP4 can be written; empty if one can."""
    try:
        import av  # noqa: F401
    except ImportError:
        return "MP4 needs the package “av”, which is not installed"
    return ""


MP4_REMEDY: Final = "install it with: pip install av, or choose WebP or GIF"


def check_target(path: Path, *, overwrite: bool) -> None:
    """Find out before a run whether a timelapse can be written there.

    Raises:
        OutputError: the ending names no format, its library is missing, or the file cannot be
            written or may not be replaced.
        DiskFullError: no space is left.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise OutputError(
            f"no timelapse can be written as “{path.name}”", f"end it in {', '.join(SUFFIXES)}"
        )
    missing = why_no_mp4() if suffix == MP4 else ""
    if missing:
        raise OutputError(missing, MP4_REMEDY)
    files.check_writable(path)
    if path.exists() and not overwrite:
        raise OutputError(f"“{path}” exists already", "choose another name, or allow overwriting")


def write(
    path: Path,
    animation: Animation,
    frames: Iterable[Image.Image] | None = None,
    *,
    overwrite: bool = True,
) -> None:
    """Write an animation, whole or not at all.

    Args:
        path: its ending says the format.
        animation: what is written.
        frames: its `frames`, where someone wants to count them as they pass, or to stop it by an
            error of their own.
        overwrite: whether a file that is there is replaced.

    Raises:
        OutputError: it cannot be written.
        DiskFullError: no space is left; nothing is left behind.
    """
    check_target(path, overwrite=overwrite)
    passing = iter(animation.frames() if frames is None else frames)
    writers = {WEBP: _write_webp, GIF: _write_gif, MP4: _write_mp4}
    with files.replacing(path, overwrite=overwrite) as file:
        writers[path.suffix.lower()](file, animation, passing)


def _write_webp(file: BinaryIO, animation: Animation, frames: Iterator[Image.Image]) -> None:
    # Every frame whole, which is no larger here: else those that differ little would be dropped.
    _save(file, "WEBP", animation, frames, quality=_WEBP_QUALITY, method=4, kmax=0)


def _write_gif(file: BinaryIO, animation: Animation, frames: Iterator[Image.Image]) -> None:
    palette = _palette(animation)
    pattern = _pattern(animation.size)
    reduced = (_in_colours(frame, palette, pattern) for frame in frames)
    _save(file, "GIF", animation, reduced, optimize=False, disposal=1)


def _save(
    file: BinaryIO,
    form: str,
    animation: Animation,
    frames: Iterator[Image.Image],
    **options: object,
) -> None:
    """Frame by frame: none is held for longer than the format needs it."""
    durations = [still.milliseconds for still in animation.stills]
    if animation.options.loop:
        options["loop"] = 0
    elif form == "WEBP":
        options["loop"] = 1
    first = next(frames)
    if len(durations) == 1:
        first.save(file, form, **options)
    else:
        first.save(file, form, save_all=True, append_images=frames, duration=durations, **options)


def _palette(animation: Animation) -> Image.Image:
    """256 colours that suit all frames: one palette for all, else the colours would flicker."""
    stills = animation.stills
    places = np.linspace(0, len(stills) - 1, min(_SAMPLED, len(stills))).round().astype(int)
    apart = max(1, round((animation.size[0] * animation.size[1] / _POINTS) ** 0.5))
    drawn = [np.asarray(animation.draw(stills[place]))[::apart, ::apart] for place in places]
    drawn += drawn[-1:] * max(1, len(drawn) // 3)  # the result is looked at for longest
    sheet = Image.fromarray(np.concatenate(drawn))
    return sheet.quantize(256, Image.Quantize.MEDIANCUT, kmeans=1)


def _pattern(size: tuple[int, int]) -> NDArray[np.float32]:
    """An ordered dither, (H, W, 1): unlike a diffused error it stands still where nothing moves."""
    tile = np.zeros((1, 1))
    for _ in range(3):
        tile = np.block([[4 * tile, 4 * tile + 2], [4 * tile + 3, 4 * tile + 1]])
    tile = (tile + 0.5) / tile.size - 0.5  # Bayer's, 8 by 8
    width, height = size
    repeated = np.tile(tile, (-(-height // 8), -(-width // 8)))[:height, :width, None]
    return (_SPREAD * repeated).astype(np.float32)


def _in_colours(
    image: Image.Image, palette: Image.Image, pattern: NDArray[np.float32]
) -> Image.Image:
    spread = np.clip(np.asarray(image) + pattern, 0, 255).astype(np.uint8)
    return Image.fromarray(spread).quantize(palette=palette, dither=Image.Dither.NONE)


def _write_mp4(file: BinaryIO, animation: Animation, frames: Iterator[Image.Image]) -> None:
    """H.264 in 4:2:0, which every player and every site takes; its sides are even."""
    import av

    width, height = (max(2, side - side % 2) for side in animation.size)
    total, shown, passed = round(animation.options.seconds * _VIDEO_FPS), 0, 0
    with av.open(file, "w", format="mp4", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", _VIDEO_FPS, options={"crf": _CRF})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for image, still in zip(frames, animation.stills, strict=True):
            passed += still.milliseconds
            until = min(total, round(passed * _VIDEO_FPS / 1000))
            frame = av.VideoFrame.from_image(image.crop((0, 0, width, height)))
            for _ in range(shown, until):
                frame.pts = shown
                container.mux(stream.encode(frame))
                shown += 1
        container.mux(stream.encode(None))
