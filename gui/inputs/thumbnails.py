"""Small copies of picture files, decoded in the background and kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

_kept: dict[tuple[Path, int, int], QImage] = {}


class Thumbnails(QObject):
    """Thumbnails that just cover a size in px.

    Signals:
        changed: another one is there.
    """

    changed = Signal()

    def __init__(self, size: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._asked: set[Path] = set()

    def image(self, path: Path) -> QImage:
        """The thumbnail of a file; null while it is not there, or if it cannot be read."""
        return _kept.get(self._key(path), QImage())

    def ask(self, path: Path) -> None:
        """Have a thumbnail made, unless it was asked for before."""
        if path in self._asked or self._key(path) in _kept:
            return
        self._asked.add(path)
        decoding = _Decoding(path, self._size)
        decoding.done.decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        QThreadPool.globalInstance().start(decoding)

    @Slot(object, object, object)
    def _keep(self, done: object, path: Path, image: QImage) -> None:
        _kept[self._key(path)] = image
        self.changed.emit()

    def _key(self, path: Path) -> tuple[Path, int, int]:
        return path, self._size.width(), self._size.height()


class _Done(QObject):
    """Carries a thumbnail to the window's thread; goes along, to live until it is there."""

    decoded = Signal(object, object, object)


class _Decoding(QRunnable):
    """Decodes one file in the thread pool."""

    def __init__(self, path: Path, size: QSize) -> None:
        super().__init__()
        self.done = _Done()
        self._path, self._size = path, size

    def run(self) -> None:
        """Read no more of the file than the small copy needs."""
        reader = QImageReader(str(self._path))
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid():
            covering = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            reader.setScaledSize(size.scaled(self._size, covering))
        self.done.decoded.emit(self.done, self._path, reader.read())
