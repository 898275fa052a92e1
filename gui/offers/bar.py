"""Something that the window offers, to be taken up or left: no dialog in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gui import theme


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered.

    Attributes:
        text: one or two sentences.
        choices: the words on each button, and what it does.
        declined: what closing it does, if anything.
        about: what it can be made anew from, in another language; empty where it is not.
    """

    text: str
    choices: tuple[tuple[str, Callable[[], object]], ...]
    declined: Callable[[], object] | None = None
    about: tuple[Any, ...] = ()


class OfferBar(QFrame):
    """Shows one offer after another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._buttons: list[QPushButton] = []
        self._waiting: list[Offer] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        self._layout.setSpacing(theme.SPACE)
        self._layout.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is offered; empty for nothing."""
        return self._text.text() if self._waiting else ""

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """One for each choice, and the last one to decline."""
        return tuple(self._buttons)

    @property
    def kept(self) -> tuple[tuple[Any, ...], ...]:
        """What of that which waits for an answer can be made anew."""
        return tuple(offer.about for offer in self._waiting if offer.about)

    def offer(self, offer: Offer) -> None:
        """Show it, after what is offered already."""
        self._waiting.append(offer)
        if len(self._waiting) == 1:
            self._show_first()

    def _show_first(self) -> None:
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        self.setVisible(bool(self._waiting))
        if not self._waiting:
            return
        offer = self._waiting[0]
        self._text.setText(offer.text)
        self.setAccessibleName(offer.text)
        for words, action in (*offer.choices, (self.tr("Not now"), offer.declined)):
            button = QPushButton(words)
            button.clicked.connect(lambda _=False, action=action: self._take(action))
            self._layout.addWidget(button)
            self._buttons.append(button)

    def _take(self, action: Callable[[], object] | None) -> None:
        del self._waiting[0]
        self._show_first()
        if action is not None:
            action()
