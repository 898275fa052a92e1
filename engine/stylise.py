"""The algorithm, from the job to the picture, in the order of the paper.

`stylise` is a generator: whoever runs it pulls message after message. Not pulling is pause,
closing is cancel, and a `Settings` sent in takes the place of the live ones before the next
iteration. It keeps no flag, calls nothing back and prints nothing.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor

from engine import defaults, devices, networks, optimise, pyramid, tiling, vgg, weights
from engine.errors import DivergedError, SettingsError
from engine.job import (
    DeviceInfo,
    Frame,
    Job,
    Message,
    Note,
    Progress,
    Scale,
    Started,
)
from engine.settings import Objective, Settings, Statistic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LARGEST_PREVIEW: Final = 2048
PROGRESS_EVERY: Final = 0.25
"""Seconds after which a silent stretch of work gives a sign of life."""

NORMALISING_SIZE: Final = 512
"""Long side of the pictures over which mean activations are taken: more px, the same means."""

Result = TypeVar("Result")
Messages = Generator[Message, Settings | None, Result]


def stylise(job: Job) -> Messages[None]:
    """Paint the content in the styles' manner.

    Yields:
        `Started`; then for every scale a `Frame` of its start and one after each iteration, with
        `Progress` between them at most about a second apart, and `Note`s.

    Raises:
        EngineError: the job cannot be done, or not to its end; the last Frame stays valid.
    """
    device = devices.choose(job.settings.device)
    settings = _resolved(job, device)
    scales = pyramid.scales(settings, job.content.size)
    assert settings.threads is not None
    torch.set_num_threads(settings.threads)
    network = yield from _network(job, settings)
    with devices.explaining_memory(device):
        network = network.to(device.name, devices.precision_dtype(settings.precision or "float32"))
        yield Started(settings, scales, network.info, device, torch.get_num_threads())
        yield from _paint(job, settings, scales, network, device)


def _paint(
    job: Job,
    settings: Settings,
    scales: tuple[Scale, ...],
    network: vgg.Network,
    device: DeviceInfo,
) -> Messages[None]:
    content = pyramid.tensor_of(job.content)
    styles = [pyramid.tensor_of(style) for style in job.styles]
    x = _start(job, settings, scales[0])  # (H, W, 3) in 0 … 1
    count = _Count(steps=sum(scale.steps for scale in scales), scales=len(scales))

    for scale in scales:
        size = scale.width, scale.height
        p = pyramid.resized(content, *size).to(device.name)
        a = [_fitted_style(style, size, settings).to(device.name) for style in styles]
        x = pyramid.resized(x, *size).to(device.name)

        goal = yield from _working(tiling.targets(network, p, a, settings), "looking")
        rule = optimise.update_rule(settings)
        point = yield from _evaluated(x, network, goal, settings)
        count.evaluations += 1
        yield _frame(point, count)

        for _ in range(scale.steps):
            taken = yield from _stepped(rule, point, network, goal, settings)
            yield from _remarks(taken)
            point = taken.point
            count.step += 1
            count.evaluations += taken.evaluations
            changed = yield _frame(point, count)
            if changed is not None and _live_change(settings, changed):
                settings = _with_live(settings, changed)
                goal = yield from _working(tiling.targets(network, p, a, settings), "looking")
                rule.forget()
                point = yield from _evaluated(point.picture, network, goal, settings)
                count.evaluations += 1
            elif taken.stalled:
                break
        x = point.picture
        count.scale_done(scale)


@dataclass(slots=True)
class _Count:
    """Where the job stands."""

    steps: int
    scales: int
    step: int = 0
    scale: int = 0
    evaluations: int = 0
    _before: int = 0

    def scale_done(self, scale: Scale) -> None:
        """Go on to the next scale, also where this one ended early."""
        self._before += scale.steps
        self.step = self._before
        self.scale += 1


def _resolved(job: Job, device: DeviceInfo) -> Settings:
    settings = job.settings
    _check(job)
    if job.start is not None:
        # A picture to go on from has its size and its detail: no coarser scale would keep them.
        size = settings.size or (settings.scales or (max(job.start.size),))[-1]
        settings = settings.replace(size=size, scales=settings.scales or (size,))
    seed = secrets.randbelow(2**32)
    return defaults.resolved(
        settings,
        device,
        threads=devices.ALL_THREADS,
        seed=seed,
        content_layer=networks.chosen(settings.network).content_layer,
    )


def _check(job: Job) -> None:
    settings = defaults.for_objective(job.settings)
    if not job.styles and settings.style_weight:
        raise SettingsError("no style picture is named", "name one, or set the style weight to 0")
    if settings.init not in ("content", "style", "noise") and job.start is None:
        raise SettingsError(
            f"init: there is no start {settings.init!r}",
            "choose content, style, noise, or name a picture file",
        )
    if settings.objective is Objective.PAPER and settings.statistic is not Statistic.GRAM:
        raise SettingsError(
            "the paper's objective is defined by Gram matrices alone",
            "choose statistic gram, or the objective balanced",
        )


def _network(job: Job, settings: Settings) -> Messages[vgg.Network]:
    """Load the network, as deep as needed, its filters scaled to mean activation 1."""
    entry = networks.chosen(settings.network)
    if entry.path is None:
        yield Note(f"downloading the weights of {entry.name} (548 MB), once")
        weights.download()
        entry = networks.chosen(settings.network)
    yield Progress(f"loading {entry.name}")
    network = weights.load(entry, pooling=settings.pooling, weights_input=settings.weights_input)
    network = network.down_to(_deepest(settings))
    pictures = tuple(_small(pyramid.tensor_of(p)) for p in (job.content, *job.styles))
    yield Progress("measuring activations")
    means = vgg.mean_activations(network, pictures)
    return network if vgg.is_normalised(means) else vgg.normalised(network, means)


def _deepest(settings: Settings) -> str:
    needed = [name for name, _ in settings.style_layers] if settings.style_weight else []
    if settings.content_weight and settings.content_layer:
        needed.append(settings.content_layer)
    return vgg.deepest_of(needed)


def _small(picture: Tensor) -> Tensor:
    height, width = picture.shape[:2]
    factor = NORMALISING_SIZE / max(height, width)
    if factor >= 1:
        return picture
    return pyramid.resized(picture, max(16, round(width * factor)), max(16, round(height * factor)))


def _start(job: Job, settings: Settings, scale: Scale) -> Tensor:
    """The picture that the optimisation starts from: section 3.1 of the paper, figure 6."""
    if job.start is not None:
        return pyramid.tensor_of(job.start)
    if settings.init == "noise":
        return pyramid.noise(scale.width, scale.height, settings.seed or 0)
    return pyramid.tensor_of(job.styles[0] if settings.init == "style" else job.content)


def _fitted_style(style: Tensor, size: tuple[int, int], settings: Settings) -> Tensor:
    assert settings.style_fit is not None
    return pyramid.style_resized(style, size, settings.style_fit, settings.style_scale)


def _evaluated(
    picture: Tensor, network: vgg.Network, goal: tiling.Targets, settings: Settings
) -> Messages[optimise.Point]:
    work = tiling.evaluate(network, picture, goal, settings)
    point = optimise.Point(picture, (yield from _working(work, "evaluating")))
    if not optimise.is_finite(point):
        raise DivergedError(
            "the loss of the start is not a finite number",
            "choose precision float32, smaller weights or another network",
        )
    return point


def _stepped(
    rule: optimise.UpdateRule,
    point: optimise.Point,
    network: vgg.Network,
    goal: tiling.Targets,
    settings: Settings,
) -> Messages[optimise.Taken]:
    def evaluate(picture: Tensor) -> tiling.Work[tiling.Evaluation]:
        return tiling.evaluate(network, picture, goal, settings)

    return (yield from _working(rule.step(point, evaluate), "painting"))


def _working(work: tiling.Work[Result], activity: str) -> Messages[Result]:
    """Do work that may be interrupted, with a sign of life now and then."""
    spoken = time.monotonic()
    try:
        while True:
            next(work)
            if time.monotonic() - spoken >= PROGRESS_EVERY:
                yield Progress(activity)
                spoken = time.monotonic()
    except StopIteration as done:
        result: Result = done.value
        return result


def _remarks(taken: optimise.Taken) -> Messages[None]:
    if taken.retreats:
        yield Note(
            "the loss was not a finite number; went back to the last good picture and on with a "
            "smaller step"
        )
    if taken.stalled:
        yield Note("the loss falls no further at this scale and precision")


def _live_change(old: Settings, new: Settings) -> bool:
    return _with_live(old, new) != old


def _with_live(old: Settings, new: Settings) -> Settings:
    return old.with_live(new)


def _frame(point: optimise.Point, count: _Count) -> Frame:
    picture = point.picture
    height, width = picture.shape[:2]

    def snapshot() -> NDArray[np.float32]:
        return picture.float().cpu().numpy().copy()

    return Frame(
        step=count.step,
        steps=count.steps,
        scale=count.scale,
        scales=count.scales,
        size=(width, height),
        losses=point.evaluation.losses,
        evaluations=count.evaluations,
        pixels=_preview(picture),
        snapshot=snapshot,
    )


def _preview(picture: Tensor) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    factor = LARGEST_PREVIEW / max(height, width)
    if factor < 1:
        size = max(1, round(height * factor)), max(1, round(width * factor))
        planes = F.interpolate(picture.permute(2, 0, 1)[None], size=size, mode="area")
        picture = planes[0].permute(1, 2, 0)
    return (picture * 255 + 0.5).to(torch.uint8).contiguous().cpu().numpy()
