"""What went wrong, in the window, in plain words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gui import theme
from gui.texts import sentence
from gui.worker import Trouble


class MessageBar(QFrame):
    """Cause and remedy, until dismissed or overtaken.

    Signals:
        details_asked: the `Trouble` that is shown, with details that a report of it needs.
    """

    details_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = QPushButton(self.tr("Details …"))
        self._more.clicked.connect(lambda: self.details_asked.emit(self._trouble))
        dismiss = QPushButton(self.tr("Dismiss"))
        dismiss.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, theme.SPACE)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._more)
        layout.addWidget(dismiss)
        self._trouble: Trouble | None = None
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Show what went wrong, or nothing."""
        if trouble is None:
            self.hide()
            return
        self._trouble = trouble
        self._text.setText(f"{sentence(trouble.cause)}\n{sentence(trouble.remedy)}")
        self.setAccessibleName(self._text.text())
        self._more.setVisible(bool(trouble.details))
        self.show()
