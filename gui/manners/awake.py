"""Holds the machine's sleep off while a picture is painted."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.state import Phase

if TYPE_CHECKING:
    from wakepy import Mode

    from gui.session import Session
    from gui.state import State


class Awake(QObject):
    """Between the session and the system's sleep; the screen may go dark.

    A paused render does not hold the machine up: its checkpoint is on the disk.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._holding = ExitStack()
        self._mode: Mode | None = None
        session.changed.connect(self._follow)
        self.destroyed.connect(self._holding.close)

    @property
    def is_held(self) -> bool:
        """Whether sleep is held off; not every system lets itself be told."""
        return self._mode is not None and bool(self._mode.active)

    @Slot(object)
    def _follow(self, state: State) -> None:
        wanted = state.phase in (Phase.RUNNING, Phase.CANCELLING, Phase.SERIES)
        if wanted and self._mode is None:
            from wakepy import keep  # after the window is there

            self._mode = self._holding.enter_context(keep.running(on_fail="pass"))
        elif not wanted and self._mode is not None:
            self._mode = None
            self._holding.close()
