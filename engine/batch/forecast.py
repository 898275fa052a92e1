"""How long a batch will take, without painting any of it: `batch --dry-run`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image

from engine import devices, imageio
from engine.batch.plan import Item
from engine.costs import forecast, probe
from engine.errors import EngineError
from engine.settings import Settings

_LYING: frozenset[int] = frozenset({5, 6, 7, 8})
"""EXIF orientations in which width and height change places."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a batch will take.

    Attributes:
        seconds: of all pictures that can be painted.
        bytes: of memory, of the picture that needs most.
        available: bytes of memory that there are.
        refused: what cannot be painted, and why.
    """

    seconds: float
    bytes: int
    available: int
    refused: tuple[tuple[Item, EngineError], ...] = ()


def expected(items: Iterable[Item], settings: Settings) -> Expected:
    """Foresee a batch; measures the machine's speed if it is not known. Loads torch.

    Raises:
        EngineError: the device is not there.
    """
    device = devices.choose(settings.device)
    sizes = _Sizes()
    seconds, most, refused = 0.0, 0, []
    for item in items:
        try:
            content, style = sizes.of(item.content), sizes.of(item.style)
            work = forecast.planned(settings, content, (style,), device)
            one = forecast.of(work, probe.rate_now(work))
        except EngineError as error:
            refused.append((item, error))
            continue
        seconds += one.seconds or 0.0
        most = max(most, one.bytes)
    return Expected(seconds, most, forecast.available(device), tuple(refused))


class _Sizes:
    """Of pictures, by what their files say first."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[int, int]] = {}

    def of(self, path: Path) -> tuple[int, int]:
        if path not in self._known:
            self._known[path] = _size(path)
        return self._known[path]


def _size(path: Path) -> tuple[int, int]:
    """Width and height of a picture, upright.

    Raises:
        PictureError: it cannot be read.
    """
    try:
        with Image.open(path) as image:
            width, height = image.size
            lies = image.getexif().get(ExifTags.Base.Orientation) in _LYING
    except Exception:  # noqa: BLE001 (Pillow raises anything; reading it whole says why)
        return imageio.read(path).size
    return (height, width) if lies else (width, height)
