"""Several styles in one picture: how much of each, how large, and which part of it."""
