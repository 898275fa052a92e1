"""Checkpoints: all that a resumed run needs, in one safetensors file.

The tensors are the picture and what the optimiser has learnt, all float32 (H, W, 3) in this memory
order; everything else is JSON in the file's metadata. A run that is resumed from a whole checkpoint
on the CPU, with the same thread count and versions, ends in the same bytes as one that was never
interrupted. A file is untrusted input: nothing in it runs, and nothing is used unchecked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from safetensors import SafetensorError, safe_open
from torch import Tensor

from engine import devices
from engine.blends.portions import portions
from engine.disk import files
from engine.errors import CheckpointError, SettingsError
from engine.job import DeviceInfo, Job, NetworkInfo, Picture
from engine.masks import EmbeddedGuidance
from engine.optimise import Memory
from engine.recipes import report
from engine.settings import KNOBS, Settings

FORMAT: Final = 1
PLACE: Final = ("device", "threads", "network")
"""Settings that say where and how a run is computed, not what: they may differ on resuming. The
network may lie elsewhere; that it is the same one is told by its hash."""

_KEY: Final = "impasto"
_PICTURE: Final = "picture"
_BASE: Final = "base"
_LONGEST_METADATA: Final = 2**25
"""Characters; nearly all of them are masks."""
_ANOTHER: Final = "name a checkpoint that this version of Impasto wrote, or start afresh without"

_Count = Annotated[int, Field(ge=0, le=2**53)]
_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Text = Annotated[str, Field(max_length=4096)]


class _Version(BaseModel):
    """What every version's header says, whatever else it does."""

    format: int


class Source(BaseModel):
    """A file that the run depends on, known again by its hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _Text
    sha256: _Sha256

    @classmethod
    def of(cls, picture: Picture) -> Source:
        """By its file's bytes, or by its pixels where it never was a file."""
        own = picture.sha256 or hashlib.sha256(picture.pixels.tobytes()).hexdigest()
        name = picture.name.encode(errors="replace").decode()  # a file's name need be no text
        return cls(name=name, sha256=own)


class Header(BaseModel):
    """Everything but the tensors.

    Attributes:
        format: of the file.
        layout: memory order of the tensors: rows, columns, RGB.
        settings: as resolved, with the live changes up to here.
        content: the photograph.
        styles: the paintings, in order.
        start: the picture that the run started from, if one was named.
        guidance: which style goes where at this moment, masks and all; None without any.
        measured: the styles, by their index, that the filters were scaled by; None for all.
        network: by its weights' file.
        versions: of everything that the bytes depend on.
        scale: index of the current one, 0 the coarsest.
        step: iterations done, over all scales.
        evaluations: of loss and gradient, over all scales.
        stalled: whether no step lowers the loss any further at this scale.
        memory: the numbers of what the optimiser has learnt; None where that was left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    format: Literal[1] = FORMAT
    layout: Literal["HWC"] = "HWC"
    settings: Settings
    content: Source
    styles: tuple[Source, ...]
    start: Source | None
    guidance: EmbeddedGuidance | None = None
    measured: tuple[_Count, ...] | None = None
    network: Source
    versions: dict[_Text, _Text]
    scale: _Count = 0
    step: _Count = 0
    evaluations: _Count = 0
    stalled: bool = False
    memory: dict[_Text, float] | None = None

    @classmethod
    def of(cls, job: Job, settings: Settings, network: NetworkInfo) -> Header:
        """What stays the same during a run; `at` fills in the rest."""
        return cls(
            settings=settings,
            content=Source.of(job.content),
            styles=tuple(Source.of(style) for style in job.styles),
            start=Source.of(job.start) if job.start else None,
            measured=measured(job, settings),
            network=Source(name=network.name, sha256=network.sha256),
            versions=report.versions(),
        )

    def at(self, **position: object) -> Header:
        """A copy for one moment of the run; what is passed is the engine's own and not checked."""
        return self.model_copy(update=position)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The `State` of a run after an iteration: tensors that nobody changes in place.

    Attributes:
        header: of this moment, but for the memory.
        picture: (H, W, 3).
        memory: what the optimiser has learnt.
        device: where the tensors are.
        base: the picture that the run goes on from, while it works at coarser scales than that.
    """

    header: Header
    picture: Tensor
    memory: Memory
    device: DeviceInfo
    base: Tensor | None = None

    def size(self, *, whole: bool) -> int:
        """See `State`."""
        count = (1 + len(self.memory.tensors) * whole) * self.picture.numel()
        count += 0 if self.base is None else self.base.numel()
        return count * torch.float32.itemsize

    def write(self, path: Path, *, whole: bool) -> None:
        """See `State`."""
        tensors, numbers = {_PICTURE: self.picture}, None
        if self.base is not None:
            tensors[_BASE] = self.base
        if whole:
            tensors |= self.memory.tensors
            numbers = dict(self.memory.numbers)
        header = self.header.at(memory=numbers)
        with devices.explaining_faults(self.device), files.replacing(path) as file:
            file.write(_safetensors_header(header, tensors))
            for tensor in tensors.values():
                # One after the other: at print size, all of them at once are many gigabytes.
                file.write(tensor.cpu().contiguous().numpy().data)


def measured(job: Job, settings: Settings) -> tuple[int, ...]:
    """The styles that the filters are scaled by: those that have a share when the run starts."""
    return tuple(portion.index for portion in portions(settings, len(job.styles)))


def read_header(path: Path) -> Header:
    """Read what a checkpoint says about itself; the tensors are left for `load`.

    Raises:
        CheckpointError: missing, damaged, tampered with, or of another version.
    """
    with _opened(path) as file:
        return _header(path, file)


def load(
    path: Path, header: Header, size: tuple[int, int], whole: tuple[int, int]
) -> tuple[Tensor, Memory | None, Tensor | None]:
    """Read the tensors, on the CPU.

    Args:
        path: of the checkpoint.
        header: as `read_header` returned it.
        size: width and height that the picture must have, px.
        whole: width and height of the last scale, px.

    Returns:
        The picture, (H, W, 3) in 0 … 1; what the optimiser had learnt, if it was written; and the
        picture that the run goes on from, (H', W', 3), if it still needs it.

    Raises:
        CheckpointError: damaged, tampered with, or another one than that of `header`.
    """
    with _opened(path) as file:
        if _header(path, file) != header:
            raise damaged(path, "it was replaced meanwhile")
        tensors = {
            name: _tensor(path, file, name, whole if name == _BASE else size)
            for name in file.keys()  # noqa: SIM118
        }
    picture, base = tensors.pop(_PICTURE, None), tensors.pop(_BASE, None)
    if picture is None or not _is_picture(picture):
        raise damaged(path, "there is no picture in it")
    if base is not None and not _is_picture(base):
        raise damaged(path, "what it goes on from is no picture")
    if header.memory is None and tensors:
        raise damaged(path, "it holds more than it says")
    return picture, None if header.memory is None else Memory(tensors, header.memory), base


def check_sources(path: Path, header: Header, job: Job) -> None:
    """Find out whether the job's pictures are those of the checkpoint.

    Raises:
        CheckpointError: they are others.
    """
    pairs = [("content", [header.content], [job.content]), ("styles", header.styles, job.styles)]
    if job.start is not None:
        pairs.append(("start", [header.start] if header.start else [], [job.start]))
    for role, theirs, own in pairs:
        if [source.sha256 for source in theirs] != [Source.of(p).sha256 for p in own]:
            names = ", ".join(f"“{source.name}”" for source in theirs) or "none"
            raise CheckpointError(
                f"“{path.name}” is of other pictures: its {role} was {names}, not "
                + (", ".join(f"“{picture.name}”" for picture in own) or "none"),
                "name the pictures that it was made with, unchanged and in the same order",
            )


def check_network(path: Path, header: Header, network: NetworkInfo) -> None:
    """Find out whether the network is that of the checkpoint.

    Raises:
        CheckpointError: it is another one.
    """
    theirs = header.network
    if network.sha256 != theirs.sha256:
        raise CheckpointError(
            f"“{path.name}” is of another network: “{theirs.name}” with SHA-256 "
            f"{theirs.sha256[:12]}…, not “{network.name}” with {network.sha256[:12]}…",
            "name the network that it was made with",
        )


def continued(saved: Settings, asked: Mapping[str, object]) -> Settings:
    """The settings to go on with: those saved, with what may differ as asked.

    Args:
        saved: of the checkpoint.
        asked: settings by name; None leaves the choice to the checkpoint.

    Raises:
        SettingsError: one that may not differ does.
    """
    wanted = {name: value for name, value in asked.items() if value is not None}
    others = [
        f"{name} was {_shown(getattr(saved, name))}, not {_shown(value)}"
        for name, value in wanted.items()
        if not KNOBS[name].live and name not in PLACE and value != getattr(saved, name)
    ]
    if others:
        raise SettingsError(
            f"the checkpoint is of another render: {'; '.join(others)}",
            "leave that out to go on with the checkpoint, or start afresh without it",
        )
    if wanted.get("detail", saved.detail) != saved.detail:
        wanted.setdefault("style_layers", None)  # that had come of the other one
    return saved.replace(**wanted)


def why_not_the_same(header: Header, settings: Settings) -> tuple[str, ...]:
    """Say what differs from the run that wrote the checkpoint and may change the last bits."""
    now = report.versions() | {n: str(getattr(settings, n)) for n in ("device", "threads")}
    then = header.versions | {n: str(getattr(header.settings, n)) for n in ("device", "threads")}
    return tuple(
        f"{name} {then.get(name, 'unknown')} → {value}"
        for name, value in now.items()
        if then.get(name) != value
    )


def damaged(path: Path, reason: str) -> CheckpointError:
    """The error for a checkpoint that contradicts itself."""
    return CheckpointError(f"“{path.name}” is damaged: {reason}", _ANOTHER)


def _is_picture(tensor: Tensor) -> bool:
    return 0 <= float(tensor.min()) <= float(tensor.max()) <= 1


def _safetensors_header(header: Header, tensors: Mapping[str, Tensor]) -> bytes:
    """The head of a safetensors file: its own writer wants all tensors in memory at once."""
    entries: dict[str, Any] = {"__metadata__": {_KEY: header.model_dump_json()}}
    begin = 0
    for name, tensor in tensors.items():
        end = begin + tensor.numel() * torch.float32.itemsize
        shape = tuple(tensor.shape)
        entries[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, end]}
        begin = end
    text = json.dumps(entries).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with safe_open(path, framework="pt") as file:
            yield file
    except FileNotFoundError as error:
        raise CheckpointError(f"there is no checkpoint {path}", "check the name") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise CheckpointError(f"“{path}” cannot be read: {reason}", _ANOTHER) from error
    except SafetensorError as error:
        raise damaged(path, str(error)) from error


def _header(path: Path, file: Any) -> Header:  # noqa: ANN401 (safetensors' own type is untyped)
    text = (file.metadata() or {}).get(_KEY, "")
    if not text or len(text) > _LONGEST_METADATA:
        raise CheckpointError(f"“{path.name}” is no checkpoint of Impasto", _ANOTHER)
    try:
        theirs = _Version.model_validate_json(text).format
        if theirs == FORMAT:
            return Header.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "metadata"
        raise damaged(path, f"{where}: {first['msg']}") from error
    raise CheckpointError(
        f"“{path.name}” is of another version of Impasto (format {theirs}, not {FORMAT})", _ANOTHER
    )


def _tensor(path: Path, file: Any, name: str, size: tuple[int, int]) -> Tensor:  # noqa: ANN401
    width, height = size
    stored = file.get_slice(name)
    if stored.get_dtype() != "F32" or stored.get_shape() != [height, width, 3]:
        raise damaged(path, f"{name} is not of the picture's {width}×{height} px")
    # A copy: the mapped file may change or vanish, and is not aligned as torch's own memory is,
    # on which the last bits of sums depend.
    tensor = file.get_tensor(name).clone()
    if not bool(torch.isfinite(tensor).all()):
        raise damaged(path, f"{name} holds values that are no numbers")
    return tensor


def _shown(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
