"""All presets to choose from: the built-in ones as pictures, the user's own beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from engine.presets import shelf
from gui import theme
from gui.inputs.example_menu import Choice, ExamplePopup
from gui.texts import engine_text

if TYPE_CHECKING:
    from engine.presets.looks import Preset
    from gui.inputs.thumbnails import Thumbnails

_COLUMNS: Final = 4
_ROWS: Final = 3
"""Of the user's own that are seen at once."""


def shown_name(preset: Preset) -> str:
    """A built-in one's in the user's language; one's own as it was written."""
    return engine_text(preset.name) if preset.key else preset.name


def about(preset: Preset | None) -> str:
    """What a preset does, in a sentence or two."""
    translate = QCoreApplication.translate
    if preset is None:
        return translate("PresetPopup", "The look that Impasto begins with")
    if not preset.key:
        return translate("PresetPopup", "A look of your own")
    if not preset.style:
        return engine_text(preset.about)
    brings = translate("PresetPopup", "Brings a style picture along where you have chosen none.")
    return f"{engine_text(preset.about)}\n{brings}"


class PresetPopup(ExamplePopup):
    """Closes once a preset is chosen.

    Signals:
        chosen: the row of the preset, from 0 for the default look.
    """

    def __init__(
        self, presets: Sequence[Preset], current: int, parent: QWidget, thumbnails: Thumbnails
    ) -> None:
        rows = [*enumerate([None, *presets])]
        pictured = [(row, each) for row, each in rows if each is None or each.key]
        choices = [_choice(row, each, row == current) for row, each in pictured]
        title = QCoreApplication.translate("PresetPopup", "Presets")
        super().__init__(title, choices, parent, thumbnails)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = [(row, each) for row, each in rows if each is not None and not each.key]
        if own:
            self._add_own(own, current)

    def _add_own(self, own: Sequence[tuple[int, Preset]], current: int) -> None:
        heading = QLabel(self.tr("Your own"))
        heading.setObjectName("heading")
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE)
        for place, (row, preset) in enumerate(own):
            button = self._named(row, preset, row == current)
            grid.addWidget(button, *divmod(place, _COLUMNS))
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(heading)
        layout.addWidget(_scrolled(inner, -(-len(own) // _COLUMNS)))

    def _named(self, row: int, preset: Preset, is_current: bool) -> QPushButton:
        button = _Named(preset.name, is_current)
        button.clicked.connect(lambda: self._choose_row(row))
        self._group.addButton(button)
        return button

    def _choose_row(self, row: int) -> None:
        self.close()
        self.chosen.emit(row)


class _Named(QPushButton):
    """A preset of the user's own, by its name."""

    def __init__(self, name: str, is_current: bool) -> None:
        super().__init__()
        self.setFixedHeight(theme.FIELD_HEIGHT)
        self.setMinimumWidth(0)
        self.setCheckable(is_current)
        self.setChecked(is_current)
        self.setAccessibleName(name)
        self.setToolTip(name)
        room = 13 * theme.SPACE
        elided = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        self.setText(elided.replace("&", "&&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _choice(row: int, preset: Preset | None, is_current: bool) -> Choice:
    translate = QCoreApplication.translate
    title = translate("PresetBar", "Default") if preset is None else shown_name(preset)
    picture = shelf.thumbnail(preset.key if preset else shelf.DEFAULT)
    return Choice(title, picture, None, row, about(preset), is_current)


def _scrolled(inner: QWidget, rows: int) -> QScrollArea:
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inner)
    for each in (scroll.viewport(), inner):
        each.setAutoFillBackground(False)  # the popup shows through
    shown = min(rows, _ROWS)
    scroll.setFixedHeight(shown * theme.FIELD_HEIGHT + (shown - 1) * theme.SPACE)
    return scroll
