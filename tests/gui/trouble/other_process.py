"""The whole application in a process of its own, to be killed or to quit; says what it does.

Called with what to do, a content and a style picture, and a network file.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from engine.job import Frame, Job, Message, NetworkInfo, Scale, Started
from engine.live import Wish
from gui import app
from gui.state import Phase
from gui.worker import Outcome, Worker
from gui.worker_thread import WorkerThread
from tests.gui.fake_engine import CPU, frame, no_devices

STUCK = 3
"""The step in which the stuck engine stays."""


def stuck(job: Job) -> Generator[Message, Wish | None, None]:
    """An engine whose steps become too long to wait for."""
    network = NetworkInfo("fake", "a fake network", "")
    yield Started(job.settings, (Scale(32, 24, 10),), network, CPU, 1)
    for step in range(STUCK):
        yield frame(step)
    time.sleep(10)


class Process:
    """An application, and what befalls it."""

    def __init__(self, what: str, content: str, style: str, net: str) -> None:
        if what == "quit stuck":
            setattr(app, "WorkerThread", lambda: WorkerThread(Worker(stuck, no_devices)))  # noqa: B010
        self._application = QApplication(["impasto"])
        self._whole = app.Application(self._application)
        self._paths, self._net = [content, style], net
        self._session = self._whole.session
        self._timer = QTimer(interval=10)
        self._session.run_ended.connect(self._ended)
        do: dict[str, Callable[[], None]] = {
            "paint": lambda: self._paint(self._session.pause),
            "quit": lambda: self._paint(self._quit),
            "quit stuck": lambda: self._paint(self._quit),
            "resume": self._resume,
        }
        do[what]()

    def run(self) -> int:
        """Stay until the window is closed."""
        return self._whole.run(self._paths)

    def _paint(self, then: Callable[[], None]) -> None:
        def told(frame: Frame) -> None:
            if frame.step >= STUCK - 1:
                then()
                say("painting")

        self._session.frame_shown.connect(told)
        self._timer.timeout.connect(self._render)
        self._timer.start()

    def _render(self) -> None:
        state = self._session.state
        if state.reading or state.content is None or state.style is None:
            return
        self._timer.stop()
        self._session.set(
            network=self._net,
            content_layer="conv2_1",
            style_layers="conv1_1,conv2_1",
            size=48,
            steps=40,
            device="cpu",
        )
        self._session.render()

    def _quit(self) -> None:
        QTimer.singleShot(0, self._whole.window.quit)

    def _resume(self) -> None:
        self._paths = []
        self._timer.timeout.connect(self._take_offer)
        self._timer.start()

    def _take_offer(self) -> None:
        offers = self._whole.window.offers
        if offers.isVisible():
            self._timer.stop()
            say(offers.text)
            offers.buttons[0].click()
            if self._session.state.phase is Phase.IDLE:
                self._quit()

    def _ended(self, outcome: Outcome) -> None:
        reached = f" {outcome.frame.step}/{outcome.frame.steps}" if outcome.frame else ""
        say(outcome.ending + reached)
        self._quit()


def say(text: str) -> None:
    """Tell whoever has started this."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(Process(*sys.argv[1:]).run())
