"""The buttons of a run, how far it is, and Save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from engine.costs.pace import Pace, clock
from engine.job import Frame
from gui import icons, theme
from gui.session import Session
from gui.state import Phase, State
from gui.worker import Ending, Outcome

_FRACTIONS = 1000


@dataclass(frozen=True, slots=True)
class _End:
    """How a run ended: the last frame itself would hold on to the engine's memory."""

    ending: Ending
    reached: str = ""
    share: float = 0.0

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        frame = outcome.frame
        if frame is None:
            return cls(outcome.ending)
        reached = f" · {frame.step}/{frame.steps} · {frame.size[0]} × {frame.size[1]} px"
        share = 1.0 if outcome.ending is Ending.FINISHED else frame.step / max(1, frame.steps)
        return cls(outcome.ending, reached, share)


class RunBar(QFrame):
    """Render, Pause, Cancel, Start over; the state in words and as a bar; Save As.

    Signals:
        enlarge_asked: Enlarge was pressed.
        queue_asked: Add to the queue was pressed.
        save_asked: Save As was pressed.
        progressed: share of the run that is done, 0 … 1; None while nothing runs.
    """

    enlarge_asked = Signal()
    queue_asked = Signal()
    save_asked = Signal()
    progressed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Render"))
        self.render_button = QPushButton(self.tr("Render"))
        self.render_button.setObjectName("primary")
        self.queue_button = QPushButton()
        self.queue_button.setAccessibleName(self.tr("Add to the queue"))
        self.pause_button = QPushButton(self.tr("Pause"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.over_button = QPushButton(self.tr("Start over"))
        self.enlarge_button = QPushButton(self.tr("Enlarge …"))
        self.save_button = QPushButton(self.tr("Save As …"))
        self._buttons = (
            *(self.render_button, self.queue_button, self.pause_button),
            *(self.cancel_button, self.over_button, self.enlarge_button, self.save_button),
        )
        self._bar = QProgressBar(maximum=_FRACTIONS, textVisible=False)
        self._bar.setFixedHeight(theme.SPACE)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._status = QLabel()
        self._status.setObjectName("quiet")
        self._session = session
        self._phase = Phase.IDLE
        self._end: _End | None = None
        self._build()
        self.render_button.clicked.connect(session.render)
        self.pause_button.clicked.connect(session.pause)
        self.cancel_button.clicked.connect(session.cancel)
        self.over_button.clicked.connect(session.start_over)
        self.enlarge_button.clicked.connect(self.enlarge_asked)
        self.queue_button.clicked.connect(self.queue_asked)
        self.save_button.clicked.connect(self.save_asked)
        session.changed.connect(self._show)
        session.paced.connect(self._show_frame)
        session.activity.connect(self._say)
        session.run_ended.connect(self._show_end)
        session.series.ended.connect(self._show_state_again)
        self._show(session.state)
        if session.run is not None and session.run.frame is not None:
            self._show_frame(session.run.frame, session.run.pace)

    @property
    def status(self) -> str:
        """What the bar says."""
        return self._status.text()

    def take_over(self, old: RunBar) -> None:
        """Say how the last run ended, as another bar does."""
        if self._phase is Phase.IDLE and old._end is not None:
            self._say_end(old._end)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        icons.want(self.render_button, "render", on_accent=True)
        icons.want(self.queue_button, "queue")
        icons.want(self.pause_button, "pause")
        icons.want(self.cancel_button, "cancel")
        icons.want(self.over_button, "again")
        icons.want(self.enlarge_button, "enlarge")
        icons.want(self.save_button, "save")
        for button in (self.render_button, self.pause_button, self.cancel_button):
            button.setMinimumWidth(112)
        for button in self._buttons[:5]:
            layout.addWidget(button)
        layout.addSpacing(theme.SPACE)
        layout.addWidget(self._bar, 1)
        layout.addSpacing(theme.SPACE)
        self._status.setMinimumWidth(300)
        layout.addWidget(self._status)
        for button in self._buttons[5:]:
            layout.addWidget(button)

    def _show(self, state: State) -> None:
        focused = self.window().focusWidget()
        self._show_buttons(state)
        self._show_phase(state)
        if focused is self or (focused in self._buttons and not focused.isEnabled()):
            self._focus()

    def _focus(self) -> None:
        """Where a button was disabled under the keyboard, go to the one that is pressed next."""
        possible = (self.render_button, self.pause_button, self.cancel_button)
        next((each for each in possible if each.isEnabled()), self).setFocus()

    def _show_buttons(self, state: State) -> None:
        goes_on = state.from_result and state.phase is Phase.IDLE
        what = (
            self.tr("Go on from the picture on the canvas (Ctrl+R)")
            if goes_on
            else self.tr("Start painting (Ctrl+R)")
        )
        enable(self.render_button, state.why_no_render, what)
        enable(
            self.queue_button,
            state.why_no_queueing,
            self.tr("Add to the queue, to be painted in its turn (Ctrl+Shift+Enter)"),
        )
        self._show_pause(state)
        enable(self.cancel_button, state.why_no_cancel, self.tr("Stop, and keep the picture (Esc)"))
        cancelling = state.phase is Phase.CANCELLING
        self.cancel_button.setText(self.tr("Cancelling …") if cancelling else self.tr("Cancel"))
        enable(
            self.over_button,
            state.why_no_start_over,
            self.tr("Take this picture off the canvas, and begin from the chosen start again"),
        )
        enable(
            self.enlarge_button,
            state.why_no_enlarging,
            self.tr("Paint this picture larger in the same look, such as for print (Ctrl+Shift+E)"),
        )
        enable(self.save_button, state.why_no_save, self.tr("Save the picture on the canvas"))

    def _show_pause(self, state: State) -> None:
        paused = state.phase is Phase.PAUSED
        self.pause_button.setText(self.tr("Resume") if paused else self.tr("Pause"))
        icons.want(self.pause_button, "render" if paused else "pause")
        what = self.tr("Go on painting (P)") if paused else self.tr("Wait before the next step (P)")
        enable(self.pause_button, state.why_no_pause, what)

    def _show_phase(self, state: State) -> None:
        before, self._phase = self._phase, state.phase
        if state.phase is Phase.IDLE:
            if before is not Phase.IDLE:
                self.progressed.emit(None)
            elif state.result is None:
                self._end = None
                self._bar.setValue(0)
                self._say(state.why_no_render or self.tr("Ready"))
        elif state.phase is Phase.SERIES:
            self._say(state.why_no_series)
        elif state.phase is Phase.PAUSED:
            apart = self._session.apart
            self._say(self.tr("Paused") if apart else self.tr("Paused: settings can be changed"))
        elif before is Phase.IDLE:
            self._bar.setValue(0)
            self._say(self.tr("Starting …"))
        elif before is not state.phase:
            cancelling = state.phase is Phase.CANCELLING
            self._say(self.tr("Cancelling …") if cancelling else self.tr("Going on …"))

    def _show_frame(self, frame: Frame, pace: Pace) -> None:
        share = frame.step / max(1, frame.steps)
        self._bar.setValue(round(_FRACTIONS * share))
        if self._phase is not Phase.RUNNING:
            return
        self.progressed.emit(share)
        speed, left = pace.steps_a_second, pace.seconds_left(frame)
        parts = [
            self.tr("scale {0}/{1}").format(frame.scale + 1, frame.scales),
            f"{frame.step}/{frame.steps}",
            self.tr("{0} it/s").format(f"{speed:.1f}") if speed else "",
            self.tr("{0} left").format(clock(left)) if left is not None else "",
        ]
        self._say(" · ".join(part for part in parts if part))

    def _show_end(self, outcome: Outcome) -> None:
        self._say_end(_End.of(outcome))

    def _show_state_again(self) -> None:
        if self._end is None:
            self._say(self._session.state.why_no_render or self.tr("Ready"))
        else:
            self._say_end(self._end)

    def _say_end(self, end: _End) -> None:
        self._end = end
        words = {
            Ending.FINISHED: self.tr("Done"),
            Ending.STOPPED: self.tr("Cancelled"),
            Ending.FAILED: self.tr("Failed"),
        }
        self._say(words[end.ending] + end.reached)
        self._bar.setValue(round(_FRACTIONS * end.share))

    def _say(self, text: str) -> None:
        self._status.setText(text)
        self._status.setAccessibleName(text)


def enable(button: QPushButton, why_not: str, what: str) -> None:
    """Enable a button, or say why it is not."""
    button.setEnabled(not why_not)
    button.setToolTip(why_not or what)
    button.setAccessibleDescription(why_not or what)
