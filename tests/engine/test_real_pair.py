"""The paper's first pair with real filters: reported losses against an independent computation.

Everything here is recomputed from the files with Pillow, NumPy and torch's plain operations, none
of it by the engine.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from engine import cli

DATA = Path(__file__).parents[3] / "shared" / "data"
CONTENT, STYLE = DATA / "tuebingen_neckarfront.jpg", DATA / "vangogh_starry_night.jpg"
WEIGHTS = DATA / "vgg19_normalised_to_conv3_1.pth"
STYLE_LAYERS = ("conv1_1", "conv2_1", "conv3_1")
CONTENT_LAYER = "conv2_2"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not WEIGHTS.exists(), reason="the real pair is not beside this checkout"),
]


def pixels(path: Path, size: tuple[int, int] | None = None) -> Tensor:
    with Image.open(path) as image:
        values = torch.from_numpy(np.asarray(image.convert("RGB")).copy()).double() / 255
    planes = values.permute(2, 0, 1)[None]
    if size is not None and size != (planes.shape[3], planes.shape[2]):
        planes = F.interpolate(planes, size=size[::-1], mode="bicubic", antialias=True)
    return planes.clamp(0, 1)


def features(planes: Tensor) -> dict[str, Tensor]:
    """Caffe's VGG-19: BGR in 0 … 255 minus the mean, average pooling, (N, M) by layer."""
    weights = {k: v.double() for k, v in torch.load(WEIGHTS, weights_only=True).items()}
    mean = torch.tensor((103.939, 116.779, 123.68)).double()[None, :, None, None]
    y, found = planes.flip(1) * 255 - mean, {}
    for name in ("conv1_1", "conv1_2", "pool", "conv2_1", "conv2_2", "pool", "conv3_1"):
        if name == "pool":
            y = F.avg_pool2d(y, 2)
            continue
        y = F.conv2d(y, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1).relu()
        found[name] = y[0].flatten(1)
    return found


def covering(path: Path, width: int, height: int) -> Tensor:
    with Image.open(path) as image:
        own = image.size
    factor = max(width / own[0], height / own[1])
    scaled = pixels(path, (round(own[0] * factor), round(own[1] * factor)))
    top, left = (scaled.shape[2] - height) // 2, (scaled.shape[3] - width) // 2
    return scaled[:, :, top : top + height, left : left + width]


def test_reported_losses_are_those_of_an_independent_recomputation(tmp_path: Path) -> None:
    out, report = tmp_path / "out.png", tmp_path / "report.json"
    common = [
        "render", str(CONTENT), str(STYLE), "--network", str(WEIGHTS), "--objective", "paper",
        "--content-layer", CONTENT_LAYER, "--style-layers", ",".join(STYLE_LAYERS),
        "--size", "192", "--precision", "float32", "--device", "cpu",
    ]  # fmt: skip
    assert cli.run([*common, "--steps", "15", "--seed", "1", "-o", str(out)]) == 0
    assert cli.run([*common, "--steps", "0", "--init", str(out), "--report", str(report)]) == 0
    (reported,) = json.loads(report.read_text())["losses"]

    x = pixels(out)
    height, width = x.shape[2:]
    f, p, a = (
        features(x),
        features(pixels(CONTENT, (width, height))),
        features(covering(STYLE, width, height)),
    )
    content = 0.5 * (f[CONTENT_LAYER] - p[CONTENT_LAYER]).square().sum().item()
    assert reported["content"] == pytest.approx(content, rel=1e-4)
    total = content
    for name in STYLE_LAYERS:
        n, m = f[name].shape
        loss = (f[name] @ f[name].T - a[name] @ a[name].T).square().sum().item()
        loss /= 4 * n**2 * m**2
        assert reported["style"][name] == pytest.approx(loss, rel=1e-4)
        total += 1000 * loss / len(STYLE_LAYERS)
    assert reported["total"] == pytest.approx(total, rel=1e-4)


def test_the_result_takes_the_style_and_keeps_the_content(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    asked = [
        "render", str(CONTENT), str(STYLE), "--network", str(WEIGHTS), "--device", "cpu",
        "--content-layer", "conv3_1", "--style-layers", ",".join(STYLE_LAYERS), "--size", "256",
        "--steps", "80", "-o", str(tmp_path / "out.png"), "--report", str(report),
    ]  # fmt: skip
    assert cli.run(asked) == 0
    last = json.loads(report.read_text())["losses"][-1]
    assert np.mean(list(last["style"].values())) < 0.05  # 1 would be as far as an empty picture
    assert last["content"] < 0.8
