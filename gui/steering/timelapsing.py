"""From a run to a film of it: opens the dialog, asks for a name, says where it went."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.disk.file_names import safe
from gui import icons
from gui.manners.motion import is_reduced
from gui.preferences.model import PreferencesModel
from gui.session import Session
from gui.steering.export_dialog import Choice, ExportDialog
from gui.steering.exporter import Exporter
from gui.worker import Trouble


class Timelapsing(QObject):
    """Exports what is recorded of the newest run, also while it goes on.

    Attributes:
        dialog: the one that is open, if any.
        exporter: that writes.
    """

    def __init__(self, session: Session, preferences: PreferencesModel, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._model, self._window = session, preferences, window
        self._choice = Choice()
        self.dialog: ExportDialog | None = None
        self.exporter = Exporter(self)
        self.exporter.written.connect(self._written)

    def open(self) -> None:
        """Ask how it is to be, or say why there can be none."""
        reel = self._session.reel
        if not reel.recorder.count:
            self._session.noted.emit(self.tr("There is no run yet to make a timelapse of"))
            return
        if self.dialog is not None:
            return
        try:
            film = reel.recorder.film()
        except OSError as error:
            cause = self.tr("what was recorded of the run cannot be read: {0}")
            remedy = self.tr("free some space for temporary files, and render again")
            said = cause.format(error.strerror or error)
            self._session.troubled.emit(Trouble(said, remedy))
            return
        content, still = reel.content, is_reduced(self._model.preferences.motion)
        self.dialog = ExportDialog(
            film, content, self.exporter, self._choice, self._window, still=still
        )
        self.dialog.name_asked.connect(self._ask_name)
        self.dialog.finished.connect(self._forget)
        icons.paint(self.dialog)
        self.dialog.open()

    @Slot(str)
    def _ask_name(self, suffix: str) -> None:
        kept = self._model.preferences
        folder = kept.last_folders.get("timelapse", kept.last_folders.get("save", Path()))
        content = self._session.reel.content
        stem = Path(content.name).stem if content else self.tr("picture")
        name = safe(self.tr("{0} timelapse").format(stem)) + suffix
        path, _ = QFileDialog.getSaveFileName(
            self.dialog,
            self.tr("Save the timelapse"),
            str(folder / name),
            self.tr("Timelapse ({0})").format(f"*{suffix}"),
        )
        if path and self.dialog is not None:
            # The dialog has asked about a name with its suffix; without one the file is another.
            named = Path(path)
            if named.suffix.lower() != suffix:
                named = _free(named.with_name(named.name + suffix))
            self._model.set(last_folders={**kept.last_folders, "timelapse": named.parent})
            self._choice = self.dialog.choice
            self.dialog.begin(named)

    @Slot(object)
    def _written(self, path: Path) -> None:
        self._session.noted.emit(self.tr("Saved {0}").format(path))

    @Slot()
    def _forget(self) -> None:
        if self.dialog is not None:
            self._choice = self.dialog.choice
            self.dialog.deleteLater()
            self.dialog = None


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free
