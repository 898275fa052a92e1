"""Several styles in the window: which, how much of each, how large, and which part of it."""
