"""Every action of the window: its words, keys, icon, menu, and why it cannot be done just now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gui import icons
from gui.state import Phase, Role, State
from gui.texts import plain

if TYPE_CHECKING:
    from gui.main_window import MainWindow

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Spec:
    """One action.

    Attributes:
        name: in code.
        words: in its menu, with `&` before the letter that chooses it.
        keys: its shortcut; empty for none.
        do: what it does.
        icon: as `gui.icons` names it; empty for none.
        why_not: reads from the state why it cannot be done; empty if it can.
        checkable: whether it is on or off.
    """

    name: str
    words: str
    keys: str
    do: Callable[[], object]
    icon: str = ""
    why_not: Callable[[State], str] | None = None
    checkable: bool = False


class Actions(QObject):
    """Makes the menus of a window and keeps them true."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._specs: dict[str, Spec] = {}
        self.by_name: dict[str, QAction] = {}
        for title, groups in (
            (translate("Actions", "&File"), self._file()),
            (translate("Actions", "&Edit"), self._edit()),
            (translate("Actions", "&View"), self._view()),
            (translate("Actions", "&Render"), self._render()),
            (translate("Actions", "&Help"), self._help()),
        ):
            menu = window.menuBar().addMenu(title)
            menu.setToolTipsVisible(True)
            for group in groups:
                if menu.actions():
                    menu.addSeparator()
                for spec in group:
                    self._add(menu, spec)
        window.canvas_bar.add(self.by_name["variations"])
        window.session.changed.connect(self.show)
        self.show(window.session.state)

    def show(self, state: State) -> None:
        """Enable what can be done, and say of the rest why it cannot."""
        self._name_ways(state)
        paused = state.phase is Phase.PAUSED
        self.by_name["pause"].setText(
            translate("Actions", "&Resume") if paused else translate("Actions", "&Pause")
        )
        for name, spec in self._specs.items():
            why = spec.why_not(state) if spec.why_not else ""
            action = self.by_name[name]
            action.setEnabled(not why)
            action.setToolTip(why or plain(action.text()))

    def _name_ways(self, state: State) -> None:
        """Say in the menu what would be undone."""
        undo, redo = translate("Actions", "&Undo"), translate("Actions", "Re&do")
        for name, words, what in (("undo", undo, state.undo), ("redo", redo, state.redo)):
            text = translate("Actions", "{0}: {1}").format(words, what) if what else words
            self.by_name[name].setText(text)

    def _add(self, menu: QMenu, spec: Spec) -> None:
        action = QAction(spec.words, self._window)
        action.setObjectName(spec.name)
        if spec.keys:
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys.split(" | ")])
        if spec.icon:
            icons.want(action, spec.icon)
        action.setCheckable(spec.checkable)
        action.triggered.connect(lambda _=False: spec.do())
        menu.addAction(action)
        self._specs[spec.name] = spec
        self.by_name[spec.name] = action

    def _file(self) -> tuple[tuple[Spec, ...], ...]:
        window, inputs = self._window, self._window.inputs
        return (
            (
                Spec(
                    "open-content",
                    translate("Actions", "Open &Content …"),
                    "Ctrl+O",
                    inputs.target(Role.CONTENT).choose,
                    "open",
                ),
                Spec(
                    "open-style",
                    translate("Actions", "Open &Style …"),
                    "Ctrl+Shift+O",
                    inputs.target(Role.STYLE).choose,
                    "open",
                ),
                Spec(
                    "add-style",
                    translate("Actions", "&Add a Style …"),
                    "Ctrl+Shift+A",
                    inputs.styles.choose,
                    "add",
                    inputs.styles.why_no_more,
                ),
                Spec(
                    "example",
                    translate("Actions", "Open an &Example"),
                    "Ctrl+E",
                    window.open_example,
                    "examples",
                ),
            ),
            (
                Spec(
                    "save",
                    translate("Actions", "&Save"),
                    "Ctrl+S",
                    window.quick_save,
                    "save",
                    lambda state: state.why_no_save,
                ),
                Spec(
                    "save-as",
                    translate("Actions", "Save &As …"),
                    "Ctrl+Shift+S",
                    window.save_as,
                    "save",
                    lambda state: state.why_no_save,
                ),
                Spec(
                    "save-inset",
                    translate("Actions", "Save with the Style &Inset …"),
                    "",
                    window.saving.ask_with_inset,
                    "save",
                    lambda state: state.why_no_inset,
                ),
                Spec(
                    "timelapse",
                    translate("Actions", "Export &Timelapse …"),
                    "Ctrl+T",
                    window.steering.timelapsing.open,
                    "timelapse",
                ),
            ),
            (
                Spec(
                    "network",
                    translate("Actions", "Get the ImageNet &Network …"),
                    "",
                    window.banner.offer,
                    "network",
                ),
            ),
            (Spec("quit", translate("Actions", "&Quit"), "Ctrl+Q", window.close),),
        )

    def _edit(self) -> tuple[tuple[Spec, ...], ...]:
        window, session = self._window, self._window.session
        return (
            (
                Spec(
                    "undo",
                    translate("Actions", "&Undo"),
                    "Ctrl+Z",
                    session.undo,
                    "undo",
                    lambda state: state.why_no_undo,
                ),
                Spec(
                    "redo",
                    translate("Actions", "Re&do"),
                    "Ctrl+Shift+Z | Ctrl+Y",
                    session.redo,
                    "redo",
                    lambda state: state.why_no_redo,
                ),
            ),
            (
                Spec(
                    "masks",
                    translate("Actions", "Paint &Masks"),
                    "M",
                    window.masks.toggle,
                    "masks",
                    lambda state: state.why_no_masks,
                    checkable=True,
                ),
            ),
            (
                Spec(
                    "copy",
                    translate("Actions", "&Copy Picture"),
                    "Ctrl+C",
                    window.desk.copy,
                    "copy",
                    lambda state: state.why_no_save,
                ),
                Spec("paste", translate("Actions", "&Paste"), "Ctrl+V", window.paste, "paste"),
                Spec(
                    "swap",
                    translate("Actions", "S&wap Content and Style"),
                    "Ctrl+Shift+X",
                    session.swap,
                    "swap",
                    lambda state: state.why_no_swap,
                ),
            ),
            (
                Spec(
                    "preferences",
                    translate("Actions", "Pre&ferences …"),
                    "Ctrl+,",
                    window.open_preferences,
                    "settings",
                ),
            ),
        )

    def _view(self) -> tuple[tuple[Spec, ...], ...]:
        window, canvas = self._window, self._window.canvas
        return (
            (
                Spec("fit", translate("Actions", "&Fit"), "1", canvas.fit, "fit"),
                Spec(
                    "full",
                    translate("Actions", "Actual &Pixels"),
                    "2",
                    lambda: canvas.zoom_to(1.0),
                ),
                Spec("double", translate("Actions", "&200 %"), "3", lambda: canvas.zoom_to(2.0)),
                Spec("in", translate("Actions", "Zoom &In"), "Ctrl++ | Ctrl+=", canvas.zoom_in),
                Spec("out", translate("Actions", "Zoom &Out"), "Ctrl+-", canvas.zoom_out),
            ),
            (
                Spec(
                    "compare",
                    translate("Actions", "&Compare Before and After"),
                    "V",
                    window.toggle_compare,
                    "compare",
                ),
                Spec(
                    "back",
                    translate("Actions", "&Back to the Canvas"),
                    "Backspace",
                    lambda: window.session.look(None),
                    "",
                    lambda state: state.why_no_back,
                ),
            ),
            (
                Spec(
                    "filmstrip",
                    translate("Actions", "F&ilmstrip"),
                    "Ctrl+1",
                    lambda: window.show_lower(0),
                ),
                Spec("loss", translate("Actions", "&Loss"), "Ctrl+2", lambda: window.show_lower(1)),
                Spec(
                    "queue", translate("Actions", "&Queue"), "Ctrl+3", lambda: window.show_lower(2)
                ),
                Spec(
                    "panels",
                    translate("Actions", "&Only the Picture"),
                    "Ctrl+.",
                    window.toggle_panels,
                    checkable=True,
                ),
                Spec(
                    "full-screen",
                    translate("Actions", "Full &Screen"),
                    "F11",
                    window.toggle_full_screen,
                ),
            ),
        )

    def _render(self) -> tuple[tuple[Spec, ...], ...]:
        session, queue = self._window.session, self._window.queue
        return (
            (
                Spec(
                    "render",
                    translate("Actions", "&Render"),
                    "Ctrl+R | Ctrl+Return",
                    session.render,
                    "render",
                    lambda state: state.why_no_render,
                ),
                Spec(
                    "continue",
                    translate("Actions", "&Continue from the Picture"),
                    "Ctrl+Shift+R",
                    self._window.continue_render,
                    "continue",
                    lambda state: state.why_no_continue,
                ),
                Spec(
                    "variations",
                    translate("Actions", "&Variations …"),
                    "Ctrl+Shift+V",
                    self._window.variations.begin,
                    "variations",
                    lambda state: state.why_no_render,
                ),
                Spec(
                    "enlarge",
                    translate("Actions", "&Enlarge …"),
                    "Ctrl+Shift+E",
                    self._window.enlarge,
                    "enlarge",
                    lambda state: state.why_no_enlarging,
                ),
                Spec(
                    "pause",
                    translate("Actions", "&Pause"),
                    "P",
                    session.pause,
                    "pause",
                    lambda state: state.why_no_pause,
                ),
                Spec(
                    "cancel",
                    translate("Actions", "C&ancel"),
                    "Esc",
                    session.cancel,
                    "cancel",
                    lambda state: state.why_no_cancel,
                ),
            ),
            (
                Spec(
                    "add-to-queue",
                    translate("Actions", "Add to the &Queue"),
                    "Ctrl+Shift+Return | Ctrl+Shift+Enter",
                    queue.add,
                    "queue",
                    lambda state: state.why_no_queueing,
                ),
                Spec(
                    "run-queue",
                    translate("Actions", "Start or Pause the Queue"),
                    "Ctrl+Alt+Return",
                    queue.panel.toggle,
                ),
            ),
            (
                Spec(
                    "snapshot",
                    translate("Actions", "Take a &Snapshot"),
                    "S",
                    session.snapshot,
                    "snapshot",
                    lambda state: state.why_no_snapshot,
                ),
                Spec(
                    "branch",
                    translate("Actions", "&Branch from This Moment"),
                    "Ctrl+B",
                    self._window.steering.scrubbing.branch,
                    "branch",
                ),
                Spec(
                    "start-over",
                    translate("Actions", "Start &Over"),
                    "Ctrl+Backspace",
                    session.start_over,
                    "again",
                    lambda state: state.why_no_start_over,
                ),
            ),
            (
                Spec(
                    "figures",
                    translate("Actions", "The Paper's &Figures …"),
                    "Ctrl+Shift+F",
                    self._window.figures.open,
                    "examples",
                ),
            ),
        )

    def _help(self) -> tuple[tuple[Spec, ...], ...]:
        window = self._window
        return (
            (
                Spec(
                    "shortcuts",
                    translate("Actions", "&Keyboard Shortcuts"),
                    "F1",
                    window.show_shortcuts,
                    "help",
                ),
                Spec("log", translate("Actions", "Open the &Log Folder"), "", window.open_log),
            ),
            (
                Spec(
                    "about",
                    translate("Actions", "&About Impasto"),
                    "",
                    window.show_about,
                    "info",
                ),
            ),
        )
