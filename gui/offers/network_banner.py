"""Offers the ImageNet VGG-19 where it is missing: one line, nothing is fetched unasked."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from engine import networks
from engine.costs.pace import clock
from gui import icons, theme
from gui.offers.downloads import Download, DownloadOutcome, Ending, Stage, Transfer, part_size
from gui.texts import engine_text, sentence
from gui.worker import Trouble

_NAME = "vgg19"
_FRACTIONS = 1000
_MEGABYTE = 2**20


class _State(Enum):
    """What the banner is about."""

    HIDDEN = auto()
    OFFERED = auto()
    RUNNING = auto()
    CANCELLING = auto()
    ARRIVED = auto()
    FAILED = auto()


class NetworkBanner(QFrame):
    """Offers the network, shows its download, and says when it is here.

    Signals:
        file_chosen: `Path` of weights that the user has already.
        network_arrived: the name of a network that is on this machine now.
        dismissed: the user does not want the offer.
    """

    file_chosen = Signal(object)
    network_arrived = Signal(str)
    dismissed = Signal()

    def __init__(
        self, download: Download, *, dismissed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._download = download
        self._dismissed = dismissed
        self._state = _State.HIDDEN
        self._details = ""
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._bar = QProgressBar(maximum=_FRACTIONS, textVisible=False)
        self._figures = QLabel(
            alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self.get_button = QPushButton()
        self.file_button = QPushButton(self.tr("Use a file …"))
        self.copy_button = QPushButton(self.tr("Copy details"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.close_button = QToolButton(autoRaise=True)
        self._build()
        self._describe()
        self._connect()
        if download.entry is not None:
            self._begin()
        else:
            self.refresh()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    @property
    def figures(self) -> str:
        """How far a download is, in words."""
        return self._figures.text()

    def refresh(self) -> None:
        """Look again whether the network is on this machine, and offer it where it is not."""
        if self._state in (_State.RUNNING, _State.CANCELLING):
            return
        if networks.chosen(_NAME).available:
            if self._state is not _State.ARRIVED:
                self._show(_State.HIDDEN, "")
        elif self._dismissed:
            self._show(_State.HIDDEN, "")
        elif self._state is not _State.FAILED:
            self._offer()

    def offer(self) -> None:
        """Make the offer again, to a user who asks for it."""
        self._dismissed = False
        self.refresh()
        if self._state is _State.HIDDEN:
            self._arrive()

    # Building

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._text, 1)
        layout.addSpacing(theme.SPACE)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._figures)
        for button in self._buttons:
            layout.addWidget(button)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar.setFixedHeight(theme.SPACE)
        self._bar.setMinimumWidth(8 * theme.SPACE)
        self._figures.setObjectName("quiet")
        self.close_button.setText("×")
        self.close_button.setFixedSize(theme.FIELD_HEIGHT, theme.FIELD_HEIGHT)
        self.setMinimumHeight(6 * theme.SPACE)  # or the canvas would move with the state
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def _buttons(self) -> tuple[QAbstractButton, ...]:
        """In the order in which they stand."""
        return (
            self.copy_button,
            self.get_button,
            self.file_button,
            self.cancel_button,
            self.close_button,
        )

    def _describe(self) -> None:
        self._bar.setAccessibleName(self.tr("Download"))
        _explain(self.file_button, self.tr("Paint with weights of VGG-19 that you have already"))
        _explain(self.copy_button, self.tr("Copy what a report of this fault needs"))
        _explain(self.cancel_button, self.tr("Stop the download, and keep what came"))
        for button, icon in (
            (self.get_button, "download"),
            (self.file_button, "open"),
            (self.copy_button, "copy"),
            (self.cancel_button, "cancel"),
            (self.close_button, "remove"),
        ):
            icons.want(button, icon)

    def _connect(self) -> None:
        self.get_button.clicked.connect(self._get)
        self.file_button.clicked.connect(self._choose_file)
        self.copy_button.clicked.connect(self._copy_details)
        self.cancel_button.clicked.connect(self._cancel)
        self.close_button.clicked.connect(self._close)
        self._download.began.connect(self._begin)
        self._download.progressed.connect(self._progress)
        self._download.ended.connect(self._end)

    # What the user asks

    def _get(self) -> None:
        self._download.start(networks.chosen(_NAME))

    def _cancel(self) -> None:
        self._download.cancel()
        self._show(_State.CANCELLING, self.tr("Stopping the download of VGG-19 …"))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose weights of VGG-19"),
            filter=self.tr("Weights (*.pth *.safetensors *.pt);;All files (*)"),
        )
        if path:
            self._dismissed = True
            self._show(_State.HIDDEN, "")
            self.file_chosen.emit(Path(path))

    def _close(self) -> None:
        unwanted = self._state is not _State.ARRIVED
        self._show(_State.HIDDEN, "")
        if unwanted:
            self._dismissed = True
            self.dismissed.emit()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.text}\n\n{self._details}")

    # What it shows

    def _offer(self) -> None:
        published = networks.VGG19
        part = part_size(networks.chosen(_NAME))
        if part:
            self.get_button.setText(self.tr("Resume"))
            text = self.tr(
                "Painting with sketch, Impasto's own small network. {0} of {1} MB of ImageNet's "
                "VGG-19, which carries larger forms over, are here already."
            ).format(round(part / _MEGABYTE), published.megabytes)
        else:
            self.get_button.setText(self.tr("Download"))
            text = self.tr(
                "Painting with sketch, Impasto's own small network. ImageNet's VGG-19 carries "
                "larger forms over: {0} MB, once."
            ).format(published.megabytes)
        self._explain_get()
        self._name_close(self.tr("Not now"))
        self._show(_State.OFFERED, text)

    def _explain_get(self) -> None:
        entry, published = networks.chosen(_NAME), networks.VGG19
        what = self.tr("{0}: {1} MB from {2}").format(
            engine_text(entry.description), published.megabytes, urlsplit(published.url).netloc
        )
        _explain(self.get_button, what)

    def _begin(self) -> None:
        self._bar.setValue(0)
        self._figures.setText("")
        widest = Transfer(Stage.DOWNLOADING, 888 << 20, 888 << 20, 888 << 20, 5328)
        width = self._figures.fontMetrics().horizontalAdvance(self._in_figures(widest))
        self._figures.setMinimumWidth(width)  # or the bar would tremble with each figure
        self._show(_State.RUNNING, self.tr("Downloading VGG-19"))

    def _progress(self, transfer: Transfer) -> None:
        if self._state is not _State.RUNNING:
            return
        self._bar.setValue(round(_FRACTIONS * transfer.done / max(1, transfer.total)))
        self._figures.setText(self._in_figures(transfer))
        self._say(self._in_words(transfer.stage), transfer)

    def _in_words(self, stage: Stage) -> str:
        return {
            Stage.WAITING: self.tr("Waiting for another Impasto that works on VGG-19 …"),
            Stage.CHECKING: self.tr("Checking VGG-19 …"),
            Stage.DOWNLOADING: self.tr("Downloading VGG-19"),
        }[stage]

    def _in_figures(self, transfer: Transfer) -> str:
        if transfer.stage is Stage.WAITING:
            return ""
        done = f"{transfer.done / _MEGABYTE:.1f}"
        parts = [self.tr("{0} of {1} MB").format(done, round(transfer.total / _MEGABYTE))]
        if transfer.stage is Stage.DOWNLOADING:
            parts += self._pace(transfer)
        return " · ".join(parts)

    def _pace(self, transfer: Transfer) -> list[str]:
        parts = [] if transfer.speed is None else [self._speed(transfer.speed)]
        if transfer.seconds_left is not None:
            parts.append(self.tr("{0} left").format(clock(transfer.seconds_left)))
        return parts

    def _speed(self, speed: float) -> str:
        if not speed:
            return self.tr("waiting for the server …")
        if speed < _MEGABYTE / 10:
            return self.tr("{0} kB/s").format(f"{speed / 1024:.0f}")
        return self.tr("{0} MB/s").format(f"{speed / _MEGABYTE:.1f}")

    def _end(self, outcome: DownloadOutcome) -> None:
        self._state = _State.HIDDEN
        if outcome.ending is Ending.FINISHED:
            self._arrive()
            self.network_arrived.emit(outcome.entry.name)
        elif outcome.trouble is not None:
            self._fail(outcome.trouble)
        else:
            self.refresh()

    def _arrive(self) -> None:
        self._name_close(self.tr("Close"))
        self._show(_State.ARRIVED, self.tr("VGG-19 is here: the next render uses it."))

    def _fail(self, trouble: Trouble) -> None:
        self._details = trouble.details
        self.get_button.setText(self.tr("Try again"))
        self._explain_get()
        self._name_close(self.tr("Not now"))
        words = self.tr("{0} {1}").format(sentence(trouble.cause), sentence(trouble.remedy))
        self._show(_State.FAILED, words)

    def _name_close(self, name: str) -> None:
        self.close_button.setToolTip(name)
        self.close_button.setAccessibleName(name)

    def _say(self, text: str, transfer: Transfer | None = None) -> None:
        """Show a text; screen readers hear of a download at every tenth."""
        self._text.setText(text)
        if transfer is not None and transfer.stage is Stage.DOWNLOADING:
            percent = 10 * (10 * transfer.done // max(1, transfer.total))
            text = self.tr("{0}: {1} %").format(text, percent)
        if text != self.accessibleName():
            self.setAccessibleName(text)

    def _show(self, state: _State, text: str) -> None:
        self._state = state
        self._wear("message" if state is _State.FAILED else "panel")
        running = state in (_State.RUNNING, _State.CANCELLING)
        figures = (self._bar, self._figures) if running else ()
        self._show_only((*figures, *self._wanted_buttons()))
        self._text.setWordWrap(not running)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretchFactor(self._text, 0 if running else 1)
        self._say(text)
        if state is _State.HIDDEN or self.parentWidget():  # without one it would be a window
            self.setVisible(state is not _State.HIDDEN)

    def _wanted_buttons(self) -> tuple[QAbstractButton, ...]:
        copy = (self.copy_button,) if self._details else ()
        offer = (self.get_button, self.file_button, self.close_button)
        return {
            _State.HIDDEN: (),
            _State.OFFERED: offer,
            _State.RUNNING: (self.cancel_button,),
            _State.CANCELLING: (self.cancel_button,),
            _State.ARRIVED: (self.close_button,),
            _State.FAILED: (*copy, *offer),
        }[self._state]

    def _show_only(self, wanted: tuple[QWidget, ...]) -> None:
        """Show these beside the text; the keyboard stays in the banner where it was there."""
        focused = QApplication.focusWidget()
        changing = (self._bar, self._figures, *self._buttons)
        for widget in changing:  # first, as all of them at once would widen the window
            widget.setVisible(widget in wanted and not widget.isHidden())
        for widget in wanted:
            widget.show()
        buttons = [button for button in self._buttons if button in wanted]
        if buttons and focused in self._buttons and focused not in buttons:
            buttons[0].setFocus()

    def _wear(self, name: str) -> None:
        """Be a panel, or a message of the same make as the window's others."""
        if name == self.objectName():
            return
        self.setObjectName(name)
        for widget in (self, *self.findChildren(QWidget)):
            self.style().polish(widget)


def _explain(button: QAbstractButton, what: str) -> None:
    button.setToolTip(what)
    button.setAccessibleDescription(what)
