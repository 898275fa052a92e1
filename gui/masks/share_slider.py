"""A share on a slider: its name before, its percentage behind."""

from __future__ import annotations

from math import log

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from gui import theme

_STOPS = 100


class ShareSlider(QWidget):
    """Chooses a share between two others.

    Signals:
        chosen: the share.
    """

    chosen = Signal(float)

    def __init__(self, name: str, lowest: float, highest: float, *, even: bool = True) -> None:
        """Make it.

        Args:
            name: of what is chosen.
            lowest: share.
            highest: share.
            even: whether the way is the same from share to share, rather than from factor to
                factor; then the lowest is above 0.
        """
        super().__init__()
        self._lowest, self._highest, self._even = lowest, highest, even
        self._share = lowest
        self._name, self._value = QLabel(), QLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STOPS)
        self.slider.setPageStep(10)
        self.slider.setMinimumWidth(6 * theme.SPACE)
        self.slider.valueChanged.connect(self._moved)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._value.setObjectName("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._name)
        row.addWidget(self.slider, 1)
        row.addWidget(self._value)
        self._name.setBuddy(self.slider)
        self.rename(name)

    @property
    def name(self) -> str:
        """Of what is chosen."""
        return self._name.text()

    @property
    def value_text(self) -> str:
        """The share as it is read."""
        return self._value.text()

    def rename(self, name: str) -> None:
        """Choose something else from now on."""
        self._name.setText(name)
        self.slider.setAccessibleName(name)

    def show_share(self, share: float) -> None:
        """Say and show a share, and emit nothing."""
        self._share = share
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(_STOPS * self._way(share)))
        number = f"{100 * share:.1f}" if share < 0.01 else f"{100 * share:.0f}"
        self._value.setText(self.tr("{0} %").format(number))
        self.slider.setAccessibleDescription(self._value.text())

    def _moved(self, stop: int) -> None:
        way = stop / _STOPS
        if self._even:
            share = self._lowest + way * (self._highest - self._lowest)
        else:
            share = self._lowest * (self._highest / self._lowest) ** way
        self.chosen.emit(share)

    def _way(self, share: float) -> float:
        if self._even:
            return (share - self._lowest) / (self._highest - self._lowest)
        return log(share / self._lowest) / log(self._highest / self._lowest)
