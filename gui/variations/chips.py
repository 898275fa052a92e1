"""An axis of a sheet as one chooses it: a setting, and its values as chips."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from engine.knobs import STRENGTH, Knob
from engine.layers import LAYERS
from engine.variations import axes
from gui import icons, theme
from gui.look.fields import QuietComboBox
from gui.texts import engine_text

_NARROWEST: Final = 6 * theme.SPACE
_NARROW: Final = 10 * theme.SPACE
_WIDEST: Final = 20 * theme.SPACE
_AROUND: Final = 6 * theme.SPACE
"""Px of a chip beside its text: its padding, and the room of the button that removes it."""


class Chip(QLineEdit):
    """A value that can be written over; emptied, it goes.

    Signals:
        written: another value is there.
        emptied: it is to go.
    """

    written = Signal()
    emptied = Signal()

    def __init__(self, knob: Knob, text: str) -> None:
        super().__init__(text)
        self.setObjectName("chip")
        self._before = text
        label = engine_text(knob.label)
        self.setAccessibleName(self.tr("A value of {0}").format(label))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.FIELD_HEIGHT)
        self.setCursorPosition(0)
        names = LAYERS if knob.name == "content_layer" else knob.choices
        if names:
            self.setCompleter(QCompleter(list(names), self))
        self._remove = QToolButton(self)
        self._remove.setObjectName("chipRemove")
        self._remove.setCursor(Qt.CursorShape.ArrowCursor)
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._remove.setAccessibleName(self.tr("Remove"))
        self._remove.setToolTip(self.tr("Remove this value"))
        self._remove.setIconSize(QSize(12, 12))
        icons.want(self._remove, "remove")
        self._remove.clicked.connect(self.emptied)
        self.setTextMargins(0, 0, 2 * theme.SPACE, 0)
        self.textChanged.connect(self._follow)
        self._follow()
        self.editingFinished.connect(self._commit)

    @property
    def remove_button(self) -> QToolButton:
        """Takes the value away."""
        return self._remove

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As wide as its text."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + _AROUND
        return QSize(min(max(width, _NARROWEST), _WIDEST), theme.FIELD_HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Narrower where there is little room."""
        return self.sizeHint().boundedTo(QSize(_NARROW, theme.FIELD_HEIGHT))

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Keep the button at the end."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        side = 2 * theme.SPACE + 2
        top = (self.height() - side) // 2
        self._remove.setGeometry(self.width() - side - 5, top, side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter takes the value and no more; Escape goes back to the one before."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._before:
            self.setText(self._before)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._commit()
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        """A long text has little room: it is said whole in the tip."""
        self.updateGeometry()
        hint = self.tr("Write another value; leave none to remove it")
        self.setToolTip(f"{self.text()}\n{hint}" if self.text() else hint)

    def _commit(self) -> None:
        if not self.text().strip():
            self.emptied.emit()
        elif self.text() != self._before:
            self._before = self.text()
            self.written.emit()


class AxisRow(QWidget):
    """A setting to choose, or none, and its values.

    Attributes:
        box: of the settings.
        add_button: one more value.

    Signals:
        changed: the setting or a value is another.
    """

    changed = Signal()

    def __init__(self, title: str, *, optional: bool) -> None:
        """Make it.

        Args:
            title: what is said before it.
            optional: whether there may be no setting.
        """
        super().__init__()
        self._chips: list[Chip] = []
        self._written: dict[str, tuple[str, ...]] = {}
        self.box = QuietComboBox()
        self.box.setAccessibleName(title)
        self.box.setFixedWidth(22 * theme.SPACE)
        if optional:
            self.box.addItem(self.tr("nothing else"), None)
        for knob in axes.variable():
            self.box.addItem(engine_text(knob.label), knob)
            self.box.setItemData(
                self.box.count() - 1, engine_text(knob.help), Qt.ItemDataRole.ToolTipRole
            )
        self.add_button = QToolButton()
        self.add_button.setObjectName("chipAdd")
        self.add_button.setAccessibleName(self.tr("Add a value"))
        self.add_button.setFixedSize(theme.FIELD_HEIGHT, theme.FIELD_HEIGHT)
        icons.want(self.add_button, "add")
        label = QLabel(title)
        label.setObjectName("quiet")
        label.setMinimumWidth(7 * theme.SPACE)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE)
        self._row.addWidget(label)
        self._row.addWidget(self.box)
        self._row.addSpacing(theme.SPACE)
        self._row.addWidget(self.add_button)
        self._row.addStretch(1)
        self.box.currentIndexChanged.connect(self._choose)
        self.add_button.clicked.connect(self._add)
        self._choose()

    @property
    def knob(self) -> Knob | None:
        """The setting; None for none."""
        knob: Knob | None = self.box.currentData()
        return knob

    @property
    def values(self) -> tuple[str, ...]:
        """As they are written."""
        return tuple(chip.text().strip() for chip in self._chips)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """One for each value."""
        return tuple(self._chips)

    def show_axis(self, name: str, values: Iterable[str] = ()) -> None:
        """Choose a setting by its name, empty for none, and values where some are given."""
        names = [each.name if each else "" for each in map(self.box.itemData, self._rows)]
        if values:
            self._written[name] = tuple(values)
        if name in names:
            with QSignalBlocker(self.box):
                self.box.setCurrentIndex(names.index(name))
            self._choose()

    @property
    def _rows(self) -> range:
        return range(self.box.count())

    def _choose(self) -> None:
        knob = self.knob
        if knob is not None and knob.name not in self._written:
            suggested = axes.suggested(knob)
            self._written[knob.name] = tuple(axes.written(knob, value) for value in suggested)
        self.box.setToolTip(engine_text(knob.help) if knob else self.tr("One setting only"))
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        """Show the chips of the setting as they were left."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        knob = self.knob
        self._chips = [self._chip(knob, text) for text in self._written[knob.name]] if knob else []
        for index, chip in enumerate(self._chips):
            self._row.insertWidget(3 + index, chip)
        icons.paint(self)
        self._explain()

    def _chip(self, knob: Knob, text: str) -> Chip:
        chip = Chip(knob, text)
        chip.written.connect(self._keep)
        chip.emptied.connect(lambda: self._drop(chip))
        return chip

    def _keep(self) -> None:
        knob = self.knob
        if knob is not None:
            self._written[knob.name] = self.values
            self._explain()
            self.changed.emit()

    def _drop(self, chip: Chip) -> None:
        if chip in self._chips:
            knob = self.knob
            assert knob is not None
            self._chips.remove(chip)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
            self._keep()

    def _add(self) -> None:
        """Add the next value, to be written over."""
        knob = self.knob
        if knob is None or not self.add_button.isEnabled():
            return
        chip = self._chip(knob, next_value(knob, self.values))
        self._row.insertWidget(3 + len(self._chips), chip)
        self._chips.append(chip)
        icons.paint(chip)
        chip.show()
        chip.setFocus(Qt.FocusReason.OtherFocusReason)
        chip.selectAll()
        self._keep()

    def _explain(self) -> None:
        why = ""
        if self.knob is not None and len(self._chips) >= axes.MOST_VALUES:
            why = self.tr("More than {0} side by side are too small to be told apart")
        self.add_button.setVisible(self.knob is not None)
        self.add_button.setEnabled(not why)
        self.add_button.setToolTip(why.format(axes.MOST_VALUES) if why else self.tr("Add a value"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Wear the icons in the colours that are worn now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            icons.paint(self)


def next_value(knob: Knob, values: tuple[str, ...]) -> str:
    """A value that is not among those.

    Of numbers as far beyond the last as that is beyond the one before, by their difference or
    their ratio; where the setting allows no more, in the middle of the widest gap.
    """
    suggested = [axes.written(knob, value) for value in axes.suggested(knob)]
    left = [each for each in (*suggested, *knob.choices) if each not in values]
    numbers = [float(each) for each in values if _is_number(each)]
    if knob.type not in (int, float) or len(numbers) < 2:
        return left[0] if left else ""
    found = _beyond(knob, numbers)
    if knob.type is int:
        found = round(found)
    text = axes.written(knob, found)
    return text if text not in values else axes.written(knob, _between(numbers))


def _beyond(knob: Knob, numbers: list[float]) -> float:
    before, last = numbers[-2:]
    is_even = knob is STRENGTH or knob.type is int or before * last <= 0
    found = last + (last - before) if is_even else last * last / before
    low, high = knob.minimum, knob.maximum
    return min(max(found, found if low is None else low), found if high is None else high)


def _between(numbers: list[float]) -> float:
    ordered = sorted(set(numbers))
    low, high = max(pairwise(ordered), key=lambda pair: pair[1] - pair[0])
    return (low + high) / 2


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
