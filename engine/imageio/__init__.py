"""Pictures from and to files: upright and sRGB at their own depth; whole or not at all on disk.

Pillow opens files, libvips what has more than 8 bits a channel: Pillow reads 16-bit RGB as 8-bit
without a word. Colour profiles are libvips's too. What is written carries an sRGB profile.
"""

from engine.imageio.colour import to_uint8
from engine.imageio.decoding import (
    LARGEST_PICTURE,
    SMALLEST_SIDE,
    decode,
    read,
    read_property,
)
from engine.imageio.encoding import (
    SUFFIXES,
    Extras,
    check_depth,
    check_size,
    check_writable,
    write,
)

__all__ = [
    "LARGEST_PICTURE",
    "SMALLEST_SIDE",
    "SUFFIXES",
    "Extras",
    "check_depth",
    "check_size",
    "check_writable",
    "decode",
    "read",
    "read_property",
    "to_uint8",
    "write",
]
