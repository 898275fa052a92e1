"""Opens the dialog of the paper's figures over the window, and asks where one is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gui import icons
from gui.figures.dialog import FigureDialog
from gui.preferences.model import PreferencesModel
from gui.session import Session


class FigureDesk(QObject):
    """One dialog at a time.

    Attributes:
        dialog: the one that is open, if any.
    """

    def __init__(self, session: Session, preferences: PreferencesModel, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._model, self._window = session, preferences, window
        self.dialog: FigureDialog | None = None

    def open(self) -> None:
        """Open the dialog."""
        if self.dialog is not None:
            return
        dialog = self.dialog = FigureDialog(self._session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.save_asked.connect(self._save)
        icons.paint(dialog)
        dialog.open()

    @Slot()
    def _save(self) -> None:
        assert self.dialog is not None
        kept = self._model.preferences
        folder = kept.last_folders.get("save", Path())
        path, _ = QFileDialog.getSaveFileName(
            self.dialog,
            self.tr("Save the figure"),
            str(folder / f"figure-{self.dialog.number}.png"),
            self.tr("Pictures ({0})").format("*.png"),
        )
        if path and self.dialog is not None:
            named = Path(path)
            if named.suffix.lower() != ".png":
                named = named.with_name(f"{named.name}.png")
            self._model.set(last_folders={**kept.last_folders, "save": named.parent})
            self.dialog.studio.save(named)

    @Slot()
    def _forget(self) -> None:
        self.dialog = None
