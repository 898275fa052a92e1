"""XMP that is too long for one segment of a JPEG: it goes on in further ones.

Adobe's XMP Specification, part 3 (2016), section 1.1.3.1. A recipe with masks may need it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

from engine.imageio import xmp

LARGEST_SEGMENT: Final = 65_000
"""Bytes of XMP in one segment, a little less than it holds."""

_SIGNATURE: Final = b"http://ns.adobe.com/xmp/extension/\0"
_DIGEST: Final = 32
"""Characters of the hexadecimal MD5 by which the parts are known."""
_HEAD: Final = len(_SIGNATURE) + _DIGEST + 8
_POINTER: Final = re.compile(rb"""HasExtendedXMP\b[^>]{0,99}?["'>]([0-9A-F]{32})""")


def split(packet: bytes) -> tuple[bytes, bytes]:
    """Divide a packet, as `xmp.packet` makes it, where it is too long for a segment.

    Returns:
        The packet for the one segment, and further whole segments; none where it fits.
    """
    if len(packet) <= LARGEST_SEGMENT:
        return packet, b""
    _, _, rest = packet.partition(b"\n")  # what goes on has no wrapper
    extension, _, _ = rest.rpartition(b"\n")
    digest = hashlib.md5(extension, usedforsecurity=False).hexdigest().upper()
    return xmp.pointer(digest), b"".join(_segments(extension, digest.encode()))


def assembled(packet: bytes, segments: Iterable[tuple[str, bytes]]) -> bytes | None:
    """Put together what a packet goes on with.

    Args:
        packet: of the one segment.
        segments: of the file, in any order: each one's marker and bytes.

    Returns:
        None where there is nothing, or not all of it.
    """
    pointer = _POINTER.search(packet)
    if pointer is None:
        return None
    head, parts = _SIGNATURE + pointer[1], dict[int, bytes]()
    for marker, data in segments:
        if marker == "APP1" and data.startswith(head) and len(data) >= _HEAD:
            parts[int.from_bytes(data[_HEAD - 4 : _HEAD], "big")] = data[_HEAD:]
    whole = b"".join(part for _, part in sorted(parts.items()))
    digest = hashlib.md5(whole, usedforsecurity=False).hexdigest().upper()
    return whole if digest.encode() == pointer[1] else None


def _segments(extension: bytes, digest: bytes) -> Iterator[bytes]:
    for start in range(0, len(extension), LARGEST_SEGMENT):
        part = extension[start : start + LARGEST_SEGMENT]
        place = len(extension).to_bytes(4, "big") + start.to_bytes(4, "big")
        data = _SIGNATURE + digest + place + part
        yield b"\xff\xe1" + (2 + len(data)).to_bytes(2, "big") + data
