"""The canvas: what the mouse and the keyboard do to the view of the picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui.canvas import divider
from gui.canvas.layer import bgrx, borrowed
from gui.canvas.picture_view import PictureView

__all__ = ["Canvas", "bgrx", "borrowed"]

_NOTCH: Final = 120
"""What Qt reports for a notch of a wheel."""
_FACTOR_A_NOTCH: Final = 1.25
_ARROW_STEP: Final = 64
_DIVIDER_STEP: Final = 0.02
_BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_RETURNING: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_HOLD_KEYS: Final = (Qt.Key.Key_B, Qt.Key.Key_Backslash)
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(PictureView):
    """Lets the user look closer at the picture and compare it with the one before.

    Signals:
        menu_asked: where on the screen the user asked for a menu.
    """

    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._space = self._dragging_divider = False
        self._pan_from: QPointF | None = None

    def grabs(self, point: QPointF) -> bool:
        """Whether the left button would take hold of the picture or of the line at a point."""
        return self._space or self._dragging_divider or self._on_divider(point)

    @property
    def is_panning(self) -> bool:
        """Whether the picture is being pushed, or would be."""
        return self._space or self._pan_from is not None

    # The mouse

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Zoom about the cursor; touchpads send fractions of a notch."""
        notches = event.angleDelta().y() / _NOTCH
        if self.has_picture and notches:
            self.zoom_to(self.zoom * _FACTOR_A_NOTCH**notches, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom by a pinch."""
        if isinstance(event, QNativeGestureEvent):
            kind = event.gestureType()
            if kind == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self.zoom * (1 + event.value()), event.position())
                return True
            if kind == Qt.NativeGestureType.SmartZoomNativeGesture:
                self.toggle_fit(event.position())
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Take hold of the picture or of the line."""
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space):
            self._pan_from = event.position()
        elif left and self._on_divider(event.position()):
            self._dragging_divider = True
        else:
            event.ignore()
        self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Push what was taken hold of."""
        if self._pan_from is not None:
            self.pan(event.position() - self._pan_from)
            self._pan_from = event.position()
        elif self._dragging_divider:
            self._drag_divider(event.position().x())
        self._show_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Let go."""
        self._pan_from, self._dragging_divider = None, False
        self._show_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Look at 100 % where it was clicked, or at all of it; centre the line."""
        if event.button() != Qt.MouseButton.LeftButton or self._space:
            self.mousePressEvent(event)
        elif self._on_divider(event.position()):
            self.set_divider(0.5)
        else:
            self.toggle_fit(event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 (Qt's name)
        """Pass on the wish for a menu."""
        self.menu_asked.emit(event.globalPos())

    def _on_divider(self, point: QPointF) -> bool:
        line = self._split() / self.devicePixelRatioF()
        return self._comparing and not self._held and abs(point.x() - line) <= divider.GRAB

    def _drag_divider(self, x: float) -> None:
        shown = self._shown()
        if shown.width():
            self.set_divider((x * self.devicePixelRatioF() - shown.left()) / shown.width())

    def _show_cursor(self, point: QPointF) -> None:
        if self._pan_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._dragging_divider or self._on_divider(point):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """1, 2, 3, +, −, 0, the arrows; Space to pan and B to compare while held."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._press_arrow(*_ARROWS[key], line=_shift(event))
        elif key == Qt.Key.Key_Space:
            self._hold_space(True)
        elif key in _HOLD_KEYS:
            self.hold(True)
        elif not self._press_zoom(key):
            super().keyPressEvent(event)

    def _press_zoom(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_1, Qt.Key.Key_0):
            self.fit()
        elif key == Qt.Key.Key_2:
            self.zoom_to(1.0)
        elif key == Qt.Key.Key_3:
            self.zoom_to(2.0)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            return False
        return True

    def _press_arrow(self, right: int, down: int, *, line: bool) -> None:
        if line and self._comparing:
            self.set_divider(self._divider + right * _DIVIDER_STEP)
        else:  # the window moves over the picture
            self.pan(QPointF(-right * _ARROW_STEP, -down * _ARROW_STEP))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Let go of Space or of the comparison."""
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._hold_space(False)
        elif event.key() in _HOLD_KEYS:
            self.hold(False)
        else:
            super().keyReleaseEvent(event)

    def _hold_space(self, on: bool) -> None:
        self._space = on
        self._show_cursor(QPointF(self.mapFromGlobal(self.cursor().pos())))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Show where the keyboard is, to those who use it."""
        if event.reason() not in _RETURNING:
            self._focus_seen = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """What was held is let go: its release will not be seen."""
        self._hold_space(False)
        self.hold(False)
        self.update()


def _shift(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
