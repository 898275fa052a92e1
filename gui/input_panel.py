"""The two pictures: drop them, choose them, paste them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.job import Picture
from gui import theme
from gui.canvas import bgrx, borrowed
from gui.session import Role, Session, State

_THUMBNAIL = QSize(184, 132)


def dropped_files(data: QMimeData) -> list[Path]:
    """The files that a drop or the clipboard names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropTarget(QFrame):
    """Shows one picture small, and takes another by drop, click or paste.

    Signals:
        chosen: a list of files (Path).
        pasted: bytes of a picture without a file.
        removed: the picture is to be taken away.
    """

    chosen = Signal(object)
    pasted = Signal(object)
    removed = Signal()

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("target")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setFixedHeight(_THUMBNAIL.height() + 4 * theme.SPACE)
        self._title, self._hint = title, hint
        self._thumbnail = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._thumbnail.setObjectName("quiet")
        self._thumbnail.setWordWrap(True)
        self._remove = QToolButton(self, autoRaise=True)
        self._remove.setText("×")
        self._remove.setObjectName("remove")
        self._remove.setAccessibleName(self.tr("Remove the {0} picture").format(title.lower()))
        self._remove.setToolTip(self._remove.accessibleName())
        self._remove.clicked.connect(self.removed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.addWidget(self._thumbnail)
        self._remove.raise_()
        self.show_picture(None, reading=False)

    def show_picture(self, picture: Picture | None, *, reading: bool) -> None:
        """Show a picture's thumbnail, or what to do."""
        self._remove.setVisible(picture is not None)
        self.setProperty("full", "true" if picture else "false")
        self._restyle()
        if picture is None:
            self._thumbnail.setPixmap(QPixmap())
            self._thumbnail.setText(self.tr("Reading …") if reading else self._hint)
            self.setAccessibleDescription(self._hint)
            return
        image = borrowed(pixels := bgrx(picture.pixels[:: _step(picture), :: _step(picture)]))
        ratio = self.devicePixelRatioF()
        scaled = image.scaled(
            _THUMBNAIL * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        del pixels
        scaled.setDevicePixelRatio(ratio)
        self._thumbnail.setPixmap(QPixmap.fromImage(scaled))
        self.setAccessibleDescription(picture.name)

    def choose(self) -> None:
        """Ask for a file."""
        names = "*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp *.gif *.avif"
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose the {0} picture").format(self._title.lower()),
            filter=self.tr("Pictures ({0});;All files (*)").format(names),
        )
        if path:
            self.chosen.emit([Path(path)])

    def paste(self) -> bool:
        """Take the clipboard's file or picture; returns whether it had one."""
        data = QGuiApplication.clipboard().mimeData()
        files = dropped_files(data) if data else []
        if files:
            self.chosen.emit(files)
            return True
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            return False
        self.pasted.emit(_png(image))
        return True

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Keep the remove button in its corner."""
        self._remove.adjustSize()
        self._remove.move(self.width() - self._remove.width() - 6, 6)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click asks for a file."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Space and Enter do what a click does, Delete removes."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Light up under files."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._highlight(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 (Qt's name)
        """Go dark again."""
        self._highlight(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Take the files."""
        self._highlight(False)
        self.chosen.emit(dropped_files(event.mimeData()))
        event.acceptProposedAction()

    def _highlight(self, over: bool) -> None:
        self.setProperty("over", "true" if over else "false")
        self._restyle()

    def _restyle(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)


class InputPanel(QFrame):
    """Content and style, one above the other."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._session = session
        self._targets = {
            Role.CONTENT: DropTarget(
                self.tr("Content"), self.tr("Drop the photograph here,\nor click to choose it")
            ),
            Role.STYLE: DropTarget(
                self.tr("Style"), self.tr("Drop the painting here,\nor click to choose it")
            ),
        }
        self._captions = {role: QLabel() for role in Role}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        for role, target in self._targets.items():
            self._add(layout, role, target)
            layout.addSpacing(theme.SPACE)
        layout.addStretch()
        session.changed.connect(self._show)

    def target(self, role: Role) -> DropTarget:
        """The drop target of a role."""
        return self._targets[role]

    def paste(self) -> bool:
        """Paste into the target that has the focus, else the first that is empty."""
        focused = [role for role in Role if self._targets[role].hasFocus()]
        empty = [role for role in Role if self._session.state.picture(role) is None]
        role = next(iter([*focused, *empty, Role.STYLE]))
        return self._targets[role].paste()

    def _add(self, layout: QVBoxLayout, role: Role, target: DropTarget) -> None:
        heading = QLabel(target.accessibleName())
        heading.setObjectName("heading")
        caption = self._captions[role]
        caption.setObjectName("quiet")
        row = QHBoxLayout()
        row.addWidget(heading)
        row.addWidget(caption, 1, Qt.AlignmentFlag.AlignRight)
        layout.addLayout(row)
        layout.addWidget(target)
        target.chosen.connect(lambda files: self._open(role, files))
        target.pasted.connect(
            lambda data: self._session.open_data(role, data, self.tr("pasted picture"))
        )
        target.removed.connect(lambda: self._session.remove(role))

    def _open(self, role: Role, files: list[Path]) -> None:
        for path, each in zip(files, [role, *(r for r in Role if r is not role)], strict=False):
            self._session.open(each, path)

    def _show(self, state: State) -> None:
        for role, target in self._targets.items():
            picture = state.picture(role)
            target.show_picture(picture, reading=role in state.reading)
            caption = self._captions[role]
            caption.setText(f"{picture.size[0]} × {picture.size[1]}" if picture else "")
            target.setToolTip(picture.name if picture else "")


def _step(picture: Picture) -> int:
    """Keep every so-manyth pixel of large pictures: enough for a thumbnail, and quick."""
    return max(1, max(picture.size) // 800)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
