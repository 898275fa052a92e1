"""Asks which part of a style counts, and how large it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.blends.values import Crop
from engine.job import Picture
from engine.knobs import factor_stops
from gui import icons, theme
from gui.look.controls import StopSlider
from gui.styles.crop_view import CropView
from gui.styles.crops import WHOLE

STOPS: Final = factor_stops(0.25, 4)
"""Scales that the slider offers."""


class PartDialog(QDialog):
    """A picture with its crop, and a scale.

    Attributes:
        view: the picture.
        scale_slider: its size relative to the stroke size.
        reset_button: goes back to all of it, as large as the others.
        about: says size and aspect.
    """

    def __init__(
        self, picture: Picture, scale: float, crop: Crop | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Crop and scale of {0}").format(picture.name))
        self._picture, self._scale = picture, scale
        self.view = CropView(picture, crop)
        self.scale_slider = StopSlider(STOPS)
        self.about, self._value = QLabel(), QLabel()
        self.reset_button = QPushButton(self.tr("Reset"))
        self._cancel, self.use_button = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Use"))
        self._dress()
        self._lay_out()
        self._connect()
        self._show()

    @property
    def scale(self) -> float:
        """Size relative to the stroke size."""
        return self._scale

    @property
    def crop(self) -> Crop | None:
        """The part that counts; None for all of it."""
        return None if self.view.crop == WHOLE else self.view.crop

    def _dress(self) -> None:
        self.about.setObjectName("quiet")
        self.scale_slider.setAccessibleName(self.tr("Scale"))
        self.scale_slider.setToolTip(
            self.tr("Size of this style relative to the stroke size: larger means larger strokes")
        )
        self._value.setFixedWidth(6 * theme.SPACE)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reset_button.setToolTip(self.tr("All of the picture, at the size of the others"))
        self._cancel.setToolTip(self.tr("Leave crop and scale as they are"))
        self.use_button.setToolTip(self.tr("Use this part at this size; a render takes it up"))
        self.use_button.setObjectName("primary")
        self.use_button.setDefault(True)
        icons.want(self.reset_button, "reset")

    def _lay_out(self) -> None:
        column, sizes, end = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(*[2 * theme.SPACE] * 4)
        column.setSpacing(theme.SPACE)
        label = QLabel(self.tr("Scale"))
        label.setBuddy(self.scale_slider)
        sizes.setSpacing(theme.SPACE)
        sizes.addWidget(label)
        sizes.addWidget(self.scale_slider, 1)
        sizes.addWidget(self._value)
        end.setSpacing(theme.SPACE)
        end.addWidget(self.reset_button)
        end.addStretch()
        end.addWidget(self._cancel)
        end.addWidget(self.use_button)
        column.addWidget(self.view, 1)
        column.addWidget(self.about)
        column.addLayout(sizes)
        column.addSpacing(theme.SPACE)
        column.addLayout(end)

    def _connect(self) -> None:
        self.view.changed.connect(self._show)
        self.scale_slider.asked.connect(self._take_scale)
        self.reset_button.clicked.connect(self._reset)
        self._cancel.clicked.connect(self.reject)
        self.use_button.clicked.connect(self.accept)

    @Slot(object)
    def _take_scale(self, scale: float) -> None:
        self._scale = scale
        self._show()

    @Slot()
    def _reset(self) -> None:
        self.view.show_crop(WHOLE)
        self._scale = 1.0
        self._show()

    @Slot()
    def _show(self) -> None:
        width, height = self._picture.size
        left, top, right, bottom = self.view.crop
        across, down = round((right - left) * width), round((bottom - top) * height)
        text = self.tr("{0} × {1} of {2} × {3} px, aspect {4} : 1")
        self.about.setText(text.format(across, down, width, height, f"{across / down:.2f}"))
        self._value.setText(self.tr("{0}×").format(f"{self._scale:.3g}"))
        self.scale_slider.show_value(self._scale)
        is_plain = self.crop is None and self._scale == 1
        self.reset_button.setEnabled(not is_plain)
        self.reset_button.setToolTip(
            self.tr("It is all of the picture, at the size of the others")
            if is_plain
            else self.tr("All of the picture, at the size of the others")
        )
