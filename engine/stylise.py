"""The algorithm, from the job to the picture, in the order of the paper.

`stylise` is a generator: whoever runs it pulls message after message. Not pulling is pause,
closing is cancel, a `Settings` sent in takes the place of the live ones before the next iteration,
a `Guidance` that of the masks, and a `Rewind` goes back to an earlier moment of the run. It keeps
no flag, calls nothing back and prints nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor

from engine import (
    anchor,
    changes,
    checkpoint,
    devices,
    geometry,
    guides,
    kept,
    live,
    masks,
    networks,
    optimise,
    preparation,
    pyramid,
    tiling,
    vgg,
    weights,
)
from engine.blends import portions
from engine.choices import Precision
from engine.colours import tones
from engine.costs import frugal, thrift, workload
from engine.errors import DivergedError, EngineError
from engine.geometry import LARGEST_PREVIEW
from engine.job import (
    Frame,
    Guidance,
    Job,
    Message,
    Note,
    Progress,
    Rewind,
    Started,
)
from engine.live import Wish
from engine.run import Run
from engine.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

PROGRESS_EVERY: Final = 0.25
"""Seconds after which a silent stretch of work gives a sign of life."""

Result = TypeVar("Result")
Messages = Generator[Message, Wish | None, Result]
Loading = Callable[[Job, Settings, tuple[int, ...] | None], Messages[vgg.Network]]


def stylise(job: Job, load: Loading | None = None) -> Messages[None]:
    """Paint the content in the styles' manner.

    Args:
        job: all that the picture depends on.
        load: gives the network; `loaded_network` where none is named.

    Yields:
        `Started`; then for every scale a `Frame` of its start and one after each iteration, with
        `Progress` between them at most about a second apart, and `Note`s. A resumed job begins
        with the `Frame` that its checkpoint was written at.

    Raises:
        EngineError: the job cannot be done, or not to its end; the last Frame stays valid.
    """
    saved = None if job.resume is None else checkpoint.read_header(job.resume)
    device = devices.choose(job.settings.device)
    guidance, remarks = preparation.settled(job, saved)
    settings = (
        preparation.resolved(job, device)
        if saved is None
        else preparation.resumed(job, saved, device)
    )
    scales = geometry.scales(settings, job.content.size)
    assert settings.threads is not None
    torch.set_num_threads(settings.threads)
    measured = checkpoint.measured(job, settings) if saved is None else saved.measured
    network = yield from (load or loaded_network)(job, settings, measured)
    layers = networks.chosen(settings.network).layers
    with devices.explaining_faults(device):
        network = network.to(device.name, devices.precision_dtype(settings.precision))
        yield Started(settings, scales, network.info, device, torch.get_num_threads(), guidance)
        header = checkpoint.Header.of(job, settings, network.info).at(measured=measured)
        run = Run(job, device, network, layers, scales, header, settings, guidance)
        run.guide(guidance)
        remark = frugal.remark(job.settings, settings) if saved is None else ""
        if remark:
            run.fitting["history"] = settings.history or frugal.SHORTEST
        yield from map(Note, filter(None, (*remarks, remark)))
        # Not under a name here, which would keep the start to the end.
        yield from _paint(run, run.begin() if saved is None else (yield from _recall(run, saved)))


@dataclass(frozen=True, slots=True)
class _Loss:
    """The loss as a function of the picture, at one scale, under the run's settings.

    Attributes:
        held: the loss that the picture scaled down keeps its look by, where it is large.
    """

    run: Run
    network: vgg.Network
    goal: tiling.Targets
    precision: Precision
    held: tuple[anchor.Reduction, _Loss] | None = None

    def evaluate(self, picture: Tensor) -> tiling.Work[tiling.Evaluation]:
        """See `tiling.evaluate` and `anchor.added`."""
        whole = yield from tiling.evaluate(self.network, picture, self.goal, self.run.settings)
        tones.hold(self.run.settings, whole.gradient)
        if self.held is None:
            return whole
        reduction, loss = self.held
        small = yield from loss.evaluate(reduction.down(picture))
        return anchor.added(whole, small, reduction)


def _paint(run: Run, x: Tensor) -> Messages[None]:
    """Optimise x (H, W, 3), scale after scale."""
    while True:
        x = pyramid.resized(x, *run.size).to(run.device.name)
        loss = yield from _looking(run)
        point = yield from _evaluated(run, x, loss)
        del x  # each picture counts at print size
        while True:
            wish = yield _frame(run, point)
            back = (yield from _rewound(run, wish)) if isinstance(wish, Rewind) else None
            if back is not None:
                break
            before = run.settings
            names, notes = changes.take_up(run, None if isinstance(wish, Rewind) else wish)
            yield from notes
            if names & tones.NAMES:
                point = replace(point, picture=run.recoloured(before, point.picture))
            if names and not run.is_scale_done:
                loss, point = yield from _adapted(run, point, loss, names)
            if run.stalled or run.is_scale_done:
                break
            step = partial(run.rule.step, point, loss.evaluate)
            taken = yield from _fitted(run, step, "painting")
            yield from _remarks(taken)
            run.count(taken)
            point = taken.point
            if loss.precision is not run.precision:
                del loss  # its targets make room for the new ones
                loss, point = yield from _widened(run, point)
        if back is not None:
            x = back
            del loss, point
            continue
        x = run.whole(point.picture)
        if run.is_last_scale:
            return
        run.next_scale()


def _looking(run: Run) -> Messages[_Loss]:
    """Look at the pictures at the current scale."""
    device, size = run.device.name, run.size
    network = run.network.down_to(preparation.deepest(run.settings))
    network = network.to(device, devices.precision_dtype(run.precision))
    if run.is_widening:
        yield Note(f"float32 from step {run.step + 1} on")
    goal = yield from _targets(run, network, size)
    smaller = geometry.anchor(run.settings, run.scales, run.scale)
    if smaller is None:
        return _Loss(run, network, goal, run.precision)
    held = yield from _targets(run, network, smaller)
    reduction = anchor.Reduction.between(size, smaller, device)
    return _Loss(
        run, network, goal, run.precision, (reduction, _Loss(run, network, held, run.precision))
    )


def _targets(run: Run, network: vgg.Network, size: tuple[int, int]) -> Messages[tiling.Targets]:
    """Look at the pictures at a width and height, px."""
    p = run.tones.photograph(run.settings, size).to(run.device.name)

    def look() -> tiling.Work[tiling.Targets]:
        given = portions.portions(run.settings, len(run.job.styles))
        a = (_painting(portion, run, size) for portion in given)  # one at a time
        shares = [portion.share for portion in given]
        return tiling.targets(network, p, a, run.settings, shares, _guides(run, size, given))

    return (yield from _fitted(run, look, "looking"))


def _guides(
    run: Run, size: tuple[int, int], given: tuple[portions.Portion, ...]
) -> guides.Guides | None:
    """Where those styles go that have a share."""
    layers = dict(run.settings.style_layers or ()) if run.settings.style_weight else ()
    own = masks.only(run.guidance, [portion.index for portion in given])
    shares = [portion.share for portion in given]
    return guides.over(size, own, shares, layers, run.device.name)


def _painting(portion: portions.Portion, run: Run, size: tuple[int, int]) -> Tensor:
    """What counts of a style, at a scale of the content."""
    fit, style = run.settings.style_fit, portion.of(run.job.styles)
    assert fit is not None
    resized = pyramid.style_resized(pyramid.tensor_of(style), size, fit, portion.scale)
    return run.tones.painting(run.settings, style, resized).to(run.device.name)


def _widened(run: Run, point: optimise.Point) -> Messages[tuple[_Loss, optimise.Point]]:
    """Go on in float32: the same loss but for rounding, so that the rule forgets nothing."""
    loss = yield from _looking(run)
    point = yield from _evaluated(run, point.picture, loss)
    run.widen()
    return loss, point


def _adapted(
    run: Run, point: optimise.Point, loss: _Loss, names: frozenset[str]
) -> Messages[tuple[_Loss, optimise.Point]]:
    """Go on with changed settings: what the rule learnt of another loss holds no longer."""
    run.stalled = False
    if live.changes_rule(names):
        run.rule.adopt(run.settings)
    if not live.changes_loss(names):
        return loss, point
    loss = yield from _looking(run)
    new = yield from _evaluated(run, point.picture, loss)
    run.rule.follow(point.evaluation.gradient, new.evaluation.gradient)
    return loss, new


def _recall(run: Run, saved: checkpoint.Header) -> Messages[Tensor]:
    """Put the run where the checkpoint was written, and return its picture."""
    path = run.job.resume
    assert path is not None
    checkpoint.check_network(path, saved, run.network.info)
    found = _found(run, path, saved)
    yield from _resumption(run, saved, found[1])
    picture = _put(run, path, saved, found)
    run.header = run.header.at(start=saved.start)
    run.pending.append(checkpoint.continued(saved.settings, dict(run.job.settings)))
    if not run.job.guidance.is_everywhere:
        run.pending.append(run.job.guidance)
    return picture


def _rewound(run: Run, wish: Rewind) -> Messages[Tensor | None]:
    """Put the run back to a moment of its own; None, and nothing is changed, where that fails."""
    run.pending = [wish.settings]
    try:
        saved = checkpoint.read_header(wish.path)
        found = _found(run, wish.path, saved)
    except EngineError as error:
        yield Note(f"the picture stays as it is: {error.cause}")
        return None
    run.settings = thrift.within(saved.settings, run.fitting)
    run.guide(saved.guidance.guidance() if saved.guidance else Guidance())
    picture = _put(run, wish.path, saved, found)
    yield Note(f"back at step {run.step} of {run.steps}", run.settings, run.guidance)
    return picture


_Found = tuple[Tensor, optimise.Memory | None, Tensor | None]
"""A checkpoint's picture, what the rule had learnt, and the picture that the run goes on from."""


def _found(run: Run, path: Path, saved: checkpoint.Header) -> _Found:
    scales, before = run.scales, sum(scale.steps for scale in run.scales[: saved.scale])
    if saved.scale >= len(scales) or not before <= saved.step <= before + scales[saved.scale].steps:
        raise checkpoint.damaged(path, "its step is not of its scale")
    here, last = scales[saved.scale], scales[-1]
    sizes = (here.width, here.height), (last.width, last.height)
    picture, memory, base = checkpoint.load(path, saved, *sizes)
    if base is None and here is not last:
        if saved.start is not None:
            raise checkpoint.damaged(path, "what it goes on from is missing")
        content, is_start = run.job.content, run.settings.init == "content"
        base = run.at_full_size(content, saved.settings) if is_start else None
    return picture, memory, base


def _put(run: Run, path: Path, saved: checkpoint.Header, found: _Found) -> Tensor:
    """Put the run where a checkpoint was written, and return its picture."""
    picture, memory, base = found
    run.lay(base)
    run.scale, run.step = saved.scale, saved.step
    run.evaluations, run.stalled = saved.evaluations, saved.stalled
    run.evaluated = True
    run.rule = run.fresh_rule()
    if memory is not None:
        tensors = {name: tensor.to(run.device.name) for name, tensor in memory.tensors.items()}
        try:
            run.rule.recall(replace(memory, tensors=tensors))
        except ValueError as error:
            raise checkpoint.damaged(path, str(error)) from error
    return picture


def _resumption(
    run: Run, saved: checkpoint.Header, memory: optimise.Memory | None
) -> Messages[None]:
    yield Note(f"goes on from step {saved.step} of {run.steps}")
    if memory is None and saved.step < run.steps:
        yield Note("the checkpoint holds the picture alone: the optimiser starts afresh")
    others = checkpoint.why_not_the_same(saved, run.settings)
    if others:
        yield Note(f"the last bits may differ from an uninterrupted render: {', '.join(others)}")


def loaded_network(
    job: Job, settings: Settings, measured: tuple[int, ...] | None = None
) -> Messages[vgg.Network]:
    """Load the network, as deep as its file goes, its filters scaled to mean activation 1.

    Args:
        job: that is being done.
        settings: resolved.
        measured: the styles that the filters are scaled by, besides the content; None for all.

    Yields:
        `Progress` and `Note`s alone.

    Raises:
        NetworkError: it is not here, is damaged, or ends above a layer that the settings name.
    """
    entry = yield from kept.ready(networks.chosen(settings.network))
    yield Progress(f"loading {entry.name}")
    network = weights.load(entry, pooling=settings.pooling, weights_input=settings.weights_input)
    network.down_to(preparation.deepest(settings))  # raises where the file does not go as deep
    assert settings.padding is not None
    network = replace(network, padding=settings.padding)
    # All layers are measured, in use or not: live changes and resumed runs find the same filters.
    styles = [a for index, a in enumerate(job.styles) if measured is None or index in measured]
    pictures = tuple(
        pyramid.resized(pyramid.tensor_of(p), *workload.small(p.size))
        for p in (job.content, *styles)
    )
    yield Progress("measuring activations")
    means = vgg.mean_activations(network, pictures)
    return network if vgg.is_normalised(means) else vgg.normalised(network, means)


def _evaluated(run: Run, picture: Tensor, loss: _Loss) -> Messages[optimise.Point]:
    work = partial(loss.evaluate, picture)
    point = optimise.Point(picture, (yield from _fitted(run, work, "evaluating")))
    run.evaluations += not run.evaluated
    run.evaluated = False
    if not optimise.is_finite(point):
        raise DivergedError(
            "the loss of the start is not a finite number",
            "choose precision float32, smaller weights or another network",
        )
    return point


def _fitted(run: Run, begin: Callable[[], tiling.Work[Result]], activity: str) -> Messages[Result]:
    """Do work; where memory runs out, do it again with less, and say so.

    Args:
        run: that economises; its picture and what its rule has learnt stay as they were.
        begin: starts the work, under the settings then in force.
        activity: for signs of life.
    """
    while True:
        learnt = run.rule.memory()
        try:
            return (yield from _working(begin(), activity))
        except (MemoryError, RuntimeError) as error:
            if not devices.is_out_of_memory(error):
                raise
            run.rule.recall(learnt)
            before = run.economise()
            if before is None:
                raise
        # Not earlier: the error's traceback held on to all that the work had made.
        devices.empty_cache(run.device)
        saved_on = live.described(before, run.settings)
        yield Note(
            f"{run.device.label} has not enough memory: {saved_on}; the picture is kept and the "
            "render goes on",
            run.settings,
        )


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


def _frame(run: Run, point: optimise.Point) -> Frame:
    picture, ground, settings = point.picture, run.ground, run.settings
    # The content is at hand whenever a run is resumed; another start may be gone.
    base = None if run.is_last_scale or run.header.start is None else run.base
    header = run.header.at(
        settings=settings,
        scale=run.scale,
        step=run.step,
        evaluations=run.evaluations,
        stalled=run.stalled,
    )

    coloured = partial(run.tones.shown, settings, often=True)

    def snapshot() -> NDArray[np.float32]:
        whole = picture if ground is None else ground.whole(picture)
        return run.tones.shown(settings, whole.float().cpu().clone()).numpy()

    return Frame(
        step=run.step,
        steps=run.steps,
        scale=run.scale,
        scales=len(run.scales),
        size=run.size,
        losses=point.evaluation.losses,
        evaluations=run.evaluations,
        pixels=_preview(picture if ground is None else ground.preview(picture), coloured),
        snapshot=snapshot,
        state=checkpoint.Snapshot(header, picture, run.rule.memory(), run.device, base),
    )


def _preview(picture: Tensor, coloured: Callable[[Tensor], Tensor] | None = None) -> Bytes:
    """A picture as it is seen, in bytes; `coloured` may change what it is given."""
    height, width = picture.shape[:2]
    factor = LARGEST_PREVIEW / max(height, width)
    if factor < 1:
        size = max(1, round(height * factor)), max(1, round(width * factor))
        planes = F.interpolate(pyramid.planes(picture), size=size, mode="area")
        picture = planes[0].permute(1, 2, 0)
    if coloured is not None:
        picture = coloured(picture.clone())
    return (picture * 255 + 0.5).to(torch.uint8).contiguous().cpu().numpy()
