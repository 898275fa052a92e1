"""Impasto: a subcommand or an option first means the command line, anything else the window."""

from __future__ import annotations

import sys

from engine.cli import SUBCOMMANDS, run


def main() -> int:
    """Run what the arguments ask for and return the exit code."""
    arguments = sys.argv[1:]
    if arguments and (arguments[0] in SUBCOMMANDS or arguments[0].startswith("-")):
        return run(arguments)
    return _open_window(arguments)


def _open_window(paths: list[str]) -> int:
    try:
        from gui.app import run as run_window
    except ImportError as error:
        from gui.system import explain_import_error

        sys.stderr.write(explain_import_error(error) + "\n")
        return 1
    return run_window(paths)


if __name__ == "__main__":
    sys.exit(main())
