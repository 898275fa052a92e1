"""Asks how a timelapse is to be, and shows at once how it will look."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.choices import Spacing
from engine.timelapse import Animation, Film, Options
from engine.timelapse.animation import LONGEST, SHORTEST
from engine.timelapse.export import GIF, MP4, MP4_REMEDY, WEBP, why_no_mp4
from gui import icons, theme
from gui.look.fields import QuietComboBox
from gui.run.bar import enable
from gui.steering.exporter import Exporter
from gui.texts import phrase, sentence

if TYPE_CHECKING:
    from engine.job import Picture
    from gui.worker import Trouble

SIDES: Final = (320, 480, 640, 800, 1024)
"""Long sides to choose from, px."""

_TIP: Final = "impastoTip"
_BOTTOM_LEFT: Final = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
_PREVIEW: Final = QSize(54 * theme.SPACE, 36 * theme.SPACE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in the dialog, for the next time."""

    suffix: str = WEBP
    options: Options = field(default_factory=Options)


class ExportDialog(QDialog):
    """A looping preview above a few choices; Export asks for a name and writes.

    Attributes:
        play_button: lets the preview move, or holds it.
        export_button: asks for a name.
        format_box: WebP, GIF or MP4.
        length_field: seconds.
        spacing_box: what is even.
        size_box: px.
        photograph_box: whether the photograph comes first.
        loop_box: whether it begins anew at its end.
        about: the frames, the length, the size.

    Signals:
        name_asked: the suffix that a name is wanted for; `begin` goes on from there.
    """

    name_asked = Signal(str)

    def __init__(
        self,
        film: Film,
        photograph: Picture | None,
        exporter: Exporter,
        choice: Choice | None = None,
        parent: QWidget | None = None,
        *,
        still: bool = False,
    ) -> None:
        """Make it; `still` where nothing is to move unasked."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export Timelapse"))
        self._film, self._photograph, self._exporter = film, photograph, exporter
        self._chosen = choice or Choice()
        self._place, self._still = 0, still
        self.play_button = QToolButton()
        self.preview = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.format_box, self.spacing_box = QuietComboBox(), QuietComboBox()
        self.length_field = QDoubleSpinBox(decimals=1, minimum=SHORTEST, maximum=LONGEST)
        self.size_box = QuietComboBox()
        self.photograph_box = QCheckBox(self.tr("Begin with the photograph"))
        self.loop_box = QCheckBox(self.tr("Begin anew at the end"))
        self.about = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.export_button = QPushButton(self.tr("Export …"))
        self.close_button = QPushButton(self.tr("Close"))
        self._timer = QTimer(self, singleShot=True)
        self._fill()
        self._lay_out()
        self._connect()
        self._cut()

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        options = Options(
            seconds=round(self.length_field.value(), 1),
            spacing=Spacing(self.spacing_box.currentData()),
            side=self.size_box.currentData(),
            photograph=self.photograph_box.isChecked(),
            loop=self.loop_box.isChecked(),
        )
        return Choice(self.format_box.currentData(), options)

    def begin(self, path: Path) -> None:
        """Write what is chosen under a name."""
        self.bar.setRange(0, int(self._still))  # busy, which moves, or at its beginning
        self._animation = Animation(self._film, self.choice.options, self._photograph)
        self._exporter.write(path, self._animation)
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Nothing moves that nobody sees."""
        self._timer.stop()
        super().hideEvent(event)

    def reject(self) -> None:
        """Give up what is being written, or else close."""
        if self._exporter.is_busy:
            self._exporter.cancel()
        else:
            super().reject()

    def _fill(self) -> None:
        chosen = self._chosen
        for words, suffix in (("WebP", WEBP), ("GIF", GIF), ("MP4", MP4)):
            self.format_box.addItem(words, suffix)
        for words, way in (
            (self.tr("Even change of the picture"), Spacing.CHANGE),
            (self.tr("Even steps"), Spacing.STEP),
        ):
            self.spacing_box.addItem(words, way.value)
        largest = max(self._film.picture(-1).size)
        sides = [side for side in SIDES if side < largest] + [min(largest, SIDES[-1])]
        for side in sides:
            self.size_box.addItem(self.tr("{0} px").format(side), side)
        wanted = [side for side in sides if side <= chosen.options.side]
        self.size_box.setCurrentIndex(max(0, len(wanted) - 1))
        self.format_box.setCurrentIndex(self.format_box.findData(chosen.suffix))
        self.spacing_box.setCurrentIndex(self.spacing_box.findData(chosen.options.spacing.value))
        self.length_field.setValue(chosen.options.seconds)
        self.length_field.setSuffix(self.tr(" s"))
        self.photograph_box.setChecked(chosen.options.photograph)
        self.photograph_box.setVisible(self._photograph is not None)
        self.loop_box.setChecked(chosen.options.loop)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.SPACE] * 4)
        column.setSpacing(2 * theme.SPACE)
        self.preview.setFixedSize(_PREVIEW)
        self.preview.setAccessibleName(self.tr("Preview of the timelapse"))
        corner = QVBoxLayout(self.preview)
        corner.setContentsMargins(*[theme.SPACE] * 4)
        corner.addWidget(self.play_button, 0, _BOTTOM_LEFT)
        self.play_button.setCheckable(True)
        self.play_button.setChecked(not self._still)
        self.play_button.setObjectName("play")
        self.play_button.setFixedSize(4 * theme.SPACE, 4 * theme.SPACE)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.about.setObjectName("quiet")
        self.about.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        form = QFormLayout(horizontalSpacing=2 * theme.SPACE, verticalSpacing=theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, tip, widget in (
            (self.tr("Format"), self.tr("WebP is the smallest that moves by itself anywhere"),
             self.format_box),
            (self.tr("Length"), self.tr("From the first frame to the end of the last"),
             self.length_field),
            (self.tr("Spacing"), self.tr("The picture changes quickest in its first steps"),
             self.spacing_box),
            (self.tr("Size"), self.tr("The long side"), self.size_box),
        ):  # fmt: skip
            widget.setAccessibleName(words)
            widget.setProperty(_TIP, tip)
            form.addRow(words, widget)
        for box, tip in (
            (self.photograph_box, self.tr("Show what was painted before the painting")),
            (self.loop_box, self.tr("Of an MP4, whoever shows it decides that")),
        ):
            box.setProperty(_TIP, tip)
        form.addRow("", self.photograph_box)
        form.addRow("", self.loop_box)
        end = QHBoxLayout()
        end.setSpacing(theme.SPACE)
        end.addWidget(self.bar, 1)
        end.addStretch()
        end.addWidget(self.close_button)
        end.addWidget(self.export_button)
        self.export_button.setObjectName("primary")
        self.export_button.setDefault(True)
        icons.want(self.export_button, "save", on_accent=True)
        column.addWidget(self.preview)
        column.addLayout(form)
        column.addWidget(self.about)
        column.addLayout(end)
        self.setFixedWidth(_PREVIEW.width() + 6 * theme.SPACE)

    def _connect(self) -> None:
        for box in (self.format_box, self.spacing_box, self.size_box):
            box.currentIndexChanged.connect(self._cut)
        for tick in (self.photograph_box, self.loop_box):
            tick.toggled.connect(self._cut)
        self.length_field.valueChanged.connect(self._cut)
        self._timer.timeout.connect(self._turn)
        self.play_button.toggled.connect(self._play)
        self.export_button.clicked.connect(lambda: self.name_asked.emit(self.choice.suffix))
        self.close_button.clicked.connect(self.reject)
        self._exporter.advanced.connect(self._advance)
        self._exporter.written.connect(self._written)
        self._exporter.failed.connect(self._fail)
        self._exporter.stopped.connect(self._stop)

    @Slot()
    def _cut(self) -> None:
        """Show what is chosen, from its beginning."""
        self._animation = Animation(self._film, self.choice.options, self._photograph)
        self._place = 0
        self._show_state()
        self._play(self.play_button.isChecked())

    @Slot(bool)
    def _play(self, on: bool) -> None:
        """Let the preview move, or hold it; at its beginning it shows how it will end."""
        icons.want(self.play_button, "pause" if on else "render")
        words = self.tr("Hold the preview") if on else self.tr("Play the preview")
        self.play_button.setToolTip(words)
        self.play_button.setAccessibleName(words)
        self._timer.stop()
        if on:
            self._turn()
        elif not self._place:
            self._show(len(self._animation.stills) - 1)

    @Slot()
    def _turn(self) -> None:
        """Show the next frame."""
        stills, place = self._animation.stills, self._place
        self._show(place)
        self._place = (place + 1) % len(stills)
        if not self.isVisible():
            return
        if self._place or self._animation.options.loop:
            self._timer.start(stills[place].milliseconds)
        else:
            self.play_button.setChecked(False)

    def _show(self, place: int) -> None:
        still = self._animation.stills[place]
        side = max(_PREVIEW.width(), _PREVIEW.height()) * self.devicePixelRatioF()
        image = self._animation.glimpse(still, round(side))
        tight = QImage(image.tobytes(), *image.size, 3 * image.width, QImage.Format.Format_RGB888)
        pixmap = QPixmap.fromImage(tight).scaled(
            _PREVIEW * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.preview.setPixmap(pixmap)

    def showEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Begin to move."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._play(self.play_button.isChecked())

    def _show_state(self) -> None:
        busy, suffix = self._exporter.is_busy, self.choice.suffix
        missing = why_no_mp4() if suffix == MP4 else ""
        self.bar.setVisible(busy)
        writing = self.tr("It is being written") if busy else ""
        for each in (
            *(self.format_box, self.length_field, self.spacing_box, self.size_box),
            *(self.photograph_box, self.loop_box),
        ):
            each.setEnabled(not busy)
            each.setToolTip(writing or each.property(_TIP))
        enable(self.export_button, writing or phrase(missing), self.tr("Choose a name, and write"))
        self.close_button.setText(self.tr("Stop") if busy else self.tr("Close"))
        self.close_button.setToolTip(
            self.tr("Give it up; nothing is left behind") if busy else self.tr("Back to the window")
        )
        if missing:
            self._say(f"{sentence(missing)} {sentence(MP4_REMEDY)}", False)
        else:
            self._say(self._figures(), True)

    def _figures(self) -> str:
        width, height = self._animation.size
        text = self.tr("{0} different frames in {1} s, {2} × {3} px")
        seconds = f"{self._animation.milliseconds / 1000:g}"
        return text.format(len(self._animation.stills), seconds, width, height)

    def _say(self, text: str, fine: bool) -> None:
        self.about.setText(text)
        theme.name(self.about, "quiet" if fine else "alarm")

    @Slot(int, int)
    def _advance(self, count: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(count)

    @Slot(object)
    def _written(self, _: Path) -> None:
        self.accept()

    @Slot(object)
    def _fail(self, trouble: Trouble) -> None:
        self._show_state()
        self._say(f"{sentence(trouble.cause)} {sentence(trouble.remedy)}", False)

    @Slot()
    def _stop(self) -> None:
        self._show_state()
