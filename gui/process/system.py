"""What the window needs of the system, checked before Qt can abort over it. Knows no Qt."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PACKAGES: Final = {
    "libEGL.so": "libegl1",
    "libGL.so": "libgl1",
    "libOpenGL.so": "libopengl0",
    "libxkbcommon.so": "libxkbcommon0",
    "libxkbcommon-x11.so": "libxkbcommon-x11-0",
    "libfontconfig.so": "libfontconfig1",
    "libfreetype.so": "libfreetype6",
    "libdbus-1.so": "libdbus-1-3",
    "libglib-2.0.so": "libglib2.0-0",
    "libgthread-2.0.so": "libglib2.0-0",
    "libxcb-cursor.so": "libxcb-cursor0",
    "libxcb-icccm.so": "libxcb-icccm4",
    "libxcb-image.so": "libxcb-image0",
    "libxcb-keysyms.so": "libxcb-keysyms1",
    "libxcb-render-util.so": "libxcb-render-util0",
    "libxcb-shape.so": "libxcb-shape0",
    "libxcb-xkb.so": "libxcb-xkb1",
    "libX11.so": "libx11-6",
}
"""Debian's package for each library that Qt loads and bare servers lack."""

_X11_NEEDS: Final = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)
_COMMAND_LINE: Final = "use the command line instead: impasto render CONTENT STYLE -o OUT.png"


def explain_import_error(error: ImportError) -> str:
    """One line for an import of Qt that failed: the package to install."""
    library = re.search(r"(lib[\w.+-]+?\.so)(\.\d+)*", str(error))
    if library is None:
        return (
            f"impasto: the window cannot be loaded: {error}; reinstall Impasto, or {_COMMAND_LINE}"
        )
    return _missing([library[0]])


def why_no_window() -> str:
    """One line if no window can be opened here, else nothing."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY")
    if not display:
        return f"impasto: there is no display for the window; {_COMMAND_LINE}"
    if not _answers(display):
        return f"impasto: the display {display} cannot be reached; {_COMMAND_LINE}"
    return _missing([library for library in _X11_NEEDS if not _loads(library)])


def preload_torch() -> None:
    """On Windows load torch's c10.dll before Qt, after which it can fail to load."""
    spec = find_spec("torch") if sys.platform == "win32" else None
    if spec is None or spec.origin is None:
        return
    library = Path(spec.origin).parent / "lib" / "c10.dll"
    if library.exists():
        ctypes.CDLL(str(library))


def _missing(libraries: list[str]) -> str:
    if not libraries:
        return ""
    stems = [re.sub(r"(\.\d+)+$", "", library) for library in libraries]
    packages = [PACKAGES.get(stem, f"that has {stem}") for stem in stems]
    many = len(libraries) > 1
    return (
        f"impasto: {'system libraries are' if many else 'a system library is'} missing "
        f"({', '.join(libraries)}): install {' '.join(packages)}"
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers(display: str) -> bool:
    """Whether an X server is there; Qt would abort the process where it is not."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt's own import will name the package
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
