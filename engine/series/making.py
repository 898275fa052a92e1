"""From what is ordered of a series to the generator that makes it."""

from __future__ import annotations

from collections.abc import Generator

from engine.figures import making as figures
from engine.figures.order import FigureOrder
from engine.series.messages import SeriesMessage
from engine.series.painting import painted
from engine.variations.order import VariationsOrder

Order = FigureOrder | VariationsOrder
"""Every kind of series; its order holds all that it depends on."""


def made(order: Order) -> Generator[SeriesMessage, None, None]:
    """Make what is ordered; closing the generator stops it.

    Raises:
        EngineError: it cannot be made, or not to its end; what came before stays valid.
    """
    if isinstance(order, VariationsOrder):
        return painted(order.jobs)
    return figures.made(order)
