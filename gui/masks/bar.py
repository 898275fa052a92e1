"""The tools for masks, above the canvas while they are painted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.inputs.pieces import Elided
from gui.look.fields import QuietComboBox
from gui.masks import grid
from gui.masks.guiding import STRENGTH
from gui.masks.model import LARGEST, SMALLEST, MaskModel
from gui.masks.overlay import colour_of
from gui.masks.share_slider import ShareSlider

if TYPE_CHECKING:
    from collections.abc import Callable

_SWATCH: Final = 14
_WIDEST_NAME: Final = 22 * theme.SPACE


class MaskBar(QFrame):
    """Shows the tool of a model and passes on what is asked of it.

    Signals:
        load_asked: a mask is to come from a file.
        save_asked: the mask is to go into a file.
    """

    load_asked = Signal()
    save_asked = Signal()

    def __init__(self, model: MaskModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("Mask tools"))
        self._model = model
        self._listed: object = None
        self.regions = QuietComboBox()
        self.regions.setAccessibleName(self.tr("Region"))
        self.regions.setToolTip(
            self.tr("What is painted: where a style goes, or how strongly (X for the next)")
        )
        self.regions.setFixedWidth(_WIDEST_NAME)
        self._hint = Elided()
        self._hint.setObjectName("quiet")
        self._make_tools()
        self._make_sliders()
        self._make_menu()
        self._lay_out()
        self._connect()
        self._make_keys()
        self._show()

    # What it is made of

    def _make_tools(self) -> None:
        self.brush_button = _tool(self.tr("Brush"), "brush", checkable=True)
        self.eraser_button = _tool(self.tr("Eraser"), "eraser", checkable=True)
        self._either = QButtonGroup(self)
        for button in (self.brush_button, self.eraser_button):
            self._either.addButton(button)
        self.fill_button = _tool(self.tr("Fill"), "fill")
        self.clear_button = _tool(self.tr("Clear"), "delete")
        self.invert_button = _tool(self.tr("Invert"), "invert")
        self.soften_button = _tool(self.tr("Soften"), "soften")
        self.more_button = _tool(self.tr("More"), "more")
        self.overlay_button = _tool(self.tr("Show masks"), "seen", checkable=True)
        self.done_button = QPushButton(self.tr("Done"))

    def _make_sliders(self) -> None:
        self.size_slider = ShareSlider(self.tr("Size"), SMALLEST, LARGEST, even=False)
        self.hardness_slider = ShareSlider(self.tr("Hardness"), 0.0, 1.0)
        self.amount_slider = ShareSlider(self.tr("Flow"), 0.0, 1.0)
        self.size_slider.slider.setToolTip(
            self.tr("How wide the brush is, as a share of the picture's long side ([ and ])")
        )
        self.hardness_slider.slider.setToolTip(
            self.tr("How much of the brush covers wholly; the rest is its soft border ({ and })")
        )

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.load_action = self.menu.addAction(self.tr("Load a mask …"), self.load_asked.emit)
        self.save_action = self.menu.addAction(self.tr("Save the mask …"), self.save_asked.emit)
        self.menu.addSeparator()
        self.alpha_action = self.menu.addAction(
            self.tr("From the photograph's transparency"), self._model.take_alpha
        )
        self.rest_action = self.menu.addAction(
            self.tr("Fill what the other styles leave"), self._model.fill_rest
        )
        icons.want(self.load_action, "open")
        icons.want(self.save_action, "save")
        self.more_button.setMenu(self.menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        above, below = QHBoxLayout(), QHBoxLayout()
        for row in (above, below):
            row.setSpacing(theme.SPACE // 2)
        above.addWidget(self.regions)
        above.addSpacing(theme.SPACE)
        above.addWidget(self._hint, 1)
        for button in (
            *(self.fill_button, self.clear_button, self.invert_button, self.soften_button),
            self.more_button,
        ):
            above.addWidget(button)
        above.addSpacing(theme.SPACE)
        above.addWidget(self.overlay_button)
        above.addWidget(self.done_button)
        below.addWidget(self.brush_button)
        below.addWidget(self.eraser_button)
        for slider in (self.size_slider, self.hardness_slider, self.amount_slider):
            below.addSpacing(2 * theme.SPACE)
            below.addWidget(slider)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[theme.SPACE] * 4)
        whole.setSpacing(theme.SPACE // 2)
        whole.addLayout(above)
        whole.addLayout(below)

    def _connect(self) -> None:
        model = self._model
        self.regions.activated.connect(lambda row: model.choose(region=self.regions.itemData(row)))
        self.brush_button.clicked.connect(lambda: model.choose(erasing=False))
        self.eraser_button.clicked.connect(lambda: model.choose(erasing=True))
        self.fill_button.clicked.connect(model.fill)
        self.clear_button.clicked.connect(model.clear)
        self.invert_button.clicked.connect(model.invert)
        self.soften_button.clicked.connect(model.soften)
        self.overlay_button.clicked.connect(lambda on: model.choose(overlay=on))
        self.done_button.clicked.connect(lambda: model.open(False))
        self.size_slider.chosen.connect(lambda share: model.choose(size=share))
        self.hardness_slider.chosen.connect(lambda share: model.choose(hardness=share))
        self.amount_slider.chosen.connect(self._choose_amount)
        model.changed.connect(self._show)

    def _choose_amount(self, share: float) -> None:
        name = "level" if self._model.tool.is_strength else "flow"
        self._model.choose(**{name: share})

    def _make_keys(self) -> None:
        """Keys of the tools, which act while the bar is seen."""
        model = self._model
        size, hardness = self.size_slider.name, self.hardness_slider.name
        for keys, button in (
            ("F", self.fill_button),
            ("Ctrl+I", self.invert_button),
            ("O", self.overlay_button),
            ("Esc", self.done_button),
        ):
            self._key(keys, button.accessibleName() or button.text(), button.click)
        eraser = self.eraser_button.accessibleName()
        self._key("E", eraser, lambda: model.choose(erasing=not model.tool.erasing))
        self._key("X", self.regions.accessibleName(), model.choose_next)
        for keys, more in (("[", False), ("]", True)):
            self._key(keys, size, partial(model.resize, more))
        for keys, more in (("{", False), ("}", True)):
            self._key(keys, hardness, partial(model.harden, more))

    def _key(self, keys: str, name: str, do: Callable[[], object]) -> None:
        action = QAction(name, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: do())
        self.addAction(action)

    # What it shows

    @property
    def hint(self) -> str:
        """What it says of the mask."""
        return self._hint.whole

    @Slot()
    def _show(self) -> None:
        model, tool = self._model, self._model.tool
        self.setVisible(model.is_open)
        if not model.is_open:
            return
        self._list_regions()
        self.brush_button.setChecked(not tool.erasing)
        self.eraser_button.setChecked(tool.erasing)
        self.overlay_button.setChecked(tool.overlay)
        icons.want(self.overlay_button, "seen" if tool.overlay else "unseen")
        self.size_slider.show_share(tool.size)
        self.hardness_slider.show_share(tool.hardness)
        self._show_amount()
        self._explain()
        self._hint.show_text(self._words())

    def _show_amount(self) -> None:
        tool = self._model.tool
        if tool.is_strength:
            self.amount_slider.rename(self.tr("Strength"))
            self.amount_slider.show_share(tool.level)
            about = self.tr("How strongly the styles are to act where you paint")
        else:
            self.amount_slider.rename(self.tr("Flow"))
            self.amount_slider.show_share(tool.flow)
            about = self.tr("How much a stroke lays down; another one adds to it")
        self.amount_slider.slider.setToolTip(about)

    def _list_regions(self) -> None:
        model, colours = self._model, theme.current()
        listed = (tuple(style.name for style in model.styles), colours)
        if listed != self._listed:
            self._listed = listed
            self.regions.clear()
            for index, style in enumerate(model.styles):
                text = self.tr("{0} · {1}").format(index + 1, style.name)
                self.regions.addItem(_swatch(colour_of(index)), text, index)
            self.regions.addItem(_half_swatch(), self.tr("Strength map"), STRENGTH)
        row = self.regions.findData(model.tool.region)
        with QSignalBlocker(self.regions):
            self.regions.setCurrentIndex(row)
        self.regions.setAccessibleDescription(self.regions.currentText())

    def _words(self) -> str:
        """What painting does, or what the mask is."""
        model, tool = self._model, self._model.tool
        if model.mask is None and tool.is_strength:
            return self.tr("Paint where the styles act less")
        if model.mask is None and model.others():
            return self.tr("Everywhere: paint where it goes")
        if model.mask is None:
            return self.tr("Paint where this style goes")
        share = grid.covered(model.mask.values)
        if tool.is_strength:
            return self.tr("{0} % on the whole").format(round(100 * share))
        if not share:
            return self.tr("The mask is empty: paint, or clear it")
        return self.tr("Covers {0} %").format(max(1, round(100 * share)))

    def _explain(self) -> None:
        model, tool = self._model, self._model.tool
        strength = tool.is_strength
        fill = (
            self.tr("Give all of the picture this strength (F)")
            if strength
            else self.tr("Let this style go everywhere (F)")
        )
        clear = (
            self.tr("Take the map away: the styles act fully everywhere")
            if strength
            else self.tr("Take the mask away: the style goes everywhere, until you paint")
        )
        none = model.why_no_mask
        for button, why, tip in (
            (self.brush_button, "", self.tr("Paint (E changes to the eraser)")),
            (self.eraser_button, "", self.tr("Take away (E, or hold Alt)")),
            (self.fill_button, "", fill),
            (self.clear_button, none, clear),
            (self.invert_button, none, self.tr("Swap inside and outside (Ctrl+I)")),
            (self.soften_button, none, self.tr("Soften the borders; press again for more")),
            (self.more_button, "", self.tr("Masks from and to files, and more")),
            (self.overlay_button, "", self.tr("Show the masks over the picture (O)")),
            (self.done_button, "", self.tr("Close the mask tools (Esc)")),
            (self.load_action, "", self.tr("White is in, black is out")),
            (self.save_action, none, self.tr("As a grey picture")),
            (self.alpha_action, model.why_no_alpha, self.tr("Everything that is not transparent")),
            (self.rest_action, model.why_no_rest, self.tr("All that no other style's mask covers")),
        ):
            button.setEnabled(not why)
            button.setToolTip(why or tip)
            if isinstance(button, QWidget):
                button.setAccessibleDescription(why or tip)


def _tool(name: str, icon: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setCheckable(checkable)
    button.setIconSize(QSize(18, 18))
    button.setFixedSize(theme.FIELD_HEIGHT + 2, theme.FIELD_HEIGHT)
    icons.want(button, icon)
    return button


def _swatch(colour: QColor) -> QIcon:
    return _drawn(lambda painter, spot: painter.drawRoundedRect(spot, 4, 4), colour)


def _half_swatch() -> QIcon:
    """Half of it grey: for the strength."""

    def draw(painter: QPainter, spot: QRectF) -> None:
        painter.setBrush(QColor(theme.current().field))
        painter.drawRoundedRect(spot, 4, 4)
        painter.setBrush(QColor(theme.current().quiet))
        painter.drawPie(spot, 90 * 16, 180 * 16)

    return _drawn(draw, QColor(theme.current().quiet))


def _drawn(draw: Callable[[QPainter, QRectF], object], colour: QColor) -> QIcon:
    icon = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap(_SWATCH * ratio, _SWATCH * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().line), 1))
            painter.setBrush(colour)
            draw(painter, QRectF(0.5, 0.5, _SWATCH - 1, _SWATCH - 1))
        icon.addPixmap(pixmap)
    return icon
