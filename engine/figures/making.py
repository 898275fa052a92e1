"""Makes a figure: its pictures at once, its renders panel after panel, then what they look like."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine import devices, kept, networks, preparation, weights
from engine.errors import NetworkError
from engine.figures import anatomy
from engine.figures.inset import inlaid
from engine.figures.order import FigureOrder
from engine.figures.panels import Shows
from engine.figures.text import plain
from engine.imageio import to_uint8
from engine.job import Job, Note, Picture
from engine.series.messages import Made, Piece, SeriesMessage
from engine.series.painting import painted
from engine.vgg import Network

Pieces = Generator[SeriesMessage, None, None]


def made(order: FigureOrder) -> Pieces:
    """Make the panels of a figure, one after the other.

    Closing the generator stops it, within a panel too.

    Yields:
        A `Piece` for each panel, indexed as `FigureOrder.panels`; of renders one after every
        iteration. `Note`s, such as of panels whose layers the network does not have.

    Raises:
        EngineError: no panel can be made, or one not to its end.
    """
    yield from order.pictures
    jobs = yield from _possible(order)
    indices = list(jobs)
    last: Made | None = None
    for message in painted(list(jobs.values())):
        if isinstance(message, Piece):
            last = message.made or last
            yield _placed(order, indices[message.index], message)
        else:
            yield message
    assert last is not None
    if any(panel.shows is Shows.MAPS for panel in order.panels):
        yield from anatomy.pieces(order, last)


def _possible(order: FigureOrder) -> Generator[SeriesMessage, None, dict[int, Job]]:
    """The renders for which the network is deep enough; says which are left out."""
    jobs = order.jobs
    first = next(iter(jobs.values())).settings
    entry = yield from kept.ready(networks.chosen(first.network))
    network = weights.load(entry, pooling=first.pooling, weights_input=first.weights_input)
    possible, refusal = {}, None
    for index, job in jobs.items():
        why = _why_not(network, job)
        if why is None:
            possible[index] = job
            continue
        refusal = refusal or why
        panel = order.panels[index]
        yield Note(f"the panel “{plain(panel.label) or panel.letter}” is left out: {why.cause}")
    if refusal is not None and not possible:
        raise refusal
    return possible


def _why_not(network: Network, job: Job) -> NetworkError | None:
    settings = preparation.resolved(job, devices.choose(job.settings.device))
    try:
        network.down_to(preparation.deepest(settings))
    except NetworkError as error:
        return error
    return None


def _placed(order: FigureOrder, index: int, piece: Piece) -> Piece:
    """A render as its panel shows it."""
    panel, pixels = order.panels[index], piece.pixels
    if panel.inset:
        pixels = _with_inset(pixels, order.styles[panel.style])
    return replace(piece, index=index, pixels=pixels)


def _with_inset(pixels: NDArray[np.uint8], style: Picture) -> NDArray[np.uint8]:
    return to_uint8(inlaid(np.divide(pixels, 255, dtype=np.float32), (style,)))
