"""A full disk, a limit, a drive that went: the picture is kept somewhere, and said where."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import cli, imageio
from engine.disk import files
from engine.errors import DiskFullError, EngineError, OutputError
from tests.engine.pictures import floats

ROOT = Path(__file__).parents[3]
TINY = ["unshare", "-rm", "sh", "-c"]
"""A mount of one's own, without being root, where the system allows it."""


def may_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    asked = [*TINY, "mount -t tmpfs -o size=64k tmpfs /mnt"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


class FullDisk:
    """Takes so many bytes and then says what a full disk says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, space: int, code: int) -> None:
        self.space, self.code = space, code
        through = Path.open

        def opened(path: Path, mode: str = "r", *more: Any, **options: Any) -> object:
            file = through(path, mode, *more, **options)
            return FullFile(file, self) if mode == "wb" else file

        monkeypatch.setattr(Path, "open", opened)


class FullFile:
    """A file on it."""

    def __init__(self, file: object, disk: FullDisk) -> None:
        self._file, self._disk = file, disk

    def write(self, data: bytes) -> int:
        if len(data) > self._disk.space:
            raise OSError(self._disk.code, os.strerror(self._disk.code))
        return int(self._file.write(data))  # type: ignore[attr-defined]

    def __enter__(self) -> FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("suffix", imageio.SUFFIXES)
def test_a_full_disk_is_named_with_the_space_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, code: int
) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_text("old")
    FullDisk(monkeypatch, 100, code)
    with pytest.raises(DiskFullError) as failure:
        imageio.write(path, floats(), overwrite=True)
    assert "the file needs 0.0 MB" in failure.value.cause
    assert "are free" in failure.value.cause
    assert failure.value.exit_code == 1
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_other_faults_of_a_drive_are_told_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FullDisk(monkeypatch, 100, errno.EIO)
    with pytest.raises(OutputError, match="Input/output error"):
        imageio.write(tmp_path / "out.png", floats())
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not may_mount(), reason="no file system of one's own without being root")
def test_a_real_full_file_system_is_named_with_its_space(tmp_path: Path) -> None:
    code = (
        "import sys, numpy as np\n"
        "from pathlib import Path\n"
        "from engine import imageio\n"
        "from engine.errors import DiskFullError\n"
        "noise = np.random.default_rng(0).random((300, 300, 3), dtype=np.float32)\n"
        "folder = Path(sys.argv[1])\n"
        "try:\n    imageio.write(folder / 'out.png', noise)\n"
        "except DiskFullError as error:\n    print(error.cause, list(folder.iterdir()))\n"
    )
    mount = f'mount -t tmpfs -o size=64k tmpfs "{tmp_path}" && exec "$@"'
    ran = subprocess.run(
        [*TINY, mount, "_", sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (
        f"no space is left in {tmp_path}: the file needs 0.3 MB, 0.1 MB are free []" in ran.stdout
    )


def photographs(folder: Path) -> list[str]:
    for name in ("photo.png", "painting.png"):
        imageio.write(folder / name, floats(48, 64))
    return [str(folder / "photo.png"), str(folder / "painting.png")]


def render(folder: Path, net: Path, output: Path) -> int:
    return cli.run([
        "render", *photographs(folder), "-o", str(output), "--network", str(net),
        "--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1", "--size", "48",
        "--steps", "1", "--device", "cpu", "--threads", "1",
    ])  # fmt: skip


@pytest.mark.parametrize("trouble", [DiskFullError, OutputError])
def test_a_render_that_cannot_be_saved_is_saved_elsewhere_and_said(
    tmp_path: Path,
    net: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    trouble: type[EngineError],
) -> None:
    """The folder fills up, or goes, after the render has begun."""
    out, spare = tmp_path / "out", tmp_path / "spare"
    out.mkdir()
    spare.mkdir()
    monkeypatch.chdir(spare)
    through = files.write_bytes

    def failing(path: Path, data: bytes, *, overwrite: bool = False) -> None:
        if path.parent == out:
            raise trouble("the drive went", "bring it back")
        through(path, data, overwrite=overwrite)

    monkeypatch.setattr(files, "write_bytes", failing)
    assert render(tmp_path, net, out / "result.png") == trouble.exit_code
    kept = spare / "result.png"
    said = capsys.readouterr().err
    assert f"the picture was saved as {kept} instead" in said
    assert "remedy: bring it back" in said
    assert imageio.read(kept).size == (48, 36)
    assert np.ptp(imageio.read(kept).pixels)
