"""Steering a run: back to the picture before a change, to any of its moments, and its timelapse."""
