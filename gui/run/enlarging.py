"""From a painted picture to a larger one: finds what it takes, asks how large, starts the run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from gui import icons
from gui.files.reading import Read
from gui.preferences.model import PreferencesModel
from gui.run.enlarge_dialog import EnlargeDialog
from gui.session import Session
from gui.state import Result, Study
from gui.texts import phrase


class Enlarging(QObject):
    """Opens a dialog over the window for each picture that is to be painted larger.

    Attributes:
        dialog: the one that is open, if any.
    """

    def __init__(self, session: Session, preferences: PreferencesModel, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._model, self._window = session, preferences, window
        self.dialog: EnlargeDialog | None = None
        session.study_found.connect(self._ask)

    def begin(self, result: Result, folders: Iterable[Path] = ()) -> None:
        """Find what a picture was painted of, here or where pictures were opened from, and ask."""
        recent = (path.parent for path in self._model.preferences.recent)
        self._session.study(result, dict.fromkeys((*folders, *recent)))

    def begin_with_file(self, read: Read) -> None:
        """As `begin`, with a picture file that Impasto has painted."""
        assert read.picture is not None
        assert read.recipe is not None
        assert read.path is not None
        self.begin(Result.of_file(read.picture, read.recipe.to_json()), (read.path.parent,))

    @Slot(object)
    def _ask(self, study: Study) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        unit = self._model.preferences.size_unit
        dialog = self.dialog = EnlargeDialog(self._session, study, unit, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.unit_chosen.connect(lambda unit: self._model.set(size_unit=unit))
        dialog.finished.connect(self._forget)
        icons.paint(dialog)
        for note in study.notes:
            self._session.noted.emit(phrase(note))
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None
