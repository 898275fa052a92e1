"""All that steers a run, for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.steering.moment_bar import MomentBar
from gui.steering.scrubbing import Scrubbing
from gui.steering.timelapsing import Timelapsing

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class SteeringDesk(QObject):
    """The bar under the canvas, and what it asks for.

    Attributes:
        bar: the moments of the run.
        scrubbing: through them, and branching.
        timelapsing: the film of them.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.bar = MomentBar()
        self.scrubbing = Scrubbing(window.session, self.bar, window.easel, window.loss)
        self.timelapsing = Timelapsing(window.session, window.tools.preferences, window)
        self.bar.timelapse_asked.connect(self.timelapsing.open)
        window.closed.connect(self.retire)

    @Slot()
    def retire(self) -> None:
        """Give up what is being written, as the window goes."""
        self.timelapsing.exporter.stop()
