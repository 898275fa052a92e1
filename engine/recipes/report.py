"""What a render did, as JSON: for scripts, for benchmarks, for doing it again."""

from __future__ import annotations

import json
import platform
import sys
import time
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from engine import __version__
from engine.disk import files
from engine.errors import OutputError
from engine.job import Frame, Guidance, Job, Mask, Message, Note, Started


@dataclass(slots=True)
class Report:
    """Collects the messages of one job.

    Attributes:
        job: that is being done.
        started: what was decided, once it is known, with the settings now in force.
        records: one a Frame: step, scale and the raw losses.
        notes: what the user was told on the way.
    """

    job: Job
    started: Started | None = None
    records: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _begun: float = field(default_factory=time.monotonic)
    _scales: dict[int, list[float]] = field(default_factory=dict)
    _evaluations: int = 0
    _first: float | None = None

    def add(self, message: Message) -> None:
        """Take a message down."""
        if isinstance(message, Started):
            self.started = message
        elif isinstance(message, Frame):
            self._add_frame(message)
        elif isinstance(message, Note):
            self.notes.append(message.text)
            if self.started is not None and message.settings is not None:
                self.started = replace(self.started, settings=message.settings)
            if self.started is not None and message.guidance is not None:
                self.started = replace(self.started, guidance=message.guidance)

    def as_dict(self, outcome: str, output: Path | None) -> dict[str, Any]:
        """Everything, in JSON's types.

        Args:
            outcome: finished, interrupted or failed.
            output: where the picture was saved, if it was.
        """
        started = self.started
        pictures = [self.job.content, *self.job.styles]
        return {
            "outcome": outcome,
            "output": str(output) if output else None,
            "settings": json.loads(started.settings.to_json()) if started else None,
            "inputs": [
                {"name": p.name, "sha256": p.sha256, "width": p.size[0], "height": p.size[1]}
                for p in pictures
            ],
            **_guidance(started.guidance if started else self.job.guidance),
            "network": _network(started) if started else None,
            "device": _device(started) if started else None,
            "versions": versions(),
            "scales": self._scale_records(),
            "losses": self.records,
            "notes": self.notes,
            "evaluations": self._evaluations,
            "seconds": time.monotonic() - self._begun,
            "first_picture_seconds": self._first,
            "peak_memory_bytes": peak_memory(),
        }

    def _add_frame(self, frame: Frame) -> None:
        losses = frame.losses
        if frame.step and self._first is None:
            self._first = _seconds_since_start()
        self._evaluations = frame.evaluations
        self._scales.setdefault(frame.scale, []).append(time.monotonic())
        self.records.append(
            {
                "step": frame.step,
                "scale": frame.scale,
                "total": losses.total,
                "content": losses.content,
                "style": dict(losses.style),
                "tv": losses.tv,
            }
        )

    def _scale_records(self) -> list[dict[str, Any]]:
        planned = self.started.scales if self.started else ()
        return [
            {
                "width": scale.width,
                "height": scale.height,
                "steps": len(self._scales[index]) - 1,
                "seconds": self._scales[index][-1] - self._scales[index][0],
            }
            for index, scale in enumerate(planned)
            if index in self._scales
        ]


def check_writable(path: Path) -> None:
    """Find out before a long render whether its report can be written.

    Raises:
        OutputError: it cannot.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise OutputError(f"no report can be written to {path}", "name a file in a folder")


def write(path: Path, report: dict[str, Any]) -> None:
    """Write the report; an older one is replaced.

    Raises:
        OutputError: the file cannot be written.
        DiskFullError: no space is left.
    """
    text = json.dumps(report, indent=2, allow_nan=False)
    files.write_bytes(path, text.encode(), overwrite=True)


def versions() -> dict[str, str]:
    """Of everything that the bytes of a result depend on."""
    names = ("torch", "numpy", "pillow", "pyvips", "pyvips-binary")
    return {
        "impasto": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        **{name: _version(name) for name in names},
    }


def peak_memory() -> int:
    """The most memory this process ever held, bytes, as the operating system counts it."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _seconds_since_start() -> float:
    """How long this process has been running: what a user waited, imports included."""
    import psutil

    return time.time() - psutil.Process().create_time()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _guidance(guidance: Guidance) -> dict[str, Any]:
    masks = [mask and _mask(mask) for mask in guidance.masks]
    return {"masks": masks, "strength_map": guidance.strength and _mask(guidance.strength)}


def _mask(mask: Mask) -> dict[str, Any]:
    height, width = mask.values.shape
    covered = float(mask.values.mean()) / 255
    return {
        "name": mask.name,
        "sha256": mask.sha256,
        "width": width,
        "height": height,
        "covers": round(covered, 4),
    }


def _network(started: Started) -> dict[str, Any]:
    network = started.network
    return {
        "name": network.name,
        "description": network.description,
        "sha256": network.sha256,
        "notes": list(network.notes),
    }


def _device(started: Started) -> dict[str, Any]:
    device = started.device
    return {
        "name": device.name,
        "label": device.label,
        "memory_bytes": device.memory,
        "threads": started.threads,
    }
