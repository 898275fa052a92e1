"""What went wrong, with all that a report of the fault needs."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.recipes import report
from gui import icons, theme
from gui.texts import sentence
from gui.trouble import log_file
from gui.worker import Trouble


def show_trouble(parent: QWidget | None, trouble: Trouble) -> TroubleDialog:
    """Say what went wrong, without waiting for an answer."""
    dialog = TroubleDialog(trouble, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    icons.paint(dialog)
    dialog.show()
    return dialog


class TroubleDialog(QDialog):
    """Cause, remedy, and the details on demand."""

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self._trouble = trouble
        self._cause = _words(trouble.cause, "heading")
        self._remedy = _words(trouble.remedy, "")
        self._more = QToolButton()
        self.details = QPlainTextEdit(trouble.details, readOnly=True)
        self.copy_button = QPushButton(self.tr("Copy details"))
        self.folder_button = QPushButton(self.tr("Open log folder"))
        self.close_button = QPushButton(self.tr("Close"))
        self._build()
        self._connect()

    def report(self) -> str:
        """Everything, as it is copied."""
        versions = "\n".join(f"{name}: {number}" for name, number in report.versions().items())
        parts = (self._cause.text(), self._remedy.text(), self._trouble.details.strip(), versions)
        return "\n\n".join(part for part in parts if part)

    def _build(self) -> None:
        self._more.setText(self.tr("Details"))
        self._more.setObjectName("disclosure")
        self._more.setCheckable(True)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setToolTip(self.tr("What the program knows of it"))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(bool(self._trouble.details))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setMinimumHeight(22 * theme.SPACE)
        self.details.setTabChangesFocus(True)
        self.copy_button.setToolTip(self.tr("Copy this and the versions, for a report"))
        self.folder_button.setToolTip(str(log_file.folder()))
        self.close_button.setObjectName("primary")
        self.close_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        # Qt's own bound is the height that the words would need in a narrow column.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in (self._cause, self._remedy, self._more):
            layout.addWidget(widget)
        layout.addWidget(self.details, 1)
        layout.addStretch()
        layout.addSpacing(theme.SPACE)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(520)
        self._disclose(False)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self.copy_button)
        row.addWidget(self.folder_button)
        row.addStretch()
        row.addWidget(self.close_button)
        return row

    def _connect(self) -> None:
        self._more.toggled.connect(self._disclose)
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(self._open_folder)
        self.close_button.clicked.connect(self.close)
        self.close_button.setFocus()

    def _disclose(self, shown: bool) -> None:
        icons.want(self._more, "opened" if shown else "closed")
        self.details.setVisible(shown)
        self._fit(720 if shown else self.minimumWidth())

    def _fit(self, width: int) -> None:
        """As low as the words allow at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(width, layout.heightForWidth(width))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self.copy_button.setText(self.tr("Copied"))

    def _open_folder(self) -> None:
        folder = log_file.folder()
        with suppress(OSError):  # then the file manager says what is wrong with it
            folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _words(text: str, name: str) -> QLabel:
    label = QLabel(sentence(text), wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setObjectName(name)
    return label
