"""What went wrong, in the window, in plain words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gui import theme
from gui.worker import Trouble


class MessageBar(QFrame):
    """Cause and remedy, until dismissed or overtaken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = QPushButton(self.tr("Copy details"))
        self._copy.clicked.connect(self._copy_details)
        dismiss = QPushButton(self.tr("Dismiss"))
        dismiss.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, theme.SPACE)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._copy)
        layout.addWidget(dismiss)
        self._details = ""
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
        self._details = trouble.details
        self._text.setText(f"{_sentence(trouble.cause)}\n{_sentence(trouble.remedy)}")
        self.setAccessibleName(self._text.text())
        self._copy.setVisible(bool(trouble.details))
        self.show()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._text.text()}\n\n{self._details}")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
