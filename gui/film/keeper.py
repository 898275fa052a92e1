"""The gallery for the window: one thread works on the disk, news come as signals."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from engine.errors import EngineError
from gui.film.gallery import NO_EXTRAS, Entry, Gallery, Made
from gui.worker import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from engine.imageio import Extras
    from engine.job import Picture

_SOON = 1
"""The priority of what the user waits for; what only has to be kept has 0."""


class GalleryKeeper(QObject):
    """Does what is asked in the order in which it is asked, pictures to look at first.

    No call waits for the disk, and every signal arrives on the keeper's own thread, the window's.
    `wait` before it is let go of: its thread may still be writing.

    Signals:
        loaded: all that is kept (tuple of Entry), oldest first.
        added: an `Entry` that is on disk now.
        removed: an `Entry` that was deleted, or went as the space is bounded.
        restored: an `Entry` that is back.
        opened: entries, their pictures, and what for (tuple of Entry, tuple of Picture, str).
        unopened: what for entries were asked for that cannot be read; along with the trouble.
        troubled: `Trouble`.
    """

    loaded = Signal(object)
    added = Signal(object)
    removed = Signal(object)
    restored = Signal(object)
    opened = Signal(object, object, str)
    unopened = Signal(str)
    troubled = Signal(object)
    _done = Signal(object, object)

    def __init__(self, gallery: Gallery, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._wanted: dict[str, tuple[Entry, ...]] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    def load(self) -> None:
        """Clear away what was deleted before, and read what is kept."""
        self._start(self._load, self.loaded.emit)

    def add(
        self,
        pixels: NDArray[np.float32],
        *,
        made: Made,
        extras: Extras = NO_EXTRAS,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Keep a picture, which must not change any more; see `Gallery.add`.

        Args:
            pixels: as there.
            made: as there.
            extras: as there.
            then: called in the keeper's thread once the picture is on disk, and only then.
        """

        def add() -> Entry:
            entry = self._gallery.add(pixels, made=made, extras=extras)
            if then is not None:
                then()
            return entry

        self._start(add, self.added.emit)

    def delete(self, entry: Entry) -> None:
        """Take a picture out; it can be restored."""
        self._start(
            partial(self._gallery.delete, entry.id), lambda _: self.removed.emit(entry), _SOON
        )

    def restore(self, entry: Entry) -> None:
        """Put back what was deleted."""
        self._start(partial(self._gallery.restore, entry.id), self.restored.emit, _SOON)

    def bound(self, limit: int, keep: frozenset[str] = frozenset()) -> None:
        """Remove for good what is beyond a limit in bytes; see `Gallery.bounded`."""
        self._start(partial(self._gallery.bounded, limit, keep), self._announce_removed)

    def purge(self) -> None:
        """Remove for good what was deleted."""
        self._start(self._gallery.purge, lambda _: None)

    def open(self, *entries: Entry, purpose: str = "") -> None:
        """Read pictures to look at; of each purpose only what was asked for last arrives."""
        self._wanted[purpose] = entries
        self._start(partial(self._open, purpose, entries), self._announce_opened, _SOON)

    def wait(self, milliseconds: int = -1) -> bool:
        """Wait until all is on disk, or for so long; returns whether it is."""
        return self._pool.waitForDone(milliseconds)

    def _load(self) -> tuple[Entry, ...]:
        self._gallery.purge()
        return self._gallery.entries()

    def _open(self, purpose: str, entries: tuple[Entry, ...]) -> _Opened:
        wanted = [entry for entry in entries if entries is self._wanted[purpose]]
        try:
            return _Opened(purpose, entries, tuple(map(self._gallery.pixels, wanted)))
        except Exception:
            self._done.emit(self.unopened.emit, purpose)
            raise

    def _announce_opened(self, opened: _Opened) -> None:
        if opened.entries is self._wanted[opened.purpose]:
            self.opened.emit(opened.entries, opened.pictures, opened.purpose)

    def _announce_removed(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            self.removed.emit(entry)

    def _start(
        self, work: Callable[[], Any], announce: Callable[[Any], None], priority: int = 0
    ) -> None:
        self._pool.start(_Task(self, work, announce), priority)

    def _run(self, work: Callable[[], Any], announce: Callable[[Any], None]) -> None:
        """Work, inside the thread."""
        try:
            self._done.emit(announce, work())
        except EngineError as error:
            self._done.emit(self.troubled.emit, Trouble(error.cause, error.remedy))
        except Exception as error:  # noqa: BLE001 (the window must hear of it, whatever it is)
            self._done.emit(self.troubled.emit, self._unexpected(error))

    @Slot(object, object)
    def _announce(self, announce: Callable[[Any], None], news: object) -> None:
        announce(news)

    def _unexpected(self, error: Exception) -> Trouble:
        return Trouble(
            self.tr("The filmstrip met an unexpected {0}").format(type(error).__name__),
            self.tr("Save the picture under a name of your own; if it happens again, report it"),
            "".join(traceback.format_exception(error)),
        )


@dataclass(frozen=True, slots=True)
class _Opened:
    purpose: str
    entries: tuple[Entry, ...]
    pictures: tuple[Picture, ...]


class _Task(QRunnable):
    """One thing to do."""

    def __init__(
        self, keeper: GalleryKeeper, work: Callable[[], Any], announce: Callable[[Any], None]
    ) -> None:
        super().__init__()
        self._run = partial(keeper._run, work, announce)

    def run(self) -> None:
        """Do it, in the thread pool."""
        self._run()
