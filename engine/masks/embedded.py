"""Masks as text, for recipes and checkpoints; what is read of them is untrusted input."""

from __future__ import annotations

import base64
import io
from typing import Annotated, Final

import numpy as np
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, field_validator

from engine.job import Guidance, Mask
from engine.masks.reading import LONGEST, canonical

_LONGEST_TEXT: Final = 3 * LONGEST**2 // 2
"""Characters: as PNG no mask is much larger than its values, as text by a third."""

_MOST: Final = 64
"""Masks."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EmbeddedMask(_Part):
    """A mask as it was used.

    Attributes:
        name: for messages.
        sha256: of the file that it was read from, hexadecimal; empty where it never was one.
        png: its values as an 8-bit grey PNG, base64.
    """

    name: Annotated[str, Field(max_length=255)]
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    png: Annotated[str, Field(max_length=_LONGEST_TEXT)]

    @field_validator("png")
    @classmethod
    def _is_mask(cls, text: str) -> str:
        _values(text)
        return text

    @classmethod
    def of(cls, mask: Mask) -> EmbeddedMask:
        """Make it canonical, and text."""
        mask = canonical(mask.values, mask.name, mask.sha256)
        file = io.BytesIO()
        Image.fromarray(mask.values).save(file, "PNG", optimize=True)
        name = mask.name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")[:255]
        png = base64.b64encode(file.getvalue()).decode()
        return cls.model_construct(name=name, sha256=mask.sha256, png=png)

    def mask(self) -> Mask:
        """What went in."""
        return Mask(_values(self.png), self.name, self.sha256)


class EmbeddedGuidance(_Part):
    """Which style goes where, with all masks.

    Attributes:
        masks: for each style, None for everywhere.
        strength: None for fully everywhere.
    """

    masks: Annotated[tuple[EmbeddedMask | None, ...], Field(max_length=_MOST)] = ()
    strength: EmbeddedMask | None = None

    @classmethod
    def of(cls, guidance: Guidance) -> EmbeddedGuidance | None:
        """None where there are no masks at all."""
        if guidance.is_everywhere:
            return None
        masks = tuple(mask and EmbeddedMask.of(mask) for mask in guidance.masks)
        strength = guidance.strength and EmbeddedMask.of(guidance.strength)
        return cls.model_construct(masks=masks, strength=strength)

    def guidance(self) -> Guidance:
        """What went in."""
        masks = tuple(None if mask is None else mask.mask() for mask in self.masks)
        return Guidance(masks, None if self.strength is None else self.strength.mask())


def _values(text: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Decode (H, W).

    Raises:
        ValueError: no PNG of a mask, with the reason.
    """
    try:
        data = base64.b64decode(text, validate=True)
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if image.mode != "L" or max(image.size) > LONGEST:
                raise ValueError(f"{image.mode}, {image.width} × {image.height} px")
            return np.array(image)
    except Exception as error:  # the decoder raises almost anything over damaged files
        raise ValueError(f"no mask: {error}") from error
