"""A GPU that is there and not used: the picker says so, and what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from engine import gpus
from engine.gpus import Build, Gpu, Vendor
from engine.job import DeviceInfo
from gui.gpu.dialog import GpuDialog
from gui.main_window import MainWindow
from tests.gui.acts import click
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import FakeEngine

GEFORCE = Gpu(Vendor.NVIDIA, "GeForce RTX 3060", "580.10", "sm_86")


def cpu(build: Build) -> DeviceInfo:
    return DeviceInfo("cpu", "A CPU", 2**33, False, gpus.explained((GEFORCE,), build))


def opened(window: MainWindow, device: DeviceInfo) -> GpuDialog:
    window.devices.show_devices((device,))
    window.devices.menu().actions()[-1].trigger()
    dialog = window.findChild(GpuDialog)
    assert dialog is not None
    return dialog


def test_the_picker_gives_the_command_to_copy(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine
) -> None:
    dialog = opened(make_window(engine), cpu(Build("2.14.1+cpu")))
    assert dialog.reason.text() == (
        "GeForce RTX 3060 is there, but this torch (2.14.1+cpu) is built without CUDA: install "
        "one with it."
    )
    click(qtbot, dialog.copy_button)
    assert QGuiApplication.clipboard().text() == gpus.install_command()
    click(qtbot, dialog.close_button)


def test_of_the_packaged_program_there_is_no_command(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    dialog = opened(make_window(engine), cpu(Build("2.14.1+cpu", packaged=True)))
    assert "docs/gpu.md" in dialog.reason.text()
    assert not dialog.command.isVisible()
    assert not dialog.copy_button.isVisible()
    dialog.close()


def test_where_all_is_used_nothing_is_offered(make_window: MakeWindow, engine: FakeEngine) -> None:
    window = make_window(engine)
    window.devices.show_devices((DeviceInfo("cpu", "A CPU", 2**33, False),))
    assert [each.data() for each in window.devices.menu().actions()] == ["auto", "cpu"]


def test_the_page_that_is_named_is_there() -> None:
    assert (Path(__file__).parents[3] / "docs" / "gpu.md").exists()
