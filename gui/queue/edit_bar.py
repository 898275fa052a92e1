"""Says which render of the queue is in the panels, and takes the change back into the queue."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui import theme
from gui.queue.queue import Queue
from gui.run.bar import enable
from gui.session import Session


class EditBar(QFrame):
    """Above the panels while they show a render of the queue."""

    def __init__(self, session: Session, queue: Queue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._queue = session, queue
        self.setObjectName("offer")
        self._text = QLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.save_button = QPushButton(self.tr("Save it to the queue"))
        self.leave_button = QPushButton(self.tr("Leave it as it was"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._text, 1)
        for button in (self.save_button, self.leave_button):
            layout.addWidget(button)
        self.save_button.clicked.connect(queue.save_back)
        self.leave_button.clicked.connect(queue.leave_edit)
        queue.changed.connect(self.refresh)
        session.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is edited, if anything."""
        entry = self._queue.line.get(self._queue.editing)
        self.setVisible(entry is not None)
        if entry is None:
            return
        styles = self.tr(" and ").join(entry.styles)
        words = self.tr("You are editing a render of the queue: {0} in the style of {1}")
        self._text.setText(words.format(entry.content, styles))
        self.setAccessibleName(self._text.text())
        why_not = self._session.state.why_no_queueing
        enable(self.save_button, why_not, self.tr("Let it be painted as the panels show it now"))
        enable(self.leave_button, "", self.tr("Do not change the render of the queue"))
