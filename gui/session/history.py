"""Undo and redo. Shows nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from gui.state import Moment, Phase, State, translate
from gui.styles.slots import same

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST: Final = 200
"""Moments that are remembered, each way."""

MERGED: Final = 1.0
"""Seconds within which changes of the same thing are one step back: a slider that is dragged."""

MOST_BYTES: Final = 2**30
"""Of painted pictures and masks that undo keeps in memory; the filmstrip keeps them all on disk."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was made.

    Attributes:
        what: was changed, in words.
        kind: changes of one kind in quick succession are one step.
        before: the moment before it.
        at: when it was last added to, seconds.
        mark: the number of the run's picture before it; see `gui.steering.trail`.
    """

    what: str
    kind: str
    before: Moment
    at: float
    mark: int = 0

    def is_settings_only(self, after: Moment) -> bool:
        """Whether nothing but settings differ."""
        before = self.before
        return (
            before.content is after.content
            and same(before.styles, after.styles)
            and before.result is after.result
        )


class History:
    """The way back and the way forth from the present moment.

    Attributes:
        way: the mark that was gone to last, and the one that was left.
    """

    def __init__(self) -> None:
        self._back: list[Step] = []
        self._forth: list[Step] = []
        self._marks = count(1)
        self.way = (0, 0)

    @property
    def back(self) -> Step | None:
        """What undo would take back."""
        return self._back[-1] if self._back else None

    @property
    def forth(self) -> Step | None:
        """What redo would bring back; its `before` is the moment that comes."""
        return self._forth[-1] if self._forth else None

    @property
    def mark(self) -> int:
        """That of the newest change."""
        return self._back[-1].mark if self._back else 0

    def record(self, what: str, kind: str, before: Moment, now: float) -> None:
        """Note that something is about to change.

        Args:
            what: in words, for the menu.
            kind: equal kinds within `MERGED` seconds are merged; empty never to be.
            before: the present moment.
            now: seconds that never jump.
        """
        last = self.back
        if last and kind and last.kind == kind and now - last.at < MERGED and not self._forth:
            self._back[-1] = Step(what, kind, last.before, now, last.mark)
            return
        self._forth.clear()
        self._back.append(Step(what, kind, before, now, next(self._marks)))
        self._trim()

    def undo(self, present: Moment) -> Moment:
        """Go one step back; there must be one."""
        return self._go(self._back, self._forth, present)

    def redo(self, present: Moment) -> Moment:
        """Go one step forth; there must be one."""
        return self._go(self._forth, self._back, present)

    def _go(self, here: list[Step], there: list[Step], present: Moment) -> Moment:
        step = here.pop()
        self.way = step.mark, next(self._marks)
        there.append(Step(step.what, "", present, step.at, self.way[1]))
        return step.before

    def known(self, state: State) -> State:
        """The state that knows what Undo and Redo would do at this moment, or why they cannot."""
        found: dict[str, Any] = {}
        for name, step in (("undo", self.back), ("redo", self.forth)):
            why = ""
            if step is None:
                why = (
                    translate("Session", "There is nothing to undo")
                    if name == "undo"
                    else translate("Session", "There is nothing to redo")
                )
            elif state.phase is not Phase.IDLE and not step.is_settings_only(state.now):
                why = translate("Session", "Wait for the end of the render, or cancel it")
            found[name] = step.what if step else ""
            found[f"why_no_{name}"] = why
        return replace(state, **found)

    def _trim(self) -> None:
        """Forget the oldest steps, where they are too many or keep too large pictures."""
        del self._back[:-LONGEST]
        seen: set[int] = set()
        held = 0
        for index in range(len(self._back) - 1, -1, -1):
            for kept in _kept(self._back[index].before):
                held += 0 if id(kept) in seen else kept.nbytes
                seen.add(id(kept))
            if held > MOST_BYTES:
                del self._back[: index + 1]
                return


def _kept(moment: Moment) -> list[NDArray[Any]]:
    """What a moment alone may hold in memory: its painted picture and its masks."""
    result, guidance = moment.result, moment.guidance
    masks = [mask.values for mask in (*guidance.masks, guidance.strength) if mask is not None]
    return [*masks, *(result.arrays if result else ())]
