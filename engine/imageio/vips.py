"""libvips without its running commentary.

It warns of damage by way of a log that pyvips decodes as UTF-8, which ends in a traceback where a
damaged file's own bytes are quoted. Nothing is lost: what cannot be read raises an error.
"""

from __future__ import annotations

import os

os.environ.setdefault("VIPS_WARNING", "off")  # any value means: none; read as the library starts

import pyvips

pyvips._remove_log_handler()

__all__ = ["pyvips"]
