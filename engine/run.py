"""Where a render stands: what it is made of, how far it is, what it saves on."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from engine import checkpoint, live, networks, optimise, pyramid, vgg
from engine.blends import portions
from engine.choices import Optimizer, Precision
from engine.colours import tones
from engine.colours.tones import Tones
from engine.costs import thrift
from engine.geometry import LARGEST_PREVIEW, SHOWN, WIDE_SHARE
from engine.job import DeviceInfo, Guidance, Job, Picture, Scale
from engine.live import Change
from engine.masks import EmbeddedGuidance
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Ground:
    """What a run started from, at the sizes that a coarse scale's picture is added to.

    So each scale begins with the start's own detail of its size: upsampling alone would begin
    without. And a change of the look shows at the speed of the coarse scales.

    Attributes:
        base: at full size, on the CPU.
        below: at the scale's size.
        shown: at a preview's size, on the device.
    """

    base: Tensor
    below: Tensor
    shown: Tensor

    def whole(self, picture: Tensor) -> Tensor:
        """The start with what the scale's picture changes of it, at full size."""
        return pyramid.with_change(self.base, self.below, picture)

    def preview(self, picture: Tensor) -> Tensor:
        """The same at a preview's size."""
        return pyramid.with_change(self.shown, self.below, picture)


@dataclass(slots=True)
class Run:
    """A job under way: what it is made of, and where it stands.

    Attributes:
        job: that is being done.
        device: that it is done on.
        network: as deep as its file goes, in the widest format that is needed; live changes may
            ask for other layers.
        layers: that suit the network, where none are asked for.
        scales: coarse to fine.
        header: what checkpoints say of the job.
        settings: resolved; the live ones may change.
        guidance: which style goes where, settled; it may change.
        scale: index of the current one.
        step: iterations done, over all scales.
        evaluations: of loss and gradient, over all scales.
        stalled: whether no step lowers the loss any further at this scale.
        pending: live changes that wait for the next frame.
        evaluated: whether the picture at hand was evaluated and counted already.
        base: the picture that the run starts from, at the size of the last scale; None for noise
            and for the style.
        fitting: the most that fitted into memory, of the settings that had to be cut down.
        rule: with what it has learnt at this scale.
        tones: what the network sees of the pictures' colours, and what is shown of the painting's.
    """

    job: Job
    device: DeviceInfo
    network: vgg.Network
    layers: networks.Layers
    scales: tuple[Scale, ...]
    header: checkpoint.Header
    settings: Settings
    guidance: Guidance
    scale: int = 0
    step: int = 0
    evaluations: int = 0
    stalled: bool = False
    pending: list[Change] = field(default_factory=list)
    evaluated: bool = False
    base: Tensor | None = None
    fitting: dict[str, int] = field(default_factory=dict)
    rule: optimise.UpdateRule = field(init=False)
    tones: Tones = field(init=False)
    _ground: tuple[int, Ground] | None = None

    def __post_init__(self) -> None:
        self.rule = self.fresh_rule()
        self.tones = Tones(self.job.content)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height at this scale, px."""
        return self.scales[self.scale].width, self.scales[self.scale].height

    @property
    def is_last_scale(self) -> bool:
        """Whether no finer scale follows."""
        return self.scale + 1 == len(self.scales)

    @property
    def ground(self) -> Ground | None:
        """What this scale's picture is a change of; None where it is a picture of its own."""
        if self.base is None or self.is_last_scale:
            return None
        if self._ground is None or self._ground[0] != self.scale:
            self._ground = self.scale, self._laid(self.base)
        return self._ground[1]

    def whole(self, picture: Tensor) -> Tensor:
        """This scale's picture at full size, where it is a change of what the run started from."""
        return picture if self.ground is None else self.ground.whole(picture)

    def begin(self) -> Tensor:
        """The picture that the optimisation starts from: section 3.1 of the paper, figure 6."""
        job, settings = self.job, self.settings
        if job.start is not None or settings.init == "content":
            picture = self.at_full_size(job.start or job.content)
            self.base = None if self.is_last_scale else picture
            return picture
        if settings.init == "noise":
            return tones.grey(settings, pyramid.noise(*self.size, settings.seed or 0))
        first, *_ = portions.portions(settings, len(job.styles))
        style = first.of(job.styles)
        return self.tones.painting(settings, style, pyramid.tensor_of(style))

    def at_full_size(self, picture: Picture, settings: Settings | None = None) -> Tensor:
        """A picture to start from as it is painted on, by the settings of the moment or others."""
        settings, last = settings or self.settings, self.scales[-1]
        if picture is self.job.content:
            seen = self.tones.photograph(settings, (last.width, last.height))
            return seen.float() / 255 if seen.dtype == torch.uint8 else seen
        whole = pyramid.resized(pyramid.tensor_of(picture), last.width, last.height)
        return self.tones.begun(settings, whole)

    def recoloured(self, before: Settings, picture: Tensor) -> Tensor:
        """What to paint on so that it shows as the picture did under the settings before."""
        if self.base is not None:
            is_content = self.header.start is None
            base = self.tones.carried_over(before, self.settings, self.base)
            self.lay(self.at_full_size(self.job.content) if is_content else base)
        return self.tones.carried_over(before, self.settings, picture)

    def lay(self, base: Tensor | None) -> None:
        """Go on from another picture than before, at full size, or from none."""
        self.base, self._ground = base, None

    def _laid(self, base: Tensor) -> Ground:
        last = self.scales[-1]
        side = min(SHOWN * max(self.size), LARGEST_PREVIEW)
        factor = min(1.0, side / max(last.width, last.height))
        shown = pyramid.resized(base, round(last.width * factor), round(last.height * factor))
        # Metal lacks the resampling, and XPU was never seen.
        place = self.device.name if self.device.name.startswith("cuda") else "cpu"
        return Ground(base, pyramid.resized(base, *self.size), shown.to(place))

    @property
    def steps_before(self) -> int:
        """Of all coarser scales."""
        return sum(scale.steps for scale in self.scales[: self.scale])

    @property
    def is_scale_done(self) -> bool:
        """Whether no iterations are left at this scale."""
        return self.step >= self.steps_before + self.scales[self.scale].steps

    @property
    def steps(self) -> int:
        """Of all scales."""
        return sum(scale.steps for scale in self.scales)

    @property
    def precision(self) -> Precision:
        """The features' format in the next iteration."""
        if self.settings.precision is Precision.MIXED:
            return Precision.BFLOAT16 if self._is_narrow else Precision.FLOAT32
        return self.settings.precision or Precision.FLOAT32

    @property
    def is_widening(self) -> bool:
        """Whether a mixed precision is float32 from the next iteration on."""
        is_last_mixed = self.settings.precision is Precision.MIXED and self.is_last_scale
        return is_last_mixed and self.step == self._wide_from < self.steps

    @property
    def _is_narrow(self) -> bool:
        is_early = not self.is_last_scale or self.step < self._wide_from
        return self.settings.precision is Precision.MIXED and is_early

    @property
    def _wide_from(self) -> int:
        """The step from which on a mixed precision is float32; of the last scale.

        Until then an iteration changes more than bfloat16 rounds away.
        """
        wide = -(-self.scales[-1].steps // WIDE_SHARE)  # rounded up
        return self.steps - wide

    def fresh_rule(self) -> optimise.UpdateRule:
        """The update rule without any memory, for the format in the next iteration."""
        return optimise.update_rule(self.settings.replace(precision=self.precision))

    def widen(self) -> None:
        """Let the rule go on in the new format, with all that it has learnt."""
        learnt, self.rule = self.rule.memory(), self.fresh_rule()
        self.rule.recall(learnt)

    def count(self, taken: optimise.Taken) -> None:
        """Take an iteration down; where bfloat16 leads no further, skip to float32."""
        skips = taken.stalled and self.is_last_scale and self._is_narrow
        self.step = self._wide_from if skips else self.step + 1
        self.evaluations += taken.evaluations
        self.stalled = taken.stalled and not skips

    def next_scale(self) -> None:
        """Go on, also where this scale ended early."""
        self.scale += 1
        self.step = self.steps_before
        self.stalled = False
        self.rule = self.fresh_rule()
        self._ground = None
        if self.is_last_scale:
            self.base = None  # each picture counts at print size

    def guide(self, guidance: Guidance) -> None:
        """Let the styles go elsewhere, from the next look at the pictures on."""
        self.guidance = guidance
        self.header = self.header.at(guidance=EmbeddedGuidance.of(guidance))

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
