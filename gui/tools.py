"""What windows are given to work with."""

from __future__ import annotations

from dataclasses import dataclass

from gui.film.keeper import GalleryKeeper
from gui.look.presets import PresetStore
from gui.offers.downloads import Download
from gui.preferences.model import PreferencesModel
from gui.queue.queue import Queue


@dataclass(frozen=True, slots=True)
class Tools:
    """What outlives a window, as when it is built anew in another language.

    Attributes:
        preferences: of the user.
        presets: of the user.
        keeper: of the gallery.
        download: of a network.
        queue: of renders.
    """

    preferences: PreferencesModel
    presets: PresetStore
    keeper: GalleryKeeper
    download: Download
    queue: Queue
