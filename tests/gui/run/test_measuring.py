"""The machine's speed is measured while the window is idle, and a render never waits for that."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Semaphore

import pytest
from pytestqt.qtbot import QtBot

from engine.costs import probe, rates
from engine.costs.rates import Rate
from engine.costs.workload import Workload
from gui.main_window import MainWindow
from gui.run import measuring
from gui.worker import Ending
from tests.gui.acts import click, drop, shade
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, FakeEngine
from tests.gui.run.test_enlarge import asked, typed
from tests.gui.test_real_engine import TIMEOUT, opened
from tests.gui.test_window import settle

FAST = Rate(1e12, 1e11)


@dataclass
class FakeProbe:
    """Measures as many steps as the test lets it.

    Attributes:
        gate: each release lets one step pass.
        failure: raised at the end.
        given_up: how many times it was closed before its end.
        works: what was measured.
    """

    gate: Semaphore = field(default_factory=lambda: Semaphore(0))
    failure: Exception | None = None
    given_up: int = 0
    works: list[Workload] = field(default_factory=list)

    def __call__(self, work: Workload) -> Generator[None, None, Rate]:
        self.works.append(work)
        try:
            for _ in range(3):
                while not self.gate.acquire(timeout=0.01):
                    yield
        except GeneratorExit:
            self.given_up += 1
            raise
        if self.failure:
            raise self.failure
        rates.keep(work, FAST)
        return FAST


@pytest.fixture
def speed() -> FakeProbe:
    return FakeProbe()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "QUIET", 20)


@pytest.fixture
def window(make_window: MakeWindow, engine: FakeEngine, speed: FakeProbe) -> MainWindow:
    engine.network = "sketch"
    return make_window(engine, probe=speed)


def said(window: MainWindow) -> str:
    return window.look.forecast_label.text()


def waits(window: MainWindow) -> bool:
    """Whether something is to be measured as soon as the window is idle."""
    return window.session.speed._quiet.isActive()


def resized(qtbot: QtBot, window: MainWindow, **changes: object) -> None:
    """Change settings, and wait until the forecast has followed."""
    before = said(window)
    window.session.set(size=1300, **changes)
    qtbot.waitUntil(lambda: said(window) != before)


def ready(qtbot: QtBot, window: MainWindow, pictures: tuple[Path, Path]) -> None:
    """The devices are known, and both pictures are there."""
    window.session._prepared((CPU,))
    drop(window, *pictures)
    settle(qtbot, window)


def test_an_idle_window_learns_the_speed_and_says_the_time(
    qtbot: QtBot, window: MainWindow, speed: FakeProbe, pictures: tuple[Path, Path]
) -> None:
    ready(qtbot, window, pictures)
    qtbot.waitUntil(lambda: said(window).endswith("✓"))
    with qtbot.waitSignal(window.session.speed.measured):
        speed.gate.release(3)
    qtbot.waitUntil(lambda: said(window).endswith(" s"))
    assert len(speed.works) == 1
    resized(qtbot, window)  # goes at the same speed
    assert "and ≈" in said(window)
    assert not waits(window)
    assert len(speed.works) == 1


def test_nothing_is_measured_before_there_are_devices_and_pictures(
    qtbot: QtBot, window: MainWindow, speed: FakeProbe, pictures: tuple[Path, Path]
) -> None:
    window.session._prepared((CPU,))
    qtbot.waitUntil(lambda: said(window) != "")
    drop(window, pictures[0])
    settle(qtbot, window)
    resized(qtbot, window)
    assert not waits(window)
    assert speed.works == []
    drop(window, pictures[1])
    settle(qtbot, window)
    qtbot.waitUntil(lambda: len(speed.works) == 1)


def test_a_render_ends_the_measuring_at_its_next_step_and_it_is_done_afterwards(
    qtbot: QtBot,
    window: MainWindow,
    speed: FakeProbe,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
) -> None:
    ready(qtbot, window, pictures)
    qtbot.waitUntil(lambda: len(speed.works) == 1)
    engine.gate.release(2)
    click(qtbot, window.run_bar.render_button)
    qtbot.waitUntil(lambda: shade(window) == 1)  # though the probe never got on
    assert speed.given_up == 1
    assert rates.known(speed.works[0]) is None
    resized(qtbot, window)
    assert not waits(window)
    assert len(speed.works) == 1  # never during a render
    with qtbot.waitSignal(window.session.run_ended):
        click(qtbot, window.run_bar.cancel_button)
    qtbot.waitUntil(lambda: len(speed.works) == 2)
    speed.gate.release(3)
    qtbot.waitUntil(lambda: "and ≈" in said(window))


def test_a_speed_that_cannot_be_measured_is_not_tried_again_and_not_complained_about(
    qtbot: QtBot, window: MainWindow, speed: FakeProbe, pictures: tuple[Path, Path]
) -> None:
    speed.failure = RuntimeError("no memory")
    ready(qtbot, window, pictures)
    with qtbot.waitSignal(window.session.speed.measured):
        speed.gate.release(3)
    resized(qtbot, window)
    assert not waits(window)
    assert len(speed.works) == 1
    assert said(window).endswith("✓")
    assert not window.message.isVisible()
    window.session.set(threads=1)  # goes at another speed
    qtbot.waitUntil(lambda: len(speed.works) == 2)


def test_the_enlarging_says_the_time_once_it_is_known(
    qtbot: QtBot,
    window: MainWindow,
    speed: FakeProbe,
    engine: FakeEngine,
    pictures: tuple[Path, Path],
) -> None:
    ready(qtbot, window, pictures)
    engine.free = True
    with qtbot.waitSignal(window.session.run_ended):
        click(qtbot, window.run_bar.render_button)
    dialog = asked(qtbot, window)
    assert dialog.forecast.text().endswith("✓")
    speed.gate.release(3)
    qtbot.waitUntil(lambda: "and ≈" in dialog.forecast.text())
    before = dialog.forecast.text()
    typed(dialog.size_row.width_field, "4000")
    assert "and ≈" in dialog.forecast.text() != before


def test_a_window_that_closes_while_it_measures_leaves_no_thread(
    qtbot: QtBot, window: MainWindow, speed: FakeProbe, pictures: tuple[Path, Path]
) -> None:
    ready(qtbot, window, pictures)
    qtbot.waitUntil(lambda: len(speed.works) == 1)  # the fixtures wait for the thread's end


# With the real engine


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A probe of a tenth of a second."""
    monkeypatch.setattr(probe, "_SIDES", {"cpu": 64})
    monkeypatch.setattr(probe, "SECONDS", 0.05)
    monkeypatch.setattr(probe, "_NUMBERS", 2**14)


def test_the_engine_measures_and_the_time_is_said(
    qtbot: QtBot, make_window: MakeWindow, net: Path, pictures: tuple[Path, Path], small: None
) -> None:
    window = opened(qtbot, make_window, net, pictures)
    session = window.session
    session.set(threads=1)
    with qtbot.waitSignal(session.speed.measured, timeout=TIMEOUT):
        session._worker.prepare()
    assert rates.file().is_file()
    qtbot.waitUntil(lambda: "and ≈" in said(window))


def test_a_render_that_is_asked_for_while_the_engine_measures_begins_at_once(
    qtbot: QtBot,
    make_window: MakeWindow,
    net: Path,
    pictures: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    small: None,
) -> None:
    monkeypatch.setattr(probe, "SECONDS", 3600)
    window = opened(qtbot, make_window, net, pictures)
    session, began = window.session, []
    real = probe.rate

    def noted(work: Workload) -> Generator[None, None, Rate]:
        began.append(work)
        return (yield from real(work))

    session._worker._probe = noted
    session._worker.prepare()
    qtbot.waitUntil(lambda: bool(began), timeout=TIMEOUT)
    start = time.monotonic()
    with qtbot.waitSignal(session.run_ended, timeout=TIMEOUT) as ended:
        click(qtbot, window.run_bar.render_button)
    assert ended.args[0].ending is Ending.FINISHED
    assert time.monotonic() - start < 60
    assert rates.known(began[0]) is None
