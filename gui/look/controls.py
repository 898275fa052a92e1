"""A row for one setting, built from its declaration: label, slider, field, reset."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.look.fields import Field, field_for, written
from gui.texts import engine_text

if TYPE_CHECKING:
    from engine.knobs import Knob, Stops

SHORTEST_CHANGE: Final = 50
"""Milliseconds between two changes while a slider is dragged: 20 a second."""

FLAT_BUTTON: Final = """
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px; }
QToolButton:hover, QToolButton:focus { border-color: palette(highlight); }
QToolButton::menu-indicator { image: none; }
"""

_FIELD: Final = 18 * theme.SPACE
_RESET: Final = 3 * theme.SPACE
RESET_ROOM: Final = _RESET + theme.SPACE // 2
"""To the right of a field, for the button that resets it."""

_GROOVE: Final = 4
_RADIUS: Final = 7


class StopSlider(QSlider):
    """Slides over the stops of a setting, without a flood of changes.

    Signals:
        asked: a value, at most 20 a second, the last one always.
    """

    asked = Signal(object)

    def __init__(self, stops: Stops) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._stops = stops
        self._pending: float | None = None
        self._is_auto = False
        self._rest = QTimer(self, singleShot=True, interval=SHORTEST_CHANGE)
        self.setRange(0, len(stops) - 1)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._moved)
        self.sliderReleased.connect(self._send)
        self._rest.timeout.connect(self._send)

    def show_value(self, value: object, decided: object = None) -> None:
        """Go to the nearest stop, unless it is being moved."""
        if self.isSliderDown() or self._pending is not None:
            return
        self._is_auto = value is None
        known = decided if value is None else value
        with QSignalBlocker(self):
            self.setValue(self._nearest(known) if isinstance(known, int | float) else self._middle)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Room for the handle, and for ticks where there are some."""
        return QSize(10 * theme.SPACE, (4 if self.tickInterval() else 3) * theme.SPACE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high as that, however narrow."""
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Scroll the panel, not the value."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Jump to where the groove is clicked, and drag on from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            handle = self._handle()
            if not handle.contains(event.position()):
                span = self.width() - handle.width()
                along = int(event.position().x() - handle.width() / 2)
                where = QStyle.sliderValueFromPosition(0, self.maximum(), along, int(span))
                self.setSliderPosition(where)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A thin groove, filled up to the handle; hollow where the value is `auto`."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self._centre_at(self.sliderPosition()), self._handle().center().y())
        left, right = self._centre_at(0), self._centre_at(self.maximum())
        painter.setPen(_round_pen(QColor(colours.line)))
        painter.drawLine(QPointF(left, centre.y()), QPointF(right, centre.y()))
        self._paint_ticks(painter, QColor(colours.quiet), centre.y())
        colour = QColor(colours.quiet if self._is_auto else colours.accent)
        if not self._is_auto:
            painter.setPen(_round_pen(colour))
            painter.drawLine(QPointF(left, centre.y()), centre)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(colours.panel) if self._is_auto else colour)
        painter.drawEllipse(centre, _RADIUS - 1, _RADIUS - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.text), 1.5))
            painter.drawEllipse(centre, _RADIUS + 2, _RADIUS + 2)

    def _paint_ticks(self, painter: QPainter, colour: QColor, middle: float) -> None:
        if not self.tickInterval():
            return
        painter.setPen(QPen(colour, 1))
        for stop in range(0, self.maximum() + 1, self.tickInterval()):
            x = self._centre_at(stop)
            top = middle + _RADIUS + 4
            painter.drawLine(QPointF(x, top), QPointF(x, top + _GROOVE))

    @property
    def _middle(self) -> int:
        return self.maximum() // 2

    def _nearest(self, value: float) -> int:
        above = min(bisect_left(self._stops, value), self.maximum())
        below = max(above - 1, 0)
        closer = value - self._stops[below] < self._stops[above] - value
        return below if closer else above

    def _handle(self) -> QRectF:
        """Where Qt takes the handle to be, in the upper part where there are ticks."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        control = QStyle.ComplexControl.CC_Slider
        return QRectF(self.style().subControlRect(control, option, part, self))

    def _centre_at(self, stop: int) -> float:
        width = self._handle().width()
        return width / 2 + (self.width() - width) * stop / max(self.maximum(), 1)

    def _moved(self, position: int) -> None:
        self._pending = self._stops[position]
        self._is_auto = False
        if not self._rest.isActive():
            self._send()

    def _send(self) -> None:
        if self._pending is not None:
            value, self._pending = self._pending, None
            self._rest.start()
            self.asked.emit(value)


class Control(QWidget):
    """Shows one setting, and says what the user wants instead.

    Attributes:
        knob: the declaration.
        field: for exact values.
        slider: for a number with stops, else None.
        reset: there only while the value is not the default.
        next_run: there during a run that the setting has no effect on.
        aside: there while something else bears on it, such as that it has no effect beside other
            settings; says why on hovering.

    Signals:
        asked: a value, or the text of one.
    """

    asked = Signal(object)

    def __init__(self, knob: Knob) -> None:
        super().__init__()
        self.knob = knob
        self.field = field_for(knob)
        self.slider = StopSlider(knob.stops) if knob.stops else None
        self.label = QLabel(engine_text(knob.label))
        self.next_run = QLabel(self.tr("next run"))
        self.aside = QLabel()
        self.reset = QToolButton()
        self._field = cast("Field", self.field)
        self._shown: tuple[object, object] = (None, None)
        self._dress()
        self._lay_out()
        self._field.asked.connect(self.asked)
        self.reset.clicked.connect(self._ask_default)
        if self.slider:
            self.slider.asked.connect(self.asked)
            self.slider.sliderReleased.connect(self._settle)

    def show_value(
        self,
        value: object,
        decided: object = None,
        *,
        running: bool = False,
        aside: str = "",
        about: str = "",
    ) -> None:
        """Show a value and what bears on it.

        Args:
            value: the user's.
            decided: what `auto` comes to, where that is known.
            running: whether a run goes on, which it may not act on.
            aside: two or three words below its name.
            about: what they mean.
        """
        self._shown = (value, decided)
        self._field.show_value(value, decided)
        if self.slider:
            self.slider.show_value(value, decided)
            known = written(decided if value is None else value)
            self.slider.setAccessibleDescription(f"{known} {engine_text(self.knob.unit)}".strip())
        self.reset.setVisible(written(value) != written(self.knob.default))
        self.next_run.setVisible(running and not self.knob.live)
        self.aside.setVisible(bool(aside))
        self.aside.setText(aside)
        self.aside.setToolTip(about)
        self.field.setAccessibleDescription(about or engine_text(self.knob.help))

    def _dress(self) -> None:
        label, about = engine_text(self.knob.label), engine_text(self.knob.help)
        for widget in filter(None, (self.field, self.slider)):
            widget.setAccessibleName(label)
            widget.setToolTip(about)
        self.field.setAccessibleDescription(about)
        self.label.setToolTip(about)
        self.label.setBuddy(self.field)
        small = self.next_run.font()
        small.setPointSizeF(small.pointSizeF() * 0.85)
        for aside in (self.next_run, self.aside):
            aside.setObjectName("quiet")
            aside.setFont(small)
            aside.hide()
        self.next_run.setToolTip(self.tr("The run on the canvas keeps the value it began with"))
        icons.want(self.reset, "reset")
        self.reset.setStyleSheet(FLAT_BUTTON)
        self.reset.setFixedSize(_RESET, _RESET)
        self.reset.setToolTip(self.tr("Reset {0} to its default").format(label))
        self.reset.setAccessibleName(self.reset.toolTip())
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE // 2)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if self._field.wide:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(self.label, 0, 0)
            grid.addWidget(self.next_run, 0, 1, right)
            grid.addWidget(self.field, 1, 0, 1, 2)
            grid.addWidget(self.reset, 1, 2)
            grid.setVerticalSpacing(theme.SPACE // 2)
            self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            return
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch()
        names.addWidget(self.label)
        names.addWidget(self.next_run)
        names.addWidget(self.aside)
        names.addStretch()
        grid.addLayout(names, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self.reset, 0, 2)
        grid.setRowMinimumHeight(0, 4 * theme.SPACE)
        self.field.setFixedWidth(_FIELD)
        if self.slider:
            grid.addWidget(self.slider, 1, 0, 1, 2)

    def _ask_default(self) -> None:
        self.field.setFocus()  # as the button is about to vanish
        self.asked.emit(self.knob.default)

    def _settle(self) -> None:
        """Go back to what holds where the last value was refused."""
        if self.slider:
            self.slider.show_value(*self._shown)


def _round_pen(colour: QColor) -> QPen:
    pen = QPen(colour, _GROOVE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
