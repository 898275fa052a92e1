"""The pictures of a run before each live change, so that undo can take it back. Knows no Qt."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.disk.files import explained
from engine.errors import EngineError
from engine.job import Frame, Note
from engine.timelapse import scratch

MOST: Final = 32
"""Pictures that are kept of a run."""

MOST_BYTES: Final = 2**30
"""That they take on disk; the newest stays, however large it is."""

WHOLE: Final = 2**28
"""Bytes up to which what the optimiser has learnt is kept along: the run then goes on to the bit as
if the change had never been."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be done at a frame.

    Attributes:
        keep: where its state is to be written, as a change begins here; None for nowhere.
        target: the state that the run goes back to; None for going on.
    """

    keep: Path | None
    target: Path | None


class Trail:
    """Numbers the moments of changes, and finds them again.

    A mark stands for the picture that is there when the worker comes to it. `mark`, `go` and `turn`
    are called under one lock, from two threads; `write` by the worker alone, without it.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._marks: dict[int, Path | None] = {}
        self._here: Path | None = None
        self._written: list[tuple[Path, int]] = []
        self._count = 0

    @property
    def is_going(self) -> bool:
        """Whether the run is to go back at its next frame."""
        return self._here is not None

    def clear(self) -> None:
        """Forget a run, and what was kept of it."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder, self._here = None, None
        self._marks.clear()
        self._written.clear()

    def mark(self, mark: int) -> None:
        """Give the picture as it is now a number, unless that has a picture already."""
        self._marks.setdefault(mark, self._here)

    def go(self, mark: int, leaving: int) -> bool:
        """Go to a mark.

        Args:
            mark: to go to.
            leaving: the number that the present picture gets.

        Returns:
            Whether its picture is kept; otherwise the run stays with the present one.
        """
        self._marks[leaving] = self._here
        if mark not in self._marks:
            return False
        self._here = self._marks[mark]
        return True

    def turn(self) -> Turn:
        """What is to be done at the frame at hand, now that the worker is there."""
        target, self._here = self._here, None
        unkept = [mark for mark, path in self._marks.items() if path is None]
        if not unkept:
            return Turn(None, target)
        self._bound(target)
        keep = self._new_path()
        self._marks.update(dict.fromkeys(unkept, keep))
        return Turn(keep, target)

    def write(self, turn: Turn, frame: Frame) -> Note | None:
        """Keep the frame's state, where that is to be done; says what went wrong."""
        if turn.keep is None:
            return None
        whole = frame.state.size(whole=True) <= WHOLE
        try:
            turn.keep.parent.mkdir(parents=True, exist_ok=True)
            frame.state.write(turn.keep, whole=whole)
        except OSError as error:
            return _lost(explained(turn.keep, error))
        except EngineError as error:
            return _lost(error)
        self._written.append((turn.keep, frame.state.size(whole=whole)))
        return None

    def _new_path(self) -> Path:
        if self._folder is None:
            scratch.sweep()
            self._folder = scratch.folder_name()
        self._count += 1
        return self._folder / f"{self._count}.ckpt"

    def _bound(self, target: Path | None) -> None:
        """Make room for one more: the oldest go."""
        while self._written and (
            len(self._written) >= MOST or sum(size for _, size in self._written) > MOST_BYTES
        ):
            path, _ = self._written.pop(0)
            if path != target:
                self._marks = {mark: at for mark, at in self._marks.items() if at != path}
                with suppress(OSError):
                    path.unlink(missing_ok=True)


def _lost(error: EngineError) -> Note:
    return Note(f"undo will not bring this picture back: {error.cause}")
