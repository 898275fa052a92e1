"""The essential settings, each built from its declaration."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine import networks
from engine.job import DeviceInfo
from engine.settings import KNOBS, Knob
from gui import theme
from gui.session import Session
from gui.state import Phase, State

_CANVAS = "the picture on the canvas"
_FILE = "a file …"


class LookPanel(QFrame):
    """Strength, size, steps, start, network and device."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._session = session
        self._strength = QSlider(Qt.Orientation.Horizontal)
        self._strength.setRange(0, 100)
        self._strength.setPageStep(10)
        self._strength_value = QLabel(
            alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self._numbers = {name: _number_box(KNOBS[name]) for name in ("size", "steps")}
        self._init, self._network, self._device = QComboBox(), QComboBox(), QComboBox()
        self._next_run = QLabel(
            self.tr("Size, steps, start, network and device act on the next run.")
        )
        self._build()
        self._connect()
        self._fill()
        self._show(session.state)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[2 * theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        self._add_strength(layout)
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE * 2)
        form.setVerticalSpacing(theme.SPACE)
        form.setColumnStretch(1, 1)
        for name, widget in self._rows().items():
            _describe(widget, KNOBS[name])
            label = QLabel(KNOBS[name].label)
            label.setBuddy(widget)
            form.addWidget(label, form.rowCount(), 0)
            form.addWidget(widget, form.rowCount() - 1, 1)
        layout.addSpacing(theme.SPACE)
        layout.addLayout(form)
        self._next_run.setObjectName("quiet")
        self._next_run.setWordWrap(True)
        layout.addWidget(self._next_run)
        layout.addStretch()

    def _rows(self) -> dict[str, QWidget]:
        return {
            **self._numbers,
            "init": self._init,
            "network": self._network,
            "device": self._device,
        }

    def _add_strength(self, layout: QVBoxLayout) -> None:
        heading = QLabel(self.tr("Strength"))
        heading.setObjectName("heading")
        heading.setBuddy(self._strength)
        reset = QToolButton(autoRaise=True)
        reset.setText("↺")
        reset.setToolTip(self.tr("Back to the default strength"))
        reset.setAccessibleName(reset.toolTip())
        reset.clicked.connect(lambda: self._strength.setValue(50))
        row = QHBoxLayout()
        row.addWidget(heading)
        row.addWidget(self._strength_value, 1)
        row.addWidget(reset)
        layout.addLayout(row)
        layout.addWidget(self._strength)
        self._strength.setAccessibleName(self.tr("Strength"))
        self._strength.setToolTip(
            self.tr("How much of the style: each ten is a visible step. Acts at once.")
        )

    def _connect(self) -> None:
        self._strength.valueChanged.connect(self._strength_moved)
        for name, box in self._numbers.items():
            box.valueChanged.connect(lambda value, name=name: self._number_changed(name, value))
        self._init.activated.connect(self._init_chosen)
        self._network.activated.connect(self._network_chosen)
        self._device.activated.connect(lambda: self._session.set(device=self._device.currentData()))
        self._session.changed.connect(self._show)
        self._session.devices_found.connect(self._show_devices)

    def _fill(self) -> None:
        self._init.addItem(self.tr("auto"), None)
        for start in ("content", "style", "noise"):
            self._init.addItem(self.tr(start), start)
        self._init.addItem(self.tr(_CANVAS), _CANVAS)
        self._network.addItem(self.tr("auto"), "auto")
        for entry in networks.catalogue():
            here = "" if entry.available else self.tr(", download of 548 MB")
            origin = f" ({entry.origin}{here})" if entry.origin else here
            if entry.available or entry.name == "vgg19":
                self._network.addItem(entry.name + origin, entry.name)
                row = self._network.count() - 1
                self._network.setItemData(row, entry.description, Qt.ItemDataRole.ToolTipRole)
        self._network.addItem(self.tr(_FILE), None)
        self._device.addItem(self.tr("auto"), "auto")

    def _strength_moved(self, value: int) -> None:
        self._session.use(self._session.state.settings.with_strength(value))

    def _number_changed(self, name: str, value: int) -> None:
        box = self._numbers[name]
        self._session.set(**{name: None if value == box.minimum() else value})

    def _init_chosen(self) -> None:
        chosen = self._init.currentData()
        self._session.start_from_result(chosen == _CANVAS)
        if chosen != _CANVAS:
            self._session.set(init=chosen)

    def _network_chosen(self) -> None:
        chosen = self._network.currentData()
        if chosen is not None:
            self._session.set(network=chosen)
            return
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose weights of VGG-19"),
            filter=self.tr("Weights (*.pth *.pt *.safetensors);;All files (*)"),
        )
        if path:
            self._session.set(network=path)
        else:
            self._show(self._session.state)

    def _show(self, state: State) -> None:
        settings = state.settings
        for widget in (self._strength, *self._rows().values()):
            widget.blockSignals(True)
        strength = round(settings.strength)
        self._strength.setValue(strength)
        self._strength_value.setText(str(strength))
        for name, box in self._numbers.items():
            value = getattr(settings, name)
            box.setValue(box.minimum() if value is None else value)
        self._show_init(state)
        self._show_network(settings.network)
        self._device.setCurrentIndex(max(0, self._device.findData(settings.device)))
        for widget in (self._strength, *self._rows().values()):
            widget.blockSignals(False)
        self._next_run.setVisible(state.phase is not Phase.IDLE)

    def _show_init(self, state: State) -> None:
        canvas = self._init.findData(_CANVAS)
        item = self._init.model().index(canvas, 0)
        if state.from_result:
            self._init.setCurrentIndex(canvas)
        else:
            self._init.setCurrentIndex(max(0, self._init.findData(state.settings.init)))
        why = "" if state.result else self.tr("There is no picture yet")
        self._init.model().setData(item, why, Qt.ItemDataRole.ToolTipRole)

    def _show_network(self, name: str) -> None:
        row = self._network.findData(name)
        if row < 0:
            row = self._network.count() - 1
            self._network.insertItem(row, Path(name).name, name)
            self._network.setItemData(row, name, Qt.ItemDataRole.ToolTipRole)
        self._network.setCurrentIndex(row)

    def _show_devices(self, devices: tuple[DeviceInfo, ...]) -> None:
        with QSignalBlocker(self._device):
            while self._device.count() > 1:
                self._device.removeItem(1)
            for device in devices:
                self._device.addItem(f"{device.name} · {device.label}", device.name)
                row = self._device.count() - 1
                memory = f"{device.memory / 2**30:.0f} GiB. {device.remark}"
                self._device.setItemData(row, memory, Qt.ItemDataRole.ToolTipRole)
        self._show(self._session.state)


def _number_box(knob: Knob) -> QSpinBox:
    """A field of the knob's range, whose lowest place stands for `auto`."""
    box = QSpinBox(minimum=int(knob.minimum or 0) - 1, maximum=int(knob.maximum or 0))
    box.setSpecialValueText("auto")
    box.setKeyboardTracking(False)
    box.setSuffix(f" {knob.unit}" if knob.unit else "")
    box.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
    return box


def _describe(widget: QWidget, knob: Knob) -> None:
    widget.setAccessibleName(knob.label)
    widget.setToolTip(knob.help)
    widget.setMinimumHeight(theme.FIELD_HEIGHT)
    if isinstance(widget, QComboBox):
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        widget.setMinimumContentsLength(12)
