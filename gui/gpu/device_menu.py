"""What is computed on: in the corner of the menu bar, to be seen and chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from engine import gpus
from engine.job import DeviceInfo
from gui import icons
from gui.gpu.dialog import GpuDialog
from gui.session import Session
from gui.state import State
from gui.texts import engine_text


class DeviceMenu(QToolButton):
    """Shows the device with its memory; a press lists all of them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quietTool")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(self.toolButtonStyle().ToolButtonTextBesideIcon)
        self.setAccessibleName(self.tr("Device"))
        icons.want(self, "device")
        self._session = session
        self._devices: tuple[DeviceInfo, ...] = ()
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        self.setText(self.tr("Looking for devices …"))
        session.devices_found.connect(self.show_devices)
        self.show_devices(session.devices)

    @Slot(object)
    def show_devices(self, devices: tuple[DeviceInfo, ...]) -> None:
        """List these."""
        self._devices = devices
        self._menu.clear()
        group = QActionGroup(self._menu)
        for name, text, remark in (
            ("auto", self.tr("The fastest there is"), ""),
            *((each.name, _words(each), _reason(each)) for each in devices),
        ):
            action = group.addAction(text)
            action.setCheckable(True)
            action.setData(name)
            action.setToolTip(remark or text)
            action.triggered.connect(lambda _=False, name=name: self._session.set(device=name))
            self._menu.addAction(action)
        self._offer_help(next((each.remark for each in devices if each.remark), ""))
        self.show_state(self._session.state)

    def _offer_help(self, remark: str) -> None:
        """Tell of a GPU that is not used: what the processor's remark is about."""
        if remark:
            self._menu.addSeparator()
            action = self._menu.addAction(self.tr("A GPU is not used: what to do …"))
            action.setToolTip(action.text())
            icons.want(action, "help")
            action.triggered.connect(lambda: self._help(remark))

    def _help(self, remark: str) -> None:
        dialog = GpuDialog(remark, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_state(self, state: State) -> None:
        """Mark the one that is chosen."""
        chosen = state.settings.device
        for action in self._menu.actions():
            action.setChecked(action.data() == chosen)
        device = self.device
        if device is not None:
            self.setText(_words(device))
            # Qt's menu bar makes room for its corner only then.
            QCoreApplication.sendEvent(self, QEvent(QEvent.Type.ShowToParent))
            self.setToolTip(_reason(device) or device.label)
            self.setAccessibleDescription(self.text())

    @property
    def device(self) -> DeviceInfo | None:
        """The one that the next run is computed on; None while they are not known."""
        chosen = self._session.state.settings.device
        named = (d for d in self._devices if chosen in (d.name, d.name.partition(":")[0]))
        return next(named, self._devices[0] if self._devices else None)


def _words(device: DeviceInfo) -> str:
    return f"{device.label} · {device.memory / 2**30:.0f} GB"


def _reason(device: DeviceInfo) -> str:
    """Why it may not be used well, without the command that the dialog gives."""
    return engine_text(device.remark.partition(gpus.TERMINAL)[0])
