"""Whatever is done to the queue while it runs: nothing is lost, and nothing is painted twice."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.queue.entry import Entry, Standing
from gui.queue.queue import Queue
from gui.state import Phase as RunPhase
from tests.gui.fake_engine import FakeEngine
from tests.gui.queue.test_queue import Desk, job, one_queue

NAMES = (
    *("add", "add", "remove", "move", "up", "duplicate", "again", "clear", "edit", "save back"),
    *("leave", "start", "start", "pause", "step", "end", "fail", "cancel", "restart", "by hand"),
)
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 7)), min_size=10, max_size=40)
UNSHRUNK = hypothesis_settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)


class Walker:
    """Does things to a queue, and counts how often each photograph may be painted."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        self._qtbot, self._home = qtbot, home
        self._stack = ExitStack()
        self._engine = FakeEngine()
        self._tickets = Counter[str]()
        self._ids: list[str] = []
        self._count = self._by_hand = 0
        self._open()

    def do(self, name: str, number: int) -> None:
        acts: dict[str, Callable[[int], object]] = {
            "add": self._add,
            "remove": self._remove,
            "move": self._move,
            "up": lambda n: self._on(n, lambda e: self._queue.shift([e.id], -1)),
            "duplicate": self._duplicate,
            "again": self._again,
            "clear": self._clear,
            "edit": lambda n: self._on(n, lambda e: self._queue.edit(e.id)),
            "save back": self._save_back,
            "leave": lambda _: self._queue.leave_edit(),
            "start": lambda _: self._queue.start(),
            "pause": lambda _: self._queue.pause(),
            "step": lambda _: self._engine.gate.release(),
            "end": self._end,
            "fail": self._fail,
            "cancel": lambda _: self._desk.session.cancel(),
            "restart": self._restart,
            "by hand": self._render,
        }
        acts[name](number)
        self.settle()
        self.look()

    def look(self) -> None:
        """What must hold at any time."""
        ids = [each.id for each in self._queue.line]
        assert Counter(ids) == Counter(self._ids)
        begun = Counter(self._desk.begun)
        assert begun <= self._tickets + Counter({"by hand": self._by_hand})
        running = [each.id for each in self._queue.line if each.standing is Standing.RUNNING]
        assert running == [each for each in [self._queue.running] if each]
        if self._queue.running:
            assert self._desk.session.state.phase is not RunPhase.IDLE

    def finish(self) -> None:
        """Let all be painted: each as often as it was to be, and not once more."""
        self._queue.leave_edit()
        self._engine.failure, self._engine.free = None, True
        self._queue.start()
        self._wait(lambda: not self._queue.line.count(Standing.WAITING))
        self._wait(lambda: not self._queue.running and self._is_idle())
        self.settle()
        self.look()
        begun = Counter(self._desk.begun)
        del begun["by hand"]
        assert begun == +self._tickets
        assert self._engine.closed == self._engine.opened

    def close(self) -> None:
        self._stack.close()

    def settle(self) -> None:
        for _ in range(3):
            assert self._queue.keeper.wait(5000)
            QApplication.processEvents()

    # What is done

    @property
    def _queue(self) -> Queue:
        return self._desk.queue

    def _open(self) -> None:
        self._desk: Desk = self._stack.enter_context(one_queue(self._home, self._engine))
        self._desk.session.run_ended.connect(lambda _: setattr(self._engine, "failure", None))

    def _on(self, number: int, act: Callable[[Entry], object]) -> None:
        entries = list(self._queue.line)
        if entries:
            act(entries[number % len(entries)])

    def _add(self, number: int) -> None:
        self._count += 1
        name = f"photo {self._count}"
        row = number if number < len(self._ids) else None
        entry = self._queue.add(job(name), row)
        self._tickets[name] += 1
        self._ids.append(entry.id)
        if row is not None:
            assert self._queue.line.row(entry.id) == row

    def _remove(self, number: int) -> None:
        self._on(number, self._forget)

    def _forget(self, entry: Entry) -> None:
        self._queue.remove([entry.id])
        if entry.standing is Standing.RUNNING:
            self._wait(lambda: self._queue.line.get(entry.id) is None)
        if entry.standing is Standing.WAITING:
            self._tickets[entry.content] -= 1
        self._ids.remove(entry.id)

    def _move(self, number: int) -> None:
        self._on(number, lambda entry: self._queue.move([entry.id], 7 - number))

    def _duplicate(self, number: int) -> None:
        self._on(number, self._double)

    def _double(self, entry: Entry) -> None:
        before = {each.id for each in self._queue.line}
        self._queue.duplicate([entry.id])
        self._ids += [each.id for each in self._queue.line if each.id not in before]
        self._tickets[entry.content] += 1

    def _again(self, number: int) -> None:
        self._on(number, self._repeat)

    def _repeat(self, entry: Entry) -> None:
        self._tickets[entry.content] += entry.can_wait
        self._queue.again([entry.id])

    def _clear(self, _: int) -> None:
        done = {each.id for each in self._queue.line if each.standing is Standing.DONE}
        self._queue.clear_done()
        self._ids = [each for each in self._ids if each not in done]

    def _save_back(self, _: int) -> None:
        entry = self._queue.line.get(self._queue.editing)
        content = self._desk.session.state.content
        if entry is not None and content is not None and content.name == entry.content:
            self._tickets[entry.content] += entry.can_wait
            self._queue.save_back()

    def _end(self, _: int) -> None:
        """Let the present one be painted to its end."""
        if self._desk.session.state.phase is RunPhase.RUNNING:
            with self._qtbot.waitSignal(self._desk.session.run_ended):
                self._engine.free = True
            self._engine.free = False

    def _fail(self, _: int) -> None:
        run = self._desk.session.run
        if run is not None and run.frame is None:
            self._engine.failure, self._engine.fails_at = ValueError("now"), 0
            self._end(0)

    def _render(self, _: int) -> None:
        if self._is_idle() and not self._queue.editing:
            self._desk.session.bring_back(job("by hand"), "pictures")
            self._desk.session.render()
            self._by_hand += 1

    def _restart(self, _: int) -> None:
        waited = [each for each in self._queue.line if each.standing is not Standing.DONE]
        running = self._queue.line.get(self._queue.running)
        if running is not None:
            self._tickets[running.content] += 1  # it is begun afresh
        self._stack.close()
        self._engine.gate = type(self._engine.gate)(0)
        self._open()
        self._queue.restore(())
        assert [each.id for each in self._queue.line] == [each.id for each in waited]
        self._ids = [each.id for each in waited]

    def _is_idle(self) -> bool:
        return self._desk.session.state.phase is RunPhase.IDLE

    def _wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition)


def walk(qtbot: QtBot, home: Path, steps: list[tuple[str, int]]) -> None:
    shutil.rmtree(home, ignore_errors=True)
    walker = Walker(qtbot, home)
    try:
        with qtbot.captureExceptions() as raised:
            for name, number in steps:
                walker.do(name, number)
                assert not raised, (name, raised)
            walker.finish()
        assert not raised, raised
    finally:
        walker.close()


@hypothesis_settings(UNSHRUNK, max_examples=8, derandomize=True)
@given(steps=STEPS)
def test_nothing_is_lost_and_nothing_is_painted_twice(
    qtbot: QtBot, home: Path, steps: list[tuple[str, int]]
) -> None:
    walk(qtbot, home, steps)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@hypothesis_settings(UNSHRUNK, max_examples=300)
@given(steps=STEPS)
def test_nothing_is_lost_and_nothing_is_painted_twice_at_length(
    qtbot: QtBot, home: Path, steps: list[tuple[str, int]]
) -> None:
    walk(qtbot, home, steps)
