"""From the mouse and the pen on the canvas to strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice, QTabletEvent

from gui.masks.brush import Stroke, Touch
from gui.masks.overlay import MaskOverlay, Ring, Tint

if TYPE_CHECKING:
    from engine.job import Guidance
    from gui.canvas.canvas import Canvas
    from gui.masks.brush import Box
    from gui.masks.model import MaskModel

_LIGHTEST: Final = 0.15
"""Share of the brush's radius that the lightest touch of a pen still has."""


class Hand(QObject):
    """Paints on a canvas while the model is open; panning and zooming stay the canvas's own.

    Attributes:
        overlay: what the canvas paints over the picture meanwhile.

    Signals:
        stroked: a stroke has ended, and its mask is in force.
    """

    stroked = Signal()

    def __init__(self, model: MaskModel, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._model, self._canvas = model, canvas
        self.overlay = MaskOverlay()
        self._stroke: Stroke | None = None
        self._erased = False
        self._last: tuple[int, Touch] | None = None
        self._shown: object = None
        self._guidance: Guidance | None = None
        self._alt = False
        canvas.installEventFilter(self)
        canvas.view_changed.connect(self._view_changed)
        model.changed.connect(self._show)

    @property
    def is_painting(self) -> bool:
        """Whether a stroke is going on."""
        return self._stroke is not None

    # What is seen

    @Slot()
    def _show(self) -> None:
        """Show the masks that there are now; a stroke over others is given up."""
        model = self._model
        if not model.is_open:
            self._put_away()
            return
        shown = (model.tool.region, model.tool.overlay, model.cells)
        if shown != self._shown or model.guidance is not self._guidance:
            self._stroke = None
            self._shown, self._guidance = shown, model.guidance
            self._show_regions()
        self._refresh_ring()
        self._canvas.set_overlay(self.overlay)

    def _put_away(self) -> None:
        if self._guidance is None:
            return  # it is
        self._guidance = None
        self._stroke = self._shown = self._last = self.overlay.ring = None
        self._canvas.set_overlay(None)
        self._canvas.unsetCursor()

    def _show_regions(self) -> None:
        model = self._model
        if not model.tool.overlay:
            self.overlay.show_regions(model.cells, None, [])
            return
        active = (model.values(), model.tool.region) if model.mask is not None else None
        others = [] if model.tool.is_strength else model.others()
        self.overlay.show_regions(model.cells, active, others)

    @Slot()
    def _view_changed(self) -> None:
        if self._model.is_open:
            self._canvas.update()

    def _move_ring(self, point: QPointF | None) -> None:
        """Bring the ring to a point of the widget; None takes it away."""
        before = self._ring_rect()
        if point is None:
            self.overlay.ring = None
        else:
            ratio, tool = self._canvas.devicePixelRatioF(), self._model.tool
            brush = tool.brush(erasing=self._erases)
            at = QPointF(point.x() * ratio, point.y() * ratio)
            self.overlay.ring = Ring(at, brush.radius, brush.hardness, self._erases)
            self._canvas.setCursor(Qt.CursorShape.BlankCursor)
        for rect in (before, self._ring_rect()):
            self._repaint(rect)

    def _refresh_ring(self) -> None:
        ring, ratio = self.overlay.ring, self._canvas.devicePixelRatioF()
        if ring is not None:
            self._move_ring(ring.at / ratio)

    def _ring_rect(self) -> QRect:
        return self.overlay.ring_rect(self._canvas.device_rect())

    def _repaint(self, rect: QRect) -> None:
        """Have device pixels painted anew."""
        if not rect.isNull():
            ratio = self._canvas.devicePixelRatioF()
            left, top = int(rect.left() / ratio) - 1, int(rect.top() / ratio) - 1
            width, height = int(rect.width() / ratio) + 3, int(rect.height() / ratio) + 3
            self._canvas.update(left, top, width, height)

    # What the hand does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take what paints; all else is the canvas's."""
        if not self._model.is_open or not self._canvas.has_picture:
            return False
        if isinstance(event, QTabletEvent):
            return self._pen(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            self._alt = event.type() == QEvent.Type.KeyPress
            self._refresh_ring()
        elif event.type() == QEvent.Type.Leave:
            self._move_ring(None)
        elif event.type() == QEvent.Type.FocusOut:
            self._finish()
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        self._alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        press = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        left = event.button() == Qt.MouseButton.LeftButton
        if press and left and not self.is_painting and not self._canvas.grabs(event.position()):
            self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(event.position(), 1.0, line=_shift(event))
            return True
        if event.type() == QEvent.Type.MouseMove:
            return self._moved(event.position(), 1.0)
        if event.type() == QEvent.Type.MouseButtonRelease and left and self.is_painting:
            self._finish()
            return True
        return self.is_painting

    def _pen(self, event: QTabletEvent) -> bool:
        """What is not painted comes again as an event of the mouse."""
        eraser = event.pointerType() is QPointingDevice.PointerType.Eraser
        self._alt = eraser or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        point, pressure = event.position(), max(event.pressure(), _LIGHTEST)
        if event.type() == QEvent.Type.TabletMove:
            taken = self._moved(point, pressure)
        elif event.type() == QEvent.Type.TabletRelease:
            taken = self.is_painting
            self._finish()
        else:
            left = event.button() == Qt.MouseButton.LeftButton
            taken = left and not self.is_painting and not self._canvas.grabs(point)
            if taken:
                self._begin(point, pressure, line=_shift(event))
        event.setAccepted(taken)
        return taken

    def _moved(self, point: QPointF, pressure: float) -> bool:
        if not self.is_painting and (self._canvas.grabs(point) or self._canvas.is_panning):
            self._move_ring(None)
            return False
        self._extend(point, pressure)
        self._move_ring(point)
        return True

    @property
    def _erases(self) -> bool:
        """Alt and the other end of a pen turn the tool round."""
        return self._erased if self.is_painting else self._model.tool.erasing != self._alt

    def _touch(self, point: QPointF, pressure: float) -> Touch:
        (across, down), (width, height) = self._canvas.part_at(point), self._model.cells
        return Touch(across * width, down * height, pressure)

    def _begin(self, point: QPointF, pressure: float, *, line: bool) -> None:
        """Begin a stroke, or draw a line from where the last one of this region ended."""
        model, touch = self._model, self._touch(point, pressure)
        last = self._last
        on = line and last is not None and last[0] == model.tool.region
        start = last[1] if on and last is not None else touch
        self._erased = self._erases
        base, brush = model.values(erasing=self._erased), model.tool.brush(erasing=self._erased)
        self._stroke = Stroke(base, brush, start)
        box = self._stroke.begun
        if self.overlay.active is None:
            self.overlay.active = Tint(self._stroke.values, model.tool.region)
            self._canvas.update()
        self._take(box)
        if on:
            self._extend(point, pressure)
        self._move_ring(point)

    def _extend(self, point: QPointF, pressure: float) -> None:
        if self._stroke is not None:
            self._take(self._stroke.to(self._touch(point, pressure)))

    def _take(self, box: Box) -> None:
        """Show what the stroke has changed."""
        assert self._stroke is not None
        if self.overlay.active is not None and not box.is_empty:
            self.overlay.active.refresh(self._stroke.values, box)
            self._repaint(self.overlay.place_of(box, self._canvas.device_rect()))

    def _finish(self) -> None:
        """Let the mask be what the stroke made of it."""
        stroke, self._stroke = self._stroke, None
        if stroke is None:
            return
        self._last = (self._model.tool.region, stroke.end)
        if not stroke.has_changed:
            self._shown = None
            self._show()
            return
        what = self.tr("stroke of the eraser") if self._erased else self.tr("stroke of the brush")
        self._model.put(stroke.values, what)
        self.stroked.emit()


def _shift(event: QMouseEvent | QTabletEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
