"""The bundled pictures to choose from, small, and a first pair to try at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine import examples
from gui import theme
from gui.inputs.thumbnails import Thumbnails
from gui.state import Role

PAIRS: Final = (
    *(f"{content}+{style}" for content, style in examples.CONTENTS.items()),
    "harbour+woodcut",
    "mountains+ink_wash",
    "still_life+pastel",
    "street+mosaic",
)
"""Each content with its own style first, then with the styles that are left."""

PICTURE: Final = QSize(128, 96)
"""Of a popup."""

_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a popup.

    Attributes:
        title: below its picture.
        picture: the file that is shown.
        inset: the file that is shown small in the corner; None for none.
        chosen: what is handed over when it is chosen.
        about: what it does, where the title does not say it all.
        is_current: whether it is what holds.
    """

    title: str
    picture: Path
    inset: Path | None
    chosen: object
    about: str = ""
    is_current: bool = False


def names() -> dict[str, str]:
    """What people call the bundled pictures."""
    translate = QCoreApplication.translate
    return {
        "harbour": translate("Examples", "Harbour at dusk"),
        "mountains": translate("Examples", "Mountain lake"),
        "still_life": translate("Examples", "Fruit and wine"),
        "street": translate("Examples", "Street in the rain"),
        "impasto": translate("Examples", "Impasto"),
        "woodcut": translate("Examples", "Woodcut"),
        "mosaic": translate("Examples", "Mosaic"),
        "watercolour": translate("Examples", "Watercolour"),
        "pointillism": translate("Examples", "Pointillism"),
        "ink_wash": translate("Examples", "Ink wash"),
        "pastel": translate("Examples", "Pastel"),
        "cubism": translate("Examples", "Cubism"),
    }


def of_role(role: Role) -> list[Choice]:
    """The bundled pictures for a role; what is handed over is the file."""
    called = names()
    listed: Iterable[str] = examples.CONTENTS if role is Role.CONTENT else examples.STYLES
    paths = {name: examples.folder() / f"{name}.jpg" for name in listed}
    return [Choice(called[name], path, None, path) for name, path in paths.items()]


def pairs() -> list[Choice]:
    """The bundled pairs; what is handed over is an `Example`."""
    called = names()
    found = [examples.named(name) for name in PAIRS]
    return [Choice(called[e.style.stem], e.content, e.style, e) for e in found]


class ExamplePopup(QFrame):
    """A grid of pictures that closes once one is chosen.

    Signals:
        chosen: the chosen entry's `Choice.chosen`.
    """

    chosen = Signal(object)

    def __init__(
        self,
        title: str,
        choices: list[Choice],
        parent: QWidget,
        thumbnails: Thumbnails | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(title)
        self._thumbnails = thumbnails or Thumbnails(PICTURE * 2, self)
        self._group = QButtonGroup(self, exclusive=False)
        heading = QLabel(title)
        heading.setObjectName("heading")
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE)
        columns = _COLUMNS if len(choices) > _COLUMNS else 2
        for place, choice in enumerate(choices):
            tile = _Tile(choice, self._thumbnails)
            tile.clicked.connect(lambda _=False, choice=choice: self._choose(choice))
            self._group.addButton(tile)
            grid.addWidget(tile, *divmod(place, columns))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(heading)
        layout.addLayout(grid)

    @property
    def tiles(self) -> list[QAbstractButton]:
        """The pictures, as buttons."""
        return self._group.buttons()

    def open_at(self, owner: QWidget, *, flush_right: bool = False) -> None:
        """Show below a widget, or wherever there is room on its screen.

        Args:
            owner: the widget.
            flush_right: whether the right edges are in line rather than the left ones.
        """
        self.adjustSize()
        rect = owner.rect()
        below = owner.mapToGlobal(rect.bottomRight() if flush_right else rect.bottomLeft())
        left = below.x() - self.width() + 1 if flush_right else below.x()
        place = QRect(left, below.y() + theme.SPACE // 2, self.width(), self.height())
        screen = owner.screen().availableGeometry()
        place.moveRight(min(place.right(), screen.right()))
        place.moveBottom(min(place.bottom(), screen.bottom()))
        place.moveLeft(max(place.left(), screen.left()))
        place.moveTop(max(place.top(), screen.top()))
        self.move(place.topLeft())
        self.show()
        self._first.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def _first(self) -> QAbstractButton:
        """The tile that the keyboard begins at: what holds, or the first."""
        current = [tile for tile in self.tiles if isinstance(tile, _Tile) and tile.is_current]
        return next(iter([*current, *self.tiles]))

    def _choose(self, choice: Choice) -> None:
        self.close()
        self.chosen.emit(choice.chosen)


class ExampleButtons(QWidget):
    """For the empty canvas: one press gives a first pair, another shows all of them.

    Signals:
        chosen: an `Example`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first_button = QPushButton(self.tr("Try an example"))
        self.first_button.setObjectName("primary")
        self.first_button.setToolTip(self.tr("Takes a photograph and a painting that come along"))
        self.more_button = QPushButton(self.tr("More examples …"))
        self.more_button.setToolTip(self.tr("Choose from the pictures that come with Impasto"))
        self._popup: ExamplePopup | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        for button in (self.first_button, self.more_button):
            button.setAccessibleDescription(button.toolTip())
            layout.addWidget(button)
        self.first_button.clicked.connect(lambda: self.chosen.emit(examples.named("")))
        self.more_button.clicked.connect(lambda: self.popup().open_at(self.more_button))

    def popup(self) -> ExamplePopup:
        """All pairs, made when first asked for."""
        if self._popup is None:
            self._popup = ExamplePopup(self.tr("A photograph and a painting"), pairs(), self)
            self._popup.chosen.connect(self.chosen)
        return self._popup


class _Tile(QAbstractButton):
    """A thumbnail with its title; a second one may lie in its corner."""

    def __init__(self, choice: Choice, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._choice, self._thumbnails = choice, thumbnails
        self.setText(choice.title)
        self.setAccessibleName(choice.title)
        self.setToolTip(choice.about or choice.title)
        self.setAccessibleDescription(choice.about)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(PICTURE + QSize(0, theme.SPACE // 2 + self.fontMetrics().height()))
        thumbnails.changed.connect(self.update)

    @property
    def is_current(self) -> bool:
        """Whether it is what holds."""
        return self._choice.is_current

    def showEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask for the pictures, which come when they are ready."""
        for path in (self._choice.picture, self._choice.inset):
            if path is not None:
                self._thumbnails.ask(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint picture, inset, title, and a ring where it would be chosen."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRect(0, 0, self.width(), PICTURE.height())
        self._paint_picture(painter, room, self._choice.picture)
        if self._choice.inset is not None:
            side = PICTURE.height() * 9 // 20
            corner = QRect(room.right() - side - 3, room.bottom() - side - 3, side, side)
            painter.fillRect(corner.adjusted(-2, -2, 2, 2), QColor(colours.panel))
            self._paint_picture(painter, corner, self._choice.inset, radius=0)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        self._paint_title(painter)
        painter.end()

    def _paint_title(self, painter: QPainter) -> None:
        """In the accent's colour where it is what holds."""
        colours = theme.current()
        painter.setPen(QColor(colours.accent if self._choice.is_current else colours.text))
        title = self.rect().adjusted(0, PICTURE.height() + theme.SPACE // 2, 0, 0)
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, title.width()
        )
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_picture(self, painter: QPainter, room: QRect, path: Path, radius: int = 4) -> None:
        image = self._thumbnails.image(path)
        clip = QPainterPath()
        clip.addRoundedRect(room, radius, radius)
        painter.save()
        painter.setClipPath(clip)
        if image.isNull():
            painter.fillRect(room, QColor(theme.current().field))
        else:
            painter.drawImage(room, image, _covering(image.size(), room.size()))
        painter.restore()


def _covering(size: QSize, room: QSize) -> QRect:
    """The middle of a picture in the shape of the room that it fills."""
    cut = room.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (size.width() - cut.width()) // 2, (size.height() - cut.height()) // 2
    return QRect(left, top, cut.width(), cut.height())
