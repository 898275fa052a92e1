"""The engine of Impasto: style transfer without a window.

The plain ring (`settings`, `job`, `errors`, `imageio`, `cli`) loads neither torch nor Qt; the torch
ring (everything else) is entered through `engine.stylise`.
"""
