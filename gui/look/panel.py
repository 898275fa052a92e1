"""The look: every setting as it is declared, the few that matter in front, the rest on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine import defaults, networks
from engine.errors import NetworkError
from engine.geometry import fitted
from engine.knobs import STRENGTH, Group
from engine.settings import KNOBS, Settings
from gui import icons, theme
from gui.look.controls import FLAT_BUTTON, RESET_ROOM, Control
from gui.look.fields import DeviceField, NetworkField
from gui.look.idle import waking, why_idle
from gui.look.preset_bar import PresetBar
from gui.look.presets import PresetStore
from gui.look.size_row import SizeRow
from gui.panel_scroll import SCROLL_BAR, PanelScroll
from gui.session import Session
from gui.state import Phase, State
from gui.texts import engine_text

if TYPE_CHECKING:
    from engine.job import DeviceInfo, Started
    from engine.knobs import Knob
    from engine.networks import NetworkEntry

_TEN: Final = 10
_HEADING: Final = FLAT_BUTTON + "QToolButton { padding: 4px 8px 4px 0; font-weight: 600; }"


class LookPanel(QFrame):
    """Presets, strength, and a control for every setting but those of the inputs.

    Attributes:
        presets: the bar above.
        controls: by the name of the setting, `strength` first; those of the advanced section
            from the first time that it is open.
        size_row: the size of the next render with both its sides, in px or on paper.
        forecast_label: below the size; see `show_forecast`.
        advanced: the section that opens and closes.
    """

    def __init__(
        self, session: Session, presets: PresetStore | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._session = session
        self._devices = session.devices
        self._started: Started | None = None
        self._bring_up = False
        self._entry: tuple[str, NetworkEntry | None] = ("", None)
        self.presets = PresetBar(session, presets or PresetStore())
        self.controls: dict[str, Control] = {}
        self.size_row = SizeRow(stacked=True)
        self.forecast_label = QLabel(wordWrap=True)
        self.forecast_label.hide()
        self.advanced = Section(self.tr("Advanced"))
        self._lay_out()
        self._strength = cast(QSlider, self.controls["strength"].slider)
        self._strength.setTickInterval(_TEN)
        self._strength.setTickPosition(QSlider.TickPosition.TicksBelow)
        self._connect()
        self.refresh_networks()

    def show_forecast(self, text: str, fits: bool) -> None:
        """Say below the size what it needs; an empty text says nothing."""
        self.forecast_label.setText(text)
        theme.name(self.forecast_label, "quiet" if fits else "alarm")
        self.forecast_label.setVisible(bool(text))

    def refresh_networks(self) -> None:
        """List the networks anew, as after a download."""
        self._entry = ("", None)
        cast(NetworkField, self.controls["network"].field).show_networks(networks.catalogue())
        self._show(self._session.state)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("look")
        column = QVBoxLayout(inner)
        column.setSpacing(theme.SPACE)
        for knob in (STRENGTH, *_knobs(Group.FRONT)):
            column.addWidget(self._control(knob))
            if knob.name == "size":
                self._add_size_row(column)
                column.addWidget(self.forecast_label)
        column.addWidget(self.advanced)
        column.addStretch()
        right = theme.SPACE + SCROLL_BAR
        column.setContentsMargins(2 * theme.SPACE, theme.SPACE, right, 2 * theme.SPACE)
        scroll = self._scroll = PanelScroll(inner)
        self.presets.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, right, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self.presets)
        whole.addWidget(scroll, 1)

    def _add_size_row(self, column: QVBoxLayout) -> None:
        """In line with what is above it, whose reset stands to the right."""
        row = QHBoxLayout()
        row.addWidget(self.size_row)
        row.addSpacing(RESET_ROOM)
        column.addLayout(row)

    def _control(self, knob: Knob) -> Control:
        control = Control(knob)
        control.asked.connect(lambda value: self._ask(knob.name, value))
        self.controls[knob.name] = control
        return control

    def _fill_advanced(self) -> None:
        """Build what is seldom opened when it is, so that the window shows sooner."""
        if self.advanced.is_filled:
            return
        for group in Group:
            if group in (Group.FRONT, Group.INPUTS):
                continue
            heading = QLabel(engine_text(group))
            heading.setObjectName("heading")
            self.advanced.add(heading)
            for knob in _knobs(group):
                self.advanced.add(self._control(knob))
        self._show_devices(self._devices)

    def _opened_by_hand(self, is_open: bool) -> None:
        self._bring_up = is_open

    def _scroll_to_opened(self, _: int, end: int) -> None:
        """Bring up what was opened, once it is laid out: it would lie below the edge."""
        top = self.advanced.pos().y() - theme.SPACE
        if self._bring_up and end >= top:
            self._bring_up = False
            self._scroll.verticalScrollBar().setValue(top)

    def _connect(self) -> None:
        self.advanced.button.toggled.connect(self._fill_advanced)
        self.advanced.button.clicked.connect(self._opened_by_hand)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._scroll_to_opened)
        self._session.changed.connect(self._show)
        self._session.devices_found.connect(self._show_devices)
        self._session.decided.connect(self.show_decided)
        self.size_row.asked.connect(lambda size, dpi: self._session.set(size=size, dpi=dpi))
        self.size_row.dpi_asked.connect(lambda dpi: self._session.set(dpi=dpi))
        self.size_row.refused.connect(self._session.troubled)

    def _ask(self, name: str, value: object) -> None:
        self._session.set(**waking(name, value, self._session.state.settings))
        # What was typed gives way to what holds, also where that is the same as before.
        self._show_one(self.controls[name], self._session.state, self._decided())

    def _show(self, state: State) -> None:
        decided = self._decided()
        for control in self.controls.values():
            self._show_one(control, state, decided)
        self._show_size(state, decided)

    def _show_size(self, state: State, decided: dict[str, object]) -> None:
        """The size of the next render, as far as it is known what auto comes to."""
        size, picture = state.settings.size or decided["size"], state.content
        if not isinstance(size, int):
            self.size_row.show_size(None, state.settings.dpi)
        elif picture is None:
            self.size_row.show_size((size, 0), state.settings.dpi)
        else:
            self.size_row.show_size(fitted(picture.size, size), state.settings.dpi)

    def _show_one(self, control: Control, state: State, decided: dict[str, object]) -> None:
        name = control.knob.name
        aside, about = self._aside(name, state.settings)
        control.show_value(
            getattr(state.settings, name),
            decided.get(name),
            running=state.phase is not Phase.IDLE,
            aside=aside,
            about=about,
        )

    def _aside(self, name: str, settings: Settings) -> tuple[str, str]:
        """What bears on a setting, in two or three words and in a line; mostly nothing."""
        idle = why_idle(name, settings)
        if idle:
            return self.tr("without effect"), idle
        if name == "threads" and settings.threads is None and self._session.courtesy.leaves_core:
            return self.tr("a core left free"), self.tr("For other programs: see the preferences")
        return "", ""

    def _show_devices(self, devices: tuple[DeviceInfo, ...]) -> None:
        self._devices = devices
        if "device" in self.controls:
            cast(DeviceField, self.controls["device"].field).show_devices(devices)
        self._show(self._session.state)

    def show_decided(self, started: Started) -> None:
        """Show what `auto` came to in the run of the moment."""
        if not self._session.apart:
            self._started = started
            self._show(self._session.state)

    # What `auto` comes to

    def _decided(self) -> dict[str, object]:
        """What the engine will decide, as far as it is known before it does."""
        state = self._session.state
        settings = state.settings
        device, entry = self._device(settings), self._network(settings)
        if device is not None and state.from_result and state.result is not None:
            settings = defaults.for_start(settings, max(state.result.size), device)
        if device is None:
            known = dict(defaults.for_objective(settings))
        else:
            layers = entry.layers if entry else networks.PAPER_LAYERS
            known = dict(defaults.resolved(settings, device, threads=1, seed=0, layers=layers))
        ran = self._started.settings if self._started else None
        return known | {
            "seed": ran.seed if ran else None,
            "threads": self._session.courtesy.threads if self._devices else None,
            "network": entry.name if entry else None,
            "device": device.label if device else None,
        }

    def _device(self, settings: Settings) -> DeviceInfo | None:
        wanted = settings.device
        for device in self._devices:
            if wanted in ("auto", device.name, device.name.partition(":")[0]):
                return device
        return None

    def _network(self, settings: Settings) -> NetworkEntry | None:
        """The network, looked up on the disk only when another one is named."""
        if self._entry[0] != settings.network:
            try:
                self._entry = (settings.network, networks.chosen(settings.network))
            except NetworkError:
                self._entry = (settings.network, None)
        return self._entry[1]


def _knobs(group: Group) -> list[Knob]:
    return [knob for knob in KNOBS.values() if knob.group is group]


class Section(QWidget):
    """A part of the panel that its heading opens and closes; closed at first.

    Attributes:
        button: the heading.
        body: what it shows and hides.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setStyleSheet(_HEADING)
        self.button.setText(title)
        self.button.setAccessibleName(title)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setToolTip(self.tr("Show or hide all the other settings"))
        self.body = QWidget()
        self._column = QVBoxLayout(self.body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.SPACE)
        whole.addWidget(self.button)
        whole.addWidget(self.body)
        self.button.toggled.connect(self._show)
        self._show(False)

    @property
    def is_open(self) -> bool:
        """Whether what it holds is shown."""
        return self.button.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show or hide what it holds."""
        self.button.setChecked(is_open)

    @property
    def is_filled(self) -> bool:
        """Whether there is anything in it."""
        return self._column.count() > 0

    def add(self, widget: QWidget) -> None:
        """Put a widget below those that are there."""
        if widget.objectName() == "heading" and self.is_filled:
            self._column.addSpacing(theme.SPACE)
        self._column.addWidget(widget)

    def _show(self, is_open: bool) -> None:
        self.body.setVisible(is_open)
        icons.want(self.button, "opened" if is_open else "closed")
        state = self.tr("expanded") if is_open else self.tr("collapsed")
        self.button.setAccessibleDescription(state)
