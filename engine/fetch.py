"""Downloads published weights: shown, resumed, cancelled by closing, checked by their hash.

Knows no torch, so that a window can fetch while a render runs. The transfer runs in an event loop
that turns only while the generator is pulled: closing it stops the transfer wherever it is.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Coroutine, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from engine.disk.storage import (
    PROGRESS_EVERY,
    digest_in,
    explaining_writes,
    hashed,
    intact,
    is_file,
    locked,
    size_of,
)
from engine.errors import DiskFullError, EngineError, NetworkError
from engine.job import Note, Progress
from engine.networks import NetworkEntry, Published, cache_folder, hub_folder, kept_files

PATIENCE: Final = 30.0
"""Seconds in which a server must answer, or send something more."""

TRIES: Final = 20
"""How often one fetch takes up a transfer that breaks but advances."""

_INSTEAD: Final = "name a weights file as the network, or use sketch"
_RANGE = re.compile(r"bytes (\d{1,18})-\d+/(\d{1,18})")

Fetching = Generator[Progress | Note, None, Path]


def fetch(entry: NetworkEntry, *, patience: float = PATIENCE) -> Fetching:
    """Bring a network's weights onto this machine, unless they are here and intact.

    Closing the generator cancels. What came is kept, and the next fetch goes on from there.

    Args:
        entry: of the catalogue, with an address.
        patience: seconds in which the server must answer or send more.

    Yields:
        Progress, at most about `PROGRESS_EVERY` apart, in bytes; Notes on what was not intact.

    Returns:
        The file: one of Impasto's own, or torch's.

    Raises:
        NetworkError: no connection, a server that does not send the file, a file that is not
            what its name says (it is thrown away), or a folder that cannot be written.
        DiskFullError: not enough space.
    """
    published = entry.published
    if published is None:
        raise NetworkError(f"{entry.name} is published nowhere", "fetch vgg19, or add a file")
    target = cache_folder() / published.file
    with (yield from locked(target.with_name(entry.name))):
        here = yield from _found(entry.name, target)
        if here is not None:
            return here
        part = target.with_name(f"{target.name}.part")
        _check_space(published, part)
        yield from _transferred(published, part, patience)
        yield from _accepted(part, target)
    return target


def _found(name: str, target: Path) -> Generator[Progress | Note, None, Path | None]:
    """Find an intact file; throw away a damaged one, unless it is torch's."""
    torchs = hub_folder() / target.name
    for path in (*kept_files(target.parent, name), target, torchs):
        if not is_file(path):
            continue
        if (yield from intact(path)):
            return path
        if path == torchs:
            yield Note(f"torch's own copy, {path}, is damaged, and was left as it is")
        else:
            with explaining_writes(path.parent):
                path.unlink()
            yield Note(f"{path.name} was damaged, and was thrown away")
    return None


def _check_space(published: Published, part: Path) -> None:
    with explaining_writes(part.parent):
        free = shutil.disk_usage(part.parent).free
    missing = published.size - size_of(part) - free
    if missing > 0:
        raise DiskFullError(
            f"{part.parent} has {missing / 2**20:.0f} MB too little space for {published.file}",
            "free some space, or set IMPASTO_HOME to another folder",
        )


def _transferred(
    published: Published, part: Path, patience: float
) -> Generator[Progress | Note, None, None]:
    """Transfer until all is here, taking it up again as long as each try brings something."""
    for tries in range(1, TRIES + 1):
        before, arrived = size_of(part), _Arrived()
        try:
            with closing(_stepped(_receive(published, part, arrived, patience))) as steps:
                for _ in steps:
                    yield Progress(f"downloading {published.file}", arrived.done, arrived.total)
        except _BrokenError as error:
            if tries == TRIES or size_of(part) <= before:
                raise _given_up(published, size_of(part), error) from error
            yield Note(f"{error}; going on at {size_of(part) / 2**20:.1f} MB")
        else:
            return


def _accepted(part: Path, target: Path) -> Generator[Progress, None, None]:
    found, expected = (yield from hashed(part)), digest_in(target.name)
    with explaining_writes(target.parent):
        if found.startswith(expected):
            part.replace(target)
            return
        part.unlink()
    raise NetworkError(
        f"the download is damaged and was thrown away: its SHA-256 begins with "
        f"{found[: len(expected)]}, not {expected}",
        f"fetch it again; if that does not help, {_INSTEAD}",
    )


@dataclass(slots=True)
class _Arrived:
    """How much of a file is here.

    Attributes:
        done: bytes, those of earlier tries included.
        total: bytes in all, None where the server does not say.
    """

    done: int = 0
    total: int | None = None


class _BrokenError(Exception):
    """A transfer that ended early: trying again may help."""


async def _receive(published: Published, part: Path, arrived: _Arrived, patience: float) -> None:
    """Append to the part what is missing, or begin anew where the server cannot."""
    headers = {"Accept-Encoding": "identity", "User-Agent": "impasto"}
    arrived.done = size_of(part)
    if arrived.done:
        headers["Range"] = f"bytes={arrived.done}-"
    options: dict[str, Any] = {"headers": headers, "timeout": patience, "follow_redirects": True}
    try:
        async with httpx.AsyncClient(**options) as client, client.stream("GET", published.url) as r:
            nothing_is_missing = r.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE
            if not (arrived.done and nothing_is_missing):
                _begin(r, part, arrived, published)
                await _store(r, part, arrived, published)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise _BrokenError(f"no connection to {_host(published)}: {_reason(error)}") from error
    except httpx.TimeoutException as error:
        raise _BrokenError(f"nothing came for {patience:g} s") from error
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        raise _BrokenError(f"the connection broke ({_reason(error)})") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        # Before a connection: an address, a proxy or certificates that cannot be used.
        raise NetworkError(
            f"{published.file} could not be downloaded: {_reason(error)}",
            f"look at this machine's proxy and certificate settings, or {_INSTEAD}",
        ) from error


def _begin(response: httpx.Response, part: Path, arrived: _Arrived, published: Published) -> None:
    """Understand from the header what is going to come."""
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        sent = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if sent is None or int(sent[1]) != arrived.done:
            part.unlink(missing_ok=True)
            raise _refused(published, "it sends another part than asked for")
        arrived.total = int(sent[2])
    elif response.status_code == httpx.codes.OK:
        length = response.headers.get("Content-Length")
        arrived.done, arrived.total = 0, int(length) if length else None
    else:
        raise _refused(published, f"{response.status_code} {response.reason_phrase}".strip())
    if (arrived.total or 0) > 2 * published.size:
        raise _refused(published, f"{arrived.total} bytes, where {published.size} are expected")


async def _store(
    response: httpx.Response, part: Path, arrived: _Arrived, published: Published
) -> None:
    with explaining_writes(part.parent), part.open("rb+" if arrived.done else "wb") as file:
        file.seek(arrived.done)
        async for chunk in _chunks(response):
            file.write(chunk)
            arrived.done += len(chunk)
            if arrived.done > 2 * published.size:
                break
    if arrived.done > 2 * published.size:
        part.unlink()
        raise _refused(published, f"more than the {published.size} bytes that are expected")
    if arrived.total is not None and arrived.done != arrived.total:
        raise _BrokenError(f"{arrived.done} of {arrived.total} bytes came")


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    try:
        async for chunk in response.aiter_raw():
            yield chunk
    except OSError as error:  # httpx lets some of TLS's through
        raise _BrokenError(f"the connection broke ({_reason(error)})") from error


def _stepped(work: Coroutine[Any, Any, None]) -> Generator[None, None, None]:
    """Turn an event loop bit by bit; closing this generator cancels what runs in it."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)
    try:
        while not task.done():
            loop.run_until_complete(asyncio.wait({task}, timeout=PROGRESS_EVERY))
            yield
        task.result()
    finally:
        task.cancel()
        loop.run_until_complete(asyncio.wait({task}))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _given_up(published: Published, size: int, error: Exception) -> EngineError:
    if size:
        return NetworkError(
            f"the download of {published.file} stopped at {size / 2**20:.1f} of "
            f"{published.megabytes} MB: {error}",
            f"what came is kept: fetch again to go on from there, or {_INSTEAD}",
        )
    return NetworkError(
        f"{published.file} could not be downloaded: {error}",
        f"connect to the internet and try again, or {_INSTEAD}",
    )


def _refused(published: Published, answer: str) -> NetworkError:
    return NetworkError(
        f"{published.file} could not be downloaded: {_host(published)} answers: {answer}",
        f"try again later, or {_INSTEAD}",
    )


def _host(published: Published) -> str:
    return published.url.partition("//")[2].partition("/")[0]


def _reason(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0] or type(error).__name__
