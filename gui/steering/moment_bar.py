"""The moments of a run, to go through, under the canvas."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from engine.timelapse.recorder import SIDE
from gui import icons, theme

_WIDEST: Final = 100_000


class MomentBar(QWidget):
    """A slider over the steps of a run; at its right end is the picture as it is now.

    Attributes:
        slider: in steps.
        branch_button: begins a new run from the moment that is shown.
        timelapse_button: opens the dialog for an animation.

    Signals:
        moved: to a step; None for now.
        branch_asked: from the moment that is shown.
        timelapse_asked: of the run.
    """

    moved = Signal(object)
    branch_asked = Signal()
    timelapse_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Moments of the run"))
        self.slider.setToolTip(self.tr("Go back through the run; the right end is now"))
        self.slider.setPageStep(5)
        self.slider.setRange(0, 0)  # at now, which `show_range` keeps
        self._text = QLabel()
        self._text.setObjectName("quiet")
        room = self.fontMetrics().horizontalAdvance(self.words(_WIDEST // 10, _WIDEST // 10))
        self._text.setMinimumWidth(room)
        self.branch_button, self.timelapse_button = QToolButton(), QToolButton()
        self.branch_button.setText(self.tr("Branch from here"))
        self.timelapse_button.setText(self.tr("Timelapse …"))
        icons.want(self.branch_button, "branch")
        icons.want(self.timelapse_button, "timelapse")
        for button in (self.branch_button, self.timelapse_button):
            button.setAccessibleName(button.text().strip(" …"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            button.setObjectName("quietTool")
        self.timelapse_button.setToolTip(self.tr("Save how the picture came about, as a film"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.slider, 1)
        for widget in (self._text, self.branch_button, self.timelapse_button):
            layout.addWidget(widget)
        self.slider.valueChanged.connect(self._move)
        self.branch_button.clicked.connect(self.branch_asked)
        self.timelapse_button.clicked.connect(self.timelapse_asked)
        self.setVisible(False)

    @property
    def step(self) -> int | None:
        """Where the slider is; None for now."""
        at_end = self.slider.value() == self.slider.maximum()
        return None if at_end else self.slider.value()

    @property
    def text(self) -> str:
        """What it says of the moment."""
        return self._text.text()

    def show_range(self, first: int, last: int) -> None:
        """Show a run that goes from one step to another so far; now stays now."""
        was_now = self.step is None
        with QSignalBlocker(self.slider):
            self.slider.setRange(first, max(first, last))
            if was_now:
                self.slider.setValue(self.slider.maximum())
        if not was_now and self.step is None:
            self.moved.emit(None)  # what was shown is overtaken by a step back

    def go(self, step: int | None) -> None:
        """Move the slider to a step, or to now."""
        self.slider.setValue(self.slider.maximum() if step is None else step)

    def say(self, text: str) -> None:
        """Say which moment is shown."""
        self._text.setText(text)
        self.slider.setAccessibleDescription(text)

    def words(self, step: int, side: int) -> str:
        """How a moment is called."""
        return self.tr("Step {0} · {1} px").format(step, side)

    def explain_branch(self, why_not: str, *, whole: bool) -> None:
        """Say why no run can begin here; an empty text: one can.

        Args:
            why_not: the reason.
            whole: whether the picture of the moment is kept at full size.
        """
        self.branch_button.setEnabled(not why_not)
        text = self.tr(
            "Paint anew from this moment, as recorded (up to {0} px), by the present settings"
        )
        full = self.tr("Paint anew from this moment, kept at full size, by the present settings")
        tip = full if whole else text.format(SIDE)
        self.branch_button.setToolTip(why_not or tip)
        self.branch_button.setAccessibleDescription(why_not or tip)

    @Slot()
    def _move(self) -> None:
        self.moved.emit(self.step)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Go on with the canvas' ground, as the bar below does."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.current().canvas))
        painter.end()
