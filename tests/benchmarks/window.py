"""How soon the window is there, how it responds during a render, and what the canvas costs.

    python -m tests.benchmarks.window [--repeats 7] [--pairs 5] [--size 512] [--steps 60]

start: seconds from before the process begins to its first painted canvas, with warm caches and
    compiled modules; median of `--repeats`, off screen and, where Xvfb is installed, under X11.
    Torch must not be loaded by then.
latency: of an event that another thread posts every 5 ms of a render with `sketch`, from the moment
    at which it was due, so that a poster that is held up hides nothing. An upper bound, as the
    poster waits for Python's lock too.
cancel: from the click until the button says so, and until the render has ended.
preview: what the canvas costs a render: the processor time of the window's thread and the time that
    the engine takes to make 8-bit pictures, as shares of the render's time; and the same render
    with the window shown against minimised, medians over `--pairs` that alternate.

Torch is loaded, and one short render has been made, before the last three are measured. They draw
off screen unless QT_QPA_PLATFORM says otherwise. Nothing of the user's is read or changed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QObject, Qt, Signal, Slot
from torch import Tensor

from engine import examples, stylise
from gui import app
from gui.session import Session
from gui.state import Phase

ROOT = Path(__file__).parents[2]
EVERY = 0.005
"""Seconds between two events."""

STARTED = """
import gc, sys, time
gc.disable()  # as `main` does
from PySide6.QtCore import QTimer
from gui import app, canvas
paint = canvas.Canvas.paintEvent
def first(self, event):
    paint(self, event)
    canvas.Canvas.paintEvent = paint
    print(time.monotonic(), "torch" in sys.modules, flush=True)
    QTimer.singleShot(0, self.window().close)
canvas.Canvas.paintEvent = first
sys.exit(app.run([]))
"""
"""A process that says when its canvas was first painted, and goes."""


# The start


def start_seconds(repeats: int, home: str, **environment: str) -> float:
    """Median seconds to the first paint, after one start that warms the caches."""
    others = ("PYTHONDONTWRITEBYTECODE", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in others}
    places = {"IMPASTO_HOME": home, "PYTHONPYCACHEPREFIX": str(Path(home, "compiled"))}
    return median([_start(kept | places | environment) for _ in range(repeats + 1)][1:])


def _start(environment: dict[str, str]) -> float:
    begun = time.monotonic()
    command = [sys.executable, "-c", STARTED]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    if ran.returncode:
        raise OSError(ran.stderr.strip())
    painted, torch_loaded = ran.stdout.splitlines()[0].split()  # some displays ask twice
    assert torch_loaded == "False", "torch is loaded before the first paint"
    return float(painted) - begun


@contextmanager
def x_server() -> Iterator[str | None]:
    """A display of an Xvfb that is ended again; None where it is not installed."""
    program = shutil.which("Xvfb")
    if program is None:
        yield None
        return
    read, write = os.pipe()
    command = [program, "-displayfd", str(write), "-screen", "0", "1920x1080x24"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


# The window in this process


class Window:
    """The application with an example in it, driven without its own event loop."""

    def __init__(self, size: int, steps: int) -> None:
        application = app.begin()
        assert application is not None
        self.app = app.Application(application)
        self.app.open([])
        self.until(lambda: bool(self.session.devices))
        self.app.window.inputs.open_example(examples.named(""))
        self.until(lambda: not self.session.state.why_no_render)
        self.session.set(network="sketch", seed=1, size=size, steps=5)
        self.render()
        self.session.set(steps=steps)

    @property
    def session(self) -> Session:
        return self.app.session

    def click_render(self) -> None:
        """Begin from the content, and wait for the first frame."""
        self.session.start_over()
        shown: list[object] = []
        connection = self.session.frame_shown.connect(shown.append)
        self.app.window.run_bar.render_button.click()
        self.until(lambda: bool(shown))
        self.session.frame_shown.disconnect(connection)

    def render(self) -> float:
        """Seconds of a render from its first frame."""
        self.click_render()
        begun = time.perf_counter()
        self.finish()
        return time.perf_counter() - begun

    def finish(self) -> None:
        self.until(lambda: self.session.state.phase is Phase.IDLE)

    def until(self, done: Callable[[], bool]) -> None:
        """Keep the window going; only signals end the wait, so that no timer is measured."""
        loop = QEventLoop()
        session = self.session
        signals = (session.changed, session.frame_shown, session.devices_found)
        connections = [(s, s.connect(lambda *_: loop.quit() if done() else None)) for s in signals]
        if not done():
            loop.exec()
        for signal, connection in connections:
            signal.disconnect(connection)

    def close(self) -> None:
        self.app.window.close()
        self.app.end(0)


class Ticks(QObject):
    """Posts events from a thread of its own and notes how long each waited."""

    due = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._stop = Event()
        self._thread = Thread(target=self._post)
        self.due.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> Ticks:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _post(self) -> None:
        moment = time.perf_counter()
        while not self._stop.wait(max(0.0, moment - time.perf_counter())):
            self.due.emit(moment)
            moment += EVERY

    @Slot(float)
    def _take(self, moment: float) -> None:
        self.waits.append(1000 * (time.perf_counter() - moment))


def latencies(window: Window) -> tuple[float, float, float, int]:
    """Milliseconds that events waited during a render: p50, p95, the longest; and how many."""
    window.click_render()
    with Ticks() as ticks:
        window.finish()
    cuts = quantiles(ticks.waits, n=100)
    return cuts[49], cuts[94], max(ticks.waits), len(ticks.waits)


def cancel_seconds(window: Window) -> tuple[float, float]:
    """From the click on Cancel to the button's word, painted, and to the end of the render."""
    window.click_render()
    button = window.app.window.run_bar.cancel_button
    before, begun = button.text(), time.perf_counter()
    button.click()
    button.repaint()
    assert button.text() != before
    said = time.perf_counter() - begun
    window.finish()
    return said, time.perf_counter() - begun


def preview_shares(window: Window) -> tuple[float, float]:
    """The window's thread, and the engine's making of pictures, as shares of a render's time."""
    making = 0.0
    preview = stylise._preview

    def timed(
        picture: Tensor, coloured: Callable[[Tensor], Tensor] | None = None
    ) -> NDArray[np.uint8]:
        nonlocal making
        begun = time.perf_counter()
        made = preview(picture, coloured)
        making += time.perf_counter() - begun
        return made

    window.click_render()
    stylise._preview = timed
    begun, busy = time.perf_counter(), time.thread_time()
    window.finish()
    seconds, busy = time.perf_counter() - begun, time.thread_time() - busy
    stylise._preview = preview
    return busy / seconds, making / seconds


def shown_and_minimised(window: Window, pairs: int) -> tuple[float, float]:
    """Median seconds of the same render with the window shown, and minimised."""
    seconds: tuple[list[float], list[float]] = [], []
    for pair in range(pairs):
        for hidden in (False, True) if pair % 2 else (True, False):
            (window.app.window.showMinimized if hidden else window.app.window.showNormal)()
            seconds[hidden].append(window.render())
    window.app.window.showNormal()
    return median(seconds[0]), median(seconds[1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, default in (("repeats", 7), ("pairs", 5), ("size", 512), ("steps", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    say(f"load before: {load:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as home:
        measure_start(arguments.repeats, home)
        os.environ.update({"IMPASTO_HOME": home, "TORCH_HOME": home})
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        window = Window(arguments.size, arguments.steps)
        measure_render(window, arguments.pairs)
        window.close()


def measure_start(repeats: int, home: str) -> None:
    """Print how soon the window is there."""
    seconds = start_seconds(repeats, home, QT_QPA_PLATFORM="offscreen")
    say(f"start, off screen            {seconds:8.2f} s    (goal 0.5 s)")
    with x_server() as display:
        if display is None:
            say("start, X11                   not measured: there is no Xvfb")
            return
        try:
            seconds = start_seconds(repeats, home, DISPLAY=display)
            say(f"start, X11                   {seconds:8.2f} s    (goal 0.5 s)")
        except OSError as error:
            say(f"start, X11                   not measured: {error}")


def measure_render(window: Window, pairs: int) -> None:
    """Print how the window does during a render."""
    half, most, longest, count = latencies(window)
    say(f"latency p50                  {half:8.1f} ms")
    say(f"latency p95                  {most:8.1f} ms   (goal 16 ms)")
    say(f"latency, longest of {count:<8} {longest:8.1f} ms   (goal 100 ms)")
    said, ended = cancel_seconds(window)
    say(f"cancel: the button says so   {1000 * said:8.1f} ms   (goal 100 ms)")
    say(f"cancel: the render has ended {ended:8.2f} s    (goal: one iteration)")
    thread, making = preview_shares(window)
    say(f"preview: window's thread     {100 * thread:8.1f} %")
    say(f"preview: engine's pictures   {100 * making:8.1f} %")
    say(f"preview: both                {100 * (thread + making):8.1f} %    (goal 3 %)")
    shown, minimised = shown_and_minimised(window, pairs)
    say(f"preview: shown, minimised    {shown:8.2f} s, {minimised:.2f} s")


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
