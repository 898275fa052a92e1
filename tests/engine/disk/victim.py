"""Renders that are killed: run in a process of their own by `test_kills`."""

from __future__ import annotations

import os
import time
from pathlib import Path

from engine import cli
from engine.commands import terminal
from engine.disk import autosave
from engine.job import Frame, Note


def arguments(folder: Path, net: Path, optimizer: str) -> list[str]:
    """A render that goes on for longer than anyone waits."""
    return [
        "render", str(folder / "photo.png"), str(folder / "painting.png"),
        "-o", str(folder / "result.png"), "--overwrite", "--network", str(net),
        "--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1",
        "--scales", "48,64", "--steps", "100000", "--device", "cpu", "--threads", "1",
        "--seed", "1", "--optimizer", optimizer, "--precision", "float32",
        "--checkpoint", str(folder / "c"),
    ]  # fmt: skip


def render(folder: Path, asked: list[str], every: float) -> None:
    """Render, from the checkpoint if there is one, and take down when each step was there.

    Args:
        folder: where all files are.
        asked: the command line.
        every: seconds between two checkpoints.
    """
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)

    class Logged(autosave.Autosave):
        def __init__(self, path: Path) -> None:
            super().__init__(path, every=every)

        def add(self, frame: Frame) -> Note | None:
            os.write(log, f"{time.monotonic()} {frame.step}\n".encode())
            return super().add(frame)

    setattr(terminal, "Autosave", Logged)  # noqa: B010 (a constant to mypy)
    # Everything is written each time: that the bytes are the same is the proof.
    setattr(autosave, "SHARE", 1e9)  # noqa: B010
    go_on = ["--resume", str(folder / "c")] if (folder / "c").exists() else []
    os._exit(cli.run([*asked, *go_on]))
