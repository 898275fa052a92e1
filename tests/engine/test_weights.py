"""Weights files: both conventions, partial ones, and every bad one."""

from __future__ import annotations

import functools
import hashlib
import pickle
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import Tensor

from engine import weights
from engine.choices import Pooling, WeightsInput
from engine.errors import NetworkError
from engine.layers import LAYERS
from engine.networks import NetworkEntry
from engine.vgg import Network
from tests.engine.support import noise

DATA = Path(__file__).parents[3] / "shared" / "data"


def load(path: Path, weights_input: WeightsInput | None = None) -> Network:
    entry = NetworkEntry(path.name, "a file", path)
    return weights.load(entry, pooling=Pooling.AVERAGE, weights_input=weights_input)


def saved(folder: Path, state: object, name: str = "w.pth") -> Path:
    torch.save(state, folder / name)
    return folder / name


def caffe_order(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The same filters for BGR in 0 … 255, with the mean in the bias' place untouched."""
    std = torch.tensor(weights.IMAGENET_STD)[None, :, None, None]
    first = (state["features.0.weight"] / (255 * std)).flip(1)
    return {**state, "features.0.weight": first}


def deepest(net: Network) -> Tensor:
    *_, last = net.walk(noise(40, 40).float())
    return last.output


def by_layer_name(state: dict[str, Tensor]) -> dict[str, Tensor]:
    stems = list(dict.fromkeys(key.rpartition(".")[0] for key in state))
    names = dict(zip(stems, LAYERS, strict=False))
    return {names[k.rpartition(".")[0]] + "." + k.rpartition(".")[2]: v for k, v in state.items()}


@pytest.mark.parametrize("named_by_layer", [False, True])
def test_caffe_and_torchvision_order_give_the_same_features(
    tmp_path: Path, named_by_layer: bool
) -> None:
    state = weights.seeded(2, "conv3_1")
    caffe = caffe_order(state)
    ours = load(saved(tmp_path, state))
    theirs = load(saved(tmp_path, by_layer_name(caffe) if named_by_layer else caffe, "c.pth"))
    # The conventions' means differ in the third digit; on the same mean the features are the same.
    assert torch.allclose(theirs.mean, ours.mean, atol=2e-3)
    same_mean = Network(theirs.info, ours.mean, theirs.convolutions, theirs.pooling)
    torch.testing.assert_close(deepest(same_mean), deepest(ours), rtol=1e-4, atol=1e-4)


def test_what_a_file_was_recognised_as_is_said_and_can_be_overruled(tmp_path: Path) -> None:
    path = saved(tmp_path, weights.seeded(2, "conv1_2"))
    assert "torchvision's input (normalised RGB), as recognised" in load(path).info.notes[0]
    overruled = load(path, WeightsInput.CAFFE)
    assert "caffe input, as asked" in overruled.info.notes[0]
    assert not torch.allclose(deepest(overruled), deepest(load(path)))


def test_the_real_partial_file_is_recognised_as_caffes_and_normalised() -> None:
    path = DATA / "vgg19_normalised_to_conv3_1.pth"
    if not path.exists():
        pytest.skip("the real partial weights are not beside this checkout")
    net = load(path)
    assert "Caffe's input" in net.info.notes[0]
    assert [c.name for c in net.convolutions][-1] == "conv3_1"


def test_original_caffe_filters_are_recognised_at_any_scale(tmp_path: Path) -> None:
    path = DATA / "vgg19_normalised_to_conv3_1.pth"
    if not path.exists():
        pytest.skip("the real partial weights are not beside this checkout")
    state = torch.load(path, weights_only=True)
    scaled = {
        f"features.{index}.{kind}": state[f"{name}.{kind}"] * 40
        for index, name in ((0, "conv1_1"),)
        for kind in ("weight", "bias")
    }
    assert "Caffe's input" in load(saved(tmp_path, scaled)).info.notes[0]


def test_safetensors_and_a_classifier_beside_the_features_are_read(tmp_path: Path) -> None:
    state = weights.seeded(2, "conv2_1")
    safetensors.torch.save_file(state, tmp_path / "w.safetensors")
    full = {**state, "classifier.0.weight": torch.zeros(2, 2)}
    a, b = load(tmp_path / "w.safetensors"), load(saved(tmp_path, full))
    assert torch.equal(deepest(a), deepest(b))


def test_the_info_names_the_files_hash(tmp_path: Path) -> None:
    path = saved(tmp_path, weights.seeded(2, "conv1_1"))
    assert load(path).info.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_half_width_network_with_its_own_convention_is_read(tmp_path: Path) -> None:
    state = by_layer_name(weights.seeded(2, "conv2_1", width=32))
    metadata = {"input": "rgb01", "mean": "0.5,0.25,0.125"}
    safetensors.torch.save_file(state, tmp_path / "own.safetensors", metadata)
    net = load(tmp_path / "own.safetensors")
    assert net.mean.tolist() == [0.5, 0.25, 0.125]
    assert torch.equal(net.convolutions[0].weight, state["conv1_1.weight"])


def test_a_file_that_names_its_input_is_not_taken_for_another(tmp_path: Path) -> None:
    path = with_metadata(tmp_path, made_for="torchvision")
    assert load(path, WeightsInput.TORCHVISION).info == load(path).info
    with pytest.raises(NetworkError, match="says itself which input it takes"):
        load(path, WeightsInput.CAFFE)


class Touch:
    """Leaves a file behind where it is unpickled as code."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def test_a_pickle_with_code_is_refused_and_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "it ran"
    with (tmp_path / "evil.pth").open("wb") as file:
        pickle.dump({"conv1_1.weight": Touch(mark)}, file)
    zipped = saved(tmp_path, {"conv1_1.weight": Touch(mark)}, "evil-zip.pth")
    for path in (tmp_path / "evil.pth", zipped):
        with pytest.raises(NetworkError, match="code that would run"):
            load(path)
    assert not mark.exists()


def truncated(folder: Path) -> Path:
    path = saved(folder, weights.seeded(0, "conv2_1"))
    path.write_bytes(path.read_bytes()[:1000])
    return path


def text(folder: Path) -> Path:
    (folder / "w.pth").write_text("no weights")
    return folder / "w.pth"


def empty(folder: Path) -> Path:
    (folder / "w.pth").touch()
    return folder / "w.pth"


def a_list(folder: Path) -> Path:
    return saved(folder, [torch.zeros(3)])


def vgg16(folder: Path) -> Path:
    state = weights.seeded(0, "conv3_3")
    return saved(folder, {**state, "features.17.weight": torch.zeros(512, 256, 3, 3)})


def wrong_shape(folder: Path) -> Path:
    state = weights.seeded(0, "conv2_1")
    return saved(folder, {**state, "features.5.weight": torch.zeros(128, 64, 5, 5)})


def with_a_gap(folder: Path) -> Path:
    state = weights.seeded(0, "conv2_2")
    return saved(folder, {k: v for k, v in state.items() if not k.startswith("features.5.")})


def without_bias(folder: Path) -> Path:
    state = weights.seeded(0, "conv2_1")
    return saved(folder, {k: v for k, v in state.items() if k != "features.2.bias"})


def with_nan(folder: Path) -> Path:
    state = weights.seeded(0, "conv2_1")
    state["features.2.weight"][0, 0, 0, 0] = float("nan")
    return saved(folder, state)


def with_infinity(folder: Path) -> Path:
    state = weights.seeded(0, "conv2_1")
    state["features.5.bias"][3] = float("inf")
    return saved(folder, state)


def beyond_float32(folder: Path) -> Path:
    state = weights.seeded(0, "conv1_2")
    state["features.0.weight"] = state["features.0.weight"].double() * 1e300
    return saved(folder, state)


def beyond_float32_once_scaled(folder: Path) -> Path:
    state = weights.seeded(0, "conv1_2")
    state["features.0.weight"][0, 0, 0, 0] = 3e38
    return saved(folder, state)


def of_integers(folder: Path) -> Path:
    state = weights.seeded(0, "conv1_2")
    return saved(folder, {**state, "features.2.weight": state["features.2.weight"].int()})


def sparse(folder: Path) -> Path:
    state = weights.seeded(0, "conv1_2")
    return saved(folder, {**state, "features.0.bias": state["features.0.bias"].to_sparse()})


def without_memory(folder: Path) -> Path:
    state = weights.seeded(0, "conv1_2")
    return saved(folder, {**state, "features.2.weight": state["features.2.weight"].to("meta")})


def single_numbers(folder: Path) -> Path:
    return saved(folder, {"conv1_1.weight": torch.tensor(1.0), "conv1_1.bias": torch.tensor(1.0)})


def far_too_wide(folder: Path) -> Path:
    """A few bytes that claim to be a gigantic layer."""
    width = 2**20
    weight = torch.zeros(1).expand(width, 3, 3, 3)
    return saved(folder, {"conv1_1.weight": weight, "conv1_1.bias": torch.zeros(1).expand(width)})


def with_metadata(folder: Path, **metadata: str) -> Path:
    state = by_layer_name(weights.seeded(0, "conv1_1"))
    path = folder / "w.safetensors"
    safetensors.torch.save_file(state, path, {"input": "rgb01", **metadata})
    return path


def mean_in_words(folder: Path) -> Path:
    return with_metadata(folder, mean="dark,dark,dark")


def mean_of_nothing(folder: Path) -> Path:
    return with_metadata(folder, mean="nan,0,0")


def mean_of_two(folder: Path) -> Path:
    return with_metadata(folder, mean="0.5,0.5")


def a_folder(folder: Path) -> Path:
    (folder / "w.safetensors").mkdir()
    return folder / "w.safetensors"


def something_else(folder: Path) -> Path:
    return saved(folder, {"layer4.0.conv1.weight": torch.zeros(3)})


def cut_safetensors(folder: Path) -> Path:
    safetensors.torch.save_file(weights.seeded(0, "conv1_2"), folder / "w.safetensors")
    path = folder / "w.safetensors"
    path.write_bytes(path.read_bytes()[:500])
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (truncated, "cannot be read as weights"),
        (text, "cannot be read as weights"),
        (empty, "cannot be read as weights"),
        (a_list, "holds no named weights"),
        (vgg16, r"is not VGG-19: it has a layer features\.17"),
        (wrong_shape, r"conv2_1's weight is \(128, 64, 5, 5\), not \(128, 64, 3, 3\)"),
        (with_a_gap, "no weights of conv2_1"),
        (without_bias, "no bias of conv1_2"),
        (with_nan, "conv1_2's weight holds values that are no numbers"),
        (something_else, "no weights of conv1_1"),
        (cut_safetensors, "cannot be read as weights"),
        (with_infinity, "conv2_1's bias holds values that are no numbers"),
        (beyond_float32, "conv1_1's weight holds values that are no numbers"),
        (beyond_float32_once_scaled, "conv1_1's weight holds values that are no numbers"),
        (of_integers, "conv1_2's weight holds no floating-point numbers"),
        (sparse, "conv1_1's bias holds no floating-point numbers"),
        (without_memory, "conv1_2's weight holds no floating-point numbers"),
        (single_numbers, r"conv1_1's weight is \(\), not"),
        (far_too_wide, r"is not VGG-19: conv1_1's weight is \(1048576, 3, 3, 3\)"),
        (mean_in_words, "its mean is no list of numbers"),
        (mean_of_nothing, "its mean is not three numbers in 0 … 1"),
        (mean_of_two, "its mean is not three numbers in 0 … 1"),
        (a_folder, "cannot be read as weights"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(
    tmp_path: Path, make: functools.partial[Path], words: str
) -> None:
    with pytest.raises(NetworkError, match=words) as refusal:
        load(make(tmp_path))
    assert refusal.value.remedy
