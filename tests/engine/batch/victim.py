"""Batches that are killed: run in a process of their own by `test_killed_batch`."""

from __future__ import annotations

import os
from pathlib import Path

from engine import cli
from engine.commands import terminal
from engine.disk import autosave
from engine.job import Frame, Note


def arguments(folder: Path, net: Path, steps: int) -> list[str]:
    return [
        "batch", str(folder / "photos"), "--style", str(folder / "paint"),
        "-o", str(folder / "out"), "--report", str(folder / "report.json"),
        "--network", str(net), "--content-layer", "conv2_1", "--style-layers", "conv1_1",
        "--scales", "32,48", "--steps", str(steps), "--device", "cpu", "--threads", "1",
        "--seed", "1", "--precision", "float32", "--optimizer", "lbfgs",
    ]  # fmt: skip


def paint(folder: Path, asked: list[str]) -> None:
    """Paint, and take down each step that is done: which picture, which step."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)

    class Logged(autosave.Autosave):
        def __init__(self, path: Path) -> None:
            super().__init__(path, every=0.0)
            self._name = path.stem

        def add(self, frame: Frame) -> Note | None:
            note = super().add(frame)
            os.write(log, f"{self._name} {frame.step} {frame.scale}\n".encode())
            return note

    setattr(terminal, "Autosave", Logged)  # noqa: B010 (a constant to mypy)
    # Everything is written each time: that the bytes are the same is the proof.
    setattr(autosave, "SHARE", 1e9)  # noqa: B010
    os._exit(cli.run(asked))
