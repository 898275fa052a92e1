"""One Impasto for each user: later starts hand their files over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from gui.process.instance import Instance

ROOT = Path(__file__).parents[3]
LISTEN = """
import sys
from PySide6.QtCore import QCoreApplication
from gui.process.instance import Instance
application = QCoreApplication([])
instance = Instance(sys.argv[1])
print(instance.listen(), flush=True)
application.exec()
"""


HAND_OVER = """
import sys
from PySide6.QtCore import QCoreApplication
from gui.process.instance import Instance
application = QCoreApplication([])
print(Instance(sys.argv[1]).hand_over(sys.argv[2:]))
"""


@pytest.fixture
def name(tmp_path: Path) -> str:
    return f"impasto-test-{abs(hash(tmp_path))}"


@pytest.fixture
def first(name: str, qtbot: QtBot) -> Iterator[Instance]:
    instance = Instance(name)
    assert instance.listen()
    yield instance
    instance.close()


def hand_over(name: str, paths: list[str]) -> subprocess.Popen[str]:
    """As another process does, in one."""
    return subprocess.Popen(
        [sys.executable, "-c", HAND_OVER, name, *paths],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(other: subprocess.Popen[str]) -> str:
    return other.communicate(timeout=30)[0].strip()


def test_where_nothing_runs_nothing_is_handed_over(name: str, qtbot: QtBot) -> None:
    assert not Instance(name).hand_over(["a.png"])


def test_the_first_gets_the_files_of_the_second_as_whole_paths(
    first: Instance, name: str, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.asked, timeout=30_000) as asked:
        second = hand_over(name, ["harbour.jpg", "/pictures/night sky.png"])
    assert answer(second) == "True"
    assert asked.args == [[str(ROOT / "harbour.jpg"), "/pictures/night sky.png"]]


def test_a_start_without_files_still_calls_the_first(
    first: Instance, name: str, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.asked, timeout=30_000) as asked:
        second = hand_over(name, [])
    assert answer(second) == "True"
    assert asked.args == [[]]


@pytest.mark.parametrize(
    "message", [b"no json\n", json.dumps({"path": "a"}).encode() + b"\n", b"[1, 2]\n", b"[[]]\n"]
)
def test_what_is_no_list_of_paths_is_not_taken(
    message: bytes, first: Instance, name: str, qtbot: QtBot
) -> None:
    heard: list[object] = []
    first.asked.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(name)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(message)
    assert heard == []


def test_a_crash_leaves_the_place_to_the_next(name: str, qtbot: QtBot) -> None:
    crashed = subprocess.Popen(
        [sys.executable, "-c", LISTEN, name], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert crashed.stdout is not None
    with crashed.stdout:
        assert crashed.stdout.readline().strip() == "True"
    crashed.kill()
    crashed.wait()
    instance = Instance(name)
    assert not instance.hand_over([])
    assert instance.listen()
    instance.close()


def test_a_second_program_hands_its_picture_to_the_first_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path))
    first, second = Instance(), QProcess()
    assert first.listen()
    environment = QProcessEnvironment()
    for variable, value in os.environ.items():
        environment.insert(variable, value)
    second.setProcessEnvironment(environment)
    second.setWorkingDirectory(str(ROOT))
    with (
        qtbot.waitSignal(second.finished, timeout=30_000) as ended,
        qtbot.waitSignal(first.asked, timeout=30_000) as asked,
    ):
        second.start(sys.executable, ["main.py", "harbour.jpg"])
    first.close()
    assert asked.args == [[str(ROOT / "harbour.jpg")]]
    assert ended.args is not None
    assert ended.args[0] == 0
