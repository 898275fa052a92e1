"""Says which kept picture is looked at, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui import icons, theme
from gui.film.items import caption
from gui.run.bar import enable
from gui.session import Session
from gui.state import Looking, Phase, State


class LookBar(QFrame):
    """Above the canvas while it shows a picture of the filmstrip.

    Signals:
        continue_asked: the picture is to come onto the canvas.
        settings_asked: its settings are to be used.
    """

    continue_asked = Signal()
    settings_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self._text = QLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.continue_button = QPushButton(self.tr("Continue from it"))
        self.settings_button = QPushButton(self.tr("Use its settings"))
        self.back_button = QPushButton(self.tr("Back to the canvas"))
        icons.want(self.continue_button, "continue")
        icons.want(self.settings_button, "settings")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._text, 1)
        for button in (self.continue_button, self.settings_button, self.back_button):
            layout.addWidget(button)
        self.continue_button.clicked.connect(self.continue_asked)
        self.settings_button.clicked.connect(self.settings_asked)
        self.back_button.clicked.connect(lambda: session.look(None))
        session.changed.connect(self._show)
        self._show(session.state)

    def _show(self, state: State) -> None:
        self.setVisible(state.looking is not None)
        if state.looking is None:
            return
        self._text.setText(self._words(state.looking))
        self.setAccessibleName(self._text.text())
        running = state.phase is not Phase.IDLE
        enable(
            self.continue_button,
            self.tr("Wait for the end of the render, or cancel it") if running else "",
            self.tr("Put this picture on the canvas; Render goes on from it"),
        )
        enable(self.settings_button, "", self.tr("Paint with the settings of this picture"))
        enable(self.back_button, "", self.tr("Show the canvas's own picture again"))

    def _words(self, looking: Looking) -> str:
        shown = caption(looking.shown)
        if looking.beside is not None:
            beside = caption(looking.beside)
            return self.tr("Comparing {0} with {1}").format(beside, shown)
        strength = f"{looking.shown.made.strength:.0f}"
        return self.tr("Render of {0}, strength {1}").format(shown, strength)
