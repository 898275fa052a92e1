"""Trains `sketch` without labels on pictures generated as it goes.

    python -m resources.networks.sketch.train --folder RUN --minutes 600

From the means and deviations of the channels at both ends of each block (what a style is) it has to
be told from which picture and quadrant a crop was cut, and light decoders have to paint the crop
again from conv2_2 and conv4_2 (what a content is). RUN keeps the state, from which the same command
goes on, a log, and the exported weights; `--start` goes on from exported weights alone.
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
import safetensors
import safetensors.torch
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from resources.networks.sketch import model, pictures

LOG = logging.getLogger("sketch")
CONTENT_LAYERS = {"conv2_2": 1, "conv4_2": 3}
"""Layers that are decoded, and how many times their grid is doubled to be the crop's."""
RECOGNISING = (*(f"conv{block}_1" for block in range(1, 6)), *model.last_of_blocks())
"""Layers that have to recognise crops: those that a style is read from, and each block's last."""
COLOUR_BLIND = tuple(name for name in RECOGNISING if name >= "conv3")
"""Layers that have to recognise a crop through other colours too, so by its forms."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        tinted: share of the crops whose colours are changed; see `COLOUR_BLIND`.
        shapes: taken in turn, one a step: side of the crops in px, and their number. The large ones
            are for the deepest layers.
        pool: pictures kept at hand, each with its four quadrants to be recognised.
        every: steps until one of them is replaced by a fresh one.
        rate: AdamW's, at its highest.
        decode: weight of the decoders' loss.
        side: of the generated pictures, px; at least twice that of a crop.
    """

    tinted: float = 0.5
    shapes: tuple[tuple[int, int], ...] = ((64, 64), (64, 64), (64, 64), (112, 20))
    pool: int = 512
    every: int = 4
    rate: float = 2e-3
    decode: float = 6.0
    side: int = pictures.SIDE


class Student(nn.Module):
    """The network with the heads that only training needs."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.network = model.Sketch()
        channels = dict(model.layer_channels())
        self.heads = nn.ModuleDict(
            {
                name: nn.Sequential(
                    nn.BatchNorm1d(2 * channels[name], affine=False),
                    nn.Linear(2 * channels[name], classes),
                )
                for name in RECOGNISING
            }
        )
        self.decoders = nn.ModuleDict(
            {name: _decoder(channels[name], times) for name, times in CONTENT_LAYERS.items()}
        )

    def forward(self, crops: Tensor, labels: Tensor, tinted: int) -> tuple[Tensor, Tensor]:
        """Losses of recognition and of decoding.

        Args:
            crops: (B, 3, H, W) in 0 … 1.
            labels: (B,), picture and quadrant of each crop.
            tinted: how many of them, the first ones, have other colours than their pictures.
        """
        features = self.network(crops)
        recognition = torch.zeros((), device=crops.device)
        for name, head in self.heads.items():
            known = slice(0 if name in COLOUR_BLIND else tinted, None)
            answers = head(_statistics(features[name][known])).float()
            recognition = recognition + F.cross_entropy(answers, labels[known])
        decoding = sum(
            (_difference(self.decoders[n](features[n]).float(), crops) for n in self.decoders),
            torch.zeros((), device=crops.device),
        )
        return recognition / len(self.heads), decoding / len(self.decoders)

    def forget(self, classes: slice, optimizer: torch.optim.Optimizer) -> None:
        """Start these classes anew, as they now stand for another picture."""
        for head in self.heads.values():
            for parameter in head[1].parameters():  # type: ignore[index]
                for values in (parameter, *optimizer.state.get(parameter, {}).values()):
                    if values.dim():
                        values.data[classes] = 0


class Pool:
    """Generated pictures, one of them replaced now and then."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self._plan, self._next = plan, seed
        self._all = [self._fresh() for _ in range(plan.pool)]

    def replace(self, slot: int) -> slice:
        """Put a fresh picture there.

        Returns:
            The classes of its quadrants.
        """
        self._all[slot] = self._fresh()
        return slice(4 * slot, 4 * slot + 4)

    def batch(self, random: np.random.Generator, side: int, count: int) -> tuple[Tensor, Tensor]:
        """Crops (count, 3, side, side) in 0 … 1 and their classes (count,)."""
        labels = random.choice(4 * len(self._all), count, replace=False)
        crops = np.stack([self._crop(random, side, label) for label in labels])
        wide = torch.from_numpy(crops.astype(np.float32) / 255).permute(0, 3, 1, 2)
        return wide, torch.from_numpy(labels)

    def _crop(self, random: np.random.Generator, side: int, label: int) -> NDArray[np.uint8]:
        slot, quadrant = divmod(int(label), 4)
        half = self._plan.side // 2
        top, left = np.array(divmod(quadrant, 2)) * half + random.integers(0, half - side + 1, 2)
        crop = self._all[slot][top : top + side, left : left + side]
        return crop[:, ::-1] if random.random() < 0.5 else crop

    def _fresh(self) -> NDArray[np.uint8]:
        self._next += 1
        return (pictures.picture(self._next, self._plan.side) * 255).astype(np.uint8)


def train(
    folder: Path,
    plan: Plan,
    minutes: float,
    steps: int,
    seed: int,
    device: str,
    log_every: int = 50,
    start: Path | None = None,
) -> Path:
    """Train, or go on, until the time or the steps are over.

    Args:
        folder: keeps the state; a state found there is gone on from.
        plan: how to train.
        minutes: at most, in this run.
        steps: at most, in all runs.
        seed: of the pictures.
        device: as torch names it.
        log_every: steps between two lines of the log.
        start: exported weights to go on from where the folder has no state.

    Returns:
        The exported weights.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    student = Student(4 * plan.pool).to(torch.device(device))
    student = student.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(student.parameters(), plan.rate, weight_decay=0.02)
    done, spent = _resume(folder / "state.pt", student, optimizer)
    if start is not None and not done:
        done, spent = _start(start, student)
    first = done
    # Every run goes on with pictures that no run before it has seen.
    pool, random = Pool(plan, seed + done * 1000), np.random.default_rng(seed + done)
    student.forget(slice(None), optimizer)
    begun, saved = time.monotonic(), time.monotonic()
    while done < steps and time.monotonic() - begun < minutes * 60:
        share = max(done / steps, (spent + time.monotonic() - begun) / (minutes * 60 + spent))
        _set_rate(optimizer, plan.rate * min(1, (done - first + 1) / 300) * _cosine(share))
        if done % plan.every == 0:
            student.forget(pool.replace(done // plan.every % plan.pool), optimizer)
        crops, labels = pool.batch(random, *plan.shapes[done % len(plan.shapes)])
        tinted = int(plan.tinted * len(crops))
        crops[:tinted] = tint(crops[:tinted], random)
        losses = step(student, optimizer, crops.to(device), labels.to(device), tinted, plan)
        done += 1
        if done % log_every == 0:
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


def _difference(painted: Tensor, crops: Tensor) -> Tensor:
    """L1 of the colours and, so that edges stay sharp, of their slopes."""
    error = painted - crops
    slopes = error.diff(dim=2).abs().mean() + error.diff(dim=3).abs().mean()
    return error.abs().mean() + slopes


def tint(crops: Tensor, random: np.random.Generator) -> Tensor:
    """Give each of (B, 3, H, W) in 0 … 1 other hues, or fewer, and another light."""
    count = len(crops)
    turns = np.linalg.qr(random.normal(size=(count, 3, 3)))[0]
    turns *= np.sign(turns.sum((1, 2)))[:, None, None]  # light stays light
    share = random.uniform(0, 0.8, (count, 1, 1))
    mixing = share * turns + (1 - share) * (
        np.eye(3) * random.uniform(0.3, 1, (count, 1, 1)) + random.uniform(0, 0.25, (count, 1, 1))
    )
    mean = crops.mean((2, 3), keepdim=True)
    mixed = torch.einsum(
        "bij,bjhw->bihw", torch.from_numpy(mixing.astype(np.float32)), crops - mean
    )
    light = torch.from_numpy(random.uniform(-0.15, 0.15, (count, 3, 1, 1)).astype(np.float32))
    return (mixed + mean + light).clamp(0, 1)


def step(
    student: Student,
    optimizer: torch.optim.Optimizer,
    crops: Tensor,
    labels: Tensor,
    tinted: int,
    plan: Plan,
) -> tuple[float, float]:
    """One step of the optimizer on crops and labels as `Student.forward` takes them.

    Returns:
        The losses of recognition and of decoding.
    """
    crops = crops.contiguous(memory_format=torch.channels_last)
    with torch.autocast(crops.device.type, dtype=torch.bfloat16):
        recognition, decoding = student(crops, labels, tinted)
    optimizer.zero_grad(set_to_none=True)
    (recognition + plan.decode * decoding).backward()
    nn.utils.clip_grad_norm_(student.parameters(), 5.0)
    optimizer.step()
    return recognition.item(), decoding.item()


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


def _start(path: Path, student: Student) -> tuple[int, float]:
    """Take over exported weights; the heads and decoders begin anew."""
    with safetensors.safe_open(path, framework="pt") as file:
        facts = file.metadata()
    state = {key: value.float() for key, value in safetensors.torch.load_file(path).items()}
    model.unfold(state, student.network, _sample())
    return int(facts["steps"]), 60 * float(facts["minutes"])


def _sample() -> Tensor:
    """Pictures (24, 3, 128, 128) by whose activations filters are scaled."""
    sample = np.stack([pictures.picture(10**9 + i, 128) for i in range(24)])
    return torch.from_numpy(sample).permute(0, 3, 1, 2)


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
    scaled = model.normalised(weights, _sample())
    facts = {
        "steps": str(steps),
        "crops": str(sum(count for _, count in plan.shapes) * steps // len(plan.shapes)),
        "minutes": f"{seconds / 60:.0f}",
    }
    model.export(scaled, folder / "sketch.safetensors", facts)


def _log(path: Path, steps: int, seconds: float, losses: tuple[float, float]) -> None:
    LOG.info("step %d, %.0f s: recognition %.3f, decoding %.4f", steps, seconds, *losses)
    fresh = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.writer(file)
        if fresh:
            writer.writerow(["step", "seconds", "recognition", "decoding"])
        writer.writerow([steps, f"{seconds:.1f}", *(f"{loss:.5f}" for loss in losses)])


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--steps", type=int, default=10**9)
    parser.add_argument("--start", type=Path, help="exported weights to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--smoke", action="store_true", help="a few small steps, for the tests")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    plan = Plan(shapes=((32, 4),), pool=6, every=1, side=64) if given.smoke else Plan()
    steps = min(given.steps, 3) if given.smoke else given.steps
    train(given.folder, plan, given.minutes, steps, given.seed, given.device, start=given.start)


if __name__ == "__main__":
    main()
