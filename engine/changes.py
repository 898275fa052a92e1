"""Live changes taken up between two iterations: settings, and which style goes where."""

from __future__ import annotations

from engine import defaults, devices, live, masks, preparation
from engine.choices import Optimizer
from engine.costs import thrift
from engine.errors import EngineError
from engine.job import Guidance, Note
from engine.live import Change
from engine.run import Run
from engine.settings import Settings

_Taken = tuple[frozenset[str], tuple[Note, ...]]
"""The names of what changed, and what to say."""

_NOTHING: frozenset[str] = frozenset()


def take_up(run: Run, sent: Change | None) -> _Taken:
    """Take up what waited, then what was sent; what cannot be done is said and changes nothing.

    Returns:
        The names of what changed, `guidance` for masks; and what the user should know.
    """
    waiting, run.pending = run.pending, []
    names, notes = _NOTHING, list[Note]()
    for change in (*waiting, sent):
        if change is not None:
            own, remarks = _take_up(run, change)
            names |= own
            notes += remarks
    return names, tuple(notes)


def _take_up(run: Run, change: Change) -> _Taken:
    if isinstance(change, Guidance):
        return _guide(run, change)
    return _set(run, change)


def _set(run: Run, asked: Settings) -> _Taken:
    old = run.settings
    try:
        new = defaults.resolved(
            live.merged(old, asked),
            run.device,
            threads=old.threads or devices.ALL_THREADS,
            seed=old.seed or 0,
            layers=run.layers,
        )
        new = thrift.within(new, run.fitting)
        preparation.check(run.job, new)
        run.network.down_to(preparation.deepest(new))
    except EngineError as error:
        note = Note(f"the change was not taken up: {error.cause}; {error.remedy}")
        return _NOTHING, (note,)
    names = live.differences(old, new)
    if not names:
        return _NOTHING, ()
    run.settings = new
    forgotten = _forgotten(new) if live.changes_loss(names) else ""
    return names, (Note(f"{live.described(old, new)}{forgotten}", new),)


def _guide(run: Run, asked: Guidance) -> _Taken:
    try:
        new, remarks = masks.settled(asked, run.job.content.size, len(run.job.styles))
    except EngineError as error:
        note = Note(f"the masks were not taken up: {error.cause}; {error.remedy}")
        return _NOTHING, (note,)
    notes = tuple(map(Note, remarks))
    if masks.are_same(run.guidance, new):
        return _NOTHING, notes
    run.guide(new)
    change = Note(f"{masks.described(new)}{_forgotten(run.settings)}", guidance=new)
    return frozenset({"guidance"}), (*notes, change)


def _forgotten(settings: Settings) -> str:
    """What becomes of what was learnt of another loss; Adam's averages are brought to the new."""
    return "; L-BFGS's memory is cleared" if settings.optimizer is Optimizer.LBFGS else ""
