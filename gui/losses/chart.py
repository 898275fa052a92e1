"""The chart of the losses. Imports pyqtgraph, a quarter of a second: only `plot` loads it."""

from __future__ import annotations

from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.losses.history import LossHistory, number, span, ticks

_LABELS = 18.0
"""Height in px above the curves for what the marks say."""


_NAMED: Final = 160
"""Pixels of height from which the axis has room for its name."""


class LossChart(pg.PlotWidget):  # type: ignore[misc]
    """Curves over the iterations, with a mark where a scale begins and a line under the mouse.

    Signals:
        pointed_at: the index of the point under the mouse; None once it leaves.
        clicked: that of a point that was clicked.
    """

    pointed_at = Signal(object)
    clicked = Signal(int)

    def __init__(self, bottom: str, left: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems={"left": _LogAxis("left")})
        self._history = LossHistory()
        self._curves: dict[str, Any] = {}
        self._marks: list[Any] = []
        self._labels = bottom, left
        self._pointer = pg.InfiniteLine(angle=90)
        self._pointer.hide()
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.getViewBox().disableAutoRange()
        self.addItem(self._pointer, ignoreBounds=True)
        self.getAxis("bottom").setHeight(34)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scene().sigMouseMoved.connect(self._mouse_at)
        self.scene().sigMouseClicked.connect(lambda event: self._click(event.scenePos()))
        self.dress()

    def dress(self) -> None:
        """Wear the theme's colours."""
        colours = theme.current()
        self.setBackground(QColor(colours.field))
        for side, text in zip(("bottom", "left"), self._labels, strict=True):
            axis = self.getAxis(side)
            axis.setPen(QColor(colours.line))
            axis.setTextPen(QColor(colours.quiet))
            axis.setLabel(text, color=colours.quiet)
        self._pointer.setPen(QColor(colours.quiet))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Name the axis where there is room."""
        super().showEvent(event)
        self._name_axis()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802 (Qt's name)
        """Leave the axis's name out where it would be cut."""
        super().resizeEvent(event)
        if self.isVisible():  # pyqtgraph resizes before it is whole
            self._name_axis()

    def _name_axis(self) -> None:
        self.getAxis("left").showLabel(self.height() >= _NAMED)

    def show_history(self, history: LossHistory, pens: dict[str, QPen]) -> None:
        """Draw the curves that have a pen, and no other."""
        self._history = history
        for name in [name for name in self._curves if name not in pens]:
            self.removeItem(self._curves.pop(name))
        drawn = []
        for name, pen in pens.items():
            if name not in self._curves:
                self._curves[name] = self.plot(antialias=True, connect="finite")
            steps, values = history.points(name)
            self._curves[name].setData(steps, values, pen=pen)
            drawn.append(values)
        last = history.steps[-1] if history.steps else 1
        self.setXRange(min(history.steps, default=0), max(last, 1), padding=0.01)
        low, high = span(drawn)
        part = min(0.5, _LABELS / max(1.0, self.getViewBox().height()))
        self.setYRange(low, high + (high - low) * part / (1 - part), padding=0)
        self._show_marks(history.marks, last)

    def leaveEvent(self, event: Any) -> None:  # noqa: N802, ANN401 (Qt's name, pyqtgraph's type)
        """Nothing is pointed at any longer."""
        super().leaveEvent(event)
        self._point_at(None)

    def _show_marks(self, marks: list[tuple[int, int]], last: int) -> None:
        if len(marks) < len(self._marks):
            while self._marks:
                self.removeItem(self._marks.pop())
        while len(self._marks) < len(marks):
            self._marks.append(_mark(f"{marks[len(self._marks)][1]} px"))
            self.addItem(self._marks[-1], ignoreBounds=True)
        ends = [step for step, _ in marks[1:]] + [last]
        quiet, line = QColor(theme.current().quiet), QColor(theme.current().line)
        wide = self.getViewBox().viewPixelSize()[0]  # steps a pixel
        for item, (step, _), end in zip(self._marks, marks, ends, strict=True):
            item.setPos(step)
            item.setPen(QPen(line, 0, Qt.PenStyle.DashLine))
            item.label.setColor(quiet)
            item.label.setVisible((end - step) / wide > item.label.boundingRect().width())

    def _mouse_at(self, place: QPointF) -> None:
        self._point_at(self._index_at(place))

    def _click(self, place: QPointF) -> None:
        index = self._index_at(place)
        if index is not None:
            self.clicked.emit(index)

    def _index_at(self, place: QPointF) -> int | None:
        inside = self.getViewBox().sceneBoundingRect().contains(place)
        return (
            self._history.nearest(self.getViewBox().mapSceneToView(place).x()) if inside else None
        )

    def _point_at(self, index: int | None) -> None:
        self._pointer.setVisible(index is not None)
        if index is not None:
            self._pointer.setPos(self._history.steps[index])
        self.pointed_at.emit(index)


class _LogAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis of log₁₀ that is labelled with the values themselves."""

    def tickValues(  # noqa: N802 (pyqtgraph's name)
        self, low: float, high: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Labelled ticks first, then fine ones."""
        labelled, fine = ticks(low, high, most=max(2, int(size // 20)))
        return [(1.0, labelled), (0.1, [each for each in fine if each not in labelled])]

    def tickStrings(  # noqa: N802 (pyqtgraph's name)
        self, values: list[float], scale: float, spacing: float
    ) -> list[str]:
        """Only labelled ticks have a text."""
        return [number(value) if spacing == 1.0 else "" for value in values]


def _mark(text: str) -> Any:  # noqa: ANN401 (pyqtgraph has no types)
    options = {"position": 0.99, "anchors": [(0, 0), (0, 0)]}
    return pg.InfiniteLine(angle=90, label=text, labelOpts=options)
