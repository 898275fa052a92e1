"""The way of a picture: recorded as it is painted, and exported as an animation. Knows no torch."""

from engine.timelapse.animation import Animation, Options
from engine.timelapse.export import SUFFIXES, check_target, write
from engine.timelapse.recorder import Film, Recorder, Shot

__all__ = [
    "SUFFIXES",
    "Animation",
    "Film",
    "Options",
    "Recorder",
    "Shot",
    "check_target",
    "write",
]
