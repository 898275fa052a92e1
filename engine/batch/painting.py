"""Paints a batch: one picture after the other, whatever becomes of each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rich.console import Console

from engine.batch.journal import Entry, Journal, MadeOf, Sources, Standing
from engine.batch.plan import Item
from engine.commands.terminal import INTERRUPTED, Rendering, Request, Shower
from engine.errors import (
    CheckpointError,
    DeviceError,
    DiskFullError,
    EngineError,
    NetworkError,
)
from engine.settings import Settings

_OF_ALL: Final = (DeviceError, DiskFullError, NetworkError)
"""What would end every other picture likewise."""

_PARTS: Final = "another photograph", "another painting", "other settings"


class Ending(StrEnum):
    """What came of a picture: painted now, painted before, not as asked for, or not at all."""

    DONE = "done"
    SKIPPED = "skipped"
    DIFFERS = "differs"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Begun:
    """A picture is being painted now.

    Attributes:
        index: of the picture in the batch, from 0.
        item: the picture.
    """

    index: int
    item: Item


@dataclass(frozen=True, slots=True)
class Ended:
    """A picture is done with.

    Attributes:
        item: the picture.
        ending: what came of it.
        seconds: that it took now.
        size: width and height, px; None where it was not painted now.
        steps: iterations that it has had.
        notes: what the user should know.
        cause: why it failed or is not as asked for.
        remedy: what to do about it.
    """

    item: Item
    ending: Ending
    seconds: float = 0.0
    size: tuple[int, int] | None = None
    steps: int = 0
    notes: tuple[str, ...] = ()
    cause: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is asked for.

    Attributes:
        items: the pictures, in order.
        settings: of each.
        template: that their names were made by.
        overwrite: whether what is there but differs is painted anew.
        with_recipe: whether the pictures hold how they were made.
        sources: of the pictures.
    """

    items: tuple[Item, ...]
    settings: Settings
    template: str
    overwrite: bool = False
    with_recipe: bool = True
    sources: Sources = field(default_factory=Sources)

    def before(self, item: Item, journal: Journal) -> Ended | None:
        """What has come of a picture before; None where it is to be painted now.

        Raises:
            PictureError: a file that it is made of cannot be read.
        """
        made_of = self.sources.made_of(item, self.settings)
        entry = journal.entry(item)
        if journal.is_there(item) and entry is not None and entry.made_of == made_of:
            return Ended(item, Ending.SKIPPED)
        if self.overwrite or not item.output.exists():
            return None
        cause = _difference(entry, made_of, item)
        return Ended(
            item, Ending.DIFFERS, cause=cause, remedy="paint it anew with --overwrite, or move it"
        )


def painted(batch: Batch, journal: Journal, shower: Shower) -> Iterator[Begun | Ended]:
    """Paint what is not there yet.

    Args:
        batch: what is asked for.
        journal: of the folder.
        shower: shows how far the present picture is.

    Yields:
        `Begun` before each picture that is painted now, and `Ended` after each of all.

    Raises:
        EngineError: something that no other picture could be painted with either.
        KeyboardInterrupt: Ctrl-C; the present picture's state is kept.
    """
    for index, item in enumerate(batch.items):
        try:
            known = batch.before(item, journal)
        except EngineError as error:
            yield _failed(item, error)
            continue
        if known is not None:
            if known.ending is Ending.SKIPPED:
                journal.end(item, Standing.DONE)  # also where it was killed before it said so
            yield known
            continue
        yield Begun(index, item)
        yield _attempted(batch, item, journal, shower)


def _attempted(batch: Batch, item: Item, journal: Journal, shower: Shower) -> Ended:
    journal.begin(item, batch.template, batch.sources.made_of(item, batch.settings))
    begun = time.monotonic()
    try:
        rendering, notes = _render(batch, item, journal, shower)
    except _OF_ALL:
        raise
    except EngineError as error:
        ended = _failed(item, error, time.monotonic() - begun)
    except Exception as error:  # noqa: BLE001 (it must not end the pictures after it)
        first = str(error).partition("\n")[0]
        unexpected = EngineError(f"unexpected {type(error).__name__}: {first}", "report it")
        ended = _failed(item, unexpected, time.monotonic() - begun)
    else:
        journal.end(item, Standing.DONE)
        return _done(item, rendering, notes, time.monotonic() - begun)
    journal.end(item, Standing.FAILED)
    return ended


def _render(
    batch: Batch, item: Item, journal: Journal, shower: Shower
) -> tuple[Rendering, tuple[str, ...]]:
    """Paint one picture, from where it was left if it was."""
    if journal.checkpoint(item).exists():
        with suppress(CheckpointError):
            return _run(batch, item, journal, shower), ()
        journal.drop_checkpoint(item)
        note = "what was begun of it could not be gone on with: it was painted afresh"
        return _run(batch, item, journal, shower), (note,)
    return _run(batch, item, journal, shower), ()


def _run(batch: Batch, item: Item, journal: Journal, shower: Shower) -> Rendering:
    checkpoint = journal.checkpoint(item)
    request = Request(
        (item.content, item.style),
        item.output,
        report=None,
        overwrite=batch.overwrite,
        checkpoint=checkpoint,
        resume=checkpoint if checkpoint.exists() else None,
        with_recipe=batch.with_recipe,
        unfinished=False,
    )
    rendering = Rendering(request, batch.settings, Console(quiet=True), shower)
    if rendering.run() == INTERRUPTED:
        raise KeyboardInterrupt
    return rendering


def _done(item: Item, rendering: Rendering, notes: tuple[str, ...], seconds: float) -> Ended:
    record, last = rendering.record, rendering.last
    assert last is not None
    read = [note for p in (record.job.content, *record.job.styles) for note in p.notes]
    said = (*notes, *read, *record.notes)
    return Ended(item, Ending.DONE, seconds, last.size, last.step, said)


def _failed(item: Item, error: EngineError, seconds: float = 0.0) -> Ended:
    return Ended(item, Ending.FAILED, seconds, cause=error.cause, remedy=error.remedy)


def _difference(entry: Entry | None, made_of: MadeOf, item: Item) -> str:
    if entry is None:
        return f"“{item.output.name}” is there already, and not from this batch"
    pairs = zip(_PARTS, entry.made_of, made_of, strict=True)
    parts = [part for part, was, now in pairs if was != now]
    return f"“{item.output.name}” is of {' and '.join(parts) or 'another time'}"
