"""The presets above the look: choose one, keep one, go back to the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QMessageBox, QToolButton, QWidget

from engine.errors import EngineError
from engine.presets import shelf
from engine.settings import Settings
from gui import icons, theme
from gui.inputs.example_menu import PICTURE
from gui.inputs.thumbnails import Thumbnails
from gui.look.controls import FLAT_BUTTON
from gui.look.fields import QuietComboBox
from gui.look.outfit import Wardrobe
from gui.look.preset_popup import PresetPopup, about, shown_name
from gui.look.presets import LONGEST_NAME, Preset, PresetStore, look_of
from gui.worker import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gui.session import Session
from gui.state import State

_DEFAULT: Final = Settings()
_ICON: Final = QSize(28, 21)
_OWN: Final = "own "
"""Before the names of the user's own presets, which may be those of built-in ones."""


class PresetBox(QuietComboBox):
    """Shows the preset that holds with its thumbnail, and opens all of them as pictures.

    Signals:
        opening: the pictures are asked for.
    """

    opening = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setIconSize(_ICON)
        self._thumbnails = Thumbnails(_ICON * 2, self)
        self._thumbnails.changed.connect(self._show_icons)

    def show_presets(self, default: str, presets: tuple[Preset, ...]) -> None:
        """List the default look and presets."""
        self.clear()
        self.addItem(default, None)
        for preset in presets:
            self.addItem(shown_name(preset), preset)
        for row in range(self.count()):
            self.setItemData(row, about(self.itemData(row)), Qt.ItemDataRole.ToolTipRole)
            if picture := self._picture(row):
                self._thumbnails.ask(picture)
        self._show_icons()

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        """Leave it to the pictures."""
        self.opening.emit()

    def _picture(self, row: int) -> Path | None:
        preset = self.itemData(row)
        key = preset.key if preset else shelf.DEFAULT
        return shelf.thumbnail(key) if key else None

    def _show_icons(self) -> None:
        for row in range(self.count()):
            picture = self._picture(row)
            if picture is not None:
                image = self._thumbnails.image(picture)
                self.setItemIcon(row, QIcon(QPixmap.fromImage(image)))


class PresetBar(QWidget):
    """Shows which preset the settings are, if any, and puts on another.

    Attributes:
        box: Default, the built-in ones, the user's own; nothing chosen where the settings are no
            preset.
        menu: what can be done with presets.
    """

    def __init__(self, session: Session, store: PresetStore) -> None:
        super().__init__()
        self._session, self._store = session, store
        self._wardrobe = Wardrobe(session)
        self._pictures = Thumbnails(PICTURE * 2, self)
        self._presets: tuple[Preset, ...] = ()
        self._chosen = ""
        self.box = PresetBox()
        self.box.setPlaceholderText(self.tr("Custom"))
        self.box.setAccessibleName(self.tr("Preset"))
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self._save = self._action(self.tr("Save as preset …"), self._ask_name)
        self._rename = self._action(self.tr("Rename …"), self._ask_new_name)
        self._delete = self._action(self.tr("Delete"), self._ask_to_delete)
        self.menu.addSeparator()
        self._reset = self._action(self.tr("Reset everything"), self._reset_all)
        self._save.setToolTip(self.tr("Keep the look under a name of your own"))
        self._reset.setToolTip(self.tr("All settings of this panel go back to their defaults"))
        self._lay_out()
        self.box.activated.connect(self._put_on)
        self.box.opening.connect(self.open_pictures)
        session.changed.connect(self._show)
        self.refresh()

    def refresh(self) -> None:
        """Read the presets anew."""
        self._presets = (*shelf.built_in(), *self._store.presets())
        self.box.show_presets(self.tr("Default"), self._presets)
        self._show(self._session.state)

    def open_pictures(self) -> None:
        """Show all presets as pictures to choose from."""
        popup = PresetPopup(self._presets, self.box.currentIndex(), self, self._pictures)
        popup.chosen.connect(self._put_on)
        popup.open_at(self.box, flush_right=True)

    def _action(self, text: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(slot)
        self.menu.addAction(action)
        return action

    def _lay_out(self) -> None:
        more = QToolButton()
        icons.want(more, "more")
        more.setToolTip(self.tr("Save, rename and delete presets"))
        more.setAccessibleName(self.tr("Presets"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setStyleSheet(FLAT_BUTTON)
        more.setFixedSize(3 * theme.SPACE, theme.FIELD_HEIGHT)
        more.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self.box, 1)
        row.addWidget(more)

    def _show(self, state: State) -> None:
        look = look_of(state.settings)
        looks = [("", _DEFAULT), *((_known_as(each), each.look) for each in self._presets)]
        same = [row for row, (_, each) in enumerate(looks) if each == look]
        chosen = [row for row in same if looks[row][0] == self._chosen]
        self.box.setCurrentIndex(next(iter([*chosen, *same]), -1))
        shown = self.box.currentText() or self.box.placeholderText()
        self.box.setAccessibleDescription(shown)
        sets = self.tr("A preset sets the whole look, in one step")
        what = about(self.box.currentData()) if self.box.currentIndex() > 0 else ""
        self.box.setToolTip("\n".join(filter(None, (what, sets))))
        why_not = "" if self._current else self.tr("Choose a preset of your own first")
        tips = {
            self._rename: self.tr("Give the chosen preset another name"),
            self._delete: self.tr("Delete the chosen preset; the settings stay as they are"),
        }
        for action, what in tips.items():
            action.setEnabled(not why_not)
            action.setToolTip(why_not or what)

    @property
    def _current(self) -> Preset | None:
        """The preset of the user's own that holds."""
        row = self.box.currentIndex() - 1
        preset = self._presets[row] if row >= 0 else None
        return preset if preset and not preset.key else None

    def _put_on(self, row: int) -> None:
        preset = self._presets[row - 1] if row else None
        self._chosen = _known_as(preset) if preset else ""
        self._wardrobe.put_on(preset)
        self._show(self._session.state)

    def _reset_all(self) -> None:
        """All but where the render starts from, which is no part of this panel."""
        self._chosen = ""
        self._session.use(_DEFAULT.replace(init=self._session.state.settings.init))

    # Dialogs

    def _ask_name(self) -> None:
        self._ask(self.tr("Save as preset"), "", self._save_as)

    def _ask_new_name(self) -> None:
        preset = self._current
        if preset:
            title = self.tr("Rename “{0}”").format(preset.name)
            self._ask(title, preset.name, lambda name: self._rename_to(preset, name))

    def _ask_to_delete(self) -> None:
        preset = self._current
        if preset:
            question = self.tr("Delete the preset “{0}”?").format(preset.name)
            self._confirm(question, self.tr("Delete"), lambda: self._remove(preset))

    def _ask(self, title: str, name: str, then: Callable[[str], None]) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("Name, up to {0} characters:").format(LONGEST_NAME))
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(then)
        dialog.open()

    def _confirm(self, question: str, yes: str, then: Callable[[], None]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Presets"), question, parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.accepted.connect(then)
        box.open()

    # What they lead to

    def _save_as(self, name: str) -> None:
        settings = self._session.state.settings
        if not self._store.has(name):
            self._attempt(lambda: self._store.save(name, settings).name)
            return
        question = self.tr("Replace the preset “{0}”?").format(name)
        replace = self.tr("Replace")
        self._confirm(question, replace, lambda: self._replace(name, settings))

    def _replace(self, name: str, settings: Settings) -> None:
        self._attempt(lambda: self._store.save(name, settings, overwrite=True).name)

    def _rename_to(self, preset: Preset, name: str) -> None:
        self._attempt(lambda: self._store.rename(preset, name).name)

    def _remove(self, preset: Preset) -> None:
        self._attempt(lambda: self._store.delete(preset))

    def _attempt(self, act: Callable[[], str | None]) -> None:
        """Do it and show what has become of it, or say why not."""
        trouble = None
        try:
            self._chosen = _OWN + (act() or "")
        except EngineError as error:
            trouble = Trouble(error.cause, error.remedy)
        self._session.troubled.emit(trouble)
        self.refresh()


def _known_as(preset: Preset) -> str:
    return preset.key or _OWN + preset.name
