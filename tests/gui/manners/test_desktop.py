"""What the desktop hears of a run, on a bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.manners import desktop

ROOT = Path(__file__).parents[3]
NEEDS_BUS = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("dbus-monitor")),
    reason="no D-Bus daemon and monitor here",
)
LISTEN = """
import subprocess, sys
from PySide6.QtWidgets import QApplication, QWidget
from gui.manners import desktop
monitor = subprocess.Popen(["dbus-monitor", "--session"], stdout=subprocess.PIPE, text=True)
monitor.stdout.readline()
application = QApplication([])
window = QWidget()
exec(sys.argv[1])
for line in monitor.stdout:
    print(line, end="", flush=True)
    if sys.argv[2] in line:
        break
monitor.terminate()
monitor.wait()
"""
"""Runs a statement in a session of its own, and prints what its bus carries up to a word."""


def heard(statement: str, last: str, **variables: str) -> str:
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", LISTEN, statement, last],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return " ".join(ran.stdout.split())


@NEEDS_BUS
def test_a_dock_hears_how_far_a_run_is() -> None:
    said = heard("taskbar = desktop.Taskbar(); taskbar.show(0.421); taskbar.hide()", "false")
    assert "interface=com.canonical.Unity.LauncherEntry; member=Update" in said
    assert 'string "application://impasto.desktop"' in said
    assert 'string "progress" variant double 0.42' in said
    assert 'string "progress-visible" variant boolean true' in said
    assert 'string "progress-visible" variant boolean false' in said


@NEEDS_BUS
def test_a_step_too_small_to_be_seen_is_not_sent() -> None:
    steps = "taskbar = desktop.Taskbar(); [taskbar.show(n / 10_000) for n in range(201)]"
    assert heard(steps, "double 0.02").count("member=Update") == 3


@NEEDS_BUS
def test_without_notify_send_the_desktops_portal_is_asked() -> None:
    hidden = "desktop.shutil.which = lambda name: None"
    said = heard(f"{hidden}; desktop.notify(window, 'Done', 'harbour & sea')", "Done")
    assert "interface=org.freedesktop.portal.Notification; member=AddNotification" in said
    assert 'string "body" variant string "harbour & sea"' in said


@NEEDS_BUS
def test_notify_send_is_given_plain_words(tmp_path: Path) -> None:
    program, said = tmp_path / "notify-send", tmp_path / "said"
    os.mkfifo(said)
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {said}\n')
    program.chmod(0o755)
    given = heard(
        f"desktop.notify(window, '--urgency', 'a < b'); print(open({str(said)!r}).read())\n"
        "desktop.Taskbar().show(0)",
        "Update",
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    )
    assert "|--|--urgency|a &lt; b|" in given


def test_a_desktop_without_a_bus_shows_nothing_and_nothing_breaks(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    desktop.session_bus.cache_clear()
    window = QWidget()
    qtbot.addWidget(window)
    taskbar = desktop.Taskbar()
    taskbar.show(0.5)
    taskbar.hide()
    desktop.notify(window, "Done", "harbour")
    assert desktop.session_bus() is None
    desktop.session_bus.cache_clear()
