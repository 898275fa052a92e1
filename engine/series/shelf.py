"""The network of one job kept for the next: loading and measuring take as long as a cell."""

from __future__ import annotations

from engine import preparation, vgg
from engine.job import Job, Picture
from engine.settings import Settings
from engine.stylise import Messages, loaded_network

_DECIDING = ("network", "pooling", "padding", "weights_input")
"""The settings that another network, or other filters, come of."""


class Shelf:
    """Holds one network: that of the last job."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._network: vgg.Network | None = None

    def network(
        self, job: Job, settings: Settings, measured: tuple[int, ...] | None = None
    ) -> Messages[vgg.Network]:
        """As `loaded_network`; at once where the last job's is the same.

        Raises:
            NetworkError: as there.
        """
        # Filters are scaled by what they measure on the job's own pictures.
        decided = (*(getattr(settings, name) for name in _DECIDING), measured)
        of = (*decided, job.content, *job.styles)
        same = len(of) == len(self._of) and all(map(_is_same, of, self._of))
        if self._network is None or not same:
            self._network = None  # makes room
            self._network, self._of = (yield from loaded_network(job, settings, measured)), of
        self._network.down_to(preparation.deepest(settings))  # raises where it is not as deep
        return self._network


def _is_same(one: object, other: object) -> bool:
    """Pictures by what they are, as comparing their pixels would take long."""
    return one is other if isinstance(one, Picture) else one == other
