"""Whether anything may move by itself: as the system is set, or as the user prefers.

macOS tells only programs that speak Objective-C; there the preference alone counts.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Any, Final

from gui.manners.desktop import PORTAL, session_bus
from gui.preferences.store import Motion

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE: Final = 200
"""Milliseconds that the desktop has to answer; it does in one or two."""

_SPI_GETCLIENTAREAANIMATION: Final = 0x1042


def is_reduced(motion: Motion) -> bool:
    """Whether nothing is to move by itself."""
    return system_reduces() if motion is Motion.SYSTEM else motion is Motion.LESS


def system_reduces() -> bool:
    """Whether the system is set to little motion; no where it cannot be asked."""
    if sys.platform == "win32":
        return not _windows_animates()
    return sys.platform == "linux" and desktop_reduces(_portal)


def desktop_reduces(setting: Callable[[str, str], object]) -> bool:
    """Whether a Linux desktop is set to little motion.

    Args:
        setting: of the desktop's portal by namespace and key; None for one that it does not have.
    """
    # The first is of all desktops, since 2025; the second is GNOME's own, and older.
    if setting("org.freedesktop.appearance", "reduced-motion") == 1:
        return True
    return setting("org.gnome.desktop.interface", "enable-animations") is False


def _portal(namespace: str, key: str) -> object:
    bus = session_bus()
    if bus is None:
        return None
    from PySide6.QtDBus import QDBus, QDBusMessage

    path, interface = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
    message = QDBusMessage.createMethodCall(PORTAL, path, interface, "Read")
    message.setArguments([namespace, key])
    reply = bus.call(message, QDBus.CallMode.Block, _PATIENCE)
    if reply.type() is not QDBusMessage.MessageType.ReplyMessage:
        return None
    return _bare(reply.arguments()[0])


def _bare(value: object) -> object:
    """What is in the variants that D-Bus wraps it in."""
    while hasattr(value, "variant"):
        value = value.variant()
    return value


def _windows_animates() -> bool:
    enabled = ctypes.c_int(1)  # what holds where the call fails
    user32: Any = getattr(ctypes, "windll").user32  # noqa: B009 (mypy knows it on Windows alone)
    user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(enabled), 0)
    return bool(enabled.value)
