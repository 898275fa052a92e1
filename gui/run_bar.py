"""Render, Cancel, Save As, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from engine.job import Frame
from gui import theme
from gui.pace import Pace, clock
from gui.session import Phase, Session, State
from gui.worker import Ending, Outcome

_FRACTIONS = 1000


class RunBar(QFrame):
    """The buttons of a run and its progress.

    Signals:
        save_asked: Save As was pressed.
    """

    save_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.render_button = QPushButton(self.tr("Render"))
        self.render_button.setObjectName("primary")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton(self.tr("Save As …"))
        self._bar = QProgressBar(maximum=_FRACTIONS, textVisible=False)
        self._bar.setFixedHeight(theme.SPACE)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._status = QLabel()
        self._status.setObjectName("quiet")
        self._build()
        self.render_button.clicked.connect(session.render)
        self.cancel_button.clicked.connect(session.cancel)
        self.save_button.clicked.connect(self.save_asked)
        session.changed.connect(self._show)
        session.paced.connect(self._show_frame)
        session.activity.connect(self._status.setText)
        session.run_ended.connect(self._show_end)
        self._show(session.state)

    @property
    def status(self) -> str:
        """What the bar says."""
        return self._status.text()

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        for button in (self.render_button, self.cancel_button):
            button.setMinimumWidth(104)
            layout.addWidget(button)
        layout.addSpacing(theme.SPACE)
        layout.addWidget(self._bar, 1)
        self._status.setMinimumWidth(330)
        layout.addWidget(self._status)
        layout.addWidget(self.save_button)

    def _show(self, state: State) -> None:
        _enable(self.render_button, state.why_no_render, self.tr("Start painting"))
        idle = self.tr("Nothing is running") if state.phase is not Phase.RUNNING else ""
        if state.phase is Phase.CANCELLING:
            idle = self.tr("The render is being cancelled")
        _enable(self.cancel_button, idle, self.tr("Stop, and keep the picture"))
        cancelling = state.phase is Phase.CANCELLING
        self.cancel_button.setText(self.tr("Cancelling …") if cancelling else self.tr("Cancel"))
        _enable(self.save_button, state.why_no_save, self.tr("Save the picture on the canvas"))
        if state.phase is Phase.IDLE and state.result is None:
            self._status.setText(state.why_no_render or self.tr("Ready"))
        elif state.phase is Phase.RUNNING and self._bar.value() in (0, _FRACTIONS):
            self._bar.setValue(0)
            self._status.setText(self.tr("Starting …"))

    def _show_frame(self, frame: Frame, pace: Pace) -> None:
        self._bar.setValue(round(_FRACTIONS * frame.step / max(1, frame.steps)))
        speed, left = pace.steps_a_second, pace.seconds_left(frame)
        parts = [
            self.tr("scale {0}/{1}").format(frame.scale + 1, frame.scales),
            f"{frame.step}/{frame.steps}",
            self.tr("{0} it/s").format(f"{speed:.1f}") if speed else "",
            self.tr("{0} left").format(clock(left)) if left is not None else "",
        ]
        self._status.setText(" · ".join(part for part in parts if part))

    def _show_end(self, outcome: Outcome) -> None:
        frame = outcome.frame
        reached = (
            f" · {frame.step}/{frame.steps} · {frame.size[0]} × {frame.size[1]} px" if frame else ""
        )
        words = {
            Ending.FINISHED: self.tr("Done"),
            Ending.STOPPED: self.tr("Cancelled"),
            Ending.FAILED: self.tr("Failed"),
        }
        self._status.setText(words[outcome.ending] + reached)
        if outcome.ending is Ending.FINISHED:
            self._bar.setValue(_FRACTIONS)


def _enable(button: QPushButton, why_not: str, what: str) -> None:
    button.setEnabled(not why_not)
    button.setToolTip(why_not or what)
    button.setAccessibleDescription(why_not or what)
