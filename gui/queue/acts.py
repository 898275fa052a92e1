"""What can be done with renders of the queue."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """Acts on what is selected; named as its icon is."""

    EDIT = "edit"
    AGAIN = "again"
    DUPLICATE = "duplicate"
    UP = "up"
    DOWN = "down"
    REMOVE = "delete"
