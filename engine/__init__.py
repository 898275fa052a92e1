"""The engine of Impasto: style transfer without a window.

The plain ring (`settings`, `job`, `defaults`, `errors`, `imageio`, `networks`, `recipe`, `replay`,
`report`, `terminal`, `cli`) loads neither torch nor Qt; the torch ring (everything else) is entered
through `engine.stylise`.
"""

__version__ = "0.1.0"
