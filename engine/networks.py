"""The catalogue: which networks there are and where their weights lie.

Knows neither torch nor a way to download: `engine.weights` loads what is found here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from engine.errors import NetworkError

VGG19_FILE = "vgg19-dcbb9e9d.pth"
"""torchvision's file name; what follows the dash begins the file's SHA-256."""

SKETCH_FILE = "sketch.safetensors"
PAPER_CONTENT_LAYER = "conv4_2"


@dataclass(frozen=True, slots=True)
class NetworkEntry:
    """A network that can be named.

    Attributes:
        name: as `--network` takes it.
        description: one line that says plainly what it is.
        path: of its weights on this machine, None where they are not here.
        content_layer: that keeps a picture's layout by its features; the paper's by default.
    """

    name: str
    description: str
    path: Path | None
    content_layer: str = PAPER_CONTENT_LAYER

    @property
    def available(self) -> bool:
        """Whether it can be used without a download."""
        return self.path is not None


def catalogue() -> tuple[NetworkEntry, ...]:
    """Every network with a name of its own, the best first."""
    return (
        NetworkEntry("vgg19", "VGG-19 trained on ImageNet", _existing(hub_folder() / VGG19_FILE)),
        NetworkEntry(
            "sketch",
            "Impasto's own small network of VGG-19's shape, not trained on ImageNet",
            _existing(sketch_path()),
            # Its deep layers learned too little of objects to hold a layout.
            content_layer="conv2_2",
        ),
    )


def chosen(name: str) -> NetworkEntry:
    """Find the network that a setting names: auto, a name of the catalogue, or a file.

    Raises:
        NetworkError: neither, or `auto` on a machine without any.
    """
    entries = {entry.name: entry for entry in catalogue()}
    if name == "auto":
        return _best(tuple(entries.values()))
    if name in entries:
        return entries[name]
    path = Path(name).expanduser()
    if not path.is_file():
        raise NetworkError(
            f"there is no network and no weights file {name!r}",
            f"name one of {', '.join(entries)}, or a file of VGG-19 weights",
        )
    return NetworkEntry(path.name, f"VGG-19 weights from the file {path.name}", path)


def hub_folder() -> Path:
    """Where torch keeps downloaded weights, found by torch's own rules."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache"))
    home = Path(os.environ.get("TORCH_HOME", cache / "torch"))
    return home.expanduser() / "hub" / "checkpoints"


def sketch_path() -> Path:
    """Where the built-in network lies among the resources."""
    return Path(str(files("resources").joinpath("networks", "sketch", SKETCH_FILE)))


def _existing(path: Path) -> Path | None:
    return path if path.is_file() else None


def _best(entries: tuple[NetworkEntry, ...]) -> NetworkEntry:
    for entry in entries:
        if entry.available:
            return entry
    raise NetworkError(
        "no network is on this machine",
        "name a file of VGG-19 weights as the network, or vgg19 to download them once (548 MB)",
    )
