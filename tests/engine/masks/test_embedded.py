"""Masks as text: what went in comes out, and nothing untrusted is believed."""

from __future__ import annotations

import base64
import io
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import putchunk
from pydantic import ValidationError

from engine.job import Guidance, Mask
from engine.masks import LONGEST, EmbeddedGuidance, EmbeddedMask, are_same
from tests.engine.pictures import encoded, quick


def noisy(height: int = 20, width: int = 30, seed: int = 0) -> Mask:
    values = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    return Mask(values, "noise.png", "0" * 64)


def text_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says to be large, and is small."""
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    file.seek(0, 2)
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    putchunk(file, b"IHDR", size + bytes([8, 0, 0, 0, 0]))
    putchunk(file, b"IDAT", zlib.compress(bytes(1000)))
    putchunk(file, b"IEND", b"")
    return file.getvalue()


@quick
@given(
    masks=st.lists(st.none() | st.builds(noisy, seed=st.integers(0, 9)), max_size=4),
    strength=st.none() | st.builds(noisy, st.integers(1, 9), st.integers(1, 9)),
)
def test_what_went_in_comes_out(masks: list[Mask | None], strength: Mask | None) -> None:
    guidance = Guidance(tuple(masks), strength)
    embedded = EmbeddedGuidance.of(guidance)
    if embedded is None:
        assert guidance.is_everywhere
        return
    again = EmbeddedGuidance.model_validate_json(embedded.model_dump_json(exclude_none=True))
    assert are_same(again.guidance(), guidance)
    assert [m and (m.name, m.sha256) for m in again.guidance().masks] == [
        m and (m.name, m.sha256) for m in masks
    ]


def test_the_noisiest_mask_of_the_largest_size_fits() -> None:
    text = EmbeddedMask.of(noisy(LONGEST, LONGEST)).model_dump_json()
    assert EmbeddedMask.model_validate_json(text).mask().values.shape == (LONGEST, LONGEST)


SPOILT = {
    "no base64": "no base64!",
    "no picture": text_of(b"no picture"),
    "a JPEG": text_of(encoded(Image.new("L", (20, 20)), "JPEG")),
    "in colours": text_of(encoded(Image.new("RGB", (20, 20)), "PNG")),
    "too large": text_of(encoded(Image.new("L", (LONGEST + 1, 20)), "PNG")),
    "a bomb": text_of(bomb(60_000, 60_000)),
    "cut off": text_of(encoded(Image.fromarray(noisy().values), "PNG")[:-120]),
    "endless": "A" * 2**21,
}


@pytest.mark.parametrize("png", SPOILT.values(), ids=SPOILT.keys())
def test_what_is_no_mask_is_refused(png: str) -> None:
    with pytest.raises(ValidationError):
        EmbeddedMask.model_validate({"name": "m", "png": png})


@quick
@given(st.data())
def test_spoilt_bytes_are_refused_or_are_a_mask(data: st.DataObject) -> None:
    png = bytearray(encoded(Image.fromarray(noisy().values), "PNG"))
    for _ in range(data.draw(st.integers(1, 6))):
        png[data.draw(st.integers(0, len(png) - 1))] = data.draw(st.integers(0, 255))
    try:
        mask = EmbeddedMask.model_validate({"name": "m", "png": text_of(bytes(png))}).mask()
    except ValidationError:
        return
    assert mask.values.dtype == np.uint8
    assert max(mask.values.shape) <= LONGEST
