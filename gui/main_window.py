"""The window: inputs on the left, the canvas, the look on the right, the run below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from engine import __version__, imageio
from engine.job import Frame, Started
from gui import theme
from gui.canvas import Canvas
from gui.input_panel import InputPanel, dropped_files
from gui.look_panel import LookPanel
from gui.message_bar import MessageBar
from gui.run_bar import RunBar
from gui.session import Phase, Role, Session, State


class MainWindow(QMainWindow):
    """Shows a session and passes on what the user asks of it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._shown_content: object = None
        self.canvas = Canvas()
        self.inputs = InputPanel(session)
        self.look = LookPanel(session)
        self.run_bar = RunBar(session)
        self.message = MessageBar()
        self._network = QLabel()
        self.setWindowTitle(self.tr("Impasto"))
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._lay_out()
        self._make_menus()
        self._connect()

    def _lay_out(self) -> None:
        self.inputs.setFixedWidth(236)
        self.look.setFixedWidth(276)
        middle = QHBoxLayout()
        middle.setSpacing(theme.SPACE)
        middle.addWidget(self.inputs)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self.look)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.message)
        layout.addLayout(middle, 1)
        layout.addWidget(self.run_bar)
        self.setCentralWidget(whole)
        self._network.setObjectName("quiet")
        self._network.setContentsMargins(0, 0, 2 * theme.SPACE, theme.SPACE)
        self.statusBar().addPermanentWidget(self._network)
        self.statusBar().setSizeGripEnabled(False)

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu(self.tr("&File"))
        for role, title, keys in (
            (Role.CONTENT, self.tr("Open &Content …"), "Ctrl+O"),
            (Role.STYLE, self.tr("Open &Style …"), "Ctrl+Shift+O"),
        ):
            self._add_action(file, title, keys, self.inputs.target(role).choose)
        file.addSeparator()
        self._save = self._add_action(file, self.tr("Save &As …"), "Ctrl+Shift+S", self._save_as)
        file.addSeparator()
        self._add_action(file, self.tr("&Quit"), "Ctrl+Q", self.close)
        edit = self.menuBar().addMenu(self.tr("&Edit"))
        self._add_action(edit, self.tr("&Paste"), "Ctrl+V", self._paste)
        run = self.menuBar().addMenu(self.tr("&Render"))
        self._render = self._add_action(run, self.tr("&Render"), "Ctrl+R", self.session.render)
        self._cancel = self._add_action(run, self.tr("&Cancel"), "Esc", self.session.cancel)
        helps = self.menuBar().addMenu(self.tr("&Help"))
        self._add_action(helps, self.tr("&About Impasto"), "", self._about)

    def _add_action(self, menu: QMenu, title: str, keys: str, slot: object) -> QAction:
        action = QAction(title, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        menu.addAction(action)
        return action

    def _connect(self) -> None:
        self.session.changed.connect(self._show)
        self.session.frame_shown.connect(self._show_frame)
        self.session.decided.connect(self._show_decided)
        self.session.troubled.connect(self.message.show_trouble)
        self.session.noted.connect(self._show_note)
        self.run_bar.save_asked.connect(self._save_as)
        self._show(self.session.state)

    def _show(self, state: State) -> None:
        self._save.setEnabled(not state.why_no_save)
        self._render.setEnabled(not state.why_no_render)
        self._cancel.setEnabled(state.phase is Phase.RUNNING)
        if state.content is not self._shown_content:
            self._shown_content = state.content
            if state.phase is Phase.IDLE:
                pixels = state.content.pixels if state.content else None
                self.canvas.show_pixels(pixels, rendered=False)

    def _show_frame(self, frame: Frame) -> None:
        self.canvas.show_pixels(frame.pixels)

    def _show_decided(self, started: Started) -> None:
        network, device = started.network, started.device
        self._network.setText(
            f"{network.name}: {network.description} · {device.label} · {started.settings.precision}"
        )
        notes = "\n".join((network.description, *network.notes, device.remark)).strip()
        self._network.setToolTip(notes)

    def _show_note(self, text: str) -> None:
        self.statusBar().showMessage(text, 15_000)

    def _paste(self) -> None:
        if not self.inputs.paste():
            self._show_note(self.tr("There is no picture on the clipboard"))

    def _save_as(self) -> None:
        if self.session.state.why_no_save:
            return
        content, style = self.session.state.content, self.session.state.style
        names = [Path(picture.name).stem for picture in (content, style) if picture]
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the picture"),
            f"{' in the style of '.join(names) or 'picture'}.png",
            self.tr("Pictures ({0})").format(" ".join("*" + s for s in imageio.SUFFIXES)),
        )
        if path:
            self.session.save(Path(path) if Path(path).suffix else Path(path + ".png"))

    def _about(self) -> None:
        text = self.tr(
            "Impasto {0} repaints a photograph in the style of another picture.\n\n"
            "After Gatys, Ecker and Bethge, Image Style Transfer Using Convolutional Neural "
            "Networks, CVPR 2016.\n\nMIT licence. Nothing leaves this machine."
        )
        QMessageBox.about(self, self.tr("About Impasto"), text.format(__version__))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take files anywhere on the window."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """The first file that finds no content becomes it, the next the style."""
        for path in dropped_files(event.mimeData())[:2]:
            self.session.open_next(path)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Stop the run, so that the program ends at once."""
        self.session.cancel()
        event.accept()
