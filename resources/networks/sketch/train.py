"""Trains `sketch` without labels on pictures generated as it goes.

    python -m resources.networks.sketch.train --folder RUN --minutes 600

Two crops of one picture are to be told from all others in the batch by the means and deviations
of their channels after each block (what a style is), and a light decoder has to paint a crop again
from conv4_2 and conv2_2 (what a content is). RUN keeps the state, from which the same command goes
on, a log, and the exported weights.
"""

from __future__ import annotations

import argparse
import csv
import logging
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from resources.networks.sketch import model, pictures

LOG = logging.getLogger("sketch")
CONTENT_LAYERS = {"conv2_2": 1, "conv4_2": 3}
"""Layers that are decoded, and how many times their grid is doubled to be the crop's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        shapes: taken in turn, one a step: side of a crop in px, and pictures in the batch, each of
            which gives two crops. The large ones are for the deepest layers.
        pool: pictures kept at hand.
        fresh: pictures replaced in each step.
        rate: AdamW's, at its highest.
        decode: weight of the decoders' L1 loss.
        side: of the generated pictures, px.
    """

    shapes: tuple[tuple[int, int], ...] = ((64, 32), (64, 32), (64, 32), (128, 8))
    pool: int = 480
    fresh: int = 2
    rate: float = 2e-3
    decode: float = 6.0
    side: int = pictures.SIDE


class Student(nn.Module):
    """The network with the heads that only training needs."""

    def __init__(self) -> None:
        super().__init__()
        self.network = model.Sketch()
        channels = dict(model.layer_channels())
        self.heads = nn.ModuleDict(
            {name: nn.Linear(2 * channels[name], 128) for name in model.last_of_blocks()}
        )
        self.decoders = nn.ModuleDict(
            {name: _decoder(channels[name], times) for name, times in CONTENT_LAYERS.items()}
        )

    def forward(self, crops: Tensor, pair: Tensor) -> tuple[Tensor, Tensor]:
        """Contrastive and decoding loss.

        Args:
            crops: (B, 3, H, W) in 0 … 1.
            pair: (B,), the index of each crop's partner.
        """
        features = self.network(crops)
        contrast = sum(
            (_contrast(self.heads[n](_statistics(features[n])), pair) for n in self.heads),
            torch.zeros(()),
        )
        decoding = sum(
            ((self.decoders[n](features[n]).float() - crops).abs().mean() for n in self.decoders),
            torch.zeros(()),
        )
        return contrast / len(self.heads), decoding / len(self.decoders)


class Pool:
    """Generated pictures, some of them replaced in every step."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self._plan, self._next = plan, seed
        self._all = [self._fresh() for _ in range(plan.pool)]

    def batch(self, random: np.random.Generator, side: int, pairs: int) -> Tensor:
        """Two crops of each of some pictures, (2 * pairs, 3, side, side), partners half apart."""
        for _ in range(self._plan.fresh):
            self._all[random.integers(len(self._all))] = self._fresh()
        chosen = random.choice(len(self._all), pairs, replace=False)
        halves = [[_crop(self._all[i], side, random) for i in chosen] for _ in range(2)]
        crops = np.stack(halves[0] + halves[1]).astype(np.float32) / 255
        return torch.from_numpy(crops).permute(0, 3, 1, 2)

    def _fresh(self) -> NDArray[np.uint8]:
        self._next += 1
        return (pictures.picture(self._next, self._plan.side) * 255).astype(np.uint8)


def _crop(picture: NDArray[np.uint8], side: int, random: np.random.Generator) -> NDArray[np.uint8]:
    top, left = random.integers(0, picture.shape[0] - side + 1, 2)
    crop = picture[top : top + side, left : left + side]
    return crop[:, ::-1] if random.random() < 0.5 else crop


def train(folder: Path, plan: Plan, minutes: float, steps: int, seed: int, device: str) -> Path:
    """Train, or go on, until the time or the steps are over.

    Returns:
        The exported weights.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    student = Student().to(torch.device(device)).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(student.parameters(), plan.rate, weight_decay=0.02)
    done, spent = _resume(folder / "state.pt", student, optimizer)
    # Every run goes on with pictures that no run before it has seen.
    pool, random = Pool(plan, seed + done * 1000), np.random.default_rng(seed + done)
    begun, saved = time.monotonic(), time.monotonic()
    while done < steps and time.monotonic() - begun < minutes * 60:
        share = max(done / steps, (spent + time.monotonic() - begun) / (minutes * 60 + spent))
        _set_rate(optimizer, plan.rate * min(1, (done + 1) / 300) * _cosine(share))
        crops = pool.batch(random, *plan.shapes[done % len(plan.shapes)])
        losses = _step(student, optimizer, crops.to(device), plan)
        done += 1
        if done % 50 == 0:
            _log(folder / "log.csv", done, spent + time.monotonic() - begun, losses)
        if time.monotonic() - saved > 120:
            _save(folder, student, optimizer, done, spent + time.monotonic() - begun, plan)
            saved = time.monotonic()
    _save(folder, student, optimizer, done, spent + time.monotonic() - begun, plan)
    return folder / "sketch.safetensors"


def _decoder(channels: int, times: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for _ in range(times):
        half = max(32, channels // 2)
        layers += [nn.Conv2d(channels, half, 3, padding=1), nn.ReLU(), nn.Upsample(scale_factor=2)]
        channels = half
    return nn.Sequential(*layers, nn.Conv2d(channels, 3, 3, padding=1))


def _statistics(features: Tensor) -> Tensor:
    wide = features.float().flatten(2)
    return torch.cat([wide.mean(2), (wide.var(2) + 1e-4).sqrt()], 1)


def _contrast(codes: Tensor, pair: Tensor) -> Tensor:
    """InfoNCE at temperature 0.1 over the batch."""
    codes = F.normalize(codes.float(), dim=1)
    alike = codes @ codes.T / 0.1
    alike.fill_diagonal_(-1e4)
    return F.cross_entropy(alike, pair)


def _step(
    student: Student, optimizer: torch.optim.Optimizer, crops: Tensor, plan: Plan
) -> tuple[float, float]:
    half = crops.shape[0] // 2
    pair = torch.arange(2 * half, device=crops.device).roll(half)
    crops = crops.contiguous(memory_format=torch.channels_last)
    with torch.autocast(crops.device.type, dtype=torch.bfloat16):
        contrast, decoding = student(crops, pair)
    optimizer.zero_grad(set_to_none=True)
    (contrast + plan.decode * decoding).backward()
    nn.utils.clip_grad_norm_(student.parameters(), 5.0)
    optimizer.step()
    return contrast.item(), decoding.item()


def _cosine(share: float) -> float:
    return 0.02 + 0.98 * (1 + math.cos(math.pi * min(1.0, share))) / 2


def _set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def _resume(path: Path, student: Student, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    if not path.exists():
        return 0, 0.0
    state = torch.load(path, weights_only=True, map_location="cpu")
    student.load_state_dict(state["student"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["steps"]), float(state["seconds"])


def _save(
    folder: Path,
    student: Student,
    optimizer: torch.optim.Optimizer,
    steps: int,
    seconds: float,
    plan: Plan,
) -> None:
    part = folder / "state.part"
    state = {"student": student.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save({**state, "steps": steps, "seconds": seconds}, part)
    part.replace(folder / "state.pt")
    weights = {k: v.float().cpu() for k, v in model.folded(student.network).items()}
    sample = np.stack([pictures.picture(10**9 + i, 128) for i in range(24)])
    scaled = model.normalised(weights, torch.from_numpy(sample).permute(0, 3, 1, 2))
    facts = {
        "steps": str(steps),
        "crops": str(2 * sum(pairs for _, pairs in plan.shapes) * steps // len(plan.shapes)),
        "minutes": f"{seconds / 60:.0f}",
    }
    model.export(scaled, folder / "sketch.safetensors", facts)


def _log(path: Path, steps: int, seconds: float, losses: tuple[float, float]) -> None:
    LOG.info("step %d, %.0f s: contrast %.3f, decoding %.4f", steps, seconds, *losses)
    fresh = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.writer(file)
        if fresh:
            writer.writerow(["step", "seconds", "contrast", "decoding"])
        writer.writerow([steps, f"{seconds:.1f}", *(f"{loss:.5f}" for loss in losses)])


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--steps", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--smoke", action="store_true", help="a few small steps, for the tests")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    plan = Plan(shapes=((32, 4),), pool=6, fresh=1, side=48) if given.smoke else Plan()
    steps = min(given.steps, 3) if given.smoke else given.steps
    train(given.folder, plan, given.minutes, steps, given.seed, given.device)


if __name__ == "__main__":
    main()
