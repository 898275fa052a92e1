"""The window: inputs on the left, the canvas, the look on the right, run, film and loss below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine import examples
from engine.job import Frame, Started
from gui import icons, stance, theme
from gui.about import AboutDialog
from gui.actions import Actions
from gui.canvas.bar import CanvasBar
from gui.canvas.canvas import Canvas
from gui.canvas.easel import Easel
from gui.figures.desk import FigureDesk
from gui.files.reading import Read
from gui.files.saving import Saving
from gui.film.desk import FilmDesk
from gui.film.look_bar import LookBar
from gui.film.strip import Filmstrip
from gui.gpu.device_menu import DeviceMenu
from gui.inputs.dropped import holds_picture, only_an_address
from gui.inputs.example_menu import ExampleButtons
from gui.inputs.panel import InputPanel
from gui.inputs.recent import Recent
from gui.look.panel import LookPanel
from gui.losses.plot import LossPlot
from gui.manners import desktop
from gui.manners.focus import FocusInSight
from gui.manners.shortcuts import ShortcutSheet, canvas_keys
from gui.masks.desk import MaskDesk
from gui.offers.bar import OfferBar
from gui.offers.leftovers import Leftovers
from gui.offers.network_banner import NetworkBanner
from gui.offers.recipe import recipe_offer
from gui.preferences.dialog import PreferencesDialog
from gui.preferences.store import Preferences
from gui.queue.desk import QueueDesk
from gui.run.bar import RunBar
from gui.run.enlarging import Enlarging
from gui.run.forecasting import Forecasting
from gui.session import Session
from gui.state import Phase, Role, State
from gui.steering.desk import SteeringDesk
from gui.texts import engine_text
from gui.tools import Tools
from gui.trouble import log_file
from gui.trouble.dialog import show_trouble
from gui.trouble.message_bar import MessageBar
from gui.variations.desk import Variations
from gui.worker import Outcome

_LOWER_OPEN = (124, 216, 232)
"""Heights at which filmstrip, loss and queue open."""

QUIT_PATIENCE = 1900
"""Milliseconds that a quitting window waits for the run's end: gone within three seconds."""


class MainWindow(QMainWindow):
    """Shows a session and passes on what the user asks of it.

    Signals:
        closed: it is gone, and all is saved that could be.
    """

    closed = Signal()

    def __init__(self, session: Session, tools: Tools) -> None:
        super().__init__()
        self.session, self.tools = session, tools
        self._state = session.state
        self._started: Started | None = None
        self._quitting = self._may_close = False
        self.question: QMessageBox | None = None
        preferences = tools.preferences
        self.canvas = Canvas()
        self.canvas_bar = CanvasBar(self.canvas)
        self.easel = Easel(session, self.canvas)
        self.masks = MaskDesk(session, self.canvas)
        self.recent = Recent(preferences)
        self.inputs = InputPanel(session, self.recent)
        self.look = LookPanel(session, tools.presets)
        self.run_bar, self.look_bar = RunBar(session), LookBar(session)
        self.message, self.offers = MessageBar(), OfferBar()
        dismissed = preferences.preferences.banner_dismissed
        self.banner = NetworkBanner(tools.download, dismissed=dismissed)
        self.film, self.loss = Filmstrip(), LossPlot()
        self.desk = FilmDesk(session, tools.keeper, self.film, preferences)
        self.saving = Saving(session, preferences, self)
        self.leftovers = Leftovers(session, self.offers, self)
        self.enlarging = Enlarging(session, preferences, self)
        self.queue = QueueDesk(self)
        self.steering = SteeringDesk(self)
        self.variations = Variations(session, self)
        self.figures = FigureDesk(session, preferences, self)
        self.tabs = QTabWidget(documentMode=True)
        self.devices, self.taskbar = DeviceMenu(session), desktop.Taskbar()
        self._network = QLabel()
        self.setWindowTitle(self.tr("Impasto"))
        self.setAcceptDrops(True)
        self._lay_out()
        self.actions_ = Actions(self)
        Forecasting(session, self.look)
        FocusInSight(self)
        self._connect()
        stance.restore(self)
        if preferences.note:
            self.note(preferences.note)
        tools.keeper.load()
        self._show(session.state)
        if session.run is not None and session.run.decided is not None:
            self._show_decided(session.run.decided)

    # What it is made of

    def _lay_out(self) -> None:
        self.inputs.setFixedWidth(236)
        self.look.setFixedWidth(312)
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (
            *(self.look_bar, self.masks.bar, self.canvas),
            *(self.steering.bar, self.canvas_bar),
        ):
            column.addWidget(bar, int(bar is self.canvas))
        to_try = ExampleButtons()
        to_try.chosen.connect(self.inputs.open_example)
        self.canvas.set_invitation(to_try)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(theme.SPACE)
        middle.addWidget(self.inputs)
        middle.addWidget(picture, 1)
        middle.addWidget(self.look)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(middle, 1)
        column.addWidget(self.run_bar)
        self.tabs.addTab(self.film, self.tr("Filmstrip"))
        self.tabs.addTab(self.loss, self.tr("Loss"))
        self.tabs.addTab(self.queue.panel, self.tr("Queue"))
        self.tabs.setAccessibleName(self.tr("Filmstrip, loss and queue"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its tabs have it
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.tabBar().setAccessibleName(self.tabs.accessibleName())
        self.splitter = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=True)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.tabs)
        self.splitter.setCollapsible(0, False)
        self.splitter.setStretchFactor(0, 1)
        self._assemble()

    def _assemble(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, 0)
        layout.setSpacing(theme.SPACE)
        for bar in (self.banner, self.offers, self.queue.edit_bar, self.message):
            layout.addWidget(bar)
        layout.addWidget(self.splitter, 1)
        self.setCentralWidget(whole)
        self.menuBar().setCornerWidget(self.devices)
        self._network.setObjectName("quiet")
        self._network.setContentsMargins(0, 0, theme.SPACE, 0)
        self.statusBar().addPermanentWidget(self._network)
        self.statusBar().setSizeGripEnabled(False)

    def _connect(self) -> None:
        session, preferences = self.session, self.tools.preferences
        session.changed.connect(self._show)
        session.frame_shown.connect(self._show_frame)
        session.decided.connect(self._show_decided)
        session.troubled.connect(self.message.show_trouble)
        session.noted.connect(self.note)
        session.recipe_found.connect(self._offer_recipe)
        session.run_ended.connect(self._run_ended)
        session.writer.failed.connect(self._stay)
        self.inputs.noted.connect(self.note)
        self.inputs.start_file_chosen.connect(session.open_start)
        self.run_bar.save_asked.connect(self.save_as)
        self.run_bar.enlarge_asked.connect(self.enlarge)
        self.run_bar.progressed.connect(self._show_progress)
        self.desk.opened.connect(self.easel.show_kept)
        self.desk.save_asked.connect(self.saving.ask)
        self.desk.quick_save_asked.connect(self.saving.quick)
        self.desk.enlarge_asked.connect(self.enlarging.begin)
        self.desk.offered.connect(self.offers.offer)
        self.tools.keeper.added.connect(self._show_first_kept)
        self.look_bar.continue_asked.connect(self.desk.continue_from_looked_at)
        self.look_bar.settings_asked.connect(self.desk.use_settings_of_looked_at)
        self.message.details_asked.connect(lambda trouble: show_trouble(self, trouble))
        self.tools.download.noted.connect(self.note)
        self.banner.file_chosen.connect(lambda path: session.set(network=str(path)))
        self.banner.network_arrived.connect(self._network_arrived)
        self.banner.dismissed.connect(lambda: preferences.set(banner_dismissed=True))
        preferences.troubled.connect(session.troubled)
        self.masks.connect_to(self.actions_.by_name, self.canvas_bar.masks_button)
        self.look.size_row.unit_chosen.connect(lambda unit: preferences.set(size_unit=unit))
        preferences.changed.connect(self._prefer)
        self._prefer(preferences.preferences)

    @Slot(object)
    def _prefer(self, preferences: Preferences) -> None:
        self.look.size_row.set_unit(preferences.size_unit)
        self.session.leave_core(preferences.leave_core)

    def take_over(self, old: MainWindow) -> None:
        """Stand as another window over the same session did, and know what it was told."""
        self.tabs.setCurrentIndex(old.tabs.currentIndex())
        self.run_bar.take_over(old.run_bar)
        self.masks.take_over(old.masks)
        self.canvas.take_over(old.canvas)
        for read, role in old.offers.kept:
            self._offer_recipe(read, role)
        if old._started is not None:
            self._show_decided(old._started)
            self.look.show_decided(old._started)
            self.loss.take_over(old.loss)

    def remember(self) -> None:
        """Keep how the window stands for the next one."""
        stance.remember(self)

    # What the session says

    @Slot(object)
    def _show(self, state: State) -> None:
        self._state = state
        self.devices.show_state(state)

    def _show_frame(self, frame: Frame) -> None:
        if self._started is not None:
            self.loss.add(frame, self.session.wished)

    def _show_decided(self, started: Started) -> None:
        self._started = started
        self.loss.start(started)
        network, device = started.network, started.device
        about = engine_text(network.description)
        named = self.tr("{0}: {1}").format(network.name, about)
        self._network.setText(f"{named} · {device.label} · {started.settings.precision}")
        notes = map(engine_text, (*network.notes, device.remark))
        self._network.setToolTip("\n".join((about, *notes)).strip())

    def _show_progress(self, share: float | None) -> None:
        if share is None:
            self.taskbar.hide()
        else:
            self.taskbar.show(share)

    def _run_ended(self, outcome: Outcome) -> None:
        self.banner.refresh()
        if self.tools.preferences.preferences.notify and not (self._quitting or self.session.apart):
            desktop.notify(self, self.tr("Impasto"), desktop.words_of(outcome))

    def note(self, text: str) -> None:
        """Say something in passing."""
        self.statusBar().showMessage(text, 15_000)

    def _show_first_kept(self) -> None:
        """Open the filmstrip at the first picture in it; after that it is as the user left it."""
        if self.film.count == 1:
            self._open_lower()

    def _network_arrived(self, name: str) -> None:
        self.look.refresh_networks()
        if self._state.settings.network not in ("auto", name):
            self.session.set(network="auto")

    # Offers

    def _offer_recipe(self, read: Read, role: Role) -> None:
        self.offers.offer(recipe_offer(self.session, self.enlarging, read, role))

    # What the user asks

    def open_example(self) -> None:
        """Open the first bundled pair."""
        self.inputs.open_example(examples.named(""))

    def paste(self) -> None:
        """Take the clipboard's picture."""
        if not self.inputs.paste():
            self.note(self.tr("There is no picture on the clipboard"))

    def continue_render(self) -> None:
        """Go on from the picture on the canvas."""
        self.session.start_from_result(True)
        self.session.render()

    def enlarge(self) -> None:
        """Ask how large the picture that is shown is to be painted."""
        if self._state.looking is not None:
            self.desk.enlarge_looked_at()
        elif self._state.result is not None:
            self.enlarging.begin(self._state.result)

    def toggle_compare(self) -> None:
        """Show before and after side by side, or no more."""
        if self.canvas.can_compare:
            self.canvas.compare(not self.canvas.comparing)
        else:
            self.note(self.tr("There is nothing to compare with yet"))

    def show_lower(self, index: int) -> None:
        """Bring filmstrip or loss up, or close them where that one is up already."""
        if self.tabs.isHidden():
            self.actions_.by_name["panels"].trigger()
        sizes = self.splitter.sizes()
        if sizes[1] > 0 and self.tabs.currentIndex() == index:
            self.splitter.setSizes([sum(sizes), 0])
        else:
            self.tabs.setCurrentIndex(index)
            self._open_lower()

    def _open_lower(self) -> None:
        """Give what is shown below the height that it needs, unless it has more."""
        upper, lower = self.splitter.sizes()
        height = max(lower, _LOWER_OPEN[self.tabs.currentIndex()])
        self.splitter.setSizes([upper + lower - height, height])

    def toggle_panels(self) -> None:
        """Show only the picture, or everything again."""
        shown = self.inputs.isVisible()
        for panel in (self.inputs, self.look, self.tabs, self.run_bar):
            panel.setVisible(not shown)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no more."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def quick_save(self) -> None:
        """Save what is on the canvas under the name that the preferences' template gives."""
        if self._state.looking is not None:
            self.desk.save_looked_at(quick=True)
        elif self._state.result is not None:
            self.saving.quick(self._state.result)

    def save_as(self) -> None:
        """Ask for a name, and save what is on the canvas."""
        if self._state.looking is not None:
            self.desk.save_looked_at(quick=False)
        elif self._state.result is not None:
            self.saving.ask(self._state.result)

    def open_preferences(self) -> None:
        """Show the preferences."""
        dialog = PreferencesDialog(self.tools.preferences, self)
        dialog.clean_up_asked.connect(self.desk.bound)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_gallery_size(self.film.bytes_kept)
        icons.paint(dialog)
        dialog.open()

    def show_shortcuts(self) -> None:
        """Show every key that does something."""
        keys = (*canvas_keys(), *self.masks.keys())
        ShortcutSheet(self.menuBar(), keys, self).open()

    def show_about(self) -> None:
        """Say what this is and what it is made of."""
        AboutDialog(self).open()

    def open_log(self) -> None:
        """Open the folder with the log file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file.folder())))

    # Drops, and the end

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Take pictures anywhere on the window, and say of addresses that nothing is fetched."""
        if holds_picture(event.mimeData()) or only_an_address(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """The first picture that finds no content becomes it, the next the style."""
        if self.inputs.take(event.mimeData()):
            event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Put the icons on once the window has been painted."""
        super().showEvent(event)
        if not event.spontaneous():  # where it was only covered, the focus stays where it is
            self.canvas.setFocus()
        QTimer.singleShot(0, self, lambda: icons.paint(self))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Wear the icons in the colours that are worn now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            QTimer.singleShot(0, self, lambda: icons.paint(self))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask during a run; end it, save its picture, and go."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if self._state.phase in (Phase.IDLE, Phase.SERIES) or self._quitting:
            self.quit()
        elif self.question is None:
            self._ask_to_quit()

    def quit(self) -> None:
        """End without asking, the run's picture kept; what is being saved is written first."""
        if self._quitting:
            return
        self._quitting = True
        self.remember()
        self.tools.download.cancel()
        self.tools.queue.leave()
        if self._state.phase is Phase.IDLE:
            self._leave()
            return
        self.session.cancel()
        self.session.run_ended.connect(self._leave)
        self.session.series.ended.connect(self._leave)
        # A step that takes longer is cut off: its checkpoint is offered at the next start.
        QTimer.singleShot(QUIT_PATIENCE, self, self._leave)

    def retire(self) -> None:
        """Make room for another window over the same session."""
        self.desk.retire()
        self.steering.retire()
        self._may_close = True
        self.close()
        self.deleteLater()

    def _ask_to_quit(self) -> None:
        box = self.question = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Quit Impasto?"),
            self.tr("A render is running. Its picture so far is kept in the filmstrip."),
            parent=self,
        )
        leave = box.addButton(self.tr("Stop and Quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Keep Painting"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave.clicked.connect(self.quit)
        box.finished.connect(self._forget_question)
        box.open()

    @Slot()
    def _forget_question(self) -> None:
        self.question = None

    @Slot()
    def _stay(self) -> None:
        """A picture that was not saved must not be lost unseen: the window says so."""
        self._quitting = False

    @Slot()
    def _leave(self) -> None:
        writer = self.session.writer
        if writer.is_busy:
            writer.emptied.connect(self._leave, Qt.ConnectionType.SingleShotConnection)
        elif self._quitting and not self._may_close:
            self._may_close = True
            self.taskbar.hide()
            self.close()
            self.closed.emit()
