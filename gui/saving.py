"""Where pictures are saved, and under which names."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from engine import imageio
from gui.file_names import file_name
from gui.preferences_model import PreferencesModel
from gui.session import Session
from gui.state import Result
from gui.worker import Trouble


class Saving(QObject):
    """Saves what is on the canvas, at once or under a name that it asks for."""

    def __init__(self, session: Session, preferences: PreferencesModel, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._model, self._window = session, preferences, window

    def quick(self, result: Result) -> bool:
        """Save under the name that the preferences' template gives; never over another file."""
        kept = self._model.preferences
        folder = kept.quick_save_folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = self.tr("“{0}” cannot be made: {1}").format(folder, error.strerror or error)
            remedy = self.tr("choose another folder in the preferences")
            self._session.troubled.emit(Trouble(text, remedy))
            return False
        suffix = kept.quick_save_format.value
        return self._session.save(self._free(folder, kept.name_template, suffix, result), result)

    def ask(self, result: Result) -> bool:
        """Ask for a name, then save."""
        kept = self._model.preferences
        folder = kept.last_folders.get("save", Path())
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the picture"),
            str(folder / f"{self._name(kept.name_template, result, 1)}.png"),
            self.tr("Pictures ({0})").format(" ".join("*" + s for s in imageio.SUFFIXES)),
        )
        if not path:
            return False
        named = Path(path) if Path(path).suffix else Path(path + ".png")
        if not self._session.save(named, result):
            return False
        self._model.set(last_folders={**kept.last_folders, "save": named.parent})
        return True

    def _free(self, folder: Path, template: str, suffix: str, result: Result) -> Path:
        number = 1
        while True:
            path = folder / (self._name(template, result, number) + suffix)
            if not path.exists():
                return path
            number += 1

    def _name(self, template: str, result: Result, number: int) -> str:
        state, now = self._session.state, datetime.now().astimezone()
        height, width = result.pixels.shape[:2]
        seed = state.settings.seed
        values = {
            "content": Path(state.content.name).stem if state.content else self.tr("picture"),
            "style": Path(state.style.name).stem if state.style else self.tr("style"),
            "date": f"{now:%Y-%m-%d}",
            "time": f"{now:%H%M%S}",
            "size": f"{width}x{height}",
            "seed": "" if seed is None else str(seed),
            "n": str(number),
        }
        name = file_name(template, values)
        return name if number == 1 or "{n}" in template else f"{name} {number}"
