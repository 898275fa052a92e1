"""The log: what went wrong unseen, in a file that turns over, for reports of faults."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from contextlib import ExitStack
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import platformdirs
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from engine import __version__

_SIZE: Final = 1_000_000
_FILES: Final = 3
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_log = logging.getLogger("impasto")
_qt = logging.getLogger("qt")
_undo = ExitStack()


def folder() -> Path:
    """Where the log is: in `IMPASTO_HOME`, else where the platform keeps such files."""
    home = os.environ.get("IMPASTO_HOME")
    if home:
        return Path(home).expanduser() / "log"
    return platformdirs.user_log_path("impasto", False)


def start() -> Path:
    """Log to `impasto.log`, and crashes of the interpreter to `crash.log`, until `stop`.

    Messages, uncaught exceptions and Qt's messages go on to where they went before. A folder that
    cannot be written costs the log, not the start.

    Returns:
        The log file.
    """
    stop()
    path = folder() / "impasto.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _open(path)
    except OSError as error:
        _log.warning("there is no log: %s", error)
    _hook_exceptions()
    _hook_qt()
    _log.info("Impasto %s starts on Python %s", __version__, sys.version.split()[0])
    return path


def stop() -> None:
    """Close the files, and put back what was hooked."""
    _undo.close()


def _open(path: Path) -> None:
    handler = RotatingFileHandler(
        path, maxBytes=_SIZE, backupCount=_FILES - 1, encoding="utf-8", errors="backslashreplace"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    _undo.callback(handler.close)
    _undo.callback(root.setLevel, root.level)
    _undo.callback(root.removeHandler, handler)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    _catch_crashes(path.with_name("crash.log"))


def _catch_crashes(path: Path) -> None:
    # Written by a dying process, that can turn no file over: an old one goes when it is large.
    old = path.exists() and path.stat().st_size < _SIZE
    file = _undo.enter_context(path.open("a" if old else "w", encoding="utf-8"))
    was_on = faulthandler.is_enabled()
    faulthandler.enable(file)
    if was_on and sys.__stderr__ is not None:
        _undo.callback(faulthandler.enable, sys.__stderr__)
    else:
        _undo.callback(faulthandler.disable)


def _hook_exceptions() -> None:
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        _undo.callback(setattr, module, name, getattr(module, name))
    on_main, on_thread, unraisable = sys.excepthook, threading.excepthook, sys.unraisablehook

    def main_hook(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            _log.critical("uncaught exception", exc_info=(kind, error, trace))
        on_main(kind, error, trace)

    def thread_hook(found: threading.ExceptHookArgs) -> None:
        _log_raised(f"uncaught exception in {found.thread}", found.exc_value)
        on_thread(found)

    def unraisable_hook(found: Any) -> None:  # noqa: ANN401 (sys.UnraisableHookArgs is not there)
        _log_raised(found.err_msg or f"exception ignored in {found.object!r}", found.exc_value)
        unraisable(found)

    sys.excepthook, threading.excepthook = main_hook, thread_hook
    sys.unraisablehook = unraisable_hook


def _log_raised(what: str, error: BaseException | None) -> None:
    _log.error(what, exc_info=error or True)


def _hook_qt() -> None:
    def hook(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        _qt.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "qt", text)
        if before:
            before(kind, context, text)
        elif sys.stderr is not None:
            sys.stderr.write(f"{text}\n")

    before = qInstallMessageHandler(hook)
    _undo.callback(qInstallMessageHandler, before)
