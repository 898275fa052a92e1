"""Fields for one setting each: they show a value, and say what the user asks for instead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFileDialog,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from engine.layers import LAYERS
from gui import theme
from gui.texts import engine_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.job import DeviceInfo
    from engine.knobs import Knob
    from engine.networks import NetworkEntry

_FEW: Final = 4
_SHORT: Final = 14
"""Characters that find room beside a label."""
_STEPS: Final = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


class Field(Protocol):
    """What every field can do."""

    asked: SignalInstance
    wide: bool

    def show_value(self, value: object, decided: object = None) -> None:
        """Show a setting's value, and what `auto` comes to where that is known."""


def field_for(knob: Knob) -> QWidget:
    """The field that suits a setting's declaration."""
    if knob.name == "network":
        return NetworkField(knob)
    if knob.name == "device":
        return DeviceField(knob)
    if knob.name == "content_layer":
        return ChoiceField(knob, LAYERS)
    if knob.name == "style_layers":
        return LayersField(knob)
    if knob.choices or _few_values(knob):
        return ChoiceField(knob, knob.choices or _few_values(knob))
    return NumberField(knob) if knob.type in (int, float) else TextField(knob)


def written(value: object) -> str:
    """A setting's value as a field shows it and as the settings read it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if not isinstance(value, tuple):
        return str(value)
    if value and isinstance(value[0], tuple):
        return _written_weights(value)
    return ", ".join(map(str, value))


def stepped(value: float, stops: tuple[float, ...], by: int) -> float:
    """The stop that lies so many further than the value; without stops the value and `by`."""
    if not stops:
        return value + by
    index = bisect_right(stops, value) - 1 if by > 0 else bisect_left(stops, value)
    return stops[min(max(index + by, 0), len(stops) - 1)]


def _written_weights(weights: tuple[tuple[str, float], ...]) -> str:
    if all(weight == 1 / len(weights) for _, weight in weights):
        return ", ".join(name for name, _ in weights)
    return ", ".join(f"{name}={weight:.6g}" for name, weight in weights)


def _few_values(knob: Knob) -> tuple[int, ...]:
    """The values of a number that has only a few."""
    if not knob.multiple_of or knob.minimum is None or knob.maximum is None:
        return ()
    values = range(int(knob.minimum), int(knob.maximum) + 1, int(knob.multiple_of))
    return tuple(values) if len(values) <= _FEW else ()


class TextField(QLineEdit):
    """A line of text; what is being typed is left alone, Escape gives it up.

    Signals:
        asked: the text, or None for `auto`.
    """

    asked = Signal(object)
    wide = True

    def __init__(self, knob: Knob) -> None:
        super().__init__()
        self._knob = knob
        self._shown: tuple[object, object] = (None, None)
        self.setMinimumHeight(theme.FIELD_HEIGHT)
        self.editingFinished.connect(self._commit)
        if knob.unit:
            width = self.fontMetrics().horizontalAdvance(self._unit)
            self.setTextMargins(0, 0, width + theme.SPACE, 0)

    @property
    def _unit(self) -> str:
        return engine_text(self._knob.unit)

    def show_value(self, value: object, decided: object = None) -> None:
        """Show a value, unless another one is being typed."""
        is_typed = self.hasFocus() and self._is_edited
        self._shown = (value, decided)
        if self._knob.optional:
            known = self.tr("auto ({0})").format(written(decided))
            self.setPlaceholderText(self.tr("auto") if decided is None else known)
        if self._is_edited and not is_typed:
            self._restore()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from cancelling the render while it gives up what was typed."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape
            and self._is_edited
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Escape goes back to what holds."""
        if event.key() == Qt.Key.Key_Escape and self._is_edited:
            self._restore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Put the unit at the end, quietly."""
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setPen(QColor(theme.current().quiet))
            place = self.rect().adjusted(0, 0, -theme.SPACE, 0)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, align, self._unit)

    @property
    def _is_edited(self) -> bool:
        """By its text, as Qt's own mark is lost where a name was completed."""
        return self.text() != written(self._shown[0])

    def _restore(self) -> None:
        self.setText(written(self._shown[0]))
        self.setCursorPosition(0)

    def _commit(self) -> None:
        if not self._is_edited:
            return
        text = self.text().strip()
        self._restore()  # until what is asked for holds
        is_auto = self._knob.optional and text.lower() in ("", "auto", self.tr("auto").lower())
        self.asked.emit(None if is_auto else text)


class NumberField(TextField):
    """A number; the arrow keys go to the next value that a slider would offer."""

    wide = False

    def __init__(self, knob: Knob) -> None:
        super().__init__(knob)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Up and Down go one step, Page Up and Page Down ten."""
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        self._commit()
        value, decided = self._shown
        now = decided if value is None else value
        low, high = self._knob.minimum or 0.0, self._knob.maximum or 0.0
        start = now if isinstance(now, int | float) else low
        self.asked.emit(min(max(stepped(start, self._knob.stops, by), low), high))


class LayersField(TextField):
    """Layers with weights; each name is completed as it is typed."""

    def __init__(self, knob: Knob) -> None:
        super().__init__(knob)
        completer = _LastPart(LAYERS, self)
        self.setCompleter(completer)


class _LastPart(QCompleter):
    """Completes what stands behind the last comma."""

    def splitPath(self, path: str) -> list[str]:  # noqa: N802 (Qt's name)
        """The part to complete."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(  # noqa: N802 (Qt's name)
        self, index: QModelIndex | QPersistentModelIndex
    ) -> str:
        """The whole text with the part completed."""
        before, comma, _ = cast(QLineEdit, self.widget()).text().rpartition(",")
        name = super().pathFromIndex(index)
        return f"{before}{comma} {name}" if comma else name


class QuietComboBox(QComboBox):
    """Leaves the wheel to the panel unless it has the focus, and shows long texts whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMinimumHeight(theme.FIELD_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Scroll the panel, not the value."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Shorten a long text in its middle, as the end may say the most; ring it with focus."""
        if self.currentIndex() < 0:
            super().paintEvent(event)
        else:
            self._paint_shortened()
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.current().accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _paint_shortened(self) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - 2
        middle = Qt.TextElideMode.ElideMiddle
        option.currentText = self.fontMetrics().elidedText(self.currentText(), middle, room)
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        """Open as wide as the longest text."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 3 * theme.SPACE)
        super().showPopup()


class ChoiceField(QuietComboBox):
    """One of a few values.

    Signals:
        asked: the value.
    """

    asked = Signal(object)
    wide = False

    def __init__(self, knob: Knob, values: Iterable[object] = ()) -> None:
        super().__init__()
        self._auto: object = None if knob.optional else "auto"
        self._shown: tuple[object, object] = (knob.default, None)
        if knob.optional or knob.default == "auto":
            self.addItem(self.tr("auto"), self._auto)
        for value in values:
            words = engine_text(knob.words.get(str(value), str(value)))
            self.addItem(f"{words} {engine_text(knob.unit)}".strip(), value)
        self.wide = self.wide or any(
            len(self.itemText(row)) > _SHORT for row in range(self.count())
        )
        self.activated.connect(lambda: self._choose(self.currentData()))

    def show_value(self, value: object, decided: object = None) -> None:
        """Show a value; one that is not in the list is added."""
        self._shown = (value, decided)
        if self.itemData(0) == self._auto:
            known = self.tr("auto ({0})").format(engine_text(written(decided)))
            self.setItemText(0, self.tr("auto") if decided is None else known)
        values = [self.itemData(row) for row in range(self.count())]
        plain = written(value) if isinstance(value, str) else value
        if plain not in values:
            self._add_foreign(plain)
            values = [self.itemData(row) for row in range(self.count())]
        self.setCurrentIndex(values.index(plain))

    def _choose(self, value: object) -> None:
        self.asked.emit(value)

    def _add_foreign(self, value: object) -> None:
        self.addItem(str(value), value)


class DeviceField(ChoiceField):
    """The devices of this machine, with their memory."""

    wide = True

    def show_devices(self, devices: tuple[DeviceInfo, ...]) -> None:
        """List them, the value as it is."""
        while self.count() > 1:
            self.removeItem(1)
        labels = [device.label for device in devices]
        for device in devices:
            text = (
                self.tr("{0} · {1} GB")
                if labels.count(device.label) == 1
                else self.tr("{0} · {1} GB ({2})")
            )
            memory = round(device.memory / 2**30)
            self.addItem(text.format(device.label, memory, device.name), device.name)
            about = "\n".join(filter(None, (device.name, engine_text(device.remark))))
            self.setItemData(self.count() - 1, about, Qt.ItemDataRole.ToolTipRole)
        self.show_value(*self._shown)


class NetworkField(ChoiceField):
    """The networks that have names, and any file of weights."""

    wide = True
    _FILE: Final = object()

    def __init__(self, knob: Knob) -> None:
        super().__init__(knob)
        self.addItem(self.tr("a file …"), self._FILE)

    def show_networks(self, entries: tuple[NetworkEntry, ...]) -> None:
        """List them, the value as it is."""
        while self.count() > 2:
            self.removeItem(1)
        for entry in entries:
            missing = self.tr("{0} (not on this machine)")
            text = entry.name if entry.available else missing.format(entry.name)
            about = engine_text(entry.description)
            self._insert(text, entry.name, about)
        self.show_value(*self._shown)

    def _insert(self, text: str, value: object, about: str) -> None:
        row = self.count() - 1
        self.insertItem(row, text, value)
        self.setItemData(row, about, Qt.ItemDataRole.ToolTipRole)

    def _add_foreign(self, value: object) -> None:
        self._insert(Path(str(value)).name or str(value), value, str(value))

    def _choose(self, value: object) -> None:
        if value is not self._FILE:
            self.asked.emit(value)
            return
        self.show_value(*self._shown)  # until a file is chosen
        dialog = QFileDialog(self, self.tr("Choose weights of VGG-19"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters(
            [self.tr("Weights (*.pth *.pt *.safetensors)"), self.tr("All files (*)")]
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.asked)
        dialog.open()
