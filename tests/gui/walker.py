"""Walks at random over all that a user can do, and looks after each step at what must hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.blends.portions import portions
from engine.job import Frame
from gui.film.gallery import Entry
from gui.film.strip import Act
from gui.main_window import MainWindow
from gui.queue.acts import Act as QueueAct
from gui.state import Moment, Painted, Phase, Role
from gui.styles.row import StyleRow
from gui.worker import Ending, Outcome
from tests.gui.acts import PATIENCE, click, drop, shade
from tests.gui.fake_engine import CPU, STEPS, FakeEngine


def same(one: Moment, other: Moment) -> bool:
    """Whether two moments are one, their pictures compared by what they are."""
    pictures = ("content", "result", "start", "guidance")
    return (
        len(one.styles) == len(other.styles)
        and all(a is b for a, b in zip(one.styles, other.styles, strict=True))
        and all(getattr(one, name) is getattr(other, name) for name in pictures)
        and one.settings == other.settings
        and one.from_result == other.from_result
    )


class Walker:
    """Does what users do, one thing after another.

    Attributes:
        window: that it walks in.
    """

    def __init__(
        self,
        qtbot: QtBot,
        window: MainWindow,
        engine: FakeEngine,
        pictures: tuple[Path, Path],
        folder: Path,
    ) -> None:
        self.window, self._qtbot, self._engine = window, qtbot, engine
        self._pictures, self._folder = pictures, folder
        self._saved = 0
        self.endings: list[Outcome] = []
        self.painted: list[Painted] = []
        self.frames: list[Frame] = []
        self._begun = self._kept = 0
        self._entries: dict[str, Entry] = {}
        self._deleted: set[str] = set()
        self._phase = Phase.IDLE
        session, keeper = window.session, window.tools.keeper
        session.run_ended.connect(self.endings.append)
        session.painted.connect(self.painted.append)
        session.frame_shown.connect(self.frames.append)
        session.changed.connect(self._count_begun)
        keeper.added.connect(self._come)
        keeper.restored.connect(self._come)
        keeper.removed.connect(self._go)
        engine.network = "sketch"
        window.tools.preferences.set(quick_save_folder=folder / "quick")

    def actions(self) -> dict[str, Callable[[int], object]]:
        """All that can be done, by name; each takes a number to choose by."""
        window, session = self.window, self.window.session
        bar = window.run_bar
        return {
            "render": lambda _: click(self._qtbot, bar.render_button),
            "pause": lambda _: click(self._qtbot, bar.pause_button),
            "cancel": lambda _: click(self._qtbot, bar.cancel_button),
            "step": self._step,
            "steps": self._steps,
            "fail": self._fail,
            "snapshot": lambda _: self._trigger("snapshot"),
            "undo": lambda _: self._trigger("undo"),
            "redo": lambda _: self._trigger("redo"),
            "there and back": self._undo_and_redo,
            "scrub": self._scrub,
            "branch": self._branch,
            "timelapse": self._look_at_timelapse,
            "start over": lambda _: click(self._qtbot, bar.over_button),
            "continue": lambda _: self._trigger("continue"),
            "strength": lambda n: window.look._strength.setValue(n * 11),
            "size": lambda n: session.set(size=64 + n),
            "drop": lambda n: drop(window, *self._pictures[:: 1 if n % 2 else -1]),
            "drop one": lambda n: drop(window, self._pictures[n % 2]),
            "drop bad": self._drop_bad,
            "remove": lambda n: session.remove(list(Role)[n % 2]),
            "add style": lambda n: drop(window.inputs.add_button, self._pictures[n % 2]),
            "share": lambda n: self._of_row(lambda row: row.slider.setValue(n * 11), n),
            "only": lambda n: self._of_row(lambda row: row.only_asked.emit(), n),
            "part": lambda n: self._of_row(lambda row: row.part_asked.emit(), n),
            "remove style": lambda n: self._of_row(lambda row: row.removed.emit(), n),
            "swap": lambda _: click(self._qtbot, window.inputs.swap_button),
            "look": lambda n: self._ask(Act.LOOK, n),
            "compare two": self._compare_two,
            "back": lambda _: self._trigger("back"),
            "continue from": lambda n: self._ask(Act.CONTINUE, n),
            "enlarge": self._enlarge,
            "enlarge kept": self._enlarge_kept,
            "vary": self._vary,
            "settings of": lambda n: self._ask(Act.SETTINGS, n),
            "copy kept": lambda n: self._ask(Act.COPY, n),
            "save kept": lambda n: self._ask(Act.SAVE, n),
            "delete": lambda n: self._ask(Act.DELETE, n),
            "offer": self._take_offer,
            "compare": lambda _: self._trigger("compare"),
            "save": lambda _: self._trigger("save"),
            "save as": lambda _: self._trigger("save-as"),
            "copy": lambda _: self._trigger("copy"),
            "drop saved": self._drop_saved,
            "close": self._close_and_stay,
            "language": self._build_anew,
            "from canvas": lambda n: session.start_from_result(n % 2 == 0),
            "masks": lambda _: self._trigger("masks"),
            "paint mask": self._paint_mask,
            "clear mask": lambda _: window.masks.model.clear(),
            "queue": lambda _: click(self._qtbot, bar.queue_button),
            "run queue": lambda _: self._trigger("run-queue"),
            "on queue": self._act_on_queue,
        }

    def walk(self, steps: list[tuple[str, int]]) -> None:
        """Do all this, and look after each."""
        with pytest.MonkeyPatch.context() as patch, self._qtbot.captureExceptions() as raised:
            patch.setattr(QFileDialog, "getSaveFileName", self._name_to_save)
            for name, number in steps:
                self.actions()[name](number)
                self._look_at_actions()
                self._look_at_buttons()
                self.settle()
                assert not raised, (name, raised)
                self.look(name)
            self.end()
            assert not raised, raised
        self.window.retire()
        QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def end(self) -> None:
        """Cancel what runs; every run that began has ended, and once."""
        self.window.tools.queue.pause()
        self.window.session.cancel()
        self._wait(lambda: self.window.session.state.phase is Phase.IDLE)
        self.settle()
        assert len(self.endings) == self._begun == len(self._engine.jobs)
        assert self._engine.closed == self._engine.opened

    def settle(self) -> None:
        """Wait for what was asked of the engine and of the disk."""
        session = self.window.session
        self._wait(lambda: not session.state.reading)
        self._wait(lambda: session.state.phase is not Phase.CANCELLING)
        for _ in range(2):  # what was read may have something kept or read in turn
            assert self.window.tools.keeper.wait(PATIENCE)
            assert session.writer.wait(PATIENCE)
            assert self.window.tools.queue.keeper.wait(PATIENCE)
            QGuiApplication.processEvents()
            self._wait(lambda: not session.state.reading)

    # What must hold

    def look(self, after: str) -> None:
        """Look at everything that must hold at any time."""
        self._look_at_actions()
        self._look_at_buttons()
        self._look_at_phase()
        self._look_at_styles()
        self._look_at_canvas(after)
        self._look_at_film()

    def _look_at_actions(self) -> None:
        state = self.window.session.state
        for name, spec in self.window.actions_._specs.items():
            action, why = self.window.actions_.by_name[name], ""
            if spec.why_not is not None:
                why = spec.why_not(state)
            assert action.isEnabled() == (not why), name
            assert action.toolTip(), name
            assert not why or action.toolTip() == why, name

    def _look_at_buttons(self) -> None:
        state, bar = self.window.session.state, self.window.run_bar
        for button, why in (
            (bar.render_button, state.why_no_render),
            (bar.pause_button, state.why_no_pause),
            (bar.cancel_button, state.why_no_cancel),
            (bar.over_button, state.why_no_start_over),
            (bar.save_button, state.why_no_save),
        ):
            assert button.isEnabled() == (not why), button.text()
            assert not why or button.toolTip() == why
        for each in self.window.findChildren(QAbstractButton):
            assert each.isEnabled() or not each.isVisible() or each.toolTip(), each
        assert self.window.look_bar.isVisible() == (state.looking is not None)

    def _look_at_phase(self) -> None:
        session, worker = self.window.session, self.window.session._worker
        phase = session.state.phase
        assert (session.run is None) == (phase is Phase.IDLE)
        assert self._begun - len(self.endings) == (phase is not Phase.IDLE)
        if phase in (Phase.RUNNING, Phase.PAUSED):
            assert worker._pausing == (phase is Phase.PAUSED)
            assert not worker._cancelled
        assert self.window.run_bar.pause_button.text() == (
            "Resume" if phase is Phase.PAUSED else "Pause"
        )

    def _look_at_styles(self) -> None:
        """What is said of the styles is said of those that there are, and could be painted."""
        state, rows = self.window.session.state, self.window.inputs.styles.rows
        count = len(state.styles)
        assert len(rows) == (count if count > 1 else 0)
        given = portions(state.settings, count) if count else ()
        assert sum(portion.share for portion in given) == pytest.approx(1 if count else 0)

    def _look_at_canvas(self, after: str) -> None:
        session, state = self.window.session, self.window.session.state
        seen, run = shade(self.window), session.run
        moment = self.window.steering.scrubbing.shown
        if moment is not None:
            assert seen is not None
            assert abs(seen - moment.step) <= 1, after
            assert state.looking is None
        elif state.looking is not None:
            assert seen == state.looking.shown.made.step, after
            assert self.window.canvas.comparing == (
                state.looking.beside is not None
            ) or after not in ("look", "compare two")
        elif run is not None:
            assert run.frame is None or seen == run.frame.step, after
        elif state.result is not None:
            assert seen == round(float(state.result.pixels[0, 0, 0]) * 255), after
        elif state.content is not None:
            assert seen == state.content.pixels[0, 0, 0], after
        else:
            assert seen is None, after
        masks = self.window.masks
        assert masks.bar.isVisible() == masks.model.is_open, after
        assert not (masks.model.is_open and (state.why_no_masks or state.looking)), after
        if run is None and state.looking is None:
            assert self.window.canvas.can_compare == (
                state.result is not None and (state.result.content or state.content) is not None
            )

    def _look_at_film(self) -> None:
        """Whatever was painted is kept, until the user deletes it."""
        with_picture = [each for each in self.endings if each.pixels is not None]
        painted = [each for each in self.painted if each.ending]
        assert len(painted) == len(with_picture) + self._kept
        assert (
            self.window.film.count == len(self.painted) - len(self._deleted) == len(self._entries)
        )
        folders = {path.name for path in self.window.tools.keeper._gallery.folder.glob("[0-9]*")}
        assert folders == set(self._entries)

    # What users do

    def _trigger(self, name: str) -> None:
        self.window.actions_.by_name[name].trigger()

    def _step(self, _: int) -> None:
        session = self.window.session
        if session.state.phase is not Phase.RUNNING:
            return
        seen = len(self.frames)
        self._engine.gate.release()
        self._wait(lambda: len(self.frames) > seen or session.state.phase is Phase.IDLE)

    def _steps(self, _: int) -> None:
        for _ in range(4):
            self._step(0)

    def _fail(self, number: int) -> None:
        session = self.window.session
        if session.state.phase is not Phase.RUNNING:
            return
        run = session.run
        at = run.frame.step + 1 if run and run.frame else 0
        self._engine.fails_at = None
        self._engine.failure = (RuntimeError if number % 2 else MemoryError)("now")
        self._engine.gate.release()
        self._wait(lambda: session.state.phase is Phase.IDLE)
        self._engine.failure = None
        assert self.endings[-1].ending is Ending.FAILED or at > 10

    def _of_row(self, do: Callable[[StyleRow], object], number: int) -> None:
        styles = self.window.inputs.styles
        if styles.rows:
            do(styles.rows[number % len(styles.rows)])
        if styles.dialog is not None:
            styles.dialog.view.show_crop((0.1, 0.2, 0.9, 0.9))
            styles.dialog.accept()

    def _undo_and_redo(self, _: int) -> None:
        session = self.window.session
        there = session.state.now
        if session.state.why_no_undo:
            return
        self._trigger("undo")
        before = session.state.now
        assert not same(before, there)
        for way, moment in (("redo", there), ("undo", before), ("redo", there)):
            self._trigger(way)
            assert same(session.state.now, moment)

    def _scrub(self, number: int) -> None:
        bar = self.window.steering.bar
        if bar.isVisible():
            bar.slider.setValue(bar.slider.maximum() - number % 5)

    def _branch(self, number: int) -> None:
        self._scrub(number)
        bar = self.window.steering.bar
        if bar.branch_button.isVisible():
            begun = len(self._engine.jobs) + bar.branch_button.isEnabled()
            click(self._qtbot, bar.branch_button)
            self._wait(lambda: len(self._engine.jobs) == begun)

    def _look_at_timelapse(self, _: int) -> None:
        self._trigger("timelapse")
        dialog = self.window.steering.timelapsing.dialog
        assert (dialog is not None) == (self.window.session.reel.recorder.count > 0)
        if dialog is not None:
            dialog.reject()

    def _drop_bad(self, number: int) -> None:
        bad = self._folder / "bad.png"
        bad.write_text("no picture")
        self.settle()
        before = self.window.session.state.now
        drop(self.window.inputs.target(list(Role)[number % 2]), bad)
        self.settle()
        assert same(self.window.session.state.now, before)
        assert self.window.message.isVisible()

    def _drop_saved(self, _: int) -> None:
        saved = self._folder / f"saved{self._saved}.png"
        if saved.exists():
            drop(self.window, saved)

    def _ask(self, act: Act, number: int) -> None:
        film = self.window.film
        entries = film._model.entries
        if entries:
            film.select(entries[number % len(entries)].id)
            film.ask(act)

    def _enlarge(self, number: int) -> None:
        self._trigger("enlarge")
        self._answer(number)

    def _enlarge_kept(self, number: int) -> None:
        self._ask(Act.ENLARGE, number)
        self._answer(number)

    def _paint_mask(self, number: int) -> None:
        """Where the tools are open: a stroke somewhere, with one tool or the other."""
        model, canvas = self.window.masks.model, self.window.canvas
        if not model.is_open:
            self._trigger("masks")
        if model.is_open:
            model.choose(region=number % (len(model.styles) + 1) - 1, erasing=number > 5)
            middle, left = canvas.picture_rect().center(), Qt.MouseButton.LeftButton
            self._qtbot.mousePress(canvas, left, pos=middle)
            self._qtbot.mouseMove(canvas, middle + QPoint(5 * number, 9))
            self._qtbot.mouseRelease(canvas, left, pos=middle + QPoint(5 * number, 9))

    def _answer(self, number: int) -> None:
        """Take the dialog up that Enlarge has opened, if it has, or leave it."""
        self.settle()
        dialog = self.window.enlarging.dialog
        if dialog is not None and number % 3:
            click(self._qtbot, dialog.enlarge_button)
        elif dialog is not None:
            dialog.reject()

    def _vary(self, number: int) -> None:
        """Paint two variations, or one and a half; keep one, promote one, or leave them."""
        session, engine = self.window.session, self._engine
        session._prepared((CPU,))
        self._trigger("variations")
        dialog = self.window.variations.dialog
        if dialog is None:
            return
        dialog.down.show_axis("")
        click(self._qtbot, dialog.paint_button)
        engine.gate.release(STEPS + 1 + number)
        self._wait(lambda: dialog.bench.made(0) is not None)
        assert session.run is None
        if number % 2:
            self._kept += 1
            click(self._qtbot, dialog.keep_button)
        if number % 3:
            dialog.reject()
        else:
            click(self._qtbot, dialog.render_button)
        self._wait(lambda: session.state.phase is not Phase.SERIES)
        self._wait(lambda: session.state.phase is not Phase.CANCELLING)
        while engine.gate.acquire(blocking=False):
            pass

    def _compare_two(self, number: int) -> None:
        film = self.window.film
        if film.count > 1:
            film.view.clearSelection()
            model, selection = film._model, film.view.selectionModel()
            for row in {number % film.count, (number + 1) % film.count}:
                selection.select(model.index(row), selection.SelectionFlag.Select)
            film.ask(Act.COMPARE)

    def _take_offer(self, number: int) -> None:
        buttons = self.window.offers.buttons
        if self.window.offers.isVisible():
            click(self._qtbot, buttons[number % len(buttons)])

    def _act_on_queue(self, number: int) -> None:
        panel, acts = self.window.queue.panel, list(QueueAct)
        panel.view.setCurrentIndex(panel.view.model().index(number // 3, 0))
        panel.ask(acts[number % len(acts)])

    def _close_and_stay(self, _: int) -> None:
        if self.window.session.state.phase is Phase.IDLE:
            return
        self.window.close()
        question = self.window.question
        assert question is not None
        (stay,) = [each for each in question.buttons() if each.text() == "Keep Painting"]
        click(self._qtbot, stay)
        assert self.window.isVisible()

    def _build_anew(self, _: int) -> None:
        """As a change of language does."""
        old, session = self.window, self.window.session
        self.window = MainWindow(session, old.tools)
        session.setParent(self.window)
        self.window.show()
        old.retire()
        QApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)

    def _name_to_save(self, *_: object, **__: object) -> tuple[str, str]:
        self._saved += 1
        return str(self._folder / f"saved{self._saved}.png"), ""

    # What is counted

    def _count_begun(self) -> None:
        before, self._phase = self._phase, self.window.session.state.phase
        self._begun += before is Phase.IDLE and self._phase is Phase.RUNNING

    def _come(self, entry: Entry) -> None:
        self._deleted.discard(entry.id)
        self._entries[entry.id] = entry

    def _go(self, entry: Entry) -> None:
        self._deleted.add(entry.id)
        del self._entries[entry.id]

    def _wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE)
