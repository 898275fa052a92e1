"""Leaves a processor core to other programs, where the user prefers that."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil

from engine.settings import Settings
from engine.variations.order import VariationsOrder

if TYPE_CHECKING:
    from engine.job import Job
    from engine.series.making import Order
    from gui.session import Session


class Courtesy:
    """Gives whatever is begun one thread less than the processor has cores.

    It acts only where the user leaves the number of threads open, and only on what is handed to
    the worker: the user's own settings stay open, the recipe says what was used.

    Attributes:
        leaves_core: whether it acts.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.leaves_core = False

    @property
    def threads(self) -> int:
        """What threads that are left open come to; 1 at least."""
        known = (each.threads for each in self._session.devices if each.threads)
        cores = next(known, 0) or _cores()
        return max(1, cores - 1) if self.leaves_core else cores

    def settings(self, settings: Settings) -> Settings:
        """What is computed in place of these."""
        if not self.leaves_core or settings.threads is not None:
            return settings
        given = {name: getattr(settings, name) for name in settings.model_fields_set}
        return Settings.of({**given, "threads": self.threads})

    def job(self, job: Job) -> Job:
        """What is painted in place of this one."""
        return replace(job, settings=self.settings(job.settings))

    def order(self, order: Order) -> Order:
        """What is made in place of this series."""
        if isinstance(order, VariationsOrder):
            return replace(order, jobs=tuple(map(self.job, order.jobs)))
        return replace(order, given=self.settings(order.given))


def _cores() -> int:
    """As many as torch will use, as far as that is known before it is loaded."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return int(asked) if asked.isdecimal() else psutil.cpu_count(logical=False) or 1
