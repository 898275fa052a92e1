"""Shows a picture at any zoom, or two of them with a line between."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui import theme
from gui.canvas import divider
from gui.canvas.invitation import Invitation
from gui.canvas.layer import Layer, Samples
from gui.canvas.view import Point, View

_MARGIN: Final = 2 * theme.SPACE
_SQUARES_ABOVE: Final = 2.0
"""The zoom beyond which pixels are shown as they are, rather than smoothly."""


class Overlay(Protocol):
    """Something painted over the picture."""

    def paint(self, painter: QPainter, target: QRect, shown: QRect) -> None:
        """Paint it.

        Args:
            painter: of device pixels.
            target: all of the picture.
            shown: the part of it that is in the widget.
        """
        ...


class PictureView(QWidget):
    """Shows a picture, compared with another if asked, or an invitation while there is none.

    Signals:
        view_changed: the zoom, or whether there is a picture or one to compare it with.
        compare_changed: whether both pictures are shown, with a line between.
    """

    view_changed = Signal()
    compare_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Canvas"))
        self._after: Layer | None = None
        self._before: Layer | None = None
        self._rendered = False
        self._kept_view = View()
        self._comparing = self._held = self._focus_seen = False
        self._divider = 0.5
        self._told: object = None
        self._overlay: Overlay | None = None
        self._invitation = Invitation()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._invitation)

    # What is shown

    @property
    def image(self) -> QImage:
        """What is shown, null while nothing is."""
        return QImage() if self._after is None else self._after.image

    def show_pixels(
        self,
        pixels: Samples | None,
        *,
        rendered: bool = True,
        full_size: tuple[int, int] | None = None,
        alpha: Samples | None = None,
    ) -> None:
        """Show a picture; one of the same shape as the last comes to the same place.

        Args:
            pixels: uint8 or uint16 (H, W, 3) sRGB, laid on white, and not written to any more;
                None for the invitation.
            rendered: whether it was painted by Impasto, rather than an input.
            full_size: width and height in px of the picture that this is a smaller preview of.
            alpha: uint8 or uint16 (H, W) of any size; None where all of it is opaque.
        """
        self._after = None if pixels is None else Layer(pixels, alpha)
        self._rendered = rendered
        self._invitation.setVisible(self._after is None)
        if self._after is None:
            self._kept_view = View()
        else:
            self._kept_view = self._view.showing(full_size or self._after.size)
        self._settle()

    def set_before(self, pixels: Samples | None, alpha: Samples | None = None) -> None:
        """Set the picture to compare with, stretched to the same place; None for none."""
        self._before = None if pixels is None else Layer(pixels, alpha)
        self._settle()

    def set_invitation(self, widget: QWidget) -> None:
        """Place a widget under the invitation's text; it is seen while there is no picture."""
        self._invitation.set_widget(widget)

    def set_overlay(self, overlay: Overlay | None) -> None:
        """Paint something over the picture; None for nothing."""
        self._overlay = overlay
        self.update()

    def device_rect(self) -> QRect:
        """Where the picture lies, in device pixels."""
        return QRect(*self._view.rect())

    def part_at(self, point: QPointF) -> Point:
        """Which part of the picture is at a point of the widget; beyond 0 … 1 outside of it."""
        ratio = self.devicePixelRatioF()
        left, top, width, height = self._view.rect()
        return (point.x() * ratio - left) / width, (point.y() * ratio - top) / height

    def picture_rect(self) -> QRect:
        """Where the picture lies in the widget; null while there is none."""
        if self._after is None:
            return QRect()
        left, top, width, height = (
            round(side / self.devicePixelRatioF()) for side in self._view.rect()
        )
        return QRect(left, top, width, height)

    # The view

    @property
    def _view(self) -> View:
        """What is seen, in the room that there is now."""
        ratio = self.devicePixelRatioF()
        return self._kept_view.within(
            (self.width() * ratio, self.height() * ratio), _MARGIN * ratio
        )

    def _set_view(self, view: View) -> None:
        self._kept_view = view
        self._settle()

    def take_over(self, old: PictureView) -> None:
        """Show the same part of the same picture, compared in the same way, as another view."""
        self.compare(old.comparing)
        self.set_divider(old.divider)
        self._set_view(old._kept_view)

    def _settle(self) -> None:
        """Bring everything else in line with the pictures and the view there are now."""
        if not self.can_compare:
            self.compare(False)
            self.hold(False)
        self._describe()
        state = self._view, self.has_picture, self.can_compare
        if state != self._told:  # frames come twenty times a second: no news if nothing else is new
            self._told = state
            self.view_changed.emit()
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture to look at."""
        return self._after is not None

    @property
    def zoom(self) -> float:
        """Device pixels to a pixel of the full picture; 1 is 100 %."""
        return self._view.scale

    @property
    def fitted(self) -> bool:
        """Whether the picture is kept as large as fits."""
        return self._kept_view.zoom is None

    @property
    def can_zoom_in(self) -> bool:
        """Whether the picture can be seen larger."""
        return self.has_picture and self.zoom < self._view.highest

    @property
    def can_zoom_out(self) -> bool:
        """Whether the picture can be seen smaller."""
        return self.has_picture and self.zoom > self._view.lowest

    def fit(self) -> None:
        """Show all of the picture, as large as can be."""
        self._set_view(self._view.fitted())

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; what is at a point of the widget, or in its middle, stays there."""
        if self.has_picture:
            self._set_view(self._view.zoomed(zoom, self._device(at)))

    def zoom_in(self) -> None:
        """To the next larger round zoom."""
        if self.has_picture:
            self._set_view(self._view.stepped(up=True))

    def zoom_out(self) -> None:
        """To the next smaller round zoom."""
        if self.has_picture:
            self._set_view(self._view.stepped(up=False))

    def toggle_fit(self, at: QPointF | None = None) -> None:
        """From all of the picture to 100 %, or back."""
        if self.fitted:
            self.zoom_to(1.0, at)
        else:
            self.fit()

    def pan(self, move: QPointF) -> None:
        """Push the picture, as far as it may go."""
        ratio = self.devicePixelRatioF()
        if self.has_picture and not self.fitted:
            self._set_view(self._view.moved(move.x() * ratio, move.y() * ratio))

    def _device(self, point: QPointF | None) -> Point | None:
        if point is None:
            return None
        ratio = self.devicePixelRatioF()
        return point.x() * ratio, point.y() * ratio

    # Before and after

    @property
    def can_compare(self) -> bool:
        """Whether there are two pictures."""
        return self._after is not None and self._before is not None

    @property
    def comparing(self) -> bool:
        """Whether both are shown, with a line between."""
        return self._comparing

    @property
    def divider(self) -> float:
        """How much of what is seen of the picture is before, from the left, 0 … 1."""
        return self._divider

    def compare(self, on: bool) -> None:
        """Show before and after side by side; does nothing while there is only one."""
        on = on and self.can_compare
        if on != self._comparing:
            self._comparing = on
            self._describe()
            self.compare_changed.emit(on)
            self.update()

    def hold(self, on: bool) -> None:
        """Show the picture before for as long as the user holds a key or a button."""
        on = on and self.can_compare
        if on != self._held:
            self._held = on
            self._describe()
            self.update()

    def set_divider(self, share: float) -> None:
        """Move the line between before and after."""
        self._divider = min(max(share, 0.0), 1.0)
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self._after is None:
            text = ""
        elif self._held:
            text = self.tr("The photograph before it was painted, at {0} %")
        elif self._comparing:
            text = self.tr("The photograph on the left {1} %, painted on the right, at {0} %")
        elif self._rendered:
            text = self.tr("The painted picture, at {0} %")
        else:
            text = self.tr("The photograph, at {0} %")
        text = text.format(round(self.zoom * 100), round(self._divider * 100))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    # Painting

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Most of the window."""
        return QSize(760, 620)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the picture or the ground of the invitation."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.current().canvas))
        if self._after is not None:
            self._paint_pictures(painter, self._after)
            self._paint_overlay(painter)
        if self._focus_seen and self.hasFocus():
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_pictures(self, painter: QPainter, after: Layer) -> None:
        shown = self._shown()
        if self._before is None or not (self._held or self._comparing):
            self._paint_layer(painter, after, shown)
        elif self._held:
            self._paint_layer(painter, self._before, shown)
            divider.paint_word(painter, self.tr("Before"), self._logical(shown))
        else:
            self._paint_both(painter, self._before, after)

    def _paint_overlay(self, painter: QPainter) -> None:
        if self._overlay is not None and not self._held:
            painter.save()
            painter.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
            self._overlay.paint(painter, self.device_rect(), self._shown())
            painter.restore()

    def _paint_both(self, painter: QPainter, before: Layer, after: Layer) -> None:
        shown, split = self._shown(), self._split()
        left, right = QRect(shown), QRect(shown)
        left.setRight(split - 1)
        right.setLeft(split)
        self._paint_layer(painter, before, left)
        self._paint_layer(painter, after, right)
        divider.paint_word(painter, self.tr("Before"), self._logical(left))
        divider.paint_word(painter, self.tr("After"), self._logical(right), right=True)
        divider.paint_line(painter, split / self.devicePixelRatioF(), self._logical(shown))

    def _paint_layer(self, painter: QPainter, layer: Layer, part: QRect) -> None:
        """Paint a picture in whole device pixels, clipped to a part of what is shown."""
        target = QRect(*self._view.rect())
        painter.save()
        painter.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
        painter.setClipRect(part)
        if not layer.opaque:
            painter.setBrushOrigin(target.topLeft())
            painter.fillRect(part, self._checkerboard())
        nearest = self.zoom > _SQUARES_ABOVE
        layer.paint(painter, target, self._shown(), nearest=nearest)
        painter.restore()

    def _checkerboard(self) -> QBrush:
        side = round(theme.SPACE * self.devicePixelRatioF())
        board = QImage(2 * side, 2 * side, QImage.Format.Format_RGB32)
        board.fill(QColor(theme.current().panel))
        painter = QPainter(board)
        for corner in (QPoint(0, 0), QPoint(side, side)):
            painter.fillRect(QRect(corner, QSize(side, side)), QColor(theme.current().line))
        painter.end()
        return QBrush(board)

    def _shown(self) -> QRect:
        """The part of the picture that is in the widget, in device pixels."""
        width, height = (round(side) for side in self._view.room)
        return QRect(*self._view.rect()) & QRect(0, 0, width, height)

    def _logical(self, rect: QRect) -> QRect:
        ratio = self.devicePixelRatioF()
        left, top = round(rect.left() / ratio), round(rect.top() / ratio)
        return QRect(left, top, round(rect.width() / ratio), round(rect.height() / ratio))

    def _split(self) -> int:
        """The first device pixel that is after."""
        shown = self._shown()
        return shown.left() + round(self._divider * shown.width())

    def event(self, event: QEvent) -> bool:
        """A screen of another density is another room."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another room is another zoom, if the picture is fitted."""
        self._settle()
        super().resizeEvent(event)
