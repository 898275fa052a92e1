"""Networks kept on this machine: converted once, so that they are small and load fast.

What is kept is a float32 safetensors of the convolutions alone. Its name holds the beginning of
its SHA-256, as the names of published weights do, and every load compares the two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator
from pathlib import Path
from typing import Final

from engine import networks, weights
from engine.choices import Pooling, WeightsInput
from engine.disk.storage import digest_in, intact, locked, write_whole
from engine.errors import DiskFullError, NetworkError
from engine.fetch import fetch
from engine.job import NetworkInfo, Note, Progress
from engine.networks import HASH_DIGITS, NetworkEntry, cache_folder, kept_files, own_folder

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

Keeping = Generator[Progress | Note, None, NetworkEntry]


def ready(entry: NetworkEntry) -> Keeping:
    """Make a network of the catalogue ready to load: downloaded if it must be, converted once.

    A file that the user named is used as it is.

    Returns:
        The entry to load.

    Raises:
        NetworkError: it cannot be downloaded, or is damaged.
        DiskFullError: there is no space to download it.
    """
    if entry.published is None:
        return entry
    if entry.path is None:
        yield Note(
            f"downloading the weights of {entry.name} ({entry.published.megabytes} MB), once"
        )
        yield from fetch(entry)
        entry = networks.chosen(entry.name)
    return entry if entry.kept else (yield from _converted(entry.name))


def add(file: Path, name: str, weights_input: WeightsInput | None = None) -> Keeping:
    """Keep the weights in a file under a name of their own.

    Args:
        file: of any kind that `weights.load` reads; it is left as it is.
        name: letters, digits, `.`, `_` and `-`.
        weights_input: what the file was trained for; None to recognise it.

    Raises:
        NetworkError: the name cannot be used, or the file holds no VGG-19.
        DiskFullError: no space is left.
    """
    _check_name(name)
    yield Progress(f"reading {file.name}")
    data = weights.converted(NetworkEntry(file.name, "", file), weights_input)
    with (yield from locked(own_folder() / name)):
        _check_name(name)  # another process may have been faster
        _keep(own_folder(), name, data)
    return networks.chosen(name)


def check(entry: NetworkEntry) -> Generator[Progress, None, NetworkInfo]:
    """Look whether a network is whole: its hash, where one is known, and its every number.

    Raises:
        NetworkError: it is not here, or is damaged.
    """
    path, known = entry.path, entry.published is not None
    if path is not None and known and not (yield from intact(path)):
        raise _unlike_its_name(entry, path)
    yield Progress(f"reading {entry.name}")
    return weights.load(entry, pooling=Pooling.AVERAGE, weights_input=None).info


def _converted(name: str) -> Keeping:
    """Convert a download, or torch's copy, and throw the former away."""
    try:
        lock = yield from locked(cache_folder() / name)
    except (NetworkError, DiskFullError) as error:
        return (yield from _not_kept(name, error))
    with lock:
        entry = networks.chosen(name)  # another process may have been faster
        if entry.kept or entry.path is None:
            return entry
        data = yield from _checked(entry, entry.path)
        try:
            _keep(cache_folder(), name, data)
        except (NetworkError, DiskFullError) as error:
            return (yield from _not_kept(name, error))
        if entry.path.parent == cache_folder():
            entry.path.unlink(missing_ok=True)
    return networks.chosen(name)


def _not_kept(name: str, error: NetworkError | DiskFullError) -> Keeping:
    yield Note(f"{error.cause}: {name} is used as it is, and takes longer to load")
    return networks.chosen(name)


def _checked(entry: NetworkEntry, path: Path) -> Generator[Progress, None, bytes]:
    if not (yield from intact(path)):
        error = _unlike_its_name(entry, path)
        if path.parent == cache_folder():
            path.unlink(missing_ok=True)
            error = NetworkError(f"{error.cause}; it was thrown away", error.remedy)
        raise error
    yield Progress(f"converting {entry.name}")
    return weights.converted(entry, WeightsInput.TORCHVISION)


def _keep(folder: Path, name: str, data: bytes) -> None:
    """Write a network under a name that holds its hash, in place of older ones of that name."""
    digest = hashlib.sha256(data).hexdigest()[:HASH_DIGITS]
    path = folder / f"{name}-{digest}.safetensors"
    write_whole(path, data)
    for older in kept_files(folder, name):
        if older != path:
            older.unlink(missing_ok=True)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise NetworkError(
            f"{name!r} cannot name a network", "choose a name of letters, digits, . _ and -"
        )
    taken = {"auto", *(entry.name for entry in networks.catalogue())}
    if name.casefold() in {other.casefold() for other in taken}:
        raise NetworkError(
            f"there is a network {name} already", "choose another name, or remove that one first"
        )


def _unlike_its_name(entry: NetworkEntry, path: Path) -> NetworkError:
    return NetworkError(
        f"{path} is damaged: its SHA-256 does not begin with {digest_in(path.name)}",
        f"get another copy: impasto networks fetch {entry.name}",
    )
