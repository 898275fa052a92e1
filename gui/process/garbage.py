"""Python's garbage is collected by the window's thread alone.

Whichever thread allocates may be the one that collects, and so the engine's could take apart timers
and widgets, which belong to the window's: Qt warns, and may crash.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

_PERIOD: Final = 500
"""Milliseconds between two looks at whether there is enough to collect."""


class GarbageCollector(QObject):
    """Collects on the thread that made it, and nowhere else, until it is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_PERIOD)

    def stop(self) -> None:
        """Let Python collect by itself again, where it did."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def spare_what_stays(self) -> None:
        """Look no more at what there is now: torch alone would take a tenth of a second."""
        gc.freeze()

    @Slot()
    def _collect(self) -> None:
        for generation, (count, enough) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if count > enough:
                gc.collect(generation)
                return
