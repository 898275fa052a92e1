"""Masks in the window: the tools, the hand on the canvas, and masks from and to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog

from engine import masks
from engine.errors import MaskError
from engine.job import Guidance
from gui.files.reading import Read, Reading, from_file
from gui.inputs.drop_target import PICTURE_FILES
from gui.masks import guiding
from gui.masks.bar import MaskBar
from gui.masks.hand import Hand
from gui.masks.model import MaskModel
from gui.state import Result
from gui.worker import Trouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QToolButton

    from gui.canvas.canvas import Canvas
    from gui.session import Session


class MaskDesk(QObject):
    """Puts together what belongs to masks in one window.

    Attributes:
        model: what is painted and how.
        bar: the tools.
        hand: paints on the canvas.
    """

    def __init__(self, session: Session, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self.model = MaskModel(session, self)
        self.bar = MaskBar(self.model)
        self.hand = Hand(self.model, canvas)
        self._reading: tuple[Reading, int, object] | None = None
        self._action: QAction | None = None
        self._button: QToolButton | None = None
        self._cancel: QAction | None = None
        self._was_open = False
        self.bar.load_asked.connect(self._ask_to_load)
        self.bar.save_asked.connect(self._ask_to_save)
        self.model.changed.connect(self._show)

    def connect_to(self, actions: dict[str, QAction], button: QToolButton) -> None:
        """Serve what opens the tools.

        Args:
            actions: of the window: `masks`, and `cancel`, whose Escape the open tools take over.
            button: by the canvas.
        """
        self._action, self._button, self._cancel = actions["masks"], button, actions["cancel"]
        button.clicked.connect(self.model.open)
        self._show()

    def toggle(self) -> None:
        """Open the tools, or close them."""
        self.model.open(not self.model.is_open)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Those of the tools, and what they do."""
        return (
            (self.tr("[ and ]"), self.tr("Masks: a smaller or larger brush")),
            (self.tr("{ and }"), self.tr("Masks: a softer or harder brush")),
            (self.tr("E, or hold Alt"), self.tr("Masks: the eraser")),
            (self.tr("X"), self.tr("Masks: the next style, or the strength")),
            (self.tr("Shift + click"), self.tr("Masks: a straight line from the last stroke")),
            (self.tr("F, Ctrl+I, O"), self.tr("Masks: fill, invert, show or hide")),
            (self.tr("Esc"), self.tr("Masks: close the tools")),
        )

    def take_over(self, old: MaskDesk) -> None:
        """Stand as another window's did."""
        self.model.choose(**old.model.chosen())
        self.model.open(old.model.is_open)

    @Slot()
    def _show(self) -> None:
        if self._action is None or self._button is None or self._cancel is None:
            return
        is_open = self.model.is_open
        if is_open and not self._was_open:
            self._canvas.compare(False)  # masks are painted on the whole picture
        self._was_open = is_open
        self._action.setChecked(is_open)
        self._cancel.setShortcuts([] if is_open else [QKeySequence("Esc")])
        self._show_button()

    def _show_button(self) -> None:
        assert self._button is not None
        why, count = self.model.why_not, guiding.count_of(self.model.guidance)
        text = self.tr("Masks ({0})").format(count) if count else self.tr("Masks")
        tip = self.tr("Paint where each style goes, and how strongly (M)")
        self._button.setChecked(self.model.is_open)
        self._button.setText(text)
        self._button.setEnabled(not why)
        self._button.setToolTip(why or tip)
        self._button.setAccessibleDescription(why)

    # From and to files

    def _ask_to_load(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._canvas,
            self.tr("Load a mask"),
            filter=self.tr("Pictures ({0});;All files (*)").format(PICTURE_FILES),
        )
        if path:
            self.load(Path(path))

    def load(self, path: Path) -> None:
        """Read a mask for the region that is painted, without holding up the window."""
        reading = Reading(lambda: from_file(path))
        self._reading = reading, self.model.tool.region, self.model.content
        reading.done.connect(self._read)
        reading.begin()

    @Slot(object, object)
    def _read(self, reading: Reading, read: Read) -> None:
        if self._reading is None or self._reading[0] is not reading:
            return  # another one was chosen meanwhile
        _, region, content = self._reading
        self._reading = None
        if read.picture is None:
            self._session.troubled.emit(read.trouble)
        elif content is self.model.content and self.model.content is not None:
            self._take(read, region)

    def _take(self, read: Read, region: int) -> None:
        content, picture = self.model.content, read.picture
        assert content is not None
        assert picture is not None
        mask = masks.of_picture(picture)
        try:
            masks.settled(Guidance((mask,)), content.size, 1)
        except MaskError as error:
            self._session.troubled.emit(Trouble(error.cause, error.remedy))
            return
        self._session.troubled.emit(None)
        self.model.use(mask, self.tr("mask from a file"), region)

    def _ask_to_save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self._canvas,
            self.tr("Save the mask"),
            self.tr("mask") + ".png",
            self.tr("Pictures ({0})").format("*.png *.tif *.tiff"),
        )
        if path:
            self.save(Path(path))

    def save(self, path: Path) -> None:
        """Write the mask of the region that is painted as a grey picture."""
        if self.model.mask is not None:
            named = path if path.suffix else path.with_suffix(".png")
            grey = np.divide(self.model.mask.values, 255, dtype=np.float32)
            self._session.save(named, Result(np.repeat(grey[..., None], 3, axis=2)))
