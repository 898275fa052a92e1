"""The whole tour: a home of its own, the application in it, and one line where it fails."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    qInstallMessageHandler,
)

from engine.disk import files
from engine.errors import EngineError
from gui import app
from gui.tour.scenes import Plan, Tour

_PLAN = Plan()


def run(folder: Path, plan: Plan = _PLAN) -> int:
    """Go through a first render, a tweak and a save; write pictures and a film of it.

    The user's own preferences, renders and networks are neither seen nor touched.

    Args:
        folder: where the pictures go; it is made where it is missing.
        plan: how large and how long the renders are.

    Returns:
        The exit code, with one line on stderr where it is not 0.
    """
    try:
        _make(folder)
        with _home_of_its_own():
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            qInstallMessageHandler(_pass_on)
            application = app.begin()
            if application is None:
                return 1
            Tour(app.Application(application), folder, plan).go()
    except EngineError as error:
        sys.stderr.write(f"impasto: {error.cause}; {error.remedy}\n")
        return error.exit_code
    return 0


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.explained(folder, error) from error
    files.check_writable(folder / "result.png")


def _pass_on(_: object, __: object, text: str) -> None:
    """Say what Qt says, but for what it always says off screen."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")


@contextmanager
def _home_of_its_own() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ("IMPASTO_HOME", "TORCH_HOME")}
    with tempfile.TemporaryDirectory(prefix="impasto-tour-") as home:
        os.environ.update(dict.fromkeys(before, home))
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
