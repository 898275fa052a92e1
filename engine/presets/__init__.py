"""Looks by name: what a look is, the files that hold one, the built-in ones."""
