"""One of several styles: its picture, how much of it there is, and what else can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton, QWidget

from engine.blends.values import Crop
from engine.job import Picture
from engine.knobs import even_stops
from gui import icons, theme
from gui.inputs.drop_target import part, reduced
from gui.inputs.pieces import BUTTON, Elided, ToolButton
from gui.look.controls import StopSlider

if TYPE_CHECKING:
    from gui.colours.preview import Dress

SIDE: Final = 40
"""Of a thumbnail, px."""

_ROUND: Final = 4


def percent(share: float) -> str:
    """A share of 1 in words, never 0 for what has one."""
    return "< 1 %" if 0 < share < 0.005 else f"{share * 100:.0f} %"


class StyleRow(QWidget):
    """Shows a style: its picture, its name, its share, and what else can be done with it.

    Attributes:
        slider: the share in percent.
        menu: what else can be done.

    Signals:
        share_asked: percent.
        held: whether the slider is being dragged.
        part_asked: crop and scale are to be chosen.
        replace_asked: another picture is to be chosen.
        only_asked: all of it, and nothing of the others.
        equal_asked: as much of each.
        removed: the style is to be taken away.
    """

    share_asked = Signal(object)
    held = Signal(bool)
    part_asked = Signal()
    replace_asked = Signal()
    only_asked = Signal()
    equal_asked = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.slider = StopSlider(even_stops(0, 100, 1))
        self.menu = self._made_menu()
        self._percent = QLabel()
        self._percent.setObjectName("quiet")
        self._percent.setFixedWidth(2 * BUTTON)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnMinimumWidth(1, theme.SPACE)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(self.slider, 1, 2, 1, 2)
        self._grid.addWidget(self._percent, 1, 4, 1, 2)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.addActions(self.menu.actions())
        self.slider.asked.connect(self.share_asked)
        self.slider.sliderPressed.connect(lambda: self.held.emit(True))
        self.slider.sliderReleased.connect(lambda: self.held.emit(False))

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """What the keyboard reaches one after the other."""
        return (self.slider,)

    def show_style(self, picture: Picture, share: float, scale: float, crop: Crop | None) -> None:
        """Show a style and what is said of it."""
        name = self.tr("Share of {0}").format(picture.name)
        self.slider.show_value(share * 100)
        self.slider.setAccessibleName(name)
        self.slider.setAccessibleDescription(percent(share))
        self.slider.setToolTip(name)
        self._percent.setText(percent(share))

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        crop = menu.addAction(self.tr("Crop and Scale …"), self.part_asked.emit)
        replace = menu.addAction(self.tr("Replace …"), self.replace_asked.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Only This Style"), self.only_asked.emit)
        menu.addAction(self.tr("Equal Shares"), self.equal_asked.emit)
        icons.want(crop, "crop")
        icons.want(replace, "open")
        return menu


class FirstRow(StyleRow):
    """Of the first style, whose picture and name stand above."""

    def __init__(self) -> None:
        super().__init__()
        label = QLabel(self.tr("Share"))
        label.setObjectName("quiet")
        label.setBuddy(self.slider)
        label.setFixedWidth(SIDE)
        self._grid.addWidget(label, 1, 0)


class FurtherRow(StyleRow):
    """Of another style.

    Attributes:
        thumbnail: opens crop and scale.
        more_button: opens the menu.
        remove_button: takes the style away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.thumbnail = Thumbnail()
        self.more_button, self.remove_button = (ToolButton(autoRaise=True) for _ in range(2))
        self._name, self._scale = Elided(), QLabel()
        self._scale.setObjectName("quiet")
        self.more_button.setMenu(self.menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.remove_button.clicked.connect(self.removed)
        self.thumbnail.clicked.connect(self.part_asked)
        for column, button, icon in (
            (4, self.more_button, "more"),
            (5, self.remove_button, "remove"),
        ):
            icons.want(button, icon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFixedSize(BUTTON, BUTTON)
            self._grid.addWidget(button, 0, column)
        self._grid.addWidget(self.thumbnail, 0, 0, 2, 1)
        self._grid.addWidget(self._name, 0, 2)
        self._grid.addWidget(self._scale, 0, 3)

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """What the keyboard reaches one after the other."""
        return self.thumbnail, self.more_button, self.remove_button, self.slider

    def show_style(self, picture: Picture, share: float, scale: float, crop: Crop | None) -> None:
        """Show a style and what is said of it."""
        super().show_style(picture, share, scale, crop)
        self._name.show_text(picture.name)
        self._scale.setText("" if scale == 1 else self.tr("{0}×").format(f"{scale:.3g}"))
        self.thumbnail.show_part(picture, crop)
        for button, words in (
            (self.thumbnail, self.tr("Crop and scale of {0}")),
            (self.more_button, self.tr("More for {0}")),
            (self.remove_button, self.tr("Remove {0}")),
        ):
            button.setToolTip(words.format(picture.name))
            button.setAccessibleName(button.toolTip())


class Thumbnail(QToolButton):
    """A small picture that is a button."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._small = QImage()
        self._crop: Crop | None = None
        self._dress: Dress | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_part(self, picture: Picture, crop: Crop | None) -> None:
        """Show the part of a picture that counts."""
        if picture is not self._picture:
            self._picture, self._small = picture, reduced(picture, 4 * SIDE)
        self._crop = crop
        self.update()

    def dress(self, dress: Dress | None) -> None:
        """Show it in other colours than its own, or in its own again."""
        self._dress = dress
        self.setAccessibleDescription(dress.words if dress else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The picture covers the square; a ring says where the keyboard or the pointer is."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), _ROUND, _ROUND)
        painter.setClipPath(outline)
        image = part(self._small, self._crop)
        image = self._dress.worn_by(image) if self._dress else image
        side = min(image.width(), image.height())
        corner = (image.width() - side) / 2, (image.height() - side) / 2
        painter.drawImage(QRectF(self.rect()), image, QRectF(*corner, side, side))
        painter.setClipping(False)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
