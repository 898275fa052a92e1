"""The engine of Impasto: style transfer without a window.

The plain ring (`settings`, `job`, `errors`, `imageio`, `networks`, `report`, `cli`) loads neither
torch nor Qt; the torch ring (everything else) is entered through `engine.stylise`.
"""

__version__ = "0.1.0"
