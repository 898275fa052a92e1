"""What is recorded of a run, and of what it was painted."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.job import Picture
from engine.timelapse import Recorder
from engine.timelapse.recorder import WHOLES


@dataclass(frozen=True, slots=True)
class Reel:
    """The frames of one run.

    Attributes:
        content: the photograph; None before the first run.
        recorder: takes them, in the worker's thread.
    """

    content: Picture | None = None
    recorder: Recorder = field(default_factory=lambda: Recorder(wholes=WHOLES))
