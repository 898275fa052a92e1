"""A run: its buttons, what it will take, and its other kinds, a larger picture or a series."""
