"""Offers to go on with what a crash has interrupted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.offers.bar import Offer

if TYPE_CHECKING:
    from gui.offers.bar import OfferBar
    from gui.session import Session
    from gui.trouble.recovery import Leftover


class Leftovers(QObject):
    """Between the interrupted runs on the disk and the bar of offers."""

    def __init__(self, session: Session, offers: OfferBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._offers = session, offers

    def offer(self, leftovers: tuple[Leftover, ...]) -> None:
        """Offer to go on with each, or to forget it."""
        said = self.tr(
            "A render was interrupted when Impasto ended. It can go on from where it was."
        )
        for leftover in leftovers:
            answers = (
                (self.tr("Resume"), partial(self._resume, leftover)),
                (self.tr("Discard"), leftover.discard),
            )
            self._offers.offer(Offer(said, answers))

    def _resume(self, leftover: Leftover) -> None:
        if not self._session.resume_run(leftover):
            self.offer((leftover,))
