"""Around the canvas: log, troubles, About, the sheet of keys, and what the desktop shows."""

from __future__ import annotations

import faulthandler
import logging
import os
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, qWarning
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from gui import about
from gui.about import AboutDialog, components
from gui.manners.shortcuts import ShortcutSheet
from gui.trouble import log_file
from gui.trouble.dialog import TroubleDialog, show_trouble
from gui.worker import Trouble

ROOT = Path(__file__).parents[2]
TROUBLE = Trouble("the disk is full", "Free some space", "Traceback: boom")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def quiet_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hook of the test runner's, which would count what is caught as a failure."""
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)


@pytest.fixture
def log(home: Path, quiet_hooks: None) -> Iterator[Path]:
    yield log_file.start()
    log_file.stop()


def test_the_log_says_which_version_started_when(log: Path, home: Path) -> None:
    assert log == home / "log" / "impasto.log"
    assert "Impasto" in log.read_text()
    assert "starts on Python" in log.read_text()


def test_an_exception_on_the_main_thread_is_in_the_log(log: Path, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("from a slot")

    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: "ValueError: from a slot" in log.read_text())


def test_an_exception_on_another_thread_is_in_the_log(log: Path) -> None:
    def fail() -> None:
        raise ValueError("from a thread")

    thread = threading.Thread(target=fail, name="painter")
    thread.start()
    thread.join()
    assert "painter" in log.read_text()
    assert "ValueError: from a thread" in log.read_text()


def test_an_exception_that_python_can_only_ignore_is_in_the_log(log: Path) -> None:
    class Falls:
        def __del__(self) -> None:
            raise ValueError("while dying")

    falls = Falls()
    del falls
    assert "ValueError: while dying" in log.read_text()


@pytest.mark.qt_log_ignore("a word of Qt's")
def test_a_message_of_qts_is_in_the_log(log: Path) -> None:
    qWarning("a word of Qt's")
    assert "WARNING qt: default: a word of Qt's" in log.read_text()


def test_an_interrupt_by_the_user_is_no_fault(log: Path) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "uncaught" not in log.read_text()


def test_the_log_turns_over(log: Path) -> None:
    line = "x" * 100_000
    for _ in range(60):
        logging.getLogger("impasto").info(line)
    files = sorted(path.name for path in log.parent.glob("impasto.log*"))
    assert files == ["impasto.log", "impasto.log.1", "impasto.log.2"]
    assert all(path.stat().st_size <= 1_000_000 for path in log.parent.iterdir())


def test_a_crash_of_the_interpreter_leaves_a_trace(tmp_path: Path) -> None:
    code = (
        "from gui.trouble import log_file; log_file.start();"
        "import faulthandler; faulthandler._sigabrt()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"IMPASTO_HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode != 0
    assert "Fatal Python error: Aborted" in (tmp_path / "log" / "crash.log").read_text()


def test_after_the_log_everything_is_as_before(home: Path, quiet_hooks: None) -> None:
    root = logging.getLogger()

    def hooked() -> tuple[object, ...]:
        hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook)
        return (*hooks, root.level, root.handlers[:])

    before, was_on = hooked(), faulthandler.is_enabled()
    log_file.start()
    log_file.start()
    assert hooked() != before
    log_file.stop()
    assert hooked() == before
    assert faulthandler.is_enabled() == was_on


def test_a_folder_that_cannot_be_written_does_not_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet_hooks: None
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path / "file"))
    log_file.start()
    log_file.stop()


@pytest.fixture
def trouble(qtbot: QtBot, home: Path) -> TroubleDialog:
    dialog = show_trouble(None, TROUBLE)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    return dialog


def test_a_trouble_is_told_with_cause_and_remedy_and_without_waiting(
    trouble: TroubleDialog,
) -> None:
    assert trouble.isVisible()
    assert not trouble.isModal()
    said = [label.text() for label in trouble.findChildren(QLabel)]
    assert said == ["The disk is full.", "Free some space."]
    assert not trouble.details.isVisible()


def test_the_details_of_a_trouble_show_on_demand(trouble: TroubleDialog) -> None:
    trouble._more.click()
    assert trouble.details.isVisible()
    assert trouble.details.toPlainText() == TROUBLE.details
    trouble._more.click()
    assert not trouble.details.isVisible()


def test_copied_details_hold_all_that_a_report_needs(trouble: TroubleDialog) -> None:
    trouble.copy_button.click()
    text = QGuiApplication.clipboard().text()
    for part in ("The disk is full.", "Free some space.", "Traceback: boom"):
        assert part in text
    assert f"torch: {metadata.version('torch')}" in text
    assert trouble.copy_button.text() == "Copied"


def test_the_log_folder_can_be_opened_from_a_trouble(
    trouble: TroubleDialog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    trouble.folder_button.click()
    assert [Path(path) for path in opened] == [home / "log"]
    assert (home / "log").is_dir()


def test_a_trouble_without_details_offers_none(qtbot: QtBot, home: Path) -> None:
    dialog = TroubleDialog(Trouble("it broke!", ""))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog._more.isVisible()
    assert "it broke!" in dialog.report().lower()


def test_about_names_every_dependency_with_version_and_licence(qtbot: QtBot) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {line.partition(">")[0].partition("[")[0] for line in project["dependencies"]}
    assert needed <= set(about.PACKAGES)
    for each in components():
        assert each.version[0].isdigit(), each
        assert 0 < len(each.licence) < 200, each
    libraries = {each.name: each.licence for each in components()}
    assert libraries["Qt"].startswith("LGPL")
    assert libraries["libvips"].startswith("LGPL")


def test_about_can_be_copied(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert f"PyTorch {metadata.version('torch')}" in text
    assert "Pillow" in text


def test_a_part_that_is_not_installed_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about, "PACKAGES", ("no-such-package", "pyvips-binary"))
    assert [each.version for each in components()][2:][:1] == ["–"]


@pytest.mark.parametrize(
    "module", ["about", "trouble.dialog", "preferences.dialog", "manners.desktop"]
)
def test_the_dialogs_leave_torch_unloaded(module: str) -> None:
    code = (
        f"import sys, gui.{module}; from gui.about import components;"
        "from engine.recipes import report;"
        "components(); report.versions(); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_store_of_preferences_knows_no_qt() -> None:
    code = "import sys, gui.preferences.store; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    file = window.menuBar().addMenu("&File")
    file.addAction("Open &Content …").setShortcut("Ctrl+O")
    file.addAction("Nothing")
    file.addSeparator()
    recent = file.addMenu("Recent")
    recent.addAction("&Last one").setShortcut("Ctrl+L")
    chinese = window.menuBar().addMenu("渲染(&R)")
    again = chinese.addAction("开始(&S) …")
    again.setShortcuts([QKeySequence("Ctrl+R"), QKeySequence("F5")])
    window.menuBar().addMenu("Empty").addAction("No key")
    return window


def test_the_sheet_has_every_key_of_the_menus_and_those_of_the_canvas(
    qtbot: QtBot, window: QMainWindow
) -> None:
    sheet = ShortcutSheet(window.menuBar(), (("1", "Look at the result"),))
    qtbot.addWidget(sheet)
    assert [(group.title, group.keys) for group in sheet.groups] == [
        ("File", (("Ctrl+O", "Open Content"), ("Ctrl+L", "Last one"))),
        ("渲染", (("Ctrl+R / F5", "开始"),)),
        ("Canvas", (("1", "Look at the result"),)),
    ]
    drawn = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"File", "Ctrl+O", "Open Content", "Canvas", "1", "Look at the result"} <= drawn


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Escape])
def test_the_sheet_goes_as_it_came(qtbot: QtBot, window: QMainWindow, key: Qt.Key) -> None:
    sheet = ShortcutSheet(window.menuBar())
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.keyClick(sheet.focusWidget() or sheet, key)
    assert not sheet.isVisible()
