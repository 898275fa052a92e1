"""The frozen messages between the engine and whoever runs it.

One direction only: a `Job` goes in, `Message`s come out. Nothing here knows torch or Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was read: upright, in sRGB, laid on white.

    Attributes:
        pixels: uint8 or, of files with more than 8 bits, uint16 (H, W, 3), sRGB, read-only by
            convention.
        name: the file's name, for messages and reports.
        sha256: of the file's bytes, hexadecimal; empty for a picture that never was a file.
        notes: what was done to it that the user should know ("first frame of 12", …).
        alpha: of the same depth (H, W); None where all of it is opaque.
        exif: the camera's data that a result may keep, position included; empty if none.
    """

    pixels: NDArray[np.uint8] | NDArray[np.uint16]
    name: str
    sha256: str = ""
    notes: tuple[str, ...] = ()
    alpha: NDArray[np.uint8] | NDArray[np.uint16] | None = None
    exif: bytes = b""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        return self.pixels.shape[1], self.pixels.shape[0]

    @property
    def depth(self) -> int:
        """Bits a channel: 8 or 16."""
        return 8 * self.pixels.itemsize


@dataclass(frozen=True, slots=True)
class Mask:
    """Where something applies, and how much.

    Attributes:
        values: uint8 (H, W), 0 nowhere … 255 wholly, read-only by convention; laid over the whole
            content, whatever its own size.
        name: for messages.
        sha256: of the file's bytes, hexadecimal; empty where it never was a file.
    """

    values: NDArray[np.uint8]
    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """Which style goes where, and how strongly.

    Attributes:
        masks: for each style where it goes, None for everywhere; none at all are all everywhere.
        strength: where and how strongly the styles act; None for fully everywhere.
    """

    masks: tuple[Mask | None, ...] = ()
    strength: Mask | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether there is no mask at all."""
        return self.strength is None and not any(self.masks)


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device that torch can compute on.

    Attributes:
        name: as torch and `--device` spell it: `cpu`, `cuda:0`, `mps`, `xpu:0`.
        label: the maker's name for it.
        memory: in bytes; the machine's for `cpu` and `mps`.
        bfloat16: whether it computes faster in bfloat16 than in float32.
        remark: why it may not be used well, and what to do; else empty.
        threads: that torch uses unasked; 0 for what is no processor.
    """

    name: str
    label: str
    memory: int
    bfloat16: bool
    remark: str = ""
    threads: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """All that a render depends on.

    Attributes:
        content: the photograph, p in the paper.
        styles: the paintings, a in the paper; several are blended as the settings say.
        settings: may leave choices to the engine (None); the resolved ones come back in `Started`.
        start: the picture to go on from, where `settings.init` does not name one.
        resume: the checkpoint to go on from; `settings` are then those that it holds, save for live
            ones, which are taken up as a live change, and for where it is computed (device,
            threads, network file).
        guidance: which style goes where.
    """

    content: Picture
    styles: tuple[Picture, ...]
    settings: Settings
    start: Picture | None = None
    resume: Path | None = None
    guidance: Guidance = Guidance()


@dataclass(frozen=True, slots=True)
class Scale:
    """One level of the coarse-to-fine pyramid: its size in px and the steps spent there."""

    width: int
    height: int
    steps: int


@dataclass(frozen=True, slots=True)
class NetworkInfo:
    """Which network is used, to be shown wherever a result is.

    Attributes:
        name: `vgg19`, `sketch` or the file's name.
        description: one line that says plainly what it is.
        sha256: of the weights' file, hexadecimal; where Impasto converted it, of the original.
        notes: how the file was understood, and what was changed (filters normalised).
    """

    name: str
    description: str
    sha256: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """The first message: everything that was left open is decided.

    Attributes:
        settings: nothing left open that the result depends on.
        scales: coarse to fine.
        network: the one in use.
        device: the one in use.
        threads: CPU threads that torch uses.
        guidance: which style goes where; of a resumed render, what its checkpoint holds.
    """

    settings: Settings
    scales: tuple[Scale, ...]
    network: NetworkInfo
    device: DeviceInfo
    threads: int
    guidance: Guidance = Guidance()


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a render will take.

    Attributes:
        bytes: of memory at its peak, as the operating system counts it; on a GPU, of its memory.
        parts: `bytes` by what it goes to: runtime, weights, pictures, targets, optimiser,
            activations.
        seconds: from the start to the last picture; None while the machine's speed is unknown.
    """

    bytes: int
    parts: Mapping[str, int]
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Losses:
    """The raw terms, before α, β and the layers' weights, in the objective's own definition.

    Attributes:
        total: with all weights: what the optimisation lowers.
        content: L_content; 0 where α = 0.
        style: E_l by layer name; empty where β = 0.
        tv: total variation.
    """

    total: float
    content: float
    style: Mapping[str, float]
    tv: float


class State(Protocol):
    """All that a later run needs to go on from a Frame."""

    def size(self, *, whole: bool) -> int:
        """About how many bytes `write` will write."""
        ...

    def write(self, path: Path, *, whole: bool) -> None:
        """Write a checkpoint, atomically; an older one is replaced.

        Args:
            path: of the file.
            whole: whether with what the optimiser has learnt, many times the picture's size; a run
                that goes on without it starts its optimiser afresh.

        Raises:
            OutputError: it cannot be written; an older one is still there.
            DiskFullError: no space is left; likewise.
            DeviceFaultError: the device no longer gives its memory away.
        """
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture after one iteration.

    Attributes:
        step: iterations done in all scales so far; 0 is the start.
        steps: iterations that the whole job will do.
        scale: index of the current scale, 0 the coarsest.
        scales: number of scales.
        size: width and height at which the current scale works, px.
        losses: of the picture at that size.
        evaluations: of loss and gradient so far, over all scales.
        pixels: uint8 (h, w, 3) sRGB, scaled down to at most 2048 px on the long side. At a coarse
            scale too it is the start with what that scale changes of it, up to four times as
            large as the scale; only from noise or the style it is as small as that.
        snapshot: makes the picture at full size and precision, float32 [0, 1] sRGB (H, W, 3).
            It reads the running state, so it is valid until the next message is pulled, and
            after the last one.
        state: what a checkpoint holds; valid as `snapshot` is.
    """

    step: int
    steps: int
    scale: int
    scales: int
    size: tuple[int, int]
    losses: Losses
    evaluations: int
    pixels: NDArray[np.uint8]
    snapshot: Callable[[], NDArray[np.float32]]
    state: State


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life within an iteration or before the first. Cancel may follow it.

    Attributes:
        activity: what is being done.
        done: bytes so far, of a download or a file that is checked; else 0.
        total: bytes in all; None where there are none, or where the server does not say.
    """

    activity: str
    done: int = 0
    total: int | None = None

    @property
    def text(self) -> str:
        """The activity with its figures, for a line without a bar."""
        if not self.done:
            return self.activity
        of = f" of {self.total / 2**20:.0f}" if self.total else ""
        return f"{self.activity}, {self.done / 2**20:.0f}{of} MB"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the user should know and need not answer, such as a step taken back.

    Attributes:
        text: one line.
        settings: those in force from now on, where they are what changed; nothing left open.
        guidance: that in force from now on, where it is what changed.
    """

    text: str
    settings: Settings | None = None
    guidance: Guidance | None = None


Message = Started | Frame | Progress | Note


@dataclass(frozen=True, slots=True)
class Rewind:
    """Sent into a run in place of settings: go back to a moment of it, and on from there.

    The next message but notes is that moment's `Frame`, to the bit. Where the checkpoint holds what
    the optimiser had learnt, the run then goes on as it did the first time, but for the settings.

    Attributes:
        path: a checkpoint that a frame's `state` of this run has written.
        settings: the live ones to go on with.
    """

    path: Path
    settings: Settings
