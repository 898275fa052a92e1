"""Reading in the pool: what nobody waits for any longer does no harm."""

from __future__ import annotations

import gc

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from gui.files.reading import Read, Reading


def test_a_reading_that_is_let_go_of_comes_back_all_the_same(qapp: QApplication) -> None:
    heard: list[Read] = []
    for _ in range(20):
        reading = Reading(Read)
        reading.done.connect(lambda _, read: heard.append(read))
        reading.begin()
        del reading
    gc.collect()
    assert QThreadPool.globalInstance().waitForDone(5000)
    qapp.processEvents()
    assert heard == [Read()] * 20
