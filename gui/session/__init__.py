"""The model: pictures, settings, the run, the result. Views only ask it and show it."""

from gui.session.session import SHORTEST_PAINT, Session

__all__ = ["SHORTEST_PAINT", "Session"]
