"""Where a render stands: what it is made of, how far it is, what it saves on."""

from __future__ import annotations

from dataclasses import dataclass, field

from torch import Tensor

from engine import checkpoint, live, networks, optimise, pyramid, thrift, vgg
from engine.job import DeviceInfo, Job, Scale
from engine.settings import Optimizer, Settings


@dataclass(slots=True)
class Run:
    """A job under way: what it is made of, and where it stands.

    Attributes:
        job: that is being done.
        device: that it is done on.
        network: as deep as its file goes; live changes may ask for other layers.
        layers: that suit the network, where none are asked for.
        scales: coarse to fine.
        header: what checkpoints say of the job.
        settings: resolved; the live ones may change.
        rule: with what it has learnt at this scale.
        scale: index of the current one.
        step: iterations done, over all scales.
        evaluations: of loss and gradient, over all scales.
        stalled: whether no step lowers the loss any further at this scale.
        pending: a live change that waits for the next frame.
        evaluated: whether the picture at hand was evaluated and counted already.
        base: the picture that the run goes on from, at the size of the last scale; None where it
            begins afresh.
        fitting: the most that fitted into memory, of the settings that had to be cut down.
    """

    job: Job
    device: DeviceInfo
    network: vgg.Network
    layers: networks.Layers
    scales: tuple[Scale, ...]
    header: checkpoint.Header
    settings: Settings
    rule: optimise.UpdateRule
    scale: int = 0
    step: int = 0
    evaluations: int = 0
    stalled: bool = False
    pending: Settings | None = None
    evaluated: bool = False
    base: Tensor | None = None
    fitting: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height at this scale, px."""
        return self.scales[self.scale].width, self.scales[self.scale].height

    @property
    def is_last_scale(self) -> bool:
        """Whether no finer scale follows."""
        return self.scale + 1 == len(self.scales)

    def whole(self, picture: Tensor) -> Tensor:
        """A coarse scale's picture; where the run goes on from one, what it changes of that one.

        So a picture that is gone on from keeps its detail, and a change of the look shows in it at
        the speed of the coarse scales.
        """
        if self.base is None or self.is_last_scale:
            return picture
        return pyramid.with_change(self.base, picture)

    @property
    def steps_before(self) -> int:
        """Of all coarser scales."""
        return sum(scale.steps for scale in self.scales[: self.scale])

    @property
    def is_scale_done(self) -> bool:
        """Whether no iterations are left at this scale."""
        return self.step >= self.steps_before + self.scales[self.scale].steps

    def count(self, taken: optimise.Taken) -> None:
        """Take an iteration down."""
        self.step += 1
        self.evaluations += taken.evaluations
        self.stalled = taken.stalled

    def next_scale(self) -> None:
        """Go on, also where this scale ended early."""
        self.scale += 1
        self.step = self.steps_before
        self.stalled = False
        self.rule = optimise.update_rule(self.settings)

    def economise(self) -> Settings | None:
        """Go on with less memory, where there is something left to save on.

        Returns:
            The settings before; None where they were frugal already.
        """
        before, less = self.settings, thrift.lessened(self.settings, self.size, self._pairs)
        if less is None:
            return None
        names = live.differences(before, less)
        self.settings = less
        self.fitting |= {name: getattr(less, name) for name in names}
        if live.changes_rule(names):
            self.rule.adopt(less)
        return before

    @property
    def _pairs(self) -> int:
        """How many steps L-BFGS remembers; no other rule's memory can be cut down."""
        is_lbfgs = self.settings.optimizer is Optimizer.LBFGS
        return len(self.rule.memory().numbers) if is_lbfgs else 0
