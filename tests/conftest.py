"""Shared by all tests: windows are drawn off screen, and what every module may need."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background jobs ignore Ctrl-C, and so would the renders that tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of seeded, untrained filters to conv2_1, 16 channels wide."""
    import torch

    from engine import weights

    path = tmp_path_factory.mktemp("networks") / "seeded.pth"
    torch.save(weights.seeded(0, "conv2_1", width=16), path)
    return path
