"""Where pictures are saved, and under which names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from engine import imageio
from engine.disk.file_names import file_name
from engine.errors import EngineError
from engine.recipes.recipe import Recipe
from engine.settings import Settings
from gui.preferences.model import PreferencesModel
from gui.session import Session
from gui.state import Result
from gui.worker import Trouble


class Saving(QObject):
    """Saves what is on the canvas, at once or under a name that it asks for."""

    def __init__(
        self, session: Session, preferences: PreferencesModel, window: QWidget | None = None
    ) -> None:
        super().__init__(window)
        self._session, self._model, self._window = session, preferences, window

    def quick(self, result: Result) -> None:
        """Save under the name that the preferences' template gives; never over another file."""
        self._session.troubled.emit(None)
        settings = self._session.state.settings
        self.into(self._model.preferences.quick_save_folder, result, settings)

    def into(self, folder: Path, result: Result, settings: Settings) -> None:
        """Save in a folder, as `quick`.

        Args:
            folder: is made where it is missing.
            result: the picture.
            settings: say with which depth, resolution and EXIF.
        """
        kept = self._model.preferences
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = self.tr("“{0}” cannot be made: {1}").format(folder, error.strerror or error)
            remedy = self.tr("choose another folder")
            self._session.troubled.emit(Trouble(text, remedy))
            return
        suffix = kept.quick_save_format.value
        names = (self._name(kept.name_template, result, number) for number in count(1))
        free = self._free(folder / (name + suffix) for name in names)
        self._session.noted.emit(self.tr("Saving {0} …").format(free))
        self._session.writer.write(free, result, settings, overwrite=False)

    def ask(self, result: Result) -> None:
        """Ask for a name, then save."""
        kept = self._model.preferences
        folder = kept.last_folders.get("save", Path())
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the picture"),
            str(folder / f"{self._name(kept.name_template, result, 1)}.png"),
            self.tr("Pictures ({0})").format(" ".join("*" + s for s in imageio.SUFFIXES)),
        )
        if path:
            named = self._settled(Path(path))
            self._model.set(last_folders={**kept.last_folders, "save": named.parent})
            self._session.save(named, result)

    def ask_with_inset(self) -> None:
        """As `ask`, for the canvas's picture with the style in its lower left corner."""
        state = self._session.state
        if state.result is not None and not state.why_no_inset:
            self.ask(state.result.with_inset())

    def _settled(self, path: Path) -> Path:
        """A name that says its format, of a file that is not there or may be replaced.

        The dialog has asked about the name as it was, and could not see what is being written.
        """
        named = path.suffix.lower() in imageio.SUFFIXES
        if named and (path.exists() or not self._session.writer.is_writing(path)):
            return path
        stem, suffix = (path.stem, path.suffix) if named else (path.name, ".png")
        return self._free(path.with_name(f"{stem}{_numbered(n)}{suffix}") for n in count(1))

    def _free(self, paths: Iterable[Path]) -> Path:
        writer = self._session.writer
        return next(path for path in paths if not path.exists() and not writer.is_writing(path))

    def _name(self, template: str, result: Result, number: int) -> str:
        content, style = self._sources(result)
        now = datetime.now().astimezone()
        height, width = result.pixels.shape[:2]
        seed = self._session.state.settings.seed
        values = {
            "content": Path(content).stem if content else self.tr("picture"),
            "style": style or self.tr("style"),
            "date": f"{now:%Y-%m-%d}",
            "time": f"{now:%H%M%S}",
            "size": f"{width}x{height}",
            "seed": "" if seed is None else str(seed),
            "n": str(number),
        }
        name = file_name(template, values)
        # A name that was cut off may have lost its number.
        is_numbered = number == 1 or name != file_name(template, values | {"n": "1"})
        return name if is_numbered else name + _numbered(number)

    def _sources(self, result: Result) -> tuple[str, str]:
        """The names of the photograph and of the paintings that it was made of."""
        state = self._session.state
        try:
            made = Recipe.from_json(result.recipe, "")
        except EngineError:
            content = state.content.name if state.content else ""
            return content, _together(style.name for style in state.styles)
        return made.content.name, _together(style.name for style in made.styles)


def _together(names: Iterable[str]) -> str:
    """One name of the styles' names without their suffixes."""
    return "+".join(Path(name).stem for name in names)


def _numbered(number: int) -> str:
    return "" if number == 1 else f" {number}"
