"""Impasto: a subcommand or an option first means the command line, anything else the window."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from pathlib import Path

from engine.cli import SUBCOMMANDS, run


def main() -> int:
    """Run what the arguments ask for and return the exit code."""
    arguments = sys.argv[1:]
    if arguments and (arguments[0] in SUBCOMMANDS or arguments[0].startswith("-")):
        return run(arguments)
    try:
        return _take_tour(arguments[1:]) if arguments[:1] == ["tour"] else _open_window(arguments)
    except ImportError as error:
        from gui.process.system import explain_import_error

        sys.stderr.write(explain_import_error(error) + "\n")
        return 1


def _open_window(paths: list[str]) -> int:
    # What is made while the program loads stays: looking through it would take a tenth of the
    # start. `gui.process.garbage` collects once the window is there.
    gc.disable()
    from gui.app import run as run_window

    return run_window(paths)


def _take_tour(arguments: list[str]) -> int:
    """Draw the window off screen and write pictures of it: `tour FOLDER`."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("impasto: the tour needs a folder for its pictures: impasto tour FOLDER\n")
        return 2
    from gui.tour import run as run_tour

    return run_tour(Path(arguments[0]))


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
