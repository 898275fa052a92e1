"""Nothing moves by itself where that is not wanted."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from gui.manners import motion
from gui.preferences.store import Motion


def desktop(**settings: object) -> Callable[[str, str], object]:
    """A desktop's portal that has these settings: namespaces' last words, keys with underscores."""
    return lambda space, key: settings.get(f"{space.rpartition('.')[2]}_{key.replace('-', '_')}")


@pytest.mark.parametrize(
    ("settings", "reduces"),
    [
        ({}, False),
        ({"appearance_reduced_motion": 1}, True),
        ({"appearance_reduced_motion": 0}, False),
        ({"interface_enable_animations": False}, True),
        ({"interface_enable_animations": True}, False),
        ({"appearance_reduced_motion": 1, "interface_enable_animations": True}, True),
    ],
)
def test_a_linux_desktop_is_asked(settings: dict[str, object], reduces: bool) -> None:
    assert motion.desktop_reduces(desktop(**settings)) is reduces


@pytest.mark.parametrize("enabled", [0, 1])
def test_windows_is_asked(monkeypatch: pytest.MonkeyPatch, enabled: int) -> None:
    def answer(action: int, _: int, place: Any, __: int) -> int:
        assert action == 0x1042
        ctypes.cast(place, ctypes.POINTER(ctypes.c_int))[0] = enabled
        return 1

    user32 = SimpleNamespace(SystemParametersInfoW=answer)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert motion.system_reduces() is not bool(enabled)


def test_a_desktop_that_is_not_there_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert motion.system_reduces() is False


@pytest.mark.parametrize(
    ("preferred", "system", "reduced"),
    [
        (Motion.SYSTEM, True, True),
        (Motion.SYSTEM, False, False),
        (Motion.LESS, False, True),
        (Motion.FULL, True, False),
    ],
)
def test_the_preference_counts_before_the_system(
    monkeypatch: pytest.MonkeyPatch, preferred: Motion, system: bool, reduced: bool
) -> None:
    monkeypatch.setattr(motion, "system_reduces", lambda: system)
    assert motion.is_reduced(preferred) is reduced
