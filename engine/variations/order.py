"""What is ordered of a sheet: the jobs of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from engine.job import Job


@dataclass(frozen=True, slots=True)
class VariationsOrder:
    """A sheet to be painted.

    Attributes:
        jobs: of its cells, in their order.
    """

    jobs: tuple[Job, ...]
