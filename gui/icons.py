"""Icons of one font (Material Design Icons), in the colours that are worn.

A widget only says which icon it wants; the font is loaded by the first `paint`, after the window
is on the screen, and all icons are painted anew when the colours change.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication

from gui import theme

if TYPE_CHECKING:
    from qtawesome.iconic_font import IconicFont

NAMES: Final = {
    "render": "play",
    "pause": "pause",
    "cancel": "stop",
    "again": "restart",
    "save": "content-save-outline",
    "copy": "content-copy",
    "undo": "undo",
    "redo": "redo",
    "reset": "restore",
    "swap": "swap-vertical",
    "remove": "close",
    "add": "plus",
    "open": "folder-open-outline",
    "recent": "history",
    "examples": "image-multiple-outline",
    "paste": "content-paste",
    "snapshot": "camera-outline",
    "compare": "compare",
    "fit": "fit-to-page-outline",
    "in": "plus",
    "out": "minus",
    "delete": "trash-can-outline",
    "settings": "tune-vertical",
    "network": "brain",
    "download": "download-outline",
    "file": "file-outline",
    "device": "chip",
    "help": "help-circle-outline",
    "info": "information-outline",
    "warning": "alert-outline",
    "preset": "bookmark-outline",
    "more": "dots-horizontal",
    "closed": "chevron-right",
    "opened": "chevron-down",
    "continue": "skip-forward-outline",
    "enlarge": "arrow-expand-all",
    "masks": "brush-outline",
    "brush": "brush",
    "eraser": "eraser",
    "fill": "format-color-fill",
    "invert": "invert-colors",
    "soften": "blur",
    "seen": "eye-outline",
    "unseen": "eye-off-outline",
    "queue": "playlist-plus",
    "edit": "pencil-outline",
    "duplicate": "plus-box-multiple-outline",
    "up": "arrow-up",
    "down": "arrow-down",
    "clear": "playlist-remove",
    "done": "check",
    "variations": "view-grid-outline",
    "keep": "filmstrip",
    "branch": "source-branch",
    "timelapse": "movie-open-outline",
    "crop": "crop",
}
"""What Impasto calls an icon, and what the font calls it."""

_WANTED = "impastoIcon"
_ACCENTED = "impastoIconOnAccent"


def want(owner: QAbstractButton | QAction, name: str, *, on_accent: bool = False) -> None:
    """Say which icon a button or an action wears; `paint` puts it on."""
    owner.setProperty(_WANTED, NAMES[name])
    owner.setProperty(_ACCENTED, on_accent)
    if _font.cache_info().currsize:
        _put_on(owner)


def paint(root: QObject | None = None) -> None:
    """Paint the icons of everything below `root`, or of all windows, in the colours worn now."""
    roots = [root] if root else QApplication.topLevelWidgets()
    for each in roots:
        for button in each.findChildren(QAbstractButton):
            _put_on(button)
        for action in each.findChildren(QAction):
            _put_on(action)


def _put_on(owner: QAbstractButton | QAction) -> None:
    name = owner.property(_WANTED)
    if not name:
        return
    colours = theme.current()
    colour = colours.on_accent if owner.property(_ACCENTED) else colours.text
    icon: QIcon = _font().icon(f"mdi6.{name}", color=colour, color_disabled=colours.quiet)
    owner.setIcon(icon)


@cache
def _font() -> IconicFont:
    import qtawesome
    from qtawesome.iconic_font import IconicFont

    # Only the one font of the dozen that it brings: loading them all takes a fifth of a second.
    fonts = [font for font in qtawesome._BUNDLED_FONTS if font[0] == "mdi6"]
    return IconicFont(*fonts)
