"""Masks painted on the canvas: which style goes where, and how strongly the styles act."""
