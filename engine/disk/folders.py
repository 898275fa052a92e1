"""Where Impasto keeps what is its own: in the platform's folders, or all below `IMPASTO_HOME`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs


def data() -> Path:
    """What the user would miss: no system clears it by itself."""
    return _home(platformdirs.user_data_path)


def cache() -> Path:
    """What can be had again."""
    return _home(platformdirs.user_cache_path)


def config() -> Path:
    """What the user prefers."""
    return _home(platformdirs.user_config_path)


def _home(platforms_own: Callable[..., Path]) -> Path:
    home = os.environ.get("IMPASTO_HOME")
    return Path(home).expanduser() if home else platforms_own("impasto", False)
