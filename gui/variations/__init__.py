"""Variations in the window: a sheet of small renders, of which one can be promoted."""
