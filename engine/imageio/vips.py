"""libvips without its running commentary, and loaded by the first picture: the window comes first.

It warns of damage by way of a log that pyvips decodes as UTF-8, which ends in a traceback where a
damaged file's own bytes are quoted. Nothing is lost: what cannot be read raises an error.
"""

from __future__ import annotations

import os
from functools import cache
from threading import Lock
from typing import Any

os.environ.setdefault("VIPS_WARNING", "off")  # any value means: none; read as the library starts

_loading = Lock()


@cache
def _library() -> Any:  # noqa: ANN401
    import pyvips

    pyvips._remove_log_handler()
    # A picture once read is not read again: keeping it would only hold its memory.
    pyvips.cache_set_max(0)
    return pyvips


class _Lazy:
    """The module `pyvips`, imported as something of it is asked for."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        with _loading:  # two pictures may be read at once, and be the first
            library = _library()
        return getattr(library, name)


pyvips: Any = _Lazy()
