"""Variations over one or two settings: choose what varies, see them come, take one further."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.costs import forecast
from engine.errors import EngineError
from gui import icons, theme
from gui.run.bar import enable
from gui.session import Session
from gui.texts import engine_text, sentence
from gui.variations.bench import Bench
from gui.variations.cells import SheetView, words_for
from gui.variations.chips import AxisRow
from gui.worker import Trouble

FIRST: Final = ("strength", "style_scale")
"""What varies at first: across, and down."""


class VariationsDialog(QDialog):
    """Two axes above, the sheet, and below what can be done with the cell that is chosen.

    Attributes:
        bench: what is painted.
        across: the first axis.
        down: the second.
        view: the sheet.
        paint_button: begins.
        stop_button: ends it, with what there is.
        keep_button: puts the cell into the filmstrip.
        render_button: paints it at full size.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Variations"))
        self._session = session
        self._why = ""
        self._told = ""
        self.bench = Bench(session, self)
        self.across = AxisRow(self.tr("Across"), optional=False)
        self.down = AxisRow(self.tr("Down"), optional=True)
        self.view = SheetView()
        self.paint_button = QPushButton(self.tr("Paint"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self.keep_button = QPushButton(self.tr("Keep"))
        self.render_button = QPushButton(self.tr("Render This"))
        self._close = QPushButton(self.tr("Close"))
        self._note, self._caption, self._hint = QLabel(), QLabel(), QLabel()
        for row, name in zip((self.across, self.down), FIRST, strict=True):
            row.show_axis(name)
        self._lay_out()
        self._connect()
        self._plan()

    @property
    def note(self) -> str:
        """What it takes, or why it cannot be painted."""
        return self._note.text()

    @property
    def caption(self) -> str:
        """The values of the cell that is pointed at or chosen."""
        return self._caption.text()

    def reject(self) -> None:
        """Close; what is being painted is stopped."""
        self.bench.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """As `reject`, by the window's own button."""
        self.bench.cancel()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.view, 1)
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = QFrame()
        axes = QVBoxLayout()
        axes.setSpacing(theme.SPACE)
        axes.addWidget(self.across)
        axes.addWidget(self.down)
        axes.addWidget(self._note)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.SPACE)
        for button in (self.paint_button, self.stop_button):
            button.setAutoDefault(False)
            button.setMinimumWidth(14 * theme.SPACE)
            buttons.addWidget(button)
        icons.want(self.stop_button, "cancel")
        self._note.setObjectName("quiet")
        buttons.addStretch()
        row = QHBoxLayout(head)
        row.setContentsMargins(3 * theme.SPACE, 2 * theme.SPACE, 3 * theme.SPACE, theme.SPACE)
        row.setSpacing(2 * theme.SPACE)
        row.addLayout(axes, 1)
        row.addLayout(buttons)
        return head

    def _foot(self) -> QWidget:
        foot = QFrame()
        self._caption.setObjectName("title")
        self._hint.setObjectName("quiet")
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._caption, self._hint, self._note):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.addWidget(self._caption)
        words.addWidget(self._hint)
        row = QHBoxLayout(foot)
        row.setContentsMargins(3 * theme.SPACE, theme.SPACE, 3 * theme.SPACE, 2 * theme.SPACE)
        row.setSpacing(theme.SPACE)
        row.addLayout(words, 1)
        for button in (self._close, self.keep_button, self.render_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        icons.want(self.keep_button, "keep")
        return foot

    def _connect(self) -> None:
        self.across.changed.connect(self._plan)
        self.down.changed.connect(self._plan)
        self.paint_button.clicked.connect(self._paint)
        self.stop_button.clicked.connect(self.bench.cancel)
        self.keep_button.clicked.connect(self._keep)
        self.render_button.clicked.connect(lambda: self.bench.promote(self.view.current))
        self._close.clicked.connect(self.reject)
        self._close.setToolTip(self.tr("Go back to the canvas; nothing is taken over (Esc)"))
        self.view.promoted.connect(self.bench.promote)
        self.view.chosen.connect(self._show)
        self.view.pointed.connect(self._show)
        self.bench.shown.connect(self._show_cell)
        self.bench.stood.connect(self._show)
        self.bench.troubled.connect(self._explain)
        self.bench.promoted.connect(self.accept)
        self._session.devices_found.connect(self._plan)
        self._session.speed.measured.connect(self._show)

    @Slot()
    def _plan(self) -> None:
        """Make the sheet of what is chosen above, or say why there is none."""
        rows = [row for row in (self.across, self.down) if row.knob is not None]
        self._told, self._why = "", ""
        try:
            self.bench.plan((row.knob.name, row.values) for row in rows if row.knob)
        except EngineError as error:
            self._why = f"{sentence(error.cause)} {sentence(error.remedy)}"
        self.view.show_sheet(self.bench.sheet, self.bench.size)
        for index in range(len(self.view.buttons)):
            self._show_cell(index)
        self._show()

    def _paint(self) -> None:
        self._told = ""
        missing = self.bench.missing
        self.bench.paint()
        if missing:
            self.view.buttons[missing[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self.bench.keep(self.view.current)
        self._show()

    @Slot(int)
    def _show_cell(self, index: int) -> None:
        seen = self.bench.seen(index)
        button = self.view.buttons[index]
        button.show_pixels(seen.pixels if seen else None, seen.share if seen else 0.0)
        if seen is not None and seen.made is not None:
            if self.view.current < 0:
                self.view.choose(index)
            self._show()

    @Slot(object)
    def _explain(self, trouble: Trouble) -> None:
        self._told = f"{sentence(trouble.cause)} {sentence(trouble.remedy)}"
        self._show()

    @Slot()
    def _show(self) -> None:
        self._show_note()
        self._show_caption()
        bench, painting = self.bench, self.bench.painting
        self.paint_button.setVisible(not painting)
        self.stop_button.setVisible(painting)
        no_paint, why = self._why_no_paint(), self._why_no_use()
        enable(self.paint_button, no_paint, self.tr("Paint what is missing"))
        enable(self.stop_button, "", self.tr("Stop; what is painted stays"))
        _dress(self.paint_button, "render", primary=not no_paint)
        _dress(self.render_button, "enlarge", primary=bool(no_paint) and not why)
        tip = self.tr("Paint it at full size, starting from this picture, by its settings")
        enable(self.render_button, why, tip)
        kept = bench.is_kept(self.view.current) if not why else False
        is_kept = self.tr("It is in the filmstrip already")
        enable(
            self.keep_button, why or (is_kept if kept else ""), self.tr("Put it in the filmstrip")
        )

    def _why_no_paint(self) -> str:
        if self._why:
            return self._why
        if self.bench.device is None:
            return self.tr("Wait until torch is loaded")
        if not self.bench.missing:
            return self.tr("All of them are painted")
        return self._session.state.why_no_render

    def _why_no_use(self) -> str:
        current = self.view.current
        if current < 0:
            return self.tr("Choose a picture first")
        return "" if self.bench.made(current) else self.tr("This one is not painted yet")

    def _show_note(self) -> None:
        wrong = self._told or self._why
        self._note.setText(wrong or self._expected())
        self._note.setToolTip(wrong)
        theme.name(self._note, "alarm" if wrong else "quiet")

    def _show_caption(self) -> None:
        view, sheet = self.view, self.bench.sheet
        index = view.over if view.over >= 0 else view.current
        there = sheet is not None and index >= 0
        self._caption.setText(words_for(sheet, sheet.cells[index]) if sheet and there else "")
        hint = self.tr("Click a picture to choose it, or walk with the arrow keys")
        self._hint.setText(hint if self.bench.seen(0) or there else "")

    def _expected(self) -> str:
        """How many there are, how large, and how long they take."""
        bench = self.bench
        if bench.sheet is None:
            return ""
        count = len(bench.missing)
        if not count:
            return ""
        text = self.tr("{0} pictures of {1} × {2} px").format(count, *bench.size)
        try:
            work = bench.workload()
        except EngineError as error:
            return sentence(error.cause)
        if work is None:
            return text
        self._session.speed.want(work)
        seconds = forecast.of(work).seconds
        if seconds is None:
            return text
        return self.tr("{0}, ≈ {1}").format(text, engine_text(forecast.duration(count * seconds)))


def _dress(button: QPushButton, icon: str, *, primary: bool) -> None:
    """Make a button the one to press next, or one of several."""
    theme.name(button, "primary" if primary else "")
    icons.want(button, icon, on_accent=primary)
