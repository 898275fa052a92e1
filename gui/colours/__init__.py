"""Colours in the window: what the style will look like, before there is a run."""
