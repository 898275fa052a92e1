"""Weights of VGG-19's shape from files, checked and brought to one convention.

Inside Impasto a network takes RGB in 0 … 1 minus a mean. torchvision's files divide by a standard
deviation, Caffe's take BGR in 0 … 255: both are folded into conv1_1's filters. The mean stays a
subtraction, so that zero padding keeps its meaning.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from engine.choices import Pooling, WeightsInput
from engine.disk.storage import digest_in
from engine.errors import NetworkError
from engine.job import NetworkInfo
from engine.layers import CONVOLUTIONS_PER_BLOCK, LAYERS
from engine.networks import NetworkEntry
from engine.vgg import Convolution, Network

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
CAFFE_MEAN_BGR = (103.939, 116.779, 123.68)

CAFFE_FINGERPRINT = (0.4840, 0.1373, 0.0658, 0.5583, 0.2727, 0.6374, -0.0199, 0.3763)
"""Bias over norm of the first filters of the original Caffe VGG-19, whatever scale they are at."""

OWN_INPUT = "rgb01"
"""What a file of Impasto's own convention says of its input."""

SOURCE_SHA256 = "source_sha256"
"""Under this name a file that Impasto made says which file it was made from."""

_WORDS_FOR_CODE = ("GLOBAL", "Can only create", "Can only build", "unrecognized function")
"""How torch refuses a pickle that would run something; it has one error for all refusals."""

_CHANNELS = (64, 128, 256, 512, 512)
_ANOTHER_FILE = "name a file of VGG-19 weights: torchvision's .pth, Caffe's, or safetensors"

State = dict[str, Tensor]


def load(entry: NetworkEntry, *, pooling: Pooling, weights_input: WeightsInput | None) -> Network:
    """Load a network in float32 on the CPU.

    Args:
        entry: from the catalogue, with a path (see `engine.kept.ready`).
        pooling: between the blocks.
        weights_input: what the file was trained for; None to recognise it.

    Raises:
        NetworkError: the file is missing, damaged, contains code, or is not of VGG-19's shape.
    """
    file = _opened(entry)
    convolutions = _convolutions(file.path, file.state)
    made_for, how = _made_for(convolutions, file, weights_input)
    mean, first = _to_rgb01(convolutions[0], made_for, file)
    sha256 = file.metadata.get(SOURCE_SHA256, file.sha256) if entry.kept else file.sha256
    info = NetworkInfo(entry.name, entry.description, sha256, (f"weights made for {how}",))
    return Network(info, mean, (first, *convolutions[1:]), pooling)


def converted(entry: NetworkEntry, weights_input: WeightsInput | None) -> bytes:
    """Write a network as float32 safetensors of the convolutions, for RGB in 0 … 1.

    `load` makes of it exactly what it makes of the source, whose name and hash it holds.

    Args:
        entry: with the path of the source.
        weights_input: what the source was trained for; None to recognise it.

    Raises:
        NetworkError: as `load`.
    """
    file = _opened(entry)
    convolutions = _convolutions(file.path, file.state)
    made_for, _ = _made_for(convolutions, file, weights_input)
    mean, first = _to_rgb01(convolutions[0], made_for, file)
    tensors = {f"{c.name}.weight": c.weight.contiguous() for c in (first, *convolutions[1:])}
    tensors |= {f"{c.name}.bias": c.bias.contiguous() for c in convolutions}
    metadata = {
        "input": OWN_INPUT,
        "mean": ",".join(str(value) for value in mean.tolist()),
        "made_for": made_for.value if made_for else _source_input(file) or "",
        "source": file.path.name,
        SOURCE_SHA256: file.sha256,
    }
    return safetensors.torch.save(tensors, metadata)


def seeded(seed: int, deepest: str = LAYERS[-1], *, width: int = 64) -> State:
    """Untrained filters in torchvision's naming, for tests alone: they do not paint.

    Args:
        seed: of the filters.
        deepest: the last layer to make.
        width: channels of the first block; the others keep VGG-19's proportions.
    """
    generator = torch.Generator().manual_seed(seed)
    state: State = {}
    channels = 3
    for name in LAYERS[: LAYERS.index(deepest) + 1]:
        count = _CHANNELS[int(name[4]) - 1] * width // 64
        scale = (2 / (9 * channels)) ** 0.5
        key = f"features.{_torchvision_index(name)}"
        state[f"{key}.weight"] = torch.randn(count, channels, 3, 3, generator=generator) * scale
        state[f"{key}.bias"] = torch.randn(count, generator=generator) * 0.05
        channels = count
    return state


@dataclass(frozen=True, slots=True)
class _File:
    """What a file holds.

    Attributes:
        path: of the file.
        state: its tensors by name.
        metadata: of safetensors; else empty.
        sha256: of its bytes, hexadecimal.
    """

    path: Path
    state: State
    metadata: Mapping[str, str]
    sha256: str


def _opened(entry: NetworkEntry) -> _File:
    if entry.path is None:
        raise NetworkError(
            f"the weights of {entry.name} are not on this machine", "download them first"
        )
    file = _read(entry.path)
    if entry.kept and not file.sha256.startswith(digest_in(entry.path.name)):
        raise NetworkError(
            f"the weights of {entry.name} were changed or damaged on this machine",
            f"fetch them again: impasto networks fetch {entry.name}"
            if entry.published
            else f"remove them (impasto networks remove {entry.name}) and add them again",
        )
    return file


def _read(path: Path) -> _File:
    try:
        return (_read_safetensors if path.suffix == ".safetensors" else _read_pickle)(path)
    except pickle.UnpicklingError as error:
        if not any(words in str(error) for words in _WORDS_FOR_CODE) and not _is_pickle(path):
            raise _damaged(path, "it is no weights file") from error
        raise NetworkError(
            f"“{path.name}” holds more than weights (code that would run), and was not loaded",
            _ANOTHER_FILE,
        ) from error
    except NetworkError:
        raise
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from error
    except Exception as error:  # over foreign bytes the loaders raise almost anything
        raise _damaged(path, str(error).splitlines()[0] if str(error) else "cut off") from error


def _read_safetensors(path: Path) -> _File:
    # Read, not mapped: what is hashed is what is used, and a file that shrinks harms nobody.
    data = path.read_bytes()
    state = safetensors.torch.load(data)
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return _File(path, state, header.get("__metadata__", {}), hashlib.sha256(data).hexdigest())


def _read_pickle(path: Path) -> _File:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # doubts about old pickles; its refusals count
        state = torch.load(path, map_location="cpu", weights_only=True)
    if not isinstance(state, Mapping):
        raise _damaged(path, "it holds no named weights")
    tensors = {str(key): value for key, value in state.items() if isinstance(value, Tensor)}
    return _File(path, tensors, {}, sha256)


def _is_pickle(path: Path) -> bool:
    """Whether a file begins as pickles do; torch's own are zip archives of them, or older."""
    with path.open("rb") as file:
        return file.read(1) == pickle.PROTO


def _damaged(path: Path, reason: str) -> NetworkError:
    # A loader may quote the file, and a file may hold what a terminal would obey.
    line = "".join(letter if letter.isprintable() else "?" for letter in reason[:200])
    return NetworkError(f"“{path.name}” cannot be read as weights: {line}", _ANOTHER_FILE)


def _torchvision_index(name: str) -> int:
    """The number of a convolution in torchvision's `features`: ReLUs and pools count too."""
    block, index = int(name[4]), int(name[6])
    before = sum(2 * count + 1 for count in CONVOLUTIONS_PER_BLOCK[: block - 1])
    return before + 2 * (index - 1)


def _convolutions(path: Path, state: State) -> tuple[Convolution, ...]:
    """Take VGG-19's convolutions by either naming, as deep as the file goes without a gap."""
    by_index = {f"features.{_torchvision_index(name)}": name for name in LAYERS}
    found: dict[str, dict[str, Tensor]] = {}
    for key, value in state.items():
        stem, _, kind = key.rpartition(".")
        name = by_index.get(stem, stem)
        if name in LAYERS and kind in ("weight", "bias"):
            found.setdefault(name, {})[kind] = value
        elif re.fullmatch(r"(features\.\d+|conv\d_\d)", stem):
            raise NetworkError(f"“{path.name}” is not VGG-19: it has a layer {stem}", _ANOTHER_FILE)
    depth = next((i for i, name in enumerate(LAYERS) if name not in found), len(LAYERS))
    if depth == 0 or depth < len(found):
        raise NetworkError(f"“{path.name}” has no weights of {LAYERS[depth]}", _ANOTHER_FILE)
    return tuple(_checked(path, found, index) for index in range(depth))


def _checked(path: Path, found: Mapping[str, Mapping[str, Tensor]], index: int) -> Convolution:
    name = LAYERS[index]
    width = len(found[LAYERS[0]].get("bias", torch.empty(0)).flatten())
    channels = _CHANNELS[int(name[4]) - 1] * width // 64
    before = _CHANNELS[int(LAYERS[index - 1][4]) - 1] * width // 64 if index else 3
    expected = {"weight": (channels, before, 3, 3), "bias": (channels,)}
    for kind, shape in expected.items():
        tensor = found[name].get(kind)
        if tensor is None:
            raise NetworkError(f"“{path.name}” has no {kind} of {name}", _ANOTHER_FILE)
        if not 0 < width <= _CHANNELS[0] or tuple(tensor.shape) != shape:
            raise NetworkError(
                f"“{path.name}” is not VGG-19: {name}'s {kind} is {tuple(tensor.shape)}, "
                f"not {shape}",
                _ANOTHER_FILE,
            )
    weight, bias = (_numbers(path, f"{name}'s {kind}", found[name][kind]) for kind in expected)
    return Convolution(name, weight, bias)


def _numbers(path: Path, what: str, tensor: Tensor) -> Tensor:
    """Return finite float32 in plain memory, or refuse."""
    plain = tensor.layout is torch.strided and tensor.device.type == "cpu"
    if not plain or not tensor.is_floating_point():
        raise _damaged(path, f"{what} holds no floating-point numbers")
    values = tensor.detach().float()
    if not bool(torch.isfinite(values).all()):
        raise _damaged(path, f"{what} holds values that are no numbers")
    return values


def _made_for(
    convolutions: tuple[Convolution, ...], file: _File, asked: WeightsInput | None
) -> tuple[WeightsInput | None, str]:
    """Decide what input the filters expect; None for Impasto's own convention."""
    if file.metadata.get("input") == OWN_INPUT:
        made_for = _source_input(file)
        if asked is not None and asked.value != made_for:
            raise NetworkError(
                f"“{file.path.name}” says itself which input it takes, and it is not {asked.value}",
                "leave the setting weights_input at auto",
            )
        how = f"{made_for} input" if made_for else "RGB in 0 … 1"
        return None, f"{how}, as the file says"
    if asked is not None:
        return asked, f"{asked.value} input, as asked"
    if any(key.startswith("conv") for key in file.state) or _looks_like_caffe(convolutions[0]):
        return WeightsInput.CAFFE, "Caffe's input (BGR in 0 … 255), as recognised"
    return WeightsInput.TORCHVISION, "torchvision's input (normalised RGB), as recognised"


def _source_input(file: _File) -> str | None:
    """What the source of a file of Impasto's own convention was made for, if it says so."""
    said = file.metadata.get("made_for")
    return said if said in {kind.value for kind in WeightsInput} else None


def _looks_like_caffe(first: Convolution) -> bool:
    """Recognise the original Caffe filters by fingerprint, others by the input they answer to.

    A filter of unit gain answers a picture with values of the order of 1. torchvision's pictures
    have a standard deviation near 1, Caffe's near 60.
    """
    norms = first.weight.flatten(1).norm(dim=1)
    ratios = (first.bias / norms)[: len(CAFFE_FINGERPRINT)]
    if torch.allclose(ratios, torch.tensor(CAFFE_FINGERPRINT)[: len(ratios)], atol=2e-3):
        return True
    gain = float(norms.square().mean().sqrt())
    return abs(torch.tensor(gain * 60).log().item()) < abs(torch.tensor(gain).log().item())


def _to_rgb01(
    first: Convolution, made_for: WeightsInput | None, file: _File
) -> tuple[Tensor, Convolution]:
    """Fold channel order and scale of the expected input into conv1_1."""
    if made_for is None:
        return _own_mean(file), first
    if made_for is WeightsInput.CAFFE:
        mean = torch.tensor([value / 255 for value in reversed(CAFFE_MEAN_BGR)])
        weight = first.weight.flip(1) * 255
    else:
        mean = torch.tensor(IMAGENET_MEAN)
        weight = first.weight / torch.tensor(IMAGENET_STD)[None, :, None, None]
    return mean, replace(first, weight=_numbers(file.path, f"{first.name}'s weight", weight))


def _own_mean(file: _File) -> Tensor:
    text = file.metadata.get("mean", "0,0,0")
    try:
        mean = torch.tensor([float(value) for value in text.split(",")])
    except ValueError as error:
        raise _damaged(file.path, "its mean is no list of numbers") from error
    if mean.shape != (3,) or not bool(((mean >= 0) & (mean <= 1)).all()):
        raise _damaged(file.path, "its mean is not three numbers in 0 … 1")
    return mean
