"""Reads the bundled pictures that a figure is made of, without holding up the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from engine.job import Picture
from gui.files.reading import Read, Reading, from_file


class Bundled(QObject):
    """Keeps what it has read.

    Signals:
        came: one more picture is there.
        troubled: `Trouble` of one that cannot be read.
    """

    came = Signal()
    troubled = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures: dict[Path, Picture] = {}
        self._reading: dict[Reading, Path] = {}

    def get(self, paths: tuple[Path, ...]) -> tuple[Picture, ...] | None:
        """The pictures; None where some are still to be read, which is begun."""
        missing = [path for path in paths if path not in self._pictures]
        for path in missing:
            if path not in self._reading.values():
                reading = Reading(partial(from_file, path))
                self._reading[reading] = path
                reading.done.connect(self._take)
                reading.begin()
        return None if missing else tuple(self._pictures[path] for path in paths)

    @Slot(object, object)
    def _take(self, reading: Reading, read: Read) -> None:
        path = self._reading.pop(reading)
        if read.picture is None:
            self.troubled.emit(read.trouble)
            return
        self._pictures[path] = read.picture
        self.came.emit()
