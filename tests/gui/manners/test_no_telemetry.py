"""Nothing leaves the machine: a window that is used and a render speak to nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(sys.platform == "win32", reason="its pipes are no sockets to be told apart")
def test_a_window_and_a_render_open_no_socket_but_their_own(
    net: Path, pictures: tuple[Path, Path], tmp_path: Path
) -> None:
    own = {"IMPASTO_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    program = "tests.gui.manners.quiet_render"
    ran = subprocess.run(
        [sys.executable, "-m", program, *map(str, pictures), str(net)],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["painted"]
    assert told["found"] == {"tried": [], "seen": ["AF_UNIX"]}
    assert any("127.0.0.1" in each for each in told["provoked"]["tried"])  # it would be noticed
    assert "AF_INET" in told["provoked"]["seen"]
