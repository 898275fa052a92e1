"""Features against torchvision's own VGG-19, the reach, and the normalisation of filters."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor
from torchvision.models import vgg19

from engine import geometry, vgg, weights
from engine.choices import Padding, Pooling
from engine.errors import NetworkError
from engine.layers import LAYERS
from engine.vgg import Network
from tests.engine.support import from_state, network, noise


def features(net: Network, picture: Tensor) -> dict[str, Tensor]:
    return {visit.name: visit.output for visit in net.walk(picture)}


def torchvision_features(state: dict[str, Tensor], picture: Tensor, pooling: Pooling) -> Tensor:
    model = vgg19(weights=None).features.eval()
    model.load_state_dict({key.removeprefix("features."): value for key, value in state.items()})
    if pooling is Pooling.AVERAGE:
        for index, module in enumerate(model):
            if isinstance(module, torch.nn.MaxPool2d):
                model[index] = torch.nn.AvgPool2d(2)
    mean, std = torch.tensor(weights.IMAGENET_MEAN), torch.tensor(weights.IMAGENET_STD)
    normal = ((picture.float() - mean) / std).permute(2, 0, 1)[None]
    with torch.no_grad():
        return torch.as_tensor(model[:36](normal))  # up to conv5_4's ReLU


@pytest.mark.parametrize("pooling", list(Pooling))
def test_features_are_those_of_torchvisions_vgg19(pooling: Pooling) -> None:
    state = weights.seeded(3)
    picture = noise(70, 85)
    net = vgg.Network((loaded := from_state(state)).info, loaded.mean, loaded.convolutions, pooling)
    own = features(net, picture.float())["conv5_4"]
    reference = torchvision_features(state, picture, pooling)
    assert own.shape == reference.shape == (1, 512, 4, 5)
    torch.testing.assert_close(own, reference, rtol=1e-3, atol=1e-3 * float(reference.std()))


def test_replicated_edges_leave_no_frame() -> None:
    plain = torch.full((48, 64, 3), 0.8)
    zeros = network("conv5_1", width=16)
    for net, expected in ((zeros, False), (replace(zeros, padding=Padding.REPLICATE), True)):
        spread = [f.std((2, 3)).max() / f.max() for f in features(net, plain).values()]
        assert (float(max(spread)) < 1e-5) is expected


def test_replicated_edges_are_torchs_own_padding_mode() -> None:
    net = replace(network("conv2_1"), padding=Padding.REPLICATE)
    picture = noise(18, 22).float()
    x = (picture - net.mean).permute(2, 0, 1)[None]
    for convolution in net.convolutions:
        if convolution.name == "conv2_1":
            x = torch.nn.functional.avg_pool2d(x, 2)
        channels, before = convolution.weight.shape[:2]
        theirs = torch.nn.Conv2d(before, channels, 3, padding=1, padding_mode="replicate")
        theirs.load_state_dict({"weight": convolution.weight, "bias": convolution.bias})
        x = theirs(x).relu()
    torch.testing.assert_close(features(net, picture)["conv2_1"], x)


def test_layers_are_visited_shallow_to_deep_with_their_strides() -> None:
    visits = list(network("conv3_1").walk(noise(32, 48).float()))
    assert [visit.name for visit in visits] == [
        "conv1_1", "conv1_2", "pool1", "conv2_1", "conv2_2", "pool2", "conv3_1"
    ]  # fmt: skip
    assert [visit.stride for visit in visits] == [1, 1, 2, 2, 2, 4, 4]
    assert visits[-1].output.shape == (1, 256, 8, 12)


def test_features_lie_channels_last_in_memory() -> None:
    for visit in network("conv2_1").to("cpu", torch.float32).walk(noise(16, 16).float()):
        assert visit.output.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("deepest", LAYERS)
def test_reach_is_how_far_a_position_sees_beyond_its_cell(deepest: str) -> None:
    side = 2 * 160 + 16
    stride = 2 ** (int(deepest[4]) - 1)
    ones = [torch.full((1, 3 if name == "conv1_1" else 1, 3, 3), 0.5) for name in LAYERS]
    x = torch.ones(1, 3, side, side, requires_grad=True)
    y: Tensor = x
    block = "1"
    for name, kernel in zip(LAYERS, ones, strict=True):
        if name[4] != block:
            y, block = torch.nn.functional.avg_pool2d(y, 2), name[4]
        y = torch.nn.functional.conv2d(y, kernel, padding=1)
        y = y / y.detach().max()
        if name == deepest:
            break
    position = 160 // stride
    y[0, 0, position, position].backward()
    assert x.grad is not None
    rows = x.grad[0, 0].abs().sum(1).nonzero().flatten()
    cell = position * stride
    assert cell - int(rows.min()) == geometry.reach(deepest)
    assert int(rows.max()) - (cell + stride - 1) == geometry.reach(deepest)


@pytest.mark.parametrize("padding", list(Padding))
@pytest.mark.parametrize("pooling", list(Pooling))
def test_gradient_to_the_pixels_agrees_with_autograd_through_the_whole(
    padding: Padding, pooling: Pooling
) -> None:
    net = replace(network("conv3_1"), padding=padding, pooling=pooling).to("cpu", torch.float64)
    picture = noise(21, 27).requires_grad_()
    x = (picture - net.mean).permute(2, 0, 1)[None]
    for name, layer in net._layers():
        x = vgg._apply(layer, x.clone(), net.padding)
        if name == "conv2_1":
            middle = x
    (x.square().sum() + middle.sum()).backward()
    tape = list(net.walk(picture.detach()))
    own = {"conv3_1": lambda f: 2 * f, "conv2_1": torch.ones_like}

    def add(visit: vgg.Visit, gradient: Tensor | None) -> Tensor | None:
        if visit.name not in own:
            return gradient
        return own[visit.name](visit.output) + (0 if gradient is None else gradient)

    backwards = vgg.backwards(net, tape, add)
    try:
        while True:
            next(backwards)
    except StopIteration as done:
        gradient = done.value[0].permute(1, 2, 0)
    assert picture.grad is not None
    torch.testing.assert_close(gradient, picture.grad, rtol=1e-10, atol=1e-12)
    assert not tape


def test_normalised_filters_have_mean_activation_one_and_features_scaled_by_it() -> None:
    net = network("conv3_1")
    pictures = (noise(40, 48).float(), noise(32, 32, seed=1).float())
    means = vgg.mean_activations(net, pictures)
    scaled = vgg.normalised(net, means)
    silent = {name: mean < 0.011 * mean.mean() for name, mean in means.items()}
    for name, after in vgg.mean_activations(scaled, pictures).items():
        torch.testing.assert_close(
            after[~silent[name]], torch.ones_like(after[~silent[name]]), rtol=1e-4, atol=1e-4
        )
    before, after_features = features(net, pictures[0]), features(scaled, pictures[0])
    for name, mean in means.items():
        heard = ~silent[name]
        expected = before[name][:, heard] / mean[heard, None, None]
        torch.testing.assert_close(
            after_features[name][:, heard], expected.float(), rtol=1e-3, atol=1e-4
        )


def test_a_normalised_network_is_known_to_be_so() -> None:
    net = network("conv3_1")
    pictures = (noise(40, 48).float(),)
    means = vgg.mean_activations(net, pictures)
    assert not vgg.is_normalised({name: mean * 3 / mean.mean() for name, mean in means.items()})
    scaled = vgg.normalised(net, means)
    assert vgg.is_normalised(vgg.mean_activations(scaled, pictures))


def test_a_layer_deeper_than_the_network_is_refused_by_name() -> None:
    with pytest.raises(NetworkError, match=r"has no layer conv3_1: it ends at conv2_1"):
        network("conv2_1").down_to("conv3_1")
