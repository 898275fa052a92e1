"""A picture's size as artists say it: width × height in px, or on paper in cm or inches."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.errors import SettingsError
from engine.print_size import DEFAULT_DPI, PrintSize, Unit, measured
from engine.settings import KNOBS, Settings
from gui import theme
from gui.look.fields import NumberField, QuietComboBox
from gui.texts import engine_text
from gui.worker import Trouble

_LENGTH: Final = replace(
    KNOBS["size"], type=float, unit="", optional=False, stops=(), minimum=0.1, maximum=1e5
)
_NARROW: Final = 10 * theme.SPACE


class SizeRow(QWidget):
    """Shows a size, and says what is asked for instead; the picture keeps its shape.

    Attributes:
        width_field: in the unit.
        height_field: likewise.
        unit_box: px, cm or inch.
        dpi_field: there on paper only.

    Signals:
        asked: the long side in px, and the dots per inch or None.
        dpi_asked: the dots per inch alone, as the size is on paper from now on.
        unit_chosen: a `Unit`.
        refused: `Trouble`: no result may have such a size.
    """

    asked = Signal(int, object)
    dpi_asked = Signal(int)
    unit_chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, *, stacked: bool = False) -> None:
        """Make it.

        Args:
            stacked: whether the dots per inch stand below, where there is little room.
        """
        super().__init__()
        self._stacked = stacked
        self._unit, self._dpi, self._size = Unit.PX, cast("int | None", None), (1, 1)
        self.width_field, self.height_field = NumberField(_LENGTH), NumberField(_LENGTH)
        self.unit_box = QuietComboBox()
        self.dpi_field = NumberField(replace(KNOBS["dpi"], optional=False))
        self.dpi_field.setPlaceholderText(str(DEFAULT_DPI))  # quiet as long as none is written
        self._fill()
        self._dpi_label = QLabel(engine_text(KNOBS["dpi"].label))
        self._lay_out(stacked=stacked)
        self.width_field.asked.connect(lambda text: self._ask_side(text, 0))
        self.height_field.asked.connect(lambda text: self._ask_side(text, 1))
        self.dpi_field.asked.connect(self._ask_dpi)
        self.unit_box.activated.connect(self._choose_unit)

    def set_unit(self, unit: Unit) -> None:
        """Say sizes in this unit."""
        self._unit = unit
        with QSignalBlocker(self.unit_box):
            self.unit_box.setCurrentIndex(self.unit_box.findData(unit))
        self._show()

    def show_size(self, size: tuple[int, int] | None, dpi: int | None) -> None:
        """Show a size.

        Args:
            size: width and height, px; a height of 0 where only the long side is known yet, None
                where nothing is.
            dpi: that are written into the file; None where none are.
        """
        self._size, self._dpi = size or (0, 0), dpi
        for field, side, what in (
            (self.width_field, self._size[0], self.tr("Width; the picture keeps its shape")),
            (self.height_field, self._size[1], self.tr("Height; the picture keeps its shape")),
        ):
            unknown = self.tr("Known once there is a content picture")
            field.setEnabled(side > 0)
            field.setToolTip(what if side else unknown)
            field.setAccessibleDescription(field.toolTip())
        self._show()

    @property
    def resolution(self) -> int:
        """Dots per inch at which a size on paper is meant."""
        return self._dpi or DEFAULT_DPI

    def _fill(self) -> None:
        for unit, words in (
            (Unit.PX, engine_text("px")),
            (Unit.CM, self.tr("cm")),
            (Unit.INCH, self.tr("inch")),
        ):
            self.unit_box.addItem(words, unit)
        self.unit_box.setMinimumContentsLength(3)
        for widget, name, tip in (
            (self.width_field, self.tr("Width"), ""),
            (self.height_field, self.tr("Height"), ""),
            (self.unit_box, self.tr("Unit"), self.tr("In pixels, or as it is printed on paper")),
            (
                self.dpi_field,
                engine_text(KNOBS["dpi"].label),
                self.tr("Dots per inch on paper; written into the saved file"),
            ),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)

    def _lay_out(self, *, stacked: bool) -> None:
        column, row, below = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        for each in (column, row, below):
            each.setSpacing(theme.SPACE // 2)
        times = QLabel("×")
        times.setObjectName("quiet")
        row.addWidget(self.width_field, 1)
        row.addWidget(times)
        row.addWidget(self.height_field, 1)
        row.addWidget(self.unit_box)
        self.unit_box.setFixedWidth(_NARROW)
        self.dpi_field.setFixedWidth(_NARROW)
        (below if stacked else row).addWidget(self.dpi_field)
        below.insertWidget(0, self._dpi_label, 1)
        self._dpi_label.setBuddy(self.dpi_field)
        column.addLayout(row)
        column.addLayout(below)

    def _show(self) -> None:
        for field, side in zip((self.width_field, self.height_field), self._size, strict=True):
            length = measured(side, self.resolution, self._unit)
            known = round(length, 1) if self._unit.is_paper else side
            field.show_value(known if side else None)
        self.dpi_field.setVisible(self._unit.is_paper)
        self._dpi_label.setVisible(self._unit.is_paper and self._stacked)
        self.dpi_field.show_value(self._dpi, DEFAULT_DPI)

    def _ask_side(self, text: object, which: int) -> None:
        """Take over a side; the other one follows, as the picture keeps its shape."""
        length = _number(text)
        if length is None:
            words, remedy = self.tr("“{0}” is no number"), self.tr("write one such as 30 or 21.5")
            self.refused.emit(Trouble(words.format(text), remedy))
            return
        share = max(self._size) / self._size[which]
        self._ask(length * share, self.resolution if self._unit.is_paper else self._dpi)

    def _ask_dpi(self, asked: object) -> None:
        """The size on paper stays, and so there are more pixels or fewer."""
        try:
            dpi = Settings.of({"dpi": asked}).dpi
        except SettingsError as error:
            self.refused.emit(Trouble(error.cause, error.remedy))
        else:
            self._ask(measured(max(self._size), self.resolution, self._unit), dpi)

    def _ask(self, long: float, dpi: int | None) -> None:
        try:
            self.asked.emit(self._pixels(long, dpi or DEFAULT_DPI), dpi)
        except SettingsError as error:
            self.refused.emit(Trouble(error.cause, error.remedy))

    def _pixels(self, long: float, dpi: int) -> int:
        if self._unit.is_paper:
            return PrintSize.of(long, self._unit).pixels(dpi)
        size = Settings.of({"size": round(long)}).size
        assert size is not None
        return size

    def _choose_unit(self) -> None:
        unit = Unit(self.unit_box.currentData())  # Qt makes plain text of it
        self.set_unit(unit)
        self.unit_chosen.emit(unit)
        if unit.is_paper and self._dpi is None:
            self.dpi_asked.emit(DEFAULT_DPI)


def _number(text: object) -> float | None:
    try:
        number = float(str(text).strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
