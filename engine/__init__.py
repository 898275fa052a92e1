"""The engine of Impasto: style transfer without a window.

The plain ring (`settings`, `job`, `defaults`, `errors`, `imageio`, `networks`, `recipes`, `disk`,
`commands`, `cli` …) loads neither torch nor Qt; the torch ring (everything else) is entered through
`engine.stylise`.
"""

import os

# Looking for plugins of pydantic in every package that is installed takes a tenth of a second.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

__version__ = "0.1.0"
