"""Asks how large a picture is to be painted, and says at once what that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.costs import forecast
from engine.errors import EngineError
from engine.geometry import fitted
from engine.print_size import DEFAULT_DPI, Unit
from engine.settings import KNOBS, Settings
from gui import icons, theme
from gui.look.size_row import SizeRow
from gui.run import forecasting
from gui.run.bar import enable
from gui.session import Session
from gui.state import Phase, Study, translate
from gui.texts import sentence

if TYPE_CHECKING:
    from gui.worker import Trouble

FACTORS: Final = (2, 4)
"""Quick choices."""

_LINES: Final = 3
"""That the forecast may take without moving the rest."""

_LARGEST: Final = int(KNOBS["size"].maximum or 0)


class EnlargeDialog(QDialog):
    """Quick choices, a size in px or on paper, a forecast; Enlarge starts it.

    Attributes:
        size_row: the size.
        factor_buttons: by their factor.
        enlarge_button: starts it.
        about: says the sizes in px.
        forecast: says memory, time and tiles, or why it cannot be so large.

    Signals:
        unit_chosen: a `Unit` that sizes are to be said in from now on.
    """

    unit_chosen = Signal(object)

    def __init__(
        self, session: Session, study: Study, unit: Unit = Unit.PX, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Enlarge"))
        self._session, self._study = session, study
        dpi = session.state.settings.dpi or study.settings.dpi
        self._dpi = dpi or (DEFAULT_DPI if unit.is_paper else None)
        self._size = min(FACTORS[0] * study.side, _LARGEST)
        self.size_row = SizeRow()
        self.factor_buttons = {factor: QPushButton(f"{factor}×") for factor in FACTORS}
        self.enlarge_button = QPushButton(self.tr("Enlarge"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self.about, self.forecast = QLabel(), QLabel(wordWrap=True)
        self.about.setObjectName("quiet")
        self.forecast.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.forecast.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        self.size_row.set_unit(unit)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def chosen(self) -> Settings:
        """The settings that say how large."""
        return self._study.larger(self._size, self._dpi)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.SPACE] * 4)
        column.setSpacing(2 * theme.SPACE)
        hint = self.tr("The same look, with the detail of a larger painting.")
        factors, end = QHBoxLayout(), QHBoxLayout()
        for row in (factors, end):
            row.setSpacing(theme.SPACE)
        for button in self.factor_buttons.values():
            button.setCheckable(True)
            button.setAutoDefault(False)
            factors.addWidget(button)
        end.addStretch()
        end.addWidget(self._cancel)
        end.addWidget(self.enlarge_button)
        self.enlarge_button.setObjectName("primary")
        self.enlarge_button.setDefault(True)
        icons.want(self.enlarge_button, "enlarge", on_accent=True)
        column.addWidget(QLabel(hint, wordWrap=True))
        column.addLayout(factors)
        for widget in (self.size_row, self.about, self.forecast):
            column.addWidget(widget)
        column.addStretch()
        column.addLayout(end)
        self.setFixedWidth(52 * theme.SPACE)

    def _connect(self) -> None:
        for factor, button in self.factor_buttons.items():
            button.clicked.connect(lambda _=False, factor=factor: self._take_factor(factor))
        self.size_row.asked.connect(self._take_both)
        self.size_row.dpi_asked.connect(lambda dpi: self._take_both(self._size, dpi))
        self.size_row.unit_chosen.connect(self.unit_chosen)
        self.size_row.refused.connect(self._refuse)
        self.enlarge_button.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._cancel.setToolTip(self.tr("Leave the picture as it is"))
        self._session.changed.connect(self._show)
        self._session.devices_found.connect(self._show)
        self._session.speed.measured.connect(self._show)
        self.accepted.connect(self._begin)

    def _begin(self) -> None:
        study, settings = self._study, self.chosen
        what = translate("Session", "enlarging")
        self._session.paint_from(study.result, study.job(settings), settings, what)

    def _take_factor(self, factor: int) -> None:
        self._take_both(factor * self._study.side, self._dpi)

    @Slot(int, object)
    def _take_both(self, size: int, dpi: int | None) -> None:
        self._size, self._dpi = size, dpi
        self._show()

    def _refuse(self, trouble: Trouble) -> None:
        """Say what is wrong with a size; the one before holds."""
        self._show()
        self._say(f"{sentence(trouble.cause)} {sentence(trouble.remedy)}", False)

    @Slot()
    def _show(self) -> None:
        study = self._study
        both = fitted(study.content.size, self._size)
        self.size_row.show_size(both, self._dpi)
        text = self.tr("from {0} × {1} to {2} × {3} px")
        self.about.setText(text.format(*study.result.size, *both))
        for factor, button in self.factor_buttons.items():
            size = factor * study.side
            button.setChecked(size == self._size)
            what = self.tr("{0} times as wide and as high").format(factor)
            enable(button, self._why_not(size), what)
        why = self._why_not(self._size)
        enable(self.enlarge_button, why, self.tr("Paint it as large"))
        if why:
            self._say(why, False)
        else:
            self._say(*self._expected())

    def _why_not(self, size: int) -> str:
        if size <= self._study.side:
            text = self.tr("The picture has {0} px on its long side already: choose more")
            return text.format(self._study.side)
        if size > _LARGEST:
            return self.tr("A picture has at most {0} px on its long side").format(_LARGEST)
        running = self._session.state.phase is not Phase.IDLE
        return self.tr("Wait for the end of the render, or cancel it") if running else ""

    def _expected(self) -> tuple[str, bool]:
        """What it takes, and in how many tiles it is painted."""
        study = self._study
        device = forecasting.device_of(study.settings, self._session.devices)
        if device is None:
            return self.tr("What it takes is known once torch is loaded"), True
        try:
            settings = self._session.courtesy.settings(study.decided(self.chosen))
            sizes = tuple(style.size for style in study.styles)
            start = study.result.size
            work = forecast.planned(settings, study.content.size, sizes, device, start=start)
        except EngineError as error:
            return sentence(error.cause), False
        text, fits = forecasting.words(work)
        self._session.speed.want(work)
        tiles = work.stages(work.scales[-1])[0].tiles.total()
        in_tiles = self.tr("{0}; painted in {1} tiles, exactly as in one piece")
        return (in_tiles.format(text, tiles) if tiles > 1 else text), fits

    def _say(self, text: str, fits: bool) -> None:
        self.forecast.setText(text)
        theme.name(self.forecast, "quiet" if fits else "alarm")
