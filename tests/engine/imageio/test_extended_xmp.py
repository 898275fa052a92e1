"""Recipes too long for one segment of a JPEG: whole again, or not there."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine import imageio
from engine.imageio import extended_xmp, xmp
from tests.engine.pictures import floats, quick

LONG = "".join(map(chr, (32 + index * 7 % 95 for index in range(200_000))))


@pytest.mark.parametrize("length", [10, 64_000, 66_000, 200_000])
def test_a_text_of_any_length_comes_back_from_a_jpeg(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.jpg"
    extras = imageio.Extras(xmp=xmp.packet("recipe", LONG[:length].strip()))
    assert imageio.write(path, floats(), extras) == ()
    assert imageio.read_property(path, "recipe") == LONG[:length].strip()
    assert imageio.read(path).size == (60, 40)


def parts() -> tuple[bytes, list[tuple[str, bytes]]]:
    """As Pillow finds them in a file."""
    packet, further = extended_xmp.split(xmp.packet("recipe", LONG.strip()))
    file = io.BytesIO()
    Image.new("RGB", (16, 16)).save(file, "JPEG", xmp=packet, extra=further)
    with Image.open(file) as image:
        return packet, list(image.applist)  # type: ignore[attr-defined]


def test_the_segments_come_in_any_order() -> None:
    packet, segments = parts()
    random.Random(1).shuffle(segments)
    whole = extended_xmp.assembled(packet, segments)
    assert whole is not None
    assert xmp.property_of(whole, "recipe") == LONG.strip()


@quick
@given(st.data())
def test_segments_that_are_missing_or_changed_are_nothing(data: st.DataObject) -> None:
    packet, segments = parts()
    own = [i for i, (_, part) in enumerate(segments) if b"xmp/extension" in part[:40]]
    assert len(own) == 4
    index = data.draw(st.sampled_from(own))
    marker, part = segments.pop(index)
    if data.draw(st.booleans()):
        place = data.draw(st.integers(75, len(part) - 1))
        changed = part[:place] + bytes([part[place] ^ 1]) + part[place + 1 :]
        segments.append((marker, changed))
    assert extended_xmp.assembled(packet, segments) is None


def test_what_points_nowhere_is_nothing() -> None:
    assert extended_xmp.assembled(xmp.packet("recipe", "short"), []) is None
    assert extended_xmp.assembled(xmp.pointer("0" * 32), []) is None
