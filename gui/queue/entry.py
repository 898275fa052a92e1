"""One render of the queue, as it is shown and kept. Knows no Qt."""

from __future__ import annotations

import base64
import io
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image
from pydantic import BaseModel, ConfigDict

from engine import defaults, geometry, networks
from engine.errors import EngineError
from engine.job import DeviceInfo

if TYPE_CHECKING:
    from engine.job import Job, Picture

THUMBNAIL_SIDE: Final = 128
"""Pixels of the long side."""

_ANY: Final = DeviceInfo("cpu", "", 0, bfloat16=False)


class Standing(StrEnum):
    """What has become of an entry."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Entry(BaseModel):
    """One render; its job lies apart, as pictures are large.

    Attributes:
        id: its own.
        content: the photograph's name.
        styles: the paintings' names.
        width: of the result, px.
        height: likewise.
        strength: of the style, on the artist's scale.
        steps: that are asked for; None where the engine decides.
        thumbnails: of content and first style, JPEG in base64; empty where there is none.
        standing: what has become of it.
        cause: why it failed.
        remedy: what to do about it.
        runs: folders in which the state of its run may lie.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    content: str
    styles: tuple[str, ...]
    width: int
    height: int
    strength: float
    steps: int | None
    thumbnails: tuple[str, str]
    standing: Standing = Standing.WAITING
    cause: str = ""
    remedy: str = ""
    runs: tuple[str, ...] = ()

    @classmethod
    def of(cls, job: Job, entry_id: str = "") -> Entry:
        """What is shown of a job."""
        width, height = _size(job)
        return cls(
            id=entry_id or secrets.token_hex(8),
            content=_text(job.content.name),
            styles=tuple(_text(style.name) for style in job.styles),
            width=width,
            height=height,
            strength=job.settings.strength,
            steps=job.settings.steps,
            thumbnails=(_thumbnail(job.content), _thumbnail(*job.styles[:1])),
        )

    @property
    def can_wait(self) -> bool:
        """Whether it may be put back among those that wait."""
        return self.standing not in (Standing.WAITING, Standing.RUNNING)

    def at(
        self, standing: Standing, cause: str = "", remedy: str = "", runs: tuple[str, ...] = ()
    ) -> Entry:
        """The same at another standing."""
        changes = {"standing": standing, "cause": cause, "remedy": remedy, "runs": runs}
        return self.model_copy(update=changes)

    def twin(self) -> Entry:
        """The same once more, not painted yet."""
        return self.at(Standing.WAITING).model_copy(update={"id": secrets.token_hex(8)})


def _size(job: Job) -> tuple[int, int]:
    """Of the result; of the photograph where it cannot be painted, which its run will say."""
    settings = job.settings
    try:
        layers = networks.chosen(settings.network).layers
        decided = defaults.resolved(settings, _ANY, threads=1, seed=0, layers=layers)
        last = geometry.scales(decided, job.content.size)[-1]
    except EngineError:
        return job.content.size
    return last.width, last.height


def _thumbnail(picture: Picture | None = None) -> str:
    """A small copy, from so few pixels that no one waits for it."""
    if picture is None:
        return ""
    every = max(1, max(picture.size) // (4 * THUMBNAIL_SIDE))
    pixels = picture.pixels[::every, ::every]
    shallow = pixels if pixels.dtype == np.uint8 else (pixels >> 8).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(shallow))
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return base64.b64encode(buffer.getvalue()).decode()


def _text(name: str) -> str:
    """A file's name need be no text."""
    return name.encode(errors="replace").decode()
