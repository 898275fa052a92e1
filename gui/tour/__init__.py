"""The tour: drives the real window over the real engine, off screen, and takes pictures of it.

Those of the README and the docs are made by `python main.py tour FOLDER` and copied from there:
window-dark.png, window-light.png, window-masks.webp, queue.png and tour.webp go to `docs/pictures`.
"""

from gui.tour.scenes import Plan
from gui.tour.touring import run

__all__ = ["Plan", "run"]
