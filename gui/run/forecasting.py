"""What the next run will take, said beside the size before it is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from engine import masks
from engine.costs import forecast
from engine.costs.workload import Workload
from engine.errors import EngineError
from gui.session import Session
from gui.texts import engine_text

if TYPE_CHECKING:
    from engine.job import DeviceInfo, Forecast
    from engine.settings import Settings
    from gui.look.panel import LookPanel
    from gui.state import State

translate = QCoreApplication.translate

_DELAY = 60
"""Milliseconds after a change: a slider that is dragged is not in the way of itself."""

_TYPICAL = (1280, 960)
"""Size of a picture, where none is chosen yet."""


class Forecasting(QObject):
    """Follows the session and shows a forecast for the settings of the moment."""

    def __init__(self, session: Session, look: LookPanel) -> None:
        super().__init__(look)
        self._session, self._look = session, look
        self._told: tuple[object, ...] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._tell)
        session.changed.connect(self._later)
        session.devices_found.connect(self._later)
        session.speed.measured.connect(self._tell_again)
        self._later()

    @Slot()
    def _later(self) -> None:
        self._timer.start()

    @Slot()
    def _tell(self) -> None:
        state, device = self._session.state, self._device()
        pictures = (state.content, state.styles, state.guidance)
        courtesy = self._session.courtesy.leaves_core
        about = (state.settings, *pictures, state.from_result, device, courtesy)
        told, self._told = self._told, about
        if device is None or (told and all(a is b for a, b in zip(about, told, strict=True))):
            return
        try:
            work = self._work(state, device)
        except EngineError:
            self._look.show_forecast("", True)  # Render will say what is wrong
            return
        self._look.show_forecast(*words(work))
        if state.content and state.style:
            self._session.speed.want(work)

    @Slot()
    def _tell_again(self) -> None:
        self._told = None
        self._later()

    def _work(self, state: State, device: DeviceInfo) -> Workload:
        content = state.content.size if state.content else _TYPICAL
        styles = tuple(style.size for style in state.styles) or (_TYPICAL,)
        start = None
        if state.from_result and state.result is not None:
            start = state.result.size
        regions = masks.guided(state.guidance, len(styles))
        settings = self._session.courtesy.settings(state.settings)
        return forecast.planned(settings, content, styles, device, start=start, regions=regions)

    def _device(self) -> DeviceInfo | None:
        return device_of(self._session.state.settings, self._session.devices)


def device_of(settings: Settings, devices: tuple[DeviceInfo, ...]) -> DeviceInfo | None:
    """The device that the settings mean; None where it is not there, or none are known yet."""
    chosen = settings.device
    named = (d for d in devices if chosen in ("auto", d.name, d.name.partition(":")[0]))
    return next(named, None)


def words(work: Workload) -> tuple[str, bool]:
    """What a run will take, in a few words, and whether it fits."""
    return words_of(forecast.of(work), work.device)


def words_of(expected: Forecast, device: DeviceInfo) -> tuple[str, bool]:
    """A forecast in a few words, and whether the device has room for it."""
    needs = forecast.gigabytes(expected.bytes)
    if not forecast.fits(expected.bytes, device):
        free = forecast.gigabytes(forecast.available(device))
        text = translate(
            "Forecasting", "needs ≈ {0} of memory, {1} are free: a smaller tile needs less"
        )
        return text.format(needs, free), False
    if expected.seconds is None:
        return translate("Forecasting", "needs ≈ {0} of memory ✓").format(needs), True
    seconds = engine_text(forecast.duration(expected.seconds))
    text = translate("Forecasting", "needs ≈ {0} of memory ✓ and ≈ {1}")
    return text.format(needs, seconds), True
