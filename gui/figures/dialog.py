"""Chooses a figure of the paper, shows it growing, and saves it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from engine import examples
from engine.errors import EngineError
from engine.figures.paper import FIGURES, SIZE
from engine.job import Picture
from gui import icons, theme
from gui.figures.pictures import Bundled
from gui.figures.studio import Studio
from gui.figures.view import SheetView
from gui.run.bar import enable
from gui.session import Session
from gui.texts import engine_text, phrase, sentence
from gui.worker import Ending, Outcome, Trouble

SIZES: Final = (128, 192, 256, 384, 512)
"""Of a panel, px."""

_FRACTIONS: Final = 1000
_NUMBER: Final = Qt.ItemDataRole.UserRole


class FigureDialog(QDialog):
    """On the left which figure of what, on the right its sheet, below what is done with it.

    Attributes:
        list: the figures.
        own: makes it of the window's pictures.
        bundled: makes it of the figure's own.
        panel_size: in px.
        view: the sheet.
        status: what it takes, is doing, or why it cannot be made.
        make_button: begins.
        cancel_button: stops.
        save_button: asks for a name.
        studio: that makes it.

    Signals:
        save_asked: the figure is to be saved.
    """

    save_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The Paper's Figures"))
        self._session = session
        self._trouble: Trouble | None = None
        self._said = ""
        self._bundled = Bundled(self)
        self.studio = Studio(session, self)
        self.list, self.panel_size = QListWidget(), QComboBox()
        self.own = QRadioButton(self.tr("The window's pictures"))
        self.bundled = QRadioButton(self.tr("Bundled pictures"))
        self._about = QLabel(wordWrap=True)
        self.view, self.status = SheetView(), QLabel(wordWrap=True)
        self._bar = QProgressBar(maximum=_FRACTIONS, textVisible=False)
        self.make_button = QPushButton(self.tr("Make"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton(self.tr("Save As …"))
        self._close = QPushButton(self.tr("Close"))
        self._fill()
        self._lay_out()
        self._connect()
        self.list.setCurrentRow(0)
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))

    @property
    def number(self) -> int:
        """Of the figure that is chosen."""
        return int(self.list.currentItem().data(_NUMBER))

    def reject(self) -> None:
        """Close; what is being made is cancelled."""
        self.studio.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """As `reject`, by the window's own button."""
        self.studio.cancel()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Wide enough for a figure to be read beside the list."""
        return QSize(132 * theme.SPACE, 82 * theme.SPACE)

    # What it is made of

    def _fill(self) -> None:
        for figure in FIGURES.values():
            name = self.tr("{0}  {1}").format(figure.number, engine_text(figure.title))
            item = QListWidgetItem(name)
            item.setData(_NUMBER, figure.number)
            item.setToolTip(sentence(figure.help))
            self.list.addItem(item)
        for size in SIZES:
            self.panel_size.addItem(self.tr("{0} px").format(size), size)
        self.panel_size.setCurrentIndex(SIZES.index(SIZE))
        self.list.setAccessibleName(self.tr("Figures"))
        self.panel_size.setAccessibleName(self.tr("Size of a panel"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setFixedHeight(theme.SPACE)
        state = self._session.state
        self._sources = QButtonGroup(self)
        for button in (self.own, self.bundled):
            self._sources.addButton(button)
        (self.own if state.content and state.style else self.bundled).setChecked(True)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(36 * theme.SPACE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self._about.setObjectName("quiet")
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list)
        column.addWidget(self._about)
        column.addSpacing(theme.SPACE)
        column.addWidget(self.own)
        column.addWidget(self.bundled)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Size of a panel")), 1)
        row.addWidget(self.panel_size)
        column.addLayout(row)
        self.list.setFixedHeight(self._height_of_list())
        column.addStretch()
        upper = QHBoxLayout()
        upper.setSpacing(2 * theme.SPACE)
        upper.addWidget(side)
        upper.addWidget(self.view, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[2 * theme.SPACE] * 4)
        whole.setSpacing(2 * theme.SPACE)
        whole.addLayout(upper, 1)
        whole.addLayout(self._foot())

    def _height_of_list(self) -> int:
        rows = self.list.count() * self.list.sizeHintForRow(0)
        return rows + 2 * self.list.frameWidth() + theme.SPACE

    def _foot(self) -> QHBoxLayout:
        self.status.setObjectName("quiet")
        icons.want(self.make_button, "render", on_accent=True)
        icons.want(self.cancel_button, "cancel")
        icons.want(self.save_button, "save")
        self.make_button.setObjectName("primary")
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE)
        words.addWidget(self._bar)
        words.addWidget(self.status)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addLayout(words, 1)
        row.addSpacing(theme.SPACE)
        for button in (self.make_button, self.cancel_button, self.save_button, self._close):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._choose)
        self._sources.buttonClicked.connect(self._choose)
        self.panel_size.currentIndexChanged.connect(self._choose)
        self._bundled.came.connect(self._choose)
        self._bundled.troubled.connect(self._refuse)
        self.studio.changed.connect(self._show)
        self.studio.shared.connect(self._show_share)
        self.studio.ended.connect(self._end)
        self.make_button.clicked.connect(self._make)
        self.cancel_button.clicked.connect(self.studio.cancel)
        self.save_button.clicked.connect(self.save_asked)
        self._close.clicked.connect(self.reject)
        self._close.setToolTip(self.tr("Close; what is being made is cancelled"))
        self._session.changed.connect(self._show)
        self._session.devices_found.connect(self._show)
        self._session.speed.measured.connect(self._show)
        self._session.series.activity.connect(self._say)

    # What is chosen

    @Slot()
    def _choose(self) -> None:
        if self.studio.is_making:
            return
        figure = FIGURES[self.number]
        self._about.setText(sentence(figure.help))
        self._trouble, self._said = None, ""
        self._bar.setValue(0)
        pictures = self._pictures()
        if pictures is None:
            self.studio.clear()
            return
        try:
            self.studio.lay_out(self.number, pictures, self.panel_size.currentData())
        except EngineError as error:
            self._refuse(Trouble(error.cause, error.remedy))

    def _pictures(self) -> tuple[Picture, ...] | None:
        """The content, then the styles; None while they are being read."""
        state, figure = self._session.state, FIGURES[self.number]
        names = (figure.content, *figure.styles)
        if self.bundled.isChecked() or not (state.content and state.style):
            return self._bundled.get(tuple(map(examples.file, names)))
        if not figure.many:
            return state.content, state.style
        more = self._bundled.get(tuple(map(examples.file, figure.styles)))
        if more is None:
            return None
        others = [style for style in more if style.sha256 != state.style.sha256]
        return state.content, state.style, *others[: len(figure.styles) - 1]

    @Slot(object)
    def _refuse(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self.studio.clear()

    # What is done with it

    @Slot()
    def _make(self) -> None:
        self._said = ""
        self._bar.setValue(0)
        self.studio.make()
        self.cancel_button.setFocus()

    @Slot()
    def _show(self) -> None:
        studio = self.studio
        if studio.sheet is not None and studio.order is not None:
            self.view.show_pixels(studio.sheet.pixels, engine_text(studio.order.figure.title))
        making = studio.is_making
        wait = self.tr("Wait for the end of the figure, or cancel it") if making else ""
        for widget, why, what in self._choices:
            widget.setEnabled(not (wait or why))
            widget.setToolTip(wait or why or what)
        enable(self.make_button, self._why_not_make(), self.tr("Paint every panel of the figure"))
        nothing = "" if making else self.tr("Nothing is being made")
        enable(self.cancel_button, nothing, self.tr("Stop; what is painted so far stays shown"))
        enable(self.save_button, self._why_not_save(), self.tr("Save the figure as PNG"))
        self._show_status()

    @property
    def _choices(self) -> tuple[tuple[QWidget, str, str], ...]:
        """What chooses a figure, why it cannot just now, and what it chooses."""
        state = self._session.state
        none = "" if state.content and state.style else self.tr("Choose content and style first")
        return (
            (self.list, "", self.tr("Which figure of the paper")),
            (self.own, none, self.tr("Make the figure of the content and the style")),
            (self.bundled, "", self.tr("Make the figure of pictures that come with Impasto")),
            (self.panel_size, "", self.tr("Long side of each picture in the figure")),
        )

    def _why_not_make(self) -> str:
        if self.studio.is_making:
            return self.tr("The figure is being made")
        if self.studio.order is None:
            return self.tr("The pictures are being read")
        return self._session.state.why_no_series

    def _why_not_save(self) -> str:
        if self.studio.is_making:
            return self.tr("Wait for the end of the figure")
        return "" if self.studio.is_done else self.tr("Make the figure first")

    def _show_status(self) -> None:
        if self._trouble is not None:
            text = f"{sentence(self._trouble.cause)} {sentence(self._trouble.remedy)}"
            self._tell(text, fits=False)
        elif self._said or self.studio.is_making:
            self._tell(self._said, fits=True)
        elif self._session.state.why_no_series:
            self._tell(sentence(self._session.state.why_no_series), fits=True)
        else:
            text, fits = self.studio.expected()
            self._tell(phrase(text), fits=fits)

    def _tell(self, text: str, *, fits: bool) -> None:
        self.status.setText(text)
        theme.name(self.status, "quiet" if fits else "alarm")

    @Slot(str)
    def _say(self, text: str) -> None:
        if self.studio.is_making and not self._bar.value():
            self._said = text
            self._show_status()

    @Slot(float)
    def _show_share(self, share: float) -> None:
        self._bar.setValue(round(_FRACTIONS * share))
        self._said = self.tr("{0} % done").format(round(100 * share))
        self._show_status()

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        self._trouble = outcome.trouble
        done = outcome.ending is Ending.FINISHED
        self._bar.setValue(_FRACTIONS if done else 0)
        self._said = self.tr("Done") if done else self.tr("Cancelled")
        self._show()
