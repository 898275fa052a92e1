"""The catalogue: which networks there are and where their weights lie.

Knows neither torch nor a way to download: `engine.fetch` downloads what is published,
`engine.kept` converts it, `engine.weights` loads what is found here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from engine.disk import folders
from engine.disk.storage import explaining_writes, is_file, locked
from engine.errors import NetworkError
from engine.job import Progress
from engine.layers import PAPER_STYLE_LAYERS, LayerWeights

SKETCH_FILE = "sketch.safetensors"
HASH_DIGITS: Final = 16
"""Hexadecimal digits of the SHA-256 that Impasto puts into the names of its own files."""

_KEPT = re.compile(rf"(.+)-[0-9a-f]{{{HASH_DIGITS}}}\.safetensors")


@dataclass(frozen=True, slots=True)
class Published:
    """Weights on the internet, under a name that ends in `-` and the beginning of their SHA-256.

    Attributes:
        url: the address.
        size: in bytes; for forecasts, the hash decides.
    """

    url: str
    size: int

    @property
    def file(self) -> str:
        """The file's name."""
        return self.url.rpartition("/")[2]

    @property
    def megabytes(self) -> int:
        """The size as torchvision's pages give it."""
        return round(self.size / 2**20)


VGG19: Final = Published("https://download.pytorch.org/models/vgg19-dcbb9e9d.pth", 574_673_361)
"""torchvision's `VGG19_Weights.IMAGENET1K_V1`."""


@dataclass(frozen=True, slots=True)
class Layers:
    """By which of its layers a network paints best.

    Attributes:
        content: whose features keep a picture's layout.
        style: whose statistics are the style, each with its weight.
    """

    content: str
    style: LayerWeights


PAPER_LAYERS: Final = Layers("conv4_2", tuple((name, 0.2) for name in PAPER_STYLE_LAYERS))

SKETCH_LAYERS: Final = Layers(
    "conv2_2",
    (
        ("conv1_1", 0.25),
        ("conv1_2", 0.2),
        ("conv2_1", 0.2),
        ("conv2_2", 0.15),
        ("conv3_1", 0.1),
        ("conv4_1", 0.06),
        ("conv5_1", 0.04),
    ),
)
"""Its deep layers learned too little of objects to hold a layout, or to lead the style."""


@dataclass(frozen=True, slots=True)
class NetworkEntry:
    """A network that can be named.

    Attributes:
        name: as `--network` takes it.
        description: one line that says plainly what it is.
        path: of its weights on this machine, None where they are not here.
        layers: by which it paints; the paper's by default.
        published: where it can be downloaded, None for nowhere.
        kept: whether the file is one of Impasto's own making, with its hash in its name.
        origin: whose it is, in a word or two, for where a line is too long.
    """

    name: str
    description: str
    path: Path | None
    layers: Layers = PAPER_LAYERS
    published: Published | None = None
    kept: bool = False
    origin: str = ""

    @property
    def available(self) -> bool:
        """Whether it can be used without a download."""
        return self.path is not None


def catalogue() -> tuple[NetworkEntry, ...]:
    """Every network with a name of its own: Impasto's choice, the best first, then yours."""
    return (*_offered(), *_added())


def chosen(name: str) -> NetworkEntry:
    """Find the network that a setting names: auto, a name of the catalogue, or a file.

    Raises:
        NetworkError: neither, or `auto` on a machine without any.
    """
    if name == "auto":
        return _best(_offered())
    entries = {entry.name: entry for entry in catalogue()}
    if name in entries:
        return entries[name]
    path = Path(name).expanduser()
    if not is_file(path):
        raise NetworkError(
            f"there is no network and no weights file {name!r}",
            f"name one of {', '.join(entries)}, or a file of VGG-19 weights",
        )
    return NetworkEntry(path.name, f"VGG-19 weights from the file {path.name}", path)


def remove(entry: NetworkEntry) -> Generator[Progress, None, tuple[Path, ...]]:
    """Delete what Impasto keeps of a network, half a download included, and nothing else.

    Returns:
        The files that were deleted.

    Raises:
        NetworkError: there is nothing of Impasto's to delete, or the folder cannot be written.
    """
    own = _own_files(entry)
    if not own:
        where = f"it is {entry.path}" if entry.path else "it is not here"
        raise NetworkError(
            f"there is nothing to remove of {entry.name}: {where}",
            "name a network that was fetched or added",
        )
    folder = own[0].parent
    with (yield from locked(folder / entry.name)), explaining_writes(folder):
        for path in own:
            path.unlink(missing_ok=True)
    return own


def cache_folder() -> Path:
    """Where downloaded networks are kept: the platform's cache, or in `IMPASTO_HOME`."""
    return folders.cache() / "networks"


def own_folder() -> Path:
    """Where added networks are kept: with the user's data, which no system clears by itself."""
    return folders.data() / "networks"


def hub_folder() -> Path:
    """Where torch keeps downloaded weights, found by torch's own rules."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache"))
    home = Path(os.environ.get("TORCH_HOME", cache / "torch"))
    return home.expanduser() / "hub" / "checkpoints"


def sketch_path() -> Path:
    """Where the built-in network lies among the resources."""
    return Path(str(files("resources").joinpath("networks", "sketch", SKETCH_FILE)))


def kept_files(folder: Path, name: str | None = None) -> tuple[Path, ...]:
    """The files of Impasto's own making in a folder, by name; those of one network, or all."""
    made = ((path, _KEPT.fullmatch(path.name)) for path in sorted(folder.glob("*.safetensors")))
    return tuple(path for path, match in made if match and name in (None, match[1]))


def _own_files(entry: NetworkEntry) -> tuple[Path, ...]:
    if entry.published is None:
        return (entry.path,) if entry.kept and entry.path else ()
    download = cache_folder() / entry.published.file
    possible = (download, download.with_name(f"{download.name}.part"))
    return (*kept_files(cache_folder(), entry.name), *(path for path in possible if is_file(path)))


def _offered() -> tuple[NetworkEntry, ...]:
    sketch = sketch_path()
    return (
        _published("vgg19", "VGG-19 trained on ImageNet", VGG19),
        NetworkEntry(
            "sketch",
            "Impasto's own small network of VGG-19's shape, not ImageNet's; the fast preview",
            sketch if is_file(sketch) else None,
            layers=SKETCH_LAYERS,
            origin="Impasto's own",
        ),
    )


def _published(name: str, description: str, published: Published) -> NetworkEntry:
    kept = kept_files(cache_folder(), name)
    downloads = (cache_folder() / published.file, hub_folder() / published.file)
    path = next((path for path in (*kept, *downloads) if is_file(path)), None)
    return NetworkEntry(
        name, description, path, published=published, kept=path in kept, origin="ImageNet"
    )


def _added() -> tuple[NetworkEntry, ...]:
    reserved = {entry.name for entry in _offered()}
    return tuple(
        NetworkEntry(name, "VGG-19 weights that you added", path, kept=True)
        for path in kept_files(own_folder())
        if (name := path.stem[: -HASH_DIGITS - 1]) not in reserved
    )


def _best(entries: tuple[NetworkEntry, ...]) -> NetworkEntry:
    for entry in entries:
        if entry.available:
            return entry
    raise NetworkError(
        "no network is on this machine",
        "name a file of VGG-19 weights as the network, or vgg19 to download them once (548 MB)",
    )
