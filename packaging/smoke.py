"""Tries a built folder as a user would: `python packaging/smoke.py build/dist`.

The command line paints two bundled pictures, and the window paints, changes, goes on and saves off
screen. Nothing of this Python is on the path, and no proxy leads anywhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

PATIENCE: Final = 600
"""Seconds for each of the two."""


def main() -> int:
    """Return the exit code: 0 where both have done what they should."""
    programs = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        picture, tour = home / "picture.png", home / "tour"
        options = ["--size", "128", "--steps", "4", "--seed", "1"]
        run(command_line(programs), "render", "--example", "street+mosaic", "-o", picture, *options)
        run(window(programs), "tour", tour)
        made = [picture, *tour.glob("*.png")]
        sys.stdout.write("".join(f"{path.name} {path.stat().st_size} bytes\n" for path in made))
        return 0 if len(made) > 1 else 1


def command_line(programs: Path) -> Path:
    """The program that speaks on a terminal."""
    if sys.platform == "win32":
        return programs / "impasto" / "impasto-cli.exe"
    return window(programs)


def window(programs: Path) -> Path:
    """The program that a user double-clicks."""
    if sys.platform == "darwin":
        return programs / "Impasto.app" / "Contents" / "MacOS" / "impasto"
    return programs / "impasto" / ("impasto.exe" if sys.platform == "win32" else "impasto")


def run(program: Path, *arguments: str | Path) -> None:
    """Run a program in an environment that has no Python and no network in it.

    Raises:
        CalledProcessError: it failed.
    """
    kept = ("SYSTEMROOT", "TEMP", "TMP", "HOME", "USERPROFILE", "LANG")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    proxies = {name: "http://127.0.0.1:9" for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")}
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [program, *arguments],
            env={**environment, **proxies, "IMPASTO_HOME": home, "QT_QPA_PLATFORM": "offscreen"},
            timeout=PATIENCE,
            check=True,
        )


if __name__ == "__main__":
    sys.exit(main())
