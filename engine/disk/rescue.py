"""The last picture of a render whose device, or whose place to save it, is gone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine import imageio
from engine.errors import EngineError
from engine.job import Frame, Note

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pixels_of(frame: Frame) -> tuple[NDArray[np.float32], Note | None]:
    """The frame's picture at full size; as it was shown, where the device no longer gives it.

    Returns:
        float32 [0, 1] sRGB (H, W, 3), and what the user should know about it.
    """
    try:
        return frame.snapshot(), None
    except Exception as error:  # noqa: BLE001 (drivers raise anything; the picture comes first)
        height, width = frame.pixels.shape[:2]
        note = Note(
            f"the device no longer gives the picture ({type(error).__name__}): it is saved as it "
            f"was shown, {width}×{height} px in 8 bits"
        )
        return np.divide(frame.pixels, 255, dtype=np.float32), note


def save_elsewhere(
    path: Path, pixels: NDArray[np.float32], extras: imageio.Extras | None = None
) -> Path | None:
    """Save a picture where `path` cannot be written: here, at home, or among temporary files.

    Args:
        path: where it should have gone; gives the name.
        pixels: as `imageio.write` takes them.
        extras: likewise.

    Returns:
        Where it is now; None where nothing can be written at all.
    """
    for folder in (Path.cwd, Path.home, lambda: Path(tempfile.gettempdir())):
        try:
            place = _unused(folder() / path.name)
            imageio.write(place, pixels, extras or imageio.Extras())
        except (EngineError, OSError, RuntimeError):  # no such folder is one of these too
            continue
        return place
    return None


def _unused(path: Path) -> Path:
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem}-{number}")
    return candidate
