"""One of several styles: its picture, how much of it there is, and what else can be done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton, QWidget

from engine.blends.values import Crop
from engine.job import Picture
from engine.knobs import even_stops
from gui import icons, theme
from gui.controls import StopSlider
from gui.drop_target import part, reduced
from gui.inputs.pieces import BUTTON, Elided, ToolButton

SIDE: Final = 40
"""Of a thumbnail, px."""

_PERCENT: Final = 40
_ROUND: Final = 4


def percent(share: float) -> str:
    """A share of 1 in words, never 0 for what has one."""
    return "< 1 %" if 0 < share < 0.005 else f"{share * 100:.0f} %"


class StyleRow(QWidget):
    """Shows a style; the first one has its picture and its name above, and only a slider here.

    Attributes:
        slider: the share in percent.
        menu: what else can be done with the style.
        remove_button: None for the first style.
        thumbnail: opens crop and scale; None for the first style.

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

    def __init__(self, *, is_first: bool) -> None:
        super().__init__()
        self.is_first = is_first
        self.slider = StopSlider(even_stops(0, 100, 1))
        self._percent = QLabel()
        self._name, self._scale = Elided(), QLabel()
        self.thumbnail = None if is_first else _Thumbnail()
        self.menu = self._made_menu()
        self.more_button = ToolButton(autoRaise=True)
        self.remove_button = None if is_first else ToolButton(autoRaise=True)
        self._dress()
        self._lay_out()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.addActions(self.menu.actions())
        self.slider.asked.connect(self.share_asked)
        self.slider.sliderPressed.connect(lambda: self.held.emit(True))
        self.slider.sliderReleased.connect(lambda: self.held.emit(False))

    def show_style(self, picture: Picture, share: float, scale: float, crop: Crop | None) -> None:
        """Show a style and what is said of it."""
        self.slider.show_value(share * 100)
        self._percent.setText(percent(share))
        name = self.tr("Share of {0}").format(picture.name)
        self.slider.setAccessibleName(name)
        self.slider.setAccessibleDescription(percent(share))
        self.slider.setToolTip(name)
        self._name.show_text(picture.name)
        self._scale.setText("" if scale == 1 else self.tr("{0}×").format(f"{scale:.3g}"))
        self._scale.setVisible(scale != 1)
        if self.thumbnail is not None:
            self.thumbnail.show_part(picture, crop)
            self.thumbnail.setToolTip(self.tr("Crop and scale of {0}").format(picture.name))
            self.thumbnail.setAccessibleName(self.thumbnail.toolTip())
        self.more_button.setAccessibleName(self.tr("More for {0}").format(picture.name))
        self.more_button.setToolTip(self.more_button.accessibleName())
        if self.remove_button is not None:
            self.remove_button.setAccessibleName(self.tr("Remove {0}").format(picture.name))
            self.remove_button.setToolTip(self.remove_button.accessibleName())

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for icon, text, signal in (
            ("crop", self.tr("Crop and Scale …"), self.part_asked),
            ("open", self.tr("Replace …"), self.replace_asked),
            ("", "", None),
            ("", self.tr("Only This Style"), self.only_asked),
            ("", self.tr("Equal Shares"), self.equal_asked),
        ):
            if signal is None:
                menu.addSeparator()
                continue
            action = QAction(text, menu)
            if icon:
                icons.want(action, icon)
            action.triggered.connect(lambda _=False, signal=signal: signal.emit())
            menu.addAction(action)
        return menu

    def _dress(self) -> None:
        for label in (self._percent, self._scale):
            label.setObjectName("quiet")
        self._percent.setFixedWidth(_PERCENT)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.more_button.setMenu(self.menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        icons.want(self.more_button, "more")
        for button in (self.more_button, self.remove_button):
            if button is not None:
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setFixedSize(BUTTON, BUTTON)
        if self.remove_button is not None:
            icons.want(self.remove_button, "remove")
            self.remove_button.clicked.connect(self.removed)
        if self.thumbnail is not None:
            self.thumbnail.clicked.connect(self.part_asked)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(1, theme.SPACE)
        grid.setColumnStretch(2, 1)
        if self.thumbnail is None or self.remove_button is None:
            label = QLabel(self.tr("Share"))
            label.setObjectName("quiet")
            label.setBuddy(self.slider)
            label.setFixedWidth(SIDE)
            grid.addWidget(label, 0, 0)
            grid.addWidget(self.slider, 0, 2)
            grid.addWidget(self._percent, 0, 3)
            self.more_button.hide()
            return
        grid.addWidget(self.thumbnail, 0, 0, 2, 1)
        grid.addWidget(self._name, 0, 2)
        grid.addWidget(self._scale, 0, 3)
        grid.addWidget(self.more_button, 0, 4)
        grid.addWidget(self.remove_button, 0, 5)
        grid.addWidget(self.slider, 1, 2, 1, 2)
        grid.addWidget(self._percent, 1, 4, 1, 2, Qt.AlignmentFlag.AlignRight)


class _Thumbnail(QToolButton):
    """A small picture that is a button."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._small = QImage()
        self._crop: Crop | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_part(self, picture: Picture, crop: Crop | None) -> None:
        """Show the part of a picture that counts."""
        if picture is not self._picture:
            self._picture, self._small = picture, reduced(picture, 4 * SIDE)
        self._crop = crop
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
        side = min(image.width(), image.height())
        corner = (image.width() - side) / 2, (image.height() - side) / 2
        painter.drawImage(QRectF(self.rect()), image, QRectF(*corner, side, side))
        painter.setClipping(False)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
