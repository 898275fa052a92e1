"""Paints one job after the other as a series."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing

from engine.job import Frame, Job, Note, Progress, Started
from engine.series.messages import Made, Piece, SeriesMessage
from engine.series.shelf import Shelf
from engine.stylise import stylise

Pieces = Generator[SeriesMessage, None, None]


def painted(jobs: Sequence[Job], shares: Sequence[float] = ()) -> Pieces:
    """Paint every job, each to its end.

    Closing the generator stops it, within a job too.

    Args:
        jobs: whose indices the pieces have.
        shares: of the work that each job is; equal ones by default.

    Yields:
        A `Piece` after each iteration, the last of each job with what was made; `Note`s, each
        text once; `Progress` between them.

    Raises:
        EngineError: a job cannot be done, or not to its end; the pieces before stay valid.
    """
    parts = list(shares) or [1 / len(jobs)] * len(jobs)
    told: set[str] = set()
    shelf = Shelf()
    done = 0.0
    for index, (job, part) in enumerate(zip(jobs, parts, strict=True)):
        for message in _one(index, job, done, part, shelf):
            if isinstance(message, Note):
                if message.text in told:
                    continue
                told.add(message.text)
            yield message
        done += part


def _one(index: int, job: Job, done: float, part: float, shelf: Shelf) -> Pieces:
    started: Started | None = None
    last: Frame | None = None
    with closing(stylise(job, shelf.network)) as messages:
        for message in messages:
            if isinstance(message, Frame):
                last = message
                yield Piece(index, done + part * _share(last), last.pixels)
            elif isinstance(message, Started):
                started = message
            elif isinstance(message, Note | Progress):
                yield message
    assert started is not None
    assert last is not None
    made = Made(job, started, last.step, last.losses, last.snapshot())
    yield Piece(index, done + part, last.pixels, is_done=True, made=made)


def _share(frame: Frame) -> float:
    return frame.step / max(1, frame.steps)
