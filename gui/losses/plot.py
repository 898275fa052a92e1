"""The losses of a run as it goes: the total and its parts, on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from engine.job import Frame, Started
from engine.settings import Settings
from gui import theme
from gui.losses.history import CONTENT, SMOOTHING, TOTAL, LossHistory, figure

if TYPE_CHECKING:
    from gui.losses.chart import LossChart

INTERVAL: Final = 200
"""Milliseconds between two paintings, each of which takes up to twenty on a sharp screen."""

LAYER_COLOURS: Final = {
    "dark": ("#2f86d6", "#56b4e9", "#009e73", "#d55e00", "#cc79a7", "#f0e442"),
    "light": ("#00508a", "#2f9bd8", "#00805d", "#b84300", "#b5508a", "#615900"),
}
"""After Okabe and Ito, told apart by the colour-blind; on light ground darker, to be seen."""
CONTENT_COLOURS: Final = {"dark": "#e69f00", "light": "#c47f00"}

_LEGEND = 216


class LossPlot(QWidget):
    """The chart with a legend that gives values and hides curves.

    The chart is made once there is something to show: its library takes a while to load.

    Signals:
        pointed_at: the step that the mouse is at; None once it leaves.
        chosen: a step that was clicked.
    """

    pointed_at = Signal(object)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history = LossHistory()
        self._chart: LossChart | None = None
        self._keys: dict[str, LegendKey] = {}
        self._pointed: int | None = None
        self._invitation = QLabel(self.tr("The losses of a run are drawn here as it goes"))
        self._place = QLabel()
        self._timer = QTimer(self, singleShot=True, interval=INTERVAL)
        self._timer.timeout.connect(self._refresh_if_seen)
        self._stale = False
        self._build()

    def start(self, started: Started) -> None:
        """A run begins: what was drawn of the one before goes."""
        self.clear()
        self.history.start(started)

    def add(self, frame: Frame, settings: Settings) -> None:
        """Take in a frame's losses; they are drawn soon, if they can be seen.

        Args:
            frame: of the run that started last.
            settings: as the user has them now.
        """
        self.history.add(frame, settings)
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def take_over(self, old: LossPlot) -> None:
        """Show the run that another plot shows."""
        self.history = old.history
        self._stale = bool(self.history.steps)
        if self.isVisible():
            self._timer.start()

    def clear(self) -> None:
        """Forget everything."""
        self.history.clear()
        self._pointed = None
        for key in self._keys.values():
            self._keys_layout.removeWidget(key)
            key.deleteLater()
        self._keys.clear()
        self._timer.stop()
        self._stale = False
        self._stack.setCurrentIndex(0)

    def prepare(self) -> None:
        """Make the chart, at a moment when the window may wait for a quarter of a second."""
        if self._chart is None:
            from gui.losses.chart import LossChart

            self._chart = LossChart(self.tr("Iteration"), self.tr("Weighted loss"))
            self._chart.setAccessibleName(self.tr("Chart of the losses"))
            self._chart.setToolTip(self._explanation())
            self._chart.pointed_at.connect(self._point_at)
            self._chart.pointed_at.connect(self._tell)
            self._chart.clicked.connect(self._choose)
            self._chart_room.addWidget(self._chart)

    @property
    def chart(self) -> LossChart | None:
        """The chart, None before it is needed."""
        return self._chart

    @property
    def pending(self) -> bool:
        """Whether there is something that is not drawn yet."""
        return self._stale

    @property
    def keys(self) -> dict[str, LegendKey]:
        """The legend, by curve."""
        return self._keys

    @property
    def place(self) -> str:
        """Which point the legend's values are of."""
        return self._place.text()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Low and wide."""
        return QSize(760, 200)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw what came while nobody looked, after the window is there."""
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Wear other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._chart is not None:
            self._chart.dress()
            self._refresh()

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Losses"))
        self._invitation.setObjectName("quiet")
        self._invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        full = QWidget()
        row = QHBoxLayout(full)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        self._chart_room = QVBoxLayout()
        row.addLayout(self._chart_room, 1)
        row.addWidget(self._legend())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._invitation)
        self._stack.addWidget(full)

    def _legend(self) -> QWidget:
        keys = QWidget()
        self._keys_layout = QVBoxLayout(keys)
        self._keys_layout.setContentsMargins(0, 0, theme.SPACE, 0)
        self._keys_layout.setSpacing(0)
        self._keys_layout.addWidget(self._place)
        self._keys_layout.addStretch()
        self._place.setObjectName("quiet")
        self._place.setContentsMargins(theme.SPACE, theme.SPACE // 2, 0, theme.SPACE // 2)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(keys)
        scroll.setFixedWidth(_LEGEND)
        for see_through in (keys, scroll.viewport()):
            see_through.setAutoFillBackground(False)
        return scroll

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        if not self.history.steps:
            return  # a key that goes still tells that the mouse has left it
        self._stale = False
        self.prepare()
        assert self._chart is not None
        for name in self.history.curves:
            if name not in self._keys:
                self._add_key(name)
        self._stack.setCurrentIndex(1)
        pens = {name: self._pen(name) for name, key in self._keys.items() if key.isChecked()}
        self._chart.show_history(self.history, pens)
        self._point_at(self._pointed)

    def _add_key(self, name: str) -> None:
        key = LegendKey(self._title(name))
        key.setToolTip(self.tr("Show or hide this curve"))
        key.toggled.connect(self._refresh)
        key.pointed_at.connect(self._refresh)
        self._keys[name] = key
        self._keys_layout.insertWidget(self._keys_layout.count() - 1, key)

    def _title(self, name: str) -> str:
        titles = {
            TOTAL: self.tr("Total"),
            CONTENT: self.tr("Content"),
            SMOOTHING: self.tr("Smoothing"),
        }
        return titles.get(name) or self.tr("Style {0}").format(name)

    def _explanation(self) -> str:
        return self.tr(
            "Each part as it counts in the total: its weight times its loss. "
            "The axis is logarithmic; dashed lines mark where a larger scale begins. "
            "The canvas shows the moment under the pointer; a click stays there."
        )

    def _pen(self, name: str) -> QPen:
        key = self._keys[name]
        width = 2.5 if key.underMouse() or key.hasFocus() else 1.0
        pen = QPen(self._colour(name), width * self.devicePixelRatioF())
        pen.setCosmetic(True)  # in the screen's pixels; one pixel is painted ten times faster
        if name == SMOOTHING or self._place_of(name) >= len(LAYER_COLOURS["dark"]):
            pen.setStyle(Qt.PenStyle.DashLine)
        key.show_pen(pen)
        return pen

    def _colour(self, name: str) -> QColor:
        colours = theme.current()
        scheme = "dark" if colours is theme.DARK else "light"
        fixed = {TOTAL: colours.text, CONTENT: CONTENT_COLOURS[scheme], SMOOTHING: colours.quiet}
        layers = LAYER_COLOURS[scheme]
        return QColor(fixed.get(name) or layers[self._place_of(name) % len(layers)])

    def _place_of(self, name: str) -> int:
        layers = [each for each in self._keys if each not in (TOTAL, CONTENT, SMOOTHING)]
        return layers.index(name) if name in layers else -1

    def _tell(self, index: int | None) -> None:
        self.pointed_at.emit(None if index is None else self.history.steps[index])

    def _choose(self, index: int) -> None:
        self.chosen.emit(self.history.steps[index])

    def _point_at(self, index: int | None) -> None:
        """Give the values of a point, of the newest one for None."""
        count = len(self.history.steps)
        self._pointed = index if index is not None and index < count else None
        if not count:
            return
        shown = count - 1 if self._pointed is None else self._pointed
        step = self.history.steps[shown]
        self._place.setText(
            self.tr("Iteration {0} · {1} px").format(step, self.history.size_at(step))
        )
        for name, key in self._keys.items():
            key.show_value(figure(self.history.value(name, shown)))


class LegendKey(QAbstractButton):
    """A curve's line, name and value; pressing it hides the curve or shows it again.

    Signals:
        pointed_at: the mouse or the focus came or went.
    """

    pointed_at = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(self.fontMetrics().height() + theme.SPACE // 2)
        self._pen = QPen()
        self.value = ""

    def show_pen(self, pen: QPen) -> None:
        """Say how the curve is drawn."""
        if pen != self._pen:
            self._pen = pen
            self.update()

    def show_value(self, value: str) -> None:
        """Say how high the curve is."""
        if value != self.value:
            self.value = value
            self.setAccessibleDescription(value)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As wide as the legend."""
        return QSize(_LEGEND - 3 * theme.SPACE, self.height())

    def event(self, event: QEvent) -> bool:
        """Tell when the mouse or the focus comes or goes, which thickens the curve."""
        answer = super().event(event)
        moves = (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut)
        if event.type() in moves:
            self.pointed_at.emit()
        return answer

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the line, the name and the value."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        if self.isChecked():
            painter.setPen(QPen(self._pen.color(), 2.5, self._pen.style()))
            left = QPointF(theme.SPACE, self.height() / 2)
            painter.drawLine(left, left + QPointF(2 * theme.SPACE, 0))
        room = self.rect().adjusted(4 * theme.SPACE, 0, -theme.SPACE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.text if self.isChecked() else colours.quiet))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setPen(QColor(colours.quiet))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, self.value)
        painter.end()
