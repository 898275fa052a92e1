"""Zoom and comparison, small and quiet under the canvas."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gui import icons, theme
from gui.canvas.canvas import Canvas
from gui.texts import plain


class CanvasBar(QWidget):
    """Shows the zoom of a canvas and passes on what the user wants to see."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.compare_button = _button(self.tr("Compare"), "compare")
        self.compare_button.setCheckable(True)
        self.hold_button = _button(self.tr("Hold to compare"), short=self.tr("Before"))
        self.masks_button = _button(self.tr("Masks"), "masks")
        self.masks_button.setCheckable(True)
        self.masks_button.setToolTip(self.tr("Paint where each style goes"))
        self.out_button = _button(self.tr("Zoom out"), "out", "−")
        self.in_button = _button(self.tr("Zoom in"), "in", "+")
        self.fit_button = _button(self.tr("Fit"))
        self.fit_button.setCheckable(True)
        self.full_button = _button(self.tr("Actual pixels"), short="1:1")
        self.full_button.setCheckable(True)
        self._zoom = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._zoom.setAccessibleName(self.tr("Zoom"))
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("3200 %") + theme.SPACE)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def zoom_text(self) -> str:
        """The zoom as the user reads it."""
        return self._zoom.text()

    def add(self, action: QAction) -> None:
        """Offer something else to do with the picture, quietly, in the middle."""
        button = _button(plain(action.text()))
        action.setIconText(button.text())  # Qt's own would keep the mnemonic that Chinese has
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._layout.insertWidget(self._layout.indexOf(self.hold_button) + 1, button)
        self.setTabOrder(self.hold_button, button)

    def _lay_out(self) -> None:
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.compare_button)
        layout.addWidget(self.hold_button)
        layout.addWidget(self.masks_button)
        layout.addStretch()
        for each in (self.out_button, self._zoom, self.in_button):
            layout.addWidget(each)
        layout.addSpacing(theme.SPACE)
        layout.addWidget(self.fit_button)
        layout.addWidget(self.full_button)

    def _connect(self) -> None:
        canvas = self._canvas
        self.compare_button.clicked.connect(canvas.compare)
        self.hold_button.pressed.connect(lambda: canvas.hold(True))
        self.hold_button.released.connect(lambda: canvas.hold(False))
        self.out_button.clicked.connect(canvas.zoom_out)
        self.in_button.clicked.connect(canvas.zoom_in)
        self.fit_button.clicked.connect(canvas.fit)
        self.full_button.clicked.connect(lambda: canvas.zoom_to(1.0))
        for button in (self.compare_button, self.fit_button, self.full_button):
            button.clicked.connect(self._show)  # a click that changed nothing has unchecked it
        canvas.view_changed.connect(self._show)
        canvas.compare_changed.connect(self._show)

    def _show(self) -> None:
        canvas = self._canvas
        self._zoom.setText(
            self.tr("{0} %").format(round(canvas.zoom * 100)) if canvas.has_picture else "–"
        )
        self.compare_button.setChecked(canvas.comparing)
        self.fit_button.setChecked(canvas.has_picture and canvas.fitted)
        self.full_button.setChecked(canvas.has_picture and canvas.zoom == 1 and not canvas.fitted)
        self._explain()

    def _explain(self) -> None:
        canvas = self._canvas
        missing = "" if canvas.has_picture else self.tr("There is no picture yet")
        single = "" if canvas.can_compare else self.tr("There is no other picture to compare with")
        largest = "" if canvas.can_zoom_in else self.tr("This is as large as it gets")
        smallest = "" if canvas.can_zoom_out else self.tr("This is as small as it gets")
        for button, why_not, tip in (
            (
                self.compare_button,
                missing or single,
                self.tr("Before and after, with a line to drag"),
            ),
            (
                self.hold_button,
                missing or single,
                self.tr("Before, for as long as you hold this (B)"),
            ),
            (self.out_button, missing or smallest, self.tr("Zoom out (−)")),
            (self.in_button, missing or largest, self.tr("Zoom in (+)")),
            (self.fit_button, missing, self.tr("All of the picture (1)")),
            (self.full_button, missing, self.tr("A pixel of the screen for each pixel (2)")),
        ):
            button.setEnabled(not why_not)
            button.setToolTip(why_not or tip)
            button.setAccessibleDescription(why_not)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Go on with the canvas' ground: the two look like one."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.current().canvas))
        painter.end()


def _button(name: str, icon: str = "", short: str = "") -> QToolButton:
    button = QToolButton()
    button.setText(short or name)
    button.setAutoRaise(True)
    button.setObjectName("quietTool")
    button.setAccessibleName(name)
    if icon:
        icons.want(button, icon)
        if not short:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
