"""Says why a GPU that is there is not used, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine import gpus
from gui import theme
from gui.texts import sentence

_WIDTH = 70 * theme.SPACE


class GpuDialog(QDialog):
    """The reason in words and, where one helps, the command to copy.

    Attributes:
        reason: why it is not used, and what to do.
        command: for a terminal; hidden where none helps.
        copy_button: copies it.
    """

    def __init__(self, remark: str, parent: QWidget | None = None) -> None:
        """Make it from what the engine remarks on the device in use."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Use the GPU"))
        reason, _, command = remark.partition(gpus.TERMINAL)
        self.reason = QLabel(sentence(reason), wordWrap=True)
        self.command = QPlainTextEdit(command, readOnly=True)
        self.copy_button = QPushButton(self.tr("Copy the command"))
        self.close_button = QPushButton(self.tr("Close"))
        self._after = QLabel(self.tr("In a terminal, then start Impasto again:"))
        self._dress()
        self._lay_out()
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.close)
        for each in (self._after, self.command, self.copy_button):
            each.setVisible(bool(command))

    def _dress(self) -> None:
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._after.setObjectName("quiet")
        self._after.setBuddy(self.command)
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.command.setAccessibleName(self.tr("Command"))
        self.command.setTabChangesFocus(True)
        self.command.setFixedHeight(5 * self.command.fontMetrics().lineSpacing() + 2 * theme.SPACE)
        self.copy_button.setToolTip(self.tr("Copy the command, to paste it into a terminal"))
        self.close_button.setToolTip(self.tr("Back to the window"))
        self.close_button.setObjectName("primary")
        self.close_button.setDefault(True)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        for each in (self.reason, self._after, self.command):
            layout.addWidget(each)
        layout.addStretch()
        layout.addSpacing(theme.SPACE)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.copy_button)
        row.addStretch()
        row.addWidget(self.close_button)
        layout.addLayout(row)
        self.setFixedWidth(_WIDTH)
        self.close_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
