"""The queue paints what was put into it: in order, once, whatever fails, and over restarts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.job import Job, Picture
from engine.settings import Settings
from gui.preferences.model import PreferencesModel
from gui.preferences.store import PreferencesStore
from gui.queue.entry import Entry, Standing
from gui.queue.queue import Queue
from gui.queue.store import QueueStore
from gui.session import Session
from gui.state import Painted, Phase
from gui.trouble.recovery import Recovery
from gui.worker import Worker
from gui.worker_thread import WorkerThread
from tests.gui.fake_engine import STEPS, FakeEngine, no_devices, no_probe

MakeQueue = Callable[..., "Desk"]


class Desk:
    """A queue with all that it works with, but no window."""

    def __init__(self, home: Path, engine: FakeEngine) -> None:
        self.engine = engine
        self.thread = WorkerThread(Worker(engine, no_devices, no_probe))
        self.recovery = Recovery(home / "recovery")
        self.preferences = PreferencesModel(PreferencesStore())
        self.session = Session(self.thread.worker, self.recovery)
        self.queue = Queue(self.session, QueueStore(home / "queue"), self.preferences)
        self.painted: list[Painted] = []
        self.session.painted.connect(self.painted.append)

    @property
    def standings(self) -> list[str]:
        return [each.standing.value for each in self.queue.line]

    @property
    def names(self) -> list[str]:
        return [each.content for each in self.queue.line]

    @property
    def begun(self) -> list[str]:
        """The photographs of the renders that were begun, in order."""
        return [job.content.name for job in self.engine.jobs]

    def close(self) -> None:
        self.queue.leave()
        self.session.cancel()
        self.thread.stop()
        for _ in range(2):
            self.queue.keeper.wait()
            QApplication.processEvents()
        assert self.session.writer.wait(5000)
        self.queue.close()
        self.recovery.close()


@contextmanager
def one_queue(home: Path, engine: FakeEngine) -> Iterator[Desk]:
    desk = Desk(home, engine)
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture
def make(qtbot: QtBot, home: Path) -> Iterator[MakeQueue]:
    with ExitStack() as made:

        def make_one(engine: FakeEngine) -> Desk:
            return made.enter_context(one_queue(home, engine))

        yield make_one


@pytest.fixture
def desk(make: MakeQueue, engine: FakeEngine) -> Desk:
    return make(engine)


def picture(name: str, shade: int = 100) -> Picture:
    return Picture(np.full((24, 32, 3), shade, np.uint8), name)


STYLE = picture("style.png", 7)


def job(name: str, **settings: object) -> Job:
    return Job(picture(name), (STYLE,), Settings().replace(**settings))


def add(desk: Desk, *names: str) -> list[Entry]:
    return [desk.queue.add(job(name)) for name in names]


def until(qtbot: QtBot, desk: Desk, *standings: str) -> None:
    qtbot.waitUntil(lambda: desk.standings == list(standings))


def test_three_are_painted_in_their_order_without_the_panels(qtbot: QtBot, desk: Desk) -> None:
    desk.engine.free = True
    before = desk.session.state.now
    add(desk, "a", "b", "c")
    with qtbot.waitSignal(desk.queue.emptied) as emptied:
        desk.queue.start()
    assert emptied.args == [3, 0]
    assert desk.begun == ["a", "b", "c"]
    assert desk.standings == ["done"] * 3
    assert [each.job.content.name for each in desk.painted] == ["a", "b", "c"]
    assert desk.session.state.now.is_like(before)
    assert not desk.queue.is_started


def test_nothing_starts_by_itself(qtbot: QtBot, desk: Desk) -> None:
    add(desk, "a")
    desk.queue.keeper.wait()
    QApplication.processEvents()
    assert desk.begun == []


def test_a_failing_one_is_told_with_its_reason_and_the_rest_goes_on(
    qtbot: QtBot, desk: Desk
) -> None:
    add(desk, "a", "b", "c")
    desk.engine.fails_at = 0
    desk.queue.start()
    desk.session.run_ended.connect(lambda _: setattr(desk.engine, "failure", None))
    desk.engine.failure = MemoryError("17 GB")
    desk.engine.free = True
    until(qtbot, desk, "failed", "done", "done")
    failed = next(iter(desk.queue.line))
    assert "17 GB" in failed.cause
    desk.queue.again([failed.id])
    desk.queue.start()
    until(qtbot, desk, "done", "done", "done")
    assert desk.begun == ["a", "b", "c", "a"]


def test_cancel_ends_the_present_one_keeps_its_picture_and_pauses_the_queue(
    qtbot: QtBot, desk: Desk
) -> None:
    add(desk, "a", "b")
    desk.queue.start()
    with qtbot.waitSignal(desk.session.frame_shown):
        desk.engine.gate.release()
    desk.session.cancel()
    until(qtbot, desk, "cancelled", "waiting")
    assert not desk.queue.is_started
    assert len(desk.painted) == 1
    desk.engine.free = True
    desk.queue.start()
    until(qtbot, desk, "cancelled", "done")
    assert desk.begun == ["a", "b"]


def test_paused_it_paints_the_present_one_to_its_end_and_begins_no_other(
    qtbot: QtBot, desk: Desk
) -> None:
    add(desk, "a", "b")
    desk.queue.start()
    until(qtbot, desk, "running", "waiting")
    desk.queue.pause()
    desk.engine.free = True
    until(qtbot, desk, "done", "waiting")
    desk.queue.keeper.wait()
    QApplication.processEvents()
    assert desk.begun == ["a"]


def test_the_one_that_is_painted_is_removed_and_the_queue_goes_on(qtbot: QtBot, desk: Desk) -> None:
    first, _ = add(desk, "a", "b")
    desk.queue.start()
    until(qtbot, desk, "running", "waiting")
    desk.queue.remove([first.id])
    qtbot.waitUntil(lambda: desk.names == ["b"] and desk.standings == ["running"])
    desk.engine.free = True
    until(qtbot, desk, "done")


def test_what_is_changed_while_it_runs_is_painted_as_it_is_by_then(
    qtbot: QtBot, desk: Desk
) -> None:
    _, b, c, d = add(desk, "a", "b", "c", "d")
    desk.queue.start()
    until(qtbot, desk, "running", "waiting", "waiting", "waiting")
    desk.queue.move([d.id], 1)
    desk.queue.remove([b.id])
    desk.queue.duplicate([c.id])
    desk.engine.free = True
    until(qtbot, desk, "done", "done", "done", "done")
    assert desk.begun == ["a", "d", "c", "c"]


def test_a_run_by_hand_comes_between_and_the_started_queue_goes_on_after_it(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.session.bring_back(job("by hand"), "pictures")
    desk.session.render()
    add(desk, "a")
    desk.queue.start()
    qtbot.waitUntil(lambda: desk.begun == ["by hand"])
    assert desk.standings == ["waiting"]
    desk.engine.free = True
    until(qtbot, desk, "done")
    assert desk.begun == ["by hand", "a"]


def test_the_panels_act_on_no_render_of_the_queue(qtbot: QtBot, desk: Desk) -> None:
    desk.queue.add(job("a", strength=30))
    desk.queue.start()
    with qtbot.waitSignal(desk.session.frame_shown):
        desk.engine.gate.release()
    desk.session.set(strength=90)
    desk.engine.free = True
    until(qtbot, desk, "done")
    assert desk.engine.live == []
    assert desk.painted[0].recipe.settings.strength == pytest.approx(30)
    assert desk.painted[0].settings.strength == pytest.approx(30)


def test_an_entry_that_is_edited_waits_and_takes_what_the_panels_show(
    qtbot: QtBot, desk: Desk
) -> None:
    a, _ = add(desk, "a", "b")
    desk.queue.edit(a.id)
    qtbot.waitUntil(lambda: desk.session.state.content is not None)
    content = desk.session.state.content
    assert content is not None
    assert content.name == "a"
    desk.engine.free = True
    desk.queue.start()
    until(qtbot, desk, "waiting", "done")
    assert desk.queue.is_started  # until it is saved back, or left
    desk.session.set(strength=12)
    desk.queue.save_back()
    until(qtbot, desk, "done", "done")
    assert [each.settings.strength for each in desk.engine.jobs][1] == pytest.approx(12)
    assert desk.begun == ["b", "a"]


def test_what_goes_on_from_the_picture_on_the_canvas_does_so_after_an_edit_too(
    qtbot: QtBot, desk: Desk
) -> None:
    start = Picture(np.full((24, 32, 3), 40_000, np.uint16), "the picture on the canvas")
    entry = desk.queue.add(replace(job("a"), start=start))
    desk.queue.edit(entry.id)
    qtbot.waitUntil(lambda: desk.session.state.from_result)
    desk.queue.save_back()
    desk.engine.free = True
    desk.queue.start()
    until(qtbot, desk, "done")
    (painted,) = desk.engine.jobs
    assert painted.start is not None
    assert np.array_equal(painted.start.pixels, start.pixels)


def test_finished_renders_are_saved_where_the_user_wants_them_and_over_no_other_file(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    desk.preferences.set(queue_saves=True, queue_folder=folder, name_template="{content}")
    desk.engine.free = True
    add(desk, "a.png", "a.png")
    desk.queue.start()
    until(qtbot, desk, "done", "done")
    assert desk.session.writer.wait(5000)
    assert {path.name for path in folder.iterdir()} == {"a.png", "a 2.png"}


# Restarts and crashes


def test_after_a_restart_what_waits_is_there_in_its_order_and_what_is_done_is_not(
    qtbot: QtBot, home: Path, engine: FakeEngine
) -> None:
    engine.free = True
    with one_queue(home, engine) as desk:
        add(desk, "done")
        desk.queue.start()
        until(qtbot, desk, "done")
        _, last = add(desk, "last", "later")
        desk.queue.move([last.id], 1)
    with one_queue(home, FakeEngine(free=True)) as again:
        assert again.queue.restore(()) == ()
        assert again.names == ["later", "last"]
        assert again.standings == ["waiting", "waiting"]
        again.queue.start()
        until(qtbot, again, "done", "done")
        job = again.engine.jobs[0]
        assert np.array_equal(job.content.pixels, picture("later").pixels)
        assert np.array_equal(job.styles[0].pixels, STYLE.pixels)


def test_a_render_that_a_crash_cut_off_goes_on_from_its_checkpoint_and_is_offered_to_nobody(
    qtbot: QtBot, home: Path, make: MakeQueue
) -> None:
    desk = make(FakeEngine())
    add(desk, "a", "b")
    desk.queue.start()
    desk.engine.gate.release()
    qtbot.waitUntil(lambda: any((home / "recovery").glob("*/*/run.ckpt")))
    desk.queue.keeper.wait()
    for lock in [*home.glob("recovery/*/lock"), *home.glob("queue/*/lock")]:
        lock.unlink()  # nobody holds it any more, as where its process was killed
    following = Recovery(home / "recovery")
    leftovers = following.leftovers()
    assert len(leftovers) == 1
    again = make(FakeEngine(free=True))
    assert again.queue.restore(leftovers) == ()
    assert again.standings == ["waiting", "waiting"]
    again.queue.start()
    until(qtbot, again, "done", "done")
    first, second = again.engine.jobs
    assert first.resume == leftovers[0].folder / "run.ckpt"
    assert second.resume is None
    following.close()


def test_another_process_does_not_get_the_same_queue(
    qtbot: QtBot, home: Path, make: MakeQueue
) -> None:
    desk = make(FakeEngine())
    add(desk, "a")
    desk.queue.keeper.wait()
    other = make(FakeEngine())
    other.queue.restore(())
    assert other.names == []


def test_a_picture_that_entries_have_in_common_lies_there_once_and_goes_with_the_last(
    qtbot: QtBot, home: Path, desk: Desk
) -> None:
    entries = add(desk, "a", "b", "c")  # the same pixels under other names
    desk.queue.keeper.wait()
    (folder,) = (path for path in (home / "queue").iterdir() if path.is_dir())
    assert len(list(folder.glob("*.npz"))) == 2
    desk.queue.remove([each.id for each in entries[1:]])
    desk.queue.keeper.wait()
    assert (len(list(folder.glob("*.npz"))), len(list(folder.glob("*.job")))) == (2, 1)
    desk.queue.remove([entries[0].id])
    desk.queue.keeper.wait()
    assert list(folder.glob("*.npz")) == []


def test_where_nothing_can_be_kept_it_is_said_and_the_queue_works_all_the_same(
    qtbot: QtBot, home: Path, desk: Desk
) -> None:
    home.mkdir(exist_ok=True)
    (home / "queue").write_text("a file where the folder should be")
    with qtbot.waitSignal(desk.session.troubled) as troubled:
        add(desk, "a")
    assert "cannot be kept" in troubled.args[0].cause
    desk.engine.free = True
    desk.queue.start()
    until(qtbot, desk, "done")


def test_a_render_that_cannot_be_read_any_more_fails_with_the_reason(
    qtbot: QtBot, home: Path, desk: Desk
) -> None:
    add(desk, "a", "b")
    desk.queue.keeper.wait()
    QApplication.processEvents()  # it is on disk, and no longer in memory
    (folder,) = (path for path in (home / "queue").iterdir() if path.is_dir())
    first = next(iter(desk.queue.line))
    (folder / f"{first.id}.job").write_text("{")
    desk.engine.free = True
    desk.queue.start()
    until(qtbot, desk, "failed", "done")
    assert next(iter(desk.queue.line)).cause


def test_quitting_lets_the_present_one_wait_for_the_next_time(
    qtbot: QtBot, home: Path, engine: FakeEngine
) -> None:
    with one_queue(home, engine) as desk:
        add(desk, "a")
        desk.queue.start()
        until(qtbot, desk, "running")
        desk.queue.leave()
        desk.session.cancel()
        qtbot.waitUntil(lambda: desk.session.state.phase is Phase.IDLE)
    with one_queue(home, FakeEngine()) as again:
        again.queue.restore(())
        assert [each.standing for each in again.queue.line] == [Standing.WAITING]


def test_the_size_of_the_result_is_foretold(desk: Desk) -> None:
    entry = desk.queue.add(job("a", size=640, steps=STEPS))
    assert (entry.width, entry.height) == (640, 480)
