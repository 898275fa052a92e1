"""The engine on a CUDA device: the same numbers and pictures, and what it does in distress."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from engine import tiling
from engine.job import Frame, Job, Note, Started
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import finish, network, noise, picture, resolved

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")

CONTENT, STYLE = picture(96, 128, seed=1), picture(80, 80, seed=2)
ALL_LAYERS = "conv1_1,conv2_1,conv3_1,conv4_1,conv5_1"


@pytest.fixture
def little_memory() -> Iterator[None]:
    """A device that has next to no memory left for this process."""
    torch.cuda.empty_cache()
    yield
    torch.cuda.set_per_process_memory_fraction(1.0)
    torch.cuda.empty_cache()


@pytest.fixture
def exact() -> Iterator[None]:
    """No shorter number format within the convolutions' float32."""
    convolutions = torch.backends.cudnn.conv  # type: ignore[attr-defined]  # the stubs lack it
    before, convolutions.fp32_precision = convolutions.fp32_precision, "ieee"
    yield
    convolutions.fp32_precision = before


def evaluation(device: str, **values: object) -> tiling.Evaluation:
    settings = resolved(style_layers=ALL_LAYERS, content_layer="conv4_2", **values)
    own = network("conv5_1", width=16).to(device, torch.float32)
    pictures = [noise(160, 208, seed).float().to(device) for seed in range(3)]
    goal = finish(tiling.targets(own, pictures[0], [pictures[1]], settings))
    return finish(tiling.evaluate(own, pictures[2], goal, settings))


def relative(one: torch.Tensor, other: torch.Tensor) -> float:
    return float((one.cpu() - other.cpu()).norm() / other.cpu().norm())


def job(**values: object) -> Job:
    settings = {
        "network": "sketch",
        "device": "cuda",
        "size": 128,
        "steps": 12,
        "seed": 0,
        **values,
    }
    return Job(CONTENT, (STYLE,), Settings.of(settings))


def test_loss_and_gradient_are_those_of_the_cpu(exact: None) -> None:
    there, here = evaluation("cuda"), evaluation("cpu")
    assert there.losses.total == pytest.approx(here.losses.total, rel=1e-3)
    assert relative(there.gradient, here.gradient) < 5e-3


def test_tf32_changes_the_gradient_by_a_few_percent_at_most() -> None:
    there, here = evaluation("cuda"), evaluation("cpu")
    assert there.losses.total == pytest.approx(here.losses.total, rel=2e-3)
    assert relative(there.gradient, here.gradient) < 0.05


def test_tiles_give_what_the_whole_picture_gives(exact: None) -> None:
    whole, tiled = evaluation("cuda"), evaluation("cuda", tile=128)
    assert tiled.losses.total == pytest.approx(whole.losses.total, rel=1e-3)
    assert relative(tiled.gradient, whole.gradient) < 5e-3


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam"])
def test_a_render_lowers_the_loss_and_says_where_it_is_done(optimizer: str) -> None:
    messages = list(stylise(job(optimizer=optimizer)))
    started = next(m for m in messages if isinstance(m, Started))
    frames = [m for m in messages if isinstance(m, Frame) and m.scale == m.scales - 1]
    assert started.device.name.startswith("cuda")
    assert frames[-1].losses.total < frames[0].losses.total
    assert frames[-1].snapshot().shape == (96, 128, 3)


def test_a_resumed_render_ends_where_an_uninterrupted_one_does(tmp_path: Path) -> None:
    path = tmp_path / "run.ckpt"
    last = None
    for message in stylise(job(precision="float32")):
        if isinstance(message, Frame):
            last = message
            if message.step == 8:
                message.state.write(path, whole=True)
    assert last is not None
    resumed = job(precision="float32")
    resumed = Job(resumed.content, resumed.styles, resumed.settings, resume=path)
    ends = [m for m in stylise(resumed) if isinstance(m, Frame)]
    assert ends[-1].step == last.step
    assert ends[-1].losses.total == pytest.approx(last.losses.total, rel=2e-2)


def test_a_render_goes_on_in_tiles_where_memory_runs_out(little_memory: None) -> None:
    total = torch.cuda.get_device_properties(0).total_memory
    notes, last = [], None
    messages = stylise(job(size=1536, scales=(1536,), steps=2, precision="float32"))
    for message in messages:
        if isinstance(message, Started):
            torch.cuda.set_per_process_memory_fraction(600e6 / total)
        if isinstance(message, Note):
            notes.append(message.text)
        last = message if isinstance(message, Frame) else last
    assert last is not None
    assert last.step == 2
    assert any("has not enough memory" in note for note in notes)
