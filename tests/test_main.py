"""What loads what, and how the window says that it cannot open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.process import system

ROOT = Path(__file__).parents[1]


def loaded_by(statement: str, *names: str) -> list[str]:
    code = f"import sys; {statement}; print(*[n for n in {names!r} if n in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ran.stdout.split()


def test_the_window_leaves_torch_unloaded() -> None:
    assert loaded_by("import gui.app", "torch", "torchvision", "PySide6") == ["PySide6"]


def test_the_engine_leaves_qt_and_torchvision_unloaded() -> None:
    assert loaded_by("import engine.stylise", "PySide6", "torchvision", "torch") == ["torch"]


PLAIN_RING = """settings job defaults errors imageio networks disk.storage fetch gpus
    recipes.recipe recipes.replay recipes.report cli commands.networks commands.terminal
    commands.progress_bar disk.autosave disk.files live disk.rescue costs.forecast geometry
    costs.memory costs.rates costs.workload print_size costs.thrift knobs layers figures.inset
    commands.figures commands.figure_run figures.order figures.sheet figures.record
    series.messages"""


@pytest.mark.parametrize("module", PLAIN_RING.split())
def test_the_plain_ring_leaves_torch_and_qt_unloaded(module: str) -> None:
    assert loaded_by(f"import engine.{module}", "torch", "PySide6", "safetensors") == []


@pytest.mark.skipif(sys.platform != "linux", reason="displays are Linux's")
@pytest.mark.parametrize(("display", "words"), [("", "no display"), (":9876", "cannot be reached")])
def test_without_a_display_one_line_names_the_render_command(display: str, words: str) -> None:
    hidden = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    ran = subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=env | ({"DISPLAY": display} if display else {}),
        check=False,
    )
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert words in line
    assert "impasto render CONTENT STYLE -o OUT" in line


@pytest.mark.parametrize(
    ("words", "package"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "libegl1"),
        ("libxkbcommon.so.0: cannot open shared object file", "libxkbcommon0"),
        ("libglib-2.0.so.0: cannot open shared object file", "libglib2.0-0"),
        ("libunheard.so.3: cannot open shared object file", "libunheard.so"),
    ],
)
def test_a_missing_library_is_one_line_naming_its_package(words: str, package: str) -> None:
    line = system.explain_import_error(ImportError(words))
    assert package in line
    assert "\n" not in line


def test_a_broken_installation_is_one_line_too() -> None:
    line = system.explain_import_error(ImportError("No module named 'PySide6'"))
    assert "reinstall" in line
    assert "impasto render" in line
