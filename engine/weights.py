"""Weights of VGG-19's shape from files, checked and brought to one convention.

Inside Impasto a network takes RGB in 0 … 1 minus a mean. torchvision's files divide by a standard
deviation, Caffe's take BGR in 0 … 255: both are folded into conv1_1's filters. The mean stays a
subtraction, so that zero padding keeps its meaning.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from engine.errors import NetworkError
from engine.job import NetworkInfo
from engine.networks import NetworkEntry, hub_folder
from engine.settings import CONVOLUTIONS_PER_BLOCK, LAYERS, Pooling, WeightsInput
from engine.vgg import Convolution, Network

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
CAFFE_MEAN_BGR = (103.939, 116.779, 123.68)

CAFFE_FINGERPRINT = (0.4840, 0.1373, 0.0658, 0.5583, 0.2727, 0.6374, -0.0199, 0.3763)
"""Bias over norm of the first filters of the original Caffe VGG-19, whatever scale they are at."""

_CHANNELS = (64, 128, 256, 512, 512)
_ANOTHER_FILE = "name a file of VGG-19 weights: torchvision's .pth, Caffe's, or safetensors"

State = dict[str, Tensor]


def load(entry: NetworkEntry, *, pooling: Pooling, weights_input: WeightsInput | None) -> Network:
    """Load a network in float32 on the CPU.

    Args:
        entry: from the catalogue, with a path (see `download`).
        pooling: between the blocks.
        weights_input: what the file was trained for; None to recognise it.

    Raises:
        NetworkError: the file is missing, damaged, contains code, or is not of VGG-19's shape.
    """
    if entry.path is None:
        raise NetworkError(
            f"the weights of {entry.name} are not on this machine", "download them first"
        )
    state, metadata = _read(entry.path)
    convolutions = _convolutions(entry.path, state)
    made_for, how = _made_for(convolutions, state, weights_input, metadata)
    mean, first = _to_rgb01(convolutions[0], made_for, metadata)
    info = NetworkInfo(
        entry.name, entry.description, _sha256(entry.path), (f"weights made for {how}",)
    )
    return Network(info, mean, (first, *convolutions[1:]), pooling)


def download(url: str | None = None, *, folder: Path | None = None) -> Path:
    """Fetch torchvision's ImageNet weights of VGG-19 (548 MB) and check their hash.

    Args:
        url: another address of the same kind: the file's name ends in `-` and the beginning of
            its SHA-256.
        folder: where to keep it; torch's own folder by default, where torchvision finds it too.

    Raises:
        NetworkError: no connection, or what came is not what was announced.
    """
    address = url or _torchvision_url()
    target = folder or hub_folder()
    try:
        torch.hub.load_state_dict_from_url(
            address,
            model_dir=str(target),
            check_hash=True,
            progress=False,
            weights_only=True,
            map_location="cpu",
        )
    except (URLError, OSError) as error:
        raise NetworkError(
            f"the weights could not be downloaded: {error}",
            "connect to the internet and try again, or name a weights file, or use sketch",
        ) from error
    except (RuntimeError, pickle.UnpicklingError, EOFError) as error:
        raise NetworkError(
            f"the downloaded weights are damaged: {error}", "try again, or name a weights file"
        ) from error
    return target / address.rpartition("/")[2]


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


def _torchvision_url() -> str:
    from torchvision.models import VGG19_Weights  # slow to import, and needed here alone

    return str(VGG19_Weights.IMAGENET1K_V1.url)


def _read(path: Path) -> tuple[State, Mapping[str, str]]:
    try:
        if path.suffix == ".safetensors":
            with safetensors.safe_open(path, framework="pt") as file:
                metadata = file.metadata() or {}
            return safetensors.torch.load_file(path), metadata
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # doubts about old pickles; its refusals count
            state = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        if "weights_only" not in str(error).lower() and "Unsupported" not in str(error):
            raise _damaged(path, "it is no weights file") from error
        raise NetworkError(
            f"“{path.name}” holds more than weights (code that would run), and was not loaded",
            _ANOTHER_FILE,
        ) from error
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from error
    except Exception as error:  # over foreign bytes the loaders raise almost anything
        raise _damaged(path, str(error).splitlines()[0] if str(error) else "cut off") from error
    if not isinstance(state, Mapping):
        raise _damaged(path, "it holds no named weights")
    return {str(key): value for key, value in state.items() if isinstance(value, Tensor)}, {}


def _damaged(path: Path, reason: str) -> NetworkError:
    return NetworkError(f"“{path.name}” cannot be read as weights: {reason}", _ANOTHER_FILE)


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
    width = found[LAYERS[0]].get("weight", torch.empty(0)).shape[0]
    channels = _CHANNELS[int(name[4]) - 1] * width // 64
    before = _CHANNELS[int(LAYERS[index - 1][4]) - 1] * width // 64 if index else 3
    expected = {"weight": (channels, before, 3, 3), "bias": (channels,)}
    for kind, shape in expected.items():
        tensor = found[name].get(kind)
        if tensor is None:
            raise NetworkError(f"“{path.name}” has no {kind} of {name}", _ANOTHER_FILE)
        if width == 0 or tuple(tensor.shape) != shape:
            raise NetworkError(
                f"“{path.name}” is not VGG-19: {name}'s {kind} is {tuple(tensor.shape)}, "
                f"not {shape}",
                _ANOTHER_FILE,
            )
        if not bool(torch.isfinite(tensor).all()):
            raise _damaged(path, f"{name}'s {kind} holds values that are no numbers")
    return Convolution(name, found[name]["weight"].float(), found[name]["bias"].float())


def _made_for(
    convolutions: tuple[Convolution, ...],
    state: State,
    asked: WeightsInput | None,
    metadata: Mapping[str, str],
) -> tuple[WeightsInput | None, str]:
    """Decide what input the filters expect; None for Impasto's own convention."""
    if asked is not None:
        return asked, f"{asked.value} input, as asked"
    if metadata.get("input") == "rgb01":
        return None, "RGB in 0 … 1, as the file says"
    if any(key.startswith("conv") for key in state) or _looks_like_caffe(convolutions[0]):
        return WeightsInput.CAFFE, "Caffe's input (BGR in 0 … 255), as recognised"
    return WeightsInput.TORCHVISION, "torchvision's input (normalised RGB), as recognised"


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
    first: Convolution, made_for: WeightsInput | None, metadata: Mapping[str, str]
) -> tuple[Tensor, Convolution]:
    """Fold channel order and scale of the expected input into conv1_1."""
    if made_for is None:
        mean = [float(value) for value in metadata.get("mean", "0,0,0").split(",")]
        return torch.tensor(mean), first
    if made_for is WeightsInput.CAFFE:
        mean = [value / 255 for value in reversed(CAFFE_MEAN_BGR)]
        return torch.tensor(mean), Convolution(first.name, first.weight.flip(1) * 255, first.bias)
    scale = torch.tensor(IMAGENET_STD)[None, :, None, None]
    return torch.tensor(IMAGENET_MEAN), Convolution(first.name, first.weight / scale, first.bias)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
